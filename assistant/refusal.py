"""Refusal: whether the documents answer a question at all, before anything is composed."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evidence import Candidate, Reader
from assistant.question import Question
from index.store import Hit

FLOOR = 0.55


@dataclass(frozen=True)
class Verdict:
    """answerable: evidence is strong enough. missing: what the question names and the documents do not. conflict: the
    best evidence contradicts what the question takes for granted."""

    answerable: bool
    missing: str | None = None
    conflict: bool = False


def judge(reader: Reader, question: Question, hits: list[Hit], candidates: list[Candidate]) -> Verdict:
    """Weigh the evidence for a question."""
    if not candidates:
        return Verdict(False)
    return Verdict(candidates[0].score >= FLOOR)
