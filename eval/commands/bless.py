"""`assistant eval bless`: make a run the baseline that later ones are held against."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "bless",
        help="make a run the baseline that `gate` holds later ones against",
        description="Write the scores of a run as a baseline, to be committed. "
        "Example: assistant eval bless run.jsonl --to eval/suites/paper.baseline",
    )
    parser.add_argument("run_file", type=Path, metavar="RUN", help="a file that `assistant eval run --out` wrote")
    parser.add_argument("--to", type=Path, required=True, metavar="B", help="the baseline to write")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Write the baseline of a run that is whole."""
    from eval.runs import RunError, load_run
    from eval.scorecards import scorecard, write_baseline

    run = load_run(arguments.run_file)
    if not run.complete:
        wanted = run.provenance.cases * run.provenance.repeats
        raise RunError(f"{arguments.run_file}: found {len(run.results)} answers, expected {wanted}; let the run finish")
    card = scorecard(run)
    if card.errors:
        raise RunError(f"{arguments.run_file}: found {card.errors} errors, expected none; run it with --retry-errors")
    write_baseline(card, arguments.to)
    print(f"{arguments.to}: {len(card.cases)} cases of {run.provenance.suite}, {run.provenance.split}")
    return 0
