"""Measures: the sentences that state an amount, a time, a share or a rank of the form that a question asks for."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.extractive.claims import Claim
from assistant.extractive.evidence import Candidate
from assistant.extractive.identity import telling_where, telling_who
from assistant.extractive.lines import with_list
from assistant.extractive.reading import Reader
from assistant.understanding.lexicon import VAGUE, words_of
from assistant.understanding.question import Question
from index.analysis import fold
from index.numerals import SPELT

# What a number beside the very thing that is counted adds to a sentence's score.
COUNTED = 0.15
# ... and that it introduces a list or a table of amounts.
OPENS = 0.2
# Words for measures themselves: the form of the amount speaks for them.
_MEASURE = frozenset(
    "比重 比例 份额 占比 数量 数字 数值 金额 总数 总额 幅度 封顶 上限 下限 最高 最低 顶格 全年 "
    "rate share percentag proport number amount".split()
)
# How much of what is counted a sentence has to name, or else how near to the question the encoder has to read it.
COUNTED_SHARE, READ_AMOUNT = 0.5, 0.56
# A sentence without the amount asked for must beat one that has it by this factor to be taken instead:
# such questions are mostly put about the subject, not the amount.
WITHOUT_AMOUNT = 2.0

NUMERAL = re.compile(
    r"\d|[百十千]?分之|一半|半数|(?<![同统唯])(?!一[个种项条点家名位人])[一二两三四五六七八九十百千万亿]+(?:余"
    r"|多)?(?:个|条|项|点|种|家|名|位|人|倍|年|月|日|天|周|次|成|元|万|亿|小时|分钟|季度)"
    rf"|\b(?:one|half|{SPELT})\b"
)
# A number of things, where they are counted: no year, no share, no rank, and not the 一个 and "one" of an article.
_COUNT = re.compile(
    r"(?<![\d.第])(?!(?:1[89]|20)\d\d(?!\s*(?:余|多)?\s*[个家条名人项位]))"
    r"\d[\d,.]*(?!\s*(?:%|％|个?百分点|年|月|日|季度|percent|per cent|st\b|nd\b|rd\b|th\b|[.\d-]))"
    r"|\d+\s*次|(?<![同统唯第一二三四五六七八九十百千万亿])(?:[二两三四五六七八九十百千万亿]|一(?=次)"
    r"|一[百千万亿十])[一二三四五六七八九十百千万亿]*(?:余|多)?(?:个|条|项|点|种|家|名|位|人|件|类|所|座|份|次)"
    rf"|\b(?:{SPELT})\b(?!-)"
)
# ... and where that is asked.
_COUNTING = re.compile(
    r"(?:多少|几)[个条家名项种类份座所位人次]"
    r"|多少[\u4e00-\u9fff]{0,4}(?:人|工|员|者|户|学生|教师|企业|公司|城市|学校)(?![\u4e00-\u9fff])"
    r"|人数|数量|\bhow many (?!(?:percentage )?points)|\bnumber of\b"
)
_SHARE = re.compile(
    r"\d[\d.]*\s*[%％]|百分之|\d[\d.]*\s*个?百分点|分之|成以上|\d\s*倍|\b(?:twice|double|times)\b|\bpercent|\bper cent"
)
_MONEY = re.compile(
    r"(?<![\d.,])[\d一二两三四五六七八九十百千][\d.,一二两三四五六七八九十百千]*\s*(?:余|多)?(?:万|亿)?\s*(?:元|美元|欧元|人民币)|单位:\s*万?亿?元"
    r"|\(万?亿?元(?:/[^)]{1,4})?\)|[$€£¥]\s*\d"
    r"|不收(?:取|费)|不(?:予|再)?(?:发[放给]?|补[贴助]|奖励)|免(?:费|收|缴)|\bno (?:\w+ )?(?:fees?|charges?)\b"
    r"|\bfree of charge\b"
    r"|(?:[%％]|百分之[一二三四五六七八九十]+)(?:的标准)?(?:给予)?.{0,6}(?:补[助贴]|奖励|资助)|罚款.{0,12}[%％倍]"
    r"|(?:百分之|[%％倍]).{0,12}罚款|\b(?:dollars?|euros?|pounds?|yuan|rmb)\b"
)
# What is counted in a unit of its own has to be given in it.
_UNIT = re.compile(r"(?:多少|几)([人元岁])")
_TIME = re.compile(
    r"\d+\s*个?(?:年|月|日|天|周(?!岁)|小时|工作日|分钟|季度)"
    r"|[一二两三四五六七八九十]+(?:个)?(?:年|月|日|天|周(?!岁)|小时|工作日|季度)|时期"
    r"|每(?:半?年|季度?|个?月|周|[天日]|学期)|农历|秋分|之日|\b(?:1[89]|20)\d\d\b|\d:\d\d"
    r"|\b(?<!five-)(?:days?|weeks?|months?|years?|hours?|minutes?|january|february|march|april|june|july|august"
    r"|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|annual\w*)\b"
    r"|\b(?:in|by|of|from|until|since|to|early|mid|late|\d) may\b|\bmay \d"  # a month, and not what may be
)
_CONTACT = re.compile(
    r"(?<![\d.])(?!(?:1[89]|20)\d\d[ -])\d{3,4}[ -]\d{3,}|\S@\S|https?://|www\.|\.(?:com|org|net|gov|edu|cn|uk|eu)\b"
    r"|\d{5,}(?:热线|电话)"
    r"|(?:电话|热线|拨打|分机|\b(?:phone|telephone|ext|extension|call|dial|ring)\b)\D{0,12}(?!\d+\s*(?:days?|hours?"
    r"|年|天|日|元|名|人))\d{3,}"
)
_RANKED = re.compile(
    r"第[一二三四五六七八九十\d]+(?![一二三四五六七八九十\d条章节款项年步])|首位|榜首|末位|居首|领先|前[一二三四五六七八九十\d]+[位名强]|排名"
    r"|\brank\w*|\b(?:first|second|third|fourth|fifth|last|top|largest|biggest|highest|lowest|leading|\d+(?:st|nd|rd|th))\b"
)
_MEASURES = {"rank": _RANKED, "time": _TIME, "number": NUMERAL, "share": _SHARE, "money": _MONEY, "contact": _CONTACT}


def measured(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates that state an amount of the form asked for; all where none is asked for, [] where too weak ones do."""
    if not question.measure:
        return candidates
    if question.measure == "place":
        return telling_where(reader.index, question, candidates)
    if question.measure == "identity":
        return _near_the_best(telling_who(question, candidates), candidates)
    wanted = _MEASURES[question.measure]
    if question.measure == "number" and _COUNTING.search(question.folded):
        wanted = _COUNT
    unit = _UNIT.search(question.folded) if question.measure == "number" else None
    if unit:
        wanted = re.compile(
            rf"[\d一二两三四五六七八九十百千万亿半](?:\s|余|多|万|亿|千|名|周)*{unit.group(1)}"
            rf"|单位:\s*{unit.group(1)}|过?半数|分之"
        )
    # What is counted is that very thing: no wider word for it will do.
    counted = [w.literal for w in words_of(question.counted) if w.weight > VAGUE and w.text not in _MEASURE]
    kept = []
    for candidate in candidates:
        held = candidate.held
        share = sum(w.weight * held.match(w) for w in counted) / (sum(w.weight for w in counted) or 1.0)
        # A share is of that very thing: 投资占比 is no share of 研发投入.
        itself = question.measure != "share" or candidate.foreign or any(held.match(w) == 1 for w in counted)
        told = with_list(reader, candidate)
        # What a list or table, with what introduces or heads it, states together.
        lines = _lines(reader, told) if len(told) > 1 else [held.folded]
        opens = len(told) > 1 and told[0].sentences[0] == candidate.sentence and _list_of_amounts(lines, wanted)
        # The head of a table has no amount of its own.
        if (
            wanted.search(_without_marks("\n".join(lines)))
            and (len(told) == 1 or opens or NUMERAL.search(held.folded))
            and (not counted or (share >= COUNTED_SHARE and itself) or candidate.reading >= READ_AMOUNT)
        ):
            beside = any(_counts(held.folded, w.text) for w in counted)
            # "The rates are as follows" is more of an answer than a line that has a number too.
            more = OPENS if opens else COUNTED if beside else 0.0
            kept.append(replace(candidate, score=candidate.score + more))
    kept.sort(key=lambda c: -c.score)
    return _near_the_best(kept, candidates)


