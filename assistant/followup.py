"""Follow-up questions: what an earlier turn left unsaid is put back, so that each question stands on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.analysis import fold, language_of, query_terms
from index.numerals import NUMERAL, chinese_number

Turn = Mapping[str, str]


@dataclass(frozen=True)
class Standalone:
    """A question that needs no earlier turn.

    text: the question. language: the language asked for, where that is not the question's own. item: the place, from 1,
    of the item of the earlier answer that is asked about; -1 is the last. earlier: the question that was answered then.
    """

    text: str
    language: str | None = None
    item: int | None = None
    earlier: str | None = None


_SWITCH = (
    (
        "en",
        re.compile(
            r"^(?:please |can you |could you )?(?:(?:say|answer|repeat|translate|give) ?(?:it|that|this|again)? ?)?(?:in(?:to)? )?english(?: please| version)?[.?!]*$"
        ),
    ),
    (
        "en",
        re.compile(
            r"^(?:请|能|可以)?(?:用|翻译?成|换成|改成|说)?(?:英文|英语)(?:回答|说|再说一遍|版|吗|呢|怎么说)*[。？?！!]*$"
        ),
    ),
    (
        "zh",
        re.compile(
            r"^(?:请|能|可以)?(?:用|翻译?成|换成|改成|说)?(?:中文|汉语)(?:回答|说|再说一遍|版|吗|呢)*[。？?！!]*$"
        ),
    ),
    (
        "zh",
        re.compile(
            r"^(?:please |can you |could you )?(?:(?:say|answer|repeat|translate|give) ?(?:it|that|this|again)? ?)?(?:in(?:to)? )?chinese(?: please| version)?[.?!]*$"
        ),
    ),
)
_SWITCH_INSIDE = (
    (
        "en",
        re.compile(
            r"(?:请)?用(?:英文|英语)(?:回答)?|\b(?:answer|reply|respond) in english\b|,? ?\bin english,? please\b"
        ),
    ),
    ("zh", re.compile(r"(?:请)?用中文(?:回答)?|\b(?:answer|reply|respond) in chinese\b|,? ?\bin chinese,? please\b")),
)
_ORDINAL_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "last": -1}
_ITEM_ZH = re.compile(rf"第\s*([{NUMERAL}]+|\d{{1,2}})\s*(?:[条个点项种]|方面)|(最后)一?[条个点项]")
_ITEM_EN = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|last)\b(?: (?:one|point|item|recommendation|suggestion|problem|measure))?|\b(?:number|point|item) (\d{1,2})\b"
)
_ABOUT = re.compile(
    r"^(?:那么?|那|还有|然后|再|另外|至于|而)?[,，\s]*(.{1,30}?)(?:方面|那边)?(?:呢|又如何|又怎样|怎么样|如何)[?？。!！]*$"
    r"|^(?:and |but |so |then |ok(?:ay)?,? )*(?:what|how) about (.{1,60}?)[?.!]*$"
    r"|^(?:and|but) (?:for |in |at )?(.{1,60}?)[?.!]*$"
)
_LEANS = re.compile(
    r"^(?:那|那么|所以|但|但是|为什么呢|为什么这样|为什么会这样|为何如此|具体|详细|展开|再|还有|此外|除此|另外|其中|这|该|它|他们|它们|上述|前面|刚才|前者|后者|继续|依据|原文|例子|举例|怎么做|怎么办|谁|哪一?年)"
    r"|(?:它|它们|这个|这些|该|这|那|上述|前者|后者|其)(?:的|是|会|有|能|如何|怎|为|问题|建议|措施|方面|现象|情况|观点|企业|做法)"
    r"|^(?:why|how|how so|why not|and|but|so|then|also|more|tell me more|elaborate|explain|go on|continue|for example|such as|what else|anything else|which ones?|really|when|where|who)\b[^a-z]*$"
    r"|\b(?:it|its|they|them|their|this|that|these|those|former|latter|he|she|same)\b"
)
_CHUNK = re.compile(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z' -]*")


def standalone(question: str, history: Sequence[Turn]) -> Standalone:
    """The question with its subject put back. A question that stands on its own comes back as it is."""
    folded = fold(question).strip()
    earlier = _earlier(history)
    for language, pattern in _SWITCH:
        if pattern.match(folded):
            return Standalone(earlier or question, language=language if earlier else None)
    for language, pattern in _SWITCH_INSIDE:
        if pattern.search(folded):
            rest = pattern.sub("", folded).strip(" ,，。.?？")
            if len(query_terms(rest)) > 0 and rest:
                resolved = standalone(rest, history)
                return Standalone(resolved.text, language, resolved.item, resolved.earlier)
    if not earlier:
        return Standalone(question)
    item = _item(folded)
    if item is not None:
        return Standalone(earlier, item=item, earlier=earlier)
    about = _ABOUT.match(folded)
    if about:
        subject = next(group for group in about.groups() if group)
        if not re.search(r"^(?:什么|为什么|怎么|如何|why|how|what)$", subject):
            return Standalone(_replace(earlier, subject.strip(), question), earlier=earlier)
    if _leans(folded):
        return Standalone(f"{earlier} {question}", earlier=earlier)
    return Standalone(question)


def _earlier(history: Sequence[Turn]) -> str | None:
    """The last question that was asked, itself made standalone with the turns before it."""
    for position in range(len(history) - 1, -1, -1):
        if history[position]["role"] == "user" and history[position]["content"].strip():
            return standalone(history[position]["content"], history[:position]).text
    return None


def _item(folded: str) -> int | None:
    if len(folded) > 40:
        return None
    match = _ITEM_ZH.search(folded)
    if match and not re.search(r"第\s*\S+\s*条(?:规定|是什么|讲|说了)", folded):
        if match.group(2):
            return -1
        number = match.group(1)
        return int(number) if number.isdigit() else chinese_number(number)
    match = _ITEM_EN.search(folded)
    if match and not re.search(r"\b(?:first|last) (?:year|time|law|country|quarter)", folded):
        return _ORDINAL_WORDS[match.group(1)] if match.group(1) else int(match.group(2))
    return None


def _leans(folded: str) -> bool:
    """Whether a question leans on what came before: it points back, or it holds next to nothing to search for."""
    if _LEANS.search(folded):
        return len(folded) <= (60 if language_of(folded) == "zh" else 120)
    return len(query_terms(folded)) <= 1


def _replace(earlier: str, subject: str, question: str) -> str:
    """The earlier question about another subject: the chunk of it most like the new one gives way; else both stand."""
    folded = fold(earlier)
    if language_of(subject) != language_of(earlier):
        return f"{subject} {earlier}"
    ours = set(query_terms(subject))
    best, best_share = None, 0.0
    for chunk in _pieces(folded):
        theirs = set(query_terms(chunk))
        share = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
        if share > best_share:
            best, best_share = chunk, share
    if best is not None and best_share >= 0.15:
        return folded.replace(best, subject, 1)
    return f"{subject} {_without_subject(folded)}"


_FUNCTION = re.compile(
    r"(?:的|有|是|在|对|和|与|及|了|应该|应当|应|可以|需要|要|怎么|如何|怎样|为什么|哪些|什么|哪几[个条点]?|多少|[?？,，。])"
)
_FUNCTION_EN = re.compile(
    r"\b(?:what|which|how|why|who|does|do|did|is|are|was|were|the|a|an|of|for|to|at|in|on|by|should|can|must|will|paper|say|about|and|from)\b|[?,.]"
)


def _pieces(folded: str) -> list[str]:
    splitter = _FUNCTION if language_of(folded) == "zh" else _FUNCTION_EN
    return [piece.strip() for piece in splitter.split(folded) if piece and len(piece.strip()) > 1]


def _without_subject(folded: str) -> str:
    """A question without its first content chunk, which is mostly what it is about."""
    pieces = _pieces(folded)
    if language_of(folded) == "zh":
        return folded.replace(pieces[0], "", 1) if len(pieces) > 1 else folded
    # An English question names its subject last: "What should the enterprises do" keeps its verb, loses its noun.
    return folded.replace(pieces[-1], "", 1) if len(pieces) > 1 else folded
