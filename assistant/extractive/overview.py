"""Overviews: what a section says, and the backbone of a whole document."""

from __future__ import annotations

import re

from assistant.extractive.claims import Claim
from assistant.extractive.documents import named_documents, without_names
from assistant.extractive.evidence import Candidate, scored
from assistant.extractive.lists import items_asked_about, sole_child, titled_items
from assistant.extractive.reading import Reader
from assistant.extractive.scopes import NAMED, Scope, beyond_summing_up, scopes
from assistant.extractive.selection import selected
from assistant.extractive.structure import children, lookup, passages_under, roots
from assistant.extractive.whereabouts import leads, naming
from assistant.understanding.clauses import of_asker
from assistant.understanding.kinds import asks_for_summary
from assistant.understanding.lexicon import VAGUE, Word, occurs, words_of
from assistant.understanding.question import Question, understand
from index.analysis import language_of
from index.documents import Document, Section
from index.passages import width
from index.store import Hit, PassageIndex

# The length of a section's overview in Han characters, and how many sentences a whole document's has.
SECTION_LENGTH, BACKBONE = 420.0, 6
# The share of what else a question asks of a section that a sentence there has to hold to be the answer by itself.
ASKED = 0.45
# A section is no summary of what says more than this beside its headings.
BEYOND = 1.0
# What a request for a summary may weigh beyond asking for it, before it has a subject.
NOTHING = 0.4
# A document without an abstract is summed up by a sentence for each of its top sections, of so many at most; of one that
# is more than this share of it (分则), by one for each of those below.
MOST_LEADS, MOST = 12, 0.5
# An abstract is among so many first paragraphs.
EARLY = 12


def about_section(
    reader: Reader, question: Question, document: Document, section: Section, rest: list[Word]
) -> list[Claim]:
    """What a section says. `rest` is what the question asks beyond naming it: where sentences hold that, they are enough."""
    passages = passages_under(reader.index, document, section)
    if _OPENING.search(question.folded):
        return [Claim(p, (s,), 1.0) for p in passages[:1] for s in p.sentences]
    # What its own heading says restricts nothing: 毛病 in a section about 问题 are all of its items.
    heading = reader.title(document, section.position)
    about = reader.about(document)
    rest = [w for w in rest if not w.relation and heading.match(w) < NAMED and about.match(w) < 1]
    if question.item is None and (meant := sole_child(reader, document, section, rest, question.folded)):
        return about_section(reader, question, document, meant, [])
    if question.item is None and sum(w.weight for w in rest) > 0.5:
        hits = [Hit(passage, 0.0, 0.0, 0.0) for passage in passages]
        found = scored(reader, question.text, question.language, hits, rest)
        if found and found[0].own >= ASKED:
            if asks_for_summary(question.folded) and len(told := _paragraph(document, found[0])) > 1:
                return told
            return selected(reader, question, found)
    if children(document, section):
        own = [p for p in passages if p.section == section.position]
        opening = [Claim(p, p.sentences[:1], 1.0) for p in own[:1]]
        return opening + items_asked_about(reader, question, document, section)[:12]
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


def _paragraph(document: Document, candidate: Candidate) -> list[Claim]:
    """The sentences of the paragraph that a sentence opens, a claim each; those of another are none."""
    block = document.block_at(candidate.sentence.start)
    if document.text[block.start : candidate.sentence.start].strip():
        return []
    inside = [s for s in candidate.passage.sentences if block.start <= s.start < block.end]
    return [Claim(candidate.passage, (s,), candidate.score) for s in inside]


_DOCUMENT = re.compile(
    r"全文|论文|文章|本文|文档|报告|这篇|整篇|这份"
    r"|\b(?:papers?|documents?|articles?|texts?|study|report|policy|strategy|plan|framework|guidance|guidelines"
    r"|authors?)\b"
)
_SUBJECT = re.compile(
    r"\b(?:about|on|regarding|concerning)\s+(?!(?:in|for|to|with|an?|one|two|three|four|five|six"
    r"|[0-9]+)\b)([^,;:.?!]+)|(?:关于|有关|针对|涉及)([^,，。;；?？]+?)(?:的|[,，。;；?？]|$)"
)
_CALLED_BY = re.compile(
    r"(?:(?<=paper )|(?<=study )|(?<=report )|(?<=article )|(?<=document ))(?:on|about) (?:the )?([^,;:.?!]+)"
    r"|(?:关于|有关)([^,，。;；?？的]+)的(?=论文|文章|研究|报告|文件|文档)"
)
_CLAUSES = re.compile(r"[,，；：。!！?？\n]+|[.;:](?=\s|$)")


