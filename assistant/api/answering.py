"""Answers inside the server: worked out in threads, so many at once, stopped when nobody waits any more, and counted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Collection, Generator, Sequence
from threading import Event
from typing import cast

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

from assistant.answer import Answer
from assistant.api.metrics import Metrics
from assistant.assistant import Assistant
from assistant.citations import Citation
from assistant.errors import QuestionError
from assistant.settings import EXTRACTIVE
from assistant.understanding.followup import Turn

Piece = str | Citation | Answer
# An extractive answer is all computing: more threads would only share it, each with memory of its own (measured: 4 hold
# 305 MB where 32 hold 460, and answer as fast). A chat model is waited for.
EXTRACTIVE_AT_ONCE = 4
MODEL_AT_ONCE = 32


class Answering:
    """Runs the answers of an assistant. surface: who asked, for the counts ("api", "widget", "page", "openai", "mcp")."""

    def __init__(self, assistant: Assistant, metrics: Metrics) -> None:
        self._assistant = assistant
        self._metrics = metrics
        self._limiter = CapacityLimiter(EXTRACTIVE_AT_ONCE if assistant.settings.model == EXTRACTIVE else MODEL_AT_ONCE)

    async def whole(
        self,
        surface: str,
        question: str,
        history: Sequence[Turn] = (),
        documents: Collection[str] = (),
        request: Request | None = None,
    ) -> Answer | None:
        """The answer; None where the client of `request` went away before it. Raises QuestionError as `Assistant.ask`."""
        started = time.perf_counter()
        gone = Event()
        watching = asyncio.create_task(_watch(request, gone)) if request else None
        try:
            stream = self._stream(question, history, documents)
            answer = await to_thread.run_sync(_last, stream, gone, limiter=self._limiter)
        except QuestionError:
            raise
        except Exception:
            self._metrics.ended(surface, "failed")
            raise
        finally:
            if watching:
                watching.cancel()
        if answer is None:
            self._metrics.ended(surface, "stopped")
        else:
            self._metrics.answered(surface, answer, time.perf_counter() - started)
        return answer

    async def check(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()) -> None:
        """Raise QuestionError where `pieces` would: before the head of a response is sent."""
        await to_thread.run_sync(self._assistant.check, question, history, documents, limiter=self._limiter)

    async def pieces(
        self, surface: str, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()
    ) -> AsyncGenerator[Piece]:
        """The pieces of an answer as they come, the Answer last. Closing or cancelling this ends the work."""
        started = time.perf_counter()
        stream = self._stream(question, history, documents)
        outcome = "stopped"
        try:
            while True:
                piece = await to_thread.run_sync(next, stream, None, limiter=self._limiter)
                if piece is None:
                    return
                if isinstance(piece, Answer):
                    outcome = ""
                    self._metrics.answered(surface, piece, time.perf_counter() - started)
                yield piece
        except Exception:
            outcome = "failed"
            raise
        finally:
            stream.close()
            if outcome:
                self._metrics.ended(surface, outcome)

    def _stream(
        self, question: str, history: Sequence[Turn], documents: Collection[str]
    ) -> Generator[Piece, None, None]:
        # A generator, so that closing it ends what it waits for.
        return cast("Generator[Piece, None, None]", self._assistant.stream(question, history, documents))


async def _watch(request: Request, gone: Event) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()


def _last(stream: Generator[Piece, None, None], gone: Event) -> Answer | None:
    try:
        while not gone.is_set():
            piece = next(stream)
            if isinstance(piece, Answer):
                return piece
        return None
    finally:
        stream.close()
