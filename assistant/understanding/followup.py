"""Follow-up questions: what an earlier turn left unsaid is put back, so that each question stands on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.understanding.lexicon import words_of
from assistant.understanding.question import understand
from assistant.understanding.smalltalk import small_talk
from assistant.understanding.units import unit_keys, without_units
from index.analysis import fold, language_of, query_terms
from index.numerals import NUMERAL, chinese_number

Turn = Mapping[str, str]


@dataclass(frozen=True)
class Standalone:
    """A question that needs no earlier turn.

    text: the question. language: the language asked for, where that is not the question's own.
    """

    text: str
    language: str | None = None


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


def standalone(question: str, history: Sequence[Turn]) -> Standalone:
    """The question with its subject put back. A question that stands on its own comes back as it is."""
    folded = fold(question).strip()
    earlier = _earlier(history)
    for language, pattern in _SWITCH:
        if pattern.match(folded):
            return Standalone(earlier or question, language=language if earlier else None)
    for language, pattern in _SWITCH_INSIDE:
        rest = pattern.sub("", folded).strip(" ,，。.?？")
        if rest != folded.strip(" ,，。.?？") and rest and query_terms(rest):
            return Standalone(standalone(rest, history).text, language)
    if not earlier:
        return Standalone(question)
    replaced = _within_unit(folded, earlier) or _other_unit(folded, earlier) or _other_ordinal(folded, earlier)
    if replaced:
        return Standalone(replaced)
    item = _item(folded)
    if item is not None:
        return Standalone(_item_text(history, item) or f"{earlier.strip(' ?？。')} {question}")
    about = _ABOUT.match(folded)
    if about:
        subject = next(group for group in about.groups() if group).strip()
        if _says_something(subject):
            return Standalone(_replace(earlier, subject))
    if _leans(folded):
        return Standalone(_joined(earlier, question, folded))
    return Standalone(question)


def _earlier(history: Sequence[Turn]) -> str | None:
    """The last question that was asked, itself made standalone with the turns before it."""
    for position in range(len(history) - 1, -1, -1):
        turn = history[position]
        if turn["role"] == "user" and turn["content"].strip() and not small_talk(turn["content"]):
            return standalone(turn["content"], history[:position]).text
    return None


def _says_something(words: str) -> bool:
    return sum(w.weight for w in words_of(words)) >= 0.3


_THIS_CHAPTER = re.compile(r"(?:这|该|本|那)一?章|\b(?:this|that) chapter\b|\bthe same chapter\b")


def _within_unit(folded: str, earlier: str) -> str | None:
    """A question about a section of the chapter that the earlier one named (这一章的第三节), or None."""
    named = re.search(rf"第\s*(?:[{NUMERAL}]+|\d+)\s*章|\bchapter\s*\d+", fold(earlier))
    if not named or not _THIS_CHAPTER.search(folded) or not _UNIT.search(_THIS_CHAPTER.sub("", folded)):
        return None
    return _THIS_CHAPTER.sub(named.group(), folded, count=1)


def _other_unit(folded: str, earlier: str) -> str | None:
    """The earlier question about another numbered unit (那第十三条呢), or None."""
    if not unit_keys(fold(earlier)) or not unit_keys(folded) or len(words_of(without_units(folded))) > 1:
        return None
    named = _UNIT.search(folded)
    return _UNIT.sub(named.group(), fold(earlier), count=1) if named and _UNIT.search(fold(earlier)) else None


_UNIT = re.compile(
    rf"第\s*(?:[{NUMERAL}]+|\d+(?:\.\d+)*)\s*(?:编|章|节|条|部分)|(?:section|chapter|article|part|clause|rule)\s*\d+(?:\.\d+)*|\d+(?:\.\d+)+"
)
_RANKED = re.compile(r"\b(first|second|third|fourth|fifth|last)\b")


def _other_ordinal(folded: str, earlier: str) -> str | None:
    """The earlier question about another one of a row ("And after a second one?" after "a first breach"), or None."""
    ours, theirs = _RANKED.findall(folded), _RANKED.findall(fold(earlier))
    if len(ours) == 1 and len(theirs) == 1 and ours != theirs and re.match(r"^(?:and|but|what|how|then)\b", folded):
        return _RANKED.sub(ours[0], fold(earlier), count=1)
    return None


def _item(folded: str) -> int | None:
    """The place of the item that a short question names (第二条具体说说, "the last one"), or None."""
    if len(folded) > 40:
        return None
    match = _ITEM_ZH.search(folded)
    if match:
        if match.group(2):
            return -1
        number = match.group(1)
        return int(number) if number.isdigit() else chinese_number(number)
    match = _ITEM_EN.search(folded)
    if match and not re.search(r"\b(?:first|last) (?:year|time|law|country|quarter)", folded):
        return _ORDINAL_WORDS[match.group(1)] if match.group(1) else int(match.group(2))
    return None


_NUMBERED = re.compile(r"(?:^|(?<=[；;：:]))\s*(?:\d{1,2}[.)、]|[-*•])\s*([^\n；;]+)", re.MULTILINE)


def _item_text(history: Sequence[Turn], item: int) -> str | None:
    """The words of an item in the list that was answered last: its label where it has one."""
    for turn in reversed(history):
        if turn["role"] == "assistant":
            lines = [re.sub(r"\s*\[\d+\]", "", line).strip() for line in _NUMBERED.findall(turn["content"])]
            position = item - 1 if item > 0 else len(lines) + item
            if not 0 <= position < len(lines):
                return None
            labelled = re.match(r"\*\*(.+?)\*\*", lines[position])
            return labelled.group(1) if labelled else lines[position]
    return None


def _leans(folded: str) -> bool:
    """Whether a question leans on what came before: it points back, or it holds next to nothing to search for."""
    if _LEANS.search(folded):
        return len(folded) <= (60 if language_of(folded) == "zh" else 120)
    return not _says_something(folded)


_PRONOUN_ZH = re.compile(r"^(?:那么?)?(?:它们|他们|它|其|这个|那个|这|那|该)(?=有|是|会|能|的|对|为|带|可|包|存|主)")
_PRONOUN_EN = re.compile(r"\b(?:it|they|them|this|that|these|those)\b|\b(?:its|their)\b")


def _joined(earlier: str, question: str, folded: str) -> str:
    """A leaning question with what it leans on: a pronoun gives way to the earlier subject, else both stand together."""
    before = fold(earlier)
    pieces = _pieces(before)
    if _PRONOUN_ZH.match(folded) and pieces:
        return _PRONOUN_ZH.sub(pieces[0], folded, count=1)
    if (
        language_of(folded) == "en"
        and _PRONOUN_EN.search(folded)
        and pieces
        and _says_something(_PRONOUN_EN.sub("", folded))
    ):
        return _PRONOUN_EN.sub(max(pieces, key=len), folded, count=1)
    if "solution" in understand(question).facets:
        # What is to be done is asked of the subject; the problem has been told.
        before = re.sub(
            r"(?:现在|目前)?(?:存在|面临|有)?(?:什么|哪些)?(?:问题|困难|挑战|不足)|\b(?:problems?|challenges?|issues?)\b",
            "",
            before,
        )
    return f"{before.strip(' ?？。')} {question}"


def _replace(earlier: str, subject: str) -> str:
    """The earlier question about another subject: the piece of it that is most like the new one gives way."""
    folded = fold(earlier)
    if language_of(subject) != language_of(earlier):
        return f"{subject} {earlier}"
    pieces = _pieces(folded)
    if not pieces:
        return f"{subject} {earlier}"
    ours = set(query_terms(subject))
    shares = [len(ours & set(query_terms(p))) / max(1, len(ours | set(query_terms(p)))) for p in pieces]
    # Without a likeness: a Chinese question names its subject first, an English one last.
    likeliest = (
        max(range(len(pieces)), key=lambda i: shares[i])
        if max(shares) >= 0.15
        else (0 if language_of(folded) == "zh" else -1)
    )
    return folded.replace(pieces[likeliest], subject, 1)


_FUNCTION = re.compile(
    r"(?:的|有|是|在|对|和|与|及|了|应该|应当|应|可以|需要|要|怎么|如何|怎样|为什么|哪些|什么|哪几[个条点]?|多少|[?？,，。])"
)
_FUNCTION_EN = re.compile(
    r"\b(?:what|which|how|why|who|does|do|did|is|are|was|were|the|a|an|of|for|to|at|in|on|by|should|can|must|will|paper|say|about|and|from)\b|[?,.]"
)


def _pieces(folded: str) -> list[str]:
    splitter = _FUNCTION if language_of(folded) == "zh" else _FUNCTION_EN
    return [piece.strip() for piece in splitter.split(folded) if piece and len(piece.strip()) > 1]
