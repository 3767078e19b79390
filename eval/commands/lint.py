"""`assistant eval lint`: what is wrong with a suite, and what it holds."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.commands import Subparsers
    from eval.suites import Suite

SHOWN = 20


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "lint",
        help="find quotes that are no longer in the documents, questions asked twice, and the like",
        description="Hold suites to their documents. Example: assistant eval lint eval/suites/*.jsonl",
        epilog="Exit code: 0 no error (warnings may remain), 1 errors, 2 a suite or a document cannot be read.",
    )
    parser.add_argument("suites", nargs="+", type=Path, help="suite files (JSON lines)")
    parser.add_argument("--all", action="store_true", help=f"show every finding (default: {SHOWN} of each level)")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Print each finding as file:line, then the counts of the suite."""
    from eval.lint import lint

    errors = 0
    for path in arguments.suites:
        suite, findings = lint(path)
        for level in ("error", "warning"):
            found = [finding for finding in findings if finding.level == level]
            shown = found if arguments.all else found[:SHOWN]
            for finding in shown:
                print(f"{path}:{finding.line}: {level}: {finding.message}")
            if len(found) > len(shown):
                print(f"{path}: … and {len(found) - len(shown)} more {level}s; see them with --all")
            errors += level == "error" and len(found)
        for line in counts(suite):
            print(line)
    return 1 if errors else 0


def counts(suite: Suite) -> list[str]:
    """How many cases a suite has, by language, split, expectation and kind."""
    from collections import Counter

    def told(values: list[str]) -> str:
        return ", ".join(f"{n} {value}" for value, n in Counter(values).most_common())

    cases = suite.cases
    groups = {case.group for case in cases if case.group}
    variants = sum(len(case.variants) for case in cases)
    return [
        f"{suite.name}: {len(cases)} cases: {told([case.language for case in cases])}; {told([case.split for case in cases])}",
        f"  expected: {told([case.expect for case in cases])}",
        f"  kinds: {told([case.kind for case in cases])}",
        f"  {len(groups)} groups of questions that ask the same thing; {variants} written variants",
    ]
