"""A spreadsheet of questions about one's own documents, saved as CSV, as the cases of a suite."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from eval.datasets.sets import SetError, digest
from index.analysis import language_of
from index.documents import find_documents, read_document

EXPECTS = ("answer", "abstain", "conflict", "smalltalk")
COLUMNS = ("id", "question", "quote", "document", "answer", "section", "expect", "kind", "split", "language", "group")
SEPARATOR = "|"


def convert(path: Path, documents: Sequence[Path], suite: Path, split: str = "dev") -> int:
    """Write a suite over `documents` from a CSV file; returns the number of its cases.

    Columns, in any order: question; quote (words of the document that answer, verbatim; empty where nothing answers);
    answer (short wordings, "|" between them); and, where wanted, the others of COLUMNS. Raises SetError naming the line,
    and DocumentError for a document that cannot be read.
    """
    files = find_documents(list(documents))
    known = {document.id: "".join(document.text.split()) for document in map(read_document, files)}
    rows = [_case(path, number, row, known, split) for number, row in _rows(path)]
    if not rows:
        raise SetError(f"{path}: found no question in it, expected a line for each")
    header = {
        "schema": 1,
        "suite": path.stem,
        "documents": [os.path.relpath(file, suite.parent) for file in files],
        "source": path.name,
        "digest": digest(path),
    }
    suite.parent.mkdir(parents=True, exist_ok=True)
    if suite.exists():
        raise SetError(f"{suite}: found a suite there already, expected none; choose another --out")
    suite.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (header, *rows)), encoding="utf-8")
    return len(rows)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    text = _decoded(path)
    first = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=max(",;\t", key=first.count))
    unknown = [str(name) for name in reader.fieldnames or () if name not in COLUMNS]
    if "question" not in (reader.fieldnames or ()) or unknown:
        raise SetError(f"{path}:1: found columns {first.strip()!r}, expected question and any of: {', '.join(COLUMNS)}")
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise SetError(f"{path}:{reader.line_num}: found another number of cells than in the first line")
        cells = {name: cell.strip() for name, cell in row.items()}
        if any(cells.values()):
            rows.append((reader.line_num, cells))
    return rows


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SetError(f"{path}: found no readable file ({error.strerror}), expected CSV") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SetError(f"{path}: found bytes that are no UTF-8 or GB18030 text, expected CSV saved as UTF-8")


def _case(path: Path, number: int, row: Mapping[str, str], known: Mapping[str, str], split: str) -> dict[str, Any]:
    place = f"{path}:{number}"
    quote = row.get("quote", "")
    expect = row.get("expect") or ("answer" if quote else "abstain")
    if not row["question"]:
        raise SetError(f"{place}: found no question, expected one")
    if expect not in EXPECTS:
        raise SetError(f"{place}: expect: found {expect!r}, expected one of: {', '.join(EXPECTS)}")
    evidenced = expect in ("answer", "conflict")
    if evidenced != bool(quote):
        needed = "a quote that answers" if evidenced else "no quote"
        raise SetError(f"{place}: found expect {expect!r} with quote {quote[:40]!r}, expected {needed}")
    case: dict[str, Any] = {
        "schema": 1,
        "id": row.get("id") or f"{path.stem}-{number}",
        "question": row["question"],
        "language": row.get("language") or language_of(row["question"]),
        "split": row.get("split") or split,
        "kind": row.get("kind") or ("fact" if evidenced else "unanswerable"),
        "expect": expect,
    }
    if evidenced:
        answers = [part.strip() for part in row.get("answer", "").split(SEPARATOR) if part.strip()]
        case["gold"] = [{"quote": quote, "document": _home(place, quote, row.get("document", ""), known)}]
        case["sections"] = [row["section"]] if row.get("section") else []
        case["nuggets"] = [{"any": answers}] if answers else []
    return case | ({"group": row["group"]} if row.get("group") else {})


def _home(place: str, quote: str, document: str, known: Mapping[str, str]) -> str:
    """The document that a quote stands in: the one named, or the only one that holds it."""
    squeezed = "".join(quote.split())
    holding = [name for name, text in known.items() if squeezed in text and document in ("", name)]
    if len(holding) != 1:
        found = f"it in {', '.join(holding)}" if holding else "it nowhere"
        raise SetError(
            f"{place}: quote: found {found}, expected it verbatim in {document or 'one document'}: {quote[:60]}"
        )
    return holding[0]
