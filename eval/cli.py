"""The `eval` command: `assistant eval run SUITE`, or `python -m eval.cli run SUITE` by itself. See eval/commands/."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from eval.commands import register_all

if TYPE_CHECKING:
    from eval.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    """Add `eval` to the application's commands. Each of its own commands runs through `run`."""
    _fill(subparsers.add_parser("eval", help="score the assistant on a suite of questions"))


def _fill(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=run)
    register_all(parser.add_subparsers(required=True, metavar="COMMAND"))


def run(arguments: argparse.Namespace) -> int:
    """Execute the command that was chosen; an error of ours is one line and exit code 2."""
    from assistant.errors import AssistantError
    from eval.errors import EvaluationError
    from index.errors import IndexingError

    try:
        code: int = arguments.execute(arguments)
    except (EvaluationError, AssistantError, IndexingError) as error:
        print(error, file=sys.stderr)
        return 2
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """The same command by itself."""
    parser = argparse.ArgumentParser(prog="python -m eval.cli")
    _fill(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
