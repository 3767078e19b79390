"""Question sets to documents and a suite over them: what `assistant eval import` writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from eval.datasets.sets import Paragraph, Question, QuestionSet, SetError
from index.analysis import fold, language_of
from index.documents import read_document

# Paragraphs that belong to no article, and distractors, are bound in volumes: a file each would be thousands.
VOLUME = 200
SUITE, CORPUS = "suite.jsonl", "corpus"


@dataclass(frozen=True)
class Choice:
    """Which of a set is taken, all by one seed.

    withheld: share of the paragraphs with questions that are left out of the documents, so that nothing answers their
    questions. limit: questions taken, 0 for all.
    """

    withheld: float = 0.0
    limit: int = 0
    seed: int = 0
    split: str = "test"


@dataclass(frozen=True)
class Imported:
    """What was written, and which questions were not and why."""

    suite: Path
    documents: int
    answerable: int
    unanswerable: int
    left_out: dict[str, int]


def convert(one: QuestionSet, folder: Path, choice: Choice, distractors: Sequence[Paragraph] = ()) -> Imported:
    """Write documents and suite.jsonl into a folder. Raises SetError where the folder holds something already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SetError(f"{folder}: found something there, expected an empty folder or none; choose another --out")
    if not 0 <= choice.withheld < 1:
        raise SetError(f"found {choice.withheld} to withhold, expected a share from 0 to below 1")
    chance = Random(choice.seed)
    questions = list(one.questions)
    if 0 < choice.limit < len(questions):
        taken = set(chance.sample(range(len(questions)), choice.limit))
        questions = [question for place, question in enumerate(questions) if place in taken]
    withheld = _withheld(questions, choice.withheld, chance)
    (folder / CORPUS).mkdir(parents=True)
    homes = _write_documents(one, questions, withheld, distractors, folder / CORPUS)
    texts = {path.stem: _squeezed(read_document(path).text) for path in sorted((folder / CORPUS).iterdir())}
    cases: list[dict[str, Any]] = []
    left_out: dict[str, int] = {}
    for question in questions:
        case = _case(question, homes, choice.split)
        if reason := _unfit(question, case, texts, one, withheld):
            left_out[reason] = left_out.get(reason, 0) + 1
        else:
            cases.append(case)
    header = {
        "schema": 1,
        "suite": one.name,
        "documents": [f"{CORPUS}/{name}.md" for name in texts],
        "source": one.name,
        "licence": one.licence,
        "digest": one.digest,
    }
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (header, *cases))
    (folder / SUITE).write_text(rows, encoding="utf-8")
    answerable = sum(case["expect"] == "answer" for case in cases)
    return Imported(folder / SUITE, len(texts), answerable, len(cases) - answerable, left_out)


def _withheld(questions: Sequence[Question], share: float, chance: Random) -> frozenset[str]:
    """Paragraphs to leave out. Questions with passages of their own have their unanswerable half already."""
    gold = sorted({name for question in questions if not question.within for name in question.relevant})
    return frozenset(chance.sample(gold, round(share * len(gold))))


def _write_documents(
    one: QuestionSet,
    questions: Sequence[Question],
    withheld: frozenset[str],
    distractors: Sequence[Paragraph],
    folder: Path,
) -> dict[str, dict[str, str]]:
    """Write every document; returns for each question, by id, the document in which each of its paragraphs stands."""
    known = {paragraph.id: paragraph for paragraph in one.paragraphs}
    own = {question.id: question.within for question in questions if question.within}
    names = _Names()
    homes: dict[str, dict[str, str]] = {}
    for id_, within in own.items():
        name = names.take(f"{one.name}-{id_}")
        _write(folder / f"{name}.md", "", [known[paragraph] for paragraph in within])
        homes[id_] = dict.fromkeys(within, name)
    pooled: dict[str, str] = {}
    if len(own) < len(questions):
        kept = [paragraph for paragraph in one.paragraphs if paragraph.id not in withheld]
        for title, paragraphs in _bound(kept):
            name = names.take(title or one.name)
            _write(folder / f"{name}.md", title, paragraphs)
            pooled |= {paragraph.id: name for paragraph in paragraphs}
    for paragraphs in _volumes(distractors):
        _write(folder / f"{names.take('distractors')}.md", "", paragraphs)
    return {question.id: homes.get(question.id, pooled) for question in questions}


