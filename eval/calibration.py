"""Calibration: false answers against false refusals at each floor of the evidence, and the floor that balances them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.runner import Asker, run
from eval.statistics import wilson
from eval.suites import Case

FLOORS = tuple(round(0.2 + 0.05 * step, 2) for step in range(17))
LANGUAGES = ("zh", "en")


class Floored(Protocol):
    """What calibration needs of an assistant: the same one with another floor."""

    def with_floor(self, floor: float) -> Asker: ...


@dataclass(frozen=True)
class Rate:
    """wrong of n cases."""

    wrong: int
    n: int

    @property
    def share(self) -> float:
        """wrong / n, 0 where n is 0."""
        return self.wrong / self.n if self.n else 0.0

    def __str__(self) -> str:
        if not self.n:
            return "–"
        interval = wilson(self.wrong, self.n)
        return f"{100 * self.share:.1f} % ({100 * interval.low:.0f}–{100 * interval.high:.0f}, n={self.n})"


@dataclass(frozen=True)
class Point:
    """One floor: for each language, false answers among what cannot be answered and false refusals among what can."""

    floor: float
    false_answers: dict[str, Rate]
    false_refusals: dict[str, Rate]

    @property
    def balanced_error(self) -> float:
        """The mean of the four rates, so that neither a language nor a side outweighs another by its number of cases."""
        rates = [rate.share for rate in (*self.false_answers.values(), *self.false_refusals.values()) if rate.n]
        return sum(rates) / len(rates) if rates else 0.0


def curve(
    assistant: Floored,
    cases: Sequence[Case],
    floors: Sequence[float] = FLOORS,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Point]:
    """A point for each floor, lowest first. Cases of small talk count on neither side."""
    points = []
    for done, floor in enumerate(floors, 1):
        results = run(assistant.with_floor(floor), cases)
        answers, refusals = {}, {}
        for language in LANGUAGES:
            scores = [result.score for result in results if result.case.language == language]
            false_answers = [s.false_answer for s in scores if s.false_answer is not None]
            false_refusals = [s.false_refusal for s in scores if s.false_refusal is not None]
            answers[language] = Rate(int(sum(false_answers)), len(false_answers))
            refusals[language] = Rate(int(sum(false_refusals)), len(false_refusals))
        points.append(Point(floor, answers, refusals))
        progress(done, len(floors))
    return points


def best(points: Sequence[Point]) -> Point:
    """The floor with the least balanced error; the middle one of those that are as good, since both edges are near."""
    least = min(point.balanced_error for point in points)
    as_good = [point for point in points if point.balanced_error <= least + 1e-9]
    return as_good[len(as_good) // 2]
