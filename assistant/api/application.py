"""The application: our own FastAPI app with its routes, and Gradio's chat page mounted on it. One process."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from assistant.api import (
    access,
    completions,
    documents,
    feedback,
    health,
    problems,
    questions,
    reference,
    tools,
    visitors,
)
from assistant.api.answering import Answering
from assistant.api.gate import Gate
from assistant.api.metrics import Metrics
from assistant.api.security import SecurityHeaders
from assistant.assistant import Assistant
from assistant.feedback import Feedback
from assistant.widget import routes as widget

# Read by Gradio when it is imported. It would call home; and after each question it would sum up the last ten thousand
# with pandas, for a monitoring page that is off.
GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**12),
    "GRADIO_ANALYTICS_MAX_EVENTS": "100",
}


def create_app(assistant: Assistant) -> FastAPI:
    """The application that serves an assistant as its settings say: the chat page at /, and every route of the API."""
    settings = assistant.settings
    metrics = Metrics()
    answering = Answering(assistant, metrics)
    kept = Feedback(settings.data)
    tokens = access.Visitors(settings.secret)
    tool_server = tools.server(assistant, answering)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        async with tools.running(tool_server):
            yield
        kept.close()

    app = FastAPI(
        title="Policy Assistant",
        version=version("policy-assistant"),
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    problems.install(app)
    app.include_router(questions.routes(assistant, answering))
    app.include_router(documents.routes(assistant))
    app.include_router(feedback.routes(kept))
    app.include_router(visitors.routes(tokens))
    app.include_router(completions.routes(answering))
    app.include_router(health.routes(assistant, metrics))
    app.include_router(widget.routes(assistant.index.documents))
    tools.install(app, tool_server)
    reference.install(app)
    _mount_page(app, assistant)
    # The last that is added is the first that a request comes to.
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=settings.max_body * 1000)
    app.add_middleware(Gate, settings=settings, visitors=tokens)
    if allowed := access.origins(settings):
        app.add_middleware(
            CORSMiddleware,
            allow_origins=allowed,
            allow_methods=("GET", "POST"),
            allow_headers=("Authorization", "Content-Type"),
            expose_headers=("Retry-After",),
        )
    app.add_middleware(SecurityHeaders, framed_by=allowed)
    return app


def _mount_page(app: FastAPI, assistant: Assistant) -> None:
    """The chat page at /, and whatever is no other route's."""
    os.environ.update(GRADIO)
    import gradio as gr

    from assistant.page import chat, frame
    from assistant.page.theme import theme

    app.add_middleware(frame.Frame, given=chat.given(assistant.index.documents))

    # The page takes no files, so nobody may leave any here.
    @app.api_route("/gradio_api/upload", methods=["POST"], include_in_schema=False)
    def upload() -> None:
        raise HTTPException(404)

    app.mount(frame.PATH, StaticFiles(directory=frame.ASSETS))
    gr.mount_gradio_app(
        app,
        chat.build(),
        path="/",
        theme=theme(),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    # What no other route takes comes to the page, as the router's last resort: a mount at / would also take what a route
    # knows by another method, and say that it is not there.
    mount = app.router.routes.pop()
    assert isinstance(mount, Mount)
    assert isinstance(mount.app, FastAPI)
    problems.install(mount.app)
    app.router.default = mount.app
