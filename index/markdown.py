"""Markdown to blocks of plain words: marks of emphasis and link targets go, the words and their order stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.plaintext import Piece

if TYPE_CHECKING:
    from markdown_it.token import Token


def markdown_pieces(body: str) -> list[Piece]:
    """Headings, paragraphs, list items, table rows and code lines of a Markdown text, in order. HTML comments are left out."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    # Paragraphs that open with four spaces are prose in policy files, not code; "1)" under a heading is not a list.
    parser.disable(["code"])
    pieces: list[Piece] = []
    level = 0
    row: list[str] | None = None
    bullets: list[str] = []
    for token in parser.parse(body):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            if row and any(row):
                pieces.append(Piece(" | ".join(row)))
            row = None
        elif token.type == "list_item_open":
            bullets.append(f"{token.info}{token.markup} " if token.info else "- ")
        elif token.type == "inline":
            words = _words(token)
            if row is not None:
                row.append(words)
            elif words:
                bullet = bullets.pop() if bullets else ""
                title = _title(token) if not level else ""
                pieces.append(Piece(bullet + words, level, len(bullet + title) if title else 0))
                bullets.clear()
        elif token.type == "fence" and token.content.strip():
            pieces += [Piece(line.strip()) for line in token.content.splitlines() if line.strip()]
    return pieces


def _title(inline: Token) -> str:
    """The bold words that a paragraph opens with, where they end in a stop and the paragraph goes on; else ""."""
    children = [child for child in inline.children or () if child.type != "text" or child.content]
    if not children or children[0].type != "strong_open":
        return ""
    end = next(n for n, child in enumerate(children) if child.type == "strong_close")
    title = _plain(children[:end])
    return title if re.search(r"[.。]$", title) and _plain(children[end:]) else ""


def _words(inline: Token) -> str:
    return _plain(inline.children or [])


def _plain(children: list[Token]) -> str:
    parts: list[str] = []
    for child in children:
        if child.type in ("text", "code_inline", "image"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "html_inline" and not child.content.startswith("<!--"):
            parts.append(child.content if not re.fullmatch(r"</?[a-zA-Z][^>]*>", child.content) else "")
    text = "".join(parts)
    # A line break between Han characters is typography; between words it is a space.
    return re.sub(r"(?<=[^\x00-\u2e7f])\n(?=[^\x00-\u2e7f])", "", text).replace("\n", " ").strip()
