"""Plain text to blocks: paragraphs split at blank lines and headings, hard-wrapped lines joined again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.headings import is_article, looks_like_heading


@dataclass(frozen=True)
class Piece:
    """A block on its way into a document: `level` is the heading's level from 1, or 0 for words; `title` is how many
    characters of it are a title that its words run on from."""

    text: str
    level: float = 0
    title: int = 0


def plain_pieces(body: str) -> list[Piece]:
    """Headings and paragraphs of plain text, in order. A heading is a short numbered line; its level is its family's rank."""
    pieces: list[Piece] = []
    paragraph: list[str] = []

    def flush() -> None:
        if paragraph:
            pieces.append(Piece(_join(paragraph)))
            paragraph.clear()

    last_article = 0
    title = _title(body)
    if title:
        pieces.append(Piece(title, level=TITLE))
        body = body.lstrip()[len(title) :]
    for line in (*body.split("\n"), ""):
        line = line.strip().replace("\u00ad", "")
        if not line:
            flush()
            continue
        label = looks_like_heading(line)
        if label is not None and is_article(label):
            # 第十二条 at the start of a wrapped line is mostly a cross-reference: only the next number opens an article.
            if label.value is not None and (last_article < label.value <= last_article + 5 or not paragraph):
                last_article = label.value
                flush()
        elif label is not None and (not paragraph or re.search(r"[。；;.!?！？]$", paragraph[-1])):
            flush()
            pieces.append(Piece(line, level=label.rank))
            continue
        elif _ITEM.match(line) or (
            paragraph and _ENDS_PARAGRAPH.search(paragraph[-1]) and len(paragraph[-1]) < 0.6 * _width(body)
        ):
            flush()
        paragraph.append(line)
    return pieces


# Above every numbered family of headings (see index/headings.py).
TITLE = 0.5
_LONGEST_TITLE = 60


def _title(body: str) -> str:
    """The first line, where it stands apart, short and without a stop: the title of the text; else ""."""
    first, _, rest = body.lstrip().partition("\n")
    apart = not rest.split("\n", 1)[0].strip() or looks_like_heading(rest.strip().split("\n", 1)[0].strip())
    short = 1 < len(first.strip()) <= _LONGEST_TITLE and not re.search(r"[。；;，,！？!?：:.]$", first.strip())
    return first.strip() if short and apart and rest.strip() and looks_like_heading(first.strip()) is None else ""


_ITEM = re.compile(r"(?:[-*•·]\s|[（(](?:[一二三四五六七八九十]+|\d+|[a-z])[)）]|\d{1,3}[)）])")
_ENDS_PARAGRAPH = re.compile(r"[。；！？.;!?][”’」』)）]*$")


def _width(body: str) -> int:
    """The length of a full line: the ninth decile of the lines that hold text."""
    lengths = sorted(len(line) for line in body.split("\n") if line.strip())
    return lengths[int(0.9 * (len(lengths) - 1))]


def _join(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        wide = ord(text[-1]) > 0x2E80 or ord(line[0]) > 0x2E80
        text += line if wide else " " + line
    return text
