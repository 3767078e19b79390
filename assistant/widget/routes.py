"""The widget's routes: `/widget.js` for any site, and `/widget/demo`, a page that shows it and the lines to copy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.examples import examples
from index.documents import Document
from prompts import LANGUAGES, widget

HERE = Path(__file__).parent
_DEMO = HERE / "demo"
_ASSETS = {"demo.css": "text/css", "demo.js": "text/javascript"}
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


def routes(documents: Mapping[str, Document]) -> APIRouter:
    """Routes to include in the application; the demo offers questions about its documents."""
    router = APIRouter(include_in_schema=False)
    script = (HERE / "widget.js").read_bytes()
    headers = {
        # Asked for again after some minutes, and answered in a line where nothing changed.
        "Cache-Control": "public, max-age=600",
        "ETag": f'W/"{hashlib.sha256(script).hexdigest()[:32]}"',
        # It holds nothing but code: any site may load it, also with an integrity hash or isolated from other origins.
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }

    @router.api_route("/widget.js", methods=["GET", "HEAD"])
    def widget_js(request: Request) -> Response:
        known = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
        if headers["ETag"] in known:
            return Response(status_code=304, headers=headers)
        return Response(script, media_type="text/javascript", headers=headers)

    @router.get("/widget/demo")
    def demo(request: Request, language: str = "") -> HTMLResponse:
        if language not in LANGUAGES:
            language = preferred(request.headers.get("accept-language", ""))
        return HTMLResponse(page(language, examples(language, documents)), headers={"Vary": "Accept-Language"})

    @router.get("/widget/{name}")
    def asset(name: str) -> Response:
        if name not in _ASSETS:
            return Response(status_code=404)
        return FileResponse(_DEMO / name, media_type=_ASSETS[name], headers={"Cache-Control": "no-cache"})

    return router


def preferred(accepted: str) -> str:
    """The language that an Accept-Language header names first, of those there are: "zh" or "en", and "en" for others."""
    found = re.search(r"\b(zh|en)\b", accepted.lower())
    return found[1] if found else "en"


def page(language: str, questions: Sequence[str]) -> str:
    """The demo page. It holds no address of its own: demo.js writes the one it was opened at into the lines to copy, so
    that they are right behind any proxy, and no header of a request is believed."""
    values = {key: escape(text) for key, text in widget(language).items()}
    values["lang"] = "zh-CN" if language == "zh" else "en"
    values["other"] = next(other for other in LANGUAGES if other != language)
    values["examples"] = escape(" | ".join(question.replace("|", " ") for question in questions))
    template = (_DEMO / "demo.html").read_text(encoding="utf-8")
    return _VARIABLE.sub(lambda match: values[match[1]], template)
