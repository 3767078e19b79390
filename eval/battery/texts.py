"""Texts of the battery: passages of the shipped documents and of files of the user's, halved into development and test."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvaluationError
from index.analysis import language_of
from index.documents import Document, find_documents, read_document
from index.passages import split
from index.sentences import sentence_spans
from index.store import SHIPPED_CORPUS


class BatteryError(EvaluationError):
    """A file cannot be read as texts of the battery."""


SHIPPED = (SHIPPED_CORPUS, Path(__file__).parent.parent / "corpora")
# Sentences of a passage that is put together from a file of single sentences.
GATHERED = 4


@dataclass(frozen=True)
class Text:
    """A passage and its sentences. translations: of the sentences, where they are known. group: what it stands among."""

    language: str
    group: str
    passage: str
    sentences: tuple[str, ...]
    translations: tuple[str, ...] = ()

    @property
    def split(self) -> str:
        """ "dev" or "test", by a digest of the passage: neither order nor number of the files changes it."""
        return "dev" if hashlib.sha256(self.passage.encode()).digest()[0] % 2 else "test"


def shipped_texts() -> list[Text]:
    """The passages of the shipped paper, of its translation, and of the evaluation corpora."""
    documents = [read_document(path) for path in find_documents(list(SHIPPED)) if path.name != "README.md"]
    documents += [document.translation for document in documents if document.translation]
    return [text for document in documents for text in _of_document(document)]


def read_texts(paths: Iterable[Path], limit: int) -> list[Text]:
    """Passages of further files: documents, or JSON lines with "passages" (lists of sentences), or with "en" and "zh".

    limit: most lines read of a file. Raises BatteryError.
    """
    found: list[Text] = []
    for path in paths:
        if path.suffix in (".jsonl", ".gz"):
            found += _of_lines(path, limit)
        else:
            found += [
                text for document in map(read_document, find_documents([path])) for text in _of_document(document)
            ]
    return found


def _of_document(document: Document) -> Iterator[Text]:
    for passage in split(document):
        text = document.text[passage.start : passage.end]
        sentences = tuple(document.text[s.start : s.end] for s in passage.sentences)
        translations = tuple(s.translation or "" for s in passage.sentences)
        yield Text(language_of(text), document.id, text, sentences, translations if all(translations) else ())


def _of_lines(path: Path, limit: int) -> Iterator[Text]:
    pairs: list[dict[str, str]] = []
    for number, row in enumerate(_rows(path)):
        if number == limit:
            break
        if "passages" in row:
            for passage in row["passages"]:
                parts = [passage] if isinstance(passage, str) else passage
                text = "".join(parts)
                spans = sentence_spans(text)
                yield Text(language_of(text), f"{path.name} {number}", text, tuple(text[a:b] for a, b in spans))
        elif "en" in row and "zh" in row:
            if all(len(sentence_spans(row[language])) == 1 for language in ("en", "zh")):
                pairs.append(row)
        else:
            raise BatteryError(f'{path}, line {number + 1}: found {sorted(row)}, expected "passages", or "en" and "zh"')
    for begin in range(0, len(pairs) - GATHERED + 1, GATHERED):
        group = pairs[begin : begin + GATHERED]
        for language, other, join in (("zh", "en", "\n"), ("en", "zh", "\n")):
            sentences = tuple(_single(pair[language]) for pair in group)
            yield Text(language, path.name, join.join(sentences), sentences, tuple(pair[other] for pair in group))


def _single(text: str) -> str:
    return " ".join(text.split())


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise BatteryError(f"{path} cannot be read ({error}); expected JSON lines, plain or gzipped") from error


def others(texts: Sequence[Text], place: int, count: int) -> list[Text]:
    """The `count` texts of the same group and language nearest after a text, itself left out, the group taken as a ring."""
    text = texts[place]
    ring = [i for i, other in enumerate(texts) if other.group == text.group and other.language == text.language]
    at = ring.index(place)
    return [texts[i] for i in (ring[at + 1 :] + ring[:at])[:count]]
