"""Citation markers in text that arrives piece by piece: [1], 【1】, ［1］, [1,2], [1-3]. Other brackets and code stay text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_OPENING, _CLOSING = "[【［", "]】］"
_INSIDE = frozenset(" ,，、;；-–—~～^")
# More characters than any marker has: what is longer is let go as text, so nothing is held back for long.
_LONGEST = 40
_MOST = 50  # numbers in a range
_NUMBERS = re.compile(r"\s*\^?\s*\d{1,3}(?:\s*[-,;~]\s*\d{1,3})*\s*")
_YEAR = re.compile(r"\s*\d{4,}\s*")


@dataclass(frozen=True)
class Marker:
    """A citation marker: the numbers it names, in order."""

    numbers: tuple[int, ...]


class MarkerReader:
    """Tells markers from text, a character at a time, so that it makes no difference how the text was cut.

    A bracket that may become a marker is held back until it is one or cannot be. Takes time linear in the text.
    """

    def __init__(self) -> None:
        self._held = ""
        self._ticks = 0  # backticks just seen in a row
        self._code = 0  # length of the run of backticks that opened the code we are in, 0 outside

    @property
    def fenced(self) -> bool:
        """Whether a block of code is open."""
        return self._code >= 3

    def read(self, character: str) -> list[str | Marker]:
        """What is certain after one more character: text, or a marker, or nothing yet."""
        if self._held:
            return self._hold(character)
        self._follow(character)
        if character in _OPENING:
            self._held = character
            return []
        return [character]

    def close(self) -> list[str | Marker]:
        """What was still held back at the end of the text."""
        held, self._held = self._held, ""
        return [held] if held else []

    def _hold(self, character: str) -> list[str | Marker]:
        if character in _CLOSING:
            held, self._held = self._held, ""
            return [self._resolved(held[1:], held + character)]
        if len(self._held) < _LONGEST and (character.isdecimal() or character in _INSIDE):
            self._held += character
            return []
        return [*self.close(), *self.read(character)]

    def _resolved(self, inside: str, written: str) -> str | Marker:
        folded = re.sub("[、，]", ",", re.sub("[–—～]", "-", unicodedata.normalize("NFKC", inside)))
        if _NUMBERS.fullmatch(folded):
            # In code it is none; its brackets are widened, so that no surface takes it for one.
            return f"［{inside}］" if self._code else Marker(_numbers(folded))
        # A year in brackets (国发[2021]5号) would read as a marker of ours.
        return f"〔{inside}〕" if _YEAR.fullmatch(folded) else written

    def _follow(self, character: str) -> None:
        """Keep track of code: a run of backticks opens it, a run as long closes it; a line's end closes what is no block."""
        if character == "`":
            self._ticks += 1
            return
        if self._ticks:
            if not self._code:
                self._code = self._ticks
            elif self._ticks == self._code or (self.fenced and self._ticks > self._code):
                self._code = 0
            self._ticks = 0
        if character == "\n" and not self.fenced:
            self._code = 0


def _numbers(inside: str) -> tuple[int, ...]:
    found: list[int] = []
    for part in re.split("[,;]", inside.replace("^", "")):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        first, last = min(ends), max(ends)
        found += range(first, min(last, first + _MOST) + 1)
    return tuple(dict.fromkeys(found))
