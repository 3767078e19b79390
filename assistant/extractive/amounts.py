"""Amounts with their bounds: whether two texts that give an amount of one thing can both be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

from index.numerals import NUMERAL, chinese_number

# A number, and not a part of the number of a section: 4.4.1.
_N = r"(?<![\d.])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?!\.?\d)"
_AMOUNTS = (
    re.compile(_N + r"\s*(?:余|多)?(?P<unit>%|％|个百分点|[\u4e00-\u9fff])"),
    re.compile(r"(?<![$€£¥])" + _N + r"\s*(?P<unit>%|percent|[a-z]{3,})"),
    re.compile(r"(?P<unit>[$€£¥])\s*" + _N),
)
_NO_UNITS = ("年", "月", "日", "and", "the")
_NUMERALS = re.compile(
    f"(百分之)?([{NUMERAL}]{{2,}}|(?<=百分之)[{NUMERAL}]|[{NUMERAL}](?=\\s*(?:元|天|日|周|个?月|小时|倍|成|次)))"
)
_HALF = re.compile(r"一半|半数|\bhalf\b(?! (?:a|an|the)? ?(?:year|day|hour|month|price))")
_MOST = re.compile(r"(?<!最)大部分|大多数?|\bmost of\b|\bthe majority of\b")
_YEAR = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(?!\d)")
# What stands before or after an amount that is a bound: a comparison, or a limit that a rule sets.
_MORE = re.compile(r"(?:超过?|超出|高于|大于|多于|over|above|more than|exceed(?:s|ed|ing)?)\s*$")
_LESS = re.compile(r"(?:低于|少于|小于|不到|不足|未达|under|below|less than|fewer than)\s*$")
_AT_LEAST = re.compile(r"(?:不少于|不低于|至少|最少|起码|at least|no less than)\s*$")
_AT_MOST = re.compile(
    r"(?:最多|最高|最长|至多|at most|up to|no (?:more|longer|later) than|within|maximum(?: of)?|limit(?: of)?)\s*$"
)
_ONWARDS = re.compile(r"^\s*(?:以上|及以上|或以上|多|余|起)|^ (?:or more|and above)")
_DOWN_TO = re.compile(r"^\s*(?:以下|以内|及以下|之内|内)|^ (?:or less|or fewer)")
_BARELY = 1e-6
_NOT_MORE = re.compile(
    r"(?:不得|不能|不|未)\s*(?:超过?|多于|高于)"
    r"|\b(?:(?:may|must|shall|can|should|do|does|is|are) )?not ([^.,;]{0,40}?)(?:more|longer|later|greater) than"
)


@dataclass(frozen=True)
class Amount:
    """An amount as a text states it: at least `low`, at most `high`; of a year, where one stands before it.

    limit: the bound is one that a rule sets, and no comparison.
    """

    low: float
    high: float
    limit: bool
    year: str

    def allows(self, other: Amount) -> bool:
        """Whether another amount can be this one: what holds for 46 holds for "over 40", but "at least 30" is not "at least 10"."""
        if self.limit and other.limit and (self.low == 0, self.high == inf) == (other.low == 0, other.high == inf):
            return (self.low, self.high) == (other.low, other.high)
        return self.low <= other.high and other.low <= self.high


def bounded(folded: str) -> str:
    """A text with its negated bounds as bounds: who may not work more than 48 hours may work 40."""
    return _NOT_MORE.sub(lambda m: "至多" if m[1] is None else f"may {m[1]}at most", folded)


def amounts_differ(asked: str, stated: str) -> bool:
    """Whether a text gives other amounts of what a question gives one of, or that amount of another year."""
    given, found = _amounts(asked), _amounts(stated)
    for unit, amounts in given.items():
        for amount in amounts if unit in found else ():
            of_year = [other for other in found[unit] if other.year == amount.year] if amount.year else []
            if not any(amount.allows(other) for other in of_year or found[unit]):
                return True
    return False


def _amounts(folded: str) -> dict[str, list[Amount]]:
    """The amounts of a text by what is counted or measured; years are no amounts."""
    folded = _HALF.sub("50%", _MOST.sub("超过50%", _NUMERALS.sub(_in_digits, folded)))
    found: dict[str, list[Amount]] = {}
    for match in (m for pattern in _AMOUNTS for m in pattern.finditer(folded)):
        number, unit = match["number"], match["unit"].replace("％", "%")
        if re.fullmatch(r"(?:1[89]|20)\d\d", number) or (unit in _NO_UNITS and (unit != "年" or len(number) > 2)):
            continue
        value = float(number.replace(",", ""))
        before, after = folded[: match.start()], folded[match.end() :]
        least = _AT_LEAST.search(before) or any(map(_ONWARDS.search, (after, folded[match.end("number") :])))
        most = _AT_MOST.search(before) or _DOWN_TO.search(after)
        low = 0.0 if most or (_LESS.search(before) and not least) else value
        high = inf if low and (least or _MORE.search(before)) else value
        # More than 46 is no 46, less than 46 neither: the ends do not meet.
        low += _BARELY * bool(_MORE.search(before) and not least)
        high -= _BARELY * bool(_LESS.search(before) and not least)
        years = _YEAR.findall(before)
        found.setdefault(unit, []).append(Amount(low, high, bool(least or most), years[-1] if years else ""))
    return found


def _in_digits(match: re.Match[str]) -> str:
    value = chinese_number(match.group(2))
    if value is None:
        return match.group()
    return f"{value}%" if match.group(1) else str(value)
