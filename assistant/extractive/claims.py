"""Claims: the cited lines that an answer is made of, chosen sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.extractive.evidence import Candidate, Reader
from assistant.understanding.lexicon import Word, alike, words_of
from assistant.understanding.question import Question
from index.analysis import terms
from index.documents import Section
from index.passages import Passage, Sentence, width

# The length of an answer in Han characters and in sentences, by kind; lists and summaries have as many as they have items.
BUDGET = {"fact": 200, "definition": 240, "why": 300, "how": 300, "open": 300}
SENTENCES = {"fact": 2, "definition": 3, "why": 3, "how": 3, "open": 3}
# Kinds whose answer is one statement: a further sentence has to hold this share of the question that the first lacks.
TERSE, GAIN = ("fact",), 0.12
# A line of a list or a row of a table, and how many lines of one list are shown.
LISTED = re.compile(
    r"^[^|\n]+ \| |^\s*(?:[-*•·]\s|\d{1,2}[.．)）、](?!\d)\s?|[（(](?:[一二三四五六七八九十]+|\d{1,2}|[a-z])[)）])"
)
MOST_LINES = 20
# A point of an argument told in paragraphs: 一是供需错位。…… Whatever else its paragraph says is no line of the list.
FIRST_POINT = re.compile(r"^\s*一[是要]")
POINT = re.compile(r"^\s*[一二三四五六七八九十]+[是要]、?(?=[\u4e00-\u9fff])")
# In the section of the best sentence, for one that holds this share of the question.
SAME_SECTION, SAME_SUBJECT = 0.75, 0.55
# A further sentence must come this close to the best one.
CLOSE = {"fact": 0.95, "definition": 0.85, "why": 0.8, "how": 0.8, "open": 0.8}


@dataclass(frozen=True)
class Claim:
    """One cited line of an answer: neighbouring sentences of a passage, under the section it is an item of, if any."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    score: float
    item: Section | None = None


def selected(reader: Reader, question: Question, candidates: Sequence[Candidate]) -> list[Claim]:
    """The best sentences, each further one only where it comes close, is no repeat and adds to what is answered."""
    kind = question.kind if question.kind in BUDGET else "open"
    if kind == "definition":
        candidates = defining(reader, question, candidates)
    words = words_of(question.text)
    chosen: list[Candidate] = []
    room = float(BUDGET[kind])
    for candidate in candidates:
        length = width(_words(reader, candidate))
        if chosen and (length > room or len(chosen) >= SENTENCES[kind]):
            continue
        if chosen and candidate.score < _close(kind, chosen[0], candidate) * chosen[0].score:
            continue
        if any(repeats(reader, candidate, other) for other in chosen):
            continue
        if chosen and kind in TERSE and _gain(reader, words, chosen, candidate) < GAIN:
            continue
        chosen.append(candidate)
        room -= length
        if len(chosen) == 1 and introduces(reader, candidate):
            break  # a list with its introduction is an answer by itself
    if kind != "fact":
        chosen = _with_antecedents(reader, chosen)
    return [claim for c in sorted(chosen, key=lambda c: c.key) for claim in with_list(reader, c)]


_DEFINES = r"\s*[，,]?\s*(?:是指|指的是|系指|即|是|means?\b|refers? to\b|is defined as\b|is an?\b)"
_SUBJECT = r"\s*(?:通过|强调|能够|能|让|意味着|就是|作为|包括|involves?\b|includes?\b|enables?\b|can\b|allows?\b)"
DEFINING, SUBJECT = 0.35, 0.12
# Definitions are looked for in so many words in corpora of up to this many characters.
MOST_SCANNED = 5_000_000


_SAYS = r"[”\"」]?\s*[，,]?\s*(?:是指|指的是|系指|包括|是)"
_STATES = r"[”\"」』]?\s*[，,]?\s*(?:是指|指的是|系指|means?\b|refers? to\b|is defined as\b)"


def definitions(reader: Reader, question: Question) -> list[Claim]:
    """The sentences of any document that say in so many words what a term is (本法所称…，是指; "…" means), two at most."""
    if not question.term or sum(len(d.text) for d in reader.index.documents.values()) > MOST_SCANNED:
        return []
    term = "|".join(map(_spelt, [question.term, *alike(" ".join(terms(question.term)))]))
    stated = re.compile(
        f'(?:所称(?:的)?[“"「]?(?:{term}){_SAYS})|(?<![\\w\u4e00-\u9fff])(?:{term}){_STATES}', re.IGNORECASE
    )
    found: list[Claim] = []
    for passage in reader.index.passages:
        text = reader.index.documents[passage.document].text
        for sentence in passage.sentences:
            if stated.search(text, sentence.start, sentence.end):
                found.append(Claim(passage, (sentence,), 1.0))
    return found[:2]


