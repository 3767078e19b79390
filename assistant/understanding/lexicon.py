"""The words of a question: segmented, weighed by how much they say, with the words that can stand for them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from itertools import zip_longest
from pathlib import Path

from assistant.understanding.designators import letters_in
from assistant.understanding.thesaurus import official, told_by_whole
from index.analysis import HAN, STOPWORDS_EN, asking_removed, fold, terms
from index.numerals import numbers, ordinals

_RUN = re.compile(f"[{HAN}]+|[a-z]+(?:[ '’-]+[a-z]+)*")
_HAN = re.compile(f"[{HAN}]")
# What a word that the lexicon does not list is taken to be: rarer than nearly all that it lists.
UNLISTED = 13.0
# Rarity (-ln of a word's share of running text) below which a word joins rather than says, and where it says all it can.
_PLAIN, _TELLING = 5.5, 10.5
# What a word weighs that says next to nothing.
VAGUE = 0.15
# What an expression of such words weighs ("days off").
EXPRESSION = 0.5
# Words of the documents' own put beside one of the question's.
MOST_OTHERS = 4
UNLISTED_WEIGHT = 0.6
# ... and a character by itself that policy texts have words for.
ALONE_WEIGHT = 0.3
_LONGEST = 4


@dataclass(frozen=True)
class Word:
    """A word of a question: text as search sees it, weight in (0, 1], and the words that can stand for it.

    official: what policy texts say where people say this (see thesaurus.py): a sentence with one of these words is likely
    what is asked for. It says the same only where the word is among `others` too.
    relation: it says what is asked about a subject (role, problem, 建议), and is not the subject.
    """

    text: str
    weight: float
    others: tuple[str, ...] = ()
    number: bool = False
    official: tuple[str, ...] = ()

    @property
    def literal(self) -> Word:
        """The word without what policy texts say for it."""
        return replace(self, official=())

    @cached_property
    def stems(self) -> frozenset[str]:
        """Those of its other words that are one English word each, as search sees them."""
        return frozenset(other for other in self.others if len(other) > 1 and other.isascii() and "_" not in other)

    @cached_property
    def wordings(self) -> tuple[str, ...]:
        """Those of its other words that are looked for in the text: Chinese ones, and English ones of several words."""
        return tuple(other for other in self.others if len(other) > 1 and other not in self.stems)

    @property
    def relation(self) -> bool:
        """Whether headings, more than sentences, are where the word is found."""
        return self.text in _RELATION


@cache
def _entries() -> dict[str, str]:
    """Word -> "rarity<TAB>others", as in lexicon.tsv (see index/training/lexicon.py)."""
    found: dict[str, str] = {}
    with (Path(__file__).parent / "lexicon.tsv").open(encoding="utf-8") as lines:
        for line in lines:  # one at a time: a cold question's peak memory is counted
            if not line.startswith("#"):
                word, _, entry = line.partition("\t")
                found[word] = entry
    return found


def rarity(word: str) -> float:
    """-ln of the word's share of running text: about 3 for "the", 7.5 for 企业, 10 for 深圳; UNLISTED where unknown."""
    entry = _entries().get(word)
    return float(entry.split("\t", 1)[0]) if entry else UNLISTED


def alike(word: str) -> tuple[str, ...]:
    """Words of either language that can stand for a word, likeliest first."""
    entry = _entries().get(word)
    return tuple(entry.split("\t", 1)[1].split()) if entry else ()


def words_of(question: str) -> list[Word]:
    """The words that carry a question, in order, each once; without those that only ask."""
    return list(_words_of(question))


# A question is read by every composer, and titles again for each question.
@lru_cache(maxsize=512)
def _words_of(question: str) -> tuple[Word, ...]:
    folded = fold(question)
    found: dict[str, Word] = {}
    for run in _RUN.findall(asking_removed(folded)):
        chinese, joined = bool(_HAN.match(run)), set[str]()
        spelt = segmented(run) if chinese else re.findall("[a-z]+", run)
        pieces = spelt if chinese else [terms(word)[0] for word in spelt]
        # Characters that make no listed word, an English word that is not listed: a name or a slip, which does not say all
        # that is asked.
        weights = [
            VAGUE if vague(word) else _weight(p) if p in _entries() else min(_weight(p), UNLISTED_WEIGHT)
            for word, p in zip(spelt, pieces, strict=True)
        ]
        told = official(pieces, weights, spelt)
        for carrying, span in ({} if chinese else told_by_whole(pieces, weights, spelt, VAGUE)).items():
            weights[carrying] = EXPRESSION
            joined |= {pieces[i] for i in span if i != carrying}
        for word, piece, weight, texts in zip(spelt, pieces, weights, told, strict=True):
            if word not in STOPWORDS_EN and piece not in _JOINING and piece not in joined:
                others = alike(piece) or (() if chinese else spelt_like(piece))
                found.setdefault(piece, Word(piece, weight, others, official=texts))
    for letter in letters_in(question):
        found[letter] = Word(letter, 1.0)
    for number in (*numbers(folded), *ordinals(folded)):
        found.setdefault(number, Word(number, 1.0, number=True))
    return tuple(found.values())


