"""Comparison: two runs over the same cases, joined case by case, and what can be said of their difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from eval.metrics.registry import METRICS, Metric
from eval.scorecards import Scorecard
from eval.statistics import Difference, difference, holm

Verdict = Literal["better", "worse", "no detectable difference", "not comparable"]
# Below this adjusted p a difference is said to be one.
LEVEL = 0.05


@dataclass(frozen=True)
class Compared:
    """One metric in two runs, over the cases to which it applies in both. p: adjusted for the number of metrics."""

    metric: Metric
    before: float
    after: float
    difference: Difference
    p: float
    verdict: Verdict


@dataclass(frozen=True)
class Comparison:
    """Two runs beside each other.

    obstacles: why they cannot be compared, and then there are no metrics. matched: ids of the cases that are the same in
    both; changed: of those that ask or expect something else now. broken, fixed: matched cases that had no fault before,
    and that have none any more.
    """

    obstacles: tuple[str, ...]
    metrics: tuple[Compared, ...]
    matched: tuple[str, ...]
    changed: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    broken: tuple[str, ...]
    fixed: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Of all metrics: worse where any is, better where any is and none is worse."""
        if self.obstacles:
            return "not comparable"
        found = {one.verdict for one in self.metrics}
        return "worse" if "worse" in found else "better" if "better" in found else "no detectable difference"

    def of(self, key: str) -> Compared | None:
        """One metric; None where no case has it in both runs."""
        return next((one for one in self.metrics if one.metric.key == key), None)


def compare(before: Scorecard, after: Scorecard) -> Comparison:
    """Compare two runs, joined on the ids of cases that ask and expect the same."""
    shared = [name for name in after.cases if name in before.cases]
    matched = tuple(name for name in shared if before.cases[name].digest == after.cases[name].digest)
    obstacles = []
    if before.provenance.corpus != after.provenance.corpus:
        obstacles.append(
            f"the documents changed (corpus {before.provenance.corpus} before, {after.provenance.corpus} after)"
        )
    if not matched:
        obstacles.append("no case asks and expects the same in both")
    return Comparison(
        obstacles=tuple(obstacles),
        metrics=() if obstacles else _judged(before, after, matched),
        matched=matched,
        changed=tuple(name for name in shared if name not in set(matched)),
        only_before=tuple(name for name in before.cases if name not in after.cases),
        only_after=tuple(name for name in after.cases if name not in before.cases),
        broken=tuple(n for n in matched if after.cases[n].cause and not before.cases[n].cause),
        fixed=tuple(n for n in matched if before.cases[n].cause and not after.cases[n].cause),
    )


def _judged(before: Scorecard, after: Scorecard, matched: tuple[str, ...]) -> tuple[Compared, ...]:
    found = [one for metric in METRICS if (one := _difference(metric, before, after, matched))]
    # A metric without a better side is shown, and judged by nobody.
    judged = [place for place, (metric, *_) in enumerate(found) if metric.better]
    adjusted = dict(zip(judged, holm([found[place][3].p for place in judged]), strict=True))
    return tuple(
        Compared(metric, old, new, gap, adjusted.get(place, gap.p), _verdict(metric, gap, adjusted.get(place, 1.0)))
        for place, (metric, old, new, gap) in enumerate(found)
    )


def _difference(
    metric: Metric, before: Scorecard, after: Scorecard, matched: tuple[str, ...]
) -> tuple[Metric, float, float, Difference] | None:
    names = [n for n in matched if metric.key in before.cases[n].values and metric.key in after.cases[n].values]
    if not names:
        return None
    pairs = [(before.cases[n].values[metric.key], after.cases[n].values[metric.key]) for n in names]
    # Means over repeats are no longer 0 or 1.
    share = metric.share and all(value in (0.0, 1.0) for pair in pairs for value in pair)
    gap = difference(pairs, [after.cases[n].cluster for n in names], share=share)
    return metric, sum(old for old, _ in pairs) / len(pairs), sum(new for _, new in pairs) / len(pairs), gap


def _verdict(metric: Metric, gap: Difference, p: float) -> Verdict:
    if p >= LEVEL or not gap.mean:
        return "no detectable difference"
    return "better" if gap.mean * metric.better > 0 else "worse"
