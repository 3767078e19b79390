"""Lexical support: what share of an answer's sentences is said by what they cite, as the assistant's own check sees it.

Call it that, never faithfulness: `assistant eval battery` prints what the check catches and what it misses.
"""

from __future__ import annotations

import re

from assistant.support.check import check
from eval.replies import Reply
from index.sentences import sentence_spans

_MARKERS = re.compile(r"(?:\s*\[\d+\])+")
_NUMBER = re.compile(r"\[(\d+)\]")
# A list's label and the heading before an item's sentence are not claims.
_LABEL = re.compile(r"^\s*(?:[-*]|\d+[.)])\s+|\*\*[^*]+\*\*\s*[:：]?\s*")


def lexical_support(reply: Reply) -> float | None:
    """Share of an answer's sentences that the passages cited for them support. None where there is no sentence.

    A marker speaks for the sentences of its line since the marker before it. A sentence that cites nothing is not
    supported, but one that ends in a colon only leads to a list.
    """
    verdicts = [
        check(claim, [text for number in numbers for text in _sources(reply, number)]).verdict == "supported"
        for claim, numbers in cited_claims(reply.text)
    ]
    return sum(verdicts) / len(verdicts) if verdicts else None


def cited_claims(text: str) -> list[tuple[str, tuple[int, ...]]]:
    """The sentences of an answer, each with the numbers of the citations that speak for it."""
    found: list[tuple[str, tuple[int, ...]]] = []
    for line in text.splitlines():
        begin = 0
        for match in (*_MARKERS.finditer(line), None):
            said = _LABEL.sub("", line[begin : match.start() if match else len(line)])
            numbers = tuple(int(number) for number in _NUMBER.findall(match.group())) if match else ()
            for start, end in sentence_spans(said):
                claim = said[start:end]
                if any(c.isalnum() for c in claim) and (numbers or not claim.endswith((":", "："))):
                    found.append((claim, numbers))
            begin = match.end() if match else len(line)
    return found


def _sources(reply: Reply, number: int) -> list[str]:
    if not 0 < number <= len(reply.citations):
        return []
    cited = reply.citations[number - 1]
    return [text for text in (cited.passage or cited.quote, cited.translation) if text]
