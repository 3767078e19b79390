"""`/docs`: the API described, by Swagger UI from the files of fastapi-offline. FastAPI's own page loads it from another host."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

_HERE = Path(__file__).parent


def install(app: FastAPI) -> None:
    """Add the page, and Swagger UI's files under it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/docs")
    def page() -> FileResponse:
        return FileResponse(_HERE / "reference.html", headers={"Cache-Control": "no-cache"})

    @router.get("/docs/reference.js")
    def script() -> FileResponse:
        return FileResponse(_HERE / "reference.js", headers={"Cache-Control": "no-cache"})

    app.include_router(router)
    app.mount("/docs", StaticFiles(directory=str(files("fastapi_offline") / "static")))
