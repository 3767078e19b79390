"""Texts to vectors: the shipped model, read without torch, or any other model through sentence-transformers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold
from index.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SHIPPED_MODEL = Path(__file__).parent / "model"
WEIGHTS, TOKENIZER, MODULES = "model.safetensors", "tokenizer.json", "modules.json"
# How modules.json names our own pooling; see index/pooling.py.
OWN_MODULE = "index.pooling.LogFrequencyEmbedding"
UNKNOWN = 1  # id of the token for what the vocabulary does not hold

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


class Embedder(Protocol):
    """What turns texts into vectors."""

    @property
    def name(self) -> str:
        """The folder or Hugging Face id it was loaded from."""

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change when the weights, the tokenizer or the configuration do."""

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row a text, shape (len(texts), dimension), of length 1; all zero for a text with nothing the model knows."""


def load_embedder(source: str | Path = SHIPPED_MODEL) -> Embedder:
    """The embedding model in a folder, or of a Hugging Face id.

    A folder of our own format is read with NumPy alone; every other model goes through sentence-transformers, from
    safetensors only and without running code that comes with it. Raises EmbeddingError.
    """
    if _is_own(Path(source)):
        return StaticEmbedder(Path(source))
    return TransformersEmbedder(str(source))


class StaticEmbedder:
    """The shipped model: a memory-mapped table of token vectors in four bits, and a tokenizer.

    A text is the sum of its distinct tokens' vectors, each counted 1 + ln(how often it occurs), scaled to length 1.
    Texts are folded first (width, Traditional to Simplified, case) and read whole, whatever their length.
    """

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self.folder = folder
        self._rows, self._scales = packed_rows(folder)
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # the tokenizers library raises bare Exception
            raise EmbeddingError(f"{folder / TOKENIZER} cannot be read: {error}; {_mend(folder)}") from error
        if self._tokenizer.get_vocab_size() != len(self._scales):
            raise EmbeddingError(
                f"{folder}: the tokenizer has {self._tokenizer.get_vocab_size()} tokens, the weights {len(self._scales)} "
                f"rows, expected as many; {_mend(folder)}"
            )

    @property
    def name(self) -> str:
        """Where the model was loaded from."""
        return "shipped" if self.folder == SHIPPED_MODEL else str(self.folder)

    @cached_property
    def fingerprint(self) -> str:
        """Of the files that decide the vectors: weights, tokenizer, modules."""
        return fingerprint_of([self.folder / name for name in (WEIGHTS, TOKENIZER, MODULES)])

    @property
    def dimension(self) -> int:
        """Number of components of a vector: two for each byte of a row."""
        return int(self._rows.shape[1]) * 2

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of the texts, shape (len(texts), dimension); zero where no token is known."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        encoded = self._tokenizer.encode_batch_fast([fold(text) for text in texts], add_special_tokens=False)
        for vector, tokens in zip(vectors, encoded, strict=True):
            ids, weights = token_weights(tokens.ids)
            if len(ids):
                np.dot(weights * self._scales[ids], _levels(self._rows[ids]), out=vector)
                vector /= max(float(np.linalg.norm(vector)), 1e-12)
        return vectors


class TransformersEmbedder:
    """Any other sentence-transformers model. Texts go in as they are: the model brings its own idea of case and script."""

    def __init__(self, source: str) -> None:
        self.name = source
        self._folder = model_folder(source)
        self._model = sentence_transformer(self._folder)

    @cached_property
    def fingerprint(self) -> str:
        """Of the weights and of every JSON and vocabulary file of the model."""
        files = (path for path in self._folder.rglob("*") if path.suffix in {".safetensors", ".json", ".txt", ".model"})
        return fingerprint_of(sorted(files))

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of the texts, shape (len(texts), dimension); zero for blank texts."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        found = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        vectors = np.array(found, np.float32)
        vectors[[not text.strip() for text in texts]] = 0
        return vectors


def sentence_transformer(folder: Path) -> SentenceTransformer:
    """The model in a folder as a SentenceTransformer, ours included. Raises EmbeddingError.

    sentence-transformers imports only its own classes unless it is told to trust all code a model names. Our class is
    therefore handed over rather than named, and no model's code is ever trusted.
    """
    from sentence_transformers import SentenceTransformer

    if _is_own(folder):
        from sentence_transformers.sentence_transformer.modules import Normalize

        from index.pooling import LogFrequencyEmbedding

        return SentenceTransformer(modules=[LogFrequencyEmbedding.load(str(folder)), Normalize()], device="cpu")
    try:
        return SentenceTransformer(
            str(folder), trust_remote_code=False, local_files_only=True, model_kwargs={"use_safetensors": True}
        )
    except (
        Exception
    ) as error:  # transformers raises OSError, ValueError, ImportError, KeyError and more for a bad folder
        raise EmbeddingError(
            f"{folder} cannot be loaded as a sentence-transformers model ({type(error).__name__}: {error}); expected "
            "modules.json, safetensors weights and no code of its own; name another model or convert this one with "
            "SentenceTransformer(...).save_pretrained(folder)"
        ) from error


def token_weights(ids: Sequence[int]) -> tuple[Ids, Floats]:
    """The distinct known tokens of a text, ascending, with the weight 1 + ln(count) of each."""
    unique, counts = np.unique(np.array(ids, np.int64), return_counts=True)
    known = unique != UNKNOWN
    return unique[known], (1 + np.log(counts[known])).astype(np.float32)


def pack(table: Floats) -> dict[str, NDArray[Any]]:
    """A table of shape (n, d), d even, in four bits a number: "rows" uint8 (n, d / 2) and "scales" float32 (n,).

    Component j of row i is about scales[i] * (level - 7.5), its level the low half of byte j, or for the second half of
    the components the high half of byte j - d / 2. The scale of a row is the one of a few that loses least.
    """
    peak = np.maximum(np.abs(table).max(axis=1), 1e-12)
    best, scales = np.full(len(table), np.inf), np.zeros(len(table), np.float32)
    for share in np.linspace(0.35, 1.0, 14):
        scale = (peak * share / 7.5).astype(np.float32)
        levels = np.clip(np.round(table / scale[:, None] + 7.5), 0, 15)
        loss = (((levels - 7.5) * scale[:, None] - table) ** 2).sum(axis=1)
        better = loss < best
        best[better], scales[better] = loss[better], scale[better]
    levels = np.clip(np.round(table / scales[:, None] + 7.5), 0, 15).astype(np.uint8)
    half = table.shape[1] // 2
    scales[~table.any(axis=1)] = 0
    return {"rows": levels[:, :half] | (levels[:, half:] << 4), "scales": scales}


def unpack(rows: NDArray[np.uint8], scales: Floats) -> Floats:
    """What `pack` packed, with its losses: float32, shape (n, d)."""
    return _levels(rows) * scales[:, None]


def packed_rows(folder: Path) -> tuple[NDArray[np.uint8], Floats]:
    """The "rows" and "scales" of a folder's weights, memory-mapped. Raises EmbeddingError."""
    path = folder / WEIGHTS
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(length)) if length < 1_000_000 else {}
        arrays = []
        for key, kind in (("rows", "U8"), ("scales", "F32")):
            entry = header[key]
            if entry["dtype"] != kind:
                raise EmbeddingError(f"{path}: {key} is of type {entry['dtype']}, expected {kind}; {_mend(folder)}")
            dtype = np.uint8 if kind == "U8" else np.float32
            begin = 8 + length + entry["data_offsets"][0]
            arrays.append(np.memmap(path, dtype, "r", begin, tuple(entry["shape"])))
    except EmbeddingError:
        raise
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise EmbeddingError(
            f"{path} cannot be read ({type(error).__name__}: {error}); expected safetensors with rows and scales; "
            f"{_mend(folder)}"
        ) from error
    return arrays[0], np.asarray(arrays[1])


