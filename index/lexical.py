"""BM25 over terms: built by bm25s, read back with NumPy alone, so that a cold question need not import SciPy.

Scores come normalised: bm25(q, d) divided by the sum of the question terms' idf, terms that the index has never seen
counted with the highest idf there is. A question in the other language then gets almost no lexical weight by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analysis import query_terms, terms

# Robertson's usual values; b is lower than 0.75 because passages are cut to about one length.
K1, B = 1.5, 0.6
_ARRAYS = ("data", "indices", "indptr")


@dataclass(frozen=True)
class Lexical:
    """A BM25 index over n rows: for each term, the rows that hold it and the term's share of their score.

    data: float32, one score per (term, row). indices: int32, the rows. indptr: int64, where each term's rows begin.
    """

    data: NDArray[np.float32]
    indices: NDArray[np.int32]
    indptr: NDArray[np.int64]
    vocabulary: dict[str, int]
    rows: int

    @classmethod
    def build(cls, texts: Iterable[str]) -> Lexical:
        """Index the texts, one row each."""
        import bm25s

        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(term, len(vocabulary)) for term in terms(text)] for text in texts]
        if not vocabulary:  # bm25s refuses an empty vocabulary
            empty = np.zeros(0, np.float32)
            return cls(empty, empty.astype(np.int32), np.zeros(1, np.int64), {}, len(ids))
        engine = bm25s.BM25(method="lucene", k1=K1, b=B)
        engine.index(
            bm25s.tokenization.Tokenized(ids=ids, vocab=vocabulary), show_progress=False, create_empty_token=False
        )
        scores = engine.scores
        return cls(
            np.asarray(scores["data"], np.float32),
            np.asarray(scores["indices"], np.int32),
            np.asarray(scores["indptr"], np.int64),
            vocabulary,
            len(ids),
        )

    def frequency(self, term: str) -> int:
        """In how many rows a term occurs."""
        position = self.vocabulary.get(term)
        return 0 if position is None else int(self.indptr[position + 1] - self.indptr[position])

    def idf(self, term: str) -> float:
        """ln(1 + (n - df + 0.5) / (df + 0.5)), as Lucene has it; the highest value for a term never seen."""
        df = self.frequency(term)
        return log(1 + (self.rows - df + 0.5) / (df + 0.5))

    def scores(self, question: str) -> NDArray[np.float32]:
        """The normalised BM25 score of each row for a question, shape (rows,); 0 where nothing is shared."""
        return self.score_terms(query_terms(question))

    def coverage(self, question: str) -> float:
        """The share of a question's terms, by idf, that the index holds at all: low for a question in another language."""
        weights = {term: self.idf(term) for term in query_terms(question)}
        total = sum(weights.values())
        return sum(w for term, w in weights.items() if term in self.vocabulary) / total if total else 0.0

    def score_terms(self, found: Sequence[str]) -> NDArray[np.float32]:
        """As `scores`, for terms that are already taken from the question."""
        scores = np.zeros(self.rows, np.float32)
        weight = 0.0
        for term in dict.fromkeys(found):
            weight += self.idf(term)
            position = self.vocabulary.get(term)
            if position is not None:
                begin, end = self.indptr[position], self.indptr[position + 1]
                scores[self.indices[begin:end]] += self.data[begin:end]
        return scores / np.float32(weight) if weight else scores

    def only(self, kept: NDArray[np.int64]) -> Lexical:
        """The index over some of its rows, in their order. A row's share of a term's score stays what it was in the whole."""
        places = np.full(self.rows, -1, np.int32)
        places[kept] = np.arange(len(kept), dtype=np.int32)
        moved = places[self.indices]
        here = moved >= 0
        ends = np.concatenate([[0], np.cumsum(here)])[self.indptr]
        held = np.flatnonzero(np.diff(ends))
        return Lexical(
            self.data[here],
            moved[here],
            np.concatenate([[0], ends[held + 1]]).astype(np.int64),
            {word: place for place, word in enumerate(np.array(list(self.vocabulary), object)[held])},
            len(kept),
        )

    def save(self, folder: Path) -> None:
        """Write the arrays and the vocabulary into a folder that exists."""
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        (folder / "vocabulary.json").write_text(json.dumps(list(self.vocabulary), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, rows: int) -> Lexical:
        """Read what `save` wrote; arrays stay on disk until they are touched."""
        mapped = (np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS)
        # Plain arrays over the same pages: a memmap's slices are slow to make.
        data, indices, indptr = map(np.asarray, mapped)
        words = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        return cls(data, indices, indptr, {word: i for i, word in enumerate(words)}, rows)
