"""`assistant eval retrieval`: search alone, over question sets and suites; no answer is made."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.commands import Subparsers
    from eval.datasets.sets import QuestionSet
    from eval.metrics.retrieval import Ranking

# The tail of the news file is kept from training, so that its passages are fair distractors.
_HELD_OUT, _DISTRACTORS = 8000, 20_000
_SETS = ("drcd_test.json", "cmrc2018_trial.json", "ntrex_zh_en.jsonl")


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "retrieval",
        help="search alone: hit@k, recall, MRR and nDCG over question sets and suites",
        description="Search and make no answer. Example: assistant eval retrieval eval/suites/paper.jsonl drcd_dev.json",
        epilog="A set's paragraphs are passages, as published figures have it; a suite's documents are cut as usual, and "
        "its gold quotes say which passages answer. Dense, BM25 and fused scores for sets; the whole search for suites.",
    )
    parser.add_argument(
        "files", nargs="*", type=Path, help="suites, SQuAD-style JSON, BEIR folders, or JSON lines of sentence pairs"
    )
    parser.add_argument(
        "--split", choices=("dev", "test", "all"), default="dev", help="which cases of a suite (default: dev)"
    )
    parser.add_argument(
        "--distractors", type=Path, metavar="FILE", help="paragraphs to search among, beside a set's own"
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder with questions/ and train/, for the standard sets"
    )
    parser.add_argument("--embedding", metavar="MODEL", help="another sentence-transformers model, folder or id")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Search every set and print the table."""
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

    from eval.datasets.reading import is_suite
    from eval.datasets.sets import SetError
    from eval.retrieval import MEASURES, rank_set, speed
    from index.embeddings import SHIPPED_MODEL, load_embedder

    if not (arguments.files or arguments.data):
        raise SetError("found no question sets, expected files or --data DIR")
    model = arguments.embedding or SHIPPED_MODEL
    embedder = load_embedder(model)
    table = Table("set", "search", *MEASURES)
    suites = [path for path in arguments.files if is_suite(path)]
    sets = _sets(arguments)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        for path in bar.track(suites, description="suites"):
            name, rankings = _suite(path, arguments.split, model)
            table.add_row(f"{name}, n={len(rankings)}", "search", *_cells(rankings))
        for one, noise in bar.track(sets, description="sets"):
            ranked = rank_set(embedder, one, noise)
            name = f"{one.name} + {len(noise):,}" if noise else one.name
            for way in ("dense", "bm25", "fused"):
                rankings = getattr(ranked, way)
                table.add_row(f"{name}, n={len(rankings)}", way, *_cells(rankings))
    if arguments.markdown:
        print("| set | search | " + " | ".join(MEASURES) + " |\n|" + " --- |" * (2 + len(MEASURES)))
        for row in zip(*(column.cells for column in table.columns), strict=True):
            print("| " + " | ".join(map(str, row)) + " |")
    else:
        Console(width=None if sys.stdout.isatty() else 160).print(table)
    if sets:
        one, _ = sets[0]
        print("encoding:", speed(embedder, [p.text for p in one.paragraphs], [q.text for q in one.questions]))
    return 0


def _sets(arguments: argparse.Namespace) -> list[tuple[QuestionSet, list[str]]]:
    """The question sets asked for, each with the paragraphs that it is searched among."""
    from eval.datasets.reading import is_suite, read_paragraphs, read_set

    noise = [p.text for p in read_paragraphs(arguments.distractors)] if arguments.distractors else []
    sets = [(read_set(path), noise) for path in arguments.files if not is_suite(path)]
    if arguments.data:
        news = _news(arguments.data / "train" / "news_zh.jsonl.gz")
        for name in _SETS:
            one = read_set(arguments.data / "questions" / name)
            sets += [(one, []), (one, news)] if name.endswith(".json") else [(one, [])]
    return sets


def _suite(path: Path, split: str, model: str | Path) -> tuple[str, list[Ranking]]:
    import tempfile
    from typing import Literal, cast

    from eval.retrieval import rank_suite, searchable
    from eval.suites import SuiteError, load_suite
    from index.store import SHIPPED_CORPUS, PassageIndex, build_index

    suite = load_suite(path)
    cases = searchable(suite.select(cast(Literal["dev", "test", "all"], split)))
    if not cases:
        raise SuiteError(f"{path}: found no case to search for in split {split}, expected some; try --split all")
    with tempfile.TemporaryDirectory(prefix="assistant-eval-") as folder:
        build_index(list(suite.documents or [SHIPPED_CORPUS]), Path(folder), model)
        return f"{suite.name}, {split}", rank_suite(PassageIndex.open(Path(folder)), cases)


def _news(path: Path) -> list[str]:
    from eval.datasets.sets import lines

    articles = list(lines(path))[-_HELD_OUT:]
    return ["".join(passage) for article in articles for passage in article["passages"]][:_DISTRACTORS]


def _cells(rankings: Sequence[Ranking]) -> list[str]:
    """Mean and 95 % bootstrap interval of each measure, in percent."""
    from eval.retrieval import MEASURES
    from eval.statistics import bootstrap

    found = []
    for measure in MEASURES.values():
        interval = bootstrap([measure(r) for r in rankings], [str(i) for i in range(len(rankings))], draws=1000)
        found.append(f"{100 * interval.mean:.1f} ({100 * interval.low:.1f}–{100 * interval.high:.1f})")
    return found
