"""NoMIRACL (Thakur et al. 2024): questions with judged passages of their own, for half of which nothing is relevant.

The folder of one language: corpus.jsonl, topics/SPLIT.relevant.tsv and SPLIT.non_relevant.tsv, qrels/ likewise.
"""

from __future__ import annotations

from pathlib import Path

from eval.datasets.sets import Paragraph, Question, QuestionSet, SetError, guarded, lines

EXPECTED = (
    "a NoMIRACL language folder with corpus.jsonl, topics/*.relevant.tsv, topics/*.non_relevant.tsv and qrels/ alike"
)


def read(folder: Path, split: str = "test") -> QuestionSet:
    """A set from a folder: each question is asked of its judged passages alone. Raises SetError."""
    return guarded(lambda path: _read(path, split), folder, EXPECTED)


def _read(folder: Path, split: str) -> QuestionSet:
    packed = folder / "corpus.jsonl.gz"
    corpus = {
        str(row["docid"]): Paragraph(str(row["docid"]), row["text"], str(row.get("title") or ""))
        for row in lines(packed if packed.is_file() else folder / "corpus.jsonl")
    }
    questions: list[Question] = []
    judged: dict[str, Paragraph] = {}
    for subset in ("relevant", "non_relevant"):
        grades: dict[str, dict[str, float]] = {}
        for query, _, document, grade in _rows(folder / "qrels" / f"{split}.{subset}.tsv", 4):
            if document not in corpus:
                raise SetError(f"{folder}/qrels: found passage {document!r}, expected a docid of corpus.jsonl")
            grades.setdefault(query, {})[document] = float(grade)
        for query, text in _rows(folder / "topics" / f"{split}.{subset}.tsv", 2):
            own = grades.get(query, {})
            good = {name: grade for name, grade in own.items() if grade > 0}
            if not own or (subset == "relevant") != bool(good):
                continue  # unjudged, or in the wrong half
            judged |= {name: corpus[name] for name in own}
            quotes = {name: corpus[name].text for name in good}
            questions.append(Question(query, text, good, quotes, within=tuple(own)))
    return QuestionSet(f"nomiracl-{folder.name}", tuple(judged.values()), tuple(questions))


def _rows(path: Path, columns: int) -> list[list[str]]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if len(cells) != columns:
            raise SetError(f"{path}:{number}: found {len(cells)} columns, expected {columns} with tabs between them")
        rows.append(cells)
    return rows
