"""What every format comes to: paragraphs, and questions with the paragraphs that answer them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from eval.errors import EvaluationError

# Terms under which well-known sets are published; the key opens the file's or folder's name.
_LICENCES = {
    "drcd": "CC BY-SA 3.0",
    "cmrc2018": "CC BY-SA 4.0",
    "xquad": "CC BY-SA 4.0",
    "squad": "CC BY-SA 4.0",
    "ntrex": "CC BY-SA 4.0",
    "nomiracl": "Apache-2.0",
}


class SetError(EvaluationError):
    """A file cannot be read as a question set; the message names it, what was found and what was expected."""


@dataclass(frozen=True)
class Paragraph:
    """A piece of text to find. title: its own, searched with it. article: the name of the text that it is from."""

    id: str
    text: str
    title: str = ""
    article: str = ""


@dataclass(frozen=True)
class Question:
    """relevant: the paragraphs that answer it, by id, with their grades; none where nothing does.

    quotes: for each relevant paragraph the words in it that answer, where the set tells. answers: what a full answer
    says, each part with its wordings. within: the only paragraphs to ask, () for all of them. kind: as in a suite.
    """

    id: str
    text: str
    relevant: dict[str, float]
    quotes: dict[str, str]
    answers: tuple[tuple[str, ...], ...] = ()
    within: tuple[str, ...] = ()
    kind: str = "fact"


@dataclass(frozen=True)
class QuestionSet:
    """A set under its name, with its terms and the SHA-256 of the files where known."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    questions: tuple[Question, ...]
    licence: str = ""
    digest: str = ""


def guarded(read: Callable[[Path], QuestionSet], path: Path, expected: str) -> QuestionSet:
    """Read a set and put its terms and digest to it; what does not fit is told as a SetError."""
    try:
        found = read(path)
    except SetError:
        raise
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OSError) as error:
        raise SetError(f"{path}: found no such set ({type(error).__name__}: {error}), expected {expected}") from error
    if not found.questions:
        raise SetError(f"{path}: found no question in it, expected {expected}")
    terms = next((terms for key, terms in _LICENCES.items() if path.name.lower().startswith(key)), "")
    return replace(found, licence=found.licence or terms, digest=digest(path))


def digest(path: Path) -> str:
    """SHA-256 of a file, or of the files of a folder in name order."""
    total = sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        total.update(file.read_bytes())
    return total.hexdigest()


def merged(sets: Sequence[QuestionSet]) -> QuestionSet:
    """Several sets as one: paragraphs pooled, ids told apart by the set's name."""
    if len(sets) == 1:
        return sets[0]
    return QuestionSet(
        "+".join(one.name for one in sets),
        tuple(replace(p, id=f"{one.name}/{p.id}") for one in sets for p in one.paragraphs),
        tuple(
            replace(
                q,
                id=f"{one.name}/{q.id}",
                relevant={f"{one.name}/{id_}": grade for id_, grade in q.relevant.items()},
                quotes={f"{one.name}/{id_}": quote for id_, quote in q.quotes.items()},
                within=tuple(f"{one.name}/{id_}" for id_ in q.within),
            )
            for one in sets
            for q in one.questions
        ),
        "; ".join(dict.fromkeys(one.licence for one in sets if one.licence)),
        " ".join(one.digest for one in sets),
    )


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file, gzipped or not. Raises SetError for the first line that is none."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                values = json.loads(line)
            except ValueError as error:
                raise SetError(f"{path}:{number}: found no JSON ({error}), expected one object on each line") from error
            if not isinstance(values, dict):
                raise SetError(f"{path}:{number}: found {str(values)[:40]!r}, expected an object {{…}}")
            yield values
