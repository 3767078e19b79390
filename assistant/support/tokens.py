"""Tokens of a sentence for the check: facts and turning words as one token each, the rest as characters and stems."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.support import facts, periods, polarity
from assistant.support.facts import Fact
from index.analysis import HAN, STOPWORDS_EN, fold, terms

# Markers of citations, a source's own reference marks among them: they are no numbers.
MARKER = re.compile(r"\s*[\[【［〔]\s*\d{1,3}(?:\s*[,，、–-]\s*\d{1,3})*\s*[\]】］〕]")
_REST = re.compile(rf"[{HAN}]|[^\W\d_]+|\d+|[,，;；:：。.!?！？、]")
_JOINING = frozenset("的了和与及或等并且而也都就又还其之以于在对将把被由为所个是有该此这那")
SENTENCE_ENDS = frozenset("。.!?")
CLAUSE_ENDS = SENTENCE_ENDS | set(",;:")


class Token(NamedTuple):
    """A token: kind "word" (a Han character or an English stem), "mark", "fact", or a kind of assistant/support/polarity.py.

    value: what is compared. text: as it stands in the folded text. weight: what a match of it is worth.
    """

    kind: str
    value: str
    text: str
    weight: float
    fact: Fact | None = None


@cache
def _polarity() -> list[tuple[re.Pattern[str], polarity.Kind, str]]:
    return polarity.compiled()


@cache
def _facts() -> list[tuple[re.Pattern[str], facts.Reader]]:
    return [(re.compile(pattern), read) for pattern, read in (*periods.PATTERNS, *facts.PATTERNS)]


def without_markers(text: str) -> str:
    """A text without citation markers and reference marks."""
    return MARKER.sub("", text)


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order."""
    folded = fold(without_markers(text))
    taken = bytearray(len(folded))
    found: list[tuple[int, Token]] = []

    def take(match: re.Match[str], token: Token) -> None:
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        found.append((match.start(), token))

    for pattern, read in _facts():
        for match in pattern.finditer(folded):
            if match.group() and not any(taken[match.start() : match.end()]):
                fact = read(match)
                if fact:
                    take(match, Token("fact", fact.value, match.group().strip(), 1.5, fact))
    for pattern, kind, value in _polarity():
        for match in pattern.finditer(folded):
            if not any(taken[match.start() : match.end()]):
                take(match, Token(kind, value, match.group(), 1.0))
    for match in _REST.finditer(folded):
        if not taken[match.start()]:
            take(match, _rest(match.group()))
    found.sort(key=lambda item: item[0])
    return tuple(token for _, token in found)


def _rest(text: str) -> Token:
    if not (text[0].isalnum()):
        return Token("mark", text, text, 0.1)
    if text.isascii():
        value = terms(text)[0] if text.isalpha() and terms(text) else text
        return Token("word", value, text, 0.3 if text in STOPWORDS_EN else 1.0)
    return Token("word", text, text, 0.4 if text in _JOINING else 1.0)


def clauses_of(tokens: tuple[Token, ...], least: int = 4) -> list[tuple[int, int]]:
    """The clauses of a sentence as spans of its tokens; one of fewer than `least` words goes with its neighbour."""
    spans: list[tuple[int, int]] = []
    begin = words = 0
    for place, token in enumerate(tokens):
        words += token.kind != "mark"
        if (token.kind == "mark" and token.value in CLAUSE_ENDS and words >= least) or place == len(tokens) - 1:
            if words < least and spans:
                spans[-1] = (spans[-1][0], place + 1)
            else:
                spans.append((begin, place + 1))
            begin, words = place + 1, 0
    return spans
