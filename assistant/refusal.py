"""Refusal: whether the documents answer a question at all, weighed before anything is composed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence import Candidate, Reader
from assistant.names import names_in
from assistant.question import Question
from assistant.structure import lookup
from index.analysis import fold, query_terms, terms
from index.store import Hit, PassageIndex

# The floor of the evidence score below which a question counts as unanswered, where the index carries no value of its own
# (see assistant/calibration.py).
FLOOR = 0.5
# A fact is either there or not: what is asked for has to be in the sentence, not only the subject.
STRICTER = 1.5
# A name that this share of the passages holds is what the documents are about, and asks for nothing by itself.
COMMON = 0.15
# A sentence without the name or year asked for must beat one that has it by this factor to be taken instead.
WITHOUT = 1.35


@dataclass(frozen=True)
class Verdict:
    """answerable: the evidence is strong enough. missing: what the question names and the evidence does not hold.

    conflict: the best evidence contradicts what the question takes for granted. candidates: the evidence that counts.
    """

    answerable: bool
    candidates: list[Candidate]
    missing: str | None = None
    conflict: bool = False


def judge(reader: Reader, question: Question, hits: list[Hit], candidates: list[Candidate], floor: float) -> Verdict:
    """Weigh the evidence for a question."""
    if question.kind == "section" and question.units:
        found = lookup(reader.index, question.units)
        return Verdict(bool(found), candidates, None if found else _unit(question))
    if question.kind == "reference":
        return Verdict(True, candidates)  # decided by whether a sentence carries the mark
    if question.kind == "summary" and not _subject(question):
        return Verdict(bool(hits), candidates)
    missing = _unmentioned(reader.index, question)
    if missing or not candidates:
        return Verdict(False, candidates, missing)
    kept = _holding(reader, question, candidates)
    if not kept:
        return Verdict(False, candidates, next(iter(_demands(reader.index, question)), (None,))[0])
    if strength(kept) < floor * (STRICTER if question.kind == "fact" else 1.0):
        return Verdict(False, candidates)
    return Verdict(True, kept, conflict=contradicts(reader, question, kept[0]))


def strength(candidates: list[Candidate]) -> float:
    """How strong the best evidence is, 0 to about 1.5; what the floor is compared with."""
    return max(c.coverage + c.cosine for c in candidates[:5])


_WHOLE = re.compile(
    r"总结|概括|概述|归纳|摘要|主要|核心|内容|观点|主旨|大意|结论|讲|说|写|研究|这篇|论文|文章|文档|全文|报告|简要|简单|一下|用一句话|一句话|帮我|请|给出|这份|整篇|介绍|"
    r"\b(?:summar\w*|overview|main|points?|ideas?|arguments?|findings?|conclusions?|message|content|gist|nutshell|paper|document|article|text|study|report|about|argue|key|takeaways?|abstract|brief\w*|short|whole|entire|sentence|words?|quick)\b"
)


def _subject(question: Question) -> bool:
    """Whether a request for a summary names a subject beyond the document itself."""
    return bool([t for t in query_terms(_WHOLE.sub(" ", question.folded)) if len(t) > 1 or not t.isascii()]) and bool(
        re.search(r"[a-z\u3400-\u9fff]{2,}", _WHOLE.sub(" ", question.folded))
    )


def _unit(question: Question) -> str:
    match = re.search(
        r"第\s*\S{1,6}?\s*(?:编|章|节|条|部分)|(?:section|chapter|article|part|clause|rule)\s*[\d.]+", question.folded
    )
    return match.group() if match else question.units[0]


def _unmentioned(index: PassageIndex, question: Question) -> str | None:
    """A name, year or quoted term of the question that no document holds, or None."""
    vocabulary = index.lexical.vocabulary
    for name in names_in(question.text):
        if not any(wanted and all(t in vocabulary for t in wanted) for wanted in name.term_sets()):
            return name.text
    for year in question.years:
        if year not in vocabulary:
            return year
    for quoted in question.quoted:
        wanted = [t for t in terms(quoted) if len(t) > 1]
        if wanted and not any(t in vocabulary for t in wanted):
            return quoted
    return None


def _demands(index: PassageIndex, question: Question) -> list[tuple[str, list[list[str]]]]:
    """The names and years that an answering sentence, or the passage around it, has to hold: the text, and term sets."""
    rows = max(1, index.lexical.rows)
    demands: list[tuple[str, list[list[str]]]] = []
    for name in names_in(question.text):
        sets = [wanted for wanted in name.term_sets() if wanted]
        if sets and max(min(map(index.lexical.frequency, wanted)) for wanted in sets) < COMMON * rows:
            demands.append((name.text, sets))
    demands += [(year, [[year]]) for year in question.years]
    return demands


def _holding(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates that hold each name and year asked for, in the sentence or else around it; all where none is asked for.

    [] where they only stand in sentences about something else.
    """
    kept = candidates
    for _, sets in _demands(reader.index, question):
        near = [c for c in kept if _holds(reader, c, sets, around=True)]
        exact = [c for c in near if _holds(reader, c, sets, around=False)]
        chosen = exact if exact and exact[0].score * WITHOUT >= kept[0].score else near
        if not chosen or chosen[0].score * WITHOUT < kept[0].score:
            return []
        kept = chosen
    return kept


