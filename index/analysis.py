"""What a text looks like to search: folding, and the terms of BM25. Keys only: quotes and offsets come from the text as it is."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import opencc
    import Stemmer


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    import Stemmer

    return Stemmer.Stemmer("english")


def fold(text: str) -> str:
    """The text with what readers do not see as a difference taken away: width (NFKC), script (Traditional to Simplified), case."""
    return _simplifier().convert(unicodedata.normalize("NFKC", text)).lower()
