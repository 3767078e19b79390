"""Running and reporting, over a fake assistant that answers by rule. Scores themselves are in test_metrics.py."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from eval import cli
from eval.causes import complaints, failing
from eval.metrics.registry import METRICS
from eval.report.exports import as_json
from eval.report.summary import rows
from eval.report.terminal import failures, table
from eval.runner import run
from eval.runs import Provenance, Run
from eval.suites import Case, Gold, Nugget, Turn

FACT = "武汉运行着 101 条标准数字化产线。"


@dataclass(frozen=True)
class FakeAnswer:
    text: str
    quotes: tuple[str, ...] = ()
    abstained: bool = False
    kind: str = "fact"

    def to_dict(self) -> dict[str, Any]:
        section = {"number": "3", "path": ["现状"]}
        return {
            "text": self.text,
            "abstained": self.abstained,
            "kind": self.kind,
            "language": "zh",
            "notices": [],
            "citations": [{"quote": q, "document": {"id": "paper"}, "section": section} for q in self.quotes],
        }


@dataclass
class FakeAssistant:
    """Knows one fact; says so to whoever asks for lines, and breaks on the word 'break'."""

    heard: list[tuple[str, list[Mapping[str, str]]]] = field(default_factory=list)

    def ask(
        self, question: str, history: Sequence[Mapping[str, str]] = (), documents: Collection[str] = ()
    ) -> FakeAnswer:
        self.heard.append((question, list(history)))
        if "break" in question:
            raise RuntimeError("no luck")
        if "产线" in question or "lines" in question:
            return FakeAnswer(f"{FACT}[1]", (FACT,))
        return FakeAnswer("文档中没有说明。", abstained=True)


def case(name: str, question: str, *, expect: str = "answer", language: str = "zh", **more: Any) -> Case:
    evidence = {"gold": (Gold(FACT, "paper"),), "sections": ("3",), "nuggets": (Nugget(numbers=("101",)),)}
    values = (evidence if expect == "answer" else {}) | more
    kind = "fact" if expect == "answer" else "unanswerable"
    return Case(1, name, question, language, "dev", kind, expect, **values)  # type: ignore[arg-type]


MADE = Provenance("tiny", "dev", "0", "1", "2", "3", "4", "0.1", "2026-01-01T00:00:00+00:00", cases=5)
CASES = (
    case("right", "有多少产线?", history=(Turn("user", "你好"),)),
    case("refused", "总数?"),
    case("broken", "break"),
    case("answered", "How many lines in Paris?", expect="abstain", language="en"),
    case("abstained", "Who?", expect="abstain", language="en"),
)


def test_every_case_is_kept_errors_too() -> None:
    assistant = FakeAssistant()
    seen: list[tuple[int, int]] = []
    results = run(assistant, CASES, lambda done, total: seen.append((done, total)))
    assert [r.reply.outcome for r in results] == ["answer", "abstain", "error", "answer", "abstain"]
    assert [r.score.right for r in results] == [1, 0, 0, 0, 1]
    assert results[2].error == "RuntimeError: no luck"
    assert seen == [(done, 5) for done in range(1, 6)]
    assert assistant.heard[1] == ("有多少产线?", [{"role": "user", "content": "你好"}])
    assert all(r.seconds >= 0 for r in results)


def test_rows_hold_every_slice_with_its_own_n() -> None:
    found = {row.name: row for row in rows(run(FakeAssistant(), CASES))}
    keys = [metric.key for metric in METRICS]
    assert [(name, row.n) for name, row in found.items()] == [
        ("all", 5),
        ("zh", 3),
        ("en", 2),
        ("no list or summary", 5),
        ("fact", 3),
        ("fact, zh", 3),
        ("unanswerable", 2),
        ("unanswerable, en", 2),
    ]
    cells = dict(zip(keys, found["all"].cells, strict=True))
    assert (cells["false_answer"].mean, cells["false_answer"].n) == (0.5, 2)  # type: ignore[union-attr]
    assert cells["false_refusal"].mean == pytest.approx(2 / 3)  # type: ignore[union-attr]
    assert (cells["citation_precision"].mean, cells["citation_precision"].n) == (1.0, 1)  # type: ignore[union-attr]
    assert dict(zip(keys, found["en"].cells, strict=True))["nugget_recall"] is None


def test_failing_cases_say_why() -> None:
    results = run(FakeAssistant(), CASES)
    assert [r.case.id for r in failing(results)] == ["refused", "broken", "answered"]
    assert list(complaints(results[1])) == ["expected answer, found abstain"]
    assert list(complaints(results[2])) == ["error: RuntimeError: no luck"]
    missing = case(
        "more", "产线", nuggets=(Nugget(any=("82",)),), sections=("5",), gold=(Gold("别的一句话。", "paper"),)
    )
    assert list(complaints(run(FakeAssistant(), [missing])[0])) == [
        "missing nugget: 82",
        "no citation from 5",
        f"cited beside the point: 3 {FACT}",
    ]


def test_the_table_shows_means_intervals_and_counts() -> None:
    results = run(FakeAssistant(), CASES)
    console = Console(width=160, file=StringIO())
    with console.capture() as capture:
        console.print(table(Run(MADE, results)), failures(results))
    text = capture.get()
    assert "refusals" in text
    assert "errors: 1" in text
    assert "RuntimeError: no luck" in text


def test_json_holds_slices_and_cases() -> None:
    values = json.loads(json.dumps(as_json(Run(MADE, run(FakeAssistant(), CASES)))))
    assert (values["provenance"]["suite"], values["complete"], values["n"], values["errors"]) == ("tiny", True, 5, 1)
    assert values["slices"][0]["false_answer"] == pytest.approx(
        {"mean": 0.5, "low": 0.0945, "high": 0.9055, "n": 2}, abs=1e-4
    )
    assert [c["outcome"] for c in values["cases"]] == ["answer", "abstain", "error", "answer", "abstain"]


def test_the_command_needs_a_readable_suite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", str(tmp_path / "none.jsonl")]) == 2
    assert "found no such file" in capsys.readouterr().err


def test_the_application_can_take_the_command_in() -> None:
    import argparse

    parser = argparse.ArgumentParser()
    cli.register(parser.add_subparsers())
    arguments = parser.parse_args(["eval", "run", "suite.jsonl", "--split", "test", "--failures"])
    assert (arguments.suite, arguments.split, arguments.failures) == (Path("suite.jsonl"), "test", True)
    assert arguments.run is cli.run
    assert arguments.execute.__module__ == "eval.commands.run"
