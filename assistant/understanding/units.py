"""Numbered units: the chapters, sections and articles that a question names, as keys to compare, and places in lists."""

from __future__ import annotations

import re

from index.analysis import fold
from index.numerals import CARDINALS, NUMERAL, ORDINALS, ROMAN, ordinals, whole

_COUNT = {word: value for word, value in CARDINALS.items() if 1 <= value <= 10}
# A range of more units than this (Articles 5 to 60) is not spelt out.
_MOST_IN_RANGE = 20
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
# Outer kinds first. 小节 and 部分 are what people call any division.
_KINDS = ("编", "章", "部分", "节", "小节", "条")

_DECIMAL_UNIT = re.compile(r"(?<![\d.%])(\d+(?:\.\d+)+)(?![\d.]*\s*[%％\d个万亿])")
_N = rf"(?:[{NUMERAL}]+|\d+(?:\.\d+)*)"
# 第四、五条, 第三至第五章
_PART_ZH = re.compile(rf"第\s*({_N}(?:\s*(?:[、,和与及至到-]|以及)\s*第?\s*{_N})*)\s*(编|章|节|条|部分|小节)")
# 第十七条之一, an article put in after the seventeenth.
_INSERTED = re.compile(rf"第\s*([{NUMERAL}]+|\d+)\s*条之([{NUMERAL}]+|\d+)")
_NAMED_EN = "section|chapter|part|article|clause|rule|paragraph"
_N_EN = rf"(?:\d+(?:\.\d+)*|(?<=\s)(?:i{{1,3}}|iv|vi{{0,3}}|ix|x|{'|'.join(_COUNT)}))"
_JOIN_EN = r"(?:\s*(?:,\s*and|,|-|–)\s*|\s+(?:and|or|to|through)\s+)"
_PART_EN = re.compile(
    rf"\b(?:({_NAMED_EN})s\s*({_N_EN}(?:{_JOIN_EN}{_N_EN})*)|({_NAMED_EN}|sec\.)\s*({_N_EN}))\b|§+\s*(\d+(?:\.\d+)*)"
)
_PART_ORDER = re.compile(rf"\b({'|'.join(ORDINALS)}) (section|chapter|part|article)\b")
# What makes a decimal number that of a section: 第3.2节, 4.2讲啥, "what does 11.2 of the policy say".
_DECIMAL_NAMED = re.compile(
    r"节|章|部分|小结|条|^\s*\d+(?:\.\d+)+\s*[?？]?\s*$|\d\s*(?:讲|[说写](?!明)|规定)"
    r"|\d的(?:问题|建议|内容|标题|主题|措施|对策)"
    r"|^\s*\d+(?:\.\d+)+\s*(?:有|提|主要|里|中|和|与)|\b(?:does|do|in|of|under|see|per|is|about) \d+(?:\.\d+)+"
    r"(?:$|[?.,]| (?:say|says|of|about|and|to|in|cover|mean)\b)"
)
# 二点一那节, 三点二: a decimal number as it is spoken, where a section is named with it.
_SPOKEN = re.compile(r"([一二三四五六七八九十]+)点([一二三四五六七八九十]+)(?=这|那|节|小节|部分|$)")

_UNIT = rf"第\d+(?:\.\d+)*(?:{'|'.join(_KINDS)}|款)"
# 第三章第七条, and "Article 7 of Chapter 3": one unit within another.
_PATH = re.compile(rf"{_UNIT}(?:(?:中|里)?的?\s*,?\s*{_UNIT})*")
_WITHIN_EN = re.compile(rf"({_UNIT})\s*(?:of|in|under|,) (?:the )?({_UNIT})")


def unit_keys(folded: str) -> list[str]:
    """Keys of the numbered units in a folded text, in order: 第十二条 -> "第12条", section 5.1 and 第5.1节 -> "5.1".

    A whole number keeps its kind where the language has one, so that Article 3 is not Chapter 3; a unit within another is
    one key ("第3章第7条", see `steps`).
    """
    item = item_place(folded) is not None
    written = _written_out(without_items(folded))
    keys: list[str] = []
    for row in _PATH.findall(written):
        path = ""
        for unit in re.findall(_UNIT, row):
            if path and _rank(unit) <= _rank(steps(path)[-1]):
                keys.append(path)
                path = ""
            path = path + unit if _rank(unit) < len(_KINDS) else path or unit
        keys.append(path)
    keys = [_single(key) if len(steps(key)) == 1 else key for key in keys]
    if item or _DECIMAL_NAMED.search(written):
        left = _PATH.sub(" ", written)
        keys += [number for number in _DECIMAL_UNIT.findall(left) if not re.fullmatch(r"(?:18|19|20)\d\d", number)]
    return list(dict.fromkeys(keys))


