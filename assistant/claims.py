"""Claims: the cited lines that an answer is made of, chosen sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence import Candidate, Reader
from index.documents import Section
from index.passages import Passage, Sentence, width

# The length of an answer in Han characters and in sentences, by kind; lists and summaries have as many as they have items.
BUDGET = {"fact": 200, "definition": 240, "why": 300, "how": 300, "open": 300}
SENTENCES = {"fact": 2, "definition": 2, "why": 2, "how": 2, "open": 2}
# A further sentence must come this close to the best one.
CLOSE = {"fact": 0.95, "definition": 0.9, "why": 0.88, "how": 0.88, "open": 0.88}


@dataclass(frozen=True)
class Claim:
    """One cited line of an answer: neighbouring sentences of a passage, under the section it is an item of, if any."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    score: float
    item: Section | None = None


def selected(reader: Reader, kind: str, candidates: Sequence[Candidate]) -> list[Claim]:
    """The best sentences, each further one only where it comes close and is no repeat, within the kind's budget."""
    kind = kind if kind in BUDGET else "open"
    chosen: list[Candidate] = []
    room = float(BUDGET[kind])
    for candidate in candidates:
        length = width(_words(reader, candidate))
        if chosen and (candidate.score < CLOSE[kind] * chosen[0].score or length > room or len(chosen) >= SENTENCES[kind]):
            continue
        if any(repeats(reader, candidate, other) for other in chosen):
            continue
        chosen.append(candidate)
        room -= length
    return in_order(_with_antecedents(reader, chosen) if kind != "fact" else chosen)


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
    ours, theirs = a.terms[one.position], b.terms[other.position]
    return len(ours & theirs) > 0.7 * min(len(ours), len(theirs))


_LEANING = re.compile(r"^(?:这|此|该|其|它|对此|据此)|^(?:this|these|that|those|it|they|such|its|their)\b", re.IGNORECASE)


def _with_antecedents(reader: Reader, chosen: list[Candidate]) -> list[Candidate]:
    """A sentence that opens by pointing back brings the one it points to."""
    keys = {c.key for c in chosen}
    extended = list(chosen)
    for candidate in chosen:
        if candidate.position and _LEANING.match(_original(reader, candidate)):
            previous = replace(candidate, position=candidate.position - 1)
            if previous.key not in keys:
                keys.add(previous.key)
                extended.append(previous)
    return extended


def _original(reader: Reader, candidate: Candidate) -> str:
    text = reader.index.documents[candidate.passage.document].text
    return text[candidate.sentence.start : candidate.sentence.end]


def _words(reader: Reader, candidate: Candidate) -> str:
    return candidate.sentence.translation or _original(reader, candidate)
