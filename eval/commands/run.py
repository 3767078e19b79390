"""`assistant eval run`: ask every question of a suite and print the scores."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from assistant import Assistant
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
    parser.add_argument("--url", help="ask the server at this address instead of an assistant in this process")
    parser.add_argument(
        "--out", type=Path, metavar="RUN", help="keep the run in this file; a run that was stopped goes on there"
    )
    parser.add_argument("--fresh", action="store_true", help="begin the run in --out again")
    parser.add_argument("--retry-errors", action="store_true", help="ask again what raised an error before")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="ask each question N times (default: 1)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="questions asked at a time (default: 1)")
    parser.add_argument(
        "--variants",
        action="store_true",
        help="ask every written variant of a question too, and the Chinese ones in Traditional characters",
    )
    parser.add_argument("--failures", action="store_true", help="list the failing cases with their answers")
    parser.add_argument("--detail", action="store_true", help="show each kind in each language")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the scores there ('-': to the terminal)")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Run a suite and report on it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from eval.remote import Remote, connected
    from eval.report.exports import as_json
    from eval.report.terminal import failures, table
    from eval.runner import opened
    from eval.runner import run as ask_all
    from eval.runs import Run, RunFile, maker, provenance
    from eval.suites import SuiteError, load_suite
    from eval.variants import with_variants

    if arguments.repeat < 1 or arguments.jobs < 1:
        raise SuiteError("--repeat and --jobs: expected 1 or more")
    suite = load_suite(arguments.suite)
    cases = suite.select(arguments.split)
    if not cases:
        raise SuiteError(f"{arguments.suite}: found no case in split {arguments.split}, expected some; try --split all")
    if arguments.variants:
        cases = with_variants(cases)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        connected(arguments.url) if arguments.url else opened(suite, arguments.index) as assistant,
        Progress(*columns, console=Console(stderr=True), transient=True) as bar,
    ):
        by = assistant.maker() if isinstance(assistant, Remote) else maker(cast("Assistant", assistant))
        made = provenance(suite, arguments.split, cases, by, arguments.repeat)
        file = RunFile(arguments.out) if arguments.out else None
        if file and arguments.fresh:
            file.path.unlink(missing_ok=True)
        earlier = file.start(made) if file else ()
        task = bar.add_task(suite.name, total=len(cases) * arguments.repeat)
        results = ask_all(
            assistant,
            cases,
            lambda done, total: bar.update(task, completed=done),
            jobs=arguments.jobs,
            repeats=arguments.repeat,
            earlier=[one for one in earlier if not (one.error and arguments.retry_errors)],
            keep=file.append if file else lambda result: None,
        )
    run = Run(made, results)
    if arguments.json == Path("-"):
        print(json.dumps(as_json(run), ensure_ascii=False, indent=1))
    else:
        if arguments.json:
            arguments.json.write_text(json.dumps(as_json(run), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        out = Console(width=None if sys.stdout.isatty() else 150)  # a pipe has no width of its own
        out.print(table(run, detail=arguments.detail))
        if arguments.failures:
            out.print(failures(results), soft_wrap=True)
    return 1 if any(result.error for result in results) else 0
