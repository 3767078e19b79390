"""Causes: what is wrong with a reply, in lines, and the one cause that comes first on the way from question to answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from eval.metrics.answers import missing_nuggets
from eval.metrics.citations import cited_sentences, is_right
from eval.runner import Result

Cause = Literal[
    "error",
    "wrongly answered",
    "not retrieved",
    "wrongly refused",
    "premise",
    "retrieved but unused",
    "incomplete",
    "wrong citation",
    "wrong outcome",
]
MEANINGS: dict[Cause, str] = {
    "error": "the assistant raised an error",
    "wrongly answered": "answered what the documents do not say",
    "not retrieved": "none of the evidence is among the passages that the search brings",
    "wrongly refused": "the evidence was found, and no answer was given",
    "premise": "a false premise was not called one, or a sound one was",
    "retrieved but unused": "evidence that was found is not in the answer",
    "incomplete": "the evidence is cited, and a part of a full answer is not said",
    "wrong citation": "all is said, and something beside the point is cited as well, or in the wrong section",
    "wrong outcome": "small talk was answered from the documents, or refused",
}


def cause(result: Result) -> Cause | None:
    """The first thing that went wrong, in the order of MEANINGS but for the last; None for a reply without fault."""
    case, reply, score = result.case, result.reply, result.score
    if result.error:
        return "error"
    if not any(complaints(result)):
        return None
    if case.expect == "abstain":
        return "wrongly answered"
    if not case.answerable:
        return "wrong outcome"
    unfound = result.retrieved is not None and score.recall_10 == 0.0
    if reply.outcome != "answer":
        return "not retrieved" if unfound else "wrongly refused"
    if reply.denies_premise != (case.expect == "conflict"):
        return "premise"
    missing = bool(missing_nuggets(case.nuggets, reply.text, reply.quotes))
    if missing or score.section_hit == 0.0:
        if unfound:
            return "not retrieved"
        if score.citation_recall is not None and score.citation_recall < 1.0:
            return "retrieved but unused"
        return "incomplete" if missing else "wrong citation"
    return "wrong citation"


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
    if case.sections and not result.score.section_hit:
        yield f"no citation from {', '.join(case.sections)}"
    for cited in cited_sentences(reply.citations):
        if not is_right(case.gold, cited):
            yield f"cited beside the point: {cited.number} {cited.quote}"
