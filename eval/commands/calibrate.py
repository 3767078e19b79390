"""`assistant eval calibrate`: false answers against false refusals at each floor of the evidence."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from eval.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "calibrate",
        help="false answers against false refusals at each floor, and the floor that balances them",
        description="Ask a suite at each floor of the evidence. Example: assistant eval calibrate eval/suites/paper.jsonl",
    )
    parser.add_argument("suite", type=Path, help="a suite file (JSON lines)")
    parser.add_argument(
        "--split", choices=("dev", "test", "all"), default="dev", help="which cases to ask (default: dev)"
    )
    parser.add_argument("--index", type=Path, help="the index folder to calibrate (default: the suite's own corpus)")
    parser.add_argument("--write", action="store_true", help="store the best floor with the index")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Print the curve of a suite's floors, and on request store the best one with the index."""
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

    from eval.calibration import Floored, best, curve
    from eval.runner import opened
    from eval.suites import SuiteError, load_suite
    from index import store

    suite = load_suite(arguments.suite)
    cases = suite.select(arguments.split)
    if not cases:
        raise SuiteError(f"{arguments.suite}: found no case in split {arguments.split}, expected some; try --split all")
    if arguments.write and arguments.index is None and suite.documents is not None:
        raise SuiteError(
            "--write: found no index to store the floor with, expected --index DIR over the suite's documents"
        )
    with opened(suite, arguments.index) as assistant, Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("floors")
        points = curve(
            cast(Floored, assistant),
            cases,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    chosen = best(points)
    if arguments.write:
        store.calibrate(arguments.index or store.SHIPPED_INDEX, {"floor": chosen.floor})
    table = Table("floor", "false answers zh", "false answers en", "false refusals zh", "false refusals en", "mean")
    for point in points:
        rates = (*point.false_answers.values(), *point.false_refusals.values())
        mark = " ←" if point is chosen else ""
        table.add_row(f"{point.floor:.2f}{mark}", *map(str, rates), f"{100 * point.balanced_error:.1f} %")
    Console(width=None if sys.stdout.isatty() else 150).print(table)
    print(f"{suite.name}, {arguments.split}: best floor {chosen.floor:.2f}" + (", stored" if arguments.write else ""))
    return 0
