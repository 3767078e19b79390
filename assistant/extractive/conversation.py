"""Conversation: where the answer before stands, and what it has told. Whoever goes on mostly asks about the same section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.evidence import Candidate
from index.analysis import fold, terms
from index.passages import Passage, Sentence
from index.store import PassageIndex

# What was told stands in the passage nearest to it where their cosine is so high: refusals and small talk stay below 0.2, nearly
# all answers are above (development halves of the suites).
TOLD = 0.3
# What it adds to a sentence's score that it stands in that section: 0.4 to 0.55 do nearly the same.
SAME_SECTION = 0.5
# Where an answer is from is plain from so many of its first characters.
ENOUGH = 1000

# A sentence that has this share of the terms of one that was told, where those are as many, was told.
RETOLD, SAYS = 0.6, 6

# Reference marks of a text, which answers give another form, and all that is no letter or figure.
_MARKS = re.compile(r"\(ref\. [^)]*\)|\[[^\]]*\]|〔[^〕]*〕")
_FORM = re.compile(rf"{_MARKS.pattern}|[\W_]")


class Told:
    """What was answered before, as far as it must not be told again."""

    def __init__(self, index: PassageIndex, told: str) -> None:
        self._index = index
        self._told = _FORM.sub("", fold(told))
        parts = (_telling(part) for part in re.split(r"[.。!！?？;；\n]", _MARKS.sub("", told)))
        self._parts = [part for part in parts if len(part) >= SAYS]

    def has(self, passage: Passage, sentence: Sentence) -> bool:
        """Whether a sentence, or its translation, was told, whole or a part of it in nearly the same words."""
        if not self._told:
            return False
        text = self._index.documents[passage.document].text[sentence.start : sentence.end]
        forms = [fold(words) for words in (text, sentence.translation or "") if words]
        if any(bare in self._told for form in forms if (bare := _FORM.sub("", form))):
            return True
        held = [_telling(form) for form in forms]
        return any(len(part & words) >= RETOLD * len(part) for part in self._parts for words in held)


def _telling(text: str) -> frozenset[str]:
    """The terms of a text, without single characters."""
    return frozenset(term for term in terms(text) if len(term) > 1)


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