def _bound(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, list[Paragraph]]]:
    """Articles of several paragraphs under their titles, then volumes of all the others."""
    articles: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        articles.setdefault(paragraph.article, []).append(paragraph)
    alone: list[Paragraph] = []
    for title, found in articles.items():
        if title and len(found) > 1:
            yield title, found
        else:
            alone += [replace(paragraph, title=paragraph.title or title) for paragraph in found]
    for volume in _volumes(alone):
        yield "", volume


def _volumes(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    for start in range(0, len(paragraphs), VOLUME):
        yield list(paragraphs[start : start + VOLUME])


def _write(path: Path, title: str, paragraphs: Sequence[Paragraph]) -> None:
    """Paragraphs as Markdown in which every mark is a letter; titled ones as sections, after those without a title."""
    parts = [f"---\nid: {json.dumps(path.stem, ensure_ascii=False)}\n---"]
    parts += [f"# {_literal(title)}"] if title else []
    for paragraph in sorted(paragraphs, key=lambda paragraph: bool(paragraph.title)):
        parts += [f"## {_literal(paragraph.title)}"] if paragraph.title else []
        parts.append(_literal(paragraph.text))
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _literal(text: str) -> str:
    """A text on one line, every character of Markdown escaped."""
    line = re.sub(r"\s+", " ", text).strip()
    line = re.sub(r"([\\`*_\[\]<>#&|~])", r"\\\1", line)
    return re.sub(r"^(\d+)([.)])|^([-+=:])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def _case(question: Question, homes: Mapping[str, Mapping[str, str]], split: str) -> dict[str, Any]:
    documents = homes[question.id]
    gold = [
        {"quote": re.sub(r"\s+", " ", quote).strip(), "document": documents[name]}
        for name, quote in question.quotes.items()
        if name in documents
    ]
    own = sorted({documents[name] for name in question.within})
    case: dict[str, Any] = {
        "schema": 1,
        "id": question.id,
        "question": question.text,
        "language": language_of(question.text),
        "split": split,
        "kind": question.kind if gold else "unanswerable",
        "expect": "answer" if gold else "abstain",
    }
    if gold:
        # Any of the paragraphs answers, unless the answer has parts in several.
        rest = gold[1:] if question.kind == "cross" else [{**more, "required": False} for more in gold[1:]]
        case["gold"] = [gold[0], *rest]
        case["nuggets"] = [{"any": list(wordings)} for wordings in question.answers]
        case["answers"] = list(question.answers[0]) if len(question.answers) == 1 else []
    return case | ({"documents": own} if own else {})


def _unfit(
    question: Question, case: Mapping[str, Any], texts: Mapping[str, str], one: QuestionSet, withheld: frozenset[str]
) -> str:
    """Why a question makes no case, or ""."""
    if not question.text.strip():
        return "no words"
    if any(_squeezed(gold["quote"]) not in texts[gold["document"]] for gold in case.get("gold", ())):
        return "quote changed by Markdown"
    if case["expect"] == "abstain" and withheld.intersection(question.relevant):
        articles = {paragraph.article for paragraph in one.paragraphs if paragraph.id in question.relevant} - {""}
        beside = "".join(
            _squeezed(fold(p.text)) for p in one.paragraphs if p.article in articles and p.id not in withheld
        )
        if any(_squeezed(fold(wording)) in beside for part in question.answers for wording in part):
            return "withheld, but its answer is in the article's other paragraphs"
    return ""


class _Names:
    """File names from titles, each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, title: str) -> str:
        stem = re.sub(r"[^\w.-]+", "-", title).strip("-.")[:60] or "document"
        name, number = stem, 2
        while name.lower() in self._taken:
            name, number = f"{stem}-{number}", number + 1
        self._taken.add(name.lower())
        return name


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
