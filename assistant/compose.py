"""Composing an extractive answer: which sentences, in which order, under which labels. Nothing here writes a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence import Candidate, Reader, Scope, scopes
from assistant.question import Question
from assistant.structure import children, leaves, lookup, passages_under, roots
from index.analysis import language_of, query_terms
from index.documents import Document, Section
from index.passages import Passage, Sentence, width
from index.store import Hit

# The length of an answer in Han characters, by kind; lists and summaries have as many lines as they have items.
BUDGET = {"fact": 200, "definition": 240, "reference": 400, "comparison": 420, "why": 340, "how": 340, "open": 300}
SENTENCES = {"fact": 2, "definition": 2, "reference": 4, "comparison": 4, "why": 3, "how": 3, "open": 3}
# A further sentence must come this close to the best one.
CLOSE = {"fact": 0.93, "definition": 0.88, "reference": 0.0, "comparison": 0.8, "why": 0.86, "how": 0.86, "open": 0.88}


@dataclass(frozen=True)
class Claim:
    """One cited line of an answer: neighbouring sentences of a passage, under the section it is an item of, if any."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    score: float
    item: Section | None = None


def compose(reader: Reader, question: Question, hits: list[Hit], candidates: list[Candidate]) -> list[Claim]:
    """The claims that answer a question, in the order to be shown."""
    if question.kind == "section":
        found = lookup(reader.index, question.units)
        if found:
            return [
                claim for document, section in found[:2] for claim in about_section(reader, question, document, section)
            ]
    if question.kind == "summary":
        return summary(reader, question, hits, candidates)
    if question.kind == "list":
        items = itemised(reader, question, hits, candidates)
        if items:
            return items
    if question.kind == "reference":
        return marked(reader, question, candidates)
    if question.kind == "comparison" and question.sides:
        return compared(reader, question, candidates)
    return selected(reader, question, candidates)


def selected(reader: Reader, question: Question, candidates: Sequence[Candidate]) -> list[Claim]:
    """The best sentences, each further one only where it comes close and brings something, within the kind's budget."""
    kind = question.kind if question.kind in BUDGET else "open"
    chosen: list[Candidate] = []
    room = float(BUDGET[kind])
    for candidate in candidates:
        length = width(_words(reader, candidate))
        if chosen and (
            candidate.score < CLOSE[kind] * chosen[0].score or length > room or len(chosen) >= SENTENCES[kind]
        ):
            continue
        if any(_repeats(reader, candidate, other) for other in chosen):
            continue
        chosen.append(candidate)
        room -= length
    if kind != "fact":
        chosen = _with_antecedents(reader, chosen)
    return claims(chosen)


def claims(chosen: Sequence[Candidate]) -> list[Claim]:
    """Chosen sentences as claims in reading order."""
    return [Claim(c.passage, (c.sentence,), c.score) for c in sorted(chosen, key=lambda c: c.key)]


def itemised(reader: Reader, question: Question, hits: list[Hit], candidates: list[Candidate]) -> list[Claim]:
    """The items of the section that a list question is about, each with its lead sentence; [] where no section is."""
    ranked = [scope for scope in scopes(reader, question, hits) if len(children(scope.document, scope.section)) > 1]
    scope = _scope(question, ranked, candidates)
    if scope is None:
        return _enumeration(reader, question, candidates)
    below = children(scope.document, scope.section)
    items = (
        leaves(scope.document, scope.section)
        if question.count or all(_bodiless(scope.document, s) for s in below)
        else below
    )
    found = [item for section in items if (item := lead(reader, question, scope.document, section))]
    return found


def _bodiless(document: Document, section: Section) -> bool:
    """Whether a section is a heading over further headings, with no words of its own."""
    below = children(document, section)
    return bool(below) and not document.text[section.body : below[0].start].strip()


