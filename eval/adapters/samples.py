"""What the other tools take of a run: each answer with the passages it cites and what it should have said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.runner import Result


@dataclass(frozen=True)
class Sample:
    """One answer. contexts: the cited passages. reference: the evidence that a full answer rests on; both may be empty."""

    case: str
    question: str
    answer: str
    contexts: tuple[str, ...]
    reference: str
    reference_contexts: tuple[str, ...]


def samples(results: Sequence[Result]) -> list[Sample]:
    """The answers of a run. Refusals, small talk and errors are left out: each tool scores an empty answer differently
    (NaN, 0 and 1 are all found), and here they have metrics of their own.
    """
    found = []
    for result in results:
        if result.reply.outcome == "answer":
            gold = tuple(gold.quote for gold in result.case.gold if gold.required)
            passages = tuple(dict.fromkeys(cited.passage or cited.quote for cited in result.reply.citations))
            found.append(
                Sample(result.case.id, result.case.question, result.reply.text, passages, "\n".join(gold), gold)
            )
    return found
