"""The generated answerer: a chat model's answer from passages, checked sentence by sentence as it comes, or the extractive one."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from assistant.answer import Answer, Usage
from assistant.citations import Citation
from assistant.extractive.answerer import NEAR, Extractive, Found
from assistant.generation.evidence import Evidence
from assistant.generation.faults import Fault, ModelFault, fault_of
from assistant.generation.prompt import chosen, to_answer, to_condense
from assistant.generation.sentences import SentenceReader
from assistant.generation.streaming import BEAT, Piece, Thoughts, stream
from assistant.generation.writer import Writer
from assistant.settings import EXTRACTIVE, Settings
from assistant.understanding.asked import Asked
from assistant.understanding.followup import Turn
from index.passages import Passage
from prompts import phrase

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

    Callbacks = Sequence[BaseCallbackHandler]

_LOG = logging.getLogger(__name__)
# Seconds before the second try, where the server names none; twice as many before each further one.
PAUSE = 0.5
# Providers that say with the last piece why the model stopped: without that, the connection broke off.
_SAY_WHY = ("openai:", "anthropic:", "ollama:")


class Generated:
    """Answers through a chat model, over the same evidence as the extractive answerer. Safe to share between threads."""

    def __init__(self, extractive: Extractive, chat: BaseChatModel, settings: Settings) -> None:
        self.name = settings.model if settings.model != EXTRACTIVE else type(chat).__name__
        self._extractive = extractive
        self._index = extractive.index
        self._chat = chat
        self._settings = settings

    def over(self, extractive: Extractive) -> Generated:
        """The same model over other evidence."""
        return Generated(extractive, self._chat, self._settings)

    def resolved(self, asked: Asked, history: Sequence[Turn], callbacks: Callbacks = ()) -> Asked:
        """A follow-up as the model puts it on its own; as it was, where the model fails or says nothing of use."""
        try:
            said = "".join(piece.text for piece in self._said(to_condense(asked, history), callbacks))
        except Exception as error:  # each provider has errors of its own
            self._log(fault_of(error), error)
            return asked
        line = next(iter(Thoughts().spoken(said).strip().splitlines()), "").strip()
        fits = any(map(str.isalnum, line)) and len(line) <= self._settings.max_question
        return replace(asked, standalone=line, further=False) if fits else asked

    def stream(self, asked: Asked, found: Found, callbacks: Callbacks = ()) -> Iterator[str | Citation | Answer]:
        """Pieces of text as they come, each Citation before its marker, and last the Answer.

        Where the model fails, or nothing of what it says is supported, the Answer is the extractive one with a notice.
        "" is yielded while there is nothing to say, so that whoever reads can stop.
        """
        started = time.perf_counter()
        ranked = self._ranked(found)
        room = len(ranked)
        while True:
            passages = chosen(self._index, ranked[:room], asked.standalone, self._settings.model_window)
            reply = _Reply(self._writer(asked, passages))
            try:
                yield from self._written(asked, passages, reply, callbacks)
                answer = self._judged(asked, found, reply, len(passages), len(ranked))
            except Exception as error:  # each provider has errors of its own
                fault = fault_of(error)
                self._log(fault, error)
                if fault.kind == "overflow" and len(passages) > 1:
                    room = len(passages) // 2
                    continue
                answer = self._instead(
                    asked, found, "model_failed", reason=phrase(f"fault_{fault.kind}", asked.language)
                )
            timings = {
                "model": (time.perf_counter() - started) * 1000 - reply.writer.checking,
                "check": reply.writer.checking,
            }
            if reply.first is not None:
                timings["first_words"] = (reply.first - started) * 1000
            usage = Usage(*reply.tokens) if any(reply.tokens) else None
            yield replace(answer, usage=usage, timings=timings)
            return

    def _ranked(self, found: Found) -> list[Passage]:
        """The passages to give the model, best first: those that answer, then those that come near."""
        answering = [claim.passage for claim in found.claims]
        near = [hit.passage for hit in found.hits if hit.score >= NEAR]
        return list({passage.id: passage for passage in (*answering, *near)}.values())[: self._settings.model_passages]

    def _writer(self, asked: Asked, passages: Sequence[Passage]) -> Writer:
        evidence = Evidence(self._index, passages)
        return Writer(self._index, evidence, asked.language, remove=self._settings.unsupported == "remove")

    def _written(
        self, asked: Asked, passages: Sequence[Passage], reply: _Reply, callbacks: Callbacks
    ) -> Iterator[str | Citation]:
        """The reply as it is read, sentence by sentence."""
        reader, thoughts = SentenceReader(), Thoughts()
        with closing(self._said(to_answer(self._index, asked, passages), callbacks)) as said:
            for piece in said:
                reply.hear(piece)
                spoken = thoughts.spoken(piece.text)
                for event in reader.feed(spoken):
                    yield from reply.writer.write(event)
                if not spoken:
                    yield ""
        for event in [*reader.feed(thoughts.close()), *reader.close()]:
            yield from reply.writer.write(event)

    def _said(self, messages: Sequence[BaseMessage], callbacks: Callbacks) -> Generator[Piece]:
        """What the model says. What fails before its first words is tried again, within the longest wait for these."""
        until = time.monotonic() + self._settings.model_timeout
        for attempt in range(self._settings.model_retries + 1):
            spoke = ended = False
            try:
                wait = until - time.monotonic()
                with closing(stream(self._chat, messages, wait, self._settings.model_timeout, callbacks)) as pieces:
                    for piece in pieces:
                        spoke = spoke or bool(piece.text.strip())
                        ended = ended or bool(piece.ended)
                        yield piece
                if not spoke:
                    raise ModelFault("empty")
                if not ended and self.name.startswith(_SAY_WHY):
                    raise ModelFault("cut")
                return
            except Exception as error:  # each provider has errors of its own
                fault = fault_of(error)
                pause = fault.wait if fault.wait is not None else PAUSE * 2**attempt
                last = attempt == self._settings.model_retries or time.monotonic() + pause >= until
                if spoke or last or not fault.again:
                    raise
                self._log(fault, error)
            for _ in range(ceil(pause / BEAT)):
                yield Piece("")
                time.sleep(min(pause, BEAT))

    def _judged(self, asked: Asked, found: Found, reply: _Reply, given: int, ranked: int) -> Answer:
        """The answer that a whole reply comes to."""
        writer, language = reply.writer, asked.language
        if not writer.supported:
            if writer.refused:
                return replace(self._extractive.abstain(asked, found), model=self.name)
            return self._instead(asked, found, "model_ungrounded")
        notices = [phrase("premise", language)] if found.conflict else []
        if writer.unsupported and self._settings.unsupported == "remove":
            notices.append(phrase("model_removed", language, count=writer.unsupported))
        elif writer.unsupported:
            mark = phrase("unverified", language)
            notices.append(phrase("model_marked", language, count=writer.unsupported, mark=mark))
        if writer.dropped:
            notices.append(phrase("model_dropped", language, count=writer.dropped))
        if given < ranked:
            notices.append(phrase("model_trimmed", language, count=given, found=ranked))
        if reply.shortened:
            notices.append(phrase("model_shortened", language))
        return Answer(
            asked.question,
            asked.standalone,
            language,
            found.kind,
            writer.text,
            tuple(writer.citations),
            notices=tuple(notices),
            model=self.name,
        )

    def _instead(self, asked: Asked, found: Found, notice: str, **values: object) -> Answer:
        answer = self._extractive.answer(asked, found)
        return replace(answer, notices=(phrase(notice, asked.language, **values), *answer.notices))

    def _log(self, fault: Fault, error: BaseException) -> None:
        # Not the error's own text: providers repeat keys and questions in it.
        status = f", HTTP {fault.status}" if fault.status else ""
        _LOG.warning(
            "chat model %s: %s (%s%s)", self.name, phrase(f"fault_{fault.kind}", "en"), type(error).__name__, status
        )


class _Reply:
    """A reply as it comes in: its text so far, its tokens, when its first words came, whether it ran into its limit."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.tokens = (0, 0)
        self.first: float | None = None
        self.shortened = False

    def hear(self, piece: Piece) -> None:
        """Note what a piece of the stream says beside its text."""
        if self.first is None and piece.text.strip():
            self.first = time.perf_counter()
        self.tokens = (self.tokens[0] + piece.tokens[0], self.tokens[1] + piece.tokens[1])
        self.shortened = self.shortened or piece.shortened
