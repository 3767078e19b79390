"""Premises: whether a question takes something for granted that the evidence states otherwise."""

from __future__ import annotations

import re

from assistant.extractive.amounts import amounts_differ, bounded
from assistant.extractive.evidence import Candidate
from assistant.understanding.question import Question
from index.analysis import STOPWORDS_EN, terms
from index.numerals import ORDINALS, whole

_UP = re.compile(
    r"上升|增长|提高|增加(?!值)|上涨|提升|扩大|增强|上扬|攀升|走高|变大|变强|变多|变好|改善|涨了|升了"
    r"|\b(?:ris(?:e|es|en|ing)|rose|increas\w*|gr[eo]w\w*|climb\w*|expand\w*|improv\w*|went up|go(?:ne|ing)? up"
    r"|soar\w*)\b"
)
_DOWN = re.compile(
    r"下降|减少|降低|下滑|下跌|缩小|减弱|萎缩|衰退|走低|回落|变小|变弱|变少|变差|恶化|跌了|降了"
    r"|\b(?:f[ae]ll(?:s|en|ing)?|declin\w*|decreas\w*|drop\w*|shr[aiu]nk\w*|reduc\w*|weaken\w*|went down"
    r"|go(?:ne|ing)? down|worsen\w*)\b"
)
# A yes-or-no question, or one that builds on what it takes for granted.
_ASSERTS = re.compile(
    r"吗|是不是|是否|对不对|对吧|没错吧|是真的|既然|怎么做到|这是怎么|说明|表明|可见|听说|据说|已经|为什么|为何|为啥"
    r"|原因|得益于|归功于|多少|到了|之后|以来|是怎么.{1,8}的|有什么(?:好处|影响|作用)"
    r"|^(?:did|does|do|is|are|was|were|has|have|since|given|as|because)\b|\bwhy\b|\b(?:correct|right|true)\s*\?*$"
    r"|\bby how much\b|\bhow much did\b|\bthanks to\b|\bis it true\b|\balready\b|\bhow come\b"
)
_OPPOSITES = tuple(
    (re.compile(a), re.compile(b))
    for a, b in (
        ("早", "晚"),
        ("先进", "落后"),
        ("强", "弱"),
        ("充足|充裕|充沛|丰富", "短缺|稀少|匮乏|不足"),
        ("支持|鼓励", "反对|禁止"),
        ("允许|可以|无需", "不得|禁止|严禁|必须"),
        ("容易", "困难|难"),
        ("普遍|很多|非常多", "较少|屈指可数|很少"),
        ("较高|很高|高水平", "较低|很低|低水平|低下"),
        ("常见|普遍", "罕见|少见|屈指可数|相对较少"),
        (r"\bcommon\b|\bwidespread\b|\bplentiful\b", r"\brare\b|\bscarce\b|\bhandful\b"),
        (r"\bearl(?:y|ier|iest)\b", r"\blate(?:r|st)?\b"),
        (r"\bstrong\w*", r"\bweak\w*|\bpoor\b"),
        (r"\bhigh(?:er|ly)?\b(?!-)", r"\blow(?:er|ly)?\b(?!-)"),
        (r"\bmay\b|\ballow\w*|\bpermit\w*", r"\b(?:must|shall|may) not\b|\bprohibit\w*|\bforbid\w*"),
    )
)
_RANK_ZH = re.compile(r"第([一二三四五六七八九十]|\d+)(?!季度|年|条|章|节|款|项)([\u4e00-\u9fff]{2})")
_RANK_EN = re.compile(r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[- ]([a-z]{3,})")


def contradicts(question: Question, best: Candidate) -> bool:
    """Whether a question asserts a direction, a rank, an amount or a quality that the best sentence states otherwise."""
    asked = bounded(question.folded)
    if question.kind in ("comparison", "summary") or not _ASSERTS.search(asked):
        return False
    stated = bounded(best.held.folded)
    if _differ(_ranks(asked), _ranks(stated)) or amounts_differ(asked, stated):
        return True
    pairs = ((_UP, _DOWN), *_OPPOSITES)
    return any(_turned(asked, stated, a, b) or _turned(asked, stated, b, a) for a, b in pairs)


def _differ(asked: dict[str, set[str]], stated: dict[str, set[str]]) -> bool:
    """Whether of the same thing other values are stated than asked about, and not the same one as well."""
    return any(what in stated and not values & stated[what] for what, values in asked.items())


def _ranks(folded: str) -> dict[str, set[str]]:
    """What is ranked, with its ranks: 第三梯队 -> {"梯队": {"3"}}, "third tier" -> {"tier": {"3"}}."""
    found: dict[str, set[str]] = {}
    for number, what in (*_RANK_ZH.findall(folded), *_RANK_EN.findall(folded)):
        found.setdefault(what, set()).add(str(ORDINALS.get(number) or whole(number)))
    return found


def _turned(asked: str, stated: str, one: re.Pattern[str], other: re.Pattern[str]) -> bool:
    """Whether the question says one thing of what the sentence says the opposite of.

    Both are told by the words around: the sentence has more of the question's around the opposite than around the same.
    """
    if other.search(asked):
        return False
    around = _around(asked, one)
    opposite = len(around & _around(stated, other))
    return opposite > 0 and opposite > len(around & _around(stated, one))


_CLAUSE_END = re.compile(r"[，。；,;]|\.(?!\d)")
_NEAR_HAN, _NEAR_WORDS = 40, 4


def _around(text: str, pattern: re.Pattern[str]) -> set[str]:
    """The pairs of Han characters and the telling English words close to what a pattern finds."""
    found: set[str] = set()
    for match in pattern.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        han = _CLAUSE_END.split(before[-_NEAR_HAN:])[-1] + "|" + _CLAUSE_END.split(after[:_NEAR_HAN])[0]
        found |= {pair for i in range(len(han) - 1) if re.fullmatch(r"[\u4e00-\u9fff]{2}", pair := han[i : i + 2])}
        words = re.findall(r"[a-z]{3,}", before)[-_NEAR_WORDS:] + re.findall(r"[a-z]{3,}", after)[:_NEAR_WORDS]
        found |= {stem for word in words if word not in STOPWORDS_EN for stem in terms(word)}
    return found
