"""OpenAI's chat completions over the assistant: `POST /v1/chat/completions` and `GET /v1/models`, for programs that know
that API. Citations are markers in the text, and whole in the extra field `citations`."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from secrets import token_hex
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from assistant.answer import Answer
from assistant.api import problems
from assistant.api.answering import Answering, Piece
from assistant.api.questions import CLIENT_CLOSED_REQUEST, EVENT_HEADERS, EVENTS, Text
from assistant.understanding.followup import Turn

MODEL = "policy-assistant"


class Part(BaseModel):
    """A part of a message; any but text is passed over."""

    model_config = ConfigDict(extra="ignore")

    type: Text
    text: Text = ""


class Message(BaseModel):
    """A message. Those of other roles than user and assistant (system, developer, tool) are passed over: the documents
    are what answers come from."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["user", "assistant", "system", "developer", "tool", "function"]
    content: Text | list[Part] | None = None

    def words(self) -> str:
        """The message's text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """include_usage: whether a last chunk tells the tokens."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class CompletionBody(BaseModel):
    """A request for a completion. `documents` is our own: ids of the only ones to answer from. What else OpenAI knows
    (temperature, tools, …) has no meaning here, and is passed over."""

    model_config = ConfigDict(extra="ignore")

    model: Text = MODEL
    messages: list[Message] = Field(min_length=1)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None
    documents: list[Text] = Field(default_factory=list)

    def asked(self) -> tuple[str, list[Turn]]:
        """The question, which is the last message of the user, and the turns before it. Raises HTTPException without one."""
        turns: list[Turn] = [
            {"role": message.role, "content": message.words()}
            for message in self.messages
            if message.role in ("user", "assistant")
        ]
        while turns and turns[-1]["role"] != "user":
            turns.pop()
        if not turns:
            raise HTTPException(400, "messages: found none of role user, expected a question")
        return turns[-1]["content"], turns[:-1]


def routes(answering: Answering) -> APIRouter:
    """The routes that answer as OpenAI's API does."""
    router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])
    model = {"id": MODEL, "object": "model", "created": int(time.time()), "owned_by": MODEL}

    @router.get("/models", summary="The one model")
    async def models() -> dict[str, Any]:
        return {"object": "list", "data": [model]}

    @router.get("/models/{name}", summary="The one model", responses={404: {"model": problems.OpenAIError}})
    async def one_model(name: str) -> dict[str, Any]:
        if name != MODEL:
            raise HTTPException(404, f"model: found {name!r}, expected {MODEL!r}")
        return model

    @router.post(
        "/chat/completions",
        summary="Answer the last message",
        response_model=None,
        responses={200: {"content": {EVENTS: {}}}, 400: {"model": problems.OpenAIError}},
    )
    async def complete(request: Request, body: CompletionBody) -> Response:
        """As OpenAI's API. The response, and of a stream the last chunk with a choice, also hold `citations`, `abstained`,
        `nearest` and `notices` as `POST /api/ask` gives them; a message holds `citations` too."""
        question, turns = body.asked()
        head = {"id": f"chatcmpl-{token_hex(12)}", "created": int(time.time()), "model": body.model}
        if body.stream:
            await answering.check(question, turns, body.documents)
            pieces = answering.pieces("openai", question, turns, body.documents)
            usage = bool(body.stream_options and body.stream_options.include_usage)
            return StreamingResponse(_chunks(pieces, head, usage), media_type=EVENTS, headers=EVENT_HEADERS)
        answer = await answering.whole("openai", question, turns, body.documents, request)
        if answer is None:
            return Response(status_code=CLIENT_CLOSED_REQUEST)
        extra = _extra(answer)
        content = answer.text + _notices(answer)
        message = {"role": "assistant", "content": content, "refusal": None, "citations": extra["citations"]}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        whole = {**head, "object": "chat.completion", "choices": [choice], "usage": _usage(answer), **extra}
        return JSONResponse(whole)

    return router


async def _chunks(pieces: AsyncGenerator[Piece], head: dict[str, Any], usage: bool) -> AsyncIterator[str]:
    """An answer as OpenAI streams one. The last chunk with a choice holds the extra fields."""

    def chunk(delta: dict[str, Any], finish: str | None = None, **extra: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _data({**head, "object": "chat.completion.chunk", "choices": [choice], **extra})

    said = ""
    try:
        yield chunk({"role": "assistant", "content": ""})
        async with aclosing(pieces):
            async for piece in pieces:
                if isinstance(piece, str):
                    said += piece
                    yield chunk({"content": piece})
                elif isinstance(piece, Answer):
                    # Where a chat model failed midway the answer is another; what was sent cannot be taken back.
                    correction = "" if piece.text == said else f"\n\n---\n\n{piece.text}"
                    if rest := correction + _notices(piece):
                        yield chunk({"content": rest})
                    yield chunk({}, "stop", **_extra(piece))
                    if usage:
                        told = {**head, "object": "chat.completion.chunk", "choices": [], "usage": _usage(piece)}
                        yield _data(told)
        yield "data: [DONE]\n\n"
    except Exception as error:
        logging.getLogger(__name__).exception("a question could not be answered")
        yield _data(problems.openai_error(problems.problem_of(error)).model_dump())


def _data(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _extra(answer: Answer) -> dict[str, Any]:
    """The fields beyond OpenAI's, as `Answer.to_dict` writes them."""
    whole = answer.to_dict()
    return {name: whole[name] for name in ("citations", "abstained", "nearest", "notices")}


def _notices(answer: Answer) -> str:
    """What is to be known about the answer, under it: these programs show the text alone."""
    return "".join(f"\n\n> {notice}" for notice in answer.notices)


def _usage(answer: Answer) -> dict[str, int]:
    """Tokens of a chat model. An extractive answer takes none."""
    read, written = (answer.usage.read, answer.usage.written) if answer.usage else (0, 0)
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
