"""Readings: an index's English sentences, originals and translations, as the sentence encoder reads them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analysis import language_of
from index.documents import Document
from index.encoder import DIMENSION, SentenceEncoder
from index.passages import Passage

FILES = ("readings.npy", "reading_rows.npy")
# What a sentence that was not read counts: what one that has nothing to do with a question mostly gets.
UNREAD = 0.2
# Sentences that one core reads before the next progress is told.
BATCH = 64


@dataclass(frozen=True)
class Readings:
    """vectors: float16, shape (English sentences, DIMENSION), unit length. rows: for each sentence of each passage, in
    reading order, its row of `vectors`, or -1. starts: for each passage the place of its first sentence in `rows`."""

    vectors: NDArray[np.float16]
    rows: NDArray[np.int32]
    starts: NDArray[np.int64]

    def cosines(self, passage: Passage, question: str) -> list[float]:
        """The cosine of an English question and each sentence of a passage; UNREAD where one has no English."""
        start = self.starts[passage.id]
        rows = self.rows[start : start + len(passage.sentences)]
        english = rows >= 0
        found = np.full(len(rows), UNREAD, np.float32)
        if english.any():  # no question is read for Chinese alone
            found[english] = self.vectors[rows[english]].astype(np.float32) @ _question_vector(question)
        cosines: list[float] = found.tolist()
        return cosines

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
        vectors = np.load(folder / FILES[0], mmap_mode="r", allow_pickle=False)
        rows = np.load(folder / FILES[1], allow_pickle=False)
        expected = sum(len(passage.sentences) for passage in passages)
        if vectors.shape[1:] != (DIMENSION,) or len(rows) != expected or rows.max(initial=-1) >= len(vectors):
            raise ValueError(f"{FILES[0]} holds readings of {len(rows)} sentences, the passages have {expected}")
        return cls(vectors, rows, _starts(passages))


def read(
    documents: dict[str, Document],
    passages: Sequence[Passage],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Readings:
    """Read each sentence that is English, or whose translation is. progress is called as (done, total)."""
    texts: list[str] = []
    rows: list[int] = []
    for passage in passages:
        document = documents[passage.document]
        for sentence in passage.sentences:
            text = sentence.translation or document.text[sentence.start : sentence.end]
            english = language_of(text) == "en"
            rows.append(len(texts) if english else -1)
            texts += [text] if english else []
    vectors = np.zeros((len(texts), DIMENSION), np.float16)
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        for number, found in enumerate(cores.map(encoder().encode, batches) if batches else ()):
            vectors[number * BATCH : number * BATCH + len(found)] = found
            progress(number * BATCH + len(found), len(texts))
    return Readings(vectors, np.array(rows, np.int32), _starts(passages))


@lru_cache(maxsize=1)
def encoder() -> SentenceEncoder:
    """The encoder that ships, read when it is first needed: a tenth of a second that a Chinese question does not spend."""
    return SentenceEncoder()


@lru_cache(maxsize=256)
def _question_vector(question: str) -> NDArray[np.float32]:
    """What the encoder reads in an English question, shape (DIMENSION,)."""
    vector: NDArray[np.float32] = encoder().encode([question])[0]
    return vector


def _starts(passages: Sequence[Passage]) -> NDArray[np.int64]:
    sizes = np.array([len(passage.sentences) for passage in passages], np.int64)
    return np.cumsum(sizes) - sizes
