"""Formulas: what texts say in set words, whatever words a question has: since when rules are in force and what for, which
case a study takes and what it sets out to do."""

from __future__ import annotations

import re

from assistant.extractive.claims import Claim
from assistant.extractive.documents import named_documents
from assistant.extractive.reading import Reader
from assistant.understanding.lexicon import VAGUE, Word, words_of
from assistant.understanding.question import Question
from index.analysis import asking_removed
from index.store import Hit

_RULES = r"(?:法律?|条例|办法|规定|政策|制度|通知|规则)"
_RULES_EN = r"(?:law|act|policy|regulations?|rules|code|directive)"
_WORK, _WORK_EN = (
    r"(?:文章|论文|本文|该文|[这此该]篇[^，,。？?]{0,4}|作者)",
    "(?:paper|study|article|research|authors?)",
)
# What asks, and what answers. A question names the law or policy, or is about one alone.
_FORMULAS = (
    (
        re.compile(
            rf"{_RULES}.{{0,8}}(?:什么时候|何时|从?哪一?[天年]|几时|几月)(?:开始|正式|起)*(?:生效|施行|实施|实行|执行)"
            rf"|{_RULES}.{{0,4}}(?:生效|施行|实施|实行|执行)的?(?:时间|日期|日)"
            rf"|\b(?:when|what date|since when)\b.{{0,40}}\b{_RULES_EN}\b.{{0,20}}"
            r"\b(?:(?:take|took|takes|into|in) (?:effect|force)|effective|commence\w*|start(?:s|ed)? to apply)\b"
        ),
        re.compile(
            r"自.{4,24}起(?:施行|实施|生效|执行)|\b(?:comes?|came|enters?|entered) into (?:force|effect)\b"
            r"|\btakes effect\b"
            r"|\bis effective (?:from|as of)\b"
        ),
    ),
    (
        re.compile(
            rf"(?:为什么|为何|为啥)要?(?:制定|出台|定|立|颁布).{{0,14}}{_RULES}|{_RULES}的?(?:立法|制定)?(?:目的|宗旨)"
            rf"|\b(?:purpose|aim|objective|point) of (?:the|this) (?:[a-z-]+ ){{0,4}}{_RULES_EN}\b"
            rf"|\bwhy (?:was|is|do we have) (?:the|this|there) (?:[a-z-]+ ){{0,4}}{_RULES_EN}\b"
        ),
        re.compile(
            r"为了?.{4,120}制定本|\b(?:purpose|aim|objective) of this\b"
            rf"|\bthis {_RULES_EN} (?:sets out|aims|exists|is intended|explains)\b"
        ),
    ),
    (
        re.compile(
            r"(?:以|拿|用|选取?|选择)了?(?:什么|哪)[^，。]{0,6}?(?:为例|举例|[作做当]为?(?:例子?|案例|样本|研究对象))"
            r"|(?:案例|样本|例子|举例)的?(?:城市|企业|公司|地区|省份|国家|对象)(?:是|为|选|有)"
            r"|\b(?:what|which) [a-z ]{3,40}\b(?:as|for) (?:an?|the|its|their) (?:example|case(?: study)?|sample)\b"
            r"|\b(?:what|which) [a-z ]{3,30}\bserves? as (?:an?|the|its) (?:example|case(?: study)?)\b"
            r"|\b(?:what|which) (?:city|company|firm|region|province|country|place)(?: is| was)? the (?:example"
            r"|case study)\b"
        ),
        re.compile(
            r"以.{1,16}为(?:例|案例|样本|研究对象)"
            r"|\btak(?:es?|ing) .{2,40} as (?:an?|the|its) (?:example|case|sample)\b"
        ),
    ),
    (
        re.compile(
            rf"{_WORK}[^，,。？?]{{0,6}}(?:目的|思路|初衷)|(?:研究|写作)(?:目的|思路|初衷)"
            rf"|{_WORK}(?:写[这此该]篇[^，。]{{0,4}})?(?:到底|究竟|主要|是)*(?:想|要|旨在|试图|打算)(?:干|做|解决"
            rf"|回答|说明|探讨|研究)些?(?:什么|啥|哪)"
            rf"|\b(?:aims?|purpose|goal|objectives?|intention) of (?:the|this) {_WORK_EN}\b"
            rf"|\b(?:{_WORK_EN}|it)\b (?:actually |really )?(?:set out|aims?|try|trying|intend|want|seek"
            rf"|hope)s?(?: to)? (?:do|show|achieve|find|answer|solve)\b"
        ),
        re.compile(
            r"^[^，,。]{0,6}[,，]?本(?:文|研究|报告)[^，。]{0,16}?(?:旨在|通过|从|以|基于|试图|拟|对|围绕|分析|探讨"
            r"|研究|考察|梳理|提出|构建)"
            r"|\b(?:this|the) (?:paper|study|article|report) (?:aims|seeks|sets out|analy[sz]es|examines|studies"
            r"|explores|investigates)\b"
        ),
    ),
)


# What a question calls the rules, and what of that any rules are called.
_CALLED = re.compile(rf"[\u4e00-\u9fff]*{_RULES}|\b(?:the|this|our|your) (?:[a-z-]+ ){{0,6}}{_RULES_EN}\b")
_ANY_RULES = re.compile(
    rf"^(?:.*(?:制定|出台|颁布))?(?:我们|公司|单位|学校)*(?:本|该|此|这|那)?[个部份项]?(?:新|现行)?|{_RULES}$"
    rf"|\b(?:new|current|{_RULES_EN})\b"
)


def in_set_words(reader: Reader, question: Question, hits: list[Hit]) -> list[Claim]:
    """The sentence that says in set words what is asked: since when, or what for, a law or policy is there, or which case a
    study takes; [] where none is asked for.

    One of each document that the question names, else of that which is nearest to it, if its title has the words that the
    question calls the rules by: a policy says since when it is in force, not since when the one that it replaced was.
    """
    says = next((says for asks, says in _FORMULAS if asks.search(question.folded)), None)
    if says is None or not hits:
        return []
    wanted = named_documents(reader.index, question)
    if not wanted:
        nearest = reader.index.documents[hits[0].passage.document]
        title = reader.about(nearest)
        abroad = question.language != nearest.language
        if not all(title.holds(w.text) or (abroad and title.match(w)) for w in _called(question)):
            return []
        wanted = frozenset({nearest.id})
    found: dict[str, Claim] = {}
    for document in sorted(wanted):
        for passage in reader.index.by_document[document]:
            for position, held in enumerate(reader.study(passage).held):
                if says.search(held.folded):
                    found.setdefault(document, Claim(passage, (passage.sentences[position],), 1.0))
    return list(found.values())


def _called(question: Question) -> list[Word]:
    """The words that tell the rules asked about from others (停车, 管理), none for 本办法 or "the policy"."""
    called = _CALLED.search(asking_removed(question.folded))
    return [w for w in words_of(_ANY_RULES.sub(" ", called.group())) if w.weight > VAGUE] if called else []
