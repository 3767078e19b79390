"""Refusal metrics: answers where none was due, and refusals where an answer was."""

from __future__ import annotations

from collections.abc import Sequence

from eval.replies import Reply
from eval.suites import Case


def false_answer(case: Case, reply: Reply) -> float | None:
    """1 for anything but an abstention where one was due, small talk and errors too; None elsewhere."""
    return float(reply.outcome != "abstain") if case.expect == "abstain" else None


def false_refusal(case: Case, reply: Reply) -> float | None:
    """1 for anything but an answer where one was due; None elsewhere."""
    return float(reply.outcome != "answer") if case.answerable else None


def balanced_accuracy(false_answers: Sequence[float], false_refusals: Sequence[float]) -> float | None:
    """Mean of the share rightly refused and the share rightly answered; None where a side has no case.

    To refuse everything gives 0.5, and so does to answer everything, however many cases each side has.
    """
    if not (false_answers and false_refusals):
        return None
    return 1 - (sum(false_answers) / len(false_answers) + sum(false_refusals) / len(false_refusals)) / 2
