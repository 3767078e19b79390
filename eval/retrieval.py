"""The retrieval benchmark: `python -m eval.retrieval --data DIR [FILE …]`: dense, BM25 and fused on question sets, and speed.

Sets come from files: SQuAD-style JSON, a BEIR folder (corpus.jsonl, queries.jsonl, qrels), or JSON lines of sentence
pairs {"en", "zh"} (English question, Chinese passage). Scores are over every passage of a set, not over candidates.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.statistics import bootstrap
from index.analysis import fold
from index.closeup import CLOSE, CloseUp
from index.embeddings import SHIPPED_MODEL, Embedder, load_embedder
from index.errors import IndexingError
from index.lexical import Lexical
from index.sentences import sentence_spans
from index.store import LAMBDA

Scores = NDArray[np.float32]
METRICS = ("hit@1", "hit@5", "MRR@10", "nDCG@10")
TOP = 10
_BATCH = 256
# The tail of the news file is kept from training, so that its passages are fair distractors.
_HELD_OUT, _DISTRACTORS = 8000, 20_000


class SetError(ValueError):
    """A file cannot be read as a question set."""


@dataclass(frozen=True)
class QuestionSet:
    """Passages, questions, and for each question the grades of its relevant passages by position (1 where ungraded)."""

    name: str
    passages: list[str]
    questions: list[str]
    relevant: list[dict[int, float]]


def read_set(path: Path) -> QuestionSet:
    """A question set from a file or folder; raises SetError with what was found and expected."""
    try:
        if path.is_dir():
            return _beir(path)
        if path.suffix == ".jsonl":
            return _pairs(path)
        return _squad(path)
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise SetError(
            f"{path}: found no question set ({type(error).__name__}: {error}); expected SQuAD-style JSON, a BEIR folder "
            'with corpus.jsonl, queries.jsonl and qrels/*.tsv, or JSON lines with "en" and "zh"'
        ) from error


def _squad(path: Path) -> QuestionSet:
    passages: dict[str, int] = {}
    questions: list[str] = []
    relevant: list[dict[int, float]] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            position = passages.setdefault(paragraph["context"], len(passages))
            for asked in paragraph["qas"]:
                questions.append(asked["question"])
                relevant.append({position: 1.0})
    return QuestionSet(path.stem, list(passages), questions, relevant)


def _pairs(path: Path) -> QuestionSet:
    rows = list(_lines(path))
    relevant = [{i: 1.0} for i in range(len(rows))]
    return QuestionSet(path.stem, [row["zh"] for row in rows], [row["en"] for row in rows], relevant)


def _beir(folder: Path) -> QuestionSet:
    corpus = list(_lines(folder / "corpus.jsonl"))
    position = {str(row["_id"]): i for i, row in enumerate(corpus)}
    grades: dict[str, dict[int, float]] = {}
    (qrels,) = sorted((folder / "qrels").glob("*.tsv"))[-1:]  # test.tsv where there are several
    for line in qrels.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        if float(grade) > 0:
            grades.setdefault(query, {})[position[document]] = float(grade)
    queries = [row for row in _lines(folder / "queries.jsonl") if str(row["_id"]) in grades]
    passages = [" ".join(filter(None, (row.get("title"), row["text"]))) for row in corpus]
    return QuestionSet(folder.name, passages, [q["text"] for q in queries], [grades[str(q["_id"])] for q in queries])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def distractors(data: Path, count: int = _DISTRACTORS) -> list[str]:
    """Held-out news passages of the folder's train/news_zh.jsonl.gz."""
    articles = list(_lines(data / "train" / "news_zh.jsonl.gz"))[-_HELD_OUT:]
    return ["".join(passage) for article in articles for passage in article["passages"]][:count]


@dataclass(frozen=True)
class Ranked:
    """For each way to search, each question's values of METRICS, shape (questions, 4)."""

    dense: Scores
    bm25: Scores
    fused: Scores


def rank(embedder: Embedder, one: QuestionSet, noise: Sequence[str] = ()) -> Ranked:
    """Search a set, among further passages where given."""
    texts = [*one.passages, *noise]
    passages = np.concatenate([embedder.encode(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)])
    lexical = Lexical.build(texts)
    closeup = CloseUp(embedder, lexical)
    rows: list[list[Scores]] = [[], [], []]
    for start in range(0, len(one.questions), _BATCH):
        questions = one.questions[start : start + _BATCH]
        vectors = embedder.encode(questions)
        cosines = vectors @ passages.T
        for i, question in enumerate(questions):
            bm25 = lexical.scores(question)
            found = one.relevant[start + i]
            fused = cosines[i] + np.float32(LAMBDA * lexical.coverage(question) ** 2) * bm25
            fused = _closely(closeup, question, vectors[i], fused, texts)
            for kept, scores in zip(rows, (cosines[i], bm25, fused), strict=True):
                kept.append(measured(scores, found))
    return Ranked(*(np.stack(kept) for kept in rows))


