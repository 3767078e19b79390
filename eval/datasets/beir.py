"""BEIR folders (corpus.jsonl, queries.jsonl, qrels/*.tsv), which MIRACL and C-MTEB are exported to; and sentence pairs."""

from __future__ import annotations

from pathlib import Path

from eval.datasets.sets import Paragraph, Question, QuestionSet, SetError, guarded, lines


def read(folder: Path) -> QuestionSet:
    """A set from a folder; questions without a judgement above 0 are left out. Raises SetError."""
    return guarded(_read, folder, "a BEIR folder with corpus.jsonl, queries.jsonl and qrels/*.tsv")


def read_pairs(path: Path) -> QuestionSet:
    """A set from JSON lines {"en", "zh"}: the English sentence asks for the Chinese one. Raises SetError."""
    return guarded(_pairs, path, 'JSON lines with "en" and "zh"')


def _read(folder: Path) -> QuestionSet:
    corpus = [
        Paragraph(str(row["_id"]), row["text"], str(row.get("title") or "")) for row in lines(_one(folder, "corpus"))
    ]
    known = {paragraph.id: paragraph for paragraph in corpus}
    grades: dict[str, dict[str, float]] = {}
    tables = sorted((folder / "qrels").glob("*.tsv"))
    if not tables:
        raise SetError(f"{folder}/qrels: found no .tsv, expected judgements (query-id, corpus-id, score)")
    table = tables[-1]  # test.tsv where there are several
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines()[1:], 2):
        try:
            query, document, grade = line.split("\t")
            value = float(grade)
        except ValueError:
            raise SetError(f"{table}:{number}: found {line[:40]!r}, expected query-id, corpus-id and score") from None
        if document not in known:
            raise SetError(f"{table}:{number}: found {document!r}, expected an _id of {folder}/corpus.jsonl")
        if value > 0:
            grades.setdefault(query, {})[document] = value
    questions = [
        Question(id_, row["text"], grades[id_], {name: known[name].text for name in grades[id_]})
        for row in lines(_one(folder, "queries"))
        if (id_ := str(row["_id"])) in grades
    ]
    return QuestionSet(folder.name, tuple(corpus), tuple(questions))


def _one(folder: Path, name: str) -> Path:
    packed = folder / f"{name}.jsonl.gz"
    return packed if packed.is_file() else folder / f"{name}.jsonl"


def _pairs(path: Path) -> QuestionSet:
    rows = list(lines(path))
    return QuestionSet(
        path.stem,
        tuple(Paragraph(str(i), row["zh"]) for i, row in enumerate(rows)),
        tuple(Question(str(i), row["en"], {str(i): 1.0}, {str(i): row["zh"]}) for i, row in enumerate(rows)),
    )
