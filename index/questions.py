"""Questions that a text asks and answers itself (问：…？ 答：…): each is the heading over its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.plaintext import Piece

# Below every other heading: a question divides the section it stands in.
LEVEL = 80.0
# What a question ends in.
MARKS = ("?", "？")
_ASKED = re.compile(r"(?:\d{1,3}\s*[.．、]\s*)?(?:问题?|Q(?:uestion)?)\s*\d{0,3}\s*[:：.．、]\s*(?=\S)", re.IGNORECASE)
_MARK = r"(?:答|A(?:nswer)?)\s*\d{0,3}\s*[:：.．、]\s*(?=\S)"
_ANSWERED, _ANSWER = re.compile(rf"[?？]\s*(?={_MARK})"), re.compile(_MARK)


def with_questions(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces where a paragraph that asks is a heading; one that goes on with the answer is two. The mark of the answer
    (答：, A:) goes, as that of a heading does."""
    asked = False
    for piece in pieces:
        seam = _ANSWERED.search(piece.text)
        asks = not piece.level and _ASKED.match(piece.text) is not None
        if asks and seam:
            yield Piece(piece.text[: seam.end()].rstrip(), LEVEL)
            yield Piece(_without(_ANSWER, piece.text[seam.end() :]))
        elif asks and piece.text[-1] in MARKS:
            yield Piece(piece.text, LEVEL)
        elif asked and _ANSWER.match(piece.text):
            yield replace(piece, text=_without(_ANSWER, piece.text), title=0)
        else:
            yield piece
        asked = asks and not seam and piece.text[-1] in MARKS


def question_asked(heading: str) -> str:
    """A heading that asks without the mark of a question (问：, Q1.); any other as it is."""
    return _without(_ASKED, heading) if heading.endswith(MARKS) else heading


def _without(mark: re.Pattern[str], text: str) -> str:
    match = mark.match(text)
    return text[match.end() :] if match else text
