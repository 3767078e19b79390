"""The application: our own FastAPI app with its routes, and Gradio's chat page mounted on it. One process."""

from __future__ import annotations

import os

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from assistant.api import documents, problems, questions
from assistant.assistant import Assistant

# Read by Gradio when it is imported. It would call home; and after each question it would sum up the last ten thousand
# with pandas, for a monitoring page that is off.
GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**12),
    "GRADIO_ANALYTICS_MAX_EVENTS": "100",
}


def create_app(assistant: Assistant) -> FastAPI:
    """The application that serves an assistant: the chat page at /, the API under /api, `GET /healthz`."""
    os.environ.update(GRADIO)
    import gradio as gr

    from assistant.page import chat, frame
    from assistant.page.theme import theme

    # FastAPI's own documentation pages load their scripts from another host.
    app = FastAPI(title="Policy Assistant", docs_url=None, redoc_url=None)
    app.add_middleware(frame.Frame)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    problems.install(app)
    app.include_router(questions.routes(assistant))
    app.include_router(documents.routes(assistant))

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
