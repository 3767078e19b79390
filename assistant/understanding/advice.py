"""Advice: whether a question asks what somebody should do, who that is, and for whom."""

from __future__ import annotations

import re

_STATE = "政府|国家|当局|主管部门"
# What is done for the sake of a subject.
_FURTHER_ZH = "推进|促进|推动|加快|加强|开展|进行|实施|实现|做好|搞好|发展|深化|支持|扶持|帮助|鼓励|引导"
_FURTHER_EN = (
    "help|support|assist|encourage|promote|foster|boost|advance|develop|pursue|achieve|strengthen|improve|facilitate"
    "|enable|stimulate|guide"
)
_HOW = "(?:又|还|都)?(?:能够?|可以?)?(?:怎么|如何|怎样|咋)"
_RULERS = r"(?:the )?(?:\w+ )?(?:governments?|state|authorities|policymakers)"
_NAMED = r"(?:the )?([a-z]+(?: [a-z]+){0,3}?)(?: (?:themselves|itself|alone))?"
_ASKS = re.compile(
    r"(?:应该?|应当|需要?)(?:怎么|如何|怎样|咋)|层[面级次](?:上|来说|来讲)?[，,]?(?:又|还|都)?(?:能|可以)?(?:怎么|如何|怎样|咋)"
    rf"|(?:^|[，,])(?:{_STATE}){_HOW}"
    rf"|\bhow should (?!i\b|we\b|you\b)|\bhow (?:can|could|might|may) {_RULERS}\b"
    r"|(?:应该|应当|该|需要|需|(?<![主重])要)(?:怎么|如何|怎样|咋)?(?:做(?!了)|办|采取|干|努力)"
    r"|(?:怎么|如何|怎样)(?:做|办|努力)|做(?:些)?(?:什么|啥|哪)|做的|怎么着手|有何作为"
    r"|\bshould\b.{1,60}\bdo\b|\b(?:advised|asked|urged|told|recommended|supposed|expected|need|needs|have|has"
    r"|ought) to do\b"
    r"|\b(?:tell|ask|advise|urge|want|expect)s? .{1,40} to do\b|\b(?:asks?|asked|expects?|expected|wants?|wanted) of\b"
    r"|(?:^|论文|文章|文中|作者|报告|[和与跟同、,，])对[\u4e00-\u9fff]{1,8}的(?:要求|期望|期待)(?!是?(?:多少|几))"
    rf"|\b(?:is|are) {_NAMED} (?:told|asked|advised|urged|expected|supposed|recommended) to\b"
    r"|\bsteps\b|\bwhat (?:can|must) .{1,40} do\b"
    r"|\bwhat (?:is|are|was|were|has been|have been) (?:\w+ )?(?:recommended|suggested|proposed|advised)\b"
    r"|\bwhat (?:does|do|did) .{1,40}\b(?:recommend|suggest|propose|advise)\b"
    r"|\b(?:should|must|ought to)\b.{1,60}\bplay\b"
    r"|\brole (?:of|for) (?:the )?(?:government|state|authorit(?:y|ies)|regulators?)\b"
    r"|(?:应该?|应当|需要?|该|要)[^，,。？?]{0,12}?(?:扮演|发挥|起到?)(?:什么|何种|怎样的?|啥|哪些)"
    rf"|(?:{_STATE})(?:的|有(?:什么|何|哪些)|(?:扮演|发挥|起到?)(?:什么|何种|怎样的?|啥|哪些))(?:样的)?(?:角色|作用)"
    r"|有何建议|什么建议|建议(?:了?什么|怎么)|提了?(?:什么|哪些|啥)(?:建议|对策)"
)
_ACTORS = (
    re.compile(r"^(.{1,12}?)(?:自身|自己|方面)?(?:应该|应当|可以|需要|该|必须)"),
    re.compile(
        r"(?:针对|面向|对(?!应|策|比)|给(?!出)|向)([\u4e00-\u9fff]{2,8}?)(?:自身|自己|方面)?(?:提出?了?|[的有])?(?:什么|哪些|啥"
        r"|几[条项点个]|各项)?的?(?:建议|对策|措施)"
    ),
    re.compile(rf"\b(?:should|must|can|could|ought) {_NAMED} (?:to )?(?:do|take|make|play|{_FURTHER_EN})\b"),
    re.compile(rf"\blevel of {_NAMED}(?= in\b|[?.,]|$)"),
    re.compile(rf"\brole (?:of|for) {_NAMED}(?= in\b|[?.,]|$)"),
    re.compile(rf"^({_STATE})(?=的|有|扮演|发挥|起)|(?:^|[，,])({_STATE})(?={_HOW})"),
    re.compile(rf"^(.{{1,12}}?){_HOW}(?={_FURTHER_ZH})"),
    re.compile(
        rf"\b(?:is|are|was|were) {_NAMED} (?:being )?(?:advised|asked|urged|told|recommended|supposed|expected) to\b"
    ),
    re.compile(rf"\b(?:tell|ask|advise|urge|want|expect)s? {_NAMED} to (?:do|take|make)\b"),
    re.compile(rf"\b(?:asks?|asked|expects?|expected|wants?|wanted) of {_NAMED}(?=[?.,]|$)"),
    re.compile(
        r"\b(?:recommend\w*|suggestions?|proposals?|measures?|advice"
        r"|steps)(?: (?:are|is|were|was|that|which|made|given))*"
        rf" (?:aimed at|addressed to|directed at|meant for|intended for|targeted at|made to|given to|for"
        rf"|to) {_NAMED}(?=[?.,]|$)"
    ),
)
_FOR_WHOM = re.compile(
    r"\b(?:do|help|support|take|make)\b( (?:for|to help|to support) (?:the )?[a-z]+(?: [a-z]+){0,2})(?=[?.,]|$)"
    r"|(?:该|当|以|要)((?:为|给|替|帮助?|支持)[\u4e00-\u9fff]{2,6}?)(?=做|提供|干|采取)"
)

