"""Lists: the items of the section that a question is about, each with the sentence that stands for it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.extractive.claims import Claim
from assistant.extractive.evidence import Candidate
from assistant.extractive.lines import beside, introduces, with_list
from assistant.extractive.mentions import holds_one, telling_names
from assistant.extractive.reading import LISTED, Held, Reader
from assistant.extractive.scopes import CONCEPTS, NAMED, Scope, concept, same, scopes, sought, untitled
from assistant.extractive.sides import asks_for_forbidden, asks_for_gains, gains_told, says_forbidden
from assistant.extractive.structure import bodiless, children, leaves, over_all, passages_under
from assistant.understanding.advice import without_advising
from assistant.understanding.lexicon import UNLISTED, VAGUE, Word, has_other, occurs, rarity, words_of
from assistant.understanding.question import Question, without_facets
from index.analysis import fold
from index.documents import Document, Section
from index.passages import Passage, Sentence
from index.store import Hit

# A section's headings have to hold this share of the question before its items are taken for the answer.
ABOUT = 0.5
# ... and nearly all of it, before that is evidence enough by itself; less where it has as many items as are asked for.
ALL, COUNTED = 0.8, 0.6
INTRODUCES, INTRODUCED = 0.2, 0.5
# A chapter of more articles than this is told by its chapters, not listed.
MOST_ARTICLES = 14
OWN_WORDS = 0.04
# What being the first adds to a sentence's score as the lead of an item.
FIRST = 0.15
# What it adds to a sentence's score as the lead of an item that it says what is wrong, or what to do about it.
TELLS = 0.3
# ... and each word that says what is gained, where that is asked, up to so many.
GAIN, MOST_GAINS = 0.1, 4
# A word that says this much is part of what is asked about.
TELLING = 0.5
# A question with less in it than one common word asks about nothing in particular.
SAYS_ENOUGH = 0.2


def itemised(reader: Reader, question: Question, hits: list[Hit], candidates: list[Candidate]) -> list[Claim]:
    """The items of the section that a list question is about, or the listed lines of a passage; [] where there are none."""
    listed = enumeration(reader, candidates)
    ranked = [scope for scope in _about(reader, question, scopes(reader, question, hits)) if has_items(scope)]
    scope = best_scope(question, ranked, candidates)
    if scope is None or (listed and candidates[0].own >= scope.coverage - 0.1):
        return listed
    return items_asked_about(reader, question, scope.document, narrowed(reader, question, scope))


def items_by_heading(reader: Reader, question: Question, hits: list[Hit], candidates: list[Candidate]) -> list[Claim]:
    """The items of the section whose headings alone hold nearly all that a question asks about; [] where none does."""
    if sum(w.weight for w in words_of(question.text)) < SAYS_ENOUGH:
        return []
    if len(question.facets) == 2:
        both = [items_of_facet(reader, question, hits, facet) for facet in question.facets]
        if all(both):
            return [claim for found in both for claim in found]
    found = _about(reader, question, scopes(reader, question, hits))
    ranked = [scope for scope in found if titled_items(scope.document, scope.section)]
    scope = best_scope(question, ranked, [])
    # Headings hold the question in other words, a sentence in its very own: then the sentence is meant.
    if scope is None or any(c.own > scope.coverage + OWN_WORDS for c in candidates):
        return []
    counted = question.count in (
        len(leaves(scope.document, scope.section)),
        len(children(scope.document, scope.section)),
    )
    if scope.coverage < (COUNTED if counted else ALL):
        return []
    return items_asked_about(reader, question, scope.document, narrowed(reader, question, scope))


def _about(reader: Reader, question: Question, ranked: list[Scope]) -> list[Scope]:
    """Of some sections those that may list what is asked: none where it says what no document has; what must not be, only below
    a heading that says so; what concerns a city or a person, only below one that names them, and else within sentences; problems
    and remedies only where they are asked for, and those of a subject of its own only below headings that have the subject:
    企业文化的不足 are not all that is wrong with 企业."""
    if asks_for_forbidden(question):
        ranked = [s for s in ranked if says_forbidden(reader.headings(s.document, s.section.position)[1].folded)]
    for _, sets in telling_names(reader.index, question):
        ranked = [s for s in ranked if holds_one(_named_above(reader, s), sets)]
    asked = words_of(question.text)
    if any(_unheard(reader, word) for word in asked):
        return []
    # The benefits of a thing are not what a chapter about its problems lists.
    facets = {*question.facets, *(("solution",) if question.advice else ())}
    other = [c for c in map(concept, CONCEPTS.keys() - facets) if not any(same(w, c) for w in asked)]
    ranked = [
        s for s in ranked if all(reader.headings(s.document, s.section.position)[1].match(c) < NAMED for c in other)
    ]
    if question.facets or question.advice:
        words = words_of(without_facets(without_advising(question.folded)))
        subject = [w for w in words if w.weight > VAGUE and not w.relation]
        ranked = [s for s in ranked if not untitled(reader, s.document, subject, _titles(reader, s))]
    return ranked


def _unheard(reader: Reader, word: Word) -> bool:
    """Whether a word that says much is none of the documents', and nothing that can stand for it is: no heading is about it."""
    if word.number or word.relation or word.weight <= TELLING or rarity(word.text) >= UNLISTED:
        return False
    vocabulary = reader.index.lexical.vocabulary
    return not occurs(word.text, vocabulary) and not has_other(word, vocabulary)


