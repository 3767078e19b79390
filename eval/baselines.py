"""Baselines: what a score is worth nothing below. Each asks like an assistant and answers without thinking."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from assistant.answer import Answer
from assistant.citations import cite
from index.analysis import language_of
from index.passages import Passage
from index.store import PassageIndex

MOST = 1000
_REFERENCE = re.compile(r"\[(\d+)\]")
Choose = Callable[[PassageIndex, str, Collection[str]], list[Passage]]


class Baseline:
    """An asker that answers with the passages that `choose` gives it, word for word, and abstains where that is none."""

    def __init__(self, index: PassageIndex, name: str, choose: Choose) -> None:
        self.name = name
        self._index = index
        self._choose = choose

    def ask(self, question: str, history: Sequence[Mapping[str, str]] = (), documents: Collection[str] = ()) -> Answer:
        """Answer a question with whole passages. Earlier turns are ignored."""
        language = language_of(question)
        passages = self._choose(self._index, question, documents or self._index.documents)
        cited = tuple(
            cite(number, self._index.documents[passage.document], passage, passage.sentences, 0.0)
            for number, passage in enumerate(passages, 1)
        )
        # A source's own reference marks would read as ours.
        text = "\n".join(_REFERENCE.sub(r"〔\1〕", one.quote) + f" [{one.number}]" for one in cited)
        return Answer(question, question, language, "fact", text, cited, abstained=not cited, model=self.name)


def baselines(index: PassageIndex) -> tuple[Baseline, ...]:
    """The best passage by words alone and by vectors alone, the first passage, no answer ever, and everything always.

    Everything is left out of an index of more than MOST passages: to score it takes hours and tells nothing new.
    """
    names = [name for name in CHOICES if name != "dump" or len(index.passages) <= MOST]
    return tuple(Baseline(index, name, CHOICES[name]) for name in names)


def _bm25(index: PassageIndex, question: str, documents: Collection[str]) -> list[Passage]:
    scores = index.lexical.scores(question)
    return _first(index, np.argsort(-scores, kind="stable").tolist(), documents) if scores.any() else []


def _dense(index: PassageIndex, question: str, documents: Collection[str]) -> list[Passage]:
    _, rows = index.vectors.search(index.embedder.encode([question]), len(index.rows))
    return _first(index, rows[0].tolist(), documents)


def _first(index: PassageIndex, rows: Sequence[int], documents: Collection[str]) -> list[Passage]:
    """The passage of the first of the rows that is in the documents: a passage and its translation are two rows."""
    found = (index.passages[index.rows[row]] for row in rows)
    return next(([passage] for passage in found if passage.document in documents), [])


def _lead(index: PassageIndex, question: str, documents: Collection[str]) -> list[Passage]:
    return next(([passage] for passage in index.passages if passage.document in documents), [])


def _refuse(index: PassageIndex, question: str, documents: Collection[str]) -> list[Passage]:
    return []


def _dump(index: PassageIndex, question: str, documents: Collection[str]) -> list[Passage]:
    return [passage for passage in index.passages if passage.document in documents]


CHOICES: dict[str, Choose] = {
    "bm25": _bm25,
    "dense": _dense,
    "lead": _lead,
    "refuse": _refuse,
    "dump": _dump,
}
