"""Windows: the runs of neighbouring sentences in the sources that may support a claim, likeliest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.support.names import SPELT_OUT
from assistant.support.tokens import without_markers
from assistant.understanding.lexicon import alike, words_of
from index.analysis import STOPWORDS_EN, fold, language_of, terms
from index.numerals import NUMERAL
from index.sentences import sentence_spans

# Most sentences that may support one claim together.
WIDEST = 3


class Window(NamedTuple):
    """A run of sentences of a source: sources[source][start:end].

    coverage: share of the claim's words that it holds. crossing: it is in the other language than the claim.
    """

    source: int
    start: int
    end: int
    coverage: float
    crossing: bool = False


def verbatim(claim: str, sources: Sequence[str]) -> Window | None:
    """The window that is the claim itself, but for spaces, width, script and marks."""
    wanted = _letters(claim)
    if not wanted:
        return None
    for place, text in enumerate(sources):
        spans = _sentences(text)
        for first in range(len(spans)):
            said = ""
            for last in range(first, min(first + WIDEST, len(spans))):
                said += _letters(text[spans[last][0] : spans[last][1]])
                if said == wanted:
                    return Window(place, spans[first][0], spans[last][1], 1.0)
                if not wanted.startswith(said):
                    break
    return None


def windows(claim: str, sources: Sequence[str]) -> list[Window]:
    """The windows that share words with a claim, and all in the other language; of equal ones the shorter first.

    Words of the other language count where the lexicon lists them as ones that can stand for the claim's.
    """
    language = language_of(claim)
    found: list[Window] = []
    for place, text in enumerate(sources):
        spans = _sentences(text)
        crossing = language_of(text) != language
        wanted = _translations(claim) if crossing else [_forms(word) for word in _words(claim)]
        held = [_words(text[start:end]) for start, end in spans]
        for first in range(len(spans)):
            together: set[str] = set()
            for last in range(first, min(first + WIDEST, len(spans))):
                together |= held[last]
                shared = sum(not others.isdisjoint(together) for others in wanted)
                if shared or crossing:
                    found.append(Window(place, spans[first][0], spans[last][1], shared / (len(wanted) or 1), crossing))
    return sorted(found, key=lambda w: (-round(w.coverage, 2), w.end - w.start))


@lru_cache(maxsize=512)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text))


# Marks between digits are part of a number, and a minus before one is.
_MARKS = re.compile(r"(?<!\d)[\s,.;:!?\"'“”‘’()、。]+|[\s,;:!?\"'“”‘’()、。]+(?!\d)|[\s.]+$")


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    return _MARKS.sub("", fold(without_markers(text)))


_NUMERALS = re.compile(f"[百千万]分之[{NUMERAL}点]+|[{NUMERAL}]{{2,}}")


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """What of a text is compared: pairs of Han characters and telling stems. Numbers are for the guards."""
    return frozenset(
        term
        for term in terms(_NUMERALS.sub(" ", without_markers(text)))
        if len(term) > 1 and not any(c.isdigit() for c in term) and term not in STOPWORDS_EN
    )


@lru_cache(maxsize=4096)
def _forms(word: str) -> frozenset[str]:
    """A word and, of an abbreviation, the words that it stands for."""
    return frozenset((word, *(term for other in SPELT_OUT.get(word, ()) for term in terms(other) if len(term) > 1)))


@lru_cache(maxsize=256)
def _translations(claim: str) -> list[frozenset[str]]:
    """For each word of a claim the words of the other language that can stand for it."""
    found = []
    for word in words_of(claim):
        spelt = {term for other in (word.text, *word.others, *alike(word.text)) for term in terms(other)}
        if others := frozenset(term for term in spelt if len(term) > 1):
            found.append(others)
    return found