def _titles(reader: Reader, scope: Scope) -> list[Held]:
    """A section's headings, and the titles below it."""
    below = {s.position for found in (children, leaves) for s in found(scope.document, scope.section)}
    return [
        reader.headings(scope.document, scope.section.position)[1],
        *(reader.title(scope.document, position) for position in below),
    ]


def _named_above(reader: Reader, scope: Scope) -> frozenset[str]:
    """The terms of a section's headings and of its document's title."""
    return reader.headings(scope.document, scope.section.position)[1].terms | reader.about(scope.document).terms


def narrowed(reader: Reader, question: Question, scope: Scope) -> Section:
    """Of a section, the one below it that is all that is asked about: 销售者的义务 are told by the articles of their own
    section, not by one sentence for it and one for 生产者的义务."""
    meant = sole_child(reader, scope.document, scope.section, sought(question))
    return meant if meant and len(children(scope.document, meant)) > 1 else scope.section


# What a heading asks, as a question does: How to apply, 如何申请.
_ASKS = tuple(
    re.compile(asks)
    for asks in (
        r"^how\b|^(?:如何|怎么|怎样)",
        r"^who\b|^(?:谁|哪些人)",
        r"^what\b|^什么",
        r"^when\b|^(?:何时|什么时候)",
        r"^where\b|^(?:何处|哪里)",
        r"^why\b|^(?:为什么|为何)",
    )
)


def sole_child(
    reader: Reader, document: Document, section: Section, words: list[Word], asked: str = ""
) -> Section | None:
    """The only section right below one whose own title holds all that some words say, or None; of several, the one that asks as
    a folded question does (How to apply, Who can apply)."""
    telling = [w for w in words if w.weight > VAGUE]
    found = [
        s
        for s in children(document, section)
        if all(reader.title(document, s.position).match(word) >= NAMED for word in telling)
    ]
    asks = next((pattern for pattern in _ASKS if pattern.search(asked)), None)
    if len(found) > 1 and asks:
        found = [s for s in found if asks.search(fold(s.title))]
    return found[0] if telling and len(found) == 1 else None


def items(reader: Reader, question: Question, document: Document, section: Section) -> list[Claim]:
    """One claim for each item below a section; the lowest ones where those between are headings only."""
    below = children(document, section)
    lowest = leaves(document, section)
    flat = question.count == len(lowest) or all(bodiless(document, s) for s in below)
    chosen = lowest if flat and all(s.title != s.label for s in lowest) else below
    return [claim for item in chosen if (claim := lead(reader, question, document, item))]


def items_asked_about(reader: Reader, question: Question, document: Document, section: Section) -> list[Claim]:
    """The items below a section; where they have no titles, and its own names more than a question asks about (gifts, of
    "Interests and gifts"), those that hold it, told whole."""
    told = items(reader, question, document, section)
    if titled_items(document, section):
        return told
    asked = Held.of(question.folded)
    named = [w for w in words_of(section.title) if w.weight > VAGUE and not w.relation]
    meant = [w for w in named if asked.match(w) >= NAMED]
    kept = [claim for claim in told if any(reader.study(claim.passage).around.match(w) for w in meant)]
    if not kept or len(meant) == len(named):
        return told
    return [replace(claim, sentences=(s,)) for claim in kept for s in claim.passage.sentences]


def items_of_facet(reader: Reader, question: Question, hits: list[Hit], facet: str) -> list[Claim]:
    """For a question about problems and solutions both, the items of the section that is about one of them."""
    other = concept("problem" if facet == "solution" else "solution")
    words = [w for w in words_of(question.text) if w.text != other.text and w.text not in other.others]
    ranked = [s for s in scopes(reader, question, hits, words) if titled_items(s.document, s.section)]
    scope = best_scope(replace(question, count=None), ranked, [])
    return items(reader, question, scope.document, scope.section) if scope and scope.coverage >= ALL else []


def titled_items(document: Document, section: Section) -> bool:
    """Whether a section has subsections with titles that say what they are; articles of a law only have numbers, and what
    asks says nothing. The heading over everything is no list of the chapters."""
    below = children(document, section)
    telling = all(s.title != s.label and not s.asks for s in below)
    return len(below) > 1 and not over_all(document, section) and telling


def has_items(scope: Scope) -> bool:
    """Whether a section's subsections are items to list: titled ones, or the articles of a chapter that is wholly meant."""
    below = children(scope.document, scope.section)
    articles = 1 < len(below) <= MOST_ARTICLES and scope.coverage >= ALL and all(s.label for s in below)
    return titled_items(scope.document, scope.section) or articles


