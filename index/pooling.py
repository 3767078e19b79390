"""The module of the shipped model for sentence-transformers: the same vectors that index.embeddings reads without torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from sentence_transformers.base.modules.input_module import InputModule
from tokenizers import Tokenizer
from torch.nn import functional

from index.analysis import fold
from index.embeddings import TOKENIZER, WEIGHTS, pack, packed_rows, save_tensors, token_weights, unpack


class LogFrequencyEmbedding(InputModule):
    """One vector a token; a text is their sum, each distinct token counted 1 + ln(how often it occurs).

    With plain counts a passage that says a word five times outweighs one that says all the words of the question once.
    """

    def __init__(self, tokenizer: Tokenizer, table: torch.Tensor) -> None:
        """table: float32, shape (vocabulary, dimension)."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.tokenizer = tokenizer
        self.embedding = torch.nn.EmbeddingBag.from_pretrained(table, mode="sum", freeze=False)

    def preprocess(  # type: ignore[override]
        self, inputs: list[str], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Token ids of all texts end to end, where each text begins, and the weight of each token."""
        texts = [fold((prompt or "") + text) for text in inputs]
        parts = [
            token_weights(found.ids) for found in self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        ]
        lengths = [len(ids) for ids, _ in parts]
        return {
            "input_ids": torch.from_numpy(np.concatenate([ids for ids, _ in parts])),
            "offsets": torch.from_numpy(np.cumsum([0, *lengths[:-1]])),
            "weights": torch.from_numpy(np.concatenate([weights for _, weights in parts])),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        """Adds "sentence_embedding", shape (texts, dimension), not normalised."""
        features["sentence_embedding"] = functional.embedding_bag(
            features["input_ids"],
            self.embedding.weight,
            features["offsets"],
            mode="sum",
            per_sample_weights=features["weights"],
        )
        return features

    @property
    def max_seq_length(self) -> float:
        """Texts of any length are read whole."""
        return float("inf")

    def get_embedding_dimension(self) -> int:
        """Number of components of a vector."""
        return int(self.embedding.embedding_dim)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Write the table in four bits and the tokenizer."""
        save_tensors(Path(output_path) / WEIGHTS, pack(self.embedding.weight.detach().cpu().numpy()))
        self.tokenizer.save(str(Path(output_path) / TOKENIZER), pretty=False)

    @classmethod
    def load(cls, model_name_or_path: str, *_: Any, **__: Any) -> Self:
        """Read a folder that `save` wrote."""
        folder = Path(model_name_or_path)
        table = unpack(*packed_rows(folder))
        return cls(Tokenizer.from_file(str(folder / TOKENIZER)), torch.from_numpy(table))
