"""Headings: their numbers, their families, and which lines of plain text are headings at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.numerals import NUMERAL, chinese_number

_N = f"(?:[{NUMERAL}]+|\\d+)"
_ROMAN = "[IVXLC]+"


@dataclass(frozen=True)
class Label:
    """The number a heading opens with.

    text: the number as written, without its punctuation ("5.1", "第十二条", "1)").
    rank: the family's place in a document, smaller is higher (编 < 章 < 节 < 条 < 一、 < （一） < 1. < 1)).
    relative: the number only counts within its parent, and does not name the section by itself ("1)", "（一）").
    value: the number's last part as an integer, where it is one.
    length: how many characters of the heading the label takes, punctuation and spaces included.
    """

    text: str
    rank: int
    relative: bool
    value: int | None
    length: int


# (pattern, rank, relative). The first group is the label's text, the second its last number.
_FAMILIES: tuple[tuple[re.Pattern[str], int, bool], ...] = (
    (re.compile(rf"(第\s*({_N})\s*编)[\s　:：]*"), 1, False),
    (re.compile(rf"(part\s+(\d+|{_ROMAN}))\b[\s.:：—-]*", re.IGNORECASE), 1, False),
    (re.compile(rf"(第\s*({_N})\s*章)[\s　:：]*"), 2, False),
    (re.compile(rf"(chapter\s+(\d+|{_ROMAN}))\b[\s.:：—-]*", re.IGNORECASE), 2, False),
    (re.compile(rf"(第\s*({_N})\s*节)[\s　:：]*"), 3, False),
    (re.compile(rf"(第\s*({_N})\s*条(?:之[{NUMERAL}]+)?)[\s　:：]+"), 5, False),
    (re.compile(r"((?:article|section|sec\.|clause|rule)\s+(\d+)(?:\.\d+)*)\b[\s.:：—-]*", re.IGNORECASE), 5, False),
    (re.compile(r"(\d+\.\d+(?:\.\d+)*\.(\d+))[.．、]?\s+"), 9, False),
    (re.compile(r"(\d+\.(\d+))[.．、]?\s+"), 8, False),
    (re.compile(rf"(([{NUMERAL}]+))、\s*"), 6, False),
    (re.compile(r"((\d{1,3}))(?:[.．]\s+|、\s*)"), 7, False),
    (re.compile(rf"([（(]([{NUMERAL}]+)[)）])\s*"), 10, True),
    (re.compile(r"((\d{1,3})[)）])\s*"), 11, True),
    (re.compile(r"([（(](\d{1,3}|[a-z])[)）])\s+"), 11, True),
)


def label_of(line: str) -> Label | None:
    """The number that a line opens with, or None."""
    for pattern, rank, relative in _FAMILIES:
        match = pattern.match(line)
        if match and match.end() <= len(line):
            number = match.group(2)
            value = int(number) if number.isdigit() else chinese_number(number)
            return Label(re.sub(r"\s+", " ", match.group(1)).strip(), rank, relative, value, match.end())
    return None


_BARE = re.compile(r"((\d{1,2}))\s+(?=[A-Z\u4e00-\u9fff])")


def heading_label(line: str, last: int) -> Label | None:
    """The number without a point that a line known for a heading opens with (4 Accounts), where it goes on from the last
    one of its family, or None: 10 Tips is a title."""
    match = _BARE.match(line)
    if match is None or int(match.group(2)) != last + 1:
        return None
    return Label(match.group(1), 7, False, last + 1, match.end())


def is_article(label: Label) -> bool:
    """Whether the label opens a numbered provision whose words follow on the same line (第十二条 …, Article 12 …)."""
    return label.rank == 5


def is_paragraph(label: Label) -> bool:
    """Whether the label is a decimal number that a paragraph of rules may open with (4.1 Staff shall …)."""
    return label.rank in (8, 9)


_ENDS_LIKE_PROSE = re.compile(r"[。；;，,、！？!?：:]$")


def looks_like_heading(line: str) -> Label | None:
    """The label of a line of plain text that is a heading: numbered, short, and not ending as prose does; else None."""
    label = label_of(line)
    if label is None or is_article(label):
        return label
    words = line[label.length :].strip()
    limit = 60 if re.search(r"[A-Za-z]{3}", words) else 30
    if not words or len(words) > limit * (1 if not words.isascii() else 1.5) or _ENDS_LIKE_PROSE.search(words):
        return None
    if words.endswith(".") or (label.rank in (7, 10, 11) and len(words) > limit * 0.8):
        return None
    return label
