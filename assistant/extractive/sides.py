"""What a question leans to: benefits, risks, prohibitions or penalties, told by the sentences that say what is gained, may go
wrong, must not be, or is imposed."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.extractive.evidence import Candidate
from assistant.understanding.question import Question

# What it adds to a sentence's score that it tells of gains, or of harms, where those are asked for.
SIDED = 0.2


def two_sided(question: Question) -> bool:
    """Whether a question asks for what is good and what is bad about one thing."""
    return bool(_GOOD.search(question.folded) and _BAD.search(question.folded))


def asks_for_forbidden(question: Question) -> bool:
    """Whether a question asks what must not be."""
    return bool(_FORBIDDEN.search(question.folded))


def asks_what_is_forbidden(question: Question) -> bool:
    """Whether a question asks which things must not be, without naming one."""
    return bool(_WHAT_FORBIDDEN.search(question.folded))


def asks_for_gains(question: Question) -> bool:
    """Whether a question asks what somebody gains."""
    return bool(_BENEFIT.search(question.folded))


def gains_told(folded: str) -> int:
    """How many words a folded text has that say that something is gained."""
    return len(_GAINS.findall(folded))


def says_forbidden(folded: str) -> bool:
    """Whether a folded text says that something must not be."""
    return bool(_MUST_NOT.search(folded))


def by_side(question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """Candidates for a question of benefits, of risks, of what is forbidden or how it is punished: those first that tell of what
    somebody gains, of what may go wrong, must not be or is done then; not those that tell the contrary, of a risk made less."""
    for asks, tells, contrary in _LEANINGS:
        # 如何防范…风险 asks for what makes it less.
        if asks.search(question.folded) and not (contrary and contrary.search(question.folded)):
            found = [replace(c, score=c.score + _leaning(c, tells, contrary)) for c in candidates]
            if any(c.score > before.score for c, before in zip(found, candidates, strict=True)):
                found = [c for c, before in zip(found, candidates, strict=True) if c.score >= before.score]
                return sorted(found, key=lambda c: (-c.score, c.key))
    return candidates


def _leaning(candidate: Candidate, tells: re.Pattern[str], contrary: re.Pattern[str] | None) -> float:
    folded = candidate.held.folded
    if contrary is not None and contrary.search(folded):
        return -SIDED
    return SIDED if tells.search(folded) else 0.0


_NOT_ZH, _NOT_EN = "禁止|严禁|不得|不准|不许|不允许", "forbidden|prohibited|banned|not allowed|not permitted"
_FORBIDDEN = re.compile(
    rf"{_NOT_ZH}|不能(?!力).{{0,6}}(?:哪些|什么)|(?:哪些|什么).{{0,8}}不能"
    rf"|\b(?:{_NOT_EN}|(?:must|may) not)\b|\bwhat (?:must|may|should) (?:[a-z]+ ){{0,4}}not\b"
)
_WHAT_FORBIDDEN = re.compile(
    rf"(?:{_NOT_ZH})(?:做|干|从事|使用|有)?(?:哪些|什么|啥)|(?:哪些|什么|啥)[^，,。？?]{{0,8}}(?:被禁止|{_NOT_ZH})"
    rf"|\bwhat (?:must|may) (?:[a-z]+ ){{0,4}}not\b|\b(?:what|which)(?: [a-z]+){{0,3}} (?:is|are) (?:{_NOT_EN})\b"
)
_MUST_NOT = re.compile(
    rf"{_NOT_ZH}|\b(?:{_NOT_EN}|(?:must|may|shall|should|can) not|(?:not be|never(?: be)?) (?:allowed|permitted))\b"
    r"|\bno (?:user|employee|staff|person|one)\b"
)
_GOOD = re.compile(
    r"做得好|好的(?:一面|方面)|优点|优势|长处|成绩|成就|成效|成果|亮点"
    r"|\b(?:good points?|bright spots?|(?:gone|goes|going|went|done|did) (?:right|well)|achievements?"
    r"|strengths?|successes|progress|advantages?|merits|pros)\b"
)
_BAD = re.compile(
    r"做得(?:不好|差)|(?:坏|差|不好|不足)的(?:一面|方面)|缺点|劣势|短处|不足|短板|问题"
    r"|\b(?:bad points?|weak (?:points?|spots?|sides?)|(?:gone|goes|going|went|done|did) (?:badly|wrong|poorly)|weakness\w*"
    r"|shortcomings?|failures?|problems?|drawbacks?|disadvantages?|flaws|cons)\b"
)
_BENEFIT = re.compile(
    r"好处|益处|(?<!竞争)优势|作用|意义|价值|有什么用|有何用|有啥用|帮助"
    r"|\b(?:benefits?|(?<!competitive )advantages?|gains?|roles?|merits?|help(?:s|ful)?|good for)\b"
)
_RISK = re.compile(
    r"(?:哪些|什么|哪种|何种|有何).{0,4}(?:风险|弊端|坏处|缺点|危害|隐患)"
    r"|(?:风险|弊端|坏处|缺点|危害|隐患)(?:是什么|有哪些|何在|有什么)"
    r"|的(?:风险|弊端|坏处|缺点|危害|隐患)呢?[?？。]*$"
    r"|\b(?:what|which|name|list|any)\b.{0,16}\b(?:risks|downsides|drawbacks|disadvantages|dangers|harms|pitfalls)\b"
)
_GAINS = re.compile(
    r"降低|提升|提高|有助于|有利于|促进|推动|增强|巩固|带来|实现|保障|便捷|能够|作用"
    r"|\b(?:help\w*|improv\w*|reduc\w*|rais\w*|driv\w*|promot\w*|enabl\w*|strengthen\w*|easier|benefit\w*|roles?)\b"
)
_HARMS = re.compile(
    r"导致|减弱|泄露|过度|丧失|受阻|危险|损失|损害|依赖|难以"
    r"|\b(?:leak\w*|over-?reli\w*|weaken\w*|los[es]\w*|harm\w*|damage\w*|lead to|fail\w*|unable)\b"
)


_LESSENED = re.compile(
    r"(?:降低|减少|避免|减缓|警惕|防范|规避)[^，。；]{0,10}风险"
    r"|\b(?:reduc|lower|cut|avoid|mitigat)\w*[^,.;]{0,30}\brisks?\b"
)
_PUNISHED = re.compile(
    r"怎么(?:处?罚|处理|处分)|如何(?:处?罚|处理|处分)|罚多少|(?:什么|啥|何种|哪些)(?:处罚|惩罚|处分|后果|责任)"
    r"|后果(?:是什么|如何)"
    r"|\b(?:penalt(?:y|ies)|punish\w*|fined|sanctions?)\b|\bwhat happens (?:if|to|when)\b|\bconsequences? (?:of|for)\b"
)
_PUNISHES = re.compile(
    r"罚款|处[^理分]{0,12}(?:徒刑|死刑|拘役|管制)|责令|没收|吊销|处分|警告|追究|刑事责任|解除劳动合同|不予|追回"
    r"|\b(?:fines?|fined|dismiss\w*|disciplin\w*|liable|revok\w*|suspend\w*|terminat\w*|penalt\w*|warnings?"
    r"|reprimand\w*)\b"
)
# What a question asks for, what tells it, and what tells the contrary.
_LEANINGS = (
    (_FORBIDDEN, _MUST_NOT, None),
    (_BENEFIT, _GAINS, None),
    (_RISK, _HARMS, _LESSENED),
    (_PUNISHED, _PUNISHES, None),
)
