"""`assistant eval import`: question sets from local files to documents and a suite. Nothing is downloaded."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.commands import Subparsers
    from eval.datasets.sets import QuestionSet

FORMATS = ("squad", "beir", "pairs", "rgb", "nomiracl", "csv")
_EXAMPLES = """examples:
  assistant eval import squad drcd_dev.json --out drcd --withhold 0.5
  assistant eval import beir scifact/ --out scifact --distractors news.jsonl.gz
  assistant eval import csv questions.csv --documents policies/ --out mine
formats:
  squad     SQuAD-style JSON: SQuAD, XQuAD, CMRC 2018, DRCD
  beir      folders with corpus.jsonl, queries.jsonl and qrels/*.tsv
  pairs     JSON lines {"en", "zh"}
  rgb       RGB's JSON lines: each question with a few passages of its own
  nomiracl  NoMIRACL's folder of one language
  csv       your own questions: question, quote, answer, … (docs/suites.md)"""


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "import",
        help="make a suite of a public benchmark or a spreadsheet, from local files",
        description="Make documents and a suite of local files. Nothing is downloaded.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("format", choices=FORMATS, help="the form of the files")
    parser.add_argument("files", nargs="+", type=Path, help="files or folders; several become one suite")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder for documents and suite")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="take N questions, drawn by the seed")
    parser.add_argument("--seed", type=int, default=0, help="seed of everything that is drawn (default: 0)")
    parser.add_argument(
        "--split", choices=("dev", "test"), default="test", help="the split of all cases (default: test)"
    )
    parser.add_argument(
        "--withhold",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="leave this share of the paragraphs out, so that their questions have no answer (0.5: half and half)",
    )
    parser.add_argument("--distractors", type=Path, metavar="FILE", help="paragraphs to mix in: JSON lines, or any set")
    parser.add_argument(
        "--distractor-count", type=int, default=0, metavar="N", help="the first N of them (default: all)"
    )
    parser.add_argument("--licence", default="", help="the set's terms, to be written into the suite")
    parser.add_argument("--passages", type=int, default=5, metavar="N", help="rgb: passages of a question (default: 5)")
    parser.add_argument(
        "--noise", type=float, default=0.4, metavar="SHARE", help="rgb: share of passages that do not answer (0.4)"
    )
    parser.add_argument("--subset", choices=("test", "dev"), default="test", help="nomiracl: which topics (test)")
    parser.add_argument("--documents", nargs="+", type=Path, default=[], help="csv: the documents asked about")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Convert, and say what was written and what was not."""
    from dataclasses import replace

    from eval.datasets.conversion import SUITE, Choice, convert
    from eval.datasets.reading import read_paragraphs
    from eval.datasets.sets import merged

    if arguments.format == "csv":
        return _sheet(arguments, arguments.out / SUITE)
    noise = read_paragraphs(arguments.distractors, arguments.distractor_count) if arguments.distractors else []
    found = merged([_read(arguments, path) for path in arguments.files])
    if arguments.licence:
        found = replace(found, licence=arguments.licence)
    choice = Choice(arguments.withhold, arguments.limit, arguments.seed, arguments.split)
    written = convert(found, arguments.out, choice, noise)
    print(
        f"{written.suite}: questions that the documents answer: {written.answerable}; that they do not: "
        f"{written.unanswerable}; documents: {written.documents}; paragraphs of distraction: {len(noise)}"
    )
    print(f"terms: {found.licence or 'unknown; say them with --licence'}")
    for reason, count in written.left_out.items():
        print(f"left out: {count} ({reason})")
    print(f"next: assistant eval run {written.suite} --split {arguments.split}")
    return 0


def _read(arguments: argparse.Namespace, path: Path) -> QuestionSet:
    from eval.datasets import beir, nomiracl, rgb, squad

    match arguments.format:
        case "squad":
            return squad.read(path)
        case "beir":
            return beir.read(path)
        case "pairs":
            return beir.read_pairs(path)
        case "rgb":
            return rgb.read(path, rgb.Draw(arguments.passages, arguments.noise, arguments.seed))
        case _:
            return nomiracl.read(path, arguments.subset)


def _sheet(arguments: argparse.Namespace, suite: Path) -> int:
    from eval.datasets import sheet
    from eval.datasets.sets import SetError

    if len(arguments.files) != 1 or not arguments.documents:
        raise SetError("csv: expected one file, and --documents with what it asks about")
    count = sheet.convert(arguments.files[0], arguments.documents, suite, arguments.split)
    print(f"{suite}: questions: {count}\nnext: assistant eval lint {suite}")
    return 0