def _holds(reader: Reader, candidate: Candidate, sets: list[list[str]], *, around: bool) -> bool:
    studied = reader.study(candidate.passage)
    held = studied.terms[candidate.position]
    if around:
        held = held | studied.headings.terms | studied.around.terms
    return any(all(t in held for t in wanted) for wanted in sets)


_UP = re.compile(
    r"上升|增长|提高|增加|上涨|提升|扩大|增强|上扬|攀升|变大|变强|变多|变好|改善"
    r"|\b(?:ris(?:e|es|en|ing)|rose|increas\w*|gr[eo]w\w*|climb\w*|expand\w*|improv\w*|went up|go(?:ne|ing)? up)\b"
)
_DOWN = re.compile(
    r"下降|减少|降低|下滑|下跌|缩小|减弱|萎缩|衰退|走低|回落|变小|变弱|变少|变差|恶化"
    r"|\b(?:f[ae]ll(?:s|en|ing)?|declin\w*|decreas\w*|drop\w*|shr[aiu]nk\w*|reduc\w*|weaken\w*|went down|go(?:ne|ing)? down|worsen\w*)\b"
)
_ASSERTS = re.compile(
    r"吗|是不是|是否|对不对|对吧|为什么|为何|原因|多少|到了|是真的|\b(?:did|does|do|is|are|was|were|has|have|why|by how much|how much|true|isn't|didn't)\b"
)
_CONFIRMS = re.compile(
    r"吗|是不是|是否|对不对|对吧|是真的|^(?:did|does|do|is|are|was|were|has|have)\b|\btrue\b|\bright\?$"
)


def contradicts(reader: Reader, question: Question, best: Candidate) -> bool:
    """Whether a question takes a direction or a number for granted that the best sentence states otherwise."""
    if question.kind in ("how", "list", "summary", "comparison") or not _ASSERTS.search(question.folded):
        return False
    document = reader.index.documents[best.passage.document]
    words = fold(document.text[best.sentence.start : best.sentence.end] + " " + (best.sentence.translation or ""))
    up, down = bool(_UP.search(question.folded)), bool(_DOWN.search(question.folded))
    if up != down:
        there_up, there_down = bool(_UP.search(words)), bool(_DOWN.search(words))
        if there_up != there_down and there_up != up:
            return True
    stated = set(reader.study(best.passage).terms[best.position])
    claimed = [n for n in question.numbers if n not in question.years]
    return bool(claimed) and bool(_CONFIRMS.search(question.folded)) and not any(n in stated for n in claimed)
