"""Training pairs made on the fly, a batch at a time: something one would ask, and the passage that answers it.

Most questions are clauses of the passage with a few words put out of it and a question word put in; to cross languages
each word is replaced by an English one. All of a batch is of one kind, so that every other passage is a fair distractor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from index.training.prepare import Material
from index.training.tokens import Bag, Collection, Floats, Ints, Ragged, encode, joined

# Share of batches of each kind. "x" crosses languages, "en" is English on both sides.
MIXTURE = {
    "news": 0.27,
    "news_x": 0.20,
    "news_en": 0.05,
    "laws": 0.11,
    "laws_x": 0.06,
    "pairs": 0.14,
    "dictionary": 0.05,
    "names": 0.02,
    "questions": 0.05,
    "questions_x": 0.05,
}
CROSSING = {"news_x", "laws_x", "pairs", "dictionary", "names", "questions_x"}
SOFTNESS = 0.8
ASKING_ZH = (
    "什么 多少 哪个 哪里 谁 什么时候 哪些 如何 为什么 怎么 何时 哪一年 什么是 是什么 有哪些 吗 的 是 关于 规定 多久 "
    "怎样 请问 哪几个 哪一 几"
)
ASKING_EN = (
    "what,which,who,where,when,why,how,how many,how much,what is,what was the,which year,in what year,what kind of,"
    "who was,what did,how long,what are the,is there,tell me about,name the,what type of,the,whose,what percentage"
)
TOPICS = 400
NEIGHBOURS = 12  # documents of one topic in a batch
LONGEST = 250  # tokens of a passage
LONGEST_ANSWER = 400  # tokens of a passage with a question of its own, whose answer may stand anywhere


@dataclass(frozen=True)
class Batch:
    """Questions and the passages that answer them, row by row: bags of `size` rows each."""

    question: Bag
    passage: Bag
    size: int
    softness: float = 1.0  # what the scale of the cosines is multiplied with


class Pairs:
    """Draws batches from the prepared material; the same seed gives the same batches."""

    def __init__(self, material: Material, tokenizer: Tokenizer, table: Floats, size: int, seed: int) -> None:
        """table: token vectors, by which documents are grouped by topic; size: pairs in a batch."""
        self.material = material
        self.topics = {id(found): topics(found, table, seed) for found in (material.news, material.laws)}
        self.size = size
        self.rng = np.random.default_rng(seed)
        self.asking_zh = encode(tokenizer, ASKING_ZH.split())
        self.asking_en = encode(tokenizer, ASKING_EN.split(","))
        read = material
        self.kinds: dict[str, Callable[[], Batch]] = {
            "news": lambda: self.clauses(read.news, "zh", "zh"),
            "news_x": lambda: self.clauses(read.news, *self.either(("en", "zh"), ("zh", "en"), 0.8)),
            "news_en": lambda: self.clauses(read.news, "en", "en"),
            "laws": lambda: self.clauses(read.laws, "zh", "zh"),
            "laws_x": lambda: self.clauses(read.laws, *self.either(("en", "zh"), ("zh", "en"), 0.8)),
            "pairs": self.sentences,
            "dictionary": lambda: self.entries(read.glosses, read.headwords),
            "names": lambda: self.entries(read.names, read.named),
            "questions": lambda: self.asked("zh", "zh"),
            "questions_x": lambda: self.asked(*self.either(("en", "zh"), ("en", "en"), 0.7)),
        }

    def draw(self) -> tuple[str, Batch]:
        """The next batch and its kind."""
        kind = str(self.rng.choice(list(MIXTURE), p=np.array(list(MIXTURE.values())) / sum(MIXTURE.values())))
        batch = self.kinds[kind]()
        return kind, replace(batch, softness=SOFTNESS) if kind in CROSSING else batch

    def clauses(self, documents: Collection, asked: str, told: str) -> Batch:
        """A clause of a passage asks for the passage; up to four passages of one document are in a batch."""
        rng = self.rng
        document = np.repeat(self.documents(documents), 4)
        first, last = documents.documents[document], documents.documents[document + 1]
        passage = np.unique(first + (rng.random(len(first)) * (last - first)).astype(np.int64))
        passage = rng.permutation(passage)[: self.size]
        first, last = documents.passages[passage], documents.passages[passage + 1]
        sentence = first + (rng.random(len(first)) * (last - first)).astype(np.int64)
        long_enough = (documents.sentences.lengths[sentence] >= 5) & (documents.words.lengths[sentence] >= 4)
        passage, sentence = passage[long_enough], sentence[long_enough]
        source = documents.sentences if asked == "zh" else documents.words
        question = self.clause(source, sentence, asked, translate=asked == "en")
        titled = documents.titles.lengths.any()
        owner = np.searchsorted(documents.documents, passage, side="right") - 1
        if titled and asked == "zh":
            named = np.flatnonzero(rng.random(len(passage)) < 0.3)
            question = joined(question, documents.titles.bag(owner[named], named))
        body = self.body(documents, passage, sentence, told)
        if titled and told == "zh":
            named = np.flatnonzero(rng.random(len(passage)) < 0.3)
            body = joined(body, documents.titles.bag(owner[named], named))
        return Batch(question, body, len(passage))

    def documents(self, documents: Collection) -> Ints:
        """Documents for a batch: in half of the batches by chance, in half a few on each of some topics."""
        rng, count = self.rng, len(documents.documents) - 1
        if rng.random() < 0.5:
            return rng.integers(count, size=self.size // 3)
        by_topic = np.lexsort((rng.random(count), self.topics[id(documents)]))
        begin = rng.integers(count, size=self.size // (3 * NEIGHBOURS))
        found: Ints = by_topic[(begin[:, None] + np.arange(NEIGHBOURS)).ravel() % count]
        return found

    def clause(self, source: Ragged, sentence: Ints, language: str, translate: bool = False) -> Bag:
        """5 to 26 tokens of each sentence; mostly with up to three of them replaced by a question word; some dropped."""
        rng = self.rng
        length = np.minimum(rng.integers(5, 27, size=len(sentence)), source.lengths[sentence])
        room = source.lengths[sentence] - length + 1
        start = source.offsets[sentence] + (rng.random(len(sentence)) * room).astype(np.int64)
        rows, ids = source.span(start, start + length)
        position = np.arange(len(rows)) - np.searchsorted(rows, rows)
        cloze = rng.random(len(sentence)) < 0.6
        gap = rng.integers(1, 4, size=len(sentence))
        gap_start = (rng.random(len(sentence)) * np.maximum(length - gap, 1)).astype(np.int64)
        hidden = cloze[rows] & (position >= gap_start[rows]) & (position < (gap_start + gap)[rows])
        kept = ~hidden & (rng.random(len(rows)) > 0.12)
        bag = rows[kept], ids[kept]
        if translate:
            bag = self.material.translations.draw(bag, rng)
        return joined(bag, self.asking(np.flatnonzero(cloze), language))

    def body(self, documents: Collection, passage: Ints, sentence: Ints, language: str) -> Bag:
        """The passage around the sentence: in one of five without that sentence, in one of five with gaps."""
        rng = self.rng
        source = documents.sentences if language == "zh" else documents.words
        begin = source.offsets[documents.passages[passage]]
        end = source.offsets[documents.passages[passage + 1]]
        own_begin, own_end = source.offsets[sentence], source.offsets[sentence + 1]
        begin = np.maximum(begin, own_end - LONGEST)
        end = np.minimum(end, begin + LONGEST)
        rows, ids = source.span(begin, end)
        position = begin[rows] + np.arange(len(rows)) - np.searchsorted(rows, rows)
        alone = (end - begin) <= (own_end - own_begin) + 5
        without = ~alone & (rng.random(len(passage)) < 0.2)
        gappy = rng.random(len(passage)) < 0.2
        hidden = without[rows] & (position >= own_begin[rows]) & (position < own_end[rows])
        hidden |= gappy[rows] & (rng.random(len(rows)) < 0.4)
        bag = rows[~hidden], ids[~hidden]
        return self.material.translations.draw(bag, rng) if language == "en" else bag

    def sentences(self) -> Batch:
        """A sentence, whole or as a clause, asks for its translation among up to four other sentences of its collection."""
        rng, read = self.rng, self.material
        usable = np.flatnonzero((read.english.lengths >= 2) & (read.chinese.lengths >= 2))
        row = rng.choice(usable, size=self.size, replace=False)
        asked, told = self.either(("en", "zh"), ("zh", "en"), 0.7)
        if rng.random() < 0.15:
            asked = told = "en"
        sides = {"en": read.english, "zh": read.chinese}
        whole = rng.random(len(row)) < 0.5
        clause_rows, clause_ids = self.clause(sides[asked], row, asked)
        kept = ~whole[clause_rows]
        order = np.flatnonzero(whole)
        question = joined((clause_rows[kept], clause_ids[kept]), sides[asked].bag(row[order], order))
        body = [sides[told].bag(row)]
        others = rng.integers(0, 5, size=len(row)) * (rng.random() < 0.7)
        for more in range(1, 5):
            rows = np.flatnonzero(others >= more)
            near = np.clip(row[rows] + rng.integers(-400, 401, size=len(rows)), 0, len(sides[told]) - 1)
            body.append(sides[told].bag(near, rows))
        return Batch(question, joined(*body), len(row))

    def entries(self, english: Ragged, chinese: Ragged) -> Batch:
        """A gloss asks for its headword. These are short, so a batch holds three times as many."""
        usable = np.flatnonzero((english.lengths > 0) & (chinese.lengths > 0))
        row = self.rng.choice(usable, size=3 * self.size, replace=False)
        return Batch(english.bag(row), chinese.bag(row), len(row))

    def asked(self, asked: str, told: str) -> Batch:
        """A question that was really asked (half of them by people) asks for its passage; each passage at most once."""
        rng, read = self.rng, self.material
        chance = np.where(read.curated == 1, 0.5 / read.curated.sum(), 0.5 / (1 - read.curated).sum())
        row = rng.choice(len(chance), size=self.size, replace=False, p=chance)
        _, first = np.unique(read.answer_of[row], return_index=True)
        row = row[first]
        questions = read.questions if asked == "zh" else read.question_words
        answers = read.answers if told == "zh" else read.answer_words
        rows, ids = questions.bag(row)
        kept = rng.random(len(rows)) > 0.1
        question = rows[kept], ids[kept]
        passage = read.answer_of[row]
        begin, end = answers.offsets[passage], answers.offsets[passage + 1]
        body = answers.span(begin, np.minimum(end, begin + LONGEST_ANSWER))
        if asked == "en":
            question = read.translations.draw(question, rng)
        if told == "en":
            body = read.translations.draw(body, rng)
        return Batch(question, body, len(row))

    def asking(self, rows: Ints, language: str) -> Bag:
        """A question word for each of the rows."""
        words = self.asking_zh if language == "zh" else self.asking_en
        return words.bag(self.rng.integers(len(words), size=len(rows)), rows)

    def either(self, one: tuple[str, str], other: tuple[str, str], share: float) -> tuple[str, str]:
        """The first with the given probability, else the second."""
        return one if self.rng.random() < share else other


def topics(documents: Collection, table: Floats, seed: int) -> Ints:
    """The topic of each document: k-means over the documents' vectors, so that a batch can hold passages hard to tell apart."""
    import faiss

    count = len(documents.documents) - 1
    vectors = np.zeros((count, table.shape[1]), np.float32)
    edges = documents.sentences.offsets[documents.passages[documents.documents]]
    for row in range(count):
        ids, counts = np.unique(documents.sentences.values[edges[row] : edges[row + 1]], return_counts=True)
        vectors[row] = (1 + np.log(counts)).astype(np.float32) @ table[ids]
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    means = faiss.Kmeans(table.shape[1], min(TOPICS, count), niter=10, seed=seed, spherical=True)
    means.train(vectors)
    found: Ints = means.index.search(vectors, 1)[1][:, 0]
    return found