def _scope(question: Question, ranked: list[Scope], candidates: list[Candidate]) -> Scope | None:
    """The section whose items are asked for, where its headings answer better than any one sentence does."""
    if not ranked:
        return None
    if question.count:
        exact = [s for s in ranked if len(leaves(s.document, s.section)) == question.count]
        exact += [s for s in ranked if len(children(s.document, s.section)) == question.count]
        if exact and max(s.score for s in exact) >= 0.6 * ranked[0].score:
            return max(exact, key=lambda s: s.score)
    best = ranked[0]
    if best.coverage < 0.34 and best.cosine < 0.4:
        return None
    if candidates and candidates[0].own > best.coverage + 0.25:
        return None
    return best


def lead(reader: Reader, question: Question, document: Document, section: Section) -> Claim | None:
    """The sentence that best stands for a section: close to its heading and to the question, the first one preferred."""
    passages = passages_under(reader.index, document, section)
    if not passages:
        return None
    heading = reader.headings(document, section.position)[0][0]
    vector = reader.vector(question.text)
    best: tuple[float, Passage, Sentence] | None = None
    for place, (passage, position) in enumerate((p, i) for p in passages for i in range(len(p.sentences))):
        studied = reader.study(passage)
        score = 0.6 * float(studied.originals[position] @ heading) + 0.4 * float(studied.originals[position] @ vector)
        score += 0.15 if place == 0 else 0.0
        if best is None or score > best[0]:
            best = (score, passage, passage.sentences[position])
    assert best is not None
    return Claim(best[1], (best[2],), best[0], item=section)


_ITEM = re.compile(r"^\s*(?:[-*•·]\s|\d{1,2}[.)）、]\s?|[（(](?:[一二三四五六七八九十]+|\d{1,2}|[a-z])[)）])")


def _enumeration(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Claim]:
    """The run of listed lines nearest to a list question, with the sentence that introduces them; [] where there is none."""
    if not candidates:
        return []
    best = candidates[0]
    passage = best.passage
    text = reader.index.documents[passage.document].text
    listed = [i for i, s in enumerate(passage.sentences) if _ITEM.match(text[s.start : s.end])]
    if len(listed) < 2:
        return []
    first = max(0, listed[0] - 1)
    return [Claim(passage, (s,), best.score) for s in passage.sentences[first : listed[-1] + 1]]


def about_section(reader: Reader, question: Question, document: Document, section: Section) -> list[Claim]:
    """What a section says: its items where it has some, else its sentences; those that fit the question where it asks more."""
    below = children(document, section)
    if below:
        own = [p for p in passages_under(reader.index, document, section) if p.section == section.position]
        opening = [Claim(p, p.sentences[:1], 1.0) for p in own[:1]]
        items = leaves(document, section) if all(_bodiless(document, s) for s in below) else below
        return opening + [claim for s in items[:12] if (claim := lead(reader, question, document, s))]
    room = 420.0
    found: list[Claim] = []
    for passage in passages_under(reader.index, document, section):
        for sentence in passage.sentences:
            room -= width(document.text[sentence.start : sentence.end])
            if found and room < 0:
                return found
            found.append(Claim(passage, (sentence,), 1.0))
    return found


_ABSTRACT = re.compile(r"摘\s*要|abstract|executive summary|summary|概述|概要|overview|总则|purpose", re.IGNORECASE)
_CONCLUSION = re.compile(r"结论|结语|结束语|总结|小结|展望|conclusion|concluding|closing|final remarks", re.IGNORECASE)


