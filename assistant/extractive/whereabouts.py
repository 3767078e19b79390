"""Whereabouts: the sections in which a subject stands, each by its title with a sentence from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.claims import Claim
from assistant.extractive.lists import lead
from assistant.extractive.reading import Reader
from assistant.understanding.lexicon import VAGUE, Word, words_of
from assistant.understanding.question import Question
from index.documents import Document, Section
from index.passages import section_of
from index.store import Hit

# A subject that more titles name is what the document is about.
MOST = 4


def entitled(reader: Reader, question: Question, hits: Sequence[Hit]) -> list[Claim]:
    """A sentence of each section whose title names what is looked for; [] where none does, or many do."""
    if not question.whereabouts or not hits:
        return []
    words = [w for w in words_of(question.text) if w.weight > VAGUE]
    document = reader.index.documents[hits[0].passage.document]
    return leads(reader, question, document, naming(reader, document, document.sections, words))


def naming(reader: Reader, document: Document, sections: Sequence[Section], words: Sequence[Word]) -> list[Section]:
    """Those of some sections whose titles have all of some words; [] where many do, or there are no words."""
    found = [
        s for s in sections if words and all(reader.title(document, s.position).match(word) == 1 for word in words)
    ]
    return found if len(found) <= MOST else []


def leads(reader: Reader, question: Question, document: Document, sections: Sequence[Section]) -> list[Claim]:
    """The sentence that best stands for each section."""
    return [claim for section in sections if (claim := lead(reader, question, document, section))]


def under_titles(reader: Reader, claims: Sequence[Claim]) -> list[Claim]:
    """The first claim from each section, under the section's title."""
    found: dict[tuple[str, int], Claim] = {}
    for claim in claims:
        section = section_of(reader.index.documents[claim.passage.document], claim.passage)
        found.setdefault((claim.passage.document, claim.passage.section), replace(claim, item=claim.item or section))
    return list(found.values())
