"""Citation markers in text that arrives piece by piece: [1], 【1】, ［1］, [1,2], [1-3], [[1]], [passage 1]. Other brackets and
code stay text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_OPENING, _CLOSING = "[【［", "]】］"
_OPENINGS = frozenset(_OPENING)
_INSIDE = frozenset(" ,，、;；-–—~～^")
# What some models call the passages that they cite.
_LABELS = ("passages", "sources", "documents", "段落", "来源", "文档", "第", "段")
# More characters than any marker has: what is longer is let go as text, so nothing is held back for long.
_LONGEST = 40
_MOST = 50  # numbers in a range
_NUMBER = r"(?:(?:passage|source|document)s?|段落|来源|文档|第)?\s*\d{1,3}\s*段?"
_NUMBERS = re.compile(rf"\s*\^?\s*{_NUMBER}(?:\s*[-,;~]\s*{_NUMBER})*\s*", re.IGNORECASE)
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
        self._twice = False  # the closing bracket of [[1]] is still to come
        self._code = 0  # length of the run of backticks that opened the code we are in, 0 outside

    @property
    def fenced(self) -> bool:
        """Whether a block of code is open."""
        return self._code >= 3

    def read(self, character: str) -> list[str | Marker]:
        """What is certain after one more character: text, or a marker, or nothing yet."""
        if self._held:
            return self._hold(character)
        twice, self._twice = self._twice, False
        if twice and character in _CLOSING:
            return []
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
            outer = held[: held[1:2] in _OPENINGS]
            inner = held[len(outer) :]
            found = self._resolved(inner[1:], inner + character)
            if isinstance(found, Marker):
                self._twice = bool(outer)
                return [found]
            return [outer + found]
        if len(self._held) < _LONGEST and self._fits(character):
            self._held += character
            return []
        return [*self.close(), *self.read(character)]

    def _fits(self, character: str) -> bool:
        """Whether a marker may go on with a character."""
        if character.isdecimal() or character in _INSIDE:
            return True
        if character in _OPENINGS:
            return len(self._held) == 1
        word = (re.search(r"[^\W\d_]*$", self._held) or [""])[0] + character
        return any(label.startswith(word.lower()) for label in _LABELS)

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
    for part in re.split("[,;]", inside):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        first, last = min(ends), max(ends)
        found += range(first, min(last, first + _MOST) + 1)
    return tuple(dict.fromkeys(found))
