"""The training texts, folded as the product folds them, with everything that is measured on left out."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.analysis import fold

# The last articles of the news file are the distractors of the retrieval benchmark: never trained on.
NEWS_HELD_OUT = 8_000
# Taiwanese law is 57 % of the sentence pairs; software manuals another quarter. Both are narrow, so only a part is read.
KEPT_SHARE = {"tw_law": 0.5, "python_docs": 0.5, "django_docs": 0.5, "tensorflow_docs": 0.7}


@dataclass(frozen=True)
class Document:
    """A title (may be empty) and passages, each a list of sentences, all folded."""

    title: str
    passages: list[list[str]]


@dataclass(frozen=True)
class Pair:
    """An English text and its Chinese translation, folded, with the name of the collection it is from."""

    english: str
    chinese: str
    source: str


@dataclass(frozen=True)
class Question:
    """A Chinese question and the passage that answers it, folded; curated where a person wrote it."""

    question: str
    passage: str
    curated: bool


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines, gzipped or not."""
    read = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in read.splitlines())


def squad(path: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """A SQuAD-style file as [(passage id, passage)] and [(question id, question, passage id)], texts as they are.

    Paragraphs with the same words are one passage.
    """
    passages: dict[str, str] = {}
    questions: list[tuple[str, str, str]] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            key = passages.setdefault(paragraph["context"], f"p{len(passages)}")
            questions += [(str(question["id"]), question["question"], key) for question in paragraph["qas"]]
    return [(key, text) for text, key in passages.items()], questions


def news(data: Path) -> list[Document]:
    """The news articles that may be trained on, the oldest rows of the file."""
    articles = list(rows(data / "train" / "news_zh.jsonl.gz"))[:-NEWS_HELD_OUT]
    return [Document("", _folded(article["passages"])) for article in articles]


def distractors(data: Path, count: int = 20_000) -> list[str]:
    """The first `count` passages of the held-out news articles, as they are."""
    articles = list(rows(data / "train" / "news_zh.jsonl.gz"))[-NEWS_HELD_OUT:]
    return ["".join(passage) for article in articles for passage in article["passages"]][:count]


def laws(data: Path) -> list[Document]:
    """Chinese laws and regulations with their titles."""
    documents = rows(data / "train" / "laws_zh.jsonl.gz")
    return [Document(fold(row["title"]), _folded(row["passages"])) for row in documents if "#" not in row["title"]]


def pairs(data: Path) -> list[Pair]:
    """English-Chinese sentence pairs, the narrow collections thinned (every n-th row, so that no seed is needed)."""
    found = []
    credit = dict.fromkeys(KEPT_SHARE, 0.0)
    for row in rows(data / "train" / "pairs_en_zh_open.jsonl.gz"):
        source = row["source"]
        if source in KEPT_SHARE:
            credit[source] += KEPT_SHARE[source]
            if credit[source] < 1:
                continue
            credit[source] -= 1
        found.append(Pair(fold(row["en"]), fold(row["zh"]), source))
    found += [
        Pair(fold(row["en"]), fold(row["zh"]), "tatoeba")
        for row in rows(data / "train" / "pairs_en_zh_tatoeba.jsonl.gz")
    ]
    return [pair for pair in found if pair.english.strip() and pair.chinese.strip()]


def dictionary(data: Path) -> dict[str, list[str]]:
    """CC-CEDICT: Chinese headword -> English glosses, cross references and notes about characters left out."""
    entries: dict[str, list[str]] = {}
    for row in rows(data / "train" / "dictionary_zh_en.jsonl.gz"):
        glosses = [re.sub(r"^to (?=\w)", "", fold(part)) for gloss in row["en"] for part in gloss.split(";")]
        kept = [
            g.strip() for g in glosses if not re.search(r"variant of|^used in|^see |abbr\.|surname|\bsb\b|\bsth\b", g)
        ]
        if kept and (word := fold(row["zh"])):
            entries.setdefault(word, []).extend(gloss for gloss in kept if gloss not in entries[word])
    return entries


def names(data: Path) -> list[tuple[str, str]]:
    """Names of people and places in the dictionary: (English name, Chinese name), folded."""
    found = []
    for row in rows(data / "train" / "dictionary_zh_en.jsonl.gz"):
        for gloss in row["en"]:
            name = re.match(r"((?:[A-Z][\w'’-]+ ?){1,3})(?=[,;(]|$| or | in | of )", gloss)
            if name and 2 <= len(row["zh"]) <= 8:
                found.append((fold(name.group(1)).strip(), fold(row["zh"])))
    return list(dict.fromkeys(found))


def questions(data: Path) -> list[Question]:
    """Chinese questions with their passages: DRCD dev and generated questions about news.

    The rows of CMRC 2018 trial in the same file are left out by their words, as are passages that are among the
    distractors: the benchmark reports on both.
    """
    passages, asked = squad(data / "questions" / "cmrc2018_trial.json")
    measured_on = [text for _, text in passages] + [question for _, question, _ in asked] + distractors(data)
    held_out = {fold(text).strip() for text in measured_on}
    folder = data / "train"
    found = [
        Question(fold(row["question"]), fold(row["passage"]), "squad" in name)
        for name in ("questions_zh_squad.jsonl.gz", "questions_zh_news.jsonl.gz")
        for row in rows(folder / name)
    ]
    return [row for row in found if row.passage.strip() not in held_out and row.question.strip() not in held_out]


def _folded(passages: list[list[str]]) -> list[list[str]]:
    return [[fold(sentence) for sentence in passage] for passage in passages]
