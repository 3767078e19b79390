"""The stream of a chat model, read on an event loop in a thread of its own: it can be stopped, and given up, at any moment."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from traceback import clear_frames
from typing import TYPE_CHECKING, Any, cast

from assistant.generation.faults import ModelFault

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage
    from langchain_core.runnables import RunnableConfig

# A model that says more than this many characters will not stop by itself.
LONGEST = 20_000
# A model that still says something now and then is given up after this many times the longest wait.
PATIENCE = 10
# Seconds between two signs of life while there is nothing to say.
BEAT = 0.5
# Providers' words for: the answer reached the most tokens it may have.
_SHORTENED = ("length", "max_tokens")


@dataclass(frozen=True)
class Piece:
    """What one chunk of a stream says. tokens: read and written, where told. ended: why the model stopped, with its last."""

    text: str
    tokens: tuple[int, int] = (0, 0)
    ended: str = ""

    @property
    def shortened(self) -> bool:
        """Whether the model stopped at its length limit."""
        return self.ended in _SHORTENED


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One loop for all models of the process: providers' clients keep connections, and these belong to a loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat-model", daemon=True).start()
    return loop


def stream(
    chat: BaseChatModel,
    messages: Sequence[BaseMessage],
    first: float,
    between: float,
    callbacks: Sequence[BaseCallbackHandler] = (),
) -> Generator[Piece]:
    """What a chat model says, as it says it. Closing the iterator closes the model's stream at once.

    first, between: the longest wait for the first chunk, and for each further one, in seconds. Raises ModelFault("slow")
    after that, and whatever the provider raises. Yields an empty piece now and then while it waits.
    """
    said: SimpleQueue[Piece | Exception | None] = SimpleQueue()
    over = threading.Event()

    async def pump() -> None:
        length = 0
        try:
            config: RunnableConfig | None = {"callbacks": list(callbacks)} if callbacks else None
            # Closed here, on the loop: one that is left is closed by whatever thread happens to collect it.
            async with aclosing(cast("AsyncGenerator[AIMessageChunk]", chat.astream(list(messages), config))) as chunks:
                async for chunk in chunks:
                    piece = _piece(chunk)
                    length += len(piece.text)
                    if length > LONGEST:
                        said.put(Piece("", ended=_SHORTENED[0]))
                        break
                    said.put(piece)
            said.put(None)
        except Exception as error:  # handed on to whoever reads
            _let_go(error)
            said.put(error)
        finally:
            over.set()

    # call_soon_threadsafe, underneath, takes the caller's context along: a trace that is open there stays open here.
    task = asyncio.run_coroutine_threadsafe(pump(), _loop())
    begun = time.monotonic()
    until = begun + first
    try:
        while True:
            try:
                piece = said.get(timeout=max(0.0, min(BEAT, until - time.monotonic())))
            except Empty:
                if time.monotonic() >= until:
                    raise ModelFault("slow") from None
                yield Piece("")
                continue
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise piece
            until = min(time.monotonic() + between, begun + PATIENCE * between)
            yield piece
    finally:
        task.cancel()
        over.wait(1.0)


def _let_go(error: BaseException) -> None:
    """Drop what the frames of an error hold, and its causes'.

    A provider's open stream hangs on them. Here, on the loop, it is closed at once; in the reader's thread the garbage
    collector would finalise it while the loop closes it ("async generator already executing").
    """
    told: BaseException | None = error
    seen = set()
    while told is not None and id(told) not in seen:
        seen.add(id(told))
        clear_frames(told.__traceback__)
        told = told.__cause__ or told.__context__


def _piece(chunk: Any) -> Piece:
    usage = chunk.usage_metadata or {}
    about = chunk.response_metadata
    ended = about.get("finish_reason") or about.get("stop_reason") or about.get("done_reason") or ""
    return Piece(str(chunk.text), (usage.get("input_tokens", 0), usage.get("output_tokens", 0)), str(ended))


class Thoughts:
    """Leaves out what a reasoning model thinks aloud before it answers: <think> … </think> at the very beginning."""

    def __init__(self) -> None:
        self._held = ""
        self._waited_for: str | None = "<think>"

    def spoken(self, text: str) -> str:
        """What of more text is no thought."""
        if self._waited_for is None:
            return text
        self._held += text
        if self._waited_for == "<think>":
            start = self._held.lstrip()
            if "<think>".startswith(start):
                return ""
            if not start.startswith("<think>"):
                return self.close()
            self._waited_for = "</think>"
        _, ended, answer = self._held.partition(self._waited_for)
        if ended:
            self._waited_for = None
            return answer.lstrip()
        self._held = self._held[-len(self._waited_for) :]
        return ""

    def close(self) -> str:
        """What was held back and is no thought, once the text has ended."""
        spoken = self._held if self._waited_for == "<think>" else ""
        self._waited_for, self._held = None, ""
        return spoken