def _spelt(term: str) -> str:
    return re.escape(term.rstrip("s")) + "s?" if term.isascii() else re.escape(term)


def defining(reader: Reader, question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for a definition: those first that say what the term is, then those whose subject it is."""
    term = question.term
    if not term:
        return list(candidates)
    spelt = (
        re.escape(term)
        if not term.isascii()
        else r"\b" + r"[\s-]+".join(re.escape(t) for t in term.split()) + r"(?:e?s)?"
    )
    found = []
    for candidate in candidates:
        folded = reader.study(candidate.passage).held[candidate.position].folded
        bonus = DEFINING if re.search(spelt + _DEFINES, folded) or re.search("所称" + spelt, folded) else 0.0
        bonus = bonus or (SUBJECT if re.search(spelt + _SUBJECT, folded) else 0.0)
        found.append(replace(candidate, score=candidate.score + bonus))
    return sorted(found, key=lambda c: (-c.score, c.key))


def introduction(reader: Reader, candidate: Candidate) -> Candidate | None:
    """For a line of a list, the sentence that introduces the list: without it a line says little, and often not whether
    it is demanded or forbidden."""
    document = reader.index.documents[candidate.passage.document]
    if not LISTED.match(reader.original(candidate)):
        return None
    for passage in reversed(reader.index.by_document[document.id]):
        if passage.section != candidate.passage.section or passage.id > candidate.passage.id:
            continue
        for position in reversed(range(len(passage.sentences))):
            sentence = passage.sentences[position]
            words = document.text[sentence.start : sentence.end]
            if sentence.start < candidate.sentence.start and not LISTED.match(words):
                found = replace(candidate, passage=passage, position=position)
                return found if words[-1] in ":：" else None
    return None


def _head(reader: Reader, candidate: Candidate) -> Candidate | None:
    """For a row of a table, the row that heads it: without it the cells do not say what they are of."""
    if " | " not in reader.original(candidate):
        return None
    first = candidate.position
    while first and " | " in reader.original(replace(candidate, position=first - 1)):
        first -= 1
    return replace(candidate, position=first) if first < candidate.position else None


def at_place(reader: Reader, question: Question, found: list[Claim]) -> list[Claim]:
    """The item of a list that a question asks for, told whole, [] where there is no such one; all where none is asked for."""
    if question.item is None:
        return found
    listed = [[claim] for claim in found if claim.item is not None] or _lines(reader, found)
    place = question.item - 1 if question.item > 0 else len(listed) + question.item
    if not 0 <= place < len(listed):
        return []
    first = listed[place][0]
    if first.item is None:
        return listed[place]
    return [
        replace(first, sentences=(s,), item=first.item if n == 0 else None)
        for n, s in enumerate(first.passage.sentences)
    ]


def beside(reader: Reader, candidates: Sequence[Candidate]) -> list[Claim]:
    """All that stands in the section of the best sentence, a claim each: a list there may have no introduction."""
    return [
        Claim(passage, (sentence,), best.score)
        for best in candidates[:1]
        for passage in reader.index.by_document[best.passage.document]
        if passage.section == best.passage.section
        for sentence in passage.sentences
    ]


def _lines(reader: Reader, found: list[Claim]) -> list[list[Claim]]:
    """The lines of a list among claims, each with what follows it in its paragraph."""
    lines: list[list[Claim]] = []
    end = 0
    for claim in found:
        text = reader.index.documents[claim.passage.document].text
        sentence = claim.sentences[0]
        if LISTED.match(text[sentence.start : sentence.end]):
            lines.append([claim])
        elif lines and "\n" not in text[end : sentence.start]:
            lines[-1].append(claim)
        end = claim.sentences[-1].end
    return lines


def distinct(found: Sequence[Claim]) -> list[Claim]:
    """Claims without those whose words another one before them has already."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for claim in found:
        words = {(claim.passage.id, sentence.start) for sentence in claim.sentences}
        if not words <= seen:
            kept.append(claim)
        seen |= words
    return kept


def introduces(reader: Reader, candidate: Candidate) -> bool:
    """Whether a sentence announces a list (“… 下列文件：”), or the first of several points comes right after it."""
    return reader.original(candidate)[-1] in ":：" or len(_points(reader, candidate)) > 1


def _points(reader: Reader, candidate: Candidate) -> list[Claim]:
    """The points that follow a sentence in its section, where the first one comes right after it (一是…… 二是……)."""
    document = reader.index.documents[candidate.passage.document]
    following = _following(reader, candidate)
    if not following or not FIRST_POINT.match(document.text[following[0][1].start : following[0][1].end]):
        return []
    return [
        Claim(passage, (sentence,), candidate.score)
        for passage, sentence in following
        if POINT.match(document.text[sentence.start : sentence.end])
    ]


def _following(reader: Reader, candidate: Candidate) -> list[tuple[Passage, Sentence]]:
    """The sentences after one, in its section."""
    passages = reader.index.by_document[candidate.passage.document]
    return [
        (p, s)
        for p in passages
        if p.section == candidate.passage.section
        for s in p.sentences
        if s.start >= candidate.sentence.end
    ]


def _close(kind: str, best: Candidate, candidate: Candidate) -> float:
    """How close to the best sentence a further one must come: less where it stands in the same section and holds the
    subject too, since a reason or a consequence is seldom told in one sentence."""
    together = candidate.passage.section == best.passage.section and candidate.own >= SAME_SUBJECT
    return SAME_SECTION if together and kind in ("why", "how") else CLOSE[kind]


def _gain(reader: Reader, words: list[Word], chosen: list[Candidate], candidate: Candidate) -> float:
    """The share of the question's words, by weight, that a sentence holds and those chosen do not."""
    held = reader.study(candidate.passage).held[candidate.position]
    before = [reader.study(c.passage).held[c.position] for c in chosen]
    total = sum(w.weight for w in words) or 1.0
    return sum(w.weight * max(0.0, held.match(w) - max(b.match(w) for b in before)) for w in words) / total


def with_list(reader: Reader, candidate: Candidate) -> list[Claim]:
    """A sentence as a claim; one that introduces a list (“… 下列文件：”) with the lines of the list, a claim each."""
    claim = Claim(candidate.passage, (candidate.sentence,), candidate.score)
    document = reader.index.documents[candidate.passage.document]
    if not introduces(reader, candidate):
        before = [c for c in (introduction(reader, candidate), _head(reader, candidate)) if c is not None]
        return [*(Claim(c.passage, (c.sentence,), candidate.score) for c in before), claim]
    if points := _points(reader, candidate):
        return [claim, *points]
    lines: list[Claim] = []
    for passage, sentence in _following(reader, candidate):
        words = document.text[sentence.start : sentence.end]
        if not LISTED.match(words) and lines and document.text[lines[-1].sentences[-1].end - 1] not in ";；,，":
            break
        lines.append(Claim(passage, (sentence,), candidate.score))
        if len(lines) == MOST_LINES:
            break
    return [claim, *lines]


def in_order(chosen: Sequence[Candidate]) -> list[Claim]:
    """Chosen sentences as claims in reading order."""
    return [Claim(c.passage, (c.sentence,), c.score) for c in sorted(chosen, key=lambda c: c.key)]


def repeats(reader: Reader, one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say the same: nearly the same vector, in any of their languages, or nearly the same words."""
    a, b = reader.study(one.passage), reader.study(other.passage)
    same = float(a.originals[one.position] @ b.originals[other.position])
    if a.translations is not None and b.translations is not None:
        same = max(same, float(a.translations[one.position] @ b.translations[other.position]))
    if same > 0.86:
        return True
    ours, theirs = a.held[one.position].terms, b.held[other.position].terms
    return len(ours & theirs) > 0.7 * min(len(ours), len(theirs))


_LEANING = re.compile(
    r"^(?:这|此|该|其|它|对此|据此)|^(?:this|these|that|those|it|they|such|its|their)\b", re.IGNORECASE
)


def _with_antecedents(reader: Reader, chosen: list[Candidate]) -> list[Candidate]:
    """A sentence that opens by pointing back brings the one it points to."""
    keys = {c.key for c in chosen}
    extended = list(chosen)
    for candidate in chosen:
        if candidate.position and _LEANING.match(reader.original(candidate)):
            previous = replace(candidate, position=candidate.position - 1)
            if previous.key not in keys:
                keys.add(previous.key)
                extended.append(previous)
    return extended


def _words(reader: Reader, candidate: Candidate) -> str:
    return candidate.sentence.translation or reader.original(candidate)