def asks_for_whole(index: PassageIndex, question: Question) -> bool:
    """Whether a request for a summary is about a document itself, and names no subject within it.

    What stands after "about", or beside the request in its clause, is a subject whether the documents have it or not. In a
    clause of its own it is none where the document is named and does not have it ("I present tomorrow").
    """
    if question.kind != "summary":
        return False
    folded = without_names(index, question)
    # "The freight report", "the report on freight": what its title says is no subject within a document.
    titled = _titles(index) if _DOCUMENT.search(folded) else frozenset()
    folded = _CALLED_BY.sub(lambda m: " " if {w.text for w in words_of(m[1] or m[2])} <= titled else m[0], folded)
    subjects = (subject for found in _SUBJECT.findall(folded) for subject in found)
    if any(word.weight > VAGUE for subject in subjects for word in beyond_summing_up(subject)):
        return False
    clauses = _CLAUSES.split(folded)
    asking = [clause for clause in clauses if understand(clause).kind == "summary"] or clauses
    said = (clause for clause in clauses if clause not in asking and not of_asker(clause))
    beside = [word for clause in said for word in beyond_summing_up(clause)]
    if _DOCUMENT.search(folded) or folded != question.folded:
        vocabulary = index.lexical.vocabulary
        beside = [w for w in beside if occurs(w.text, vocabulary)]
    left = [w for clause in asking for w in beyond_summing_up(clause) if w.text not in titled]
    return sum(word.weight for word in left + beside) < NOTHING


def _titles(index: PassageIndex) -> frozenset[str]:
    """The words of the documents' own titles, in both languages where they have two."""
    titles = [t for d in index.documents.values() for t in (d.title, d.metadata.get("title_en", "")) if t]
    return frozenset(word.text for title in titles for word in words_of(title))


_OPENING = re.compile(r"开头|导语|引语|开篇|\bopening\b|\bintro(?:ductory)? (?:paragraph|part)\b")
_ABSTRACT = re.compile(r"摘\s*要|abstract|executive summary|summary|概述|概要|overview", re.IGNORECASE)
_CONCLUSION = re.compile(r"结论|结语|结束语|总结|小结|展望|conclusion|concluding|closing|final remarks", re.IGNORECASE)


def summary(reader: Reader, question: Question, hits: list[Hit], *, whole: bool) -> list[Claim]:
    """The backbone of the section that a summary is asked of; of a whole document, its abstract and its conclusion."""
    if not hits:
        return []
    found = lookup(reader.index, question.units)
    if found:
        return about_section(reader, question, *found[0], [])
    if not whole and (told := _each_about(reader, question, hits)):
        return told
    ranked = scopes(reader, question, hits)
    if not whole and ranked and ranked[0].coverage > 0.6 and not _spans_document(ranked[0]):
        beyond = _beyond(reader, question, ranked[0])
        return [] if beyond > BEYOND else about_section(reader, question, ranked[0].document, ranked[0].section, [])
    if not whole:
        return []
    named = named_documents(reader.index, question) or {hits[0].passage.document}
    return [
        claim
        for document in reader.index.documents.values()
        if document.id in named
        for claim in _backbone(reader, question, document)
    ]


def _each_about(reader: Reader, question: Question, hits: list[Hit]) -> list[Claim]:
    """What a document says about a subject that the titles of several of its lowest sections name: a sentence of each. [] where
    one does, which is told whole, or many, which then is what the document is about."""
    words = [w for w in beyond_summing_up(question.folded) if w.weight > VAGUE]
    document = reader.index.documents[hits[0].passage.document]
    below = [s for s in document.sections if s.parent is not None and not children(document, s)]
    about = naming(reader, document, below, words)
    return leads(reader, question, document, about) if len(about) > 1 else []


