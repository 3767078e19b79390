"""How well a table of vectors finds passages, alone and fused with BM25, on the sets that training never sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.analysis import query_terms
from index.lexical import Lexical
from index.training import corpus

Floats = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]
TRANSLATED_QUESTIONS = Path(__file__).parent / "drcd_test_en.jsonl"


@dataclass(frozen=True)
class Questions:
    """A set: questions[i] is answered by passages[answers[i]]."""

    name: str
    passages: list[str]
    questions: list[str]
    answers: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Score:
    """Percent of questions with the answer in the first one and the first five, and MRR@10 in percent."""

    hit1: float
    hit5: float
    mrr10: float

    def __str__(self) -> str:
        return f"{self.hit1:.1f} / {self.hit5:.1f} / {self.mrr10:.1f}"


def question_sets(data: Path) -> list[Questions]:
    """The validation sets: DRCD test (Chinese and English questions), CMRC 2018 trial, NTREX (English to Chinese)."""
    folder = data / "questions"
    sets = [_squad("drcd_test", folder / "drcd_test.json"), _squad("cmrc_trial", folder / "cmrc2018_trial.json")]
    if TRANSLATED_QUESTIONS.exists():
        english = {row["id"]: row["question"] for row in corpus.rows(TRANSLATED_QUESTIONS)}
        sets.append(_squad("drcd_test_en", folder / "drcd_test.json", english))
    news = list(corpus.rows(folder / "ntrex_zh_en.jsonl"))
    sets.append(Questions("ntrex", [r["zh"] for r in news], [r["en"] for r in news], np.arange(len(news))))
    return sets


def evaluate(
    encode: Encode, sets: Sequence[Questions], noise: Sequence[str], lambdas: Sequence[float]
) -> dict[str, Score]:
    """Scores by "set", "set+n" (among the noise passages), and of two fusions for each lambda.

    "lambda x" is cosine + x * BM25, normalised by the sum of the question's idf; "covered x" multiplies x with the square
    of the coverage, which is the share of the question's idf on terms that the index holds: a question in the other
    language shares a few numbers and names with the index, and a large lambda would let them decide.
    """
    scores: dict[str, Score] = {}
    noise_vectors = encode(noise) if noise else None
    for one in sets:
        similar = encode(one.questions) @ encode(one.passages).T
        scores[one.name] = _score(similar, one.answers)
        if noise_vectors is not None:
            similar = np.hstack([similar, encode(one.questions) @ noise_vectors.T])
            scores[f"{one.name}+n"] = _score(similar, one.answers)
        if lambdas:
            name = f"{one.name}{'+n' if noise else ''}"
            lexical, coverage = lexical_scores(one, noise)
            scores[f"{name} BM25"] = _score(lexical, one.answers)
            for weight in lambdas:
                scores[f"{name} lambda {weight:g}"] = _score(similar + np.float32(weight) * lexical, one.answers)
            for weight in lambdas:
                covered = np.float32(weight) * coverage[:, None] ** 2 * lexical
                scores[f"{name} covered {weight:g}"] = _score(similar + covered, one.answers)
    return scores


def lexical_scores(one: Questions, noise: Sequence[str]) -> tuple[Floats, Floats]:
    """Normalised BM25 of each question against each passage and noise passage, and each question's coverage in [0, 1]."""
    index = Lexical.build([*one.passages, *noise])
    coverage = np.zeros(len(one.questions), np.float32)
    for row, question in enumerate(one.questions):
        asked = {term: index.idf(term) for term in query_terms(question)}
        known = sum(idf for term, idf in asked.items() if term in index.vocabulary)
        coverage[row] = known / max(sum(asked.values()), 1e-9)
    return np.stack([index.scores(question) for question in one.questions]), coverage


def _score(similar: Floats, answers: npt.NDArray[np.int64]) -> Score:
    own = similar[np.arange(len(answers)), answers]
    # A tie counts as lost, so that a model that gives every passage the same score scores nothing.
    rank = (similar >= own[:, None]).sum(axis=1)
    reciprocal = np.where(rank <= 10, 1 / rank, 0)
    return Score(*(100 * float(np.mean(value)) for value in (rank <= 1, rank <= 5, reciprocal)))


def _squad(name: str, path: Path, translated: dict[str, str] | None = None) -> Questions:
    passages, asked = corpus.squad(path)
    position = {key: i for i, (key, _) in enumerate(passages)}
    if translated is not None:
        asked = [(key, translated[key], passage) for key, _, passage in asked if key in translated]
    return Questions(
        name,
        [text for _, text in passages],
        [question for _, question, _ in asked],
        np.array([position[passage] for _, _, passage in asked]),
    )
