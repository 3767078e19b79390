"""The `eval` command: `assistant eval run SUITE`, or `python -m eval.cli run SUITE` by itself."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    _Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register(subparsers: _Subparsers) -> None:
    """Add `eval` to the application's commands. Each leaf sets `run`: (arguments) -> exit code."""
    parser = subparsers.add_parser("eval", help="score the assistant on a suite of questions")
    _add_commands(parser.add_subparsers(required=True, metavar="COMMAND"))


def _add_commands(subparsers: _Subparsers) -> None:
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
    parser.set_defaults(run=run)

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
    parser.set_defaults(run=calibrate)


def calibrate(arguments: argparse.Namespace) -> int:
    """Print the curve of a suite's floors, and on request store the best one with the index."""
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

    from eval.calibration import Floored, best, curve
    from eval.runner import opened
    from eval.suites import SuiteError, load_suite
    from index import store
    from index.errors import IndexingError

    try:
        suite = load_suite(arguments.suite)
        cases = suite.select(arguments.split)
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
    except (SuiteError, IndexingError) as error:
        print(error, file=sys.stderr)
        return 2
    table = Table("floor", "false answers zh", "false answers en", "false refusals zh", "false refusals en", "mean")
    for point in points:
        rates = (*point.false_answers.values(), *point.false_refusals.values())
        mark = " ←" if point is chosen else ""
        table.add_row(f"{point.floor:.2f}{mark}", *map(str, rates), f"{100 * point.balanced_error:.1f} %")
    Console(width=None if sys.stdout.isatty() else 150).print(table)
    print(f"{suite.name}, {arguments.split}: best floor {chosen.floor:.2f}" + (", stored" if arguments.write else ""))
    return 0


def run(arguments: argparse.Namespace) -> int:
    """Run a suite and report on it."""
    from rich.console import Console
    from rich.progress import Progress

    from assistant.errors import AssistantError
    from eval.report import as_json, failures, table
    from eval.runner import opened
    from eval.runner import run as ask_all
    from eval.suites import SuiteError, load_suite
    from index.errors import IndexingError

    console = Console(stderr=True)
    try:
        suite = load_suite(arguments.suite)
        cases = suite.select(arguments.split)
        if not cases:
            raise SuiteError(
                f"{arguments.suite}: found no case in split {arguments.split}, expected some; try --split all"
            )
        with opened(suite, arguments.index) as assistant, Progress(console=console, transient=True) as bar:
            task = bar.add_task(suite.name, total=len(cases))
            results = ask_all(assistant, cases, lambda done, total: bar.update(task, completed=done))
    except (SuiteError, AssistantError, IndexingError) as error:
        print(error, file=sys.stderr)
        return 2
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


def main(argv: Sequence[str] | None = None) -> int:
    """The same command by itself."""
    parser = argparse.ArgumentParser(prog="python -m eval.cli")
    _add_commands(parser.add_subparsers(required=True, metavar="COMMAND"))
    arguments = parser.parse_args(argv)
    code: int = arguments.run(arguments)
    return code


if __name__ == "__main__":
    sys.exit(main())
