"""Reports for a terminal: a table of metrics, a table of slices, a comparison, the failing cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from eval.battery.planted import rates
from eval.causes import cause, complaints, failing
from eval.metrics.registry import METRICS
from eval.report.summary import balanced, latency, rows, tokens
from eval.runner import Result

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from eval.battery.planted import Rates
    from eval.comparison import Comparison
    from eval.runs import Run
    from eval.statistics import Interval

PLANTED = (
    "missed: faults planted in these answers that the metric did not see; moved: changes of form alone that it did."
)
VERDICT_STYLES = {"better": "green", "worse": "bold red", "not comparable": "yellow"}
# Columns that a table of slices has room for.
_SHOWN = (
    "right",
    "false_answer",
    "false_refusal",
    "hit_1",
    "section_hit",
    "nugget_recall",
    "citation_recall",
    "citation_precision",
    "length",
)


def metrics(run: Run, comparison: Comparison | None = None) -> Table:
    """A line for each metric: value, interval, n, cases that it does not apply to, and the change to a baseline."""
    from rich.table import Table

    grid = Table(title=_title(run), caption=f"{footer(run.results)} {PLANTED}")
    grid.add_column("metric", no_wrap=True)
    for name in ("value", "95 %", "n", "n.a.", "missed", "moved"):
        grid.add_column(name, justify="right", no_wrap=True)
    if comparison:
        for name in ("baseline", "change", "95 % of it"):
            grid.add_column(name, justify="right", no_wrap=True)
        grid.add_column("verdict")
    whole, planted = rows(run.results)[0], rates(run.results)
    for metric, cell in zip(METRICS, whole.cells, strict=True):
        n = cell.n if cell else 0
        row = [metric.title, metric.written(cell.mean) if cell else "n.a."]
        row += [f"{metric.written(cell.low)}–{metric.written(cell.high)}" if cell else "", str(n), str(whole.n - n)]
        row += [f"{100 * rate.mean:.0f} % of {rate.n}" if rate else "" for rate in _both(planted.get(metric.key))]
        compared = comparison.of(metric.key) if comparison else None
        if compared:
            gap = compared.difference
            style = VERDICT_STYLES.get(compared.verdict, "")
            row += [
                metric.written(compared.before),
                f"{'+' if gap.mean > 0 else ''}{metric.written(gap.mean)}",
                f"{metric.written(gap.low)} to {metric.written(gap.high)}",
                f"[{style}]{compared.verdict}[/]" if style else compared.verdict,
            ]
        grid.add_row(*row)
    if (value := balanced(run.results)) is not None:
        grid.add_row("balanced accuracy", f"{100 * value:.1f}", "", "", "")
    return grid


def _both(found: Rates | None) -> tuple[Interval | None, Interval | None]:
    return (found.missed, found.moved) if found else (None, None)


def table(run: Run, *, detail: bool = False) -> Table:
    """Mean, n and 95 % interval of the chief metrics for each slice; with `detail`, for each kind in each language too."""
    from rich.markup import escape
    from rich.table import Table

    chosen = [metric for metric in METRICS if metric.key in _SHOWN]
    grid = Table(title=_title(run), caption=f"{footer(run.results)} Each cell: mean / n, and its 95 % interval.")
    grid.add_column("cases", no_wrap=True)
    for metric in chosen:
        grid.add_column(metric.title, justify="right")
    for row in rows(run.results):
        if detail or row.by != "kind and language":
            cells = (_written(row.cell(metric.key), metric.percent) for metric in chosen)
            grid.add_row(escape(f"{row.name}\nn={row.n}"), *cells)
    return grid


def _title(run: Run) -> str:
    from rich.markup import escape

    return escape(f"{run.provenance.suite}, {run.provenance.split}")


def _written(cell: Interval | None, percent: bool) -> str:
    if cell is None:
        return "n.a."
    by, places = (100, 1) if percent else (1, 0)
    return f"{cell.mean * by:.{places}f} /{cell.n}\n{cell.low * by:.0f}–{cell.high * by:.0f}"


def footer(results: Sequence[Result]) -> str:
    """How long answers took, how many cases failed to run, and what was wrong with the others."""
    times = latency(results)
    errors = sum(bool(r.error) for r in results)
    causes = Counter(found for r in results if (found := cause(r)))
    faults = ", ".join(f"{name} {n}" for name, n in causes.most_common())
    used = "; tokens: {:,} read, {:,} written, told of {:,} answers".format(*told) if (told := tokens(results)) else ""
    return (
        f"ask: median {times['median_ms']:.1f} ms, 95th percentile {times['p95_ms']:.1f} ms{used}; errors: {errors}. "
        f"Without fault: {len(results) - causes.total()} of {len(results)}" + (f"; {faults}." if faults else ".")
    )


def compared(comparison: Comparison) -> Table:
    """A line for each metric of two runs: both values, the change with its interval, wins and losses, and the verdict."""
    from rich.table import Table

    grid = Table(title="after against before", caption=unmatched(comparison))
    grid.add_column("metric", no_wrap=True)
    for name in ("before", "after", "change", "95 % of it", "n", "wins/losses/ties", "p (Holm)", "detectable"):
        grid.add_column(name, justify="right", no_wrap=True)
    grid.add_column("verdict")
    for one in comparison.metrics:
        gap, written = one.difference, one.metric.written
        style = VERDICT_STYLES.get(one.verdict, "")
        better = (gap.wins, gap.losses) if one.metric.better >= 0 else (gap.losses, gap.wins)
        grid.add_row(
            one.metric.title,
            written(one.before),
            written(one.after),
            f"{'+' if gap.mean > 0 else ''}{written(gap.mean)}",
            f"{written(gap.low)} to {written(gap.high)}",
            str(gap.n),
            f"{better[0]}/{better[1]}/{gap.ties}" if one.metric.better else f"–/–/{gap.ties}",
            f"{one.p:.3f}" if one.metric.better else "–",
            written(gap.detectable) if one.metric.percent else "–",
            (f"[{style}]{one.verdict}[/]" if style else one.verdict) if one.metric.better else "–",
        )
    return grid


def unmatched(comparison: Comparison) -> str:
    """How the cases of two runs were joined, and which of them broke or were mended."""
    found = [f"{len(comparison.matched)} cases are the same in both"]
    found += [
        f"{len(names)} {what}"
        for names, what in (
            (comparison.changed, "changed"),
            (comparison.only_before, "only before"),
            (comparison.only_after, "only after"),
        )
        if names
    ]
    found.append(f"{len(comparison.broken)} newly broken, {len(comparison.fixed)} mended")
    return "; ".join(found) + "."


def failures(results: Sequence[Result]) -> Text:
    """The failing cases with their questions and answers."""
    from rich.text import Text

    lines = Text()
    for result in failing(results):
        lines.append(f"\n{result.case.id}", style="bold")
        lines.append(f"  {cause(result)}\n", style="yellow")
        for turn in result.case.history:
            lines.append(f"  {turn.role}: {turn.content}\n", style="dim")
        lines.append(f"  {result.case.question}\n")
        lines.append(f"  {result.reply.text.strip() or '(nothing)'}\n", style="cyan")
        for complaint in complaints(result):
            lines.append(f"  - {complaint}\n", style="red")
    return lines
