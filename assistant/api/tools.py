"""MCP: the tools `ask`, `search` and `read_section` at /mcp (streamable HTTP, no sessions), through the official SDK."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.routing import Route

from assistant.api.answering import Answering
from assistant.assistant import Assistant
from index.documents import Document, Section

if TYPE_CHECKING:
    from mcp.server.fastmcp import FastMCP

PATH = "/mcp"
_SHOWN = 40


def server(assistant: Assistant, answering: Answering) -> FastMCP:
    """The MCP server over an assistant."""
    from mcp.server.fastmcp import FastMCP
    from mcp.server.fastmcp.exceptions import ToolError
    from mcp.server.transport_security import TransportSecuritySettings

    documents = assistant.index.documents
    server = FastMCP(
        "policy-assistant",
        stateless_http=True,
        json_response=True,
        streamable_http_path=PATH,
        log_level="WARNING",
        # The application holds every route, this one too, to the hosts and origins that it is to be reached by.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )

    @server.tool()
    async def ask(question: str, documents: list[str] | None = None) -> dict[str, Any]:
        """Answer a question from the policy documents, in Chinese or English. The text carries markers [1], [2] …, and
        `citations` the exact words of the source for each; `abstained` is true where the documents do not say.
        documents: ids of the only documents to answer from."""
        answer = await answering.whole("mcp", question, (), documents or ())
        assert answer is not None
        return answer.to_dict()

    @server.tool()
    def search(question: str, count: int = 5, documents: list[str] | None = None) -> dict[str, Any]:
        """The passages nearest to a question, best first, each with its document, section and place in the text.
        documents: ids of the only documents to search."""
        found = assistant.search(question, min(max(count, 1), 50), documents or ())
        return {"passages": [citation.to_dict() for citation in found]}

    @server.tool()
    def read_section(document: str, section: str) -> dict[str, Any]:
        """The text of a section. document: its id, as citations give it; section: a number ("5.1", "第十二条") or a title."""
        if document not in documents:
            raise ToolError(f"document: found {document!r}, expected one of {', '.join(list(documents)[:_SHOWN])}")
        whole = documents[document]
        found = _section(whole, section)
        if found is None:
            known = ", ".join(s.number or s.title for s in whole.sections[:_SHOWN])
            raise ToolError(f"section: found {section!r}, expected a number or title such as {known}")
        text = whole.text[found.start : found.end]
        place = {"number": found.number, "title": found.title, "path": list(found.path)}
        return {"document": document, **place, "text": text, "start": found.start, "end": found.end}

    return server


def install(app: FastAPI, server: FastMCP) -> None:
    """Serve the tools; `running` is to be within the application's life."""
    [route] = server.streamable_http_app().routes
    assert isinstance(route, Route)
    app.router.routes.append(route)


@asynccontextmanager
async def running(server: FastMCP) -> AsyncIterator[None]:
    """The life of the server's requests."""
    async with server.session_manager.run():
        yield


def _section(document: Document, wanted: str) -> Section | None:
    """The section that a number or a title names; where several do, the first."""
    sought = wanted.strip().casefold()
    for name in ("number", "label", "title"):
        for section in document.sections:
            if sought and getattr(section, name).strip().casefold() == sought:
                return section
    return None
