"""Documents: files read into plain text and the tree of their headings. What is cited is this text, so it never changes."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from index.analysis import language_of
from index.errors import DocumentError
from index.headings import Label, heading_label, is_article, is_paragraph, label_of
from index.markdown import markdown_pieces
from index.numerals import NUMERAL, whole
from index.plaintext import Piece, plain_pieces
from index.questions import MARKS, question_asked, with_questions
from index.sentences import sentence_spans

SUFFIXES = (".md", ".markdown", ".txt")


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it.

    number: the number that names it ("5.1", "第十二条"); a relative one ("1)") is left to `label`, and the section
        then carries the number of the section around it. "" where nothing is numbered.
    label: the heading's own number as written, or "".
    path: titles from the top heading down to this one, without numbers.
    start, body, end: offsets into the document's text: the heading's first character, the first character after it,
        and the end of everything under it, subsections included.
    """

    position: int
    parent: int | None
    depth: int
    number: str
    label: str
    title: str
    path: tuple[str, ...]
    start: int
    body: int
    end: int

    @property
    def asks(self) -> bool:
        """Whether the title is a question."""
        return self.title.endswith(MARKS)


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item or table row: text[start:end], and the section that it stands in (-1: none).

    title: how many characters of a paragraph are a title of its own, set in bold (**Capacity.** The team has 11 posts).
    """

    start: int
    end: int
    section: int
    heading: bool
    title: int = 0


@dataclass(frozen=True)
class Document:
    """A source text. `text[start:end]` is what a citation quotes."""

    id: str
    title: str
    language: str
    text: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    translation: Document | None = None

    def block_at(self, offset: int) -> Block:
        """The last block that begins at an offset or before it; the first where none does."""
        return self.blocks[max(0, bisect_right(self.blocks, offset, key=lambda block: block.start) - 1)]

    @property
    def digest(self) -> str:
        """SHA-256 of the text and its translation."""
        both = self.text + "\0" + (self.translation.text if self.translation else "")
        return hashlib.sha256(both.encode()).hexdigest()


def read_document(path: Path) -> Document:
    """Read a Markdown or plain text file, with the translation that its front matter names.

    Raises DocumentError for a missing, binary, empty or unknown file, and for a translation that does not fit.
    """
    document = _read(path)
    name = document.metadata.get("translation")
    if not name:
        return document
    translation = _read(path.parent / name)
    _check_alignment(document, translation, path.parent / name)
    return Document(**{**document.__dict__, "translation": translation})


def find_documents(paths: list[Path]) -> list[Path]:
    """The document files among `paths`, folders searched through, translations left to their originals, in name order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        else:
            found.append(path)
    originals = [path for path in found if "translation_of" not in _front_matter(_decode(path))[0]]
    if not originals:
        raise DocumentError(
            f"no documents in {', '.join(map(str, paths))}: expected files ending in {', '.join(SUFFIXES)}"
        )
    return originals


def _decode(path: Path) -> str:
    if not path.is_file():
        raise DocumentError(f"{path}: no such file; give a file or a folder with {', '.join(SUFFIXES)} files")
    if path.suffix.lower() not in SUFFIXES:
        raise DocumentError(f"{path}: found a {path.suffix or 'nameless'} file, expected one of {', '.join(SUFFIXES)}")
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError(f"{path}: found bytes that are no UTF-8 or GB18030 text; save the file as UTF-8 text")


