"""Composing an extractive answer: which composer answers which kind of question. No sentence is written, all are chosen."""

from __future__ import annotations

import re

from assistant.extractive.claims import Claim
from assistant.extractive.definitions import definitions
from assistant.extractive.direction import by_direction
from assistant.extractive.documents import named_documents
from assistant.extractive.enumerations import announced
from assistant.extractive.evidence import Candidate
from assistant.extractive.facets import items_of_facets
from assistant.extractive.formulas import in_set_words
from assistant.extractive.labels import labelled
from assistant.extractive.lines import at_place, beside
from assistant.extractive.lists import itemised, items_by_heading, sole_child
from assistant.extractive.mentions import mentions, wrong_with
from assistant.extractive.overview import about_section, conclusion, summary
from assistant.extractive.pairs import best_of_each, compared, ends
from assistant.extractive.reading import Reader
from assistant.extractive.scopes import beyond_summing_up, titled
from assistant.extractive.selection import selected
from assistant.extractive.sides import by_side, two_sided
from assistant.extractive.structure import children, lookup
from assistant.extractive.whereabouts import entitled
from assistant.understanding.kinds import asks_for_summary
from assistant.understanding.lexicon import Word
from assistant.understanding.marks import asks_for_work, marks_in, opens_with
from assistant.understanding.names import only_names
from assistant.understanding.question import Question
from assistant.understanding.units import unit_keys, without_units
from index.analysis import fold
from index.store import Hit

# One number in several documents: as many of them as are shown.
MOST_SECTIONS = 4
# Kinds of questions that the definition of a term answers beside those for one: what counts as one, what does it comprise.
DEFINED = ("list", "fact", "open")
# Kinds of questions that the items of a chapter about problems or remedies answer.
FACETED = ("summary", "list", "how", "open")
# What is named within sentences, and by no heading of a list.
NAMED_WITHIN = ("place", "identity")


def structural(
    reader: Reader, question: Question, hits: list[Hit], candidates: list[Candidate], *, whole: bool
) -> list[Claim]:
    """The answer to a question about the document's own structure: a numbered or titled section, a reference mark, a
    summary of the whole. The structure is the evidence, so no floor applies; [] where it is no such question."""
    if question.kind != "comparison" and (told := labelled(reader, question)):
        return told
    if question.kind == "section" or (question.units and question.item is not None):
        rest = [] if named_documents(reader.index, question) else _beside_units(question)
        found = lookup(reader.index, question.units, named_documents(reader.index, question))
        told = [
            claim
            for document, section in found[:MOST_SECTIONS]
            for claim in about_section(reader, question, document, section, rest)
        ]
        return at_place(reader, question, told)
    if told := entitled(reader, question, hits):
        return told
    if stated := in_set_words(reader, question, hits):
        return stated
    if closing := conclusion(reader, question, hits):
        return closing
    if question.kind == "definition" and (defined := definitions(reader, question)):
        return defined
    if question.kind == "reference":
        return marked(reader, question)
    if told := announced(reader, question, candidates):
        return told
    named = titled(reader, question)
    elsewhere = named is not None and named.section.parent is None and not children(named.document, named.section)
    counted = question.kind == "fact" and question.everything
    if (question.kind in FACETED or counted) and not elsewhere and (listed := items_of_facets(reader, question, hits)):
        return at_place(reader, question, listed)
    if question.kind == "summary" and whole and not (named and named.whole and named.spelt):
        return summary(reader, question, hits, whole=True)
    if question.kind == "comparison" and not (named and named.whole):
        return []  # both sides are told, not what stands under the heading that names one
    # "Who approves applications" asks for one thing under that heading, and not for all of it.
    particular = question.measure in NAMED_WITHIN or (
        question.kind == "fact"
        and named is not None
        and (bool(children(named.document, named.section)) or bool(question.measure and not named.spelt))
    )
    if named is not None and (named.whole or named.rest) and not particular:
        # "How do I apply for a grant" asks for the whole of what stands below How to apply.
        meant = sole_child(reader, named.document, named.section, named.rest, question.folded) or named.section
        rest = [] if named.whole or meant is not named.section else named.rest
        return at_place(reader, question, about_section(reader, question, named.document, meant, rest))
    if question.kind == "summary" and not question.each:
        return summary(reader, question, hits, whole=False)
    if question.mention and (told := mentions(reader, question, candidates)):
        return told
    if question.kind in DEFINED and not question.measure and (defined := definitions(reader, question)):
        return defined
    if question.kind == "definition":
        return []
    if _quotes_sentence(reader, question, hits):
        return []
    if question.measure not in NAMED_WITHIN and (question.kind == "list" or question.advice or question.facets):
        return at_place(reader, question, items_by_heading(reader, question, hits, candidates))
    return []


def _beside_units(question: Question) -> list[Word]:
    """What a question asks of the sections that it names; where it asks for all that they say, in the clause that names them."""
    if question.everything and question.item is None:
        return []
    clauses = [c for c in re.split("[,，;；。]", question.folded) if unit_keys(c)]
    summed_up = asks_for_summary(without_units(question.folded))
    return beyond_summing_up(without_units(" ".join(clauses) if summed_up and clauses else question.folded))


def _quotes_sentence(reader: Reader, question: Question, hits: list[Hit]) -> bool:
    """Whether a question puts words in quotation marks that stand in a sentence: that sentence is asked about, no heading."""
    folded = [held.folded for hit in hits for held in reader.study(hit.passage).held]
    return any(fold(quoted) in text for quoted in question.quoted for text in folded)


def compose(reader: Reader, question: Question, hits: list[Hit], candidates: list[Candidate]) -> list[Claim]:
    """The claims that answer a question from its evidence, in the order to be shown."""
    if question.kind == "reference":
        return []  # the mark stands nowhere, or the work that it cites does not
    if question.item is not None:
        return at_place(reader, question, itemised(reader, question, hits, candidates) or beside(reader, candidates))
    if (
        question.each
        and len(question.several) > 1
        and (told := best_of_each(reader, question, question.several, candidates))
    ):
        return told
    if question.kind == "summary":
        told = summary(reader, question, hits, whole=False) or mentions(reader, question, candidates)
        return told or selected(reader, question, candidates)
    about_name = only_names(question.text) and not question.measure
    if (two_sided(question) or about_name) and (told := mentions(reader, question, candidates)):
        return told
    if question.kind == "comparison" and question.sides:
        return compared(reader, question, hits, candidates)
    if "problem" in question.facets and (told := wrong_with(reader, question, candidates)):
        return told
    listed = question.kind == "list" and question.measure not in NAMED_WITHIN
    if (listed or question.advice) and not _quotes_sentence(reader, question, hits):
        items = itemised(reader, question, hits, candidates)
        if items:
            return items
    return ends(reader, question, candidates) or selected(
        reader, question, by_direction(reader, question, by_side(question, candidates))
    )


def marked(reader: Reader, question: Question) -> list[Claim]:
    """The sentences that carry the reference marks asked about; for a question about the cited work itself, its entry in
    the list of references, which only some documents have."""
    work = asks_for_work(question.folded)
    found: list[Claim] = []
    for passage in reader.index.passages:
        text = reader.index.documents[passage.document].text
        for sentence in passage.sentences:
            words = text[sentence.start : sentence.end]
            line = text[text.rfind("\n", 0, sentence.start) + 1 : sentence.end]
            if opens_with(line, question.marks) if work else not set(question.marks).isdisjoint(marks_in(words)):
                found.append(Claim(passage, (sentence,), 1.0))
    return found[:6]