def steps(key: str) -> list[str]:
    """The units that a key leads through, outermost first: "第3章第7条" -> ["第3章", "第7条"]."""
    return re.findall(_UNIT, key) or [key]


def dotted(key: str) -> str:
    """The decimal number that a unit within another has where sections are numbered so: "第2章第3节" -> "2.3"."""
    return ".".join(re.findall(r"\d+", key))


def _rank(unit: str) -> int:
    """How far down a unit of this kind stands; below all others what has no section of its own (款)."""
    kind = re.sub(r"^第[\d.]+", "", unit)
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _single(unit: str) -> str:
    number = re.search(r"\d+(?:\.\d+)+", unit)
    return number.group() if number else unit.replace("小节", "部分")


def _written_out(folded: str) -> str:
    """A folded text with each unit in one form (第12条), rows and ranges of them told one by one, outer ones first."""
    text = _SPOKEN.sub(lambda match: ".".join(str(whole(number)) for number in match.groups()), folded)
    text = _INSERTED.sub(lambda m: f"第{whole(m[1])}.{whole(m[2])}条", text)
    text = _PART_ZH.sub(lambda match: _row(match.group(1), match.group(2)), text)
    text = _PART_EN.sub(lambda m: _row(m[2] or m[4] or m[5], _KIND_EN.get(m[1] or m[3], "节")), text)
    text = _PART_ORDER.sub(lambda m: f"第{ORDINALS[m[1]]}{_KIND_EN[m[2]]}", text)
    return _WITHIN_EN.sub(lambda m: m[2] + m[1] if _rank(m[2]) < _rank(m[1]) else m[0], text)


def _row(numbers: str, kind: str) -> str:
    found: list[str] = []
    for joined, number in re.findall(
        rf"([^\da-z{NUMERAL}]*(?:\b(?:and|or|to|through)\b)?)[\s第]*({_N}|[a-z]+)", numbers
    ):
        value = number if number[0].isdecimal() else ROMAN.get(number) or _COUNT.get(number) or whole(number)
        if value is None:
            continue
        if (
            found
            and re.search(r"至|到|-|–|\bto\b|through", joined)
            and found[-1].isdecimal()
            and str(value).isdecimal()
        ):
            found += map(str, range(int(found[-1]) + 1, min(int(value), int(found[-1]) + _MOST_IN_RANGE)))
        found.append(str(value))
    return "、".join(f"第{number}{kind}" for number in found)


def section_keys(number: str) -> set[str]:
    """The keys under which a section with this number is found: 第十二条 -> {"第12条"}, 5.1 -> {"5.1"}, 4 -> all of 第4章 …"""
    folded = fold(number)
    if re.fullmatch(r"\d+(?:\.\d+)+", folded):
        return {folded}
    if _INSERTED.fullmatch(folded):
        return set(unit_keys(folded))
    value = whole(folded)
    if value is not None:  # a bare number is what people call chapter, section or part as they like
        return {f"第{value}{kind}" for kind in ("章", "节", "部分", "编", "条")} | {str(value)}
    keys = set(unit_keys(folded)) | set(ordinals(folded))
    match = re.fullmatch(r"第(\d+)(编|章|节)", next(iter(sorted(keys)), ""))
    if match:
        keys.add(f"第{match.group(1)}部分")
    if re.match(r"(section|sec|clause|rule)\b", folded):
        keys |= {f"第{n}{kind}" for n in re.findall(r"\d+$", folded) for kind in ("节", "条")}
    return keys


def without_units(text: str) -> str:
    """A question without the numbered units and the places in lists that it names."""
    folded = without_items(fold(text))
    for pattern in (_PART_ZH, _PART_EN, _PART_ORDER, _DECIMAL_UNIT):
        folded = pattern.sub(" ", folded)
    return folded


