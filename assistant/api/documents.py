"""`GET /api/documents` and `GET /api/documents/{id}`: what the answers come from, with outline, text and translation."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from assistant.api import problems
from assistant.assistant import Assistant
from index.documents import Document, Section


class Listed(BaseModel):
    """A document in a list. characters: of its text; passages: how many it was split into."""

    id: str
    title: str
    language: str
    characters: int
    passages: int
    url: str | None


class Listing(BaseModel):
    """Every document of the index."""

    documents: list[Listed]


class Heading(BaseModel):
    """A heading. start, body, end: where it begins, where its text begins, where all under it ends, in characters."""

    number: str
    title: str
    depth: int
    start: int
    body: int
    end: int


class Translated(BaseModel):
    """A translation that stands beside a document."""

    title: str
    language: str
    text: str
    outline: list[Heading]


class Aligned(BaseModel):
    """A sentence, text[start:end], and its translation where there is one."""

    start: int
    end: int
    translation: str | None


class Whole(BaseModel):
    """A document with its text: what a citation's `start` and `end` count in."""

    id: str
    title: str
    language: str
    text: str
    url: str | None
    outline: list[Heading]
    translation: Translated | None
    aligned: list[Aligned]


def routes(assistant: Assistant) -> APIRouter:
    """The routes over an assistant's documents."""
    router = APIRouter(tags=["documents"])
    documents = assistant.index.documents
    passages = assistant.index.by_document

    @router.get("/api/documents", summary="The documents that answers come from")
    def listing() -> Listing:
        return Listing(documents=[_listed(document, len(passages[document.id])) for document in documents.values()])

    @router.get(
        "/api/documents/{id:path}",
        summary="A document: outline, text, translation",
        responses=problems.documented(404),
    )
    def whole(id: str) -> Whole:  # noqa: A002 (the name in the address)
        if id not in documents:
            raise HTTPException(404, f"found no document {id!r}, expected one that /api/documents lists")
        document = documents[id]
        sentences = [sentence for passage in passages[id] for sentence in passage.sentences]
        return Whole(
            id=id,
            title=document.title,
            language=document.language,
            text=document.text,
            url=document.metadata.get("url"),
            outline=_outline(document.sections),
            translation=_translated(document.translation),
            aligned=[Aligned(start=s.start, end=s.end, translation=s.translation) for s in sentences],
        )

    return router


def _listed(document: Document, passages: int) -> Listed:
    return Listed(
        id=document.id,
        title=document.title,
        language=document.language,
        characters=len(document.text),
        passages=passages,
        url=document.metadata.get("url"),
    )


def _outline(sections: tuple[Section, ...]) -> list[Heading]:
    return [
        Heading(number=s.number, title=s.title, depth=s.depth, start=s.start, body=s.body, end=s.end) for s in sections
    ]


def _translated(document: Document | None) -> Translated | None:
    if document is None:
        return None
    return Translated(
        title=document.title, language=document.language, text=document.text, outline=_outline(document.sections)
    )
