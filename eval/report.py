"""Reports: what a run's scores come to, for people (a terminal table, the failing cases) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from eval.metrics import Score
from eval.metrics.answers import missing_nuggets
from eval.metrics.citations import cited_sentences, is_right
from eval.runner import Result
from eval.statistics import Interval, bootstrap, wilson

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text


@dataclass(frozen=True)
class Metric:
    """A column. share: values are 0 or 1 and the interval is Wilson's; else it is a bootstrap over question groups."""

    key: str
    title: str
    share: bool
    of: Callable[[Score], float | None]
    percent: bool = True


METRICS = (
    Metric("section_hit", "section hit", True, lambda s: s.section_hit),
    Metric("nugget_recall", "nugget recall", False, lambda s: s.nugget_recall),
    Metric("citation_recall", "citation recall", False, lambda s: s.citation_recall),
    Metric("citation_precision", "citation precision", False, lambda s: s.citation_precision),
    Metric("false_answer", "false answers", True, lambda s: s.false_answer),
    Metric("false_refusal", "false refusals", True, lambda s: s.false_refusal),
    Metric("right", "right outcome", True, lambda s: s.right),
    Metric("premise_denied", "premise denied", True, lambda s: s.premise_denied),
    Metric("premise_alarm", "premise alarms", True, lambda s: s.premise_alarm),
    Metric("length", "length, characters", False, lambda s: s.length, percent=False),
)


@dataclass(frozen=True)
class Row:
    """The scores of one slice of a run. cells: one interval for each of METRICS, None where it applies to no case."""

    name: str
    n: int
    cells: tuple[Interval | None, ...]


def rows(results: Sequence[Result]) -> tuple[Row, ...]:
    """All cases, each language, those that ask for no long answer, each kind, and each kind in each language."""
    languages = sorted({r.case.language for r in results}, reverse=True)
    kinds = sorted({r.case.kind for r in results})
    found = [_row("all", results)]
    found += [_row(language, [r for r in results if r.case.language == language]) for language in languages]
    brief = [r for r in results if not r.case.expansive]
    found.append(_row("no list or summary", brief))
    for kind in kinds:
        of_kind = [r for r in results if r.case.kind == kind]
        found.append(_row(kind, of_kind))
        if len(languages) > 1:
            found += [_row(f"{kind}, {x}", [r for r in of_kind if r.case.language == x]) for x in languages]
    return tuple(row for row in found if row.n)


def _row(name: str, results: Sequence[Result]) -> Row:
    return Row(name, len(results), tuple(_cell(metric, results) for metric in METRICS))


def _cell(metric: Metric, results: Sequence[Result]) -> Interval | None:
    pairs = [(value, r.case.cluster) for r in results if (value := metric.of(r.score)) is not None]
    if not pairs:
        return None
    values = [value for value, _ in pairs]
    # Resampling values that are all 0 or all 1 would claim to know the mean exactly.
    if metric.share or (metric.percent and set(values) in ({0.0}, {1.0})):
        return wilson(sum(values), len(values))
    return bootstrap(values, [cluster for _, cluster in pairs])


def table(results: Sequence[Result], title: str, *, detail: bool = False) -> Table:
    """Mean, n and 95 % interval of each metric for each slice; with `detail`, for each kind in each language too."""
    from rich.table import Table

    grid = Table(title=title, caption=footer(results), row_styles=("", "on grey11"))
    grid.add_column("cases", no_wrap=True)
    for metric in METRICS:
        grid.add_column(metric.title, justify="right")
    for row in rows(results):
        if detail or "," not in row.name:
            cells = (_written(cell, metric) for cell, metric in zip(row.cells, METRICS, strict=True))
            grid.add_row(f"{row.name}\nn={row.n}", *cells)
    return grid


def _written(cell: Interval | None, metric: Metric) -> str:
    if cell is None:
        return "–"
    by, places = (100, 1) if metric.percent else (1, 0)
    return f"{cell.mean * by:.{places}f} /{cell.n}\n{cell.low * by:.0f}–{cell.high * by:.0f}"


def footer(results: Sequence[Result]) -> str:
    """How long answers took and how many cases failed to run."""
    times = latency(results)
    errors = sum(bool(r.error) for r in results)
    return (
        f"ask: median {times['median_ms']:.1f} ms, 95th percentile {times['p95_ms']:.1f} ms; errors: {errors}. "
        "Each cell: mean / n, and its 95 % interval."
    )


def latency(results: Sequence[Result]) -> dict[str, float]:
    """Median and 95th percentile of `ask`, in milliseconds."""
    seconds = [r.seconds for r in results]
    high = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return {"median_ms": median(seconds) * 1000, "p95_ms": high * 1000}


def failing(results: Sequence[Result]) -> tuple[Result, ...]:
    """The cases with a wrong outcome, a missing nugget, no gold section or a wrong citation, in file order."""
    return tuple(r for r in results if any(complaints(r)))


def complaints(result: Result) -> Iterator[str]:
    """What is wrong with one reply, a line each."""
    case, reply = result.case, result.reply
    if result.error:
        yield f"error: {result.error}"
    elif not result.score.right:
        yield f"expected {case.expect}, found {reply.outcome}"
    if not case.answerable or reply.outcome != "answer":
        return
    if reply.denies_premise != (case.expect == "conflict"):
        yield "a sound premise denied" if reply.denies_premise else "a false premise not denied"
    for nugget in missing_nuggets(case.nuggets, reply.text, reply.quotes):
        yield f"missing nugget: {' / '.join((*nugget.any, *nugget.numbers))}"
    if not result.score.section_hit:
        yield f"no citation from {', '.join(case.sections)}"
    for cited in cited_sentences(reply.citations):
        if not is_right(case.gold, cited):
            yield f"cited beside the point: {cited.number} {cited.quote}"


def failures(results: Sequence[Result]) -> Text:
    """The failing cases with their questions and answers."""
    from rich.text import Text

    lines = Text()
    for result in failing(results):
        lines.append(f"\n{result.case.id}\n", style="bold")
        for turn in result.case.history:
            lines.append(f"  {turn.role}: {turn.content}\n", style="dim")
        lines.append(f"  {result.case.question}\n")
        lines.append(f"  {result.reply.text.strip() or '(nothing)'}\n", style="cyan")
        for complaint in complaints(result):
            lines.append(f"  - {complaint}\n", style="red")
    return lines


def as_json(results: Sequence[Result], suite: str, split: str) -> dict[str, Any]:
    """The whole run: slices with intervals, and every case with its answer and scores."""
    return {
        "schema": 1,
        "suite": suite,
        "split": split,
        "n": len(results),
        "errors": sum(bool(r.error) for r in results),
        "latency": latency(results),
        "slices": [
            {"name": row.name, "n": row.n}
            | {m.key: asdict(cell) if cell else None for m, cell in zip(METRICS, row.cells, strict=True)}
            for row in rows(results)
        ],
        "cases": [
            {
                "id": r.case.id,
                "question": r.case.question,
                "language": r.case.language,
                "split": r.case.split,
                "kind": r.case.kind,
                "expect": r.case.expect,
                "outcome": r.reply.outcome,
                "scores": asdict(r.score),
                "complaints": list(complaints(r)),
                "milliseconds": round(r.seconds * 1000, 3),
                "error": r.error or None,
                "answer": r.answer or None,
            }
            for r in results
        ],
    }
