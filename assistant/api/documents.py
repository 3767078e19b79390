"""The documents over HTTP: `GET /api/documents`, and each with its text, its outline and its translation."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException

from assistant.assistant import Assistant
from index.documents import Document
from index.store import PassageIndex


def routes(assistant: Assistant) -> APIRouter:
    """The routes that show what an assistant answers from."""
    router = APIRouter(prefix="/api/documents")
    index = assistant.index

    @router.get("")
    def documents() -> dict[str, Any]:
        return {"documents": [_line(index, document) for document in index.documents.values()]}

    @router.get("/{name:path}")
    def document(name: str) -> dict[str, Any]:
        if name not in index.documents:
            raise HTTPException(404, f"found no document {name!r}, expected one that /api/documents lists")
        return _whole(index, index.documents[name])

    return router


def _line(index: PassageIndex, document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "language": document.language,
        "characters": len(document.text),
        "passages": len(index.by_document[document.id]),
        "url": document.metadata.get("url"),
    }


def _whole(index: PassageIndex, document: Document) -> dict[str, Any]:
    """A document with its outline and its sentences, each with its translation where there is one. Offsets in characters."""
    sentences = [sentence for passage in index.by_document[document.id] for sentence in passage.sentences]
    return {
        "id": document.id,
        "url": document.metadata.get("url"),
        **_text(document),
        "translation": _text(document.translation) if document.translation else None,
        "aligned": [{"start": s.start, "end": s.end, "translation": s.translation} for s in sentences],
    }


def _text(document: Document) -> dict[str, Any]:
    outline = [
        {
            "number": section.number,
            "title": section.title,
            "depth": section.depth,
            "start": section.start,
            "body": section.body,
            "end": section.end,
        }
        for section in document.sections
    ]
    return {"title": document.title, "language": document.language, "text": document.text, "outline": outline}
