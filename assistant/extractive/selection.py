"""Selection: the sentences that answer a question best, as many as its kind needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.claims import Claim, repeats
from assistant.extractive.definitions import defining
from assistant.extractive.evidence import Candidate
from assistant.extractive.lines import heads_table, introduces, is_row, with_list
from assistant.extractive.reading import POINTS_BACK, Reader
from assistant.understanding.lexicon import Word, words_of
from assistant.understanding.question import Question
from index.passages import width

# The length of an answer in Han characters and in sentences, by kind; lists and summaries have as many as they have items.
BUDGET = {"fact": 200, "definition": 240, "why": 320, "how": 300, "open": 300}
SENTENCES = {"fact": 2, "definition": 3, "why": 3, "how": 3, "open": 3}
# Paragraphs of up to this many Han characters are told from the best sentence on, but for a fact. On development halves that
# gives 0.4 to 0.7 of nugget recall and takes 0.1 to 0.6 of citation precision.
PARAGRAPH, TOLD_ON = 140, ("how", "list", "open", "why")
# ... and one between two chosen ones so close.
BETWEEN = 0.65
# How far behind the best one in meaning, as the encoder reads them, a further sentence may be: nearer (0.12, 0.1), and answers lose
# what they need (development halves).
BEHIND = 0.15
# The head of a table names what is asked for where it holds so much of the question.
NAMED_BY_HEAD = 0.5
# Kinds whose answer is one statement: a further sentence from elsewhere has to hold this share of the question that the first
# lacks.
TERSE, GAIN = ("fact",), 0.12
# ... and this share, to be told for going on from it.
GOES_ON = 0.15
# A further sentence must come this close to the best one: in its section, where what goes on mostly belongs to the answer,
# and elsewhere, where half of what comes close does not (see eval/suites: 85 % and 45 % of the second ones are evidence).
BESIDE = {"fact": 0.85, "definition": 0.75, "why": 0.75, "how": 0.75, "open": 0.75}
ELSEWHERE = {"fact": 0.95, "definition": 0.9, "why": 0.9, "how": 0.9, "open": 0.9}
# ... less this where the cross-encoder takes it for an answer, by log-odds of LIKELY; and then it need not read as near. On
# development halves (n=1,864 and 1,720) that takes nugget recall from 85.2 to 85.6 % in Chinese and from 78.8 to 79.3 in
# English, and citation precision from 88.1 to 87.7 and from 82.3 to 82.0.
LIKELY, LEEWAY = 0.0, 0.2


def selected(reader: Reader, question: Question, candidates: Sequence[Candidate]) -> list[Claim]:
    """The best sentences, each further one only where it comes close, is no repeat and adds to what is answered."""
    kind = question.kind if question.kind in BUDGET else "open"
    if kind == "definition":
        candidates = defining(question, candidates)
    words = words_of(question.text)
    candidates = _rows_for_heads(question, candidates) or candidates
    chosen: list[Candidate] = []
    room = float(BUDGET[kind])
    for candidate in candidates:
        length = width(_words(candidate))
        if chosen and (length > room or len(chosen) >= SENTENCES[kind]):
            continue
        if chosen and candidate.score < _close(kind, chosen[0], candidate) * chosen[0].score - _leeway(candidate):
            continue
        if chosen and candidate.reading < chosen[0].reading - BEHIND and not _leeway(candidate):
            continue
        if any(repeats(reader, candidate, other) for other in chosen):
            continue
        beside = any(_beside(candidate, other) for other in chosen)
        if chosen and kind in TERSE and not beside and _gain(words, chosen, candidate) < GAIN:
            continue
        chosen.append(candidate)
        room -= length
        if len(chosen) == 1 and introduces(reader, candidate):
            break  # a list with its introduction is an answer by itself
    if kind == "why":
        chosen = _with_reason(chosen)
    chosen = _with_contrary(question, chosen)
    chosen = _with_next(words, _with_antecedents(_without_gaps(chosen, candidates)) if kind != "fact" else chosen)
    chosen = _with_paragraph(reader, question, chosen)
    return [claim for c in sorted(chosen, key=lambda c: c.key) for claim in with_list(reader, c)]


def _rows_for_heads(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates with the row of a table that says most of what is asked in place of its head, which is shown with each row;
    without either where no row says any of it, but with the head and so all rows where a list is asked for that it names."""
    found: dict[tuple[int, int], Candidate] = {}
    for candidate in candidates:
        if not heads_table(candidate):
            found.setdefault(candidate.key, candidate)
            continue
        table = [c for c in candidates if c.passage.id == candidate.passage.id and c.key != candidate.key and c.own]
        rows = [c for c in table if is_row(c)]
        if rows:
            row = max(rows, key=lambda c: (c.own, c.score))
            found.setdefault(row.key, replace(row, score=candidate.score))
        elif question.kind == "list" and candidate.own >= NAMED_BY_HEAD:
            found.setdefault(candidate.key, candidate)
    return list(found.values())


