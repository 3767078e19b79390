"""The words of a question: segmented, weighed by how much they say, with the words that can stand for them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

from assistant.understanding.thesaurus import official
from index.analysis import HAN, STOPWORDS_EN, asking_removed, fold, terms
from index.numerals import numbers, ordinals

_RUN = re.compile(f"[{HAN}]+|[a-z]+(?:[ '-]+[a-z]+)*")
_HAN = re.compile(f"[{HAN}]")
# What a word that the lexicon does not list is taken to be: rarer than nearly all that it lists.
UNLISTED = 13.0
# Rarity (-ln of a word's share of running text) below which a word joins rather than says, and where it says all it can.
_PLAIN, _TELLING = 5.5, 10.5
# What a word weighs that says next to nothing.
VAGUE = 0.15
# Words of the documents' own put beside one of the question's.
MOST_OTHERS = 4
UNLISTED_WEIGHT = 0.6
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
    folded = fold(question)
    found: dict[str, Word] = {}
    for run in _RUN.findall(asking_removed(folded)):
        chinese = bool(_HAN.match(run))
        spelt = _segment(run) if chinese else re.findall("[a-z]+", run)
        pieces = spelt if chinese else [terms(word)[0] for word in spelt]
        # Characters that make no listed word, an English word that is not listed: a name or a slip, which does not say all
        # that is asked.
        weights = [_weight(p) if p in _entries() else min(_weight(p), UNLISTED_WEIGHT) for p in pieces]
        for word, piece, weight, texts in zip(spelt, pieces, weights, official(pieces, weights), strict=True):
            if word not in STOPWORDS_EN and piece not in _JOINING:
                others = alike(piece) or (() if chinese else spelt_like(piece))
                found.setdefault(piece, Word(piece, weight, others, official=texts))
    for number in (*numbers(folded), *ordinals(folded)):
        found.setdefault(number, Word(number, 1.0, number=True))
    return list(found.values())


def reworded(words: Collection[Word], vocabulary: Collection[str]) -> str:
    """Words that can stand for some words and that the documents have, a few for each; the words too."""
    found: dict[str, None] = {}
    for word in words:
        held = [o for o in (*word.official, *word.others) if len(o) > 1 and occurs(o, vocabulary)]
        found |= dict.fromkeys([word.text, *held[:MOST_OTHERS]])
    return " ".join(found).replace("_", " ")


def occurs(word: str, vocabulary: Collection[str]) -> bool:
    """Whether the terms of a listed word are in a vocabulary: English stems themselves, each two characters of a Chinese word."""
    parts = word.split("_") if word.isascii() else [word[i : i + 2] for i in range(len(word) - 1)]
    return all(part in vocabulary for part in parts)


_JOINING = frozenset(
    "的是在有和与及对把被让给我你它他她们都也就还又而但从到由向这那几哪谁么个些之其为以中上下里后前多少大小能会要可该所并或等各条年月日"
)


@cache
def _english(initial: str) -> list[str]:
    return [word for word in _entries() if word[0] == initial]


@lru_cache(maxsize=4096)
def spelt_like(stem: str) -> tuple[str, ...]:
    """For an English stem that the lexicon lacks, the listed one spelt most like it, with what can stand for that."""
    if stem in _entries() or stem in _VAGUE or len(stem) < 5:
        return ()
    near = get_close_matches(stem, [w for w in _english(stem[0]) if abs(len(w) - len(stem)) < 3], n=1, cutoff=0.82)
    return (near[0], *alike(near[0])) if near else ()


# Numerals with their measure words (六个, 几条, 这项), and words that say that something is there or is asked for.
_MEASURED = re.compile(
    r"^[一二三四五六七八九十百千万几多这那该每各整两半]+[个件条项点种类家名位人次年份段句话篇章节款部]?$|^[个件条项点种类]事?$"
)
_VAGUE = frozenset(
    "section chapter part topic 章节 小节 结构 开头 导语 中心思想 "
    "逐条 说明 一共 整个 整体 这一层 一层 事情 东西 哪样 样样 面临 遇到 出现 显示 得出 给出 提供 包括 包含 描述 解释 回答 "
    "pls plz thing themselv bullet whole attribut face suffer rais point state show offer provid stress note find found "
    "match pair correspond "
    "逐项 列明 梳理 告知 针对 提出 论述 事项 何种 所在 编号 点名 批评 拟采取 帮忙 一条 哪一条 后面 前面 对应 具体来说 说明白 "
    "grateful rather note whether mention anywher connect regard understand explain clear tell know question answer pleas could would "
    "help assist 帮助 要点 整理 汇报 基本 大致 简短 kindli brief short simpl english "
    "总结 概括 归纳 概述 摘要 summar summari summaris overview kind "
    "just anymor anyon someon somebodi person case situat 解决 怎么办 "
    "这么 那么 怎么回事 回事 何等 文末 文中 界定 算作 不算 算不算 那会儿 来着 比喻 到底 究竟 还是 老师 课堂 作业 笔记 填空 核实 数值 "
    "不会 不行 有没有 不好 好不好 得了 起来 出来 下来 才行 才算 人家 咱们 自己 别人 一下子 明白 请问 劳驾 兹询 予以 尚请 何处 "
    "grate anti sir madam ma am vs versus mean meant defin describ concret actual exact bother seem rest suppos stood admit writer "
    "slide essay homework "
    "kindli sake basic bit quick curious wonder hear heard seen saw anyth everyth nowaday viewpoint terms phrase passag "
    "打算 计划 准备 plan intend 所有 全部 完整 一份 各项 列出 一遍 一段 简要 什么样 推荐 "
    "分别 现有 存在 共有 一共 总共 应该 应当 可以 能够 采取 进行 自己 目前 现在 如今 主要 方面 部分 内容 相关 有关 情况 "
    "具有 属于 成为 作为 通过 根据 按照 针对 以及 之间 期间 时候 清单 简单 归纳 大概 大约 左右 "
    "exist present current identifi involv relat accord regard concern specif particular main major follow includ make take get do go "
    "cover discuss talk deal contain argu mention deal touch 讲 说 写 讨论 涉及 讲述 论述 谈到 "
    "two three four five six seven eight nine ten first second third fourth fifth "
    "一块 这块 分点 直说 全文 照实 顺便 逐点 bullet ppt slide execut action onli out up down back boil sum told "
    "propos expect ask advis need want use happen come thing way lot someth exact actual realli still alreadi".split()
)


# What is asked about a subject, not the subject.
_RELATION = frozenset(
    "缺乏 短缺 缺少 不足 匮乏 稀少 不够 风险 后果 坏处 shortag lack scarc consequ "
    "问题 作用 影响 意义 关系 方式 方法 好处 优势 原因 特点 情况 现状 内容 建议 对策 措施 要求 规定 "
    "role effect influenc impact signific import relationship method benefit advantag reason caus featur problem issu "
    "recommend suggest measur requir rule challeng".split()
)


def _weight(word: str) -> float:
    if len(word) == 1:
        return VAGUE
    if word in _VAGUE or _MEASURED.match(word):
        return VAGUE
    return min(1.0, max(0.1, (rarity(word) - _PLAIN) / (_TELLING - _PLAIN)))


def _segment(run: str) -> list[str]:
    """The likeliest words of a run of Han characters; characters that no listed word takes stay together as one piece."""
    pieces: list[str] = []
    loose = False
    for word in cut(run):
        single = len(word) == 1 and word not in _JOINING
        if single and loose:
            pieces[-1] += word
        else:
            pieces.append(word)
        loose = single
    return pieces


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
