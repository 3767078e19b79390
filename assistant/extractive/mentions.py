"""Mentions: the proper names that a question is about, and what is said of the one that it is about alone."""

from __future__ import annotations

from assistant.extractive.claims import Claim, in_order
from assistant.extractive.evidence import Candidate
from assistant.extractive.reading import Reader
from assistant.extractive.scopes import NAMED, concept
from assistant.understanding.clauses import told_first
from assistant.understanding.designators import designators_in
from assistant.understanding.lexicon import VAGUE, words_of
from assistant.understanding.names import names_in
from assistant.understanding.question import Question
from index.store import PassageIndex

# A name that this share of the passages holds, and more than a few, is what the documents are about, and asks for nothing by itself.
COMMON, FEW = 0.15, 4
# A name in more than this share of the passages is what the documents are about; and so many of its mentions are shown.
RARE, MENTIONS = 0.25, 5


def asked_names(index: PassageIndex, question: Question) -> list[tuple[str, list[list[str]]]]:
    """The names in a question, each with the sets of terms of which a text has to hold one. A name that no passage holds is
    not asked about where it stands in what somebody tells of themselves first."""
    found = [(name.text, [wanted for wanted in name.term_sets() if wanted]) for name in names_in(question.text)]
    story = told_first(question.text) if found else ""
    return [(text, sets) for text, sets in found if text not in story or _share(index, sets)]


def telling_names(index: PassageIndex, question: Question) -> list[tuple[str, list[list[str]]]]:
    """The names asked about that few passages hold, as `asked_names` gives them."""
    return [(text, sets) for text, sets in asked_names(index, question) if sets and is_rare(index, sets)]


def is_rare(index: PassageIndex, sets: list[list[str]]) -> bool:
    """Whether few passages hold a name: it is not what all the documents are about."""
    return _share(index, sets) < _more_than_few(index, COMMON)


def _more_than_few(index: PassageIndex, share: float) -> float:
    """A share of the passages, or that of more than FEW of them where they are not many."""
    return max(share, (FEW + 1) / max(1, index.lexical.rows))


def _share(index: PassageIndex, sets: list[list[str]]) -> float:
    """The share of the passages that hold a name: as many at most as have the rarest term of one of its sets."""
    return max((min(map(index.lexical.frequency, terms)) for terms in sets if terms), default=0) / max(
        1, index.lexical.rows
    )


def mentions(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Claim]:
    """What is said of the one proper name that a question is about, in reading order; [] where it names none or several.

    What is asked of it (how is it doing, its strengths and weaknesses) is seldom said in the question's own words.
    """
    named = [name.term_sets() for name in names_in(question.text)] or [s for _, s in designators_in(question.text)]
    if len(named) != 1:
        return []
    wanted = [terms for terms in named[0] if terms]
    if not 0 < _share(reader.index, wanted) < _more_than_few(reader.index, RARE):
        return []
    # Below a heading with the name all is said of it, and elsewhere what names it.
    titled = [c for c in candidates if holds_one(c.studied.title.terms, wanted)]
    holding = titled or [c for c in candidates if holds_one(c.named, wanted)]
    return in_order(holding[:MENTIONS])


def wrong_with(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Claim]:
    """For a question what is wrong with one that it names, the sentences of the best passage about it that say so; [] where there
    are not several."""
    named = [sets for _, sets in telling_names(reader.index, question)]
    if len(named) != 1 or not candidates:
        return []
    best = next((c for c in candidates if holds_one(c.named, named[0])), candidates[0])
    problem = concept("problem")
    # Trouble with workers is not all that is wrong.
    meant = [w for w in words_of(question.text) if w.weight > VAGUE and best.held.match(w) == 1]
    wrong = [
        c
        for c in candidates
        if c.passage.id == best.passage.id
        and holds_one(c.named, named[0])
        and c.held.match(problem) >= NAMED
        and all(c.held.match(w) >= NAMED or w.text in c.named for w in meant)
    ]
    return in_order(wrong) if len(wrong) > 1 else []


def holds_one(held: frozenset[str], sets: list[list[str]]) -> bool:
    """Whether some terms are all of one of several sets."""
    return any(held.issuperset(wanted) for wanted in sets)
