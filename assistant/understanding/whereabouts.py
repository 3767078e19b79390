"""Whereabouts: whether a question asks in which section of a document something stands."""

from __future__ import annotations

import re

_TEXT_ZH = "论文|文章|文中|本文|文档|报告|文件|文本"
_TEXT_EN = "paper|document|report|text|article|study|policy|law|act|handbook|guide"
_SAYS_ZH = "讨论|论述|讲述?|谈|说|写|提到|提及|涉及|阐述|说明|介绍|分析|规定|描述|出现"
_WHERE = re.compile(
    rf"(?:是|出现|位于|属于|写|放)?在?(?:(?:这篇|该|整篇)?(?:{_TEXT_ZH})的?)?(?:(?<!有)(?<![分包]为)(?<![包含]含)(?<!包括)哪一?[个些]?|第几)(?:章节?|小?节(?!课))(?:里面?|中)?"
    rf"(?:(?:{_SAYS_ZH})(?:到|了|的|过)*)?"
    rf"|(?:在(?:(?:{_TEXT_ZH})的?)?|(?:{_TEXT_ZH})的?)哪一?个?部分(?:里面?|中)?(?:(?:{_SAYS_ZH})(?:到|了|的|过)*)?"
    rf"|哪一?个?部分(?:{_SAYS_ZH})(?:到|了|的|过)*"
    rf"|的?(?:相关|有关)?(?:{_SAYS_ZH}|内容)?(?:所在|在|位于)(?:的|哪个)?章节(?:编号|序号|号码?)?(?:是(?:什么|多少|哪个))?"
    r"|\b(?:in |under )?(?:which|what) (?:section|chapter)s?\b(?: numbers?)?"
    r"(?! are there\b| (?:does|do|did) .{1,30} (?:have|contain|include)\b)"
    rf"(?: of (?:the|this) (?:{_TEXT_EN}))?"
    rf"|\b(?:in )?(?:which|what) parts? of (?:the|this) (?:{_TEXT_EN})\b|\bwhere in (?:the|this) (?:{_TEXT_EN})\b",
    re.IGNORECASE,
)
_SAYS_EN = re.compile(
    r"\b(?:discuss(?:es|ed)?|deals? with|covers?|covered|describe[sd]?|mention(?:s|ed)?|addresse[sd]|talks? about"
    r"|treats?|treated|dealt with|find|found|located|is|are|does|do|can i|should i|look)\b",
    re.IGNORECASE,
)


def asks_whereabouts(folded: str) -> bool:
    """Whether a question asks in which section something is said."""
    return bool(_WHERE.search(folded))


def without_whereabouts(text: str) -> str:
    """A question without what asks for the section: the subject that stands there."""
    found = _WHERE.search(text)
    rest = _WHERE.sub(" ", text)
    return _SAYS_EN.sub(" ", rest).strip() if found and found.group().isascii() else rest.strip()
