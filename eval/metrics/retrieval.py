"""Retrieval metrics of one ranking, by the places at which what answers was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from eval.metrics.citations import supports
from eval.replies import Cited
from eval.suites import Gold


@dataclass(frozen=True)
class Ranking:
    """What a search for one question brought, places counted from 1.

    golds: for each piece of evidence that is needed, the place of the first passage that holds it; None: not found.
    found: place and grade of each passage that is relevant. relevant: the grades of all that are, found or not.
    """

    golds: tuple[int | None, ...]
    found: tuple[tuple[int, float], ...]
    relevant: tuple[float, ...]


def hit(ranking: Ranking, k: int) -> float:
    """hit@k: 1 where any of the evidence is among the first k passages."""
    return float(any(place is not None and place <= k for place in ranking.golds))


def recall(ranking: Ranking, k: int) -> float:
    """recall@k: share of the evidence that is among the first k passages."""
    return sum(place is not None and place <= k for place in ranking.golds) / len(ranking.golds)


def reciprocal_rank(ranking: Ranking, k: int) -> float:
    """1 / the place of the first evidence, 0 where that is beyond k; its mean is MRR@k."""
    places = [place for place in ranking.golds if place is not None and place <= k]
    return 1 / min(places) if places else 0.0


def ndcg(ranking: Ranking, k: int) -> float:
    """nDCG@k (Järvelin and Kekäläinen 2002): gains as graded, discounted by log2(place + 1), over the best order's."""
    gained = sum(grade / log2(place + 1) for place, grade in ranking.found if place <= k)
    best = sorted(ranking.relevant, reverse=True)[:k]
    return gained / sum(grade / log2(place + 1) for place, grade in enumerate(best, 1))


def context_precision(ranking: Ranking, k: int) -> float:
    """Mean precision at the places of the relevant passages among the first k, 0 where there are none.

    The form that RAGAS calls context precision, with relevance by gold evidence instead of a model's verdict.
    """
    places = sorted(place for place, _ in ranking.found if place <= k)
    return sum(n / place for n, place in enumerate(places, 1)) / len(places) if places else 0.0


def from_order(relevant: Sequence[float]) -> Ranking:
    """A ranking that found everything: the grades of its passages in order, 0 for those that do not answer."""
    found = tuple((place, grade) for place, grade in enumerate(relevant, 1) if grade > 0)
    return Ranking(tuple(place for place, _ in found), found, tuple(grade for _, grade in found))


def of_evidence(gold: Sequence[Gold], passages: Sequence[Cited]) -> Ranking:
    """The ranking that a search brought for a case, best passage first: where its required evidence was found.

    Pieces of evidence in one passage are found as one; a piece that is found nowhere counts as one more passage.
    """
    golds = tuple(
        next((place for place, passage in enumerate(passages, 1) if supports(one, passage)), None)
        for one in gold
        if one.required
    )
    places = sorted({place for place in golds if place is not None})
    return Ranking(golds, tuple((place, 1.0) for place in places), (1.0,) * (len(places) + golds.count(None)))
