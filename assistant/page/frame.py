"""The HTML document around Gradio: our stylesheet, script and texts in its head, and a security policy that it runs under.

Scripts run only from this server or with the nonce of the one response they came in: markup that slipped through
every escape would still not run. Nothing is loaded from another host.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ASSETS = Path(__file__).parent / "assets"
PATH = "/page"
_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'self'"
)
# In the order of the cascade.
_STYLES = ("colours", "gradio", "frame", "buttons", "conversation", "answer", "question", "reading")
# Gradio's document advertises Gradio to sites that preview a link, and names a picture on another host.
_ADVERTISING = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>')


class Frame:
    """ASGI: wraps the application, gives the page at / its head and its policy."""

    def __init__(self, app: ASGIApp, given: Mapping[str, Any]) -> None:
        self.app = app
        self.head = _head(given)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        page = scope["path"] == "/" and scope["method"] == "GET"
        if page:
            # Gradio compresses what it sends; here it is to be read. The outer application compresses the result.
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        start: Message = {}
        body = b""

        async def framed(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if page:
                    headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce)
                if scope["path"].startswith(f"{PATH}/"):
                    # Asked for again each time, and answered in a line where nothing changed: no page of two releases.
                    headers["Cache-Control"] = "no-cache"
                start = message
                if page:
                    return
            elif page and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if message.get("more_body", False):
                    return
                if Headers(scope=start).get("content-type", "").startswith("text/html"):
                    body = _document(body.decode(), nonce, self.head).encode()
                    headers = MutableHeaders(scope=start)
                    headers["Content-Length"] = str(len(body))
                    headers["Cache-Control"] = "no-store"
                await send(start)
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self.app(scope, receive, framed)


def _document(html: str, nonce: str, head: str) -> str:
    """Gradio's document with our head, its inline scripts allowed to run."""
    html = _ADVERTISING.sub("", html).replace("<head>", f"<head>{head}", 1)
    return re.sub(r"<script\b", f'<script nonce="{nonce}"', html)


def _head(given: Mapping[str, Any]) -> str:
    """Our files and what the scripts are given. Everything is named at once, so that nothing waits to be discovered."""
    # "<" is written so that no text can end the element it stands in.
    data = json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")
    folder = PATH.removeprefix("/")
    styles = "".join(f'<link rel="stylesheet" href="{folder}/{name}.css">' for name in _STYLES)
    modules = "".join(f'<link rel="modulepreload" href="{folder}/{path.name}">' for path in sorted(ASSETS.glob("*.js")))
    return (
        f'<link rel="icon" href="{folder}/mark.svg" type="image/svg+xml">{styles}{modules}'
        f'<script type="application/json" id="given">{data}</script>'
        f'<script type="module" src="{folder}/page.js"></script>'
    )
