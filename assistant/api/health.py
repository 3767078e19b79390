"""What watches over a server asks for: `GET /healthz`, `GET /readyz`, `GET /metrics`."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from assistant.api import metrics
from assistant.assistant import Assistant


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """The index is loaded."""

    status: Literal["ok"] = "ok"
    documents: int
    passages: int


def routes(assistant: Assistant, counts: metrics.Metrics) -> APIRouter:
    """The routes over an assistant and its counts."""
    router = APIRouter(tags=["operation"])

    @router.get("/healthz", summary="Is the process alive?")
    async def healthz() -> Health:
        return Health()

    # An application is made once its index is loaded: where it can be asked, it is ready.
    @router.get("/readyz", summary="Is the index loaded?")
    async def readyz() -> Ready:
        return Ready(documents=len(assistant.index.documents), passages=len(assistant.index.passages))

    @router.get("/metrics", summary="Counts for Prometheus", responses={200: {"content": {metrics.MEDIA_TYPE: {}}}})
    def prometheus() -> Response:
        return Response(counts.text(), media_type=metrics.MEDIA_TYPE)

    return router
