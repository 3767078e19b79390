"""Romanised names: an English question writes Pingru for what Chinese documents call 平汝."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from pathlib import Path

from assistant.extractive.abbreviations import searched
from assistant.understanding import names
from assistant.understanding.lexicon import UNLISTED, rarity
from index.analysis import terms
from index.store import PassageIndex

# Names of so many syllables are looked for, that stand in the documents so often at least.
SYLLABLES, LEAST = (2, 3), 2
# A name, with what it is in Chinese beside it, and what kind of place it is.
_CAPITALISED = re.compile(
    rf"\b([A-Z][a-z]{{3,17}})\b(?:{names.IN_CHINESE})?( (?:County|City|District|Province|Prefecture|Town(?:ship)?"
    rf"|Village))?"
)
_OPENING = re.compile(r"(?:^|[.?!:;“\"(]\s*)$")


class Romanised:
    """The names that an index has for those that a question spells in pinyin. Safe to share between threads."""

    def __init__(self, index: PassageIndex) -> None:
        self._corpus = searched(d for d in index.documents.values() if d.language == "zh")
        self._vocabulary = index.lexical.vocabulary
        self._name = lru_cache(maxsize=1024)(partial(_name, self._corpus))

    def restored(self, text: str) -> str:
        """A text with each capitalised word that no document has, and is no English one, in Chinese as the documents have it: a
        name that is listed, or characters that are read so."""
        return _CAPITALISED.sub(self._restored, text) if self._corpus else text

    def _restored(self, match: re.Match[str]) -> str:
        word, beside, kind = match.groups(default="")
        stem = next(iter(terms(word)), "")
        opens = _OPENING.search(match.string[: match.start()]) is not None
        if not stem or stem in self._vocabulary:
            return match.group()
        chinese = beside or names.chinese_of(word)
        if chinese is None and not (opens and rarity(stem) < UNLISTED):
            chinese = self._name(word.lower())
        return chinese + kind.lower() if chinese and chinese in self._corpus else match.group()


def _name(corpus: str, word: str) -> str | None:
    """What stands most often in a corpus of all that is read as a word."""
    found = Counter(
        fit
        for syllables in _split(word)
        for fit in re.findall("".join(f"[{_readings()[syllable]}]" for syllable in syllables), corpus)
    )
    name, times = found.most_common(1)[0] if found else ("", 0)
    return name if times >= LEAST else None


def _split(word: str, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The ways to read a word as syllables."""
    if not word and len(before) >= SYLLABLES[0]:
        yield before
    if word and len(before) < SYLLABLES[1]:
        for end in range(1, min(6, len(word)) + 1):
            if word[:end] in _readings():
                yield from _split(word[end:], (*before, word[:end]))


@cache
def _readings() -> dict[str, str]:
    """The characters of each syllable (see index/training/pinyin.py)."""
    lines = Path(names.__file__).with_name("pinyin.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
