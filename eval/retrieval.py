"""Retrieval alone, with no answer made: dense, BM25 and fused search over a question set, and search over a suite's own corpus."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from eval.datasets.sets import QuestionSet
from eval.metrics.retrieval import Ranking, context_precision, hit, ndcg, recall, reciprocal_rank
from eval.suites import Case
from index.analysis import fold
from index.closeup import CLOSE, CloseUp
from index.embeddings import Embedder
from index.lexical import Lexical
from index.sentences import sentence_spans
from index.store import LAMBDA, PassageIndex

Scores = NDArray[np.float32]
TOP = 10
MEASURES: dict[str, Callable[[Ranking], float]] = {
    "hit@1": lambda ranking: hit(ranking, 1),
    "hit@5": lambda ranking: hit(ranking, 5),
    "recall@10": lambda ranking: recall(ranking, TOP),
    "MRR@10": lambda ranking: reciprocal_rank(ranking, TOP),
    "nDCG@10": lambda ranking: ndcg(ranking, TOP),
    "precision@10": lambda ranking: context_precision(ranking, TOP),
}
_BATCH = 256


@dataclass(frozen=True)
class Ranked:
    """For each way to search, each question's ranking."""

    dense: list[Ranking]
    bm25: list[Ranking]
    fused: list[Ranking]


def rank_set(embedder: Embedder, one: QuestionSet, noise: Sequence[str] = ()) -> Ranked:
    """Search a set, among further paragraphs where given. Each paragraph is one passage, as published figures have it."""
    texts = [" ".join(filter(None, (paragraph.title, paragraph.text))) for paragraph in one.paragraphs] + list(noise)
    places = {paragraph.id: place for place, paragraph in enumerate(one.paragraphs)}
    asked = [question for question in one.questions if question.relevant]
    passages = np.concatenate([embedder.encode(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)])
    lexical = Lexical.build(texts)
    closeup = CloseUp(embedder, lexical)
    ranked = Ranked([], [], [])
    for start in range(0, len(asked), _BATCH):
        batch = asked[start : start + _BATCH]
        vectors = embedder.encode([question.text for question in batch])
        cosines = vectors @ passages.T
        for i, question in enumerate(batch):
            relevant = {places[name]: grade for name, grade in question.relevant.items()}
            bm25 = lexical.scores(question.text)
            fused = cosines[i] + np.float32(LAMBDA * lexical.coverage(question.text) ** 2) * bm25
            fused = _closely(closeup, question.text, vectors[i], fused, texts)
            ranked.dense.append(ranking(cosines[i], relevant))
            ranked.bm25.append(ranking(bm25, relevant))
            ranked.fused.append(ranking(fused, relevant))
    return ranked


def ranking(scores: Scores, relevant: dict[int, float]) -> Ranking:
    """Where the relevant passages come by their scores; passages of one score share the worst of their places."""
    found = sorted((int((scores >= scores[position]).sum()), grade) for position, grade in relevant.items())
    return Ranking(tuple(place for place, _ in found), tuple(found), tuple(relevant.values()))


def _closely(closeup: CloseUp, question: str, vector: Scores, fused: Scores, texts: Sequence[str]) -> Scores:
    """Fused scores with those of the best passages raised by their best sentence, as PassageIndex.search ranks them."""
    near = min(CLOSE, len(texts))
    top = np.argpartition(-fused, near - 1)[:near].tolist()
    closer = closeup.scores(question, vector, [(p, partial(_sentences, texts[p])) for p in top])
    raised = fused.copy()
    # All that was not looked at stays behind all that was.
    raised[top] += np.array(closer, np.float32) + np.float32(10)
    return raised


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def searchable(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases that retrieval alone can be judged by: answerable, and understood without earlier turns."""
    return tuple(case for case in cases if case.answerable and not case.history)


def rank_suite(index: PassageIndex, cases: Sequence[Case]) -> list[Ranking]:
    """Search a corpus for each question of a suite, as the assistant searches it.

    Labels are spans of the documents, so they hold however the documents are cut: a passage is relevant that overlaps
    any wording of a required gold quote.
    """
    spans = {name: _Spans(document.text) for name, document in index.documents.items()}
    rankings = []
    for case in cases:
        golds = [
            {
                passage.id
                for wording in gold.wordings
                for start, end in spans[gold.document].of(wording)
                for passage in index.by_document[gold.document]
                if passage.start < end and passage.end > start
            }
            for gold in case.gold
            if gold.required
        ]
        hits = index.search(case.question, TOP, documents=frozenset(case.documents))
        places = {found.passage.id: place for place, found in enumerate(hits, 1)}
        relevant = set().union(*golds)
        rankings.append(
            Ranking(
                tuple(min((places[p] for p in gold if p in places), default=None) for gold in golds),
                tuple((place, 1.0) for passage, place in places.items() if passage in relevant),
                (1.0,) * len(relevant),
            )
        )
    return rankings


class _Spans:
    """Finds quotes in a text, white space apart."""

    def __init__(self, text: str) -> None:
        self._kept = [place for place, character in enumerate(text) if not character.isspace()]
        self._text = "".join(text[place] for place in self._kept)

    def of(self, quote: str) -> list[tuple[int, int]]:
        """The spans (start, end) of a quote, as offsets into the text."""
        wanted = re.escape("".join(quote.split()))
        found = re.finditer(wanted, self._text)
        return [(self._kept[match.start()], self._kept[match.end() - 1] + 1) for match in found if wanted]


def speed(embedder: Embedder, passages: Sequence[str], questions: Sequence[str]) -> str:
    """Passages a second (best of three passes over up to 2,000), and the median time of one question alone."""
    texts = [fold(passage) for passage in passages[:2000]]
    embedder.encode(texts[:64])
    passes = []
    for _ in range(3):
        started = perf_counter()
        embedder.encode(texts)
        passes.append(len(texts) / (perf_counter() - started))
    single = []
    for question in questions[:500]:
        started = perf_counter()
        embedder.encode([question])
        single.append(1000 * (perf_counter() - started))
    return f"{max(passes):,.0f} passages/s (n={len(texts)}), {median(single):.2f} ms a question (n={len(single)})"