def save_tensors(path: Path, tensors: dict[str, NDArray[Any]]) -> None:
    """Write arrays as safetensors, readable by everybody (the library leaves the file to its owner alone)."""
    from safetensors.numpy import save_file

    save_file({name: np.ascontiguousarray(array) for name, array in tensors.items()}, path)
    path.chmod(0o644)


def _levels(rows: NDArray[np.uint8]) -> Floats:
    half = rows.shape[1]
    levels = np.empty((len(rows), 2 * half), np.float32)
    levels[:, :half] = rows & 15
    levels[:, half:] = rows >> 4
    levels -= 7.5
    return levels


def _is_own(folder: Path) -> bool:
    try:
        modules = json.loads((folder / MODULES).read_text(encoding="utf-8"))
        return bool(modules[0]["type"] == OWN_MODULE)
    except (OSError, ValueError, LookupError, TypeError):
        return folder == SHIPPED_MODEL  # a damaged shipped model is to be named, not looked for elsewhere


def model_folder(source: str) -> Path:
    """The folder of a model: the source itself, or where the Hugging Face client keeps it, fetched if need be."""
    folder = Path(source)
    if folder.is_dir():
        if not any(folder.rglob("*.safetensors")):
            raise EmbeddingError(
                f"{folder} holds no safetensors weights; expected a sentence-transformers folder; convert the model with "
                "SentenceTransformer(...).save_pretrained(folder), or name another"
            )
        return folder
    if source.count("/") > 1 or source.startswith((".", "/", "~")):
        raise EmbeddingError(
            f"there is no folder {source}; expected a folder of a model, or a Hugging Face id (owner/name)"
        )
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(source, allow_patterns=["*.safetensors", "*.json", "*.txt", "*.model"]))
    except Exception as error:  # the client raises its own errors, those of its HTTP library, and OSError
        raise EmbeddingError(
            f"{source} is neither a folder here nor a model that could be fetched ({type(error).__name__}); check the name "
            f"and the network, or fetch it where there is one with `hf download {source}`"
        ) from error


def fingerprint_of(paths: Sequence[Path]) -> str:
    """Sixteen hex digits that change when the content of a file does."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            digest.update(f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def _mend(folder: Path) -> str:
    how = "reinstall the application" if folder == SHIPPED_MODEL else "copy the folder again"
    return f"{how}, or make the model with `make model`"
