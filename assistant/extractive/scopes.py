"""Scopes: the sections that a question is about, found by their headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from assistant.extractive.direction import direction_of
from assistant.extractive.documents import named_documents
from assistant.extractive.evidence import weigh
from assistant.extractive.reading import Held, Reader
from assistant.extractive.structure import children, over_all
from assistant.understanding.lexicon import VAGUE, Word, alike, occurs, words_of
from assistant.understanding.question import Question, without_facets
from index.documents import Document, Section
from index.store import Hit

# A title is looked for by its words only in corpora of up to this many sections; a larger one is searched.
MOST_TITLES = 3000
# How well a heading holds a word that it names.
NAMED = 0.8
# What it adds to a section's score that all of its own title is asked about: 销售者的义务 is not 生产者、销售者的义务.
PRECISE = 0.2
# The words that headings have for the two ends of a policy question, each with all that can stand for it.
CONCEPTS = {"problem": ("问题", 1.0), "solution": ("建议", 0.5)}


def concept(facet: str) -> Word:
    """The word for "problem" or "solution", whichever language and form a heading puts it in."""
    text, weight = CONCEPTS[facet]
    return Word(text, weight, alike(text))


def same(word: Word, other: Word) -> bool:
    """Whether a word is another one, or can stand for it."""
    return word.text == other.text or word.text in other.others


def chapters(reader: Reader, document: Document, named: Word) -> list[Section]:
    """The highest sections of a document whose own title holds a word; the heading over everything is none."""
    found: list[Section] = []
    for section in document.sections:
        if over_all(document, section):
            continue
        inside = section.depth > 1 or any(s.start <= section.start < s.end for s in found)
        holds = not inside and reader.title(document, section.position).match(named) >= NAMED
        if holds and (section.depth == 0 or children(document, section)):
            found.append(section)
    return found


@dataclass(frozen=True)
class Scope:
    """A section that a question may be about. score = cosine + coverage of the question by the section's heading path."""

    document: Document
    section: Section
    score: float
    cosine: float
    coverage: float


def sought(question: Question) -> list[Word]:
    """The words of a question, and where it asks what somebody should do or what is wrong, the word that headings have for
    that."""
    # What stands in brackets lists or explains what is asked about; headings need not hold it.
    words = words_of(re.sub(r"[（(][^）)]*[)）]", " ", question.text)) or words_of(question.text)
    facets = dict.fromkeys((*question.facets, *(("solution",) if question.advice else ())))
    missing = [c for c in map(concept, facets) if not any(same(w, c) for w in words)]
    if "problem" in facets and concept("problem") in missing:
        words = words_of(without_facets(question.folded))  # "what holds it back" has none of a heading's words
    return [*words, *missing]


def scopes(reader: Reader, question: Question, hits: list[Hit], words: list[Word] | None = None) -> list[Scope]:
    """The sections around the passages found, by how well their headings fit; best first, higher ones on ties."""
    vector = reader.vector(question.text)
    weights = weigh(reader, sought(question) if words is None else words)
    total = sum(weights.values()) or 1.0
    asked = Held.of(question.folded)
    seen: dict[tuple[str, int], Scope] = {}
    for hit in hits:
        document = reader.index.documents[hit.passage.document]
        position: int | None = hit.passage.section if hit.passage.section >= 0 else None
        while position is not None and (document.id, position) not in seen:
            section = document.sections[position]
            vectors, found = reader.headings(document, position)
            coverage = sum(weight * found.match(word) for word, weight in weights.items()) / total
            cosine = float(np.max(vectors @ vector))
            title = [w for w in words_of(section.title) if w.weight > 0.2]
            precise = sum(asked.match(w) >= 0.8 for w in title) / len(title) if title else 0.0
            score = cosine + coverage + PRECISE * precise
            seen[(document.id, position)] = Scope(document, section, score, cosine, coverage)
            position = section.parent
    return sorted(seen.values(), key=lambda s: (-s.score, s.section.depth, s.section.position))


def untitled(reader: Reader, document: Document, words: list[Word], titles: list[Held]) -> list[Word]:
    """Of some words those that the documents have and no title does, of these or the document's own. Characters by
    themselves (帮) are in any text."""
    vocabulary = reader.index.lexical.vocabulary
    held = [*titles, reader.about(document)]
    return [
        w for w in words if len(w.text) > 1 and occurs(w.text, vocabulary) and all(t.match(w) < NAMED for t in held)
    ]


_SUMMING_UP = re.compile(
    r"总结|概括|概述|归纳|摘要|tl;?dr|总体|整体|自己|做了?(?=哪些|什么)|哪些(?:事|工作)|一段话|主要|核心|中心|关键|论点|论断"
    r"|主张|思想|要点|信息|议题|立场|大概|大致|基本|内容|观点|意思|主旨|大意|结论|讲|说|写|研究|这篇|论文|文章|文档"
    r"|全文|报告|文件|简要|简短|简单|一下|"
    r"用?[一几两三]句话|法律|[本该此]法|[本该这](?:份|个|项)?(?:战略|规划|方案|意见|计划)|条例|办法|规定|制度|通知"
    r"|规章|手册|帮我|请|给出|这份|整篇|整个|介绍|什么|了|的"
    r"|\bsum(?:s|med|ming)? up\b"
    r"|\b(?:summar\w*|overview|main|central|core|principal|overall|basic|points?|ideas?|arguments?|findings?"
    r"|conclusions?|messages?|thesis|claims?|contentions?|themes?|content|gist|nutshell|papers?|documents?|"
    r"articles?|texts?|study|report|policy|strategy|plan|framework|guidance|guidelines|about|argue|key|takeaways?"
    r"|abstract|brief\w*|short|law|act|regulations?|rules|code|handbook|notice|whole|entire|sentences?|words?|pages?"
    r"|slides?|quick|give|me)\b"
    # Whom a summary is for.
    r"|\bfor (?:my|our|an?|some|people|non-?[a-z]+|beginners)\b[a-z '-]*"
    r"|(?:给|向|为|供)[\u4e00-\u9fff]{1,4}?(?=总结|概括|概述|归纳|介绍|讲|说|写|看|参)"
)


