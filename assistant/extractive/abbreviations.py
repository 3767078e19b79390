"""Abbreviations: 全国人大 for what the documents spell 全国人民代表大会, found in the documents themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache, partial
from itertools import pairwise

from assistant.understanding.lexicon import cut, segmented
from index.analysis import HAN, fold
from index.documents import Document
from index.numerals import NUMERAL
from index.store import PassageIndex

# Corpora of up to this many characters are searched, for words of up to so many.
MOST_SEARCHED = 2_000_000
_LONGEST = 6
# A full form leaves out at most so many characters between two that the short one keeps; it comes so often at least, and is
# so much of all that fits: one in twenty that fit would be chance.
GAP, LEAST, MOSTLY = 3, 3, 0.6

_RUN = re.compile(f"[{HAN}]+")


def searched(documents: Iterable[Document]) -> str:
    """The texts of some documents to search through; "" where that would take too long."""
    texts = [document.text for document in documents]
    return "\n".join(texts) if sum(map(len, texts)) <= MOST_SEARCHED else ""


class Abbreviations:
    """The full forms that an index has for short ones. Safe to share between threads."""

    def __init__(self, index: PassageIndex) -> None:
        self._corpus = searched(index.documents.values())
        self._letters = frozenset(self._corpus)
        self._full_form = lru_cache(maxsize=1024)(partial(_full_form, self._corpus))

    def spelt_out(self, text: str) -> str:
        """A question with each Chinese word that no document has in the full form that the documents have for it.

        A full form keeps the characters of the short one in order and begins with the first: 常委会 -> 常务委员会."""
        found = text
        for run in _RUN.findall(fold(text)) if self._corpus else ():
            for word in self._unknown(run):
                if word in found and (full := self._full_form(word)):
                    found = found.replace(word, full)
        return found

    def _unknown(self, run: str) -> list[str]:
        """The words of a run of Han characters that the documents lack; first with the word after each, for a short form may
        be cut in two."""
        words = cut(run)
        lacking = [w for w in words if len(w) > 1 and w not in self._corpus]
        pairs = [a + b for a, b in pairwise(words) if a in lacking or b in lacking]
        # Characters that no listed word takes may be the first ones of two that are (维保: 维护保养).
        loose = [w for w in segmented(run) if len(w) == 2 and w not in words and w not in self._corpus]
        initials = [w for w in loose if self._letters.issuperset(w) and _of_initials(w, self._full_form(w))]
        found = [w for w in (*pairs, *lacking) if len(w) <= _LONGEST and self._letters.issuperset(w)]
        return [w for w in (*found, *initials) if w[0] not in NUMERAL]


def _of_initials(word: str, full: str | None) -> bool:
    """Whether a short form is made of the first characters of the words of a full one."""
    return full is not None and "".join(part[0] for part in cut(full)) == word


def _full_form(corpus: str, word: str) -> str | None:
    found: list[str] = re.findall(f".{{0,{GAP}}}?".join(map(re.escape, word)), corpus)
    fits = Counter(full for full in found if _RUN.fullmatch(full))
    if not fits:
        return None
    full, times = fits.most_common(1)[0]
    if times < LEAST or times < MOSTLY * fits.total():
        return None
    # Where one character always follows, the form ends behind it: 人民代表大|会.
    following: Counter[str] = Counter(re.findall(f"{re.escape(full)}([{HAN}])", corpus))
    last, often = following.most_common(1)[0] if following else ("", 0)
    return full + last if often >= 0.9 * times else full
