"""Passages: what is searched and shown. Cut along the heading tree, a heading with its body, never inside a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from index.documents import Block, Document, Section
from index.sentences import sentence_spans

# In Han characters; a Latin letter counts 0.4. Two paragraphs of a policy text at most: sentences are chosen later, so a
# passage need only be small enough for its vector to have one subject.
PASSAGE_LENGTH = 320


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage: document.text[start:end], and its translation where the document has one."""

    start: int
    end: int
    translation: str | None = None


@dataclass(frozen=True)
class Passage:
    """A run of paragraphs of one section: document.text[start:end].

    id: its position in the index. section: the section's position in its document, or -1 before the first heading.
    """

    id: int
    document: str
    section: int
    start: int
    end: int
    sentences: tuple[Sentence, ...]


def split(document: Document, first_id: int = 0) -> list[Passage]:
    """The passages of a document in reading order; together they hold each block that is not a heading, once."""
    translated = _translations(document)
    runs: list[list[Block]] = []
    for block in document.blocks:
        if block.heading:
            runs.append([])
            continue
        if not runs or (
            runs[-1] and (runs[-1][-1].section != block.section or not _fits(document, runs[-1][0], block))
        ):
            runs.append([])
        runs[-1].append(block)
    passages: list[Passage] = []
    for run in filter(None, runs):
        sentences = [s for block in run for s in _sentences(document, block, translated)]
        for group in _groups(sentences):
            passages.append(
                Passage(
                    first_id + len(passages), document.id, run[0].section, group[0].start, group[-1].end, tuple(group)
                )
            )
    return passages


def heading_path(document: Document, section: int) -> tuple[str, ...]:
    """Titles from the top heading down to a section; () before the first heading."""
    return document.sections[section].path if section >= 0 else ()


def section_of(document: Document, passage: Passage) -> Section | None:
    """The section that a passage stands in, or None before the first heading."""
    return document.sections[passage.section] if passage.section >= 0 else None


def width(text: str) -> float:
    """The length of a text in Han characters; other letters and marks count 0.4."""
    wide = sum(map("\u2e7f".__lt__, text))
    return wide + 0.4 * (len(text) - wide)


def _fits(document: Document, first: Block, last: Block) -> bool:
    return width(document.text[first.start : last.end]) <= PASSAGE_LENGTH


def _sentences(document: Document, block: Block, translated: dict[int, list[str]]) -> list[Sentence]:
    spans = sentence_spans(document.text, block.start, block.end)
    words = translated.get(block.start)
    return [Sentence(start, end, words[i] if words else None) for i, (start, end) in enumerate(spans)]


def _translations(document: Document) -> dict[int, list[str]]:
    """For each block, by its start, the translation of each of its sentences (read_document has checked the counts)."""
    other = document.translation
    if other is None:
        return {}
    return {
        ours.start: [other.text[a:b] for a, b in sentence_spans(other.text, theirs.start, theirs.end)]
        for ours, theirs in zip(document.blocks, other.blocks, strict=True)
        if not ours.heading
    }


def _groups(sentences: list[Sentence]) -> list[list[Sentence]]:
    """The sentences of one run, cut where a passage is full. A last piece that would be a mere tail joins the one before."""
    groups: list[list[Sentence]] = []
    size = 0.0
    for sentence in sentences:
        length = (sentence.end - sentence.start) * 1.0
        if not groups or (size + length > 2 * PASSAGE_LENGTH):
            groups.append([])
            size = 0.0
        groups[-1].append(sentence)
        size += length
    if len(groups) > 1 and len(groups[-1]) == 1:
        tail = groups.pop()
        groups[-1] += tail
    return groups
