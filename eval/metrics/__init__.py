"""Metrics: pure functions from a case and a reply to a number between 0 and 1, a file for each subject.

One convention throughout. None means "not applicable" and is left out of a mean, whose n says so. A refusal of, or an
error on, an answerable question has found nothing: its recalls, its F1 and its section hit are 0. It has also cited
nothing, so its citation precision and validity are not applicable; false refusals show it instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.metrics.answers import answer_length, bag_f1, cmrc_f1, exact_match, nugget_recall, token_f1
from eval.metrics.citations import citation_precision, citation_recall, citation_validity, is_right, section_hit
from eval.metrics.refusals import false_answer, false_refusal
from eval.metrics.retrieval import (
    Ranking,
    context_precision,
    from_order,
    hit,
    ndcg,
    of_evidence,
    recall,
    reciprocal_rank,
)
from eval.metrics.support import lexical_support
from eval.replies import Cited, Reply
from eval.suites import Case
from index.analysis import language_of


@dataclass(frozen=True)
class Score:
    """One reply's scores.

    right: the outcome is the expected one. premise_denied: a false premise was called one. premise_alarm: a sound one
    was. hit_1 to context_recall: of the search for the question. evidence_f1: content tokens of what is said against
    those of the required evidence. exact, cmrc_f1, bag_f1: the answer against the case's short answers. consistency:
    share of the other variants answered alike; the run sets it. length: characters of the answer without its markers.
    """

    right: float
    false_answer: float | None = None
    false_refusal: float | None = None
    hit_1: float | None = None
    hit_5: float | None = None
    recall_10: float | None = None
    mrr_10: float | None = None
    ndcg_10: float | None = None
    context_precision: float | None = None
    context_recall: float | None = None
    section_hit: float | None = None
    nugget_recall: float | None = None
    citation_recall: float | None = None
    citation_precision: float | None = None
    citation_validity: float | None = None
    lexical_support: float | None = None
    evidence_f1: float | None = None
    exact: float | None = None
    cmrc_f1: float | None = None
    bag_f1: float | None = None
    premise_denied: float | None = None
    premise_alarm: float | None = None
    consistency: float | None = None
    length: float | None = None


def score(case: Case, reply: Reply, found: Sequence[Cited] | None = None) -> Score:
    """Everything that can be said of one reply. found: the passages that the search brought, where that is known."""
    answered = reply.outcome == "answer"
    length = float(answer_length(reply.text)) if answered else None
    if not case.answerable:
        right = float(reply.outcome == case.expect)
        return Score(right, false_answer=false_answer(case, reply), length=length)
    ranking = None if found is None else of_evidence(case.gold, found)
    return Score(
        float(answered),
        false_refusal=false_refusal(case, reply),
        hit_1=hit(ranking, 1) if ranking else None,
        hit_5=hit(ranking, 5) if ranking else None,
        recall_10=recall(ranking, 10) if ranking else None,
        mrr_10=reciprocal_rank(ranking, 10) if ranking else None,
        ndcg_10=ndcg(ranking, 10) if ranking else None,
        context_precision=None if found is None else context_precision(_useful(case, found), 10),
        context_recall=nugget_recall(case.nuggets, "", [one.quote for one in found])
        if found is not None and case.nuggets
        else None,
        section_hit=section_hit(case, reply.citations) if case.sections else None,
        nugget_recall=_where(answered, nugget_recall(case.nuggets, reply.text, reply.quotes)) if case.nuggets else None,
        citation_recall=citation_recall(case.gold, reply.citations),
        citation_precision=citation_precision(case.gold, reply.citations),
        citation_validity=citation_validity(reply) if answered else None,
        lexical_support=lexical_support(reply) if answered else None,
        evidence_f1=_where(answered, _evidence_f1(case, reply)),
        exact=_where(answered, exact_match(reply.text, case.answers)) if case.answers else None,
        cmrc_f1=_where(answered, cmrc_f1(reply.text, case.answers)) if case.answers else None,
        bag_f1=_where(answered, bag_f1(reply.text, case.answers)) if case.answers else None,
        premise_denied=float(reply.denies_premise) if case.expect == "conflict" else None,
        premise_alarm=float(reply.denies_premise) if case.expect == "answer" else None,
        length=length,
    )


def _useful(case: Case, found: Sequence[Cited]) -> Ranking:
    """The ranking of the passages that hold any evidence, required or not."""
    return from_order([float(is_right(case.gold, passage)) for passage in found])


def _where(answered: bool, value: float) -> float:
    return value if answered else 0.0


def _evidence_f1(case: Case, reply: Reply) -> float:
    """An answer in another language than its evidence is compared by what it quotes."""
    reference = "\n".join(gold.quote for gold in case.gold if gold.required)
    said = reply.text if language_of(reply.text) == language_of(reference) else "\n".join(reply.quotes)
    return token_f1(said, reference)
