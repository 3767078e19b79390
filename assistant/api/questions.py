"""Asking and searching over HTTP: `POST /api/ask`, whole or as server-sent events, and `POST /api/search`."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Response
from fastapi.responses import StreamingResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.answer import Answer
from assistant.api import problems
from assistant.assistant import Assistant
from assistant.citations import Citation
from assistant.understanding.followup import Turn

EVENTS = "text/event-stream"
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


def routes(assistant: Assistant) -> APIRouter:
    """The routes that answer from an assistant."""
    router = APIRouter(prefix="/api")

    @router.post("/ask", response_model=None)
    def ask(body: QuestionBody, accept: Annotated[str, Header()] = "") -> dict[str, Any] | Response:
        if body.stream or EVENTS in accept:
            # A question that cannot be asked at all is an error of the request, before anything is streamed.
            assistant.check(body.question, body.turns(), body.documents)
            return StreamingResponse(_events(assistant, body), media_type=EVENTS, headers={"Cache-Control": "no-store"})
        return assistant.ask(body.question, body.turns(), body.documents).to_dict()

    @router.post("/search")
    def search(body: SearchBody) -> dict[str, Any]:
        found = assistant.search(body.question, body.count, body.documents)
        return {"passages": [citation.to_dict() for citation in found]}

    return router


def _events(assistant: Assistant, body: QuestionBody) -> Iterator[str]:
    """An answer as server-sent events: "text", "citation", and last "answer", or "error" with a problem body."""
    try:
        for piece in assistant.stream(body.question, body.turns(), body.documents):
            if isinstance(piece, Citation):
                yield _event("citation", piece.to_dict())
            elif isinstance(piece, Answer):
                yield _event("answer", piece.to_dict())
            else:
                yield _event("text", {"text": piece})
    except Exception:
        # The head of the response is long sent: the fault is logged, and said as the last event.
        logging.getLogger(__name__).exception("a question could not be answered")
        yield _event("error", problems.failure())


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
