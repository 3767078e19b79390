"""`assistant eval agreement`: how far the offline answer score agrees with people, on pairs of answers they compared."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.agreement import Correlation
    from eval.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "agreement",
        help="how far the offline answer score agrees with people's labels of answer pairs",
        description="Correlate the difference of two answers' content-token F1 with people's preference. Reads RAGChecker's "
        "human_labeled_data.json where you have it. Example: assistant eval agreement human_labeled_data.json",
    )
    parser.add_argument("labels", type=Path, help="RAGChecker's human_labeled_data.json")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Print Pearson's and Spearman's correlation for each thing that people were asked."""
    from eval.agreement import human_pairs

    for name, (score, longer) in human_pairs(arguments.labels).items():
        print(f"{name}: {_written(score)} (n={score.n} labels); to prefer the longer answer: {_written(longer)}")
    return 0


def _written(found: Correlation) -> str:
    if found.pearson is None:
        return "n.a., one side never varies"
    interval = "" if found.low is None else f" ({found.low:.3f} to {found.high:.3f})"
    return f"Pearson {found.pearson:.3f}{interval}, Spearman {found.spearman:.3f}"
