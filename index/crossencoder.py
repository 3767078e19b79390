"""The cross-encoder: reads a question and a sentence together and says whether the sentence answers it; what the sentence encoder
says of the two is how near they are, and a sentence about the same subject that answers something else is near as well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.analysis import simplified
from index.encoder import SHIPPED_ENCODER, cores, opened

GRAPH = "crossencoder.onnx"
# Tokens that are read of a question, and of a sentence with its heading.
LONGEST_QUESTION, LONGEST_SENTENCE = 64, 110


class CrossEncoder:
    """Questions and sentences to log-odds, with ONNX Runtime alone. Safe to share between threads."""

    def __init__(self, folder: Path = SHIPPED_ENCODER) -> None:
        """Raises EmbeddingError where the folder's files cannot be read."""
        self._tokenizer, self._session = opened(folder, GRAPH)

    def odds(self, question: str, sentences: Sequence[tuple[str, str]]) -> list[float]:
        """The log-odds that each sentence, (heading, words), answers a question: above 0, more likely than not.

        One at a time, for what SentenceEncoder.encode says, and as many at once as there are cores.
        """
        asked, *told = self._tokenizer.encode_batch_fast(spelt(question, sentences))
        return list(cores().map(self._odds, (joined(asked.ids, one.ids) for one in told)))

    def _odds(self, tokens: list[int]) -> float:
        return float(self._session.run(None, {"input_ids": np.array([tokens])})[0][0])


def spelt(question: str, sentences: Sequence[tuple[str, str]]) -> list[str]:
    """A question and sentences, (heading, words), as they are spelt out for the tokenizer."""
    return [
        f"query: {simplified(question)}",
        *(f"passage: {f'{heading} | ' if heading else ''}{simplified(words)}" for heading, words in sentences),
    ]


def joined(question: list[int], sentence: list[int]) -> list[int]:
    """The tokens of both, one after the other: the sentence's without the one that opens it."""
    return question[:LONGEST_QUESTION] + sentence[1:][:LONGEST_SENTENCE]


@lru_cache(maxsize=1)
def cross_encoder() -> CrossEncoder:
    """The cross-encoder that ships, read when it is first needed."""
    return CrossEncoder()
