"""Errors over HTTP: RFC 9457 problem bodies, and under /v1 the shape that OpenAI's clients know. What was found, what was
expected; never what happened inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from assistant.errors import QuestionError

MEDIA_TYPE = "application/problem+json"
TOO_LARGE = "found a request that is too large, expected a smaller one; see ASSISTANT_MAX_BODY"
_OPENAI = "/v1/"
_OPENAI_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error", 500: "server_error"}
_TITLES = {
    400: "The request is not understood",
    401: "A key is needed",
    403: "Not allowed from there",
    404: "There is nothing here",
    405: "Not to be done here",
    413: "The request is too large",
    421: "The server is not reached by that name",
    422: "The request is not understood",
    429: "Too many requests",
    500: "The server failed",
}


class Problem(BaseModel):
    """An RFC 9457 problem body."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class Fault(BaseModel):
    """What went wrong, as OpenAI's API says it."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class OpenAIError(BaseModel):
    """An error body of OpenAI's API."""

    error: Fault


def install(app: FastAPI) -> None:
    """Let an application answer every error with a problem body."""
    for kind in (HTTPException, RequestValidationError, QuestionError, Exception):
        app.add_exception_handler(kind, _handle)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that can end in these problems."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {status: {"model": Problem, "content": {MEDIA_TYPE: schema}} for status in statuses}


def refusal(status: int, detail: str) -> Problem:
    """A problem with the title of its status."""
    return Problem(title=_TITLES.get(status, "The request cannot be served"), status=status, detail=detail)


def problem_of(error: Exception) -> Problem:
    """What is said of an error."""
    if isinstance(error, HTTPException) and error.status_code == 413:
        return refusal(413, TOO_LARGE)
    if isinstance(error, HTTPException):
        return refusal(error.status_code, error.detail)
    if isinstance(error, RequestValidationError):
        found = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        return refusal(422, found)
    if isinstance(error, QuestionError):
        return refusal(422, str(error))
    # The server logs what happened; who asked is told that it was not their doing.
    return refusal(500, "something went wrong while answering; please try again in a moment")


def response(path: str, problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The response that carries a problem to who asked for `path`."""
    if path.startswith(_OPENAI):
        return JSONResponse(
            openai_error(problem).model_dump(), 400 if problem.status == 422 else problem.status, headers
        )
    return JSONResponse(problem.model_dump(), problem.status, headers, media_type=MEDIA_TYPE)


def openai_error(problem: Problem) -> OpenAIError:
    """A problem as OpenAI's API says it."""
    kind = _OPENAI_TYPES.get(problem.status, "invalid_request_error")
    return OpenAIError(error=Fault(message=problem.detail, type=kind))


def _handle(request: Request, error: Exception) -> JSONResponse:
    headers = error.headers if isinstance(error, HTTPException) else None
    return response(request.url.path, problem_of(error), headers)
