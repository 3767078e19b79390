"""Understanding a question without a model: its language, what it asks for, and what in it must be found in the documents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.analysis import fold, language_of
from index.numerals import NUMERAL, chinese_number, numbers, ordinals

KINDS = ("fact", "list", "definition", "why", "how", "comparison", "summary", "section", "reference", "open")


@dataclass(frozen=True)
class Question:
    """A question, understood on its own.

    kind: one of KINDS.
    folded: the text as search sees it (see index.analysis.fold).
    numbers: plain decimals in it, years among them; years: those that are years.
    quoted: terms in quotation marks.
    units: numbered units it names, as keys (see `unit_keys`). marks: reference marks such as [3].
    sides: the two things that a comparison names. count: how many items it asks for.
    """

    text: str
    language: str
    kind: str
    folded: str
    numbers: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    marks: tuple[int, ...] = ()
    sides: tuple[str, str] | None = None
    count: int | None = None


def understand(text: str) -> Question:
    """Read a standalone question. Any text will do; nothing raises."""
    folded = fold(text)
    units = tuple(unit_keys(folded))
    marks = tuple(_marks(folded))
    sides = _sides(folded)
    found = numbers(folded)
    in_units = {re.sub(r"\D", "", unit) for unit in units if unit.startswith("第")} | set(units)
    years = tuple(n for n in found if re.fullmatch(r"(?:18|19|20)\d\d", n))
    return Question(
        text=text,
        language=language_of(text),
        kind=_kind(folded, units, marks, sides),
        folded=folded,
        numbers=tuple(n for n in found if n not in in_units and n not in map(str, marks)),
        years=years,
        quoted=tuple(q.strip() for pair in _QUOTED.findall(text) for q in pair if len(q.strip()) > 1),
        units=units,
        marks=marks,
        sides=sides,
        count=_count(folded),
    )


# The patterns below are about language, never about a document. Order matters: the first kind that fits is taken.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "comparison",
            r"区别|差别|差异|有何不同|有什么不同|有啥不同|对比|相比|比较一下|比较.{1,20}[和与跟]|异同|哪个更|谁更"
            r"|\bdiffer(?:s|ent|ence|ences)?\b|\bcompar|\bversus\b|\bvs\b|\bcontrast",
        ),
        (
            "summary",
            r"总结|概括|概述|归纳一下|摘要|主要内容|核心内容|核心观点|主要观点|主旨|大意|讲了什么|讲什么|说了什么|写了什么|讲的是什么|研究了什么|研究什么|主要结论|主要研究|主要讲"
            r"|\bsummar|\boverview\b|\bmain (?:points?|ideas?|argument|findings?|conclusions?|message|content)\b|\bgist\b"
            r"|\bin a nutshell\b|\bwhat (?:is|does) (?:this|the) (?:paper|document|article|text|study)\b.{0,20}\b(?:about|study|say|argue|cover|do)\b|\bkey takeaways?\b|\babstract\b",
        ),
        (
            "fact",
            r"多少|几个百分点|百分之几|占比|比重是|哪一?年|什么时候|何时|多久|多大|多高|多长|多快|几[倍成年月天%％]|哪[个座]城市|第几|谁"
            r"|\bhow (?:many|much|long|often|large|big|high|far|old|soon|late|early)\b|\bwhat (?:percentage|percent|share|proportion|number|year|date|rate|figure|amount)\b|\bwhen\b|\bwho(?:se|m)?\b"
            r"|\bwhich (?:year|city|country)\b|\bnumber of\b",
        ),
        (
            "why",
            r"为什么|为何|为啥|原因|缘何|怎么会|凭什么|理由|\bwhy\b|\breasons?\b|\bwhat (?:causes?|caused|explains?)\b|\bhow come\b",
        ),
        (
            "list",
            rf"哪些|哪几|几个方面|几方面|几点|几条|几项|几种|几类|分别是|列出|列举|都有什么|有什么(?:建议|问题|措施|对策|办法|要求|困难|不足|好处|作用)|所有|全部|[{NUMERAL}\d]+[个条项点大种类](?:建议|问题|对策|措施|方面)"
            r"|\bwhat (?:are|were)\b|\bwhich\b.{1,40}\b(?:are|were|do|does|should|must)\b|\blist\b|\benumerate\b|\bname (?:the|all|three|two|four|five|six|seven)\b"
            r"|\b(?:recommendations|suggestions|measures|problems|challenges|issues|steps|requirements|conditions|types|kinds|ways|obligations|duties|exceptions|benefits|difficulties)\b",
        ),
        (
            "definition",
            r"什么是|什么叫|何谓|是什么意思|是指什么|指的是什么|是指|定义|含义|\bdefin(?:e|ition)\b|\bmeaning of\b|\bwhat does .{1,60} mean\b|\bmean by\b",
        ),
        (
            "how",
            r"如何|怎么|怎样|咋|通过什么|靠什么|什么方式|什么途径|\bhow\b|\bin what way\b|\bby what means\b|\bwhat (?:should|can|must)\b",
        ),
        ("definition", r"^[^,，。]{1,24}是什么[?？。]?$|^what(?:'s| is| are) (?:an? |the )?[a-z“\"' -]{2,40}\?*$"),
    )
)
_PLURAL_FIRST = re.compile(
    rf"[{NUMERAL}\d]+\s*[个条项点大种类]|哪些|哪几|\b(?:list|what are|which are|all (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+))\b"
)


def _kind(folded: str, units: tuple[str, ...], marks: tuple[int, ...], sides: tuple[str, str] | None) -> str:
    if marks and re.search(
        r"文献|参考|引用|注释|标注|脚注|出处|\b(?:reference|citation|cit|ref|source|footnote|mark)", folded
    ):
        return "reference"
    if units:
        return "section"
    for kind, pattern in _PATTERNS:
        if not pattern.search(folded):
            continue
        if kind == "comparison" and sides is None:
            continue
        if kind == "fact" and _PLURAL_FIRST.search(folded) and not re.search(r"多少|how m", folded):
            continue
        if kind == "why" and re.search(r"哪些|哪几|what are|\breasons\b", folded):
            return "list"
        return kind
    return "open"


_DECIMAL_UNIT = re.compile(r"(?<![\d.%])(\d+(?:\.\d+)+)(?![\d.]*\s*[%％\d个万亿])")
_PART_ZH = re.compile(rf"第\s*([{NUMERAL}]+|\d+(?:\.\d+)*)\s*(编|章|节|条|部分|小节)")
_PART_EN = re.compile(
    r"\b(section|chapter|part|article|clause|rule|paragraph|sec\.)\s*(\d+(?:\.\d+)*)\b|§\s*(\d+(?:\.\d+)*)"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_PART_ROMAN = re.compile(r"\b(section|chapter|part|article)\s+(i{1,3}|iv|vi{0,3}|ix|x)\b")


def unit_keys(folded: str) -> list[str]:
    """Keys of the numbered units in a folded text, in order: 第十二条 -> "第12条", section 5.1 and 第5.1节 -> "5.1".

    A whole number keeps its kind where the language has one, so that Article 3 is not Chapter 3.
    """
    keys: list[str] = []
    for number, kind in _PART_ZH.findall(folded):
        value = number if number[0].isdigit() else chinese_number(number)
        if value is None:
            continue
        keys.append(str(value) if "." in str(value) else f"第{value}{'部分' if kind == '小节' else kind}")
    for kind, number, sign in _PART_EN.findall(folded):
        digits = number or sign
        keys.append(digits if "." in digits else f"第{digits}{_KIND_EN.get(kind, '节')}")
    keys += [f"第{_ROMAN[number]}{_KIND_EN.get(kind, '节')}" for kind, number in _PART_ROMAN.findall(folded)]
    if re.search(r"节|章|部分|小结|条|section|chapter|part|clause|rule|^\s*\d+(?:\.\d+)+\s*[?？]?\s*$", folded):
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


def _marks(folded: str) -> list[int]:
    found = [int(n) for n in re.findall(r"[\[【](\d{1,3})[\]】]", folded)]
    found += [
        int(n)
        for n in re.findall(
            r"(?:文献|参考文献|引文|注释|标注|references?|citations?|ref\.?|footnote)\s*(?:no\.?|number|第|#|mark)?\s*(\d{1,3})\b",
            folded,
        )
    ]
    return list(dict.fromkeys(found))


_SIDES = (
    re.compile(r"(?:比较|对比)(?:一下)?(.{2,24}?)[和与跟同](.{2,24}?)(?:的|之间|有|在|,|，|\?|？|。|$)"),
    re.compile(
        r"(.{2,24}?)[和与跟同](.{2,24}?)(?:之间|的|有|在|相比|存在).{0,12}?(?:区别|差别|差异|不同|异同|对比|相比|比较)"
    ),
    re.compile(r"(.{2,24}?)(?:相比于|相比|相较于|比起)(.{2,24}?)(?:,|，|有|的|$)"),
    re.compile(
        r"(?:difference|differences|contrast|comparison|distinction)s? between (.{2,60}?) and (.{2,60}?)(?:\?|$|,| in | according)"
    ),
    re.compile(r"compare (.{2,60}?) (?:and|with|to|against) (.{2,60}?)(?:\?|$|,|\.| in )"),
    re.compile(r"how (?:do|does|is|are) (.{2,60}?) differ(?:ent)? from (.{2,60}?)(?:\?|$|,)"),
    re.compile(r"(.{2,40}?)\s+(?:versus|vs\.?)\s+(.{2,40}?)(?:\?|$|,)"),
    re.compile(r"how (?:do|does) (.{2,60}?) and (.{2,60}?) differ"),
)


def _sides(folded: str) -> tuple[str, str] | None:
    for pattern in _SIDES:
        match = pattern.search(folded)
        if match:
            return match.group(1).strip(), match.group(2).strip()
    return None


_WORDS_EN = {w: i for i, w in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)}
_COUNT_ZH = re.compile(rf"(?<![第{NUMERAL}\d])([{NUMERAL}]+|\d{{1,2}})\s*[个条项点大种类]")
_COUNT_EN = re.compile(
    r"\b(?:all|the|these|those|name|list)\s+(?:the\s+)?(two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b"
)


def _count(folded: str) -> int | None:
    for number in _COUNT_ZH.findall(folded):
        value = int(number) if number.isdigit() else chinese_number(number)
        if value and 2 <= value <= 30:
            return value
    match = _COUNT_EN.search(folded)
    if match:
        return _WORDS_EN.get(match.group(1)) or int(match.group(1))
    return None


_QUOTED = re.compile(r"“([^”]{1,60})”|‘([^’]{1,60})’|\"([^\"]{1,60})\"|「([^」]{1,60})」|《([^》]{1,60})》")
