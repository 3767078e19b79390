"""`assistant eval baselines`: the same suite answered without thinking, beside the assistant."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.commands import Subparsers
    from eval.metrics import Score

_SHOWN = {
    "section hit": "section_hit",
    "nugget recall": "nugget_recall",
    "citation recall": "citation_recall",
    "citation precision": "citation_precision",
    "evidence F1": "evidence_f1",
    "false answers": "false_answer",
    "false refusals": "false_refusal",
}


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "baselines",
        help="the same suite answered without thinking, beside the assistant",
        description="Score the assistant beside the best passage by BM25 and by vectors alone, the first passage, no "
        "answer ever, and everything always. Example: assistant eval baselines eval/suites/paper.jsonl --split test",
    )
    parser.add_argument("suite", type=Path, help="a suite file (JSON lines)")
    parser.add_argument(
        "--split", choices=("dev", "test", "all"), default="dev", help="which cases to ask (default: dev)"
    )
    parser.add_argument("--index", type=Path, help="an index folder to ask instead of the suite's own corpus")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Ask each and print a row for it, in percent."""
    from typing import cast

    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

    from assistant import Assistant
    from eval.baselines import baselines
    from eval.runner import Asker, opened, run
    from eval.suites import SuiteError, load_suite

    suite = load_suite(arguments.suite)
    cases = suite.select(arguments.split)
    if not cases:
        raise SuiteError(f"{arguments.suite}: found no case in split {arguments.split}, expected some; try --split all")
    columns = ("answered by", *_SHOWN, "balanced accuracy", "length")
    table = Table(*columns, title=f"{suite.name}, {arguments.split}, n={len(cases)}")
    with opened(suite, arguments.index) as asker, Progress(console=Console(stderr=True), transient=True) as bar:
        assistant = cast(Assistant, asker)
        askers: list[tuple[str, Asker]] = [("assistant", assistant)]
        askers += [(one.name, one) for one in baselines(assistant.index)]
        for name, one in bar.track(askers, description=suite.name):
            table.add_row(name, *_cells([result.score for result in run(one, cases)]))
    if arguments.markdown:
        print("| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns))
        for row in zip(*(column.cells for column in table.columns), strict=True):
            print("| " + " | ".join(map(str, row)) + " |")
    else:
        Console(width=None if sys.stdout.isatty() else 150).print(table)
    return 0


def _cells(scores: Sequence[Score]) -> list[str]:
    from statistics import mean

    from eval.metrics.refusals import balanced_accuracy

    def values(key: str) -> list[float]:
        return [value for score in scores if (value := getattr(score, key)) is not None]

    balanced = balanced_accuracy(values("false_answer"), values("false_refusal"))
    shares = [mean(found) if (found := values(key)) else None for key in _SHOWN.values()]
    length = f"{mean(values('length')):.0f}" if values("length") else "–"
    return [*(f"{100 * share:.1f}" if share is not None else "–" for share in (*shares, balanced)), length]
