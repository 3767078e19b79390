"""What a run's scores come to: slices of its cases, each with a mean and an interval for each metric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from eval.metrics.refusals import balanced_accuracy
from eval.metrics.registry import BY_KEY, METRICS
from eval.runner import Result
from eval.statistics import Interval, interval


@dataclass(frozen=True)
class Row:
    """One slice of a run. by: what it is a slice by, "" for the whole."""

    by: str
    name: str
    results: tuple[Result, ...]

    @property
    def n(self) -> int:
        """How many results it has."""
        return len(self.results)

    def cell(self, key: str) -> Interval | None:
        """The mean of a metric over the results that it applies to, and its interval; None where it applies to none."""
        metric = BY_KEY[key]
        pairs = [(value, r.case.cluster) for r in self.results if (value := metric.of(r.score)) is not None]
        if not pairs:
            return None
        values, clusters = zip(*pairs, strict=True)
        return interval(values, clusters, share=metric.share)

    @property
    def cells(self) -> tuple[Interval | None, ...]:
        """The interval of each of METRICS."""
        return tuple(self.cell(metric.key) for metric in METRICS)


def rows(results: Sequence[Result]) -> tuple[Row, ...]:
    """All cases, each language, those that ask for no long answer, each kind, and each kind in each language."""
    languages = sorted({r.case.language for r in results}, reverse=True)
    kinds = sorted({r.case.kind for r in results})
    found = [_row("", "all", results)]
    found += [_row("language", language, [r for r in results if r.case.language == language]) for language in languages]
    found.append(_row("form", "no list or summary", [r for r in results if not r.case.expansive]))
    for kind in kinds:
        of_kind = [r for r in results if r.case.kind == kind]
        found.append(_row("kind", kind, of_kind))
        if len(languages) > 1:
            found += [
                _row("kind and language", f"{kind}, {x}", [r for r in of_kind if r.case.language == x])
                for x in languages
            ]
    return tuple(row for row in found if row.n)


def more_rows(results: Sequence[Result]) -> tuple[Row, ...]:
    """Each expected section, its parts with it, and each tag."""
    sections = sorted({_top(s) for r in results for s in r.case.sections})
    tags = sorted({tag for r in results for tag in r.case.tags})
    found = [
        _row("section", name, [r for r in results if name in {_top(s) for s in r.case.sections}]) for name in sections
    ]
    found += [_row("tag", tag, [r for r in results if tag in r.case.tags]) for tag in tags]
    return tuple(found)


def _top(section: str) -> str:
    """The section a numbered one is part of: 5 for 5.1. A heading or an article stands for itself."""
    first, dot, _ = section.partition(".")
    return first if dot and first.isdecimal() else section


def _row(by: str, name: str, results: Sequence[Result]) -> Row:
    return Row(by, name, tuple(results))


def balanced(results: Sequence[Result]) -> float | None:
    """Balanced accuracy of answering and refusing; None where one of the two was never due."""
    scores = [r.score for r in results]
    return balanced_accuracy(
        [s.false_answer for s in scores if s.false_answer is not None],
        [s.false_refusal for s in scores if s.false_refusal is not None],
    )


def tokens(results: Sequence[Result]) -> tuple[int, int, int] | None:
    """Tokens that a chat model read and wrote, and of how many answers it told them; None where of none."""
    told = [usage for r in results if (usage := r.answer.get("usage"))]
    return (sum(one["read"] for one in told), sum(one["written"] for one in told), len(told)) if told else None


def latency(results: Sequence[Result]) -> dict[str, float]:
    """Median and 95th percentile of `ask`, in milliseconds."""
    seconds = [r.seconds for r in results]
    high = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return {"median_ms": median(seconds) * 1000, "p95_ms": high * 1000}
