"""The sentence encoder: a small transformer that reads a Chinese or English sentence whole, where `embeddings` adds up its words."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from index.analysis import simplified
from index.embeddings import TOKENIZER, fingerprint_of
from index.errors import EmbeddingError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

SHIPPED_ENCODER = Path(__file__).parent / "model" / "encoder"
GRAPH = "encoder.onnx"
DIMENSION = 384
_OPENING = Lock()


class SentenceEncoder:
    """Texts to vectors, with ONNX Runtime alone. Safe to share between threads."""

    def __init__(self, folder: Path = SHIPPED_ENCODER) -> None:
        """Raises EmbeddingError where the folder's files cannot be read."""
        self._tokenizer, self._session = opened(folder, GRAPH)

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), DIMENSION). A text is read up to its 128th token.

        kind: the word that the model was trained to see before a question, and before what may answer it.
        One at a time: padding would change the range that eight bits cover, and with it the vectors; on a few cores it costs
        nothing.
        """
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        encoded = self._tokenizer.encode_batch_fast([f"{kind}: {simplified(text)}" for text in texts])
        for vector, tokens in zip(vectors, encoded, strict=True):
            vector[:] = self._session.run(None, {"input_ids": np.array([tokens.ids])})[0][0]
        return vectors


@lru_cache(maxsize=1)
def cores() -> ThreadPoolExecutor:
    """As many threads as there are cores, for what encoders read at once."""
    return ThreadPoolExecutor(os.cpu_count(), "encoder")


def opened(folder: Path, graph: str) -> tuple[Tokenizer, InferenceSession]:
    """A folder's tokenizer, and the network in one of its files; read once, however many ask for them at the same time. Raises
    EmbeddingError where they cannot be read."""
    with _OPENING:
        return _read(folder, graph)


@lru_cache(maxsize=4)
def _read(folder: Path, graph: str) -> tuple[Tokenizer, InferenceSession]:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a second core gains little on one sentence, and many people ask at once
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        return tokenizer, onnxruntime.InferenceSession(str(folder / graph), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # both libraries raise bare Exception
        raise EmbeddingError(
            f"{folder} cannot be read as a sentence encoder ({error}); expected {graph} and {TOKENIZER}; reinstall the "
            "application"
        ) from error


@lru_cache(maxsize=4)
def encoder_fingerprint(folder: Path = SHIPPED_ENCODER) -> str:
    """Sixteen hex digits that change when the weights or the tokenizer do. Raises EmbeddingError where they are missing."""
    try:
        return fingerprint_of([folder / name for name in (GRAPH, TOKENIZER)])
    except OSError as error:
        raise EmbeddingError(
            f"{folder}: found no whole sentence encoder ({error}); reinstall the application"
        ) from error
