"""Evidence: the sentences that may answer a question, scored one by one within the passages that were found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from assistant.understanding.lexicon import Word, occurs, words_of
from index.analysis import fold, language_of, terms
from index.documents import Document
from index.passages import Passage, Sentence
from index.store import Hit, PassageIndex

# Passages whose sentences are read. More of them help in English, where the encoder tells what is meant among them; in Chinese they
# bring false answers (development halves).
PASSAGES = {"zh": 12, "en": 16}
# How much of a word's weight counts where it stands not in the sentence but in its heading, those above, or beside it.
IN_TITLE, IN_HEADINGS, IN_PASSAGE, IN_DOCUMENT = 0.8, 0.6, 0.35, 0.35
# ... and where it stands in the sentence right before, or in that before one that points back to it.
BEFORE, POINTED_AT = 0.5, 0.7
POINTS_BACK = re.compile(
    r"^(?:这|此(?!外)|该|其(?!中?他|次|一|二|三|余)|它|对此|据此|上述|前述|前款|两者|二者|前者|后者|否则)"
    r"|^(?:[\d.]+ )?(?:this|these|that|those|it|they|such|its|their|he|she|the latter|both|neither|otherwise|in (?:all )?other cases)\b"
    r"|\b(?:it|them|these|this):$",
    re.IGNORECASE,
)
# How well a text holds a word that it has an official word for.
OFFICIAL = 0.7
# What the cosine of an English question and a sentence counts, as the encoder reads them whole.
READING = 1.0
# What the cosine of a question and a heading that asks one itself counts, where no encoder reads the sentences below it.
ASKED_ALIKE = 1.0
# Sentences answer what a question asks about its subject in words of their own; the subject they name.
RELATION = 0.5
# Quotation marks stand inside terms (“双循环”新发展格局) and are left out of questions.
_QUOTES = re.compile('[“”"「」『』‘’]')
_CALLED = ("法律 法规 条例 办法 规定 政策 文件 制度", "law act regulation policy rules document handbook")
# A sentence about the text itself ("this paper studies …") names every subject and answers for none.
ABOUT_ITSELF = 0.8
_ABOUT_ITSELF = re.compile(
    r"^(?:本文(?![把将认][^，。]{2,12}(?:[分为是]|应))|本研究|本报告|本办法旨在|关键词|key ?words?:"
    r"|[^。]{2,40}[,，]本文(?:从|以|对|就|提出|分析|探讨|研究|考察|通过)"
    r"|(?:by .{3,80}, )?this (?:paper|study|article|report)|taking .{1,30}, this (?:paper|study))"
)
# The caption of a figure or a table, and what a list of references has: they name subjects, and say nothing of them.
_NAMES_ONLY = re.compile(
    r"^(?:图|表|专栏|附[图表]|figure|fig\.|table|chart|box)\s*[\d一二三四五六七八九十]+(?:[-–.]\d+)?[\s:：.、][^。]*[^。.:：]$"
    r"|\[[jmdcnrsp](?:/ol)?\]"
)


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer: `passage.sentences[position]`, and how well it fits.

    cosine: of the question and the sentence, the better of original and translation. coverage: the share of the
    question's words, by weight, that the sentence holds (a heading's or neighbour's words count in part).
    own: the same share counting the sentence's own words alone. score: what sentences are ranked by.
    foreign: the sentence is in another language than the question, and there is no translation. reading: the cosine of an
    English question and the sentence as the encoder reads them; 0 for all where it reads none.
    """

    passage: Passage
    position: int
    score: float
    cosine: float
    coverage: float
    own: float
    foreign: bool
    reading: float

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.passage.sentences[self.position]

    @property
    def after(self) -> Candidate | None:
        """The next sentence of the passage, as good a candidate; None after the last."""
        following = self.position + 1
        return replace(self, position=following) if following < len(self.passage.sentences) else None

    @property
    def key(self) -> tuple[int, int]:
        """Reading order, and identity: passage and position."""
        return (self.passage.id, self.position)


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

    def match(self, word: Word) -> float:
        """How well the text holds a word: 1 itself, 0.8 a word that can stand for it, 0.7 what policy texts say for it, or
        all of it but one character."""
        if self.holds(word.text):
            return 1.0
        if word.number:
            return 0.0
        if any(len(other) > 1 and self.holds(other) for other in word.others):
            return 0.8
        if any(self.holds(other) for other in word.official):
            return OFFICIAL
        if len(word.text) > 2 and not word.text.isascii() and _misspelt(word.text).search(self.folded):
            return 0.7
        return 0.0


@dataclass(frozen=True)
class _Studied:
    """What is worked out once for a passage: for each sentence a vector and what it holds; what stands around it.

    Original and translation count as one text, so a word of either language is found. leaning: the positions of sentences
    that point back to the one before. titled: for the sentences of a paragraph with a title of its own, that one's position.
    naming: the positions of sentences that only name a subject: those titles, captions, references. asked: the vector of the
    heading, where that is a question.
    """

    originals: NDArray[np.float32]
    translations: NDArray[np.float32] | None
    held: tuple[Held, ...]
    title: Held
    headings: Held
    around: Held
    languages: tuple[str, ...]
    leaning: frozenset[int]
    titled: dict[int, int]
    naming: frozenset[int]
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