# A place in a list (第二个问题, 最后一条建议, "the first recommendation") is no unit of the document.
_THING_ZH = (
    "建议|对策|措施|举措|办法|问题|困难|挑战|不足|意见|理由|原因|要求|任务|目标|原则|条件|步骤|作用|影响|好处|优势|风险|结论"
    "|观点|特点|情形|行为"
)
_THING_EN = (
    "(?:counter)?measure|recommendation|suggestion|proposal|problem|issue|challenge|difficulty|weakness|shortcoming|obstacle"
    "|point|item|reason|step|task|requirement|condition|objective|goal|principle|benefit|risk|duty|obligation|exception"
)
_PLACE = re.compile(
    rf"(?P<back>倒数)?第\s*(?P<number>[{NUMERAL}]+|\d{{1,2}})\s*(?P<measure>[条个点项种]|方面|大(?={_THING_ZH}))"
    r"|(?P<last>最后[一1]?)\s*[条个点项]|(?P<first>头一|首)\s*[条个点项]"
    rf"|\b(?P<end>{'|'.join(ORDINALS)})[- ](?:to[- ])?last\b"
    rf"|\b(?P<order>{'|'.join(ORDINALS)}|\d{{1,2}}(?=st|nd|rd|th)|last|final)(?:st|nd|rd|th)?\b"
    r"(?! (?:year|time|quarter|half|law|country|tier|level|section|chapter|part|article))"
    rf"|(?:(?<=建议)|(?<=问题)|(?<=对策)|(?<=措施))\s*(?P<after>[{NUMERAL}]|\d{{1,2}})(?=$|[?呢的]|是[什啥哪])"
    rf"|\b(?:(?<=problem )|(?<=point )|(?<=item )|(?<=step )|(?<=recommendation )|(?<=suggestion )"
    rf"|(?<=number ))(?P<digits>\d{{1,2}})\b"
)
# What a document may call by a word and a number within its text.
_LABEL = re.compile(
    r"\b(recommendation|principle|step|option|lesson|measure|action|objective|goal|target|proposal|finding|annex|appendix|rule"
    r"|priority|phase|stage) (\d{1,2})\b"
    rf"|(建议|措施|对策|任务|举措|附件|步骤|原则|目标|行动|阶段)([{NUMERAL}]+|\d{{1,2}})(?=$|[\s,，。.?？:：、的是中里和与跟呢讲说])"
    rf"|第([{NUMERAL}]+|\d{{1,2}})(阶段|步骤|等级)"
)


def label_in(folded: str) -> tuple[str, int] | None:
    """The label within a text that a folded question names ("recommendation 8", 建议三): its word and number; or None."""
    found = _LABEL.search(folded)
    if found is None:
        return None
    word, number = found[1] or found[3] or found[6], found[2] or found[4] or found[5]
    value = whole(number)
    return (word, value) if value else None


def without_label(folded: str) -> str:
    """A folded question without the label that it names."""
    return _LABEL.sub(" ", folded, count=1)


# A noun that is asked about makes 第二条 an item (第二条任务是什么); what an article says or is, an article.
_ASKED = r"(?=\s*(?:$|[?。呢]|是(?:什么|啥|哪|指)))"
_AFTER = re.compile(
    rf"的?\s*(?:主要|重要)?(?!(?:要求|影响)[^是的呢?。])(?:{_THING_ZH})(?!\s*[,:])| (?:[a-z]+ )?(?:{_THING_EN})\b"
    r"|(?!之|规定|内容|原文|全文|条文|主题|主旨|大意|含义|意思|目的|罚则|标题|[说讲写是有的对要])[\u4e00-\u9fff]{2}"
    + _ASKED
)
# What counts points, and no articles, needs no noun (第二点讲什么).
_COUNTED = re.compile(_ASKED + r"|的?(?:内容|意思)|具体|[说讲写]")
_BEFORE = re.compile(rf"(?:(?!办法|意见)(?:{_THING_ZH}))(?:里面?|当?中)?的?[,\s]*$")


# An article of what is named right before it: 反垄断法第六十二条.
_OF_LAW = re.compile(r"(?:法|条例|办法|规定|细则|准则|章程|意见|制度)(?:里面?|中)?的?\s*$")


def item_in(folded: str, *, bare: bool = False) -> tuple[int, int, int] | None:
    """The item of a list that a folded question asks for: its place, from 1 (-1: the last), and where that stands in the
    question; None where it asks for none. bare: what only counts (第二条, "the second one") names an item too."""
    for match in _PLACE.finditer(folded):
        if match["measure"] == "条" and _OF_LAW.search(folded[: match.start()]):
            continue
        named = (
            match["after"]
            or match["digits"]
            or _AFTER.match(folded, match.end())
            or _BEFORE.search(folded[: match.start()])
        )
        english = match["order"] or match["end"]
        counts = not english and match["measure"] not in ("条", "方面") and _COUNTED.match(folded, match.end())
        number = match["number"] or match["after"] or match["digits"] or english or "1"
        last = match["last"] or number in ("last", "final")
        place = -1 if last else ORDINALS.get(number) or whole(number)
        if place and (named or counts or bare):
            return -place if match["back"] or match["end"] else place, match.start(), match.end()
    return None


def item_place(folded: str) -> int | None:
    """The place, from 1, of the item of a list that a folded question asks for (-1: the last), or None."""
    found = item_in(folded)
    return found[0] if found else None


def without_items(text: str) -> str:
    """A text without the place in a list that it asks for."""
    found = item_in(text.lower())
    return f"{text[: found[1]].rstrip()} {text[found[2] :].lstrip()}" if found else text
