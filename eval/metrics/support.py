"""Lexical support: what share of an answer's sentences is said by what they cite, as the assistant's own check sees it.

Call it that, never faithfulness: `assistant eval battery` prints what the check catches and what it misses.
"""

from __future__ import annotations

import re

from assistant.support.check import Support, check
from eval.replies import Reply
from index.sentences import sentence_spans

MARKERS = re.compile(r"(?:\s*\[\d+\])+")
NUMBER = re.compile(r"\[(\d+)\]")
# A list's label and the heading before an item's sentence are not claims.
LABEL = re.compile(r"^\s*(?:[-*]|\d+[.)])\s+|\*\*[^*]+\*\*\s*[:：]?\s*")


def lexical_support(reply: Reply) -> float | None:
    """Share of an answer's sentences that the passages cited for them support. None where there is no sentence.

    A marker speaks for the sentences of its line since the marker before it. A sentence that cites nothing is not
    supported, but one that ends in a colon only leads to a list.
    """
    verdicts = [judged(reply, claim, numbers).verdict == "supported" for claim, numbers in cited_claims(reply.text)]
    return sum(verdicts) / len(verdicts) if verdicts else None


def judged(reply: Reply, claim: str, numbers: tuple[int, ...]) -> Support:
    """The support of a claim by the citations of a reply that speak for it."""
    return check(claim, [text for number in numbers for text in _sources(reply, number)])


def cited_claims(text: str) -> list[tuple[str, tuple[int, ...]]]:
    """The sentences of an answer, each with the numbers of the citations that speak for it."""
    return [(text[start:end], numbers) for start, end, numbers in claim_spans(text)]


def claim_spans(text: str) -> list[tuple[int, int, tuple[int, ...]]]:
    """Where in an answer its sentences stand, without their labels and markers, and what speaks for each."""
    found: list[tuple[int, int, tuple[int, ...]]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        begin = 0
        for match in (*MARKERS.finditer(line), None):
            # A label leaves its place, so that what is behind it keeps its own.
            said = LABEL.sub(lambda label: " " * len(label[0]), line[begin : match.start() if match else len(line)])
            numbers = tuple(int(number) for number in NUMBER.findall(match.group())) if match else ()
            for start, end in sentence_spans(said):
                claim = said[start:end].strip()
                if any(c.isalnum() for c in claim) and (numbers or not claim.endswith((":", "："))):
                    first = at + begin + start + len(said[start:end]) - len(said[start:end].lstrip())
                    found.append((first, first + len(claim), numbers))
            begin = match.end() if match else len(line)
        at += len(line)
    return found


def _sources(reply: Reply, number: int) -> list[str]:
    if not 0 < number <= len(reply.citations):
        return []
    cited = reply.citations[number - 1]
    return [text for text in (cited.passage or cited.quote, cited.translation) if text]
