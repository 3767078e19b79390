"""`POST /api/visitor`: the token by which the widget asks from another site's page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from assistant.api import access, problems


class Visit(BaseModel):
    """A token to send as `Authorization: Bearer …`, and the seconds that it is good for."""

    token: str
    expires_in: int


def routes(visitors: access.Visitors) -> APIRouter:
    """The route that gives tokens. The gate before it has found the origin to be known."""
    router = APIRouter(tags=["visitors"])

    @router.post("/api/visitor", summary="A visitor's token", responses=problems.documented(403))
    def visitor(origin: Annotated[str, Header()] = "") -> Visit:
        if not origin:
            raise HTTPException(403, "found no Origin, expected the one of a page: tokens are for browsers")
        return Visit(token=visitors.token(origin.lower()), expires_in=access.VISIT)

    return router
