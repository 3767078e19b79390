"""RGB (Chen et al. 2024): a question with its own few passages, some of which are noise, or wrong.

A reader only: the data are CC BY-NC-SA 4.0 and stay with whoever holds them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

from eval.datasets.sets import Paragraph, Question, QuestionSet, SetError, guarded, lines

LICENCE = "CC BY-NC-SA 4.0"
EXPECTED = 'RGB: JSON lines with "query", "answer", "positive" and "negative"'


@dataclass(frozen=True)
class Draw:
    """What each question is given: so many passages, of which a share (rounded up) is noise, drawn with a seed.

    Noise of 1 leaves nothing that answers: a right reply refuses.
    """

    passages: int = 5
    noise: float = 0.4
    seed: int = 0


def read(path: Path, draw: Draw = Draw()) -> QuestionSet:
    """A set from a file. Lists of lists in "positive" are the parts of an integrated answer: each part gets a passage.

    Where there is "positive_wrong" (the counterfactual set), half of what is not noise, rounded down, is wrong, beside
    passages that are right: a case of kind "counterfactual". Raises SetError.
    """
    if not (draw.passages > 0 and 0 <= draw.noise <= 1):
        raise SetError(f"found {draw.passages} passages with noise {draw.noise}, expected at least 1, and 0 to 1")
    return replace(guarded(lambda file: _read(file, draw), path, EXPECTED), licence=LICENCE)


def _read(path: Path, draw: Draw) -> QuestionSet:
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    for number, row in enumerate(lines(path)):
        id_ = str(row.get("id", number))
        chance = Random(f"{draw.seed} {id_}")
        positive, negative, wrong = _drawn(row, draw, chance)
        drawn = [(text, True) for text in positive] + [(text, False) for text in (*wrong, *negative)]
        chance.shuffle(drawn)
        own = [(Paragraph(f"{id_}-{place}", text), right) for place, (text, right) in enumerate(drawn)]
        paragraphs += [paragraph for paragraph, _ in own]
        questions.append(
            Question(
                id_,
                row["query"],
                {paragraph.id: 1.0 for paragraph, right in own if right},
                {paragraph.id: paragraph.text for paragraph, right in own if right},
                _parts(row["answer"]) if positive else (),
                tuple(paragraph.id for paragraph, _ in own),
                "counterfactual" if wrong else "cross" if isinstance(row["positive"][0], list) else "fact",
            )
        )
    return QuestionSet(path.stem, tuple(paragraphs), tuple(questions))


def _drawn(row: dict[str, Any], draw: Draw, chance: Random) -> tuple[list[str], list[str], list[str]]:
    """Passages that answer, passages that do not, and passages that answer wrongly."""
    noise = min(ceil(draw.passages * draw.noise), len(row["negative"]))
    room = draw.passages - noise if draw.noise < 1 else 0
    negative = row["negative"][:noise]
    if row.get("positive_wrong"):
        places = chance.sample(range(len(row["positive"])), len(row["positive"]))
        false = places[: room // 2]
        true = places[room // 2 : room]
        return [row["positive"][i] for i in true], negative, [row["positive_wrong"][i] for i in false]
    if isinstance(row["positive"][0], list):
        # A passage for each part first, then second ones, as room allows; a part is never left without.
        ranked = [part[i] for i in range(max(map(len, row["positive"]))) for part in row["positive"] if i < len(part)]
        taken = ranked[: max(room, len(row["positive"]))] if draw.noise < 1 else []
        return taken, row["negative"][: max(draw.passages - len(taken), 0)], []
    return row["positive"][:room], negative, []


def _parts(answer: Any) -> tuple[tuple[str, ...], ...]:
    """The parts of an answer, each with its wordings: "a", ["a", "b"] (two parts) or [["a", "A"], "b"]."""
    parts = answer if isinstance(answer, list) else [answer]
    return tuple(tuple(map(str, part)) if isinstance(part, list) else (str(part),) for part in parts)