class Reader:
    """Reads passages sentence by sentence; keeps what it worked out for the passages read last."""

    def __init__(self, index: PassageIndex, kept: int = 4096) -> None:
        self.index = index
        self._kept = kept
        self._studied: OrderedDict[int, _Studied] = OrderedDict()
        self._headings: dict[tuple[str, int], tuple[NDArray[np.float32], Held]] = {}
        self._titles: dict[tuple[str, int], Held] = {}
        self._lock = Lock()

    def vector(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a text, shape (dimension,)."""
        vector: NDArray[np.float32] = self.index.embedder.encode([text])[0]
        return vector

    def weights(self, words: list[Word], relation: float = 1.0) -> dict[Word, float]:
        """What each word counts here: its weight in the language, less where most of the documents' passages hold it.

        The words that are given back are without what policy texts say for them where the documents have the word itself: they
        may mean another thing by it. relation: the share that words count which say what is asked about the subject, and are
        not the subject.
        """
        lexical = self.index.lexical
        found = {}
        for word in words:
            shares = [lexical.frequency(form) / max(1, lexical.rows) for form in terms(word.text) if len(form) > 1]
            own = occurs(word.text, lexical.vocabulary)
            found[word.literal if own else word] = (
                word.weight * (1 - 0.6 * min(shares, default=0.0)) * (relation if word.relation else 1.0)
            )
        return found

    def candidates(
        self, question: str, language: str, hits: list[Hit], words: list[Word] | None = None
    ) -> list[Candidate]:
        """The sentences of the passages found, best first. `words` are those to look for, where not the question's own."""
        vector = self.vector(question)
        weights = self.weights(words_of(question) if words is None else words, RELATION)
        total = sum(weights.values()) or 1.0
        readings = self.index.readings if language == "en" else None
        found: list[Candidate] = []
        for hit in hits:
            studied = self.study(hit.passage)
            read = readings.cosines(hit.passage, question) if readings else []
            cosines = studied.originals @ vector
            if studied.translations is not None:
                cosines = np.maximum(cosines, studied.translations @ vector)
            document = self.about(self.index.documents[hit.passage.document])
            about = {
                word: max(
                    IN_DOCUMENT * document.match(word),
                    IN_TITLE * studied.title.match(word),
                    IN_HEADINGS * studied.headings.match(word),
                    IN_PASSAGE * studied.around.match(word),
                )
                for word in weights
            }
            alike = 0.0 if studied.asked is None else ASKED_ALIKE * max(0.0, float(studied.asked @ vector))
            before = dict.fromkeys(weights, 0.0)
            titles: dict[int, dict[Word, float]] = {}
            for position, held in enumerate(studied.held):
                matches = {word: held.match(word) for word in weights}
                if position in studied.naming:
                    titles[position] = before = matches
                    continue
                near = POINTED_AT if position in studied.leaning else BEFORE
                title = titles.get(studied.titled.get(position, -1), {})
                share = sum(weight * matches[word] for word, weight in weights.items())
                coverage = sum(
                    weight * max(matches[word], about[word], near * before[word], IN_TITLE * title.get(word, 0.0))
                    for word, weight in weights.items()
                )
                before = matches
                foreign = studied.languages[position] != language and not hit.passage.sentences[position].translation
                cosine = float(cosines[position])
                score = cosine + coverage / total + 0.3 * hit.cosine - (0.1 if foreign else 0.0)
                reading = read[position] if read else 0.0
                score += READING * reading if read else alike
                score -= ABOUT_ITSELF if _ABOUT_ITSELF.match(held.folded) else 0.0
                found.append(
                    Candidate(hit.passage, position, score, cosine, coverage / total, share / total, foreign, reading)
                )
        return sorted(found, key=lambda c: (-c.score, c.key))

    def held(self, candidate: Candidate) -> Held:
        """What a sentence holds, in both languages where it has two."""
        return self.study(candidate.passage).held[candidate.position]

    def original(self, candidate: Candidate) -> str:
        """A sentence's own words, as the document has them."""
        return self.index.documents[candidate.passage.document].text[candidate.sentence.start : candidate.sentence.end]

    def study(self, passage: Passage) -> _Studied:
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
        nowhere = Held("", frozenset())
        titled = _titled(document, passage)
        studied = _Studied(
            originals=vectors[: len(originals)],
            translations=vectors[len(originals) :] if both else None,
            held=tuple(held),
            title=self.title(document, passage.section) if passage.section >= 0 else nowhere,
            headings=self.headings(document, passage.section)[1] if passage.section >= 0 else nowhere,
            around=Held("\n".join(h.folded for h in held), frozenset().union(*(h.terms for h in held))),
            languages=tuple(map(language_of, originals)),
            leaning=frozenset(i for i, o in enumerate(originals) if i and POINTS_BACK.search(o)),
            titled=titled,
            naming=frozenset(i for i, h in enumerate(held) if titled.get(i) == i or _NAMES_ONLY.search(h.folded)),
            asked=self._asked(document, passage.section),
        )
        with self._lock:
            self._studied[passage.id] = studied
            while len(self._studied) > self._kept:
                self._studied.popitem(last=False)
        return studied

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
