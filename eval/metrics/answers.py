"""Answer metrics: whether an answer says what it should, by its nuggets and against reference answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import inf

from eval.suites import Nugget
from index.analysis import HAN, STOPWORDS_EN, fold, terms
from index.numerals import CARDINALS, NUMERAL, chinese_number, numbers, plain

_MARKER = re.compile(r"\[\d+\]")  # a citation of ours, or in a quote the source's own reference
_REFERENCE = re.compile(r"〔\d+〕")  # a source's reference as an answer's text shows it
_WORD = re.compile(r"[a-z]+")
_UNIT = re.compile(rf"[{HAN}]|(?:(?![{HAN}])\w)+")
_LONE = re.compile(
    rf"(?<![{NUMERAL}第])([{NUMERAL}])(?=个?(?:年|月|日|天|周|小时|分钟|工作日|次|倍|名|人|条|项|家|种|份|元|成|级"
    rf"|类|件))"
)
_MOST_SPELT = 12
_SPACE_AT_HAN = re.compile(rf"(?<=[{HAN}\W])\s+|\s+(?=[{HAN}\W])")


def nugget_recall(nuggets: Sequence[Nugget], text: str, quotes: Sequence[str]) -> float:
    """Share of the nuggets held by the answer or by what it cites.

    After nugget recall in TREC RAG (nuggetizer, strict, all nuggets vital), with support decided by words: an English
    answer over a Chinese source counts by its Chinese quotes. How the words are put together it
    does not see.
    """
    return 1.0 - len(missing_nuggets(nuggets, text, quotes)) / len(nuggets)


def missing_nuggets(nuggets: Sequence[Nugget], text: str, quotes: Sequence[str]) -> tuple[Nugget, ...]:
    """The nuggets that neither the answer nor a quote holds; markers and reference marks are no numbers."""
    said = [comparable(_REFERENCE.sub(" ", _MARKER.sub(" ", part))) for part in (text, *quotes)]
    held = {number for part in said for number in (*numbers(part), *_lone_numbers(part))}
    return tuple(nugget for nugget in nuggets if not _holds(nugget, said, held))


def _lone_numbers(text: str) -> list[str]:
    """The numbers of one Chinese digit that counts something (四个月), and of English words up to twelve."""
    digits = [str(chinese_number(digit)) for digit in _LONE.findall(text)]
    spelt = [CARDINALS.get(word, inf) for word in _WORD.findall(text)]
    return digits + [str(value) for value in spelt if value <= _MOST_SPELT]


def _holds(nugget: Nugget, said: Sequence[str], held: set[str]) -> bool:
    if not all(plain(number) in held for number in nugget.numbers):
        return False
    return not nugget.any or any(comparable(wording) in part for wording in nugget.any for part in said)


def answer_length(text: str) -> int:
    """Characters of an answer without its citation markers and outer space."""
    return len(_MARKER.sub("", text).strip())


def comparable(text: str) -> str:
    """A text for comparison: width, script and case folded, and no space but between Latin words."""
    return _SPACE_AT_HAN.sub("", re.sub(r"\s+", " ", fold(text))).strip()


def token_f1(text: str, reference: str) -> float:
    """F1 of the content tokens of two texts, repeats counted.

    Tokens are those of search: Han characters and their bigrams, stems of other words without English stop words,
    numbers in one form. 0 where either has none.
    """
    return _bag_f1(_content(text), _content(reference))


def exact_match(text: str, answers: Sequence[str]) -> float:
    """1 where the text is one of the answers, marks, spaces, case, width and script apart (EM of SQuAD and CMRC 2018)."""
    return float(any(_units(text) == _units(answer) for answer in answers))


def cmrc_f1(text: str, answers: Sequence[str]) -> float:
    """F1 of CMRC 2018 (Cui et al. 2019), best over the answers: by the longest run of units that both share.

    A unit is a Han character or a word; marks are left out.
    """
    return max(
        (_f1(_longest_run(_units(text), _units(a)), len(_units(text)), len(_units(a))) for a in answers), default=0
    )


def bag_f1(text: str, answers: Sequence[str]) -> float:
    """F1 of the units that both hold, in any order, best over the answers (as SQuAD and DRCD count)."""
    return max((_bag_f1(_units(text), _units(answer)) for answer in answers), default=0.0)


def _content(text: str) -> list[str]:
    folded = fold(_REFERENCE.sub(" ", _MARKER.sub(" ", text)))
    return terms(_WORD.sub(lambda word: " " if word.group() in STOPWORDS_EN else word.group(), folded))


def _units(text: str) -> list[str]:
    return _UNIT.findall(fold(_MARKER.sub(" ", text)))


def _bag_f1(one: Sequence[str], other: Sequence[str]) -> float:
    return _f1((Counter(one) & Counter(other)).total(), len(one), len(other))


def _f1(shared: int, found: int, wanted: int) -> float:
    return 2 * shared / (found + wanted) if shared else 0.0


def _longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    best, lengths = 0, [0] * (len(other) + 1)
    for unit in one:
        # lengths[j]: the run that ends at this unit and at other[j - 1].
        lengths = [0, *(lengths[j] + 1 if unit == wanted else 0 for j, wanted in enumerate(other))]
        best = max(best, *lengths)
    return best
