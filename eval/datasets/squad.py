"""SQuAD-style JSON (SQuAD 1.1 and 2.0, XQuAD, CMRC 2018, DRCD): articles, paragraphs, questions, answers with offsets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.datasets.sets import Paragraph, Question, QuestionSet, guarded
from index.sentences import sentence_spans

EXPECTED = 'SQuAD-style JSON: {"data": [{"paragraphs": [{"context", "qas": [{"question", "answers"}]}]}]}'


def read(path: Path) -> QuestionSet:
    """A set from a file. A paragraph that stands in it twice is one. Raises SetError."""
    return guarded(_read, path, EXPECTED)


def _read(path: Path) -> QuestionSet:
    paragraphs: dict[str, Paragraph] = {}
    questions: list[Question] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for entry in article["paragraphs"]:
            text = entry["context"]
            name = str(article.get("title") or "")
            paragraph = paragraphs.setdefault(text, Paragraph(f"p{len(paragraphs)}", text, article=name))
            questions += [_question(asked, paragraph, f"q{len(questions) + i}") for i, asked in enumerate(entry["qas"])]
    return QuestionSet(path.stem, tuple(paragraphs.values()), tuple(questions))


def _question(asked: dict[str, Any], paragraph: Paragraph, fallback: str) -> Question:
    id_, text = str(asked.get("id") or fallback), asked["question"]
    if asked.get("is_impossible"):
        return Question(id_, text, {}, {}, within=())
    answers = asked.get("answers") or []
    wordings = tuple(dict.fromkeys(answer["text"] for answer in answers if answer["text"].strip()))
    quote = _around(paragraph.text, answers[0]) if wordings else paragraph.text
    return Question(id_, text, {paragraph.id: 1.0}, {paragraph.id: quote}, (wordings,) if wordings else ())


def _around(text: str, answer: dict[str, Any]) -> str:
    """The sentences that an answer stands in; the whole text where it does not stand where it is said to."""
    words = answer["text"]
    start = int(answer.get("answer_start", -1))
    if text[start : start + len(words)] != words:
        start = text.find(words)
    held = [span for span in sentence_spans(text) if span[1] > start and span[0] < start + len(words)]
    return text[held[0][0] : held[-1][1]] if start >= 0 and held else text
