"""Claims: the cited lines that an answer is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extractive.evidence import Candidate
from assistant.extractive.reading import Reader
from index.documents import Section
from index.passages import Passage, Sentence


@dataclass(frozen=True)
class Claim:
    """One cited line of an answer: neighbouring sentences of a passage, under the section it is an item of, if any."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    score: float
    item: Section | None = None


def distinct(found: Sequence[Claim]) -> list[Claim]:
    """Claims without those whose words another one before them has already."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for claim in found:
        words = {(claim.passage.id, sentence.start) for sentence in claim.sentences}
        if not words <= seen:
            kept.append(claim)
        seen |= words
    return kept


def in_order(chosen: Sequence[Candidate]) -> list[Claim]:
    """Chosen sentences as claims in reading order."""
    return [Claim(c.passage, (c.sentence,), c.score) for c in sorted(chosen, key=lambda c: c.key)]


def repeats(reader: Reader, one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say the same: nearly the same vector, in any of their languages, or nearly the same words."""
    a, b = reader.study(one.passage), reader.study(other.passage)
    same = float(a.originals[one.position] @ b.originals[other.position])
    if a.translations is not None and b.translations is not None:
        same = max(same, float(a.translations[one.position] @ b.translations[other.position]))
    if same > 0.86:
        return True
    ours, theirs = a.held[one.position].terms, b.held[other.position].terms
    return len(ours & theirs) > 0.7 * min(len(ours), len(theirs))
