"""Evidence: the sentences that may answer a question, scored one by one within the passages that were found."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from assistant.question import Question
from index.analysis import language_of, query_terms, terms
from index.documents import Document, Section
from index.passages import Passage, Sentence
from index.store import Hit, PassageIndex

PASSAGES = 12
# How much of a term's weight counts where the term stands not in the sentence but in its headings, or beside it.
IN_HEADINGS, IN_PASSAGE = 0.6, 0.35


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer: `passage.sentences[position]`, and how well it fits.

    cosine: of the question and the sentence, the better of original and translation. coverage: the share of the
    question's terms, weighted by idf, that the sentence holds (a heading's or neighbour's terms count in part).
    own: the same share counting the sentence's own words alone. score: what sentences are ranked by.
    foreign: the sentence is in another language than the question, and there is no translation.
    """

    passage: Passage
    position: int
    score: float
    cosine: float
    coverage: float
    own: float
    foreign: bool

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.passage.sentences[self.position]

    @property
    def key(self) -> tuple[int, int]:
        """Reading order, and identity: passage and position."""
        return (self.passage.id, self.position)


@dataclass(frozen=True)
class _Studied:
    """What is worked out once for a passage: a vector and a term set for each sentence, and those of its headings."""

    originals: NDArray[np.float32]
    translations: NDArray[np.float32] | None
    terms: tuple[frozenset[str], ...]
    headings: frozenset[str]
    languages: tuple[str, ...]


class Reader:
    """Reads passages sentence by sentence; keeps what it worked out for the passages read last."""

    def __init__(self, index: PassageIndex, kept: int = 4096) -> None:
        self.index = index
        self._kept = kept
        self._studied: OrderedDict[int, _Studied] = OrderedDict()
        self._headings: dict[tuple[str, int], tuple[NDArray[np.float32], frozenset[str]]] = {}
        self._lock = Lock()

    def vector(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a text, shape (dimension,)."""
        vector: NDArray[np.float32] = self.index.embedder.encode([text])[0]
        return vector

    def candidates(self, question: str, language: str, hits: list[Hit]) -> list[Candidate]:
        """The sentences of the passages found, best first."""
        vector = self.vector(question)
        weights = {term: self.index.lexical.idf(term) for term in dict.fromkeys(query_terms(question))}
        total = sum(weights.values()) or 1.0
        found: list[Candidate] = []
        for hit in hits:
            studied = self.study(hit.passage)
            cosines = studied.originals @ vector
            if studied.translations is not None:
                cosines = np.maximum(cosines, studied.translations @ vector)
            beside = frozenset().union(*studied.terms)
            for position, own in enumerate(studied.terms):
                share = coverage = 0.0
                for term, weight in weights.items():
                    if term in own:
                        share += weight
                        coverage += weight
                    elif term in studied.headings:
                        coverage += IN_HEADINGS * weight
                    elif term in beside:
                        coverage += IN_PASSAGE * weight
                foreign = studied.languages[position] != language and not hit.passage.sentences[position].translation
                cosine = float(cosines[position])
                score = cosine + coverage / total + 0.3 * hit.cosine - (0.1 if foreign else 0.0)
                found.append(Candidate(hit.passage, position, score, cosine, coverage / total, share / total, foreign))
        return sorted(found, key=lambda c: (-c.score, c.key))

    def study(self, passage: Passage) -> _Studied:
        """Vectors and terms of a passage's sentences."""
        with self._lock:
            studied = self._studied.get(passage.id)
            if studied is not None:
                self._studied.move_to_end(passage.id)
                return studied
        document = self.index.documents[passage.document]
        originals = [document.text[s.start : s.end] for s in passage.sentences]
        translated = [s.translation or o for s, o in zip(passage.sentences, originals, strict=True)]
        both = translated != originals
        vectors = self.index.embedder.encode(originals + translated if both else originals)
        studied = _Studied(
            originals=vectors[: len(originals)],
            translations=vectors[len(originals) :] if both else None,
            terms=tuple(frozenset(terms(f"{o}\n{t}")) for o, t in zip(originals, translated, strict=True)),
            headings=self.headings(document, passage.section)[1] if passage.section >= 0 else frozenset(),
            languages=tuple(map(language_of, originals)),
        )
        with self._lock:
            self._studied[passage.id] = studied
            while len(self._studied) > self._kept:
                self._studied.popitem(last=False)
        return studied

    def headings(self, document: Document, section: int) -> tuple[NDArray[np.float32], frozenset[str]]:
        """For a section's heading path: vectors, shape (1 or 2, dimension), original and translation; and its terms."""
        key = (document.id, section)
        if key not in self._headings:
            paths = ["\n".join(document.sections[section].path)]
            if document.translation is not None:
                paths.append("\n".join(document.translation.sections[section].path))
            found = frozenset(term for path in paths for term in terms(path))
            self._headings[key] = (self.index.embedder.encode(paths), found)
        return self._headings[key]


@dataclass(frozen=True)
class Scope:
    """A section that a question may be about. score = cosine + coverage of the question by the section's heading path."""

    document: Document
    section: Section
    score: float
    cosine: float
    coverage: float


def scopes(reader: Reader, question: Question, hits: list[Hit]) -> list[Scope]:
    """The sections around the passages found, by how well their headings fit the question; best first, higher ones on ties."""
    vector = reader.vector(question.text)
    weights = {term: reader.index.lexical.idf(term) for term in dict.fromkeys(query_terms(question.text))}
    total = sum(weights.values()) or 1.0
    seen: dict[tuple[str, int], Scope] = {}
    for hit in hits:
        document = reader.index.documents[hit.passage.document]
        position: int | None = hit.passage.section if hit.passage.section >= 0 else None
        while position is not None and (document.id, position) not in seen:
            section = document.sections[position]
            vectors, found = reader.headings(document, position)
            coverage = sum(weight for term, weight in weights.items() if term in found) / total
            cosine = float(np.max(vectors @ vector))
            seen[(document.id, position)] = Scope(document, section, cosine + coverage, cosine, coverage)
            position = section.parent
    return sorted(seen.values(), key=lambda s: (-s.score, s.section.depth, s.section.position))
