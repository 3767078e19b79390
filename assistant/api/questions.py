"""Asking and searching over HTTP: `POST /api/ask`, whole or as server-sent events, and `POST /api/search`."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.answer import Answer
from assistant.api import problems
from assistant.api.answering import Answering, Piece
from assistant.assistant import Assistant
from assistant.citations import Citation
from assistant.understanding.followup import Turn

EVENTS = "text/event-stream"
# A proxy is not to hold events back until it has many.
EVENT_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
# What nginx logs where a client went away; nobody is there to read it.
CLIENT_CLOSED_REQUEST = 499
MOST_PASSAGES = 100


def _whole(text: str) -> str:
    """Text that can be written down: JSON can name half a character, which no encoding holds."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("found half a character (a lone surrogate), expected whole ones")
    return text


Text = Annotated[str, AfterValidator(_whole)]


class TurnBody(BaseModel):
    """An earlier turn of the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: Text


class QuestionBody(BaseModel):
    """A question, with the turns before it, oldest first. documents: ids of the only ones to answer from; none is all."""

    model_config = ConfigDict(extra="forbid")

    question: Text
    history: list[TurnBody] = Field(default_factory=list)
    documents: list[Text] = Field(default_factory=list)
    stream: bool = False

    def turns(self) -> list[Turn]:
        """The earlier turns as the assistant takes them."""
        return [turn.model_dump() for turn in self.history]


class SearchBody(BaseModel):
    """What to look for, and how many passages to give."""

    model_config = ConfigDict(extra="forbid")

    question: Text
    count: int = Field(default=10, ge=1, le=MOST_PASSAGES)
    documents: list[Text] = Field(default_factory=list)


@dataclass(frozen=True)
class Passages:
    """The passages nearest to a question, best first, each quoted whole."""

    passages: list[Citation]


def routes(assistant: Assistant, answering: Answering) -> APIRouter:
    """The routes that answer from an assistant."""
    router = APIRouter(prefix="/api", tags=["questions"])

    @router.post(
        "/ask",
        summary="Answer a question, with citations",
        responses={200: {"model": Answer, "content": {EVENTS: {}}}, **problems.documented(422, 500)},
    )
    async def ask(request: Request, body: QuestionBody) -> Response:
        """The answer as JSON; or, with `"stream": true` or `Accept: text/event-stream`, the events `text`, `citation`
        (before the text that holds its marker), and last `answer`, which holds everything, or `error`, a problem body.
        """
        surface = _surface(request)
        question, turns, documents = body.question, body.turns(), body.documents
        if body.stream or EVENTS in request.headers.get("accept", ""):
            await answering.check(question, turns, documents)
            pieces = answering.pieces(surface, question, turns, documents)
            return StreamingResponse(_events(pieces), media_type=EVENTS, headers=EVENT_HEADERS)
        answer = await answering.whole(surface, question, turns, documents, request)
        return Response(status_code=CLIENT_CLOSED_REQUEST) if answer is None else JSONResponse(answer.to_dict())

    @router.post(
        "/search",
        summary="The passages nearest to a question",
        responses={200: {"model": Passages}, **problems.documented(422, 500)},
    )
    def search(body: SearchBody) -> JSONResponse:
        found = assistant.search(body.question, body.count, body.documents)
        return JSONResponse({"passages": [citation.to_dict() for citation in found]})

    return router


def _surface(request: Request) -> str:
    """Who asks, for the counts alone: anybody can claim to be a page."""
    if request.scope.get("visitor"):
        return "widget"
    return "page" if request.headers.get("sec-fetch-site") == "same-origin" else "api"


async def _events(pieces: AsyncGenerator[Piece]) -> AsyncIterator[bytes]:
    """An answer as server-sent events: "text", "citation", and last "answer", or "error" with a problem body."""
    try:
        async with aclosing(pieces):
            async for piece in pieces:
                if isinstance(piece, Citation):
                    yield _event("citation", piece.to_dict())
                elif isinstance(piece, Answer):
                    yield _event("answer", piece.to_dict())
                else:
                    yield _event("text", {"text": piece})
    except Exception as error:
        # The head of the response is long sent: the fault is logged, and said as the last event.
        logging.getLogger(__name__).exception("a question could not be answered")
        yield _event("error", problems.problem_of(error).model_dump())


def _event(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
