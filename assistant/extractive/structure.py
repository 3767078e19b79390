"""Walking a document's heading tree: the items of a section, the passages under it, the section that a number names."""

from __future__ import annotations

from assistant.understanding.units import dotted, section_keys, steps, unit_keys
from index.analysis import fold
from index.documents import Document, Section
from index.passages import Passage
from index.store import PassageIndex


def children(document: Document, section: Section) -> list[Section]:
    """The sections directly below a section, in order."""
    return [s for s in document.sections if s.parent == section.position]


def leaves(document: Document, section: Section) -> list[Section]:
    """The lowest sections below a section, in order; the section itself where nothing is below it."""
    below = children(document, section)
    return [leaf for child in below for leaf in leaves(document, child)] if below else [section]


def bodiless(document: Document, section: Section) -> bool:
    """Whether a section is a heading over further headings, with no words of its own."""
    below = children(document, section)
    return bool(below) and not document.text[section.body : below[0].start].strip()


def passages_under(index: PassageIndex, document: Document, section: Section) -> list[Passage]:
    """The passages of a section and of all below it, in reading order."""
    return [p for p in index.by_document[document.id] if section.start <= p.start < section.end]


def lookup(
    index: PassageIndex, keys: tuple[str, ...], documents: frozenset[str] = frozenset()
) -> list[tuple[Document, Section]]:
    """The sections that the unit keys of a question name, in reading order; the outermost where several carry one number.

    Of some documents only, where any are named. Article 5 is a section 5 only where no document has articles."""
    found: list[tuple[Document, Section]] = []
    for document in index.documents.values():
        if documents and document.id not in documents:
            continue
        for section in document.sections:
            named = section.number and (
                section.parent is None or document.sections[section.parent].number != section.number
            )
            if named and any(_named_by(document, section, key) for key in keys):
                found.append((document, section))
    wanted = {form for key in keys for form in (steps(key)[-1], dotted(key))}
    spelt = {key for _, section in found for key in wanted & set(unit_keys(fold(section.number)))}
    return [
        (document, section)
        for document, section in found
        if wanted & set(unit_keys(fold(section.number))) or not section_keys(section.number) & spelt
    ]


def _named_by(document: Document, section: Section, key: str) -> bool:
    """Whether a key names a section: by its number, and where it names a unit within another, by those around it too."""
    *around, last = steps(key)
    own = section_keys(section.number)
    if not around or last not in own:
        return last in own if not around else dotted(key) in own
    above: set[str] = set()
    while section.parent is not None:
        section = document.sections[section.parent]
        above |= section_keys(section.number) if section.number else set()
    return set(around) <= above


def over_all(document: Document, section: Section) -> bool:
    """Whether a section is a heading over everything: the document's own title, and no chapter in it."""
    if section.parent is not None or not children(document, section):
        return False
    return all(s is section or s.parent is not None for s in document.sections)


def roots(document: Document) -> list[Section]:
    """The top sections of a document; below its title where the title is a heading over everything."""
    top = [s for s in document.sections if s.parent is None]
    return children(document, top[0]) if top and over_all(document, top[0]) else top


def translated_title(document: Document, section: Section, language: str) -> str:
    """A section's title, in the translation where that is in the language asked for."""
    other = document.translation
    if other is not None and other.language == language != document.language:
        return other.sections[section.position].title
    return section.title
