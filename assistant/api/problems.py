"""Errors as RFC 9457 problem bodies: what was found, what was expected; never what happened inside."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.errors import QuestionError


def install(app: FastAPI) -> None:
    """Let an application answer every error with a problem body."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(QuestionError, _no_question)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _failed)


def problem(status: int, title: str, detail: str) -> dict[str, Any]:
    """An RFC 9457 problem body."""
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


def failure() -> dict[str, Any]:
    """What is said of a fault of ours. The server logs what happened; who asked is told that it was not their doing."""
    return problem(500, "The server failed", "something went wrong while answering; please try again in a moment")


def _response(body: dict[str, Any], headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(body, body["status"], headers, media_type="application/problem+json")


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return _response(problem(422, "The request is not a question", found))


def _no_question(request: Request, error: Exception) -> JSONResponse:
    return _response(problem(422, "The request is not a question", str(error)))


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _response(problem(error.status_code, error.detail, error.detail), dict(error.headers or {}))


def _failed(request: Request, error: Exception) -> JSONResponse:
    return _response(failure())
