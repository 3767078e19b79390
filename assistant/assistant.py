"""The assistant: the one door to an answer. Chat, API, command line and evaluation all call the same `ask` and `stream`."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer
from assistant.citations import Citation
from assistant.errors import QuestionError
from assistant.extractive.answerer import Extractive
from assistant.settings import Settings
from assistant.understanding.asked import understood, unusable
from assistant.understanding.followup import Turn
from assistant.understanding.smalltalk import small_talk
from index.analysis import language_of, terms
from index.errors import DocumentError
from index.store import PassageIndex
from prompts import phrase

ROLES = ("user", "assistant")
# Choices of documents kept open beside the whole index.
SCOPES = 16


class Assistant:
    """Answers questions over one index. Safe to share between threads."""

    def __init__(self, index: PassageIndex, settings: Settings | None = None) -> None:
        self.index = index
        self.settings = settings or Settings()
        self._extractive = Extractive(index, self.settings.nearest)
        self._scopes: dict[frozenset[str], Assistant] = {}

    def with_floor(self, floor: float) -> Assistant:
        """The same assistant with another floor under the evidence it answers from (see `assistant eval calibrate`)."""
        other = copy(self)
        other._extractive = self._extractive.with_floor(floor)
        other._scopes = {}
        return other

    @classmethod
    def open(cls, path: str | Path | None = None, settings: Settings | None = None) -> Assistant:
        """Open an index folder; None is the one in the settings, and without that the shipped paper.

        Raises index.errors.StoredIndexError where there is no index that can be used.
        """
        settings = settings or Settings.load()
        folder = path or settings.index
        return cls(PassageIndex.open(Path(folder) if folder else None), settings)

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()) -> Answer:
        """Answer a question from the documents, with citations, or say that they do not answer it.

        history: earlier turns, {"role": "user" | "assistant", "content": str}, oldest first. documents: ids of the only
        documents to answer from; none is all of them. Raises QuestionError where the arguments are of another form, or
        name a document that is not there; any text is a question.
        """
        started = time.perf_counter()
        _check(question, history)
        answer = self._within(documents)._ask(question, history)
        return replace(answer, milliseconds=(time.perf_counter() - started) * 1000)

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()
    ) -> Iterator[str | Citation | Answer]:
        """As `ask`, in the order in which things are known: pieces of text, each Citation before its marker, the Answer.

        The pieces joined are the text of the Answer, which comes last and holds everything.
        """
        answer = self.ask(question, history, documents)
        cited = {f"[{citation.number}]": citation for citation in answer.citations}
        for piece in re.findall(r".+?(?:\[\d+\]\s*|$)|\s+", answer.text, re.DOTALL):
            marker = re.search(r"\[\d+\](?=\s*$)", piece)
            if marker and marker[0] in cited:
                yield cited[marker[0]]
            yield piece
        yield answer

    def check(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()) -> None:
        """Raise what `ask` would raise for such arguments, and answer nothing."""
        _check(question, history)
        self._within(documents)

    def search(self, question: str, count: int = 10, documents: Collection[str] = ()) -> list[Citation]:
        """The passages nearest to a question, best first, each quoted whole; `documents` and errors as for `ask`."""
        _check(question, ())
        within = self._within(documents)
        if not terms(question):
            return []
        return [within._extractive.whole(n, hit) for n, hit in enumerate(within.index.search(question, count), 1)]

    def _within(self, documents: Collection[str]) -> Assistant:
        """The assistant that knows some of the documents only. The last few choices are kept."""
        chosen = frozenset(documents)
        if not chosen or chosen == self.index.documents.keys():
            return self
        scoped = self._scopes.get(chosen)
        if scoped is None:
            try:
                scoped = Assistant(self.index.only(chosen), self.settings).with_floor(self._extractive.floor)
            except DocumentError as error:
                raise QuestionError(f"documents: {error}") from None
            if len(self._scopes) >= SCOPES:
                self._scopes.pop(next(iter(self._scopes)), None)
            self._scopes[chosen] = scoped
        return scoped

    def _ask(self, text: str, history: Sequence[Turn]) -> Answer:
        language = language_of(text)
        if invalid := unusable(text, self.settings.max_question):
            return Answer(text, text, language, "invalid", invalid, abstained=True)
        if talk := small_talk(text):
            return Answer(text, text, language, "smalltalk", phrase(talk, language))
        asked = understood(text, history)
        return self._extractive.answer(asked, self._extractive.find(asked))


def _check(question: str, history: Sequence[Turn]) -> None:
    if not isinstance(question, str):
        raise QuestionError(f"question: found {type(question).__name__}, expected text")
    for number, turn in enumerate(history):
        fits = isinstance(turn, dict) and turn.get("role") in ROLES and isinstance(turn.get("content"), str)
        if not fits:
            raise QuestionError(
                f"history[{number}]: found {turn!r:.80}, expected {{'role': 'user' or 'assistant', 'content': text}}"
            )
