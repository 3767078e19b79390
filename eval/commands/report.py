"""`assistant eval report`: show a run that was kept."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.commands import Subparsers
    from eval.comparison import Comparison
    from eval.runs import Run

_FORMS = ("html", "json", "csv", "junit", "markdown")


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "report",
        help="show a run: in the terminal, as a page, or as a file for programs",
        description="Show a run. Example: assistant eval report run.jsonl --html run.html",
    )
    parser.add_argument("run_file", type=Path, metavar="RUN", help="a file that `assistant eval run --out` wrote")
    parser.add_argument("--baseline", type=Path, metavar="B", help="a baseline or an earlier run to compare with")
    parser.add_argument("--slices", action="store_true", help="show languages and kinds")
    parser.add_argument("--failures", action="store_true", help="list the failing cases with their answers")
    for form in _FORMS:
        parser.add_argument(f"--{form}", type=Path, metavar="FILE", help=f"write it there as {form} ('-': print it)")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Write the forms that were asked for; without any, print the table."""
    from rich.console import Console

    from eval.comparison import compare
    from eval.report import terminal
    from eval.runs import RunError, load_run
    from eval.scorecards import read_scorecard, scorecard

    run = load_run(arguments.run_file)
    if not run.results:
        raise RunError(f"{arguments.run_file}: found a run without answers, expected some; run it again")
    if not run.complete:
        wanted = run.provenance.cases * run.provenance.repeats
        print(f"{arguments.run_file}: not complete, {len(run.results)} of {wanted}", file=sys.stderr)
    baseline = read_scorecard(arguments.baseline) if arguments.baseline else None
    comparison = compare(baseline, scorecard(run)) if baseline else None
    paths = {form: path for form in _FORMS if (path := getattr(arguments, form))}
    for form, path in paths.items():
        text = _made(form, run, comparison)
        if path == Path("-"):
            sys.stdout.write(text)
        else:
            path.write_text(text, encoding="utf-8", newline="")
    if paths and not (arguments.slices or arguments.failures):
        return 0
    out = Console(width=None if sys.stdout.isatty() else 150)  # a pipe has no width of its own
    out.print(terminal.metrics(run, comparison))
    if comparison:
        out.print("; ".join(comparison.obstacles) or comparison.verdict, "-", terminal.unmatched(comparison))
    if arguments.slices:
        out.print(terminal.table(run, detail=True))
    if arguments.failures:
        out.print(terminal.failures(run.results), soft_wrap=True)
    return 0


def _made(form: str, run: Run, comparison: Comparison | None) -> str:
    from eval.report import exports
    from eval.report.page import as_html

    if form == "html":
        return as_html(run, comparison)
    if form == "json":
        return json.dumps(exports.as_json(run, comparison), ensure_ascii=False, indent=1) + "\n"
    if form == "markdown":
        return exports.as_markdown(run, comparison)
    return exports.as_csv(run) if form == "csv" else exports.as_junit(run)