def _leeway(candidate: Candidate) -> float:
    """How much further behind the best one a sentence may lie: LEEWAY where the cross-encoder takes it for an answer, else 0."""
    return LEEWAY if candidate.odds is not None and candidate.odds >= LIKELY else 0.0


def _close(kind: str, best: Candidate, candidate: Candidate) -> float:
    """How close to the best sentence a further one must come."""
    return (BESIDE if _beside(candidate, best) else ELSEWHERE)[kind]


def _beside(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences stand in one section of one document."""
    return (one.passage.document, one.passage.section) == (other.passage.document, other.passage.section)


def _gain(words: list[Word], chosen: list[Candidate], candidate: Candidate) -> float:
    """The share of the question's words, by weight, that a sentence holds and those chosen do not."""
    held = candidate.held
    before = [c.held for c in chosen]
    total = sum(w.weight for w in words) or 1.0
    return sum(w.weight * max(0.0, held.match(w) - max(b.match(w) for b in before)) for w in words) / total


def _without_gaps(chosen: list[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Chosen sentences with one that stands between two of them, where it comes near: it leads from the one to the other."""
    keys = {c.key for c in chosen}
    between = {(number, place + 1) for number, place in keys if (number, place + 2) in keys} - keys
    return chosen + [c for c in candidates if c.key in between and c.score >= BETWEEN * chosen[0].score]


def _with_antecedents(chosen: list[Candidate]) -> list[Candidate]:
    """A sentence that opens by pointing back brings the one it points to."""
    keys = {c.key for c in chosen}
    extended = list(chosen)
    for candidate in chosen:
        if candidate.position and POINTS_BACK.search(candidate.original):
            previous = replace(candidate, position=candidate.position - 1)
            if previous.key not in keys:
                keys.add(previous.key)
                extended.append(previous)
    return extended


def _following(chosen: list[Candidate]) -> Candidate | None:
    """The sentence after the best one, where it is not chosen itself."""
    following = chosen[0].after if chosen else None
    return following if following and following.key not in {c.key for c in chosen} else None


_REASON = re.compile(
    r"^(?:究其原因|其?(?:主要)?原因(?:在于|是|有)|这(?:主要)?是因为|因为|由于)"
    r"|^.{0,20}(?:之所以|如此|这样).{0,20}(?:是因为|因为|由于|是为了)"
    r"|^(?:this is because|because|the (?:main )?reasons?)\b|\b(?:this way|like this|so)\b.{0,15}\bbecause\b",
    re.IGNORECASE,
)


def _with_reason(chosen: list[Candidate]) -> list[Candidate]:
    """What is asked why, with the next sentence where that opens with the reason."""
    following = _following(chosen)
    return [*chosen, following] if following and _REASON.search(following.original) else chosen


# In English alone: what a Chinese question denies is mostly its subject (有什么不好, 要不要).
_DENIES = re.compile(r"\b(?:not|never|without|cannot)\b|n't\b")


def _with_contrary(question: Question, chosen: list[Candidate]) -> list[Candidate]:
    """What is asked of those who do not, with the next sentence where the best one is about those who do and that about them."""
    following = _following(chosen)
    if following is None or not _DENIES.search(question.folded):
        return chosen
    contrary = _DENIES.search(following.held.folded) and not _DENIES.search(chosen[0].held.folded)
    return [*chosen, following] if contrary else chosen


def _with_next(words: list[Word], chosen: list[Candidate]) -> list[Candidate]:
    """The one sentence that states a fact; with the next, where that goes on from it and says what it lacks (leave lasts ten
    weeks. It is approved by …)."""
    following = _following(chosen) if len(chosen) == 1 else None
    if following is None:
        return chosen
    goes_on = POINTS_BACK.search(following.original) and _gain(words, chosen, following) >= GOES_ON
    return [*chosen, following] if goes_on else chosen


def _with_paragraph(reader: Reader, question: Question, chosen: list[Candidate]) -> list[Candidate]:
    """Chosen sentences with what follows the best one in its paragraph, where that is short: an article is one thought."""
    if not chosen or question.kind not in TOLD_ON or introduces(reader, chosen[0]):
        return chosen
    best = chosen[0]
    document = reader.index.documents[best.passage.document]
    block = document.block_at(best.sentence.start)
    if width(document.text[block.start : block.end]) > PARAGRAPH:
        return chosen
    keys = {c.key for c in chosen}
    following = [
        replace(best, position=position)
        for position, sentence in enumerate(best.passage.sentences)
        if position > best.position and sentence.start < block.end
    ]
    return chosen + [c for c in following if c.key not in keys]


def _words(candidate: Candidate) -> str:
    return candidate.sentence.translation or candidate.original
