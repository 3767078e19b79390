"""Proper names in a question: a city, a person or a firm that the documents never mention is no detail to pass over."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import accumulate
from pathlib import Path

from assistant.understanding.lexicon import UNLISTED, VAGUE, alike, cut, joins, rarity, words_of
from index.analysis import HAN, STOPWORDS_EN, fold, language_of, terms

_LONGEST = 8
# So many characters in a row that no listed word takes spell a foreign name.
SPELT_OUT = 3
_SIDES = frozenset("上中下东西南北前后内外大小新老高区城门")
_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’.-]*")
# What titles of laws and rules end in: which document is meant is another question (see assistant/extractive/documents.py).
_TITLES = frozenset("law act regulation regulations code policy rules directive".split())
# Spelt with a capital, yet no names.
_CAPITALISED = frozenset(
    "i i'm i'd i've ok english chinese article section chapter part paper abstract monday tuesday wednesday thursday "
    "friday saturday sunday january february march april may june july august september october november december".split()
)


# Seats of government that stand for it, where nothing says that the city is meant: "should Beijing", not "factories in
# Beijing", nor "how many factories does Beijing have".
_SEATS = {
    "beijing": ("中国", "我国", "China"),
    "washington": ("美国", "United States"),
    "brussels": ("欧盟", "European Union"),
    "tokyo": ("日本", "Japan"),
    "moscow": ("俄罗斯", "Russia"),
    "london": ("英国", "United Kingdom"),
    "berlin": ("德国", "Germany"),
    "paris": ("法国", "France"),
}
# A state as its own documents call it.
_ITSELF = {
    "中国": ("我国", "中华人民共和国", "China"),
    "china": ("我国", "中华人民共和国", "中国"),
    "us": ("美国", "United States"),
}
_PLACED = re.compile(r"\b(?:in|at|of|from|to|near|around|outside|within|for|and|about|city)$", re.IGNORECASE)
# What a name is in Chinese, right after it: Pingru (平汝).
IN_CHINESE = f"\\s*[（(]([{HAN}]{{2,8}})[）)]"
_COUNTING = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """A proper name as the question spells it, and the forms under which documents may hold it."""

    text: str
    forms: tuple[str, ...]

    def term_sets(self) -> list[list[str]]:
        """For each form, the search terms that a passage with the name holds, single characters left out."""
        return [[t for t in terms(form) if len(t) > 1] for form in self.forms]


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    """Chinese to English names, and lower-case English names to Chinese ones (see index/training/names.py)."""
    chinese: dict[str, str] = {}
    english: dict[str, str] = {}
    with (Path(__file__).parent / "names.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            name, _, other = line.rstrip("\n").partition("\t")
            # 上中, 东区: places, but mostly a side or a part of something.
            if line.startswith("#") or all(c in _SIDES for c in name):
                continue
            chinese[name] = other
            # Of 武汉 and 武汉市 the shorter one stands in both.
            if other and len(name) < len(english.get(other.lower(), "x" * _LONGEST * 2)):
                english[other.lower()] = name
    return chinese, english


def chinese_of(word: str) -> str | None:
    """The Chinese form of a listed English name."""
    return _known()[1].get(word.lower())


def names_in(question: str) -> list[Name]:
    """The proper names of a question: listed Chinese ones, and English words spelt as names."""
    chinese, english = _known()
    found: dict[str, Name] = {}
    for run in _HAN_RUN.findall(fold(question)):
        # A name begins and ends where words do: 线上海量 does not name 上海.
        pieces = cut(run)
        seams = [0, *accumulate(map(len, pieces))]
        loose = _loose(pieces)
        for place, start in enumerate(seams[:-1]):
            after = seams[place + 1 : place + 1 + _LONGEST]
            ends = [end for end in after if 1 < end - start <= _LONGEST and run[start:end] in chinese]
            # 格林菲尔德 is one name, and none of 格林.
            if ends and not any(
                first <= start and ends[-1] <= last and (first, last) != (start, ends[-1]) for first, last in loose
            ):
                word = run[start : ends[-1]]
                found[word] = Name(word, tuple(filter(None, (word, chinese[word], *_ITSELF.get(word, ())))))
    spelt = _spelt(question, english)
    # What is between Beijing and Washington is between states.
    several = sum(name.lower() in _SEATS for name in spelt) > 1
    for name in spelt:
        others = [english.get(name.lower()), *(w for stem in terms(name)[:1] if " " not in name for w in alike(stem))]
        placed = _COUNTING.search(question) or _PLACED.search(question[: question.find(name)].rstrip())
        seat = () if placed and not several else _SEATS.get(name.lower(), ())
        glossed = re.match(IN_CHINESE, question[question.find(name) + len(name) :])
        said = glossed.groups() if glossed else ()
        found[name] = Name(name, tuple(filter(None, (name, *said, *others, *seat, *_ITSELF.get(name.lower(), ())))))
    return list(found.values())


def _loose(pieces: list[str]) -> list[tuple[int, int]]:
    """Where the characters of a run stand, three at least, that no listed word takes: first and past the last."""
    found: list[tuple[int, int]] = []
    first = place = 0
    for piece in [*pieces, ""]:
        if len(piece) != 1 or joins(piece):
            if place - first >= SPELT_OUT:
                found.append((first, place))
            first = place + len(piece)
        place += len(piece)
    return found


# What is asked of a name and says no more than: what about it.
_HOW_IT_IS = frozenset(
    "情况 数据 案例 例子 表现 现状 状况 做法 经验 举措 practic experi approach evid data case exampl figur situat fact".split()
)
_MORE = 0.3


def only_names(question: str) -> bool:
    """Whether a question is about a name and asks of it nothing in particular: how are things in Wuhan."""
    named = {term for name in names_in(question) for wanted in name.term_sets() for term in wanted}
    rest = [w for w in words_of(question) if w.text not in named and w.text not in _HOW_IT_IS and not w.number]
    return bool(named) and sum(w.weight for w in rest if w.weight > VAGUE) <= _MORE


# So few capitals are an abbreviation for something common (PC, HR), where no such name is listed.
_ACRONYM = 3


def phrases_in(question: str) -> list[str]:
    """The names in a question that are made of common words, where an article says that they name one thing: the World Cup. Other
    capitals may be for emphasis."""
    spelt = [name for name in _capitalised(question, _known()[1]) if _is_phrase(name)]
    return [name for name in spelt if re.search(rf"\bthe (?:[a-z]+ )?{re.escape(name)}", question)]


def _spelt(question: str, english: dict[str, str]) -> list[str]:
    """The names in a question as they are spelt, without those made of common words."""
    return [name for name in _capitalised(question, english) if not _is_phrase(name)]


def _capitalised(question: str, english: dict[str, str]) -> list[str]:
    """Runs of capitalised words that no sentence start explains; listed names of an all lower-case question."""
    words = list(_WORD.finditer(question))
    capitals = [w for w in words if w.group()[0].isupper()]
    if not capitals:
        listed = [w.group() for w in words if len(w.group()) > 4 and w.group() in english]
        return [w for w in listed if not _is_ordinary(w)] if language_of(question) == "en" else []
    if language_of(question) == "en" and len(words) > 3 and len(capitals) > 0.7 * len(words):
        return []  # a title, or shouting: capitals say nothing
    found: list[str] = []
    last = -1
    for word in capitals:
        name = re.sub(r"['’]s$|[.'’-]+$", "", word.group())
        before = question[: word.start()].rstrip()
        opening = not before or before[-1] in '.?!:;"“('
        if (
            name.lower() in _CAPITALISED
            or (name.lower() in STOPWORDS_EN and name != "US")
            or (opening and name.lower() not in english)
            or len(name) < 2
            or (len(name) <= _ACRONYM and name.isupper() and name.lower() not in english and name != "US")
        ):
            continue
        if found and word.start() == last + 1:
            found[-1] += " " + name
        else:
            found.append(name)
        last = word.end()
    return found


# A word with so many Chinese words for it is an ordinary one, though a newspaper or a town be called by it (times, price).
_ORDINARY = 3


def _is_ordinary(word: str) -> bool:
    """Whether a listed name in lower case is rather the word that it is spelt like."""
    chinese = [other for stem in terms(word)[:1] for other in alike(stem) if not other.isascii()]
    named = [other in _known()[0] for other in chinese]
    return named.count(False) >= _ORDINARY and not named[0]


def _is_phrase(name: str) -> bool:
    """Whether several capitalised words are common ones ("Export Control Law")."""
    words = name.split()
    if len(words) > 1 and words[-1].lower() in _TITLES:
        return True
    return len(words) > 1 and all(rarity(stem) < UNLISTED for word in words for stem in terms(word)[:1])


def _singular(word: str, vocabulary: Collection[str]) -> str:
    """Of several of an abbreviation (DVDs) the one, where the documents have only that; or "". No stemmer takes an s off
    consonants."""
    one = word.removesuffix("s")
    lacking = word.lower() not in vocabulary and one.lower() in vocabulary
    return one if lacking and re.fullmatch(r"[A-Z]{2,}s", word) else ""


def respelt(question: str, vocabulary: Collection[str]) -> str:
    """A question with each English name that the documents lack spelt as they spell one nearly like it.

    A name is what people misspell, and papers too.
    """
    for name in _spelt(question, _known()[1]):
        for word in name.split():
            stems = terms(word)[:1]
            if one := _singular(word, vocabulary):
                question = question.replace(word, one)
                continue
            if not stems or len(stems[0]) < 5 or stems[0] in vocabulary:
                continue
            near = get_close_matches(
                stems[0], [t for t in vocabulary if t[0] == stems[0][0] and t.isascii()], n=1, cutoff=0.88
            )
            if near:
                question = question.replace(word, near[0].capitalize())
    return question
