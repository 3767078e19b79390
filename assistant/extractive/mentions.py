"""Mentions: the proper names that a question is about, and what is said of the one that it is about alone."""

from __future__ import annotations

from assistant.extractive.claims import Claim, in_order
from assistant.extractive.evidence import Candidate, Reader
from assistant.understanding.designators import designators_in
from assistant.understanding.names import names_in
from assistant.understanding.question import Question
from index.store import PassageIndex

# A name that this share of the passages holds is what the documents are about, and asks for nothing by itself.
COMMON = 0.15
# A name in more than this share of the passages is what the documents are about; and so many of its mentions are shown.
RARE, MENTIONS = 0.25, 5


def telling_names(index: PassageIndex, question: Question) -> list[tuple[str, list[list[str]]]]:
    """The names in a question that few passages hold: each with the sets of terms of which a text has to hold one."""
    found = [(name.text, [wanted for wanted in name.term_sets() if wanted]) for name in names_in(question.text)]
    return [(text, sets) for text, sets in found if sets and _share(index, sets) < COMMON]


def _share(index: PassageIndex, sets: list[list[str]]) -> float:
    """The share of the passages that hold a name: as many at most as have the rarest term of one of its sets."""
    return max((min(map(index.lexical.frequency, terms)) for terms in sets), default=0) / max(1, index.lexical.rows)


def mentions(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Claim]:
    """What is said of the one proper name that a question is about, in reading order; [] where it names none or several.

    What is asked of it (how is it doing, its strengths and weaknesses) is seldom said in the question's own words.
    """
    named = [name.term_sets() for name in names_in(question.text)] or [s for _, s in designators_in(question.text)]
    if len(named) != 1:
        return []
    wanted = [terms for terms in named[0] if terms]
    if not 0 < _share(reader.index, wanted) < RARE:
        return []
    holding = [c for c in candidates if any(reader.held(c).terms.issuperset(terms) for terms in wanted)]
    return in_order(holding[:MENTIONS])
