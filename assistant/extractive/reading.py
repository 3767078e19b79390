"""Reading: what each sentence of a passage holds and what stands around it, worked out once, whatever is asked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from assistant.extractive.structure import over_all
from assistant.understanding.lexicon import Word, occurs
from assistant.understanding.names import names_in
from index.analysis import HAN, fold, language_of, terms
from index.documents import Document
from index.passages import Passage
from index.store import PassageIndex

POINTS_BACK = re.compile(
    r"^(?:这|此(?!外)|该|其(?!中?他|次|一|二|三|余)|它|对此|据此|上述|前述|前款|两者|二者|前者|后者|否则)"
    r"|^(?:[\d.]+ )?(?:this|these|that|those|it|they|such|its|their|he|she|the latter|both|neither|otherwise"
    r"|in (?:all )?other cases|in (?:that|this|such|these|those) (?:an? )?(?:case|event|situation)s?|if (?:so|not|it|they|this))\b"
    r"|\b(?:it|them|these|this):$",
    re.IGNORECASE,
)
# How well a text holds a word that it has an official word for.
OFFICIAL = 0.7
# A Chinese word with one character wrong has no more of them than this.
LONGEST = 12
# Quotation marks stand inside terms (“双循环”新发展格局) and are left out of questions.
_QUOTES = re.compile('[“”"「」『』‘’]')
_CALLED = ("法律 法规 条例 办法 规定 政策 文件 制度", "law act regulation policy rules document handbook")
# The caption of a figure or a table, and what a list of references has: they name subjects, and say nothing of them.
_NAMES_ONLY = re.compile(
    r"^(?:图|表|专栏|附[图表]|figure|fig\.|table|chart"
    r"|box)\s*[\d一二三四五六七八九十]+(?:[-–.]\d+)?[\s:：.、][^。]*[^。.:：]$"
    r"|\[[jmdcnrsp](?:/ol)?\]"
)
# A paragraph tells of its example until it takes another; what a whole text is about is none.
_EXAMPLE = re.compile(r"(?<!本文)(?<!本研究)以([^，。；,]{1,16}?)为例|\b[Tt]aking (.{2,40}?) as an example")
# A line of a list or a row of a table.
LISTED = re.compile(
    r"^[^|\n]+ \| |^\s*(?:[-*•·]\s|\d{1,2}[.．)）、](?!\d)\s?|[（(](?:[一二三四五六七八九十]+|\d{1,2}|[a-z])[)）])"
)
# How a sentence ends, or what introduces a list.
_ENDS = re.compile(r"[.。!！?？:：;；…][\"'”’)）〕\]]*$")


@dataclass(frozen=True)
class Held:
    """A text as words are looked for in it: Chinese ones as they stand in `folded`, others among `terms`."""

    folded: str
    terms: frozenset[str]

    @classmethod
    def of(cls, folded: str) -> Held:
        """A folded text with its terms."""
        return cls(folded, frozenset(terms(folded)))

    def holds(self, word: str) -> bool:
        """Whether a word as search sees it occurs; of an expression, all of its words."""
        if not word.isascii():
            return word in self.folded or word in self.terms
        return word in self.terms or ("_" in word and all(part in self.terms for part in word.split("_")))

    def _detour(self, word: Word, other: str) -> bool:
        """Whether another word is what a dictionary explains a Chinese one by, in several English ones, and the text is Chinese,
        too."""
        return "_" in other and not word.text.isascii() and bool(re.search(f"[{HAN}]", self.folded))

    def match(self, word: Word) -> float:
        """How well the text holds a word: 1 itself, 0.8 a word that can stand for it, 0.7 what policy texts say for it, or
        all of it but one character."""
        if self.holds(word.text):
            return 1.0
        if word.number:
            return 0.0
        # Of English words most texts hold none, and to see that together is quicker than one by one.
        if not self.terms.isdisjoint(word.stems):
            return 0.8
        for other in word.wordings:
            if self.holds(other) and not self._detour(word, other):
                return 0.8
        for other in word.official:
            if self.holds(other):
                return OFFICIAL
        return 0.7 if self._misspelt(word) else 0.0

    def narrowed(self, word: Word) -> Word | None:
        """A word with those alone of its other words that the text holds; None where no part of the text can match it."""
        if word.number:
            return word if self.holds(word.text) else None
        others = tuple(other for other in word.others if len(other) > 1 and self.holds(other))
        official = tuple(other for other in word.official if self.holds(other))
        if others or official or self.holds(word.text) or self._misspelt(word):
            return replace(word, others=others, official=official)
        return None

    def _misspelt(self, word: Word) -> bool:
        """Whether the text holds a Chinese word but for one of its characters."""
        if not 2 < len(word.text) <= LONGEST or word.text.isascii():
            return False
        # One half or the other is without the wrong character; to compile the pattern takes longer than to look for them.
        half = len(word.text) // 2
        near = word.text[:half] in self.folded or word.text[half:] in self.folded
        return near and bool(_misspelt(word.text).search(self.folded))


NOTHING = Held("", frozenset())


@dataclass(frozen=True, eq=False)
class Studied:
    """What is worked out once for a passage: for each sentence its text, a vector, what it holds; what stands around it.

    Original and translation count as one text, so a word of either language is found. leaning: the positions of sentences
    that point back to the one before. titled: for the sentences of a paragraph with a title of its own, that one's position.
    governed: for rows of a table, and lines of a list, the position of its head or of what introduces it. naming: the positions
    of sentences that only name a subject: those titles, captions, references. front: those of lines that stand before the first
    chapter and are no sentences: a subtitle, who wrote or issued it. examples: for the sentences that go on with an example
    (以武汉为例), what it is. asked: the vector of the heading, where that is a question.
    """

    passage: Passage
    texts: tuple[str, ...]
    originals: NDArray[np.float32]
    translations: NDArray[np.float32] | None
    held: tuple[Held, ...]
    title: Held
    headings: Held
    around: Held
    examples: dict[int, Held]
    languages: tuple[frozenset[str], ...]
    leaning: frozenset[int]
    titled: dict[int, int]
    governed: dict[int, int]
    naming: frozenset[int]
    front: frozenset[int]
    asked: NDArray[np.float32] | None


@lru_cache(maxsize=4096)
def _misspelt(word: str) -> re.Pattern[str]:
    """A Chinese word of three characters or more with any one of them replaced."""
    return re.compile("|".join(re.escape(word[:i]) + "." + re.escape(word[i + 1 :]) for i in range(len(word))))


def _held(texts: list[str]) -> Held:
    """What texts of the documents hold, a line each."""
    return Held.of(_QUOTES.sub("", fold("\n".join(texts))))


def _titled(document: Document, passage: Passage) -> dict[int, int]:
    """For each sentence of a paragraph that opens with a title of its own, the position of that title; itself for the title."""
    found: dict[int, int] = {}
    for block in document.blocks[bisect_right(document.blocks, passage.start, key=lambda b: b.start) - 1 :]:
        if block.start >= passage.end:
            break
        if not block.title:
            continue
        inside = [i for i, s in enumerate(passage.sentences) if block.start <= s.start < block.end]
        # A long paragraph is cut into several passages; the title stands in the first.
        if inside and passage.sentences[inside[0]].end == block.start + block.title:
            found |= dict.fromkeys(inside, inside[0])
    return found


def _governed(texts: list[str]) -> dict[int, int]:
    """For each row of a table, and each line of a list, the position of the row that heads it or the sentence that introduces it."""
    found: dict[int, int] = {}
    head: int | None = None
    for position, text in enumerate(texts):
        row = " | " in text
        if row and (head is None or " | " not in texts[head]):
            head = position
        elif LISTED.match(text):
            if head is not None and row == (" | " in texts[head]):
                found[position] = head
        else:
            head = position if text.endswith((":", "：")) else None
    return found


def _examples(document: Document, passage: Passage) -> dict[int, Held]:
    """For each sentence that goes on with an example of its paragraph, what that is."""
    found: dict[int, Held] = {}
    for position, sentence in enumerate(passage.sentences):
        block = document.block_at(sentence.start)
        taken = [
            text for groups in _EXAMPLE.findall(document.text[block.start : sentence.start]) for text in groups if text
        ]
        if taken:
            found[position] = _held([taken[-1], *(form for name in names_in(taken[-1]) for form in name.forms)])
    return found


def _front(document: Document, passage: Passage, texts: list[str]) -> frozenset[int]:
    """The positions of lines before a document's first chapter that are no sentences. What has a number may be a date."""
    if passage.section >= 0 and not over_all(document, document.sections[passage.section]):
        return frozenset()
    return frozenset(i for i, text in enumerate(texts) if not _ENDS.search(text) and not re.search(r"\d", text))


