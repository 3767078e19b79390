"""The assistant: the one door to an answer. Chat, API, command line and evaluation all call the same `ask` and `stream`."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Collection, Iterator, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from assistant.answer import Answer
from assistant.citations import Citation
from assistant.errors import QuestionError
from assistant.extractive.answerer import Extractive
from assistant.settings import EXTRACTIVE, Settings
from assistant.understanding.asked import understood, unusable
from assistant.understanding.followup import Turn
from assistant.understanding.smalltalk import small_talk
from index.analysis import language_of, terms
from index.errors import DocumentError
from index.reranking import load_reranker
from index.store import PassageIndex
from prompts import digest, phrase

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.language_models import BaseChatModel

    from assistant.generation.answerer import Generated

ROLES = ("user", "assistant")
# Choices of documents kept open beside the whole index.
SCOPES = 16
# The settings that an answer depends on.
DECIDING = (
    "max_question",
    "model",
    "model_url",
    "model_passages",
    "model_temperature",
    "model_window",
    "nearest",
    "reranker",
    "unsupported",
)


class Assistant:
    """Answers questions over one index. Safe to share between threads."""

    def __init__(
        self, index: PassageIndex, settings: Settings | None = None, model: BaseChatModel | None = None
    ) -> None:
        """model: a LangChain chat model to answer with; without one, that of the settings, if they name one."""
        self.index = index
        self.settings = settings or Settings()
        self._extractive = Extractive(index, self.settings.nearest, load_reranker(self.settings.reranker))
        self._generated = _generated(self._extractive, self.settings, model)
        self._scopes: dict[frozenset[str], Assistant] = {}
        self._digest = _digest(index, self.settings)

    @classmethod
    def open(cls, path: str | Path | None = None, settings: Settings | None = None) -> Self:
        """Open an index folder; None is the one in the settings, and without that the shipped paper.

        Raises index.errors.StoredIndexError where there is no index that can be used, and SettingsError where the chat
        model of the settings cannot be.
        """
        settings = settings or Settings.load()
        folder = path or settings.index
        return cls(PassageIndex.open(Path(folder) if folder else None), settings)

    def with_floor(self, floor: float) -> Assistant:
        """The same assistant with another floor under the evidence it answers from (see `assistant eval calibrate`)."""
        return self._over(self._extractive.with_floor(floor))

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: Collection[str] = (),
        callbacks: Sequence[BaseCallbackHandler] = (),
    ) -> Answer:
        """Answer a question from the documents, with citations, or say that they do not answer it.

        history: earlier turns, {"role": "user" | "assistant", "content": str}, oldest first. documents: ids of the only
        documents to answer from; none is all of them. callbacks: LangChain's, for a chat model's run. Raises QuestionError
        where the arguments are of another form, or name a document that is not there; any text is a question.
        """
        *_, answer = self._answered(question, history, documents, callbacks)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: Collection[str] = (),
        callbacks: Sequence[BaseCallbackHandler] = (),
    ) -> Iterator[str | Citation | Answer]:
        """As `ask`, in the order in which things are known: pieces of text, each Citation before its marker, the Answer.

        The pieces joined are the text of the Answer, which comes last and holds everything; where a chat model failed, or
        refused, the Answer's text stands in their place. While a chat model is silent, "" comes now and then. Closing the
        iterator stops the model.
        """
        yield from self._answered(question, history, documents, callbacks)

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
                scoped = self._over(self._extractive.over(self.index.only(chosen)))
            except DocumentError as error:
                raise QuestionError(f"documents: {error}") from None
            if len(self._scopes) >= SCOPES:
                self._scopes.pop(next(iter(self._scopes)), None)
            self._scopes[chosen] = scoped
        return scoped

    def _answered(
        self,
        question: str,
        history: Sequence[Turn],
        documents: Collection[str],
        callbacks: Sequence[BaseCallbackHandler],
    ) -> Iterator[str | Citation | Answer]:
        started = time.perf_counter()
        _check(question, history)
        for piece in self._within(documents)._stream(question, history, callbacks):
            if isinstance(piece, Answer):
                piece = replace(piece, milliseconds=(time.perf_counter() - started) * 1000, digest=self._digest)
            yield piece

    def _over(self, extractive: Extractive) -> Assistant:
        """The same assistant, its chat model too, over other evidence."""
        other = copy(self)
        other.index = extractive.index
        other._extractive = extractive
        other._generated = self._generated and self._generated.over(extractive)
        other._scopes = {}
        return other

    def _stream(
        self, text: str, history: Sequence[Turn], callbacks: Sequence[BaseCallbackHandler]
    ) -> Iterator[str | Citation | Answer]:
        language = language_of(text)
        if invalid := unusable(text, self.settings.max_question):
            yield from spelt(Answer(text, text, language, "invalid", invalid, abstained=True))
            return
        if talk := small_talk(text):
            yield from spelt(Answer(text, text, language, "smalltalk", phrase(talk, language)))
            return
        started = time.perf_counter()
        asked = understood(text, history)
        found = self._extractive.find(asked)
        if self._generated and history and (asked.further or (not found.claims and not found.missing)):
            # Our own rules cost nothing and come first; a follow-up that they lead nowhere with is the model's to resolve, and
            # so is what else there is beyond what it told in words of its own.
            asked = self._generated.resolved(asked, history, callbacks)
            found = self._extractive.find(asked)
        timings = {"find": (time.perf_counter() - started) * 1000}
        if self._generated and found.claims and not asked.further:
            pieces = self._generated.stream(asked, found, callbacks)
        else:
            pieces = spelt(self._extractive.answer(asked, found))
        for piece in pieces:
            yield replace(piece, timings=timings | dict(piece.timings)) if isinstance(piece, Answer) else piece


def spelt(answer: Answer) -> Iterator[str | Citation | Answer]:
    """An answer that is there already, as a stream of it."""
    cited = {f"[{citation.number}]": citation for citation in answer.citations}
    for piece in re.findall(r".+?(?:\[\d+\]\s*|$)|\s+", answer.text, re.DOTALL):
        marker = re.search(r"\[\d+\](?=\s*$)", piece)
        if marker and marker[0] in cited:
            yield cited[marker[0]]
        yield piece
    yield answer


def _generated(extractive: Extractive, settings: Settings, model: BaseChatModel | None) -> Generated | None:
    if model is None and settings.model == EXTRACTIVE:
        return None
    from assistant.generation.answerer import Generated
    from assistant.generation.model import open_model

    chat = model or open_model(settings)
    return Generated(extractive, chat, settings) if chat else None


def _digest(index: PassageIndex, settings: Settings) -> str:
    """Sixteen hex digits of all that decides an answer: settings, words, documents, the models that read them."""
    manifest = index.manifest
    deciding = [getattr(settings, name) for name in DECIDING]
    models = [manifest.model_fingerprint, manifest.encoder]
    parts = [deciding, digest(), manifest.corpus_digest, models, manifest.calibration]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _check(question: str, history: Sequence[Turn]) -> None:
    if not isinstance(question, str):
        raise QuestionError(f"question: found {type(question).__name__}, expected text")
    for number, turn in enumerate(history):
        fits = isinstance(turn, dict) and turn.get("role") in ROLES and isinstance(turn.get("content"), str)
        if not fits:
            raise QuestionError(
                f"history[{number}]: found {turn!r:.80}, expected {{'role': 'user' or 'assistant', 'content': text}}"
            )
