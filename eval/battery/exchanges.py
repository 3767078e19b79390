"""Exchanges: the words of a sentence kept, and what they say of each other changed: numbers, roles, periods, bounds, "only"."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from itertools import combinations

_HAN = "一二三四五六七八九十百千万"
_UNITS = "%|％|万元|元|年|个月|个工作日|日|天|倍| per ?cent| ?days?| ?months?| ?years?| ?weeks?| ?hours?"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_AMOUNT = re.compile(
    rf"(?<![\d.,第年月:\[-])\d+(?:,\d{{3}})*(?:\.\d+)?(?! (?:{_MONTHS}))"
    rf"(?P<unit>{_UNITS}| [a-z]+|[\u4e00-\u9fff](?<![年月日条章节款项号]))?(?![\d.]|:\d)"
    rf"|(?<![第{_HAN}])[{_HAN}]+(?P<han>万元|元|年(?=以|内)|个月|个工作日|日(?=内))"
)
_ACTORS = (
    tuple(
        "国务院 人民政府 主管部门 行政机关 机关 企业 经营者 消费者 用人单位 劳动者 当事人 申请人 公民 法人 国家 单位 个人 "
        "买方 卖方 出租人 承租人 委托人 受托人 债权人 债务人".split()
    ),
    tuple(
        "employees employee managers manager company controller processor university board teams staff authority applicants "
        "applicant buyer seller supplier customer enterprises government".split()
    ),
)
_BETWEEN = re.compile(
    r"应当|必须|可以|不得|有权|\b(?:shall|must|may|can|should|informs?|notif(?:y|ies)|pays?|reports?)\b"
)
_PERIODS = (
    tuple("每小时 每日 每周 每月 每季度 每年".split()),
    tuple("按日 按周 按月 按季度 按年".split()),
    tuple("daily weekly monthly quarterly annual".split()),
    tuple("a day,a week,a month,a year".split(",")),
    tuple("per day,per week,per month,per year".split(",")),
    tuple("every day,every week,every month,every year".split(",")),
)
_NUMBER = r"(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|twelve\b|[" + _HAN + "])"
_BOUND = re.compile(
    rf"(?:至少|最多|不少于|不低于|(?:不得)?不?超过|不得超过|低于|高于)(?={_NUMBER})"
    rf"|(?<=[元%％人倍年])以[上下](?![{_HAN}\d])"
    rf"|\b(?:at least|at most|up to|(?:no|not) (?:more|less|later) than|more than|less than|within) (?={_NUMBER})"
)


_NAMED = re.compile(rf"\b(?:Articles?|[Ss]ections?|[Rr]ules?|[Cc]hapter|[Pp]aragraphs?|[Vv]ersion|{_MONTHS}) $")
_JOINED = re.compile(rf"(?:{_UNITS})?(?:以上|以下)?\s*(?:or|and|to|至|到|或者?|和|、|-|–|~)?\s*")


def numbers(sentence: str, rng: random.Random, passage: Sequence[str]) -> str | None:
    """Two numbers of one unit, or of none, changed about."""
    # The number before a rule or behind its kind is a name; the two ends of a range, and what "or" joins, have no order of their own.
    found = [
        (m, (m["unit"] or m["han"] or "").strip())
        for m in _AMOUNT.finditer(sentence)
        if m.start() and not _NAMED.search(sentence[: m.start()])
    ]
    known = re.compile(_UNITS)
    pairs = [
        (one, other)
        for (one, unit), (other, its) in combinations(found, 2)
        if (unit == its or not (known.fullmatch(unit) or known.fullmatch(its)))
        and _value(one) != _value(other)
        and not _JOINED.fullmatch(sentence[one.start() + len(_value(one)) : other.start()])
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    return _exchange(
        sentence, (one.start(), one.start() + len(_value(one))), (other.start(), other.start() + len(_value(other)))
    )


def _value(match: re.Match[str]) -> str:
    unit = match["unit"] or match["han"] or ""
    return match.group()[: len(match.group()) - len(unit)]


def _exchange(sentence: str, one: tuple[int, int], other: tuple[int, int]) -> str:
    (a, b), (c, d) = one, other
    return sentence[:a] + sentence[c:d] + sentence[b:c] + sentence[a:b] + sentence[d:]


def roles(sentence: str, rng: random.Random, passage: Sequence[str]) -> str | None:
    """Two who act or are acted on, on either side of a verb, changed about."""
    found = []
    for clause in re.finditer(r"[^，；。：,;:]+(?:[,;:](?= )[^，；。：,;:]+)*", sentence):
        for actors in _ACTORS:
            word = re.compile(
                "|".join(
                    rf"\b{a}\b" if a.isascii() else f"(?<![行政]){a}" for a in sorted(actors, key=len, reverse=True)
                )
            )
            for one, other in combinations(word.finditer(sentence, clause.start(), clause.end()), 2):
                between = sentence[one.end() : other.start()]
                if one.group() != other.group() and _BETWEEN.search(between) and not re.search("[，；,;]", between):
                    found.append((one.span(), other.span()))
    return _exchange(sentence, *rng.choice(found)) if found else None


def period(sentence: str, rng: random.Random, passage: Sequence[str]) -> str | None:
    """Weekly for monthly, 每月 for 每年."""
    for periods in _PERIODS:
        for match in re.finditer("|".join(rf"\b{p}\b" if p.isascii() else p for p in periods), sentence):
            before = sentence[: match.start()]
            if not match.group().startswith("a ") or re.search(r"(?:\d|\w{2}s) $", before):
                new = rng.choice([p for p in periods if p != match.group()])
                return before + new + sentence[match.end() :]
    return None


def bound(sentence: str, rng: random.Random, passage: Sequence[str]) -> str | None:
    """ "At least" or 以上 left out, so that the number is exact."""
    # Of a range one end may be told by the other, and 最高不超过 says it twice.
    found = [
        match
        for match in _BOUND.finditer(sentence)
        if not re.search("以[上下]|最高$", sentence[max(0, match.start() - 8) : match.start()])
        and not re.match(rf"[{_HAN}\d]+\w{{0,2}}以[上下]", sentence[match.end() :])
    ]
    if not found:
        return None
    match = rng.choice(found)
    return sentence[: match.start()] + sentence[match.end() :]


def only(sentence: str, rng: random.Random, passage: Sequence[str]) -> str | None:
    """What is said of some, said of them alone."""
    if re.search(r"\bonly\b|只|仅", sentence, re.IGNORECASE):
        return None
    if re.match("|".join(_ACTORS[0]), sentence):
        return rng.choice(("只有", "仅")) + sentence
    first = re.match(
        "|".join(rf"{actor}\b" for actor in _ACTORS[1] if actor.endswith("s") or actor == "staff"), sentence.lower()
    )
    return f"Only {sentence[0].lower()}{sentence[1:]}" if first else None


EXCHANGES: dict[str, Callable[[str, random.Random, Sequence[str]], str | None]] = {
    "numbers exchanged": numbers,
    "roles exchanged": roles,
    "period": period,
    "bound dropped": bound,
    "only added": only,
}
