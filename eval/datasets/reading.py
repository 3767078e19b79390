"""Opens a question set, or a mere heap of paragraphs, by what is found at a path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from eval.datasets import beir, squad
from eval.datasets.sets import Paragraph, QuestionSet, SetError, lines


def read_set(path: Path) -> QuestionSet:
    """A BEIR folder, JSON lines of sentence pairs, or SQuAD-style JSON. Raises SetError with what was expected."""
    if path.is_dir():
        return beir.read(path)
    return beir.read_pairs(path) if path.suffix in (".jsonl", ".gz") else squad.read(path)


def read_paragraphs(path: Path, most: int = 0) -> list[Paragraph]:
    """The paragraphs of a file, the first `most` of them where that is not 0. Raises SetError.

    JSON lines (gzipped or not) with "text", or with "passages" (each a text, or a list of sentences); else any question
    set, of which only the paragraphs are taken.
    """
    try:
        if path.is_dir() or ".jsonl" not in path.name:
            found = list(read_set(path).paragraphs)
        else:
            found = [Paragraph(str(i), text) for i, text in enumerate(_texts(path))]
    except (OSError, KeyError, TypeError) as error:
        raise SetError(
            f'{path}: found no paragraphs ({type(error).__name__}: {error}), expected JSON lines with "text" or "passages"'
        ) from error
    return found[:most] if most else found


def _texts(path: Path) -> Iterator[str]:
    for row in lines(path):
        if "text" in row:
            yield str(row["text"])
        else:
            for passage in row["passages"]:
                yield passage if isinstance(passage, str) else "".join(passage)


def is_suite(path: Path) -> bool:
    """Whether a file opens with the header of a suite."""
    if path.suffix != ".jsonl" or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        try:
            header = json.loads(file.readline())
        except ValueError:
            return False
    return isinstance(header, dict) and "suite" in header
