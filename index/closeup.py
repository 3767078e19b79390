"""Close-up: the passages found are ranked again by their best sentence, since a question is about one.

On 700 questions of DRCD test among 20,000 news passages this takes hit@1 from 93.4 (BM25 alone, and fused) to 96.7.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.analysis import query_terms, terms
from index.embeddings import Embedder
from index.lexical import Lexical

# How many passages are looked at closely, and what their best sentence counts: 1 to 4 is flat on DRCD and CMRC.
CLOSE = 20
WEIGHT = 2.0

Sentences = tuple[NDArray[np.float32], tuple[frozenset[str], ...]]


class CloseUp:
    """Scores passages by their sentences; keeps the vectors and terms of those looked at last. Safe to share between threads."""

    def __init__(self, embedder: Embedder, lexical: Lexical, kept: int = 4096) -> None:
        self.embedder = embedder
        self.lexical = lexical
        self._kept = kept
        self._known: OrderedDict[Hashable, Sentences] = OrderedDict()
        self._lock = Lock()

    def scores(
        self, question: str, vector: NDArray[np.float32], passages: Sequence[tuple[Hashable, Callable[[], list[str]]]]
    ) -> list[float]:
        """WEIGHT times cosine + coverage of each passage's best sentence.

        vector: the question's. passages: for each a key, and its sentences where they are not known yet. Coverage is the
        share of the question's terms, by idf, that a sentence holds.
        """
        weights = {term: self.lexical.idf(term) for term in query_terms(question)}
        total = sum(weights.values()) or 1.0
        found = []
        for key, read in passages:
            vectors, held = self._sentences(key, read)
            coverage = np.array([sum(w for t, w in weights.items() if t in own) for own in held], np.float32) / total
            found.append(WEIGHT * float((vectors @ vector + coverage).max(initial=-1.0)))
        return found

    def _sentences(self, key: Hashable, read: Callable[[], list[str]]) -> Sentences:
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        texts = read()
        known = (self.embedder.encode(texts), tuple(frozenset(terms(text)) for text in texts))
        with self._lock:
            self._known[key] = known
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return known
