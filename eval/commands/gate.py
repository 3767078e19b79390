"""`assistant eval gate`: whether a run may pass, as an exit code."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.commands import Subparsers

RULES = ".gate.toml"
BASELINE = ".baseline"


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "gate",
        help="hold a run against a baseline and exit with 1 where it is worse",
        description="Hold a run against a baseline. Example: assistant eval gate run.jsonl --baseline "
        "eval/suites/paper.baseline",
        epilog="Exit code: 0 passed, 1 a regression, 2 a file cannot be read, 3 not comparable or too few cases, "
        "4 too many errors.",
    )
    parser.add_argument("run_file", type=Path, metavar="RUN", help="a file that `assistant eval run --out` wrote")
    parser.add_argument("--baseline", type=Path, required=True, metavar="B", help="what `assistant eval bless` wrote")
    parser.add_argument(
        "--rules",
        type=Path,
        metavar="FILE",
        help=f"what is held to (TOML); default: NAME{RULES} beside a baseline NAME{BASELINE}, else that no chief "
        "metric is found worse",
    )
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Print what the gate says, and its reasons."""
    from eval.gates import DEFAULT, Code, decide, read_rules
    from eval.report.terminal import unmatched
    from eval.scorecards import read_scorecard

    path = arguments.rules or _beside(arguments.baseline)
    rules = read_rules(path) if path else DEFAULT
    run = read_scorecard(arguments.run_file)
    decision = decide(run, read_scorecard(arguments.baseline), rules)
    print(f"{decision.code.name.lower().replace('_', ' ')}: {unmatched(decision.comparison)}")
    for reason in decision.reasons:
        print(f"  {reason}")
    if decision.code is Code.NOT_COMPARABLE:
        print(f"  where the change is meant: assistant eval bless {arguments.run_file} --to {arguments.baseline}")
    for name in decision.comparison.broken if decision.code is Code.REGRESSION else ():
        print(f"  newly broken: {name}: {run.cases[name].cause}")
    sys.stdout.flush()
    return int(decision.code)


def _beside(baseline: Path) -> Path | None:
    path = baseline.with_name(baseline.name.removesuffix(BASELINE) + RULES)
    return path if path.is_file() else None