def _read(path: Path) -> Document:
    metadata, body = _front_matter(_decode(path))
    pieces = plain_pieces(body) if path.suffix.lower() == ".txt" else markdown_pieces(body)
    builder = _Builder()
    for piece in with_questions(pieces):
        builder.add(piece)
    if not builder.blocks:
        raise DocumentError(f"{path}: found no text in it; expected at least one paragraph")
    text = "".join(builder.parts)
    title = metadata.get("title") or next((s.title for s in builder.sections if s.depth == 0), "") or path.stem
    return Document(
        id=metadata.get("id") or path.stem,
        title=title,
        language=metadata.get("language") or language_of(text[:20_000]),
        text=text,
        sections=builder.finish(len(text)),
        blocks=tuple(builder.blocks),
        metadata=metadata,
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if not match:
        return {}, text
    import yaml

    try:
        values = yaml.safe_load(match.group(1))
    except yaml.YAMLError:
        values = None
    if not isinstance(values, dict):
        return {}, text  # a rule between two paragraphs, not metadata
    return {str(key): str(value) for key, value in values.items()}, text[match.end() :]


class _Builder:
    """Puts blocks one after another and keeps the tree of open headings."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.sections: list[Section] = []
        self._open: list[tuple[float, int]] = []  # (level, section position), outermost first
        self._length = 0
        self._last_article = 0
        self._last_bare = 0

    def add(self, piece: Piece) -> None:
        text = piece.text
        label = (heading_label(text, self._last_bare) if piece.level else None) or label_of(text)
        if piece.level and label is not None and label.value is not None and label.rank == 7:
            self._last_bare = label.value
        if piece.level:
            self._put(text, heading=True, level=piece.level, label=label)
        elif label is not None and (self._opens_article(label) or self._opens_paragraph(label)):
            # The provision's number is the heading; its words stay on the same line, so the block is not a heading.
            self._put(text, heading=False, level=90, label=label)
        else:
            self._append(text, heading=False, title=piece.title)

    def _opens_paragraph(self, label: Label) -> bool:
        """Whether a decimal number opens a numbered paragraph: the next one of the section it stands in, and no amount."""
        if not is_paragraph(label) or not self._open or label.value is None:
            return False
        within = self.sections[self._open[-1][1]]
        chapter, _, _ = label.text.rpartition(".")
        if within.number == chapter or str(_value(within.number)) == chapter:
            return label.value == 1
        return within.number == f"{chapter}.{label.value - 1}"

    def _opens_article(self, label: Label) -> bool:
        if not is_article(label) or label.value is None or label.value < self._last_article:
            return False
        self._last_article = label.value
        return True

    def _put(self, text: str, *, heading: bool, level: float, label: Label | None) -> None:
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        parent = self.sections[self._open[-1][1]] if self._open else None
        written = label.text if label else ""
        title = text[label.length :].strip() if label and heading else ("" if label else text)
        title = question_asked(title)
        title = re.sub(r"(?<=^[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff]$)", "", title)  # 总　则 is set apart for looks
        named = bool(label) and not (label and label.relative)
        start = self._length + (2 if self.parts else 0)
        position = len(self.sections)
        self.sections.append(
            Section(
                position=position,
                parent=parent.position if parent else None,
                depth=len(self._open),
                number=written if named else (parent.number if parent else ""),
                label=written,
                title=title or written,
                path=(*(parent.path if parent else ()), title or written),
                start=start,
                body=start + len(text) if heading else start,
                end=start,
            )
        )
        self._open.append((level, position))
        self._append(text, heading=heading)

    def _append(self, text: str, *, heading: bool, title: int = 0) -> None:
        if self.parts:
            self.parts.append("\n\n")
            self._length += 2
        start = self._length
        self.parts.append(text)
        self._length += len(text)
        self.blocks.append(Block(start, self._length, self._open[-1][1] if self._open else -1, heading, title))

    def finish(self, length: int) -> tuple[Section, ...]:
        """The sections with their ends: where the next one that is not below them starts."""
        done = []
        for section in self.sections:
            later = (s.start for s in self.sections[section.position + 1 :] if s.depth <= section.depth)
            done.append(Section(**{**section.__dict__, "end": next(later, length)}))
        return tuple(done)


def _value(number: str) -> int | None:
    """The value of a section's number: 第七章 -> 7, None for 5.1."""
    return whole(re.sub(rf"[^\d{NUMERAL}.]", "", number))


def _check_alignment(document: Document, translation: Document, path: Path) -> None:
    """A translation stands beside its original block by block, and sentence by sentence within a block."""
    if len(document.blocks) != len(translation.blocks):
        raise DocumentError(
            f"{path}: found {len(translation.blocks)} headings and paragraphs, expected {len(document.blocks)} as in "
            f"{document.id}; translate each heading and paragraph by one"
        )
    for ours, theirs in zip(document.blocks, translation.blocks, strict=True):
        words = translation.text[theirs.start : theirs.end]
        if ours.heading != theirs.heading:
            raise DocumentError(
                f"{path}: “{words[:40]}” stands beside “{document.text[ours.start : ours.start + 40]}”, one a heading"
            )
        expected = len(sentence_spans(document.text, ours.start, ours.end))
        found = len(sentence_spans(translation.text, theirs.start, theirs.end))
        if expected != found and not ours.heading:
            raise DocumentError(
                f"{path}: found {found} sentences, expected {expected}, in the paragraph “{words[:60]}…”; "
                "translate each sentence by one"
            )
