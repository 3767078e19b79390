"""`assistant eval export`: a run in the form of ragas or DeepEval, and on demand their own scores of it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.commands import Subparsers

TOOLS = ("ragas", "deepeval")


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "export",
        help="a run in the form of ragas or DeepEval, and their scores of it",
        description="Write a run's answers as another tool reads them. Example: assistant eval export ragas run.jsonl --out ragas.jsonl",
        epilog="With --model, the tool (extras ragas and deepeval) scores them itself: answers and passages go to that model.",
    )
    parser.add_argument("tool", choices=TOOLS, help="whose form")
    parser.add_argument("run_file", type=Path, metavar="RUN", help="a run kept by `assistant eval run --out`")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write JSON lines there")
    parser.add_argument(
        "--model", metavar="NAME", help="have the tool score with this chat model: openai:NAME, ollama:NAME"
    )
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Write the rows, score them, or both."""
    import json
    from statistics import mean

    from eval.adapters import deepeval, ragas
    from eval.adapters.samples import samples
    from eval.errors import EvaluationError
    from eval.judge import open_judge
    from eval.runs import load_run

    if not (arguments.out or arguments.model):
        raise EvaluationError("found nothing to do, expected --out FILE, --model NAME, or both")
    tool = {"ragas": ragas, "deepeval": deepeval}[arguments.tool]
    found = samples(load_run(arguments.run_file).results)
    if arguments.out:
        rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in tool.rows(found))
        arguments.out.write_text(rows, encoding="utf-8")
        print(f"{arguments.out}: answers: {len(found)}")
    if arguments.model:
        for name, values in tool.score(found, open_judge(arguments.model)).items():
            told = [value for value in values if value is not None]
            shown = f"{100 * mean(told):.1f}" if told else "–"
            print(f"{arguments.tool} {name}: {shown} (n={len(told)}, undetermined {len(values) - len(told)})")
    return 0
