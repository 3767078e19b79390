"""Swaps: one thing in a sentence changed so that it says something else. Lists of their own, not those of the check."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from eval.battery.exchanges import EXCHANGES

# A swap gives the sentence changed in one place, or None where there is nothing to change.
Swap = Callable[[str, random.Random, Sequence[str]], str | None]
_HAN_DIGITS = "一二三四五六七八九"
_MONTHS = "January February March April May June July August September October November December".split()
_SPELT = "two three four five six seven eight nine ten twelve fifteen twenty thirty".split()


def _one(sentence: str, rng: random.Random, pattern: str, change: Callable[[re.Match[str]], str | None]) -> str | None:
    """The sentence with one of the matches changed."""
    found = list(re.finditer(pattern, sentence))
    rng.shuffle(found)
    for match in found:
        new = change(match)
        if new is not None and new != match.group():
            return sentence[: match.start()] + new + sentence[match.end() :]
    return None


def _other(rng: random.Random, value: int, low: int = 1, high: int | None = None) -> int:
    """Another number of the same size."""
    span = max(high or 0, 10 ** len(str(value)) - 1, low + 1)
    while True:
        new = rng.randint(max(low, 10 ** (len(str(value)) - 1)), span) if span > 9 else rng.randint(low, span)
        if new != value:
            return new


def number(sentence: str, rng: random.Random, passage: Sequence[str]) -> str | None:
    """Another number in the place of one; every third time one that the passage holds elsewhere."""

    def change(match: re.Match[str]) -> str | None:
        text = match.group()
        if re.fullmatch(r"(?:19|20)\d\d", text):
            return None
        if rng.random() < 1 / 3:
            near: list[str] = [
                n for n in re.findall(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])", " ".join(passage)) if n != text
            ]
            if near and text[0].isdigit():
                return rng.choice(near)
        if text[0] in _HAN_DIGITS + "两十":
            return rng.choice([d for d in "二三四五六七八九" if d not in text and not (d == "二" and text == "两")])
        if text.lower() in _SPELT:
            return rng.choice([word for word in _SPELT if word != text.lower()])
        whole, dot, rest = text.replace(",", "").partition(".")
        return f"{_other(rng, int(whole), 0 if dot else 1)}{dot}{rest}"

    amount = r"(?<![\d.第,年月:\[-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d.]|,\d|条|章|款|项|[年月]\d|月|年|:|-\d|st|nd|rd|th)"
    han = rf"(?<![第{_HAN_DIGITS}十百])[{_HAN_DIGITS[1:]}两十](?=个月|个工作日|年以|年内|日内|倍|万元|人以|名以|次以)"
    spelt = rf"\b(?:{'|'.join(_SPELT)})(?= (?:\w+ )?(?:days?|months?|years?|weeks?|hours?|times|percent))\b"
    guard = r"(?<!Article )(?<!Section )(?<!section )(?<!rule )(?<!Chapter )(?<!\bMay )" + "".join(
        f"(?<!{m} )" for m in _MONTHS
    )
    months = "|".join(_MONTHS)
    return _one(sentence, rng, rf"{guard}{amount}(?! (?:{months}))|{han}|{spelt}", change)


def date(sentence: str, rng: random.Random, passage: Sequence[str]) -> str | None:
    """Another year, month or day in a date."""

    def change(match: re.Match[str]) -> str | None:
        text = match.group()
        if text in _MONTHS:
            return rng.choice([m for m in _MONTHS if m != text])
        if len(text) == 4:
            return str(
                _other(rng, int(text), 1950, 2035) if rng.random() < 0.5 else int(text) + rng.choice((-2, -1, 1, 2))
            )
        return str(rng.choice([n for n in range(1, 13) if str(n) != text]))

    months = "|".join(_MONTHS)
    return _one(
        sentence,
        rng,
        r"(?<!\d)(?:19|20)\d\d(?=\s?年)|(?<=年)\d{1,2}(?=月)|(?<=月)\d{1,2}(?=日)"
        rf"|(?<![\d.,$])\b(?:19|20)\d\d\b(?![.,]\d)(?=\W|$)|\b(?:{months})(?= \d)|(?<=\d )(?:{months})\b",
        change,
    )


def article(sentence: str, rng: random.Random, passage: Sequence[str]) -> str | None:
    """Another article, chapter or section number."""

    def change(match: re.Match[str]) -> str | None:
        text = match.group()
        if "." in text:
            head, _, tail = text.rpartition(".")
            return f"{head}.{_other(rng, int(tail))}"
        if text.isdigit():
            return str(_other(rng, int(text), 1, 30))
        return rng.choice([n for n in ("三", "七", "九", "十二", "二十一", "三十四", "四十六") if n != text])

    return _one(
        sentence,
        rng,
        rf"(?<=第)[{_HAN_DIGITS}十百]+(?=[条章节款项])|(?<=第)\d+(?=[条章节款项])"
        r"|(?:(?<=Article )|(?<=Section )|(?<=section )|(?<=rule )|(?<=Chapter )|(?<=Paragraph )"
        r"|(?<=paragraph ))\d+(?:\.\d+)*",
        change,
    )


_NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "zh": (
        tuple("北京 上海 天津 重庆 广东 浙江 江苏 湖北 湖南 四川 山西 河南 辽宁 深圳 武汉 广州 杭州 成都 西安 南京".split()),
        tuple("美国 日本 德国 英国 法国 韩国 印度 俄罗斯 巴西 越南 中国 台湾 香港 澳门 欧盟".split()),
        tuple("国务院 商务部 教育部 财政部 司法部 民政部 公安部 最高人民法院 中国人民银行 全国人民代表大会 中央军事委员会".split()),
        tuple("华为 海尔 小米 腾讯 阿里巴巴 百度 比亚迪 格力 联想 京东 苹果 微软 特斯拉 宝洁".split()),
    ),
    "en": (
        tuple("Beijing Shanghai Tianjin Guangdong Zhejiang Jiangsu Hubei Hunan Sichuan Shenzhen Wuhan Guangzhou Taipei Kaohsiung".split()),
        tuple("China,Japan,Germany,France,India,Russia,Brazil,Vietnam,Taiwan,the United States,the United Kingdom,Korea".split(",")),
        tuple("Haier,Huawei,Xiaomi,Tencent,Alibaba,Baidu,Apple,Microsoft,Tesla,Gree,Lenovo".split(",")),
        tuple("Ministry of Education,Ministry of Finance,Ministry of Justice,Executive Yuan,State Council,Ministry of the Interior,Council of Agriculture".split(",")),
        tuple("Human Resources,Information Security Office,Data Protection Officer,Executive Board,University Council,Line Manager,Chief Operating Officer,Research Ethics Committee".split(",")),
    ),
}  # fmt: skip


def name(sentence: str, rng: random.Random, passage: Sequence[str]) -> str | None:
    """Another place, country, authority or firm."""
    kinds = [kind for kinds in _NAMES.values() for kind in kinds]
    alternatives = "|".join(sorted((re.escape(n) for kind in kinds for n in kind), key=len, reverse=True))

    def change(match: re.Match[str]) -> str | None:
        kind = next(kind for kind in kinds if match.group() in kind)
        return rng.choice([n for n in kind if n not in sentence and n not in passage[0]] or [match.group()])

    return _one(sentence, rng, rf"(?<![A-Za-z])(?:{alternatives})(?![a-z])", change)


_TURNS = {
    "negation added": (
        ("应当", "不应当"), ("可以", "不得"), ("可以", "不可以"), ("必须", "不得"), ("能够", "不能够"), ("适用", "不适用"),
        ("是指", "不是指"), ("属于", "不属于"), ("具有", "不具有"), ("包括", "不包括"), ("给予", "不给予"), ("鼓励", "不鼓励"), ("支持", "不支持"),
        (r"\bshall (?!not|only)", "shall not "), (r"\bmay (?!not|only)", "may not "), (r"\bmust (?!not|only)", "must not "), (r"\bcan (?!not|only)", "cannot "),
        (r"\bis (?!not|only)", "is not "), (r"\bare (?!not|only)", "are not "), (r"\bhas (?!not|only)", "has not "), (r"\bwas (?!not|only)", "was not "),
        (r"\bapplies to", "does not apply to"), (r"\bhave been", "have not been"), (r"\bwill (?!not|only)", "will not "),
    ),
    "negation removed": (
        ("不得", "可以"), ("不应当", "应当"), ("不适用", "适用"), ("不予", "给予"), ("未经", "经过"), ("没有", "有"), ("不是", "是"), ("不能", "能"),
        ("免收", "收取"), ("免征", "征收"), ("免于", "应受"), ("免予", "应予"), ("不足", "充足"), ("不利", "有利"), ("不低于", "低于"), ("不超过", "超过"), (r"未(?=[能按依履取])", ""), (r"不(?=[能会可愿够高强大力构属具服])", ""),
        (r"(?<=shall) not\b", ""), (r"(?<=may) not\b", ""), (r"(?<=must) not\b", ""), (r"(?<=is) not\b", ""), (r"(?<=are) not\b", ""),
        (r"(?<=do) not\b", ""), (r"(?<=does) not\b", ""), (r"\bcannot\b", "can"), (r"\bexempt from\b", "subject to"), (r"\bfree of\b", "subject to"), (r"\bwithout\b", "with"), (r"\bnever\b", "always"), (r"\bno (?!later|more|less)", "any "),
    ),
    "modal": (
        ("应当", "可以"), ("可以", "应当"), ("必须", "可以"), (r"(?<![不认])可以", "必须"), ("不得", "应当"), ("不得", "可以"), ("有权", "应当"),
        (r"\bshall\b(?! not)", "may"), (r"\bmay\b(?! not)", "shall"), (r"\bmust\b(?! not)", "may"), (r"\bmay\b(?! not)", "must"), (r"\bshould\b(?! not)", "may"),
        (r"\bcan\b(?! not)", "must"), (r"\bshall not\b", "may"), (r"\bmay not\b", "shall"), (r"\b(is|are) required to\b", "may"),
    ),
    "direction": (
        ("上升", "下降"), ("下降", "上升"), ("增加", "减少"), ("减少", "增加"), ("提高", "降低"), ("降低", "提高"), ("增长", "下滑"), ("扩大", "缩小"),
        ("提升", "降低"), ("增强", "减弱"), ("上涨", "下跌"), ("下跌", "上涨"), ("高于", "低于"), ("低于", "高于"), ("以上", "以下"), ("以下(?!简|称|规|条)", "以上"),
        (r"\bincreas(es?|ed|ing)\b", r"decreas\1"), (r"\bdecreas(es?|ed|ing)\b", r"increas\1"), (r"\brose\b", "fell"), (r"\bfell\b", "rose"),
        (r"\breduc(es?|ed|ing)\b", r"increas\1"), (r"\bincreasing\b", "falling"), (r"\bimprov(es?|ed|ing)\b", r"worsen\1"), (r"\bhigher\b", "lower"), (r"\blower\b", "higher"),
        (r"\bmore than\b", "less than"), (r"\bless than\b", "more than"), (r"\bat least\b", "at most"), (r"\bbefore\b", "after"), (r"\bafter\b", "before"),
        (r"\bexpand(s?|ed|ing)\b", r"shrink\1"), (r"\bgrowth\b", "decline"), (r"\bdecline\b", "growth"), (r"\babove\b", "below"),
    ),
}  # fmt: skip


def _turn(kind: str) -> Swap:
    def swap(sentence: str, rng: random.Random, passage: Sequence[str]) -> str | None:
        pairs = list(_TURNS[kind])
        rng.shuffle(pairs)
        changed = (_one(sentence, rng, old, partial(_expanded, new)) for old, new in pairs)
        return next((text for text in changed if text), None)

    return swap


def _expanded(new: str, match: re.Match[str]) -> str:
    return str(match.expand(new))


SWAPS: dict[str, Swap] = {
    "number": number,
    "date": date,
    "name": name,
    "article number": article,
    **{kind: _turn(kind) for kind in _TURNS},
    **EXCHANGES,
}


def swapped(sentence: str, rng: random.Random, passage: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each kind of change that the sentence allows, with the sentence so changed."""
    for kind, swap in SWAPS.items():
        changed = swap(sentence, rng, passage)
        if changed is not None:
            yield kind, changed
