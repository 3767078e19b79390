"""Leaning questions: what in a question points back to an earlier one, and what of the earlier one then belongs to it."""

from __future__ import annotations

import re

from assistant.understanding.clauses import ALONE, SOMETHING
from assistant.understanding.lexicon import words_of
from assistant.understanding.question import understand, without_facets
from index.analysis import fold, language_of

# Longer questions than these, in characters, stand on their own whatever they hold.
_LONGEST_ZH, _LONGEST_EN = 60, 120

_POINTS_ZH = re.compile(
    r"^(?:为什么呢|为什么这样|为什么会这样|为何如此|除此|其中|这|该|它|他们|(?:那么?)?[他她](?![人国方项])|上述|前面"
    r"|刚才|前者|后者)"
    r"|(?:它们?|这[个些]?|那|上述|前者|后者|(?<!应)该|(?<![尤极])其)(?:的|是|会|有|能|如何|怎|为|问题|建议|措施|方面"
    r"|现象|情况|观点|企业|做法)"
)
# Openings that go on from something only where little else is said: 谁决定, but not 谁负责全市停车管理.
_GOES_ON = re.compile(
    r"^(?:那么?|所以|但是?|具体|详细|展开|再|还有|此外|另外|继续|后来|之后|随后|接着|最后|如今|依据|原文|例子|举例|怎么做|怎么办|谁|哪一?年)"
    r"|呢[?？。]*$"
    r"|^(?:why|how|how so|why not|and|but|so|then|also|more|tell me more|elaborate|explain|go on|continue|"
    r"for example|such as|what else|anything else|which ones?|really|when|where|who)\b[^a-z]*$"
)
_POINTS_EN = re.compile(
    r"\b(?:it|its|they|them|their|this|these|those|former|latter|he|she|same)\b"
    # "That" is a pronoun at the end, after a preposition or an auxiliary; elsewhere it begins a clause.
    r"|\bthat(?=[?.!]*$)|^that\b"
    r"|\b(?:what|how) (?P<looks>that)(?= [a-z]+s\b)"
    r"|\b(?:is|was|are|were|does|did|do|has|have|had|can|could|will|would|should|of|by|for|about|like|to|after"
    r"|before|in|on|from|with|under|why|how)"
    r" (?P<that>that)\b(?! (?:the|an?|it|they|he|she|we|you|there|all|no)\b)"
)
# What looks like a pronoun and is none: "is it true that", "how long does it take to", "this paper", "interns … their".
_NO_PRONOUN = re.compile(
    r"\b(?:is|was|isn't|would|be) it (?:be )?(?:\w+ ){1,3}(?:that|whether|if|(?:for [^,?]{1,40} )?to(?! be))\b"
    r"|\bit (?:is|was) (?:\w+ ){1,3}(?:that|whether)\b"
    r"|\b(?:does|will|would) it (?:take|matter)\b.{0,40}\b(?:to|if|whether|that)\b"
    r"|\b(?:this|that|these|those) (?:paper|document|study|text|report|policy|handbook|author|essay|article|page)s?\b"
    r"|\b(?!does\b|this\b|its\b)[a-z]{3,}s\b[^?.]*?\btheir\b"
)
_WORK_ZH = re.compile(r"[这该此][篇份部个项]?(?:论文|文章|文件|文档|研究|报告|手册|文(?!化))")
_RULES_ZH = re.compile(r"[这该此][部个项]?(办法|规定|条例|政策|通知|制度|法)律?")


def says(words: str) -> float:
    """How much some words say, by weight."""
    return sum(w.weight for w in words_of(words))


def leans(folded: str, earlier: str) -> bool:
    """Whether a question leans on an earlier one: it points back, or it holds next to nothing to search for."""
    if _points_back(folded, fold(earlier)):
        return len(folded) <= (_LONGEST_ZH if language_of(folded) == "zh" else _LONGEST_EN)
    return says(folded) < SOMETHING or (bool(_GOES_ON.search(folded)) and says(without_facets(folded)) < ALONE)


def _points_back(folded: str, earlier: str) -> bool:
    return bool(_POINTS_ZH.search(_without_documents(folded, earlier)) or _pronoun(folded))