def _beyond(reader: Reader, question: Question, scope: Scope) -> float:
    """What a question says, by weight, that neither the headings of a section nor its document's title hold."""
    _, headings = reader.headings(scope.document, scope.section.position)
    about = reader.about(scope.document)
    words = [w for w in words_of(question.text) if w.weight > VAGUE and not w.relation]
    return sum(w.weight for w in words if headings.match(w) < NAMED and about.match(w) < NAMED)


def _backbone(reader: Reader, question: Question, document: Document) -> list[Claim]:
    """A document's abstract and its conclusion; where it has no abstract, a sentence for each of its top sections."""
    top = roots(document)
    opening = _in_language([s for s in top if _ABSTRACT.search(s.title)], document, question.language)
    labelled = [] if opening else _labelled_abstract(reader, document, question.language)
    if not opening and not labelled:
        long = [s for s in top if s.end - s.start > MOST * len(document.text) and titled_items(document, s)]
        told = [below for s in top for below in (children(document, s) if s in long else [s])]
        return leads(reader, question, document, told[:MOST_LEADS])
    closing = [s for s in top if _CONCLUSION.search(s.title) and not children(document, s)]
    chosen = labelled + [
        Claim(passage, (sentence,), 1.0)
        for section in (*opening[:1], *closing[-1:])
        for passage in passages_under(reader.index, document, section)
        for sentence in passage.sentences
    ]
    return chosen[:BACKBONE]


_ABSTRACT_LABEL = re.compile(
    r"\s*(?:[【\[](?:摘\s*要|内容提要|abstract)[】\]]|[*_]*(?:摘\s*要|内容提要|abstract)[*_]*\s*[:：.])", re.IGNORECASE
)


def _labelled_abstract(reader: Reader, document: Document, language: str) -> list[Claim]:
    """The sentences of a paragraph that is an abstract by its first word (摘要：…), in a language where there are two; or []."""
    texts = {block: document.text[block.start : block.end] for block in document.blocks[:EARLY]}
    blocks = [block for block, text in texts.items() if _ABSTRACT_LABEL.match(text)]
    own = [block for block in blocks if language_of(texts[block]) == language] or blocks
    return [
        Claim(passage, (sentence,), 1.0)
        for passage in (reader.index.by_document[document.id] if own else ())
        for sentence in passage.sentences
        if own[0].start <= sentence.start < own[0].end
    ]


_CLOSES = re.compile(
    r"文末|收尾(?:那|的)?一?[段节章]?(?:的大意|讲|说|写|是)|最后一[段节章](?:的大意|的内容|讲|说|写)"
    r"|^(?:收尾|结尾|末尾|结论|结语)(?:部分)?(?:里|中)?(?:主要)?(?:讲|说|写|是)"
    r"|(?:文章|论文|全文|本文)的?(?:最后|收尾|结尾|末尾)"
    r"|(?:研究|论文|文章|本文|该文)的?(?:有何等?|有什么)?(?:现实|理论|实践|重要)?(?:意义|贡献|价值)"
    r"|\b(?:closing|concluding) (?:section|paragraph|chapter|part|remarks)\b"
    r"|\b(?:final|last) (?:section|paragraph|chapter) of (?:the|this) (?:study|paper|research|article|text|report)\b"
    r"|\bend of (?:the|this) (?:study|paper|research|article|text)\b"
    r"|\b(?:significance|contributions?|implications?|conclusions?) of (?:this|the) (?:study|paper|research|article"
    r"|text)\b"
    r"|\bwhat (?:good|use|help) (?:is|does|do) (?:this|the) (?:study|paper|research|work)\b"
    r"|\bhow does (?:this|the) (?:study|paper|article|text) end\b"
    r"|\bat the end of (?:this|the) (?:study|paper|article|text)\b"
)


def conclusion(reader: Reader, question: Question, hits: list[Hit]) -> list[Claim]:
    """What a document says at its end, where a question asks for that or for what the work is good for; else [], and where
    it asks for the problems or remedies that are named there."""
    if not hits or question.facets or not _CLOSES.search(question.folded):
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
