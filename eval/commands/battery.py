"""`assistant eval battery`: what share of turned sentences the check catches, and of faithful ones it doubts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from eval.battery.battery import Result
    from eval.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "battery",
        help="how many false claims the support check catches, and how many true ones it doubts",
        description=(
            "Change one thing in each sentence of the shipped documents, and reword each faithfully; print what the check "
            "says. Example: assistant eval battery --files laws.jsonl.gz"
        ),
    )
    parser.add_argument("--files", type=Path, nargs="+", default=[], metavar="FILE",
                        help='further texts: documents, or JSON lines with "passages", or with "en" and "zh"')  # fmt: skip
    parser.add_argument("--limit", type=int, default=1000, help="most lines read of a JSON lines file (default: 1000)")
    parser.add_argument(
        "--split", choices=("dev", "test", "all"), default="dev", help="which half of the texts (default: dev)"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the random choices (default: 0)")
    parser.add_argument("--crossing", action="store_true", help="claims against sources in the other language instead")
    parser.add_argument("--embedding", action="store_true", help="let the check use the shipped embedding model")
    parser.add_argument(
        "--misses", type=int, default=0, metavar="N", help="show N of the claims that were judged wrongly"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every claim that was judged wrongly there")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Put the trials to the check and print the table."""
    from rich.console import Console
    from rich.progress import Progress

    from eval.battery.battery import crossing_trials, put, trials
    from eval.battery.texts import read_texts, shipped_texts
    from index.embeddings import load_embedder

    texts = [*shipped_texts(), *read_texts(arguments.files, arguments.limit)]
    make = crossing_trials if arguments.crossing else trials
    tried = list(make(texts, arguments.split, arguments.seed))
    embedder = load_embedder() if arguments.embedding else None
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("battery", total=len(tried))
        results = put(iter(tried), embedder, lambda done: bar.update(task, completed=done))
    out = Console(width=None if sys.stdout.isatty() else 110)
    out.print(table(results, f"support check, {arguments.split}, seed {arguments.seed}"))
    wrong = [result for result in results if result.wrong]
    for result in wrong[:: max(1, len(wrong) // (arguments.misses or 1))][: arguments.misses]:
        print(json.dumps(as_json(result), ensure_ascii=False, indent=1))
    if arguments.json:
        arguments.json.write_text("".join(json.dumps(as_json(r), ensure_ascii=False) + "\n" for r in wrong), "utf-8")
    return 0


def table(results: Sequence[Result], title: str) -> Table:
    """Kind by language: n and the share caught of turned claims, then n and the share doubted of faithful ones."""
    from rich.table import Table

    from eval.battery.battery import rates

    made = Table(title=title)
    for heading in ("", "claim", "zh", "n", "en", "n"):
        made.add_column(heading, justify="right" if heading in ("zh", "en", "n") else "left")
    for turned, name in ((True, "caught"), (False, "false alarms")):
        for kind, values in rates(results, turned).items():
            cells = []
            for language in ("zh", "en"):
                one = values.get(language)
                share = f"{100 * one.mean:.1f} % ({100 * one.low:.0f}–{100 * one.high:.0f})" if one else "–"
                cells += [share, str(one.n) if one else "–"]
            made.add_row(name, kind, *cells, end_section=kind == "all")
    return made


def as_json(result: Result) -> dict[str, object]:
    """A trial with the check's word on it."""
    trial, support = result.trial, result.support
    return {
        "kind": trial.kind,
        "turned": trial.turned,
        "language": trial.language,
        "sentence": trial.sentence,
        "claim": trial.claim,
        "verdict": support.verdict,
        "score": support.score,
        "reasons": support.reasons,
    }