def summary(reader: Reader, question: Question, hits: list[Hit], candidates: list[Candidate]) -> list[Claim]:
    """The backbone of the section a summary is asked of; of a whole document, its abstract and its conclusion."""
    found = lookup(reader.index, question.units)
    if found:
        return about_section(reader, question, *found[0])
    ranked = scopes(reader, question, hits)
    if ranked and ranked[0].coverage > 0.6 and not _names_whole(ranked[0]):
        return about_section(reader, question, ranked[0].document, ranked[0].section)
    if not hits:
        return []
    document = reader.index.documents[hits[0].passage.document]
    top = roots(document)
    opening = _in_language([s for s in top if _ABSTRACT.search(s.title)], document, question.language)
    closing = [s for s in top if _CONCLUSION.search(s.title)]
    chosen: list[Claim] = []
    for section in (*opening[:1], *closing[-1:]):
        for passage in passages_under(reader.index, document, section):
            chosen += [Claim(passage, (s,), 1.0) for s in passage.sentences]
    if chosen:
        return chosen[:6]
    return [claim for section in top[:10] if (claim := lead(reader, question, document, section))]


def _names_whole(scope: Scope) -> bool:
    return scope.section.parent is None and scope.section.end - scope.section.start >= 0.9 * len(scope.document.text)


def _in_language(sections: list[Section], document: Document, language: str) -> list[Section]:
    """Of sections that say the same in two languages, those in the question's own."""
    own = [s for s in sections if language_of(document.text[s.body : s.end]) == language]
    return own or sections


def marked(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Claim]:
    """The sentences that carry the reference marks asked about."""
    wanted = {f"[{mark}]" for mark in question.marks}
    found: list[Claim] = []
    for passage in reader.index.passages:
        document = reader.index.documents[passage.document]
        for sentence in passage.sentences:
            words = document.text[sentence.start : sentence.end]
            if any(mark in words for mark in wanted):
                found.append(Claim(passage, (sentence,), 1.0))
    return found[:6]


def compared(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Claim]:
    """Both sides of a comparison: sentences that hold both, else the best for each."""
    assert question.sides is not None
    sides = [set(query_terms(side)) for side in question.sides]
    only = [sides[0] - sides[1], sides[1] - sides[0]]
    chosen: list[Candidate] = []
    for wanted in only:
        ranked = sorted(candidates, key=lambda c: -_share(reader, c, wanted) - 0.5 * c.score)
        for candidate in ranked[:1]:
            if _share(reader, candidate, wanted) >= 0.5 and candidate.key not in {c.key for c in chosen}:
                chosen.append(candidate)
    if not chosen:
        return selected(reader, question, candidates)
    return claims(chosen)


def _share(reader: Reader, candidate: Candidate, wanted: set[str]) -> float:
    own = reader.study(candidate.passage).terms[candidate.position]
    return len(own & wanted) / len(wanted) if wanted else 0.0


_LEANING = re.compile(
    r"^(?:这|此|该|其|它|据此|对此|由此|this|these|that|those|it|they|such|its|their)\b|^(?:这|此|该|其|它|对此)",
    re.IGNORECASE,
)


def _with_antecedents(reader: Reader, chosen: list[Candidate]) -> list[Candidate]:
    """A sentence that opens by pointing back brings the one it points to."""
    keys = {c.key for c in chosen}
    extended = list(chosen)
    for candidate in chosen:
        if candidate.position and _LEANING.match(_original(reader, candidate)):
            previous = replace(candidate, position=candidate.position - 1)
            if previous.key not in keys:
                keys.add(previous.key)
                extended.append(previous)
    return extended


def _repeats(reader: Reader, one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say the same: nearly the same vector, in any of their languages, or nearly the same words."""
    a, b = reader.study(one.passage), reader.study(other.passage)
    same = float(a.originals[one.position] @ b.originals[other.position])
    if a.translations is not None and b.translations is not None:
        same = max(same, float(a.translations[one.position] @ b.translations[other.position]))
    if same > 0.86:
        return True
    ours, theirs = a.terms[one.position], b.terms[other.position]
    return len(ours & theirs) > 0.7 * min(len(ours), len(theirs))


def _original(reader: Reader, candidate: Candidate) -> str:
    text = reader.index.documents[candidate.passage.document].text
    return text[candidate.sentence.start : candidate.sentence.end]


def _words(reader: Reader, candidate: Candidate) -> str:
    return candidate.sentence.translation or _original(reader, candidate)
