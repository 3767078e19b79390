"""What the cross-encoder is trained on: questions about passages, and which sentences answer them.

questions.jsonl has a line a passage: its sentences by their places in the training material or in policies.jsonl, and the
questions that were written about it, with the places in the passage of the sentences that answer (none, for three in eight) and
of those that tempt: on the same subject, and no answer. No text of the material is in it. policies.jsonl has passages of policies
that nobody has, written with their questions, in the form of the laws of the material."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import SentenceEncoder
from index.training.corpus import rows

QUESTIONS = Path(__file__).parent / "questions.jsonl"
POLICIES = Path(__file__).parent / "policies.jsonl"
# Of each question so many sentences that answer, that tempt, and that are nearest to it of the rest of its passage.
RIGHT, TEMPTING, NEAREST = 2, 3, 2
# One is taken at random of the sentences of other passages that are nearest to a question, but for the very nearest, which may
# answer it.
ELSEWHERE = slice(3, 12)
# How often a sentence is read with its document's title, where it has one.
TITLED = 0.8


@dataclass(frozen=True)
class Text:
    """A passage of the material: the title of its document (may be empty), and its sentences."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """A question about the passage of this number; places in it of the sentences that answer, and of those that tempt."""

    text: int
    question: str
    answers: tuple[int, ...]
    tempting: tuple[int, ...]


@dataclass(frozen=True)
class Example:
    """A sentence, (heading, words), and whether it answers."""

    sentence: tuple[str, str]
    right: bool


def read(data: Path) -> tuple[list[Text], list[list[Written]]]:
    """The passages, and the questions about them in rounds."""
    material = {
        name: list(rows(data / "train" / f"{name}.jsonl.gz")) for name in ("laws_zh", "news_zh", "pairs_en_zh_open")
    }
    material["policies"] = list(rows(POLICIES))
    texts: list[Text] = []
    rounds: dict[int, list[Written]] = {}
    for row in rows(QUESTIONS):
        found = [(material[row["source"]][number], place) for number, place in row["sentences"]]
        rounds.setdefault(row["round"], []).extend(
            Written(len(texts), one["question"], tuple(one["answers"]), tuple(one["tempting"]))
            for one in row["questions"]
        )
        texts.append(Text(found[0][0].get("title", ""), tuple(_sentence(one, place) for one, place in found)))
    return texts, [rounds[number] for number in sorted(rounds)]


def _sentence(row: dict[str, Any], place: int) -> str:
    """The sentence at a place of a row of the material; of a pair, its English side."""
    if "en" in row:
        return str(row["en"])
    return str([sentence for passage in row["passages"] for sentence in passage][place]).strip()


class Examples:
    """The examples for each question, drawn anew whenever they are asked for."""

    def __init__(self, texts: Sequence[Text], encoder: SentenceEncoder) -> None:
        self._texts = texts
        self._encoder = encoder
        self._places = [(number, place) for number, text in enumerate(texts) for place in range(len(text.sentences))]
        sizes = np.array([len(text.sentences) for text in texts])
        self._starts = np.cumsum(sizes) - sizes
        self._vectors = encoder.encode([sentence for text in texts for sentence in text.sentences], "passage")

    def of(self, written: Written, random: Random) -> list[Example]:
        """What answers a question, and what does not."""
        start, size = int(self._starts[written.text]), len(self._texts[written.text].sentences)
        near: NDArray[np.float32] = self._vectors @ self._encoder.encode([written.question], "query")[0]
        right = list(written.answers)
        random.shuffle(right)
        wrong = list(written.tempting[:TEMPTING])
        rest = [place for place in range(size) if place not in (*written.answers, *wrong)]
        rest.sort(key=lambda place: -near[start + place])
        wrong += rest[:NEAREST]
        if rest[NEAREST:]:
            wrong.append(random.choice(rest[NEAREST:]))
        near[start : start + size] = -1
        elsewhere = self._places[random.choice(np.argsort(-near)[ELSEWHERE].tolist())]
        here = [(written.text, place) for place in wrong]
        return [
            *(self._example(written.text, place, random, right=True) for place in right[:RIGHT]),
            *(self._example(text, place, random, right=False) for text, place in [*here, elsewhere]),
        ]

    def _example(self, text: int, place: int, random: Random, *, right: bool) -> Example:
        found = self._texts[text]
        titled = random.random() < TITLED
        return Example((found.title if titled else "", found.sentences[place]), right)


def batches(written: Sequence[Written], size: int, random: Random) -> Iterator[list[Written]]:
    """All questions once, in an order of chance, so many at a time; what is left over at the end is not asked."""
    order = list(written)
    random.shuffle(order)
    for start in range(0, len(order) - size + 1, size):
        yield order[start : start + size]
