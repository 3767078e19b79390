"""Rewordings: faithful ways to say a sentence again, made by rule. The check must let every one of them pass."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from index.numerals import CARDINALS, chinese_number

Rewording = Callable[[str, random.Random], str | None]
# A clause beside one of these is a condition, a contrast or a list's tail: without it the rest says something else.
_BOUND_ZH = re.compile(
    r"的$|^(?:如果|若|除|但|经|未|对|在|由|按|以|为|当|根据|依照|因|虽|不仅|只|即使|无论|包括|并|而|且|从|自|通过"
    r"|随着|与)|：|应当$|可以$"
)
_BOUND_EN = re.compile(
    r"\b(?:if|unless|except|where|when|provided|only|but|although|while|which|who|that|not)\b", re.IGNORECASE
)
_DIGITS = "零一二三四五六七八九"
_SPELT = list(CARDINALS)[:16]
_MONTHS = "January February March April May June July August September October November December".split()


def _han(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text))


def verbatim(sentence: str, rng: random.Random) -> str | None:
    """The sentence as it is."""
    return sentence


def clause_dropped(sentence: str, rng: random.Random) -> str | None:
    """The sentence without its last clause, or without a middle one, where no clause depends on it."""
    chinese = _han(sentence)
    bound, comma = (_BOUND_ZH, "，") if chinese else (_BOUND_EN, ", ")
    clauses = re.split("[，；]" if chinese else "[,;] ", sentence.rstrip("。."))
    if len(clauses) < 3 or any(bound.search(clause) for clause in clauses[1:]) or (chinese and clauses[0][-1] == "的"):
        return None
    gone = rng.randrange(1, len(clauses))
    kept = clauses[:gone] + clauses[gone + 1 :]
    return comma.join(kept) + ("。" if chinese else ".")


def reordered(sentence: str, rng: random.Random) -> str | None:
    """Two clauses of a sentence, told apart by a semicolon or of three and more by commas, changed about."""
    chinese = _han(sentence)
    end = "。" if chinese else "."
    halves = re.split("；" if chinese else "; ", sentence.rstrip(end))
    if len(halves) > 1 and not re.search("前款|下列|以下|：|following|:", sentence):
        rng.shuffle(halves)
        return ("；" if chinese else "; ").join(halves) + end
    clauses = re.split("，" if chinese else ", ", sentence.rstrip(end))
    bound = _BOUND_ZH if chinese else _BOUND_EN
    if len(clauses) < 3 or any(bound.search(clause) or len(clause) < (5 if chinese else 15) for clause in clauses[1:]):
        return None
    clauses[-1], clauses[-2] = clauses[-2], clauses[-1]
    return ("，" if chinese else ", ").join(clauses) + end


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def script(sentence: str, rng: random.Random) -> str | None:
    """In Traditional characters."""
    changed = str(_converter().convert(sentence))
    return changed if changed != sentence else None


def width(sentence: str, rng: random.Random) -> str | None:
    """Digits and Latin letters in full width, or Chinese marks in half width."""
    full = re.sub(r"[0-9A-Za-z%]", lambda m: chr(ord(m.group()) + 0xFEE0), sentence)
    half = sentence.translate(str.maketrans("，；：（）", ",;:()"))
    changed = full if _han(sentence) and rng.random() < 0.5 else half
    return changed if changed != sentence else None


def notation(sentence: str, rng: random.Random) -> str | None:
    """A number, a date or an article's number written in another way."""
    rules: list[tuple[str, Callable[[re.Match[str]], str]]] = [
        (r"(\d{4})年(\d{1,2})月(\d{1,2})日", lambda m: f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}"),
        (r"(?<=第)([一二三四五六七八九十百]+)(?=[条章款节])", lambda m: str(chinese_number(m[1]))),
        (r"(?<![\d.])(\d{1,2})(?:%|％)", lambda m: f"百分之{_in_han(int(m[1]))}" if _han(sentence) else f"{m[1]} percent"),
        (r"(?<![\d.])(\d{1,2})(?=个|天|倍)", lambda m: _in_han(int(m[1]))),
        (r"(?<![\d.])([1-9]\d*)0000(?=元|人|家|个)", lambda m: f"{m[1]}万"),
        (r"(?<![第一二三四五六七八九十百千])([一二三四五六七八九]?十[一二三四五六七八九]?|[三四五六七八九])(?=个月"
        r"|个工作日|年内|日内|倍|万元)",
         lambda m: str(chinese_number(m[1]))),
        (rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})", lambda m: f"{m[2]} {m[1]}, {m[3]}"),
        (r"(?<![\d.,/$-])\b([2-9]|1[0-5])\b(?= [a-z]+s\b)", lambda m: _SPELT[int(m[1])]),
        (rf"\b({'|'.join(_SPELT[2:])})\b(?= [a-z]+s\b)", lambda m: str(_SPELT.index(m[1]))),
        (r"\b(\d{1,3}),(\d{3})\b", lambda m: m[1] + m[2]),
        (r"\b(\d+) per ?cent\b", lambda m: f"{m[1]}%"),
    ]  # fmt: skip
    rng.shuffle(rules)
    for pattern, change in rules:
        changed = re.sub(pattern, change, sentence)
        if changed != sentence:
            return changed
    return None


