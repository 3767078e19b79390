"""`assistant eval run`: ask every question of a suite and print the scores."""

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
        "run",
        help="ask every question of a suite and print the scores",
        description="Ask a suite's questions and print the scores. Example: assistant eval run eval/suites/paper.jsonl",
        epilog="Exit code: 0 done, 1 some questions raised an error, 2 the suite or the index cannot be used.",
    )
    parser.add_argument("suite", type=Path, help="a suite file (JSON lines)")
    parser.add_argument(
        "--split",
        choices=("dev", "test", "all"),
        default="dev",
        help="which cases to ask; tune on dev only (default: dev)",
    )
    parser.add_argument("--index", type=Path, help="an index folder to ask instead of the suite's own corpus")
    parser.add_argument("--failures", action="store_true", help="list the failing cases with their answers")
    parser.add_argument("--detail", action="store_true", help="show each kind in each language")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the whole run there ('-': to the terminal)")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Run a suite and report on it."""
    from rich.console import Console
    from rich.progress import Progress

    from eval.report import as_json, failures, table
    from eval.runner import opened
    from eval.runner import run as ask_all
    from eval.suites import SuiteError, load_suite

    suite = load_suite(arguments.suite)
    cases = suite.select(arguments.split)
    if not cases:
        raise SuiteError(f"{arguments.suite}: found no case in split {arguments.split}, expected some; try --split all")
    with opened(suite, arguments.index) as assistant, Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(suite.name, total=len(cases))
        results = ask_all(assistant, cases, lambda done, total: bar.update(task, completed=done))
    values = json.dumps(as_json(results, suite.name, arguments.split), ensure_ascii=False, indent=1)
    if arguments.json == Path("-"):
        print(values)
    else:
        if arguments.json:
            arguments.json.write_text(values + "\n", encoding="utf-8")
        out = Console(width=None if sys.stdout.isatty() else 150)  # a pipe has no width of its own
        out.print(table(results, f"{suite.name}, {arguments.split}", detail=arguments.detail))
        if arguments.failures:
            out.print(failures(results), soft_wrap=True)
    return 1 if any(result.error for result in results) else 0
