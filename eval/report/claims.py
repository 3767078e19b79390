"""An answer cut into its claims, each held against what it cites: what a report colours, as lexical support counts it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from eval.metrics.support import MARKERS, NUMBER, claim_spans, judged
from eval.replies import Reply

Verdict = Literal["supported", "unsupported", "unsure", "uncited", "plain"]


@dataclass(frozen=True)
class Claim:
    """A piece of an answer's text: a sentence, or what stands between two and claims nothing ("plain").

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
        return [(part, int(part[1:-1]) if NUMBER.fullmatch(part) else 0) for part in cut if part]


def claims(reply: Reply) -> tuple[Claim, ...]:
    """The claims of an answer, in order; joined, their texts are the answer. A refusal and small talk claim nothing."""
    if reply.outcome != "answer":
        return (Claim(reply.text, "plain"),) if reply.text else ()
    found: list[Claim] = []
    at = 0
    for start, end, numbers in claim_spans(reply.text):
        if start > at:
            found.append(Claim(reply.text[at:start], "plain"))
        support = judged(reply, reply.text[start:end], numbers)
        if behind := MARKERS.match(reply.text, end):
            end = behind.end()
        verdict: Verdict = support.verdict if numbers else "uncited"
        found.append(Claim(reply.text[start:end], verdict, numbers, support.reasons if numbers else ()))
        at = end
    if at < len(reply.text):
        found.append(Claim(reply.text[at:], "plain"))
    return tuple(found)