def without_summing_up(folded: str) -> str:
    """A request for a summary without what asks for it."""
    return _SUMMING_UP.sub(" ", folded)


def beyond_summing_up(folded: str) -> list[Word]:
    """The words of a request for a summary that do not ask for it."""
    return words_of(without_summing_up(folded))


@dataclass(frozen=True)
class Titled:
    """A section that a question names by its title. whole: the question asks about the section and nothing more.

    spelt: the title stands in the question as it is, not in other words. rest: the words beyond the title.
    """

    document: Document
    section: Section
    whole: bool
    spelt: bool
    rest: list[Word]


_WITHIN = r"\s*[”\"』」》]?\s*(?:这个?|该|这一)?(?:里|中|内|部分|一节|这一?节|一章|这一?章|章节|章|节|条|段)"
_PLACES = (
    re.compile(r"([\u4e00-\u9fff]{2,4}?)(?:这个?|该|这一)?(?:里面?|中|部分|一节|一章|章节)"),
    re.compile(
        r"\b(?:in|from|under|(?:part|text|content|rest|points?|gist) of) (?:the |its )?([a-z]+)"
        r"|\bof the ([a-z]+)(?=[?.]*$)|\b([a-z]+) (?:section|chapter|part)\b"
    ),
)
# With less than this left over, by weight, a question asks about the titled section and nothing more.
LEFT_OVER, SHARE = 0.35, 0.25
_SHORT_TITLE = 2
# What a request for the summary of a section may say, by weight, beside its title.
BESIDE = 1.0


def titled(reader: Reader, question: Question) -> Titled | None:
    """The section whose title a question spells out, as its subject (引言讲了什么) or its place (结束语里 …), or None."""
    if sum(len(d.sections) for d in reader.index.documents.values()) > MOST_TITLES:
        return None
    asked = Held.of(question.folded)
    words = words_of(question.text)
    total = sum(w.weight for w in words) or 1.0
    wanted = beyond_summing_up(question.folded) if question.kind == "summary" else words
    direction = direction_of(question)
    # What is wrong is told below a heading that says so, whatever words ask for it.
    wrong = [concept("problem")] if "problem" in question.facets else []
    # A place is named by its own word, or in the other language: out of town is no chapter on cities.
    places = [_itself(w) for found in _places(question.folded) for w in words_of(found)]
    best: tuple[float, Titled] | None = None
    named = named_documents(reader.index, question)
    for document in reader.index.documents.values():
        if named and document.id not in named:
            continue
        beyond = [w for w in wanted if not named or reader.about(document).match(w) < NAMED]
        for section in document.sections:
            if section.title == section.label or section.depth > 3:
                continue
            title = reader.title(document, section.position)
            for spelt in title.folded.split("\n"):
                telling = [w for w in words_of(spelt) if w.weight > VAGUE]
                literal = spelt in question.folded
                if any(asked.match(w) < 0.8 for w in telling) or not (telling or literal):
                    continue
                rest = [w for w in beyond if title.match(w) < NAMED]
                # Headings have vectors, and are read only where they are asked of.
                rest += [w for w in wrong if reader.headings(document, section.position)[1].match(w) < NAMED]
                left = sum(w.weight for w in rest)
                # Named in other words than its own, it holds most of the question: "the supporting targets" are not its "Purpose".
                named_so = literal or any(asked.holds(w.text) for w in telling)
                whole = left / total <= SHARE or (named_so and left < LEFT_OVER)
                place = (
                    (literal and question.kind == "summary" and left <= BESIDE)
                    or bool(re.search(re.escape(spelt) + _WITHIN, question.folded))
                    or (
                        len(telling) <= _SHORT_TITLE
                        and any(title.match(w) >= NAMED for w in places)
                        and all(asked.match(_itself(w)) >= NAMED for w in telling)
                    )
                )
                if whole or place:
                    score = (
                        1
                        - left / total
                        + 0.1 * len(telling)
                        + literal
                        + (0.1 * direction.order(spelt) if direction else 0.0)
                    )
                    if best is None or score > best[0]:
                        best = (score, Titled(document, section, whole, literal, rest))
    return best[1] if best else None


def _itself(word: Word) -> Word:
    """A word with none that can stand for it but those of the other language."""
    return replace(word, official=(), others=tuple(o for o in word.others if o.isascii() != word.text.isascii()))


def _places(folded: str) -> list[str]:
    return [word for pattern in _PLACES for match in pattern.finditer(folded) for word in match.groups() if word]
