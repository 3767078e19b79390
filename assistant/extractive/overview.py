"""Overviews: what a section says, and the backbone of a whole document."""

from __future__ import annotations

import re

from assistant.extractive.claims import Claim, selected
from assistant.extractive.evidence import Reader
from assistant.extractive.lists import items, lead
from assistant.extractive.scopes import Scope, scopes
from assistant.extractive.structure import children, lookup, passages_under, roots
from assistant.understanding.lexicon import Word
from assistant.understanding.question import Question
from index.analysis import language_of
from index.documents import Document, Section
from index.passages import width
from index.store import Hit

# The length of a section's overview in Han characters, and how many sentences a whole document's has.
SECTION_LENGTH, BACKBONE = 420.0, 6
# The share of what else a question asks of a section that a sentence there has to hold to be the answer by itself.
ASKED = 0.45


def about_section(
    reader: Reader, question: Question, document: Document, section: Section, rest: list[Word]
) -> list[Claim]:
    """What a section says. `rest` is what the question asks beyond naming it: where sentences hold that, they are enough."""
    passages = passages_under(reader.index, document, section)
    if _OPENING.search(question.folded):
        return [Claim(p, (s,), 1.0) for p in passages[:1] for s in p.sentences]
    rest = [w for w in rest if not w.relation]
    if question.item is None and sum(w.weight for w in rest) > 0.5:
        hits = [Hit(passage, 0.0, 0.0, 0.0) for passage in passages]
        found = reader.candidates(question.text, question.language, hits, rest)
        if found and found[0].own >= ASKED:
            return selected(reader, question, found)
    if children(document, section):
        own = [p for p in passages if p.section == section.position]
        opening = [Claim(p, p.sentences[:1], 1.0) for p in own[:1]]
        return opening + items(reader, question, document, section)[:12]
    room = SECTION_LENGTH
    chosen: list[Claim] = []
    for passage in passages:
        # Where a section is too long to be told whole, each of its paragraphs still has its say.
        share = room / (len(passages) - passages.index(passage))
        for number, sentence in enumerate(passage.sentences):
            length = width(document.text[sentence.start : sentence.end])
            if number and length > share:
                break
            share -= length
            room -= length
            chosen.append(Claim(passage, (sentence,), 1.0))
    return chosen


_OPENING = re.compile(r"开头|导语|引语|开篇|\bopening\b|\bintro(?:ductory)? (?:paragraph|part)\b")
_ABSTRACT = re.compile(r"摘\s*要|abstract|executive summary|summary|概述|概要|overview|总则|purpose", re.IGNORECASE)
_CONCLUSION = re.compile(r"结论|结语|结束语|总结|小结|展望|conclusion|concluding|closing|final remarks", re.IGNORECASE)


def summary(reader: Reader, question: Question, hits: list[Hit], *, whole: bool) -> list[Claim]:
    """The backbone of the section that a summary is asked of; of a whole document, its abstract and its conclusion."""
    if not hits:
        return []
    found = lookup(reader.index, question.units)
    if found:
        return about_section(reader, question, *found[0], [])
    ranked = scopes(reader, question, hits)
    if not whole and ranked and ranked[0].coverage > 0.6 and not _spans_document(ranked[0]):
        return about_section(reader, question, ranked[0].document, ranked[0].section, [])
    if not whole:
        return []
    document = reader.index.documents[hits[0].passage.document]
    top = roots(document)
    opening = _in_language([s for s in top if _ABSTRACT.search(s.title)], document, question.language)
    closing = [s for s in top if _CONCLUSION.search(s.title) and not children(document, s)]
    chosen = [
        Claim(passage, (sentence,), 1.0)
        for section in (*opening[:1], *closing[-1:])
        for passage in passages_under(reader.index, document, section)
        for sentence in passage.sentences
    ]
    return chosen[:BACKBONE] or [claim for section in top[:10] if (claim := lead(reader, question, document, section))]


_CLOSES = re.compile(
    r"文末|(?:文章|论文|全文|本文)的?(?:最后|结尾|末尾)|(?:研究|论文|文章|本文|该文)的?(?:有何等?|有什么)?(?:现实|理论|实践|重要)?(?:意义|贡献|价值)"
    r"|\b(?:significance|contributions?|implications?|conclusions?) of (?:this|the) (?:study|paper|research|article|text)\b"
    r"|\bhow does (?:this|the) (?:study|paper|article|text) end\b|\bat the end of (?:this|the) (?:study|paper|article|text)\b"
)


def conclusion(reader: Reader, question: Question, hits: list[Hit]) -> list[Claim]:
    """What a document says at its end, where a question asks for that or for what the work is good for; else []."""
    if not hits or not _CLOSES.search(question.folded):
        return []
    document = reader.index.documents[hits[0].passage.document]
    closing = [s for s in roots(document) if _CONCLUSION.search(s.title) and not children(document, s)]
    return about_section(reader, question, document, closing[-1], []) if closing else []


def _spans_document(scope: Scope) -> bool:
    return scope.section.parent is None and scope.section.end - scope.section.start >= 0.9 * len(scope.document.text)


def _in_language(sections: list[Section], document: Document, language: str) -> list[Section]:
    """Of sections that say the same in two languages, those in the question's own."""
    own = [s for s in sections if language_of(document.text[s.body : s.end]) == language]
    return own or sections
