"""Numbered units: the chapters, sections and articles that a question names, and the reference marks, as keys to compare."""

from __future__ import annotations

import re

from index.analysis import fold
from index.numerals import NUMERAL, chinese_number, ordinals

_DECIMAL_UNIT = re.compile(r"(?<![\d.%])(\d+(?:\.\d+)+)(?![\d.]*\s*[%％\d个万亿])")
_PART_ZH = re.compile(rf"第\s*([{NUMERAL}]+|\d+(?:\.\d+)*)\s*(编|章|节|条|部分|小节)")
_PART_EN = re.compile(
    r"\b(section|chapter|part|article|clause|rule|paragraph|sec\.)\s*(\d+(?:\.\d+)*)\b|§\s*(\d+(?:\.\d+)*)"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_PART_ROMAN = re.compile(r"\b(section|chapter|part|article)\s+(i{1,3}|iv|vi{0,3}|ix|x)\b")

_ORDER = {w: i for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)}
_COUNT = {w: i for i, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_PART_WORD = re.compile(rf"\b(section|chapter|part|article) ({'|'.join(_COUNT)})\b")
_PART_ORDER = re.compile(rf"\b({'|'.join(_ORDER)}) (section|chapter|part|article)\b")
# 第二个问题, 第一条建议, "the first recommendation": a place in a list, not a unit of the document.
_ITEM_ZH = re.compile(
    rf"第\s*([{NUMERAL}]+|\d{{1,2}})\s*(?:[个点项大]|条(?=\s*(?:建议|对策|措施|问题|意见|理由|原因|要求)))"
)
_ITEM_EN = re.compile(
    rf"\b({'|'.join(_ORDER)}|last) (?:[a-z]+ )?(?:recommendation|suggestion|problem|issue|point|item|measure|reason|step|challenge)\b"
)


def item_place(folded: str) -> int | None:
    """The place, from 1, of the item of a list that a folded question asks for (-1: the last), or None."""
    match = _ITEM_ZH.search(folded)
    if match:
        number = match.group(1)
        return int(number) if number.isdigit() else chinese_number(number)
    match = _ITEM_EN.search(folded)
    return _ORDER.get(match.group(1), -1) if match else None


def without_items(folded: str) -> str:
    """A folded text without the places in lists that it names."""
    return _ITEM_ZH.sub(" ", folded)


# 第二部分第三小节, 第二章第三节: the section 2.3 where sections are numbered so.
_NESTED = re.compile(rf"第\s*([{NUMERAL}]+|\d+)\s*(?:章|部分)的?\s*第\s*([{NUMERAL}]+|\d+)\s*(?:节|小节)")


def _value(number: str) -> int | None:
    return int(number) if number.isdigit() else chinese_number(number)


# 二点一那节, 三点二: a decimal number as it is spoken, where a section is named with it.
_SPOKEN = re.compile(r"([一二三四五六七八九十]+)点([一二三四五六七八九十]+)(?=这|那|节|小节|部分|$)")


def _in_decimals(match: re.Match[str]) -> str:
    return ".".join(str(chinese_number(number)) for number in match.groups())


def unit_keys(folded: str) -> list[str]:
    """Keys of the numbered units in a folded text, in order: 第十二条 -> "第12条", section 5.1 and 第5.1节 -> "5.1".

    A whole number keeps its kind where the language has one, so that Article 3 is not Chapter 3.
    """
    nested = [f"{_value(a)}.{_value(b)}" for a, b in _NESTED.findall(folded) if _value(a) and _value(b)]
    if nested:
        return nested
    item = item_place(folded) is not None
    folded = _SPOKEN.sub(_in_decimals, without_items(folded))
    keys: list[str] = []
    for number, kind in _PART_ZH.findall(folded):
        value = number if number[0].isdigit() else chinese_number(number)
        if value is None:
            continue
        keys.append(str(value) if "." in str(value) else f"第{value}{'部分' if kind == '小节' else kind}")
    for kind, number, sign in _PART_EN.findall(folded):
        digits = number or sign
        keys.append(digits if "." in digits else f"第{digits}{_KIND_EN.get(kind, '节')}")
    keys += [f"第{_ORDER[number]}{_KIND_EN.get(kind, '节')}" for number, kind in _PART_ORDER.findall(folded)]
    keys += [f"第{_COUNT[number]}{_KIND_EN.get(kind, '节')}" for kind, number in _PART_WORD.findall(folded)]
    keys += [f"第{_ROMAN[number]}{_KIND_EN.get(kind, '节')}" for kind, number in _PART_ROMAN.findall(folded)]
    if item or re.search(
        r"节|章|部分|小结|条|的|section|chapter|part|clause|rule|^\s*\d+(?:\.\d+)+\s*[?？]?\s*$", folded
    ):
        keys += [number for number in _DECIMAL_UNIT.findall(folded) if not re.fullmatch(r"(?:18|19|20)\d\d", number)]
    return list(dict.fromkeys(keys))


_KIND_EN = {
    "chapter": "章",
    "part": "编",
    "article": "条",
    "clause": "条",
    "rule": "条",
    "section": "节",
    "sec.": "节",
    "paragraph": "款",
}


def section_keys(number: str) -> set[str]:
    """The keys under which a section with this number is found: 第十二条 -> {"第12条"}, 5.1 -> {"5.1"}, 4 -> all of 第4章 …"""
    folded = fold(number)
    if re.fullmatch(r"\d+(?:\.\d+)+", folded):
        return {folded}
    value = int(folded) if folded.isdigit() else chinese_number(folded)
    if value is not None:  # a bare number is what people call chapter, section or part as they like
        return {f"第{value}{kind}" for kind in ("章", "节", "部分", "编", "条")} | {str(value)}
    keys = set(unit_keys(folded)) | set(ordinals(folded))
    match = re.fullmatch(r"第(\d+)(编|章|节)", next(iter(sorted(keys)), ""))
    if match:
        keys.add(f"第{match.group(1)}部分")
    if re.match(r"(section|sec|clause|rule)\b", folded):
        keys |= {f"第{n}{kind}" for n in re.findall(r"\d+$", folded) for kind in ("节", "条")}
    return keys


def reference_marks(folded: str) -> list[int]:
    """The reference marks that a folded text names: [3], 文献3, reference 3."""
    found = [int(n) for n in re.findall(r"[\[【](\d{1,3})[\]】]", folded)]
    found += [
        int(n)
        for n in re.findall(
            r"(?:文献|参考文献|引文|注释|标注|references?|citations?|sources?|ref\.?|footnote)\s*(?:no\.?|number|第|#|mark)?\s*(\d{1,3})\b",
            folded,
        )
    ]
    return list(dict.fromkeys(found))


def without_units(text: str) -> str:
    """A question without the numbered units that it names."""
    folded = fold(text)
    for pattern in (_ITEM_ZH, _PART_ZH, _PART_EN, _PART_ROMAN, _PART_ORDER, _PART_WORD, _DECIMAL_UNIT):
        folded = pattern.sub(" ", folded)
    return folded
