"""Citations: the exact words of a source, and where they stand."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from index.documents import Document
from index.passages import Passage, Sentence, section_of


@dataclass(frozen=True)
class Source:
    """The document a citation is from."""

    id: str
    title: str


@dataclass(frozen=True)
class Place:
    """The section a citation is in: its number ("5.1", "第十二条", "" where none) and the titles down to it.

    translation: the same titles in the document's translation, where it has one.
    """

    number: str
    path: tuple[str, ...]
    translation: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Citation:
    """Words of a source: the text of `document` from `start` to `end` (in characters) is `quote`, always.

    text: the whole passage around the quote, which begins at `text_start`.
    translation, text_translation: of the quote and of the passage, where the corpus has a translation.
    score: how well the quote fits the question; comparable within one answer only.
    """

    number: int
    quote: str
    text: str
    text_start: int
    translation: str | None
    text_translation: str | None
    document: Source
    section: Place
    start: int
    end: int
    page: int | None
    url: str | None
    score: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON form that every surface serves."""
        values = asdict(self)
        for titles in ("path", "translation"):
            values["section"][titles] = values["section"][titles] and list(values["section"][titles])
        values["score"] = round(self.score, 4)
        return values


def cite(number: int, document: Document, passage: Passage, sentences: tuple[Sentence, ...], score: float) -> Citation:
    """A citation of a run of neighbouring sentences of a passage."""
    start, end = sentences[0].start, sentences[-1].end
    section = section_of(document, passage)
    other = document.translation
    return Citation(
        number=number,
        quote=document.text[start:end],
        text=document.text[passage.start : passage.end],
        text_start=passage.start,
        translation=_translation(sentences, document.text[start:end]),
        text_translation=_translation(passage.sentences, document.text[passage.start : passage.end]),
        document=Source(document.id, document.title),
        section=Place(section.number, section.path, other.sections[section.position].path if other else None)
        if section
        else Place("", ()),
        start=start,
        end=end,
        page=None,
        url=document.metadata.get("url"),
        score=score,
    )


def _translation(sentences: tuple[Sentence, ...], original: str) -> str | None:
    words = [s.translation for s in sentences if s.translation]
    joined = " ".join(words)
    # The part of a document that is already in the other language stands in the translation unchanged.
    return joined if len(words) == len(sentences) and joined != original else None
