"""Conversation: where the answer before stands. Whoever goes on asking mostly asks about the same section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.evidence import Candidate
from index.passages import Passage
from index.store import PassageIndex

# What was told stands in the passage nearest to it where their cosine is so high: refusals and small talk stay below 0.2, nearly
# all answers are above (development halves of the suites).
TOLD = 0.3
# What it adds to a sentence's score that it stands in that section: 0.3 to 0.5 do the same.
SAME_SECTION = 0.4
# Where an answer is from is plain from so many of its first characters.
ENOUGH = 1000


def told_in(index: PassageIndex, told: str) -> list[Passage]:
    """The passages of the section that an answer is from; [] for one that is from none, as a refusal."""
    found = index.search(told[:ENOUGH], 1) if told else []
    if not found or found[0].cosine < TOLD:
        return []
    here = found[0].passage
    return [p for p in index.by_document[here.document] if p.section == here.section]


def going_on(candidates: list[Candidate], section: Sequence[Passage]) -> list[Candidate]:
    """The candidates, best first, where those of a section have gained on the others."""
    if not section:
        return candidates
    near = {passage.id for passage in section}
    found = [replace(c, score=c.score + SAME_SECTION) if c.passage.id in near else c for c in candidates]
    return sorted(found, key=lambda c: (-c.score, c.key))
