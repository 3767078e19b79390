"""The check of one claim: whether a few neighbouring sentences of its sources say it, with the same facts and polarity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.support.guards import absent_facts, differences
from assistant.support.names import absent_names
from assistant.support.tokens import tokens_of, without_markers
from assistant.understanding.lexicon import alike
from index.analysis import STOPWORDS_EN, language_of, terms
from index.embeddings import Embedder
from index.sentences import sentence_spans

Verdict = Literal["supported", "unsupported", "unsure"]

# Most sentences that may support one claim together.
WINDOW = 3
# Share of a claim's words that its window has to hold: to support it by words alone, and to be looked at at all.
SUPPORTED, NEAR = 0.75, 0.5
# Cosine from which a claim with fewer of the window's words is still taken to say the same.
ALIKE = 0.8
# Windows looked at closely, best first.
TRIED = 3


@dataclass(frozen=True)
class Support:
    """What the sources have to say for a claim.

    source: the source that supports it, or comes nearest; None where none shares anything with it.
    start, end: the supporting span in that source, in characters: whole sentences, at most three adjacent ones.
    score: share of the claim's words that the span holds, 0 to 1.
    reasons: what is not supported: "number:35%", "date:…", "article:…", "name:…", "negation", "modality", "direction", "words".
    """

    verdict: Verdict
    source: int | None
    start: int
    end: int
    score: float
    reasons: tuple[str, ...]


NOTHING = Support("unsupported", None, 0, 0, 0.0, ("words",))


class _Window(NamedTuple):
    source: int
    start: int
    end: int
    coverage: float
    crossing: bool


def check(claim: str, sources: Sequence[str], embedder: Embedder | None = None) -> Support:
    """Whether one of the sources supports a claim, and by which words.

    A claim is supported where at most three adjacent sentences of one source hold most of its words, all of its numbers,
    dates, numbered units and names, and turn nothing round. An embedder helps with other words for the same, and with a
    source in the other language. Citation markers in the claim are left out.
    """
    claim = without_markers(claim).strip()
    windows = _windows(claim, sources)
    found: list[Support] = []
    for window in windows[:TRIED]:
        support = _support(claim, sources[window.source], window, embedder)
        if support.verdict == "supported":
            return support
        found.append(support)
    rank = {"unsure": 0, "unsupported": 1, "supported": -1}
    return min(found, key=lambda s: (rank[s.verdict], len(s.reasons), -s.score), default=NOTHING)


def _windows(claim: str, sources: Sequence[str]) -> list[_Window]:
    """The runs of sentences that share words with a claim, most of them first; of equals the shortest."""
    language, words = language_of(claim), _key(claim)
    if not words:
        return []
    found = []
    for place, text in enumerate(sources):
        spans = _sentences(text)
        crossing = language_of(text) != language
        wanted = _crossed(claim) if crossing else [frozenset((word,)) for word in words]
        keys = [_key(text[start:end]) for start, end in spans]
        for first in range(len(spans)):
            held: set[str] = set()
            for last in range(first, min(first + WINDOW, len(spans))):
                held |= keys[last]
                coverage = sum(not others.isdisjoint(held) for others in wanted) / (len(wanted) or 1)
                found.append(_Window(place, spans[first][0], spans[last][1], coverage, crossing))
    # A further sentence has to add something to be taken in.
    found = [window for window in found if window.coverage > 0 or window.crossing]
    lengths = {window: window.end - window.start for window in found}
    return sorted(found, key=lambda w: (-round(w.coverage, 2), lengths[w]))


@lru_cache(maxsize=512)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text))


@lru_cache(maxsize=4096)
def _key(text: str) -> frozenset[str]:
    """What of a text is compared: pairs of Han characters and telling stems. Numbers are for the guards."""
    return frozenset(
        term
        for term in terms(without_markers(text))
        if len(term) > 1 and not any(c.isdigit() for c in term) and term not in STOPWORDS_EN
    )


def _crossed(claim: str) -> list[frozenset[str]]:
    """For each word of a claim the words of the other language that can stand for it."""
    from assistant.understanding.lexicon import words_of

    found = []
    for word in words_of(claim):
        others = {
            term for other in (word.text, *word.others, *alike(word.text)) for term in terms(other) if len(term) > 1
        }
        if others:
            found.append(frozenset(others))
    return found


def _support(claim: str, text: str, window: _Window, embedder: Embedder | None) -> Support:
    quote = text[window.start : window.end]
    mine, theirs = tokens_of(claim), tokens_of(quote)
    reasons = absent_names(claim, quote)
    likeness = _likeness(claim, quote, embedder)
    if window.crossing:
        reasons += absent_facts(mine, theirs, crossing=True)
        verdict = _crossing_verdict(window.coverage, likeness, reasons)
    else:
        reasons += differences(mine, theirs)
        verdict = _verdict(window.coverage, likeness, reasons)
    if not reasons and verdict != "supported":
        reasons = ["words"]
    return Support(
        verdict, window.source, window.start, window.end, round(window.coverage, 4), tuple(dict.fromkeys(reasons))
    )


def _likeness(claim: str, quote: str, embedder: Embedder | None) -> float:
    if embedder is None:
        return 0.0
    one, other = embedder.encode([claim, quote])
    return float(one @ other)


def _verdict(coverage: float, likeness: float, reasons: Sequence[str]) -> Verdict:
    if reasons or coverage < NEAR:
        return "unsupported"
    return "supported" if coverage >= SUPPORTED or likeness >= ALIKE else "unsure"


def _crossing_verdict(coverage: float, likeness: float, reasons: Sequence[str]) -> Verdict:
    if reasons:
        return "unsupported"
    if likeness >= 0.6 or coverage >= 0.6:
        return "supported"
    return "unsure" if likeness >= 0.35 or coverage >= 0.3 else "unsupported"
