"""Premises: whether a question takes something for granted that the evidence states otherwise."""

from __future__ import annotations

import re

from assistant.evidence import Candidate, Reader
from assistant.question import Question
from index.numerals import NUMERAL, chinese_number

_UP = re.compile(
    r"上升|增长|提高|增加(?!值)|上涨|提升|扩大|增强|上扬|攀升|走高|变大|变强|变多|变好|改善|涨了|升了"
    r"|\b(?:ris(?:e|es|en|ing)|rose|increas\w*|gr[eo]w\w*|climb\w*|expand\w*|improv\w*|went up|go(?:ne|ing)? up|soar\w*)\b"
)
_DOWN = re.compile(
    r"下降|减少|降低|下滑|下跌|缩小|减弱|萎缩|衰退|走低|回落|变小|变弱|变少|变差|恶化|跌了|降了"
    r"|\b(?:f[ae]ll(?:s|en|ing)?|declin\w*|decreas\w*|drop\w*|shr[aiu]nk\w*|reduc\w*|weaken\w*|went down|go(?:ne|ing)? down|worsen\w*)\b"
)
# A yes-or-no question, or one that builds on what it takes for granted.
_ASSERTS = re.compile(
    r"吗|是不是|是否|对不对|对吧|没错吧|是真的|既然|为什么|为何|为啥|原因|得益于|归功于|多少|到了|之后|以来"
    r"|^(?:did|does|do|is|are|was|were|has|have|since|given|as|because)\b|\bwhy\b|\b(?:correct|right|true)\s*\?*$"
    r"|\bby how much\b|\bhow much did\b|\bthanks to\b|\bis it true\b"
)
_OPPOSITES = tuple(
    (re.compile(a), re.compile(b))
    for a, b in (
        ("早", "晚"),
        ("先进", "落后"),
        ("强", "弱"),
        ("充足|充裕|丰富", "短缺|稀少|匮乏|不足"),
        ("支持|鼓励", "反对|禁止"),
        ("允许|可以|无需", "不得|禁止|严禁|必须"),
        ("容易", "困难|难"),
        (r"\bearly\b", r"\blate\b"),
        (r"\bstrong\w*", r"\bweak\w*|\bpoor\b"),
        (r"\bhigh\w*", r"\blow\w*"),
        (r"\bmay\b|\ballow\w*|\bpermit\w*", r"\b(?:must|shall|may) not\b|\bprohibit\w*|\bforbid\w*"),
    )
)
_ADVERBS = re.compile("很|较|比较|更|最|太|过于|过|非常|十分|相当|已经|已|仍|还")
_ORDER = {
    w: str(i) for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
} | {w: str(i) for i, w in enumerate("一二三四五六七八九十", 1)}
_RANK_ZH = re.compile(r"第([一二三四五六七八九十]|\d+)(?!季度|年|条|章|节|款|项)([\u4e00-\u9fff]{2})")
_RANK_EN = re.compile(r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[- ]([a-z]{3,})")
_AMOUNT_ZH = re.compile(r"(\d[\d.,]*)\s*(?:余|多)?(%|％|个百分点|[\u4e00-\u9fff])")
_AMOUNT_EN = re.compile(r"(\d[\d.,]*)\s*(%|percent|[a-z]{3,})")


def contradicts(reader: Reader, question: Question, best: Candidate) -> bool:
    """Whether a question asserts a direction, a rank, an amount or a quality that the best sentence states otherwise."""
    asked = question.folded
    stated = reader.study(best.passage).folded[best.position]
    if _differ(_ranks(asked), _ranks(stated)):
        return question.kind not in ("list", "comparison", "summary")
    if question.kind in ("how", "list", "summary", "comparison") or not _ASSERTS.search(asked):
        return False
    up, down = bool(_UP.search(asked)), bool(_DOWN.search(asked))
    if up != down:
        there_up, there_down = bool(_UP.search(stated)), bool(_DOWN.search(stated))
        if there_up != there_down and there_up != up:
            return True
    if _differ(_amounts(asked), _amounts(stated)):
        return True
    return any(_opposed(asked, stated, a, b) or _opposed(asked, stated, b, a) for a, b in _OPPOSITES)


def _differ(asked: dict[str, set[str]], stated: dict[str, set[str]]) -> bool:
    """Whether of the same thing other values are stated than asked about, and not the same one as well."""
    return any(what in stated and not values & stated[what] for what, values in asked.items())


def _ranks(folded: str) -> dict[str, set[str]]:
    """What is ranked, with its ranks: 第三梯队 -> {"梯队": {"3"}}, "third tier" -> {"tier": {"3"}}."""
    found: dict[str, set[str]] = {}
    for number, what in (*_RANK_ZH.findall(folded), *_RANK_EN.findall(folded)):
        found.setdefault(what, set()).add(_ORDER.get(number, number))
    return found


_NUMERALS = re.compile(f"(百分之)?([{NUMERAL}]{{2,}}|(?<=百分之)[{NUMERAL}])")


def _amounts(folded: str) -> dict[str, set[str]]:
    """What is counted or measured, with its amounts; years are no amounts."""
    folded = _NUMERALS.sub(_in_digits, folded)
    found: dict[str, set[str]] = {}
    for number, unit in (*_AMOUNT_ZH.findall(folded), *_AMOUNT_EN.findall(folded)):
        if unit not in ("年", "月", "日", "and", "the") and not re.fullmatch(r"(?:19|20)\d\d", number):
            found.setdefault(unit.replace("％", "%"), set()).add(number.replace(",", "").rstrip("."))
    return found


def _in_digits(match: re.Match[str]) -> str:
    value = chinese_number(match.group(2))
    if value is None:
        return match.group()
    return f"{value}%" if match.group(1) else str(value)


def _opposed(asked: str, stated: str, one: re.Pattern[str], other: re.Pattern[str]) -> bool:
    """Whether the question says one thing and the sentence its opposite, both of the same words just before it."""
    asked, stated = _ADVERBS.sub("", asked), _ADVERBS.sub("", stated)
    if other.search(asked) or one.search(stated):
        return False
    before = {_before(asked, m.start()) for m in one.finditer(asked)} - {""}
    return bool(before & {_before(stated, m.start()) for m in other.finditer(stated)})


def _before(text: str, position: int) -> str:
    """The two Han characters, or the English word, that end at a position."""
    match = re.search(r"([\u4e00-\u9fff]{2}|[a-z]{3,})\s*$", text[:position])
    return match.group(1) if match else ""
