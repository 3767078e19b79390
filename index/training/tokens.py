"""Tokenised texts as flat arrays, and bags of tokens made from them.

A bag is a pair of equally long arrays (rows, ids): token ids[k] belongs to text rows[k]. Pooling does not look at the
order of tokens, so texts are cut, joined and translated as bags, a whole batch at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.analysis import fold
from index.training.corpus import Document
from index.training.vocabulary import UNKNOWN

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Bag = tuple[Ints, Ints]


@dataclass(frozen=True)
class Ragged:
    """Rows of different length, end to end: row i is values[offsets[i]:offsets[i + 1]]."""

    values: NDArray[np.int32]
    offsets: Ints

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> Ints:
        return np.diff(self.offsets)

    def bag(self, index: Ints, rows: Ints | None = None) -> Bag:
        """The given rows as a bag; they are numbered as in `rows`, or in the order given."""
        return self.span(self.offsets[index], self.offsets[index + 1], rows)

    def span(self, starts: Ints, ends: Ints, rows: Ints | None = None) -> Bag:
        """The values from each start to each end as a bag."""
        lengths = ends - starts
        rows = np.arange(len(starts)) if rows is None else rows
        owner = np.repeat(np.arange(len(starts)), lengths)
        position = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return rows[owner], self.values[starts[owner] + position].astype(np.int64)


@dataclass(frozen=True)
class Collection:
    """Documents: sentences in model tokens and in dictionary words; passages are runs of sentences, documents of passages."""

    sentences: Ragged
    words: Ragged
    titles: Ragged
    passages: Ints  # first sentence of each passage, and the end
    documents: Ints  # first passage of each document, and the end


def encode(tokenizer: Tokenizer, texts: Sequence[str], keep_unknown: bool = False) -> Ragged:
    """The ids of each text, unknown ones dropped."""
    lengths = np.zeros(len(texts), np.int64)
    parts = [np.zeros(0, np.int32)]
    for start in range(0, len(texts), 20_000):
        for i, encoding in enumerate(tokenizer.encode_batch_fast(list(texts[start : start + 20_000])), start):
            ids = np.array(encoding.ids, np.int32)
            ids = ids if keep_unknown else ids[ids != UNKNOWN]
            lengths[i] = len(ids)
            parts.append(ids)
    return Ragged(np.concatenate(parts), np.concatenate([[0], np.cumsum(lengths)]))


def collect(model: Tokenizer, dictionary: Tokenizer, documents: Sequence[Document]) -> Collection:
    """Tokenise documents twice, sentences without a known token left in place (their rows are empty)."""
    sentences = [sentence for document in documents for passage in document.passages for sentence in passage]
    passages = [len(passage) for document in documents for passage in document.passages]
    return Collection(
        encode(model, sentences),
        encode(dictionary, sentences),
        encode(model, [document.title for document in documents]),
        np.concatenate([[0], np.cumsum(passages)]),
        np.concatenate([[0], np.cumsum([len(document.passages) for document in documents])]),
    )


def joined(*bags: Bag) -> Bag:
    """One bag of several: texts with the same row number are put together."""
    return np.concatenate([rows for rows, _ in bags]), np.concatenate([ids for _, ids in bags])


def counted(bag: Bag, size: int, vocabulary: int) -> tuple[Ints, Ints, NDArray[np.float32]]:
    """A bag of `size` texts as (ids, offsets, weights), each token once a text with the weight 1 + ln(count)."""
    rows, ids = bag
    keys, counts = np.unique(rows * vocabulary + ids, return_counts=True)
    offsets = np.searchsorted(keys, np.arange(size) * vocabulary)
    return keys % vocabulary, offsets, (1 + np.log(counts)).astype(np.float32)


def pooled(tokenizer: Tokenizer, table: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.float32]:
    """The unit vectors of texts (folded here) under a table of token vectors; shape (len(texts), dimension)."""
    found = np.zeros((len(texts), table.shape[1]), np.float32)
    ids = encode(tokenizer, [fold(text) for text in texts])
    for row in range(len(texts)):
        unique, counts = np.unique(ids.values[ids.offsets[row] : ids.offsets[row + 1]], return_counts=True)
        found[row] = (1 + np.log(counts)).astype(np.float32) @ table[unique]
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return found
