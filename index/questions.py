"""Questions that a text asks and answers itself (问：…？ 答：…): each is the heading over its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.plaintext import Piece

# Below every other heading: a question divides the section it stands in.
LEVEL = 80.0
_ASKED = re.compile(r"(?:\d{1,3}\s*[.．、]\s*)?(?:问题?|Q(?:uestion)?)\s*\d{0,3}\s*[:：.．、]\s*(?=\S)", re.IGNORECASE)
_ANSWERED = re.compile(r"[?？]\s*(?=(?:答|A(?:nswer)?)\s*\d{0,3}\s*[:：.．、])")


def with_questions(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces where a paragraph that asks is a heading; one that goes on with the answer is two."""
    for piece in pieces:
        asked = _ASKED.match(piece.text)
        seam = _ANSWERED.search(piece.text)
        if piece.level or not asked:
            yield piece
        elif seam:
            yield Piece(piece.text[: seam.end()].rstrip(), LEVEL)
            yield replace(piece, text=piece.text[seam.end() :], title=0)
        elif piece.text[-1] in "?？":
            yield replace(piece, level=LEVEL, title=0)
        else:
            yield piece


def question_asked(heading: str) -> str:
    """A heading without the mark of a question (问：, Q1.)."""
    return _ASKED.sub("", heading, count=1)
