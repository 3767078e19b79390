"""The server: our own FastAPI application, with the JSON routes, and Gradio's chat page mounted on it. One process."""

from __future__ import annotations

import os
import socket
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from assistant.assistant import Assistant
from assistant.errors import AssistantError, QuestionError
from assistant.settings import Settings


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
    """A question, with the turns before it, oldest first."""

    model_config = ConfigDict(extra="forbid")

    question: Text
    history: list[TurnBody] = Field(default_factory=list)


# Read by Gradio when it is imported. It would call home; and after each question it would sum up the last ten thousand
# with pandas, for a monitoring page that is off.
GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**12),
    "GRADIO_ANALYTICS_MAX_EVENTS": "100",
}


def create_app(assistant: Assistant) -> FastAPI:
    """The application that serves an assistant: the chat page at /, `POST /api/ask`, `GET /healthz`."""
    os.environ.update(GRADIO)
    import gradio as gr

    from assistant.page import chat, frame
    from assistant.page.theme import theme

    # FastAPI's own documentation pages load their scripts from another host.
    app = FastAPI(title="Policy Assistant", docs_url=None, redoc_url=None)
    app.add_middleware(frame.Frame)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(QuestionError, _no_question)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _failed)

    @app.post("/api/ask")
    def ask(body: QuestionBody) -> dict[str, Any]:
        return assistant.ask(body.question, [turn.model_dump() for turn in body.history]).to_dict()

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    # The page takes no files, so nobody may leave any here.
    @app.api_route("/gradio_api/upload", methods=["POST"], include_in_schema=False)
    def upload() -> None:
        raise HTTPException(404)

    app.mount(frame.PATH, StaticFiles(directory=frame.ASSETS))
    blocks, i18n = chat.build(assistant)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        i18n=i18n,
        theme=theme(),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    return app


def serve(settings: Settings) -> None:
    """Serve the page until stopped. Raises AssistantError where the address cannot be listened on."""
    with listen(settings.host, settings.port) as listener:
        import uvicorn

        app = create_app(Assistant.open(settings=settings))
        host, port = listener.getsockname()[:2]
        print(f"Policy Assistant: http://{f'[{host}]' if ':' in host else host}:{port} (Ctrl+C stops it)", flush=True)
        # An open page holds a connection for as long as it is open: it must not keep the server from stopping.
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2)
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on an address, taken before anything slow is loaded. Raises AssistantError where it is taken."""
    if not 0 <= port < 2**16:
        raise AssistantError(f"{host}:{port}: found port {port}, expected 0 to 65535: assistant serve --port 7860")
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048
        )
    except OSError as error:
        raise AssistantError(
            f"{host}:{port}: found {error.strerror}, expected a free address; "
            f"stop the program that uses it, or choose another port: assistant serve --port {port + 1}"
        ) from None


def _problem(status: int, title: str, detail: str) -> JSONResponse:
    """An RFC 9457 problem body."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return _problem(422, "The request is not a question", found)


def _no_question(request: Request, error: Exception) -> JSONResponse:
    return _problem(422, "The request is not a question", str(error))


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _problem(error.status_code, error.detail, error.detail)


def _failed(request: Request, error: Exception) -> JSONResponse:
    # The server logs what happened; who asked is told that it was not their doing.
    return _problem(500, "The server failed", "something went wrong while answering; please try again in a moment")
