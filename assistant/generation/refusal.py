"""Refusals in a chat model's own words: that the documents, or what it was given, do not answer."""

from __future__ import annotations

import re

from index.analysis import fold
from prompts import LANGUAGES, phrase

_SOURCES_ZH = "(?:文档|文件|段落|资料|材料|原文|文中|文本|上下文|内容|信息|以上|上述|所给|提供的|论文|文章)"
_SOURCES_EN = r"\b(?:documents?|passages?|texts?|sources?|context|excerpts?|information|materials?)\b"
# What a policy does not provide for is a statement about it; what it does not mention is none.
_POLICY_EN = r"\b(?:papers?|polic(?:y|ies))\b"
_SAY = "answer|mention|say|state|specify|address|discuss"
_HOLD = "contain|provide|include|cover|give|offer"
_NOT = r"\b(?:do(?:es)? not|don't|doesn't|did not|cannot|can't|is not|isn't|are not|aren't|no)\b"
_REFUSES = re.compile(
    "|".join(
        (
            rf"{_SOURCES_ZH}[^。！？]{{0,16}}?(?:没有|未|无法|不能|不包含|不足以|不含)[^。！？]{{0,10}}?"
            "(?:提到|提及|谈到|谈及|说到|说明|回答|涉及|包含|给出|提供|找到|信息|相关|规定|答案|内容)",
            "(?:无法|不能|没办法|没有办法)[^。！？]{0,12}(?:回答|作答|确定|得知|判断|找到)",
            "(?:没有|没能|没|未能|未)(?:找到|检索到|查到)[^。！？]{0,6}(?:相关|答案|内容|信息|资料)",
            "^我?(?:不知道|不清楚|抱歉|对不起)",
            rf"{_SOURCES_EN}(?! (?:that|which)\b)[^.!?]{{0,40}}?{_NOT}[^.!?]{{0,30}}?\b"
            rf"(?:{_SAY}|{_HOLD}|sufficient|enough|information)",
            rf"{_POLICY_EN} {_NOT} (?:{_SAY})",
            rf"{_SOURCES_EN}[^.!?]{{0,20}}? (?:(?:{_SAY}|{_HOLD})s? (?:no|nothing)\b|(?:is|are) silent\b)",
            rf"\b(?:no|none of the|neither of the) (?:\w+ )?{_SOURCES_EN}[^.!?]{{0,20}}?\b(?:{_SAY}|{_HOLD})",
            rf"\bis(?: not|n't)\b[^.!?]{{0,20}}\bin (?:the|these|any of the) (?:\w+ )?{_SOURCES_EN}",
            r"^(?:sorry, |unfortunately, )?(?:insufficient|not enough) (?:information|context|detail)",
            r"\b(?:i|we) (?:cannot|can't|could not|couldn't|am unable to|am not able to|do not|don't)\b[^.!?]{0,30}"
            r"\b(?:answer|find|determine|tell|know|have|provide|help|assist)",
            r"\b(?:there is|i have|i found) (?:no|not enough|insufficient)\b[^.!?]{0,20}\binformation\b",
            r"\bnot (?:mentioned|stated|specified|addressed|covered|found)\b[^.!?]{0,20}"
            r"\b(?:documents?|passages?|text|sources?|context)\b",
        )
    )
)


def refuses(sentence: str) -> bool:
    """Whether a sentence says that there is no answer."""
    folded = fold(sentence)
    fixed = (fold(phrase("abstain", language)).rstrip("。.") for language in LANGUAGES)
    return any(said in folded for said in fixed) or bool(_REFUSES.search(folded))