def _lines(reader: Reader, told: list[Claim]) -> list[str]:
    """Claims of one document as folded lines."""
    text = reader.index.documents[told[0].passage.document].text
    return [fold("\n".join(text[s.start : s.end] for s in claim.sentences)) for claim in told]


def _list_of_amounts(lines: list[str], wanted: re.Pattern[str]) -> bool:
    """Whether what introduces a list states an amount, or more than one of its lines: one in passing makes no list of amounts."""
    stating = [bool(wanted.search(_without_marks(line))) for line in lines]
    return stating[0] or sum(stating) > 1


def _near_the_best(kept: list[Candidate], candidates: list[Candidate]) -> list[Candidate]:
    return kept if kept and kept[0].score * WITHOUT_AMOUNT >= candidates[0].score else []


def _counts(folded: str, word: str) -> bool:
    """Whether a number stands just before a word: 101 条标准数字化产线, at least 2 days."""
    amount = rf"(?:\d[\d.,]*|[一二两三四五六七八九十百千万]+|\b(?:one|{SPELT})\b)"
    between = r"\s*\S{0,6}?" if not word.isascii() else r"[\s-]+(?:[a-z-]+[\s-]+){0,2}"
    return bool(re.search(amount + between + re.escape(word), folded))


def _without_marks(folded: str) -> str:
    """A text without its reference marks and without the numbers that its lines open with."""
    return re.sub(r"(?m)\[\d+\]|^\s*(?:第\S{1,6}条|\d+(?:\.\d+)+\.?(?=\s)|\d+[.)])", " ", folded)


_RANK = re.compile(
    r"第(?:[一二三四五六七八九十]+|\d+)(?=[^条章节款项年季])|\b(?:first|second|third|fourth|fifth|last)\b(?= [a-z])"
)


def ranked(question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """For a question about the second of a row, the sentences that name a second one first; all where none does so well."""
    asked = set(_RANK.findall(question.folded))
    if not asked or not candidates:
        return candidates
    holding = [c for c in candidates if asked & set(_RANK.findall(c.held.folded))]
    beside = [c for c in holding if c.passage.id == candidates[0].passage.id]
    if beside:
        return beside
    return holding if holding and holding[0].score * WITHOUT_AMOUNT >= candidates[0].score else candidates
