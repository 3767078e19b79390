"""Facts: the numbers, dates and numbered units of Chinese and English text, in forms that compare across notations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from index.numerals import CARDINALS, NUMERAL, ORDINALS, ROMAN, TENS, chinese_number, whole

Kind = Literal["number", "date", "article", "period"]


class Fact(NamedTuple):
    """One fact of a text.

    value: a plain decimal; a date as ISO 8601 writes it, "2021-03-05", "2021", "--03-05" where no year is given, "Mon"
        or "10:30"; the number of a numbered unit; a period's name, "month".
    unit: what is counted ("%", "day", "cny" …; "" where it is not a unit of measure), or the kind of the numbered unit.
    """

    kind: Kind
    value: str
    unit: str = ""


_MONTHS = {
    name: place
    for place, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|"
        "november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAYS = dict(zip("一二三四五六日", "Mon Tue Wed Thu Fri Sat Sun".split(), strict=True)) | {"天": "Sun"}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9}
_SCALES_ZH = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

# Units of measure in one form. Longer spellings go first; what is not here is left to the words around a number.
_UNITS = {
    "%": r"%|percent\b|per\s?cent\b|pct\b",
    "point": r"个?百分点|percentage points?\b",
    "workday": r"个?工作日|(?:working|business) days?\b",
    "schoolday": r"个?交易日|trading days?\b",
    "month": r"个月|(?:calendar )?months?\b",
    "week": r"个?(?:星期|礼拜)|周(?![年岁])|weeks?\b",
    "hour": r"个?(?:小时|钟头)|hours?\b",
    "minute": r"分钟|minutes?\b",
    "day": r"日|天|(?:calendar )?days?\b",
    "year": r"周?年|岁|周岁|years?\b",
    "usd": r"美元|us dollars?\b|u\.s\. dollars?\b|dollars?\b|usd\b",
    "eur": r"欧元|euros?\b|eur\b",
    "gbp": r"英镑|pounds? sterling\b|gbp\b",
    "cny": r"元|yuan\b|rmb\b|cny\b",
    "times": r"倍|times\b|-?fold\b",
    "km": r"公里|千米|kilomet(?:re|er)s?\b|km\b",
    "kg": r"公斤|千克|kilograms?\b|kg\b",
    "tonne": r"吨|tons?\b|tonnes?\b",
}
_UNIT = "|".join(_UNITS.values())
_UNIT_NAMES = [(name, re.compile(pattern)) for name, pattern in _UNITS.items()]
_SIGNS = {"$": "usd", "us$": "usd", "€": "eur", "£": "gbp", "¥": "cny", "rmb": "cny"}

_DIGITS = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_N = f"(?:[{NUMERAL}]+|\\d+)"
_WORDS = "|".join(sorted([*TENS, *CARDINALS], key=len, reverse=True))
_SPELT = rf"(?:{_WORDS})(?:[ -](?:and )?(?:{_WORDS}|{'|'.join(_SCALES)})\b)*"
# A lone Chinese digit is a number only where something is counted: 三个月, 五日, but not 三者 or 统一.
_COUNTED = "个|项|条|种|类|家|名|位|人|次|件|倍|届|篇|期|级|批|款|点|章|节|部|户|台|套|处|所|亩|度|方面|层面|阶段|步"
_KINDS = {
    "article": "条", "art.": "条", "arts.": "条", "articles": "条", "rule": "条", "clause": "条", "chapter": "章", "section": "节",
    "sections": "节", "sec.": "节", "§": "节", "part": "编", "paragraph": "款", "paragraphs": "款", "subparagraph": "项", "item": "项",
    "rules": "条", "clauses": "条", "chapters": "章", "annex": "附件", "appendix": "附件", "schedule": "附件",
}  # fmt: skip


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return text


def _decimal(text: str) -> Decimal | None:
    """The value of digits, of a Chinese numeral with or without a decimal part, or of English number words."""
    digits = text.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return Decimal(digits)
    if text[0] in NUMERAL:
        head, _, tail = text.partition("点")
        value = chinese_number(head)
        places = [chinese_number(c) for c in tail]
        if value is None or None in places:
            return None
        return Decimal(f"{value}.{''.join(map(str, places))}" if places else value)
    return _spelt(text)


def _spelt(text: str) -> Decimal:
    total = part = 0
    for word in re.findall(r"[a-z]+", text):
        if word in _SCALES:
            part = max(part, 1) * _SCALES[word]
            if word != "hundred":
                total, part = total + part, 0
        else:
            part += TENS.get(word, 0) + CARDINALS.get(word, 0)
    return Decimal(total + part)


def _unit_of(text: str) -> str:
    return next((name for name, pattern in _UNIT_NAMES if pattern.fullmatch(text)), "")


def _iso(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    parts = [f"{year:04d}" if year is not None else "-", *(f"{part:02d}" for part in (month, day) if part is not None)]
    return "-".join(parts)


def _date(year: str | None, month: str | None = None, day: str | None = None) -> Fact | None:
    values = [whole(part) if part else None for part in (year, month, day)]
    if any(given and value is None for given, value in zip((year, month, day), values, strict=True)):
        return None
    iso = _iso(*values)
    return Fact("date", iso) if iso else None


def _quantity(number: str, scale: str, unit: str, sign: str = "") -> Fact | None:
    value = _decimal(number)
    if value is None:
        return None
    for word in re.findall(r"[a-z]+|[十百千万亿]", scale):
        value *= _SCALES.get(word) or _SCALES_ZH.get(word, 1)
    return Fact("number", _plain(value), _SIGNS.get(sign.strip(), "") or _unit_of(unit))


def _share(base: str, number: str) -> Fact | None:
    """百分之三十五, 千分之十, 三分之二: a share, in per cent where it is one of a hundred, a thousand or ten thousand."""
    below, above = _decimal(base), _decimal(number)
    if not below or above is None:
        return None
    if below in (100, 1000, 10000):
        return Fact("number", _plain(above * 100 / below), "%")
    return Fact("number", f"{_plain(above)}/{_plain(below)}")


def _unit_number(number: str, kind: str) -> Fact | None:
    value = number if "." in number else ROMAN.get(number) or whole(number)
    return None if value is None else Fact("article", str(value), kind)


Reader = Callable[[re.Match[str]], Fact | None]
# In order of precedence. Texts are folded (index/analysis.py): width, script and case are one.
PATTERNS: tuple[tuple[str, Reader], ...] = (
    (rf"第\s*({_N}(?:\.\d+)*)\s*(编|章|节|条|款|项|季度|届|次|期|部分)?", lambda m: _unit_number(m[1], m[2] or "")),
    (
        rf"\b({'|'.join(re.escape(k) for k in sorted(_KINDS, key=len, reverse=True) if k != '§')})\s*(?:no\.\s*)?(\d+(?:\.\d+)*"
        rf"|(?:{'|'.join(sorted(ROMAN, key=len, reverse=True))})\b)",
        lambda m: _unit_number(m[2], _KINDS[m[1]]),
    ),
    (r"§\s*(\d+(?:\.\d+)*)", lambda m: _unit_number(m[1], "节")),
    (rf"\b({'|'.join(ORDINALS)})\b", lambda m: Fact("article", str(ORDINALS[m[1]]))),
    (rf"(\d+)(?:st|nd|rd|th)\b(?! (?:of )?(?:{_MONTH})\b)", lambda m: Fact("article", m[1])),
    (rf"(\d{{4}}|[零〇一二三四五六七八九]{{4}})\s*年\s*(?:({_N})\s*月份?(?:\s*({_N})\s*[日号])?)?", lambda m: _date(m[1], m[2], m[3])),
    (r"(?<![\d.])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\.?\d)", lambda m: _date(m[1], m[3], m[4])),
    (rf"({_N})\s*月份?\s*({_N})\s*[日号]", lambda m: _date(None, m[1], m[2])),
    (rf"({_N})\s*月(?!度|度|经)份?", lambda m: _date(None, m[1])),
    (
        rf"(?<![\d.])(\d{{1,2}})(?:st|nd|rd|th)?(?: day)?(?: of)? ({_MONTH})\b\.?(?:,? (\d{{4}})\b)?",
        lambda m: _date(m[3], str(_MONTHS[m[2]]), m[1]),
    ),
    (
        rf"\b({_MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}})\b)?(?!,\d)",
        lambda m: _date(m[3], str(_MONTHS[m[1]]), m[2]),
    ),
    (rf"\b({_MONTH})\b\.?,? (?:of )?(\d{{4}})\b", lambda m: _date(m[2], str(_MONTHS[m[1]]))),
    (rf"(?<=\bin )({_MONTH})\b|(?<=\bby )({_MONTH})\b|(?<=\bof )({_MONTH})\b|(?<=\bsince )({_MONTH})\b"
    rf"|(?<=\buntil )({_MONTH})\b",
     lambda m: _date(None, str(_MONTHS[m[m.lastindex or 1]]))),
    (r"(?:星期|礼拜)([一二三四五六日天])|(?<![一二两三四五六七八九十\d])周([一二三四五六日])(?![次个项日天小年])",
     lambda m: Fact("date", _WEEKDAYS[m[m.lastindex or 1]])),
    (r"\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b", lambda m: Fact("date", m[1][:3].capitalize())),
    (r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)", lambda m: Fact("date", f"{int(m[1]):02d}:{m[2]}")),
    (rf"([百千万]|[{NUMERAL}]+|\d+)分之([{NUMERAL}]+(?:点[{NUMERAL}]+)?|{_DIGITS})", lambda m: _share(m[1], m[2])),
    (r"([一二三四五六七八九])成(?=以上|左右|多|的|[,。、;\s]|$)", lambda m: _share("10", m[1]) and Fact("number", f"{chinese_number(m[1])}0", "%")),
    (r"\b(one|two|three|four|five|six|seven|eight|nine)[ -](thirds?|quarters?|fifths?|tenths?)\b",
     lambda m: Fact("number", f"{CARDINALS[m[1]]}/{ {'th': 3, 'qu': 4, 'fi': 5, 'te': 10}[m[2][:2]] }")),
    (rf"(us\$|[$€£¥]|\brmb )\s*({_DIGITS})\s*((?:{'|'.join(_SCALES)})\b|[十百千万亿]+)?()", lambda m: _quantity(m[2], m[3] or "", "", m[1])),
    (r"(?<![\d.,$€£¥])(1[6-9]\d\d|20\d\d)(?![\d%]|,\d|\.\d|\s*(?:[十百千万亿余多]|个|人|家|项|条|名|" + _UNIT + r"))",
     lambda m: _date(m[1])),
    (rf"(?<![\d.])({_DIGITS})\s*((?:{'|'.join(_SCALES)})\b|[十百千万亿]+)?(?:余|多)?[ -]?({_UNIT})?", lambda m: _quantity(m[1], m[2] or "", m[3] or "")),
    (rf"([{NUMERAL}]{{2,}}(?:点[{NUMERAL}]+)?)(?:余|多)?({_UNIT})?", lambda m: _quantity(m[1], "", m[2] or "")),
    (rf"(?<![第{NUMERAL}])([两二三四五六七八九十])({_UNIT}|(?={_COUNTED}))", lambda m: _quantity(m[1], "", m[2] or "")),
    (rf"(?<![第{NUMERAL}统同])(一)({_UNIT})", lambda m: _quantity(m[1], "", m[2] or "")),
    (rf"\b({_SPELT})[ -]?({_UNIT})?", lambda m: None if m[1] == "one" and not m[2] else _quantity(m[1], "", m[2] or "")),
)  # fmt: skip


def same(claim: Fact, source: Fact, crossing: bool = False) -> bool:
    """Whether a source's fact is the claim's. crossing: the two are in different languages, whose unit kinds differ.

    A number without a unit is that number in any unit; a date is any date that is as exact and agrees.
    """
    if claim.kind == "date" and source.kind == "date":
        return claim.value == source.value or source.value.startswith(claim.value + "-") or _within(claim, source)
    if claim.kind == "article" and source.kind == "article":
        return claim.value == source.value and (crossing or claim.unit == source.unit)
    if claim.kind == "number" and source.kind == "number":
        return claim.value == source.value and (not claim.unit or not source.unit or claim.unit == source.unit)
    # "Articles 5 and 6" and 第五条、第六条; 2021 and 2021年; a unit that the language does not need.
    bare = claim.unit == "" or source.unit == ""
    return bare and claim.value == source.value


def _within(claim: Fact, source: Fact) -> bool:
    """--03-05 in 2021-03-05."""
    return claim.value.startswith("--") and ("-" + claim.value[2:]) in source.value[3:]


def held(claim: Fact, sources: Sequence[Fact], crossing: bool = False) -> bool:
    """Whether any of a source's facts is the claim's; a date also where its year and its day stand apart."""
    if any(same(claim, source, crossing) for source in sources):
        return True
    if claim.kind == "date" and len(claim.value) > 4 and claim.value[:4].isdigit():
        year, rest = Fact("date", claim.value[:4]), Fact("date", "-" + claim.value[4:])
        return held(year, sources) and held(rest, sources)
    return False