def _in_han(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def marker(sentence: str, rng: random.Random) -> str | None:
    """With citation markers, before or after the full stop, or inside."""
    mark = rng.choice(["[1]", "【2】", " [1][3]", "［1］", "[1,2]", " [1-3]"])
    middle = re.search("[，,]", sentence)
    if middle and rng.random() < 1 / 3:
        return sentence[: middle.start()] + mark + sentence[middle.start() :]
    return sentence + mark if rng.random() < 0.5 else re.sub("([。.])?$", lambda m: mark + m.group(), sentence, count=1)


def filler(sentence: str, rng: random.Random) -> str | None:
    """With words before it that say nothing."""
    if _han(sentence):
        return (
            rng.choice(
                [
                    "根据文件，",
                    "同时，",
                    "具体来说，",
                    "此外，",
                    "文中指出，",
                    "需要注意的是，",
                    "也就是说，",
                    "简单来说，",
                ]
            )
            + sentence
        )
    lead = [
        "According to the document, ",
        "In addition, ",
        "In other words, ",
        "Specifically, ",
        "The text states that ",
        "Also, ",
    ]
    return (
        rng.choice(lead) + sentence[0].lower() + sentence[1:]
        if sentence[1:2].islower()
        else rng.choice(lead) + sentence
    )


_SYNONYMS = (
    ("应当", "应"), ("必须", "须"), ("以及", "和"), ("但是", "但"), ("因此", "所以"), ("例如", "比如"), ("不得(?![超少低高大小])", "禁止"), ("按照", "依照"), ("根据", "依据"),
    ("如果", "若"), ("并且", "而且"), ("目前", "当前"), ("为了", "为"), ("能够", "能"), ("由于", "因为"), ("非常", "十分"), ("主要", "主要地"),
    (r"\bshall not\b", "must not"), (r"\bshall\b(?! not)", "must"), (r"\bin order to\b", "to"), (r"\bmay not\b", "must not"), (r"\bsuch as\b", "for example"),
    (r"\bthereby\b", "thus"), (r"\bbegin\b", "start"), (r"\bhowever\b", "but"), (r"\bmust\b(?! not)", "shall"), (r"\bis not\b", "isn't"), (r"\bcannot\b", "can't"),
    (r"\bprior to\b", "before"), (r"\bpursuant to\b", "under"), (r"\bshall be\b", "is to be"), (r"\btherefore\b", "so"), (r"\bin accordance with\b", "according to"),
)  # fmt: skip


def synonym(sentence: str, rng: random.Random) -> str | None:
    """A joining word, or a modal word of the same strength, replaced by another."""
    changed = [re.sub(old, new, sentence) for old, new in _SYNONYMS]
    changed = [text for text in changed if text != sentence]
    return rng.choice(changed) if changed else None


REWORDINGS: dict[str, Rewording] = {
    "verbatim": verbatim,
    "clause dropped": clause_dropped,
    "clauses reordered": reordered,
    "Traditional": script,
    "width": width,
    "notation": notation,
    "marker": marker,
    "filler": filler,
    "synonym": synonym,
}


def reworded(sentence: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Each rewording that the sentence allows, with the sentence so reworded."""
    for kind, rewording in REWORDINGS.items():
        changed = rewording(sentence, rng)
        if changed is not None:
            yield kind, changed


def merged(one: str, other: str) -> str:
    """Two neighbouring sentences as one."""
    if _han(one):
        return one.rstrip("。") + "，" + other
    return one.rstrip(".") + ", and " + (other[0].lower() + other[1:] if other[1:2].islower() else other)
