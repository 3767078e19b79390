"""Readings: an index's sentences, originals and translations, as the sentence encoder reads them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analysis import language_of
from index.documents import Document
from index.encoder import DIMENSION, SentenceEncoder, cores
from index.passages import Passage

FILES = ("readings.npy", "reading_rows.npy")
LANGUAGES = ("zh", "en")
# The model's cosines lie close together. A question and a sentence that has nothing to do with it have the first number on average
# (development halves of seven suites, n=503); what is above it is taken so many times: question and sentence in Chinese, both in
# English, one in each.
SCALES = {("zh", "zh"): (0.852, 7.0), ("en", "en"): (0.79, 6.0), ("zh", "en"): (0.758, 7.0), ("en", "zh"): (0.758, 7.0)}
# Sentences that one core reads before the next progress is told.
BATCH = 64


@dataclass(frozen=True)
class Readings:
    """vectors: float16, shape (texts, DIMENSION), unit length. rows: for each sentence of each passage, in reading order, the
    rows of `vectors` of its Chinese and its English text, -1 where it has none; shape (sentences, 2). starts: for each
    passage the place of its first sentence in `rows`."""

    vectors: NDArray[np.float16]
    rows: NDArray[np.int32]
    starts: NDArray[np.int64]

    def nearness(self, passages: Sequence[Passage], question: str, language: str) -> list[list[float]]:
        """How near each sentence of each passage is to a question in meaning: 0 where they have nothing to do with one another,
        0.5 or so where it answers. What it has in the question's language counts, or else what it has."""
        if not passages:
            return []
        rows = np.concatenate([self.rows[self.starts[p.id] : self.starts[p.id] + len(p.sentences)] for p in passages])
        own, other = LANGUAGES.index(language), LANGUAGES.index(language) - 1
        alike = rows[:, own] >= 0
        vectors = self.vectors[np.where(alike, rows[:, own], rows[:, other])].astype(np.float32)
        scales = np.array([SCALES[language, LANGUAGES[place]] for place in (own, other)], np.float32)
        unrelated, times = scales[np.where(alike, 0, 1)].T
        near: list[float] = (times * (vectors @ _asked(question).result()[0] - unrelated)).tolist()
        ends = list(accumulate(len(passage.sentences) for passage in passages))
        return [near[end - len(p.sentences) : end] for p, end in zip(passages, ends, strict=True)]

    def only(self, kept: Sequence[Passage]) -> Readings:
        """The readings of some passages, which are numbered anew in their order."""
        rows = [self.rows[self.starts[p.id] : self.starts[p.id] + len(p.sentences)] for p in kept]
        return Readings(self.vectors, np.concatenate(rows) if rows else self.rows[:0], _starts(kept))

    def save(self, folder: Path) -> None:
        """Write FILES."""
        np.save(folder / FILES[0], self.vectors, allow_pickle=False)
        np.save(folder / FILES[1], self.rows, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, passages: Sequence[Passage]) -> Readings:
        """Read what `save` wrote. Raises OSError or ValueError where it does not fit the passages."""
        vectors = np.asarray(np.load(folder / FILES[0], mmap_mode="r", allow_pickle=False))  # still on disk
        rows = np.load(folder / FILES[1], allow_pickle=False)
        expected = sum(len(passage.sentences) for passage in passages)
        if (
            vectors.shape[1:] != (DIMENSION,)
            or rows.shape != (expected, len(LANGUAGES))
            or rows.max(initial=-1) >= len(vectors)
        ):
            raise ValueError(f"{FILES[0]} holds readings of {len(rows)} sentences, the passages have {expected}")
        return cls(vectors, rows, _starts(passages))


def read(
    documents: dict[str, Document],
    passages: Sequence[Passage],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Readings:
    """Read each sentence, and its translation where there is one. progress is called as (done, total)."""
    texts: list[str] = []
    rows: list[list[int]] = []
    for passage in passages:
        text = documents[passage.document].text
        for sentence in passage.sentences:
            # The original last: where both are in one language, it alone is read.
            spelt = filter(None, (sentence.translation, text[sentence.start : sentence.end]))
            row = [-1, -1]
            for language, words in {language_of(words): words for words in spelt}.items():
                row[LANGUAGES.index(language)] = len(texts)
                texts.append(words)
            rows.append(row)
    vectors = np.zeros((len(texts), DIMENSION), np.float16)
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    # Threads of its own: questions that are asked meanwhile need not wait for the last sentence.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        read_batch = partial(encoder().encode, kind="passage")
        for number, found in enumerate(threads.map(read_batch, batches)):
            vectors[number * BATCH : number * BATCH + len(found)] = found
            progress(number * BATCH + len(found), len(texts))
    return Readings(vectors, np.array(rows, np.int32).reshape(-1, len(LANGUAGES)), _starts(passages))


@lru_cache(maxsize=1)
def encoder() -> SentenceEncoder:
    """The encoder that ships, read when it is first needed."""
    return SentenceEncoder()


def ask_ahead(question: str) -> None:
    """Begin to read a question on another core, while its passages are searched for."""
    _asked(question)


@lru_cache(maxsize=256)
def _asked(question: str) -> Future[NDArray[np.float32]]:
    """What the encoder reads in a question, shape (1, DIMENSION)."""
    return cores().submit(lambda: encoder().encode([question], "query"))


def _starts(passages: Sequence[Passage]) -> NDArray[np.int64]:
    sizes = np.array([len(passage.sentences) for passage in passages], np.int64)
    return np.cumsum(sizes) - sizes
