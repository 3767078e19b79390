"""An answer cut into its claims, each held against the words it cites: what a report colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.support.check import check
from index.sentences import sentence_spans

Verdict = Literal["supported", "unsupported", "unsure", "uncited", "plain"]

_MARKER = re.compile(r"\[(\d+)\]")
_MARKERS = re.compile(r"(?:\s*\[\d+\])+")
_WORDS = re.compile(r"[^\W\d]")
_NUMBERING = re.compile(r"\s*(?:\d{1,2}[.、)）]|[-*•])\s+")


@dataclass(frozen=True)
class Claim:
    """A piece of an answer's text: a sentence with its markers, or what stands between two ("plain").

    markers: the numbers it cites. reasons: what its sources do not support, as the check tells it.
    """

    text: str
    verdict: Verdict
    markers: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def parts(self) -> list[tuple[str, int]]:
        """The text cut at its markers: (text, 0), and (marker, its number)."""
        cut = re.split(r"(\[\d+\])", self.text)
        return [(part, int(part[1:-1]) if _MARKER.fullmatch(part) else 0) for part in cut if part]


def claims(text: str, citations: Sequence[dict[str, Any]]) -> tuple[Claim, ...]:
    """The claims of an answer, in order; joined, their texts are the answer. citations: their JSON, in marker order."""
    found: list[Claim] = []
    at = 0
    for start, end in sentence_spans(text):
        start = max(start, at)
        if numbering := _NUMBERING.match(text, start):  # of a list's items; it claims nothing
            start = numbering.end()
        if behind := _MARKERS.match(text, end):  # a marker behind the full stop belongs before it
            end = behind.end()
        if end <= start:
            continue
        if start > at:
            found.append(Claim(text[at:start], "plain"))
        found.append(_judged(text[start:end], citations))
        at = end
    if at < len(text):
        found.append(Claim(text[at:], "plain"))
    return tuple(found)


def _judged(text: str, citations: Sequence[dict[str, Any]]) -> Claim:
    markers = tuple(int(number) for number in _MARKER.findall(text))
    if not _WORDS.search(_MARKER.sub("", text)):
        return Claim(text, "plain", markers)
    cited = [citations[number - 1] for number in markers if 0 < number <= len(citations)]
    sources = [words for one in cited for words in (one["quote"], one.get("translation")) if words]
    if not sources:
        return Claim(text, "uncited", markers)
    support = check(text, sources)
    return Claim(text, support.verdict, markers, support.reasons)
