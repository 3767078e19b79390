"""Slips of the keyboard in English words: one letter too many, too few, another one, or two exchanged; apostrophes left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from assistant.understanding.lexicon import UNLISTED, rarity, spelt_like, vague
from index.analysis import STOPWORDS_EN, terms

# Shorter words are one letter away from too many others.
SHORTEST = 6
# ... and longer ones are no words: what is one letter away from them would take a minute to try.
LONGEST = 24
_WORD = re.compile(rf"^[A-Za-z]{{{SHORTEST},{LONGEST}}}\b|\b[a-z]{{{SHORTEST},{LONGEST}}}\b")
# "Cheaper" is no slip, and texts have "cheap".
_DEGREE = re.compile(r"([a-z]{4,})(?:er|est)$")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def corrected(question: str, vocabulary: Collection[str]) -> str:
    """A question with each English word that nobody knows written as the documents write one nearly like it, else as the
    lexicon writes one. A capital tells a name, but for the question's first letter, and is left as it is."""
    return _WORD.sub(lambda match: _word(match.group(), vocabulary), question)


def _word(word: str, vocabulary: Collection[str]) -> str:
    folded = word.lower()
    stem = next(iter(terms(folded)), "")
    if not stem or stem in vocabulary or folded in STOPWORDS_EN or vague(folded) or rarity(stem) < UNLISTED:
        return word
    if degree := _DEGREE.match(folded):
        plain = re.sub("i$", "y", degree[1])
        if rarity(terms(plain)[0]) < UNLISTED:
            return plain
    slips = _slips(folded)
    for near, near_stem in slips:
        if near_stem in vocabulary:
            return near
    for near, near_stem in slips:
        if rarity(near_stem) < UNLISTED:
            return near
    listed = spelt_like(stem) if folded.startswith(stem) else ()
    return listed[0] + folded[len(stem) :] if listed else word


@lru_cache(maxsize=256)
def _slips(word: str) -> tuple[tuple[str, str], ...]:
    """The words of which a word may be a slip, with their stems, likeliest first; all begin with its first letter, which
    people get right."""
    cuts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    doubled = (a + a[-1] + b for a, b in cuts)
    exchanged = (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    short = (a + b[1:] for a, b in cuts if b)
    long = (a + c + b for a, b in cuts for c in _LETTERS)
    other = (a + c + b[1:] for a, b in cuts if b for c in _LETTERS)
    each: Iterable[str] = (w for ways in (doubled, exchanged, short, long, other) for w in ways)
    slips = [w for w in dict.fromkeys(each) if len(w) >= SHORTEST and w != word]
    return tuple(zip(slips, terms(" ".join(slips)), strict=False))  # terms: the stem of each, then numbers


# English contractions as they are typed on a telephone, and in which place the apostrophe goes. Capitals are an abbreviation (IM).
_CONTRACTED = re.compile(
    r"\b(?:((?:is|are|was|were|do|does|did|ca|could|wo|would|should|has|have|had|ai)n)(t)"
    r"|(what|that|where|how|who|there)(s)|(i)(m|ve)(?=\s+[a-z])|(they|you)(ve|re)|(we)(ve))\b(?!['’])",
    re.IGNORECASE,
)


def contracted(text: str) -> str:
    """A text with the apostrophes that its English contractions lack: isnt, whats, im."""
    return _CONTRACTED.sub(
        lambda match: match[0] if match[0].isupper() else "'".join(group for group in match.groups() if group), text
    )