def reworded(words: Collection[Word], vocabulary: Collection[str]) -> str:
    """Words that can stand for some words and that the documents have, a few for each; the words too."""
    found: dict[str, None] = {}
    for word in words:
        # By turns, so that neither list takes all the room.
        turns = [o for pair in zip_longest(word.official, word.others) for o in pair if o and len(o) > 1]
        held = [o for o in dict.fromkeys(turns) if occurs(o, vocabulary)]
        found |= dict.fromkeys([word.text, *held[:MOST_OTHERS]])
    return " ".join(found).replace("_", " ")


def has_other(word: Word, vocabulary: Collection[str]) -> bool:
    """Whether a vocabulary has a word that can stand for one, or what policy texts say for it."""
    return any(len(other) > 1 and occurs(other, vocabulary) for other in (*word.official, *word.others))


def parts(word: str) -> list[str]:
    """The terms of a listed word: English stems themselves, each two characters of a Chinese word."""
    return word.split("_") if word.isascii() else [word[i : i + 2] for i in range(len(word) - 1)] or [word]


def occurs(word: str, vocabulary: Collection[str]) -> bool:
    """Whether the terms of a listed word are in a vocabulary."""
    return all(part in vocabulary for part in parts(word))


_JOINING = frozenset(
    "的是在有和与及对把被让给我你它他她们都也就还又而但从到由向这那几哪谁么个些之其为以中上下里后前多少大小能会要可该所并或等各条年月日"
)


def joins(character: str) -> bool:
    """Whether a Han character joins words, or places, counts or dates them."""
    return character in _JOINING


@cache
def _english(initial: str) -> list[str]:
    return [word for word in _entries() if word[0] == initial]


@lru_cache(maxsize=4096)
def spelt_like(stem: str) -> tuple[str, ...]:
    """For an English stem that the lexicon lacks, the listed one spelt most like it, with what can stand for that."""
    if stem in _entries() or vague(stem) or len(stem) < 5:
        return ()
    near = get_close_matches(stem, [w for w in _english(stem[0]) if abs(len(w) - len(stem)) < 3], n=1, cutoff=0.82)
    return (near[0], *alike(near[0])) if near else ()


# Numerals with their measure words (六个, 几条, 这项), and words that say that something is there or is asked for.
_MEASURED = re.compile(
    r"^[一二三四五六七八九十百千万几多这那该每各整两半]+[个件条项点种类家名位人次年份段句话篇章节款部]?$"
    r"|^[个件条项点种类]事?$"
)


def vague(word: str) -> bool:
    """Whether a word only tells the story."""
    return word in _vague()


@cache
def _vague() -> frozenset[str]:
    """The words of vague.txt, and stems in it: they ask, tell the story, join, place in time, or say that something is there.

    A word is not stemmed: whoever managed to do something does not ask for a manager."""
    lines = (Path(__file__).parent / "vague.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


# What is asked about a subject, not the subject.
_RELATION = frozenset(
    "缺乏 短缺 缺少 不足 匮乏 稀少 不够 风险 后果 坏处 shortag lack scarc consequ "
    "问题 作用 影响 意义 关系 方式 方法 好处 优势 原因 特点 情况 现状 内容 建议 对策 措施 要求 规定 "
    "role effect influenc impact signific import relationship method benefit advantag reason caus featur problem issu "
    "recommend suggest measur requir rule challeng".split()
)


def _weight(word: str) -> float:
    if len(word) == 1:
        return ALONE_WEIGHT if not vague(word) and official([word], [1.0])[0] else VAGUE
    if vague(word) or _MEASURED.match(word):
        return VAGUE
    return min(1.0, max(0.1, (rarity(word) - _PLAIN) / (_TELLING - _PLAIN)))


def segmented(run: str) -> list[str]:
    """The likeliest words of a run of Han characters. Characters that no listed word takes make pieces of two and more, as
    new words do (婚假), but for those that are words by themselves (骑, 厂)."""
    pieces: list[str] = []
    begun = False  # whether the last piece is of such characters, and may go on
    for word in cut(run):
        loose = len(word) == 1 and word not in _JOINING
        alone = loose and _alone(word)
        if begun and loose and (not alone or len(pieces[-1]) == 1):
            pieces[-1] += word
        else:
            pieces.append(word)
        begun = loose and not alone
    return pieces


def _alone(character: str) -> bool:
    """Whether a Han character is a word by itself: it pads, or policy texts have words for it (罚, 厂)."""
    return vague(character) or bool(official([character], [1.0])[0])


def cut(run: str) -> list[str]:
    """A run of Han characters cut into its likeliest words; characters that no listed word takes stand alone."""
    listed = _entries()
    costs = [0.0] + [float("inf")] * len(run)
    back = [0] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - _LONGEST), end):
            word = run[start:end]
            single = end - start == 1
            if not single and word not in listed:
                continue
            cost = costs[start] + (UNLISTED if single else rarity(word))
            if cost < costs[end]:
                costs[end], back[end] = cost, start
    words: list[str] = []
    end = len(run)
    while end:
        words.append(run[back[end] : end])
        end = back[end]
    return words[::-1]
