"""Sentences of Chinese and English text, as spans. A span never loses a character that is not white space."""

from __future__ import annotations

import re

_CLOSERS = "”’」』）)】》〉\"'］]"
# 。！？ always end a sentence; an ellipsis does not (policy text elides inside sentences); "." ends one only before a
# space or the end, so that 32.06% and 2.1 stay whole.
_END = re.compile(rf"(?:[。！？!?]+|\.+(?=[{re.escape(_CLOSERS)}]*(?:\s|$)))[{re.escape(_CLOSERS)}]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|etc|al|no|nos|art|arts|sec|fig|eq|pp?|vol|ed|eds|dr|mr|mrs|ms|prof|st|inc|ltd|co|corp"
    r"|u\.s|u\.k)"
    r"|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
# "1." or "(a)." alone at the start numbers what follows.
_LABEL = re.compile(r"^\s*(?:\(?[0-9]{1,3}|\(?[a-zA-Z]|[0-9]+(?:\.[0-9]+)+)\.$")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences of text[start:end], offsets into text, trimmed of white space.

    A line break followed by a blank line, and each end of a list line, ends a sentence as well.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text[start:stop]):
        begin = start + line.start()
        line_end = start + line.end()
        for match in _END.finditer(text, begin, line_end):
            if match.group().startswith(".") and not _ends_sentence(
                text, begin, match.start() + 1, match.end(), line_end
            ):
                continue
            _append(spans, text, begin, match.end())
            begin = match.end()
        _append(spans, text, begin, line_end)
    return spans


def _ends_sentence(text: str, begin: int, dot: int, after: int, line_end: int) -> bool:
    head = text[begin:dot]
    if _LABEL.match(head):
        return False
    following = text[after:line_end].lstrip()
    # An abbreviation ends a sentence only where a capital follows, and a single initial never does.
    return not (_ABBREVIATION.search(head) and following)


def _append(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin == end:
        return
    if spans and not any(c.isalnum() for c in text[begin:end]) and "\n" not in text[spans[-1][1] : begin]:
        spans[-1] = (spans[-1][0], end)  # a stray closing mark belongs to the sentence before it
    else:
        spans.append((begin, end))
