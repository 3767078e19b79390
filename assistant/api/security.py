"""The security headers of every response, and a strict policy for what has none of its own (Gradio's page has: page/frame.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"


class SecurityHeaders:
    """ASGI: wraps the application. framed_by: the origins whose pages may show ours in a frame."""

    def __init__(self, app: ASGIApp, framed_by: Sequence[str] = ()) -> None:
        self.app = app
        self._ancestors = "; frame-ancestors " + " ".join(("'self'", *framed_by))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                policy = headers.get("Content-Security-Policy", _POLICY)
                headers["Content-Security-Policy"] = policy + self._ancestors
            await send(message)

        await self.app(scope, receive, guarded)