def _without_documents(folded: str, earlier: str) -> str:
    """A question without what stands for the document itself (该文, 这份报告); of rules only where no others were named."""
    return _RULES_ZH.sub(lambda m: m[0] if _rules_named(m[1], earlier) else "文中", _WORK_ZH.sub("文中", folded))


def _rules_named(kind: str, earlier: str) -> str | None:
    """The law or the rules that the earlier question names (反垄断法第十二条 …), or None."""
    found = re.search(rf"[\u4e00-\u9fff]{{2,}}?(?<![这该此本部个项]){kind}", earlier)
    return found.group() if found else None


def _pronoun(folded: str) -> tuple[int, int] | None:
    """Where a question has an English pronoun for something said before, if it does."""
    masked = _NO_PRONOUN.sub(lambda match: "-" * len(match[0]), folded)
    found = _POINTS_EN.search(masked)
    named = next((name for name in ("that", "looks") if found and found[name]), None)
    return (found.span(named) if named else found.span()) if found else None


_PRONOUN_ZH = re.compile(
    r"^(?:那么?)?(?:它们|他们|它|其|这个|那个|这|那|该)(?=[还又也都]?(?:存在|有|面临)|有|是|会|能|的|对|为|带|可|包|存|主)"
)
# The subject of the earlier question, whatever was asked of it.
THAT_FIELD = re.compile("[这那此]一?个?(?:方面|块(?!钱))")
_PROBLEMS = re.compile(
    r"(?:现在|目前)?(?:存在|面临|有)?(?:什么|哪些)?(?:问题|困难|挑战|不足)|\b(?:problems?|challenges?|issues?)\b"
)


def joined(earlier: str, question: str, folded: str) -> str:
    """A leaning question with what it leans on: a pronoun gives way to the earlier subject, else both stand together."""
    before = fold(earlier)
    asked = understand(question).facets
    if "solution" in asked:
        # What is to be done is asked of the subject; the problem has been told.
        before = _PROBLEMS.sub("", before)
    found = pieces(before)
    if (rules := _RULES_ZH.search(folded)) and (named := _rules_named(rules[1], before)):
        return _RULES_ZH.sub(named, folded, count=1)
    if THAT_FIELD.search(folded) and (named_there := pieces(without_facets(before))):
        return THAT_FIELD.sub(max(named_there, key=says), folded, count=1)
    if _PRONOUN_ZH.match(folded) and found:
        return _PRONOUN_ZH.sub(found[0], folded, count=1)
    place = _pronoun(folded) if language_of(folded) == "en" else None
    if place and found:
        subject = max(found, key=lambda piece: (says(piece) >= SOMETHING, len(piece)))
        if folded[slice(*place)] in ("that", "this"):
            subject = " ".join(piece for piece in found if says(piece) >= SOMETHING)  # no thing, but what was said
        if before != fold(earlier):
            return f"{subject}: {question}"  # they are the problems, and no word of the question's own
        rest = f"{folded[: place[0]]} {folded[place[1] :]}"
        if says(rest) >= SOMETHING:
            return f"{folded[: place[0]]}{subject}{folded[place[1] :]}"
    return f"{before.strip(' ?？。')} {question}"


_FUNCTION = re.compile(
    r"(?:的|有|是|在|对|和|与|及|了|应该|应当|应|可以|需要|要|怎么|如何|怎样|为什么|哪些|什么|哪几[个条点]?|多少"
    r"|[?？,，。])"
)
_FUNCTION_EN = re.compile(
    r"\b(?:what|which|how|why|who|does|do|did|is|are|was|were|has|have|had|the|a|an|for|to|at|in|on|by|should|can"
    r"|must|will|paper|say|about|and|from)\b|[?,]|\.(?!\d)"
)


def pieces(folded: str) -> list[str]:
    """What stands between the words that only shape a question."""
    splitter = _FUNCTION if language_of(folded) == "zh" else _FUNCTION_EN
    return [piece.strip() for piece in splitter.split(folded) if piece and len(piece.strip()) > 1]