_ADVISING = re.compile(
    r"\b(?:advised|urged|told|asked|expected|supposed|recommended)(?= to\b)"
    r"|\b(?:advise|urge|tell|ask|want|expect)s?(?= [a-z ]{2,40}\bto (?:do|take|make)\b)"
    r"|\b(?:aimed|addressed|directed|targeted|meant|intended)(?= (?:at|to|for)\b)"
    r"|\b(?:play|roles?)\b|(?:扮演|发挥|起到?)|(?:角色|作用)"
)


# What stands where an actor might, and is none.
_NOBODY = re.compile(r"[哪什啥]|问题|我|咱|^(?:i|we|you|one|they|it)$")


def asks_advice(folded: str) -> bool:
    """Whether a folded question asks what somebody should do."""
    return bool(_ASKS.search(folded))


# How somebody may serve a subject: advice where that is one whom a document advises.
_FURTHERING = re.compile(rf"{_HOW}(?:{_FURTHER_ZH})|\bhow (?:can|could|might|may) .{{1,40}}\b(?:{_FURTHER_EN})\b")


def asks_how_to_serve(folded: str) -> bool:
    """Whether a folded question asks how somebody may serve a subject (企业如何推进开放式创新)."""
    return bool(_FURTHERING.search(folded))


def actor_of(folded: str) -> str:
    """Who is to do what a folded question asks for (政府应该怎么帮企业: 政府), or ""."""
    found = (next(filter(None, match.groups())).strip() for pattern in _ACTORS if (match := pattern.search(folded)))
    return next((actor for actor in found if not _NOBODY.search(actor)), "")


def without_advising(folded: str) -> str:
    """A folded question without the words that only ask for advice, and without the one for whom something is to be done:
    what the state should do for firms is told under the state."""
    folded = _ADVISING.sub(" ", folded)
    match = _FOR_WHOM.search(folded)
    if not match:
        return folded
    start, end = match.span(match.lastindex or 0)
    return folded[:start] + folded[end:]
