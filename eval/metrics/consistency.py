"""Consistency: whether questions that ask the same thing are answered alike."""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.citations import cited_sentences, overlap
from eval.replies import Cited, Reply


def consistency(replies: Sequence[Reply]) -> list[float | None]:
    """For each reply to the variants of one question, the share of the others that agree with it; None where it is alone."""
    return [
        sum(agree(reply, other) for j, other in enumerate(replies) if j != i) / (len(replies) - 1)
        if len(replies) > 1
        else None
        for i, reply in enumerate(replies)
    ]


def agree(one: Reply, other: Reply) -> bool:
    """Whether two replies do the same, and where both answer, share at least half of the sentences they cite.

    Half by the Dice coefficient. Errors agree with nothing.
    """
    if one.outcome != other.outcome or one.outcome == "error":
        return False
    if one.outcome != "answer":
        return True
    ours, theirs = cited_sentences(one.citations), cited_sentences(other.citations)
    if not ours or not theirs:
        return not ours and not theirs
    shared = sum(_among(a, theirs) for a in ours) + sum(_among(b, ours) for b in theirs)
    return shared >= (len(ours) + len(theirs)) / 2


def _among(cited: Cited, others: Sequence[Cited]) -> bool:
    return any(cited.document == other.document and overlap(cited.quote, other.quote) for other in others)
