"""Periods: how often something is due, in one form: monthly, every month, 48 hours "a month", 按月 and 每月."""

from __future__ import annotations

import re

from assistant.support.facts import Fact, Reader

# What a period's name starts with, the longer first.
_NAMES = {
    "hour": ("hour", "小时"),
    "day": ("dai", "day", "日", "天"),
    "week": ("week", "周", "星期", "礼拜"),
    "month": ("month", "月"),
    "quarter": ("quarter", "季"),
    "year": ("annu", "year", "年"),
}
_UNIT = "hour|day|week|month|quarter|year"
_UNIT_ZH = "小时|日|天|周|星期|礼拜|月|季度?|年度?"


def _period(match: re.Match[str]) -> Fact:
    word = match[match.lastindex or 0]
    return Fact("period", next(name for name, starts in _NAMES.items() if word.startswith(starts)))


# They go before the patterns of assistant/support/facts.py. "A month" is one only after an amount: not in "after a month".
PATTERNS: tuple[tuple[str, Reader], ...] = (
    (r"(?<![\w-])((?:hour|dai|week|month|quarter|year)ly|annual(?:ly)?)\b", _period),
    (rf"\b(?:per|each|every) (?:calendar )?({_UNIT}|annum)\b", _period),
    (rf"(?:(?<=[\ds] )|(?<=once )|(?<=twice )|(?<=yuan ))(?<!\bis )(?<!\bas )(?<!\bwas )an? ({_UNIT})\b", _period),
    (rf"每个?({_UNIT_ZH})", _period),
    (rf"(?<![当近])按({_UNIT_ZH})(?![龄历期代薪])", _period),
    (r"(?<![\d〇零一二三四五六七八九十本上下当该])([月季年])度(?!假)", _period),
)