def _closely(closeup: CloseUp, question: str, vector: Scores, fused: Scores, texts: Sequence[str]) -> Scores:
    """Fused scores with those of the best passages raised by their best sentence, as PassageIndex.search ranks them."""
    near = min(CLOSE, len(texts))
    top = np.argpartition(-fused, near - 1)[:near].tolist()
    closer = closeup.scores(question, vector, [(p, partial(_sentences, texts[p])) for p in top])
    raised = fused.copy()
    # All that was not looked at stays behind all that was.
    raised[top] += np.array(closer, np.float32) + np.float32(10)
    return raised


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def measured(scores: Scores, relevant: dict[int, float]) -> Scores:
    """hit@1, hit@5, MRR@10 and nDCG@10 of one ranking; passages of one score share the worst of their places.

    nDCG as Järvelin and Kekäläinen 2002, with gains as graded and a discount of log2(place + 1).
    """
    places = sorted((int((scores >= scores[position]).sum()), grade) for position, grade in relevant.items())
    first = places[0][0]
    gained = sum(grade / np.log2(place + 1) for place, grade in places if place <= TOP)
    ideal = sum(g / np.log2(i + 1) for i, g in enumerate(sorted(relevant.values(), reverse=True)[:TOP], 1))
    return np.array([first <= 1, first <= 5, 1 / first if first <= TOP else 0, gained / ideal], np.float32)


def cells(values: Scores) -> list[str]:
    """Mean and 95 % bootstrap interval of each metric, in percent."""
    found = []
    for column in values.T:
        interval = bootstrap(column.tolist(), [str(i) for i in range(len(column))], draws=1000)
        found.append(f"{100 * interval.mean:.1f} ({100 * interval.low:.1f}–{100 * interval.high:.1f})")
    return found


def speed(embedder: Embedder, passages: Sequence[str], questions: Sequence[str]) -> str:
    """Passages a second (best of three passes over up to 2,000), and the median time of one question alone."""
    texts = list(passages[:2000])
    embedder.encode(texts[:64])
    passes = []
    for _ in range(3):
        started = perf_counter()
        embedder.encode(texts)
        passes.append(len(texts) / (perf_counter() - started))
    single = []
    for question in questions[:500]:
        started = perf_counter()
        embedder.encode([question])
        single.append(1000 * (perf_counter() - started))
    return f"{max(passes):,.0f} passages/s (n={len(texts)}), {median(single):.2f} ms a question (n={len(single)})"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark and print a table, Markdown with --markdown."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.retrieval", description=__doc__.partition("\n")[0] if __doc__ else ""
    )
    parser.add_argument("files", nargs="*", type=Path, help="question sets of your own")
    parser.add_argument(
        "--data", type=Path, help="folder with questions/ and train/news_zh.jsonl.gz, for the standard sets"
    )
    parser.add_argument("--embedding", default=SHIPPED_MODEL, help="another sentence-transformers model, folder or id")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    options = parser.parse_args(argv)
    console = Console(width=None if sys.stdout.isatty() else 140)
    try:
        embedder = load_embedder(options.embedding)
        sets: list[tuple[QuestionSet, list[str]]] = [(read_set(path), []) for path in options.files]
        if options.data:
            noise = distractors(options.data)
            folder = options.data / "questions"
            for name in ("drcd_test.json", "cmrc2018_trial.json", "ntrex_zh_en.jsonl"):
                sets.append((read_set(folder / name), []))
                if name != "ntrex_zh_en.jsonl":
                    sets.append((sets[-1][0], noise))
    except (SetError, IndexingError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if not sets:
        parser.error("found no question sets, expected --data DIR or files")
    table = Table("set", "search", *METRICS)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        for one, noise in bar.track(sets):
            ranked = rank(embedder, one, noise)
            name = f"{one.name}{' + ' + format(len(noise), ',') if noise else ''}, n={len(one.questions)}"
            for search in ("dense", "bm25", "fused"):
                table.add_row(name, search, *cells(getattr(ranked, search)))
    if options.markdown:
        rows = zip(*(column.cells for column in table.columns), strict=True)
        print("| set | search | " + " | ".join(METRICS) + " |\n|" + " --- |" * 6)
        for row in rows:
            print("| " + " | ".join(map(str, row)) + " |")
    else:
        console.print(table)
    print(speed(embedder, [fold(p) for p in sets[0][0].passages], sets[0][0].questions))
    return 0


if __name__ == "__main__":
    sys.exit(main())
