"""`assistant eval diff`: whether a second run is better than a first, worse, or not to be told apart."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "diff",
        help="compare two runs, case by case",
        description="Compare two runs over the same cases. Example: assistant eval diff before.jsonl after.jsonl",
        epilog="Exit code: 0 compared, 2 a run cannot be read, 3 not comparable.",
    )
    parser.add_argument("before", type=Path, metavar="A", help="a run or a baseline")
    parser.add_argument("after", type=Path, metavar="B", help="a run or a baseline")
    parser.add_argument("--cases", action="store_true", help="list the cases that broke and those that were mended")
    parser.add_argument("--json", action="store_true", help="print the comparison as JSON")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Print the comparison."""
    from rich.console import Console

    from eval.comparison import compare
    from eval.report.exports import comparison_json
    from eval.report.terminal import compared
    from eval.scorecards import read_scorecard

    before, after = read_scorecard(arguments.before), read_scorecard(arguments.after)
    comparison = compare(before, after)
    if arguments.json:
        print(json.dumps(comparison_json(comparison), ensure_ascii=False, indent=1))
        return 3 if comparison.obstacles else 0
    out = Console(width=None if sys.stdout.isatty() else 150, highlight=False)
    if not comparison.obstacles:
        out.print(compared(comparison))
    for title, names in (("newly broken", comparison.broken), ("mended", comparison.fixed)):
        for name in names if arguments.cases else ():
            out.print(f"{title}: {name} {after.cases[name].cause}".rstrip(), markup=False)
    out.print(": ".join((comparison.verdict, "; ".join(comparison.obstacles))).rstrip(": "), markup=False)
    return 3 if comparison.obstacles else 0