class Reader:
    """Reads passages sentence by sentence; keeps what it worked out for the passages read last."""

    def __init__(self, index: PassageIndex, kept: int = 4096) -> None:
        self.index = index
        self._kept = kept
        self._studied: OrderedDict[int, Studied] = OrderedDict()
        self._headings: dict[tuple[str, int], tuple[NDArray[np.float32], Held]] = {}
        self._titles: dict[tuple[str, int], Held] = {}
        self._lock = Lock()

    def vector(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a text, shape (dimension,)."""
        return self.index.vector(text)

    def study(self, passage: Passage) -> Studied:
        """Vectors and words of a passage's sentences."""
        with self._lock:
            studied = self._studied.get(passage.id)
            if studied is not None:
                self._studied.move_to_end(passage.id)
                return studied
        document = self.index.documents[passage.document]
        originals = [document.text[s.start : s.end] for s in passage.sentences]
        translated = [s.translation or o for s, o in zip(passage.sentences, originals, strict=True)]
        both = translated != originals
        vectors = self.index.embedder.encode(originals + translated if both else originals)
        held = [_held([o, t] if o != t else [o]) for o, t in zip(originals, translated, strict=True)]
        titled = _titled(document, passage)
        studied = Studied(
            passage=passage,
            texts=tuple(originals),
            originals=vectors[: len(originals)],
            translations=vectors[len(originals) :] if both else None,
            held=tuple(held),
            title=self.title(document, passage.section) if passage.section >= 0 else NOTHING,
            headings=self.headings(document, passage.section)[1] if passage.section >= 0 else NOTHING,
            around=Held("\n".join(h.folded for h in held), frozenset().union(*(h.terms for h in held))),
            examples=_examples(document, passage),
            languages=tuple(frozenset(map(language_of, texts)) for texts in zip(originals, translated, strict=True)),
            leaning=frozenset(i for i, o in enumerate(originals) if i and POINTS_BACK.search(o)),
            titled=titled,
            governed=_governed(originals),
            naming=frozenset(i for i, h in enumerate(held) if titled.get(i) == i or _NAMES_ONLY.search(h.folded)),
            front=_front(document, passage, originals),
            asked=self._asked(document, passage.section),
        )
        with self._lock:
            self._studied[passage.id] = studied
            while len(self._studied) > self._kept:
                self._studied.popitem(last=False)
        return studied

    def has(self, word: str) -> bool:
        """Whether the documents have the terms of a listed word, or their titles do."""
        return occurs(word, self.index.lexical.vocabulary) or occurs(word, self._called)

    @cached_property
    def _called(self) -> frozenset[str]:
        """The terms of all documents' titles."""
        return frozenset().union(*(self.about(document).terms for document in self.index.documents.values()))

    def about(self, document: Document) -> Held:
        """A document's title, in both languages where it has two, with the words that people call a document by."""
        key = (document.id, -1)
        if key not in self._titles:
            self._titles[key] = _held([document.title, document.metadata.get("title_en", ""), *_CALLED])
        return self._titles[key]

    def _asked(self, document: Document, section: int) -> NDArray[np.float32] | None:
        """The vector of a section's own title, where that asks."""
        asks = section >= 0 and document.sections[section].asks
        return self.vector(document.sections[section].title) if asks else None

    def title(self, document: Document, section: int) -> Held:
        """A section's own title, original and translation, a line each."""
        key = (document.id, section)
        if key in self._titles:
            return self._titles[key]
        titles = [document.sections[section].title]
        if document.translation is not None:
            titles.append(document.translation.sections[section].title)
        self._titles[key] = _held(titles)
        return self._titles[key]

    def headings(self, document: Document, section: int) -> tuple[NDArray[np.float32], Held]:
        """For a section's heading path: vectors, shape (1 or 2, dimension), original and translation; and its words."""
        key = (document.id, section)
        if key not in self._headings:
            paths = ["\n".join(document.sections[section].path)]
            if document.translation is not None:
                paths.append("\n".join(document.translation.sections[section].path))
            self._headings[key] = (self.index.embedder.encode(paths), _held(paths))
        return self._headings[key]
