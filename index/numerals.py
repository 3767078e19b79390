"""Chinese numerals and digits as one value: 一百二十 = 120, 第十二条 = 第12条 = Article 12."""

from __future__ import annotations

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
NUMERAL = "零〇一二两三四五六七八九十百千万亿"
# English ordinals and Roman numerals, as far as texts count their parts with them.
CARDINALS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
# English words for more than one, as texts count with them (a pattern).
SPELT = "|".join([*list(CARDINALS)[2:], *TENS, "dozens?", "hundreds?", "thousands?", "millions?"])
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
ROMAN = {numeral: value for value, numeral in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}


def whole(number: str) -> int | None:
    """The value of a whole number in digits or in Chinese numerals, or None where it is neither."""
    return int(number) if number.isdecimal() else chinese_number(number)


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral (一百二十 -> 120, 二〇二〇 -> 2020), or None where it is not one."""
    if not text or any(c not in NUMERAL for c in text):
        return None
    if all(c in _DIGITS for c in text):
        # A row of digits is read place by place; a single one is itself.
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    last_unit = 10**9
    for c in text:
        if c in _DIGITS:
            if digit not in (None, 0):
                return None  # 十四五 names a plan, not a number
            digit = _DIGITS[c]
        elif c in _UNITS:
            unit = _UNITS[c]
            if unit >= last_unit:
                return None
            section += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        else:
            section = (section + (digit or 0)) * _MYRIADS[c]
            if section == 0:
                return None
            total, section, digit, last_unit = total + section, 0, None, 10**9
    return total + section + (digit or 0)


_ORDINAL_ZH = re.compile(rf"第\s*([{NUMERAL}]+|\d+)\s*(编|章|节|条|款|项)")
_ORDINAL_EN = re.compile(r"\b(article|chapter|part)\s+(\d+)\b", re.IGNORECASE)
_KIND_EN = {"article": "条", "chapter": "章", "part": "编"}
# Two digits in a row are about one or the other (两三年, 三五个), but for a year (九八年).
_ABOUT = (
    rf"(?<![{NUMERAL}])(?:两[三四五六七八九]|[一二三]两|一二|二三|三四|三五|四五|五六|六七|七八|八九"
    rf"|[一二三四五六七八九]{{2}}(?!年))(?![{NUMERAL}])"
)
_ROW = re.compile(rf"(?!{_ABOUT})[{NUMERAL}]{{2,}}")
_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def ordinals(text: str) -> list[str]:
    """Numbered units that the text names, in one form: 第十二条, 第12条 and Article 12 are all "第12条"."""
    found = []
    for number, kind in _ORDINAL_ZH.findall(text):
        value = whole(number)
        if value is not None:
            found.append(f"第{value}{kind}")
    found += [f"第{int(number)}{_KIND_EN[kind.lower()]}" for kind, number in _ORDINAL_EN.findall(text)]
    return found


def numbers(text: str) -> list[str]:
    """The numbers of a (width-folded) text as plain decimals, in order of form: digits first, then Chinese numerals.

    3,400 and 3400 are the same; so are 一百二十 and 120. A lone Chinese digit (一些, 三者) is not taken for a number.
    """
    found = [plain(match) for match in _NUMBER.findall(text)]
    for row in _ROW.findall(text):
        value = chinese_number(row)
        if value is not None:
            found.append(str(value))
    return found


def plain(number: str) -> str:
    """A number without thousands separators and idle zeros: "3,400" -> "3400", "32.0" -> "32"."""
    digits = number.replace(",", "")
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits.lstrip("0")) or "0"
