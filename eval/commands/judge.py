"""`assistant eval judge`: a chat model's verdicts on a run's answers, and how far they are to be trusted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.commands import Subparsers
    from eval.judge import Inquiry, Verdict
    from eval.runner import Result


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "judge",
        help="optional: have a chat model judge a run's answers, and hold it to people's labels",
        description="Ask a chat model whether a run's answers are correct and supported by what they cite. The answers, "
        "and the passages they cite, go to that model. Verdicts are kept beside the run; nothing is asked twice.",
        epilog="example:\n  assistant eval run eval/suites/paper.jsonl --out run.jsonl\n"
        "  assistant eval judge run.jsonl --model openai:gpt-5-mini --dry-run --price 0.25 2\n"
        "  assistant eval judge run.jsonl --model openai:gpt-5-mini --sheet labels.csv\n"
        "  … fill in the column label: yes, partly or no …\n"
        "  assistant eval judge run.jsonl --model openai:gpt-5-mini --labels labels.csv",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("run_file", type=Path, metavar="RUN", help="a run kept by `assistant eval run --out`")
    parser.add_argument(
        "--model", required=True, metavar="NAME", help="the judge, by LangChain's name: openai:NAME, ollama:NAME"
    )
    parser.add_argument("--dry-run", action="store_true", help="ask nothing; say how many calls, tokens and what cost")
    parser.add_argument(
        "--price",
        type=float,
        nargs=2,
        metavar=("IN", "OUT"),
        help="price of a million tokens in and out, for --dry-run",
    )
    parser.add_argument("--jobs", type=int, default=4, metavar="N", help="calls at a time (default: 4)")
    parser.add_argument("--sheet", type=Path, metavar="CSV", help="write the judged answers there, for people to label")
    parser.add_argument("--labels", type=Path, metavar="CSV", help="people's labels: how far does the judge agree?")
    parser.set_defaults(execute=execute)


def execute(arguments: argparse.Namespace) -> int:
    """Ask what is not known yet, and report."""
    from rich.console import Console
    from rich.progress import Progress

    from eval import judge
    from eval.runs import load_run

    results = load_run(arguments.run_file).results
    asked = judge.inquiries(results)
    store = arguments.run_file.with_suffix(".verdicts.jsonl")
    known = judge.load_verdicts(store)
    missing = [one for one in asked if judge.key(arguments.model, one) not in known]
    if arguments.dry_run:
        print(_estimated(missing, len(asked), arguments.price))
        return 0
    undetermined: list[Verdict] = []
    if missing:
        model = judge.open_judge(arguments.model)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(arguments.model, total=len(missing))
            for verdict in judge.ask(model, arguments.model, missing, arguments.jobs):
                judge.keep(store, verdict)
                known[verdict.key] = verdict
                undetermined += [verdict] if verdict.value is None else []
                bar.advance(task)
    verdicts = [known[judge.key(arguments.model, one)] for one in asked]
    if arguments.sheet:
        _write_sheet(arguments.sheet, asked, results)
        print(f"{arguments.sheet}: fill in the column label, and give it back with --labels")
    _report(results, verdicts, arguments.labels)
    for verdict in undetermined[:5]:
        print(f"undetermined: {verdict.case}, {verdict.aspect}: {verdict.reason[:200]}", file=sys.stderr)
    return 1 if undetermined else 0


def _estimated(missing: Sequence[Inquiry], total: int, price: Sequence[float] | None) -> str:
    from eval.judge import estimate

    found = estimate(missing)
    cost = f"about {found.cost(*price):.2f} at these prices" if price else "unknown; give --price IN OUT"
    return (
        f"{found.calls} calls, {total - found.calls} known already; about {found.tokens_in:,} tokens in and "
        f"{found.tokens_out:,} out, without repairs; cost: {cost}"
    )


def _report(results: Sequence[Result], verdicts: Sequence[Verdict], labels: Path | None) -> None:
    """A line for each aspect, its agreement with people, and where judge and metrics differ most."""
    from statistics import mean

    from eval.agreement import LABELS, compared, read_labels
    from eval.judge import ASPECTS

    by_case = {result.case.id: result for result in results}
    said: dict[tuple[str, str], str] = {(one.case, one.aspect): one.verdict for one in verdicts}
    agreed = compared(said, read_labels(labels)) if labels else {}
    for aspect in ASPECTS:
        values = {one.case: one.value for one in verdicts if one.aspect == aspect and one.value is not None}
        lost = sum(one.value is None for one in verdicts if one.aspect == aspect)
        if not values:
            print(f"{aspect}: nothing to say (n=0, undetermined {lost})")
            continue
        found = agreed.get(aspect)
        trust = "judge not calibrated; label some answers (--sheet, --labels)"
        if found:
            kappa = "undefined" if found.kappa is None else f"{found.kappa:.2f}"
            trust = f"agreement with people: kappa {kappa}, {100 * found.observed:.0f} % alike (n={found.n})"
        print(f"{aspect}: {100 * mean(values.values()):.1f} (n={len(values)}, undetermined {lost}); {trust}")
        if found:
            print("  people \\ judge  " + "  ".join(f"{label:>6}" for label in LABELS))
            for label, row in zip(LABELS, found.matrix, strict=True):
                print(f"  {label:>14}  " + "  ".join(f"{count:>6}" for count in row))
        _differences(aspect, values, by_case)


def _differences(aspect: str, values: Mapping[str, float], by_case: Mapping[str, Result]) -> None:
    """The cases where the judge and the metric computed offline differ most."""
    key = {"correct": "nugget_recall", "supported": "citation_validity"}[aspect]
    gaps = [
        (abs(value - metric), name, value, metric)
        for name, value in values.items()
        if (metric := getattr(by_case[name].score, key)) is not None
    ]
    for gap, name, value, metric in sorted(gaps, reverse=True)[:5]:
        if gap >= 0.5:
            print(f"  {name}: judge {value:.1f}, {key.replace('_', ' ')} {metric:.2f}: {by_case[name].case.question}")


def _write_sheet(path: Path, asked: Sequence[Inquiry], results: Sequence[Result]) -> None:
    import csv

    by_case = {result.case.id: result for result in results}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("case", "aspect", "question", "answer", "against", "label"))
        for one in asked:
            result = by_case[one.case]
            gold = [gold.quote for gold in result.case.gold if gold.required]
            against = gold if one.aspect == "correct" else [c.passage or c.quote for c in result.reply.citations]
            texts = (result.case.question, result.reply.text, "\n".join(against))
            writer.writerow((one.case, one.aspect, *map(_inert, texts), ""))


def _inert(text: str) -> str:
    """A text that a spreadsheet takes for no formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