def best_scope(question: Question, ranked: list[Scope], candidates: list[Candidate]) -> Scope | None:
    """The section whose items are asked for, where its headings answer better than any one sentence does."""
    if not ranked:
        return None
    if question.count:
        exact = [
            s
            for s in ranked
            if question.count in (len(leaves(s.document, s.section)), len(children(s.document, s.section)))
            and s.coverage >= ABOUT
        ]
        if exact and max(s.score for s in exact) >= 0.6 * ranked[0].score:
            return max(exact, key=lambda s: s.score)
    best = ranked[0]
    told = candidates[0].own if candidates else 0.0
    if best.coverage < ABOUT or told > best.coverage + 0.25 or (told > 0.95 and told > best.coverage + OWN_WORDS):
        return None
    return best


_TELLS = {
    "problem": re.compile(
        r"但|然而|却|不能|无法|(?<!弥补)(?<!弥补自身)不足|缺乏|缺失|缺少|短缺|难以|较差|丧失|导致|受阻|负面|偏差|错位"
        r"|\b(?:but|however|cannot|unable|lack\w*|shortage\w*|fail\w*|poor|loses?|obstacles?|mismatch\w*|negative\w*)\b"
    ),
    "solution": re.compile(
        r"应当|应该|应(?![对用付急])|必须|(?<!迫切)(?<!市场)需要?(?![求的])(?=[\u4e00-\u9fff])"
        r"|(?<![重想主必需只])要(?![素求点件])"
        r"|通过.{2,60}(?:实现|提高|帮助)|\b(?:should|must|shall|needs? to|ought to)\b"
    ),
}


def tells(reader: Reader, passage: Passage, position: int, facet: str) -> bool:
    """Whether a sentence says what is wrong ("problem") or what to do ("solution")."""
    return bool(_TELLS[facet].search(reader.study(passage).held[position].folded))


def lead(reader: Reader, question: Question, document: Document, section: Section) -> Claim | None:
    """The sentence that best stands for a section: close to its heading and to the question, the first one preferred; below
    a heading about problems or remedies, one that says what is wrong or what to do."""
    passages = passages_under(reader.index, document, section)
    if not passages:
        return None
    vectors, path = reader.headings(document, section.position)
    heading = vectors[0]
    facets = [facet for facet in _TELLS if path.match(concept(facet)) >= NAMED]
    # The first article of a chapter says what the others work out.
    opens = any(s.title == s.label for s in (section, *children(document, section)))
    vector = reader.vector(question.text)
    gains = asks_for_gains(question)
    best: tuple[float, Passage, Sentence] | None = None
    for place, (passage, position) in enumerate((p, i) for p in passages for i in range(len(p.sentences))):
        studied = reader.study(passage)
        score = 0.6 * float(studied.originals[position] @ heading) + 0.4 * float(studied.originals[position] @ vector)
        if place == 0 and opens:
            score += 1.0
        elif place == 0 and not facets:
            score += FIRST
        if gains:
            score += GAIN * min(MOST_GAINS, gains_told(studied.held[position].folded))
        if len(facets) == 1 and tells(reader, passage, position, facets[0]):
            score += TELLS
        if best is None or score > best[0]:
            best = (score, passage, passage.sentences[position])
    assert best is not None
    return Claim(best[1], (best[2],), best[0], item=section)


def _says_as_much(candidates: list[Candidate], introduction: Candidate, line: Candidate) -> bool:
    """Whether the introduction of a list holds half of what its best line holds of a question: a line of another body's powers
    that names the one asked about does not make them its own."""
    own = next((c.own for c in candidates if c.key == introduction.key), 0.0)
    return introduction.key == line.key or own >= INTRODUCED * line.own


def enumeration(reader: Reader, candidates: list[Candidate]) -> list[Claim]:
    """The list that the best sentence introduces or stands in, introduction first; [] where it does neither."""
    if not candidates:
        return []
    # A sentence that introduces a list is taken before one that only tells about its subject nearly as well.
    best = max(candidates[:8], key=lambda c: c.score + (INTRODUCES if introduces(reader, c) else 0.0))
    document = reader.index.documents[best.passage.document]
    before = [
        replace(best, studied=reader.study(p), position=i)
        for p in reader.index.by_document[document.id]
        if p.section == best.passage.section
        for i, s in enumerate(p.sentences)
        if s.start <= best.sentence.start
    ]
    for candidate in reversed(before):
        if introduces(reader, candidate):
            found = with_list(reader, candidate)
            inside = best.sentence.start <= found[-1].sentences[-1].start
            return found if len(found) > 2 and inside and _says_as_much(candidates, candidate, best) else []
    return _answering(reader, best)


def _answering(reader: Reader, best: Candidate) -> list[Claim]:
    """The list in the section of a sentence, where a heading that asks is all that introduces it (需要带哪些材料？); else []."""
    if best.studied.asked is None:
        return []
    lines = [claim for claim in beside(reader, [best]) if LISTED.match(_words(reader, claim))]
    return lines if len(lines) > 2 else []


def _words(reader: Reader, claim: Claim) -> str:
    text = reader.index.documents[claim.passage.document].text
    return text[claim.sentences[0].start : claim.sentences[0].end]
