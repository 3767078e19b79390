"""Lint names what is wrong with a suite by its line, and finds nothing wrong with the suites that are shipped."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.lint import lint

SUITES = sorted((Path(__file__).parent.parent / "eval" / "suites").glob("*.jsonl"))
TRAVEL = "# Travel\n\n## 1. Booking\n\nTrains are booked two days ahead.\n\n## 2. Allowance\n\nIt is 45 euros a day.\n"
STAY = "# Stay\n\n## 3. Hotels\n\nHotels are booked two days ahead as well.\n"
GOOD: dict[str, Any] = {
    "schema": 1,
    "id": "a",
    "question": "How far ahead are trains booked?",
    "language": "en",
    "split": "dev",
    "kind": "fact",
    "expect": "answer",
    "gold": [{"quote": "Trains are booked two days ahead.", "document": "travel"}],
    "sections": ["1"],
    "nuggets": [{"any": ["two days"]}],
}
SILENT = {
    "schema": 1,
    "id": "b",
    "question": "Who?",
    "language": "en",
    "split": "dev",
    "kind": "x",
    "expect": "abstain",
}


def found(folder: Path, *cases: dict[str, Any] | str, documents: tuple[str, ...] = ("travel.md",)) -> list[str]:
    """What lint says of a suite over the travel policy, each finding as "line: message"."""
    (folder / "travel.md").write_text(TRAVEL, encoding="utf-8")
    (folder / "stay.md").write_text(STAY, encoding="utf-8")
    lines = [{"schema": 1, "suite": "tiny", "documents": documents}, *cases]
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / "tiny.jsonl").write_text(text, encoding="utf-8")
    return [f"{finding.line}: {finding.message}" for finding in lint(folder / "tiny.jsonl")[1]]


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_shipped_suites_are_clean(path: Path) -> None:
    found = [finding.message.partition(": ")[2] for finding in lint(path)[1]]
    # What is asked of other suites' documents and has no answer there: their suites have what is to be answered.
    refused = path.stem.startswith("elsewhere-")
    assert found == (["refusing everything would be right"] * 2 if refused else [])


def test_a_good_suite_is_clean(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD, SILENT) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"gold": [{"quote": "Trains are free.", "document": "travel"}]}, "quote not in travel: Trains are free."),
        ({"gold": [{"quote": "Trains", "document": "tavel"}]}, "found document 'tavel', expected one of: travel"),
        ({"nuggets": [{"any": ["three days"]}]}, "nugget in no gold quote: three days"),
        ({"sections": ["7"]}, "no document has a section 7"),
        ({"sections": ["2"]}, "gold stands in 1, Booking, Travel, not in 2"),
        ({"documents": ["stay"]}, "found document 'stay', expected one of: travel"),
    ],
)
def test_evidence_that_is_not_there_is_named(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    assert f"2: {says}" in found(tmp_path, GOOD | change, SILENT)


def test_every_unreadable_line_is_named_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    said = found(
        tmp_path, "{", GOOD | {"kind": 3}, GOOD, GOOD | {"sections": ["7"], "id": "c", "question": "?"}, SILENT, GOOD
    )
    assert [line.partition(": ")[0] for line in said] == ["2", "3", "5", "7"]
    assert said[3] == "7: id: found 'a' again, expected it once (line 4)"


def test_a_question_is_asked_once(tmp_path: Path) -> None:
    again = GOOD | {"id": "c", "question": "how far ahead  are TRAINS booked?"}
    assert found(tmp_path, GOOD, again, SILENT) == ["3: asked already in line 2: how far ahead  are TRAINS booked?"]
    assert found(tmp_path, GOOD | {"variants": ["Who?"]}, SILENT) == ["3: asked already in line 2: Who?"]
    assert found(tmp_path, GOOD, again | {"history": [{"role": "user", "content": "Hello"}]}, SILENT) == []


def test_a_group_stays_on_one_side_of_the_split(tmp_path: Path) -> None:
    other = GOOD | {"id": "c", "question": "When?", "split": "test", "group": "g"}
    said = found(
        tmp_path, GOOD | {"group": "g"}, other, SILENT, SILENT | {"id": "d", "split": "test", "question": "What?"}
    )
    assert said == ["3: group 'g' is in dev (line 2) and in test"]


def test_a_split_where_one_answer_to_everything_would_be_right_is_named(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == ['1: dev has no case that expects "abstain": refusing nothing would be right']
    assert found(tmp_path, SILENT) == ['1: dev has no case that expects "answer": refusing everything would be right']


def test_an_answer_that_another_document_would_give_as_well_is_named(tmp_path: Path) -> None:
    both = ("travel.md", "stay.md")
    says = "2: stay, which is not gold, holds every nugget in one passage"
    assert found(tmp_path, GOOD, SILENT, documents=both) == [says]
    assert found(tmp_path, GOOD | {"nuggets": [{"any": ["Trains"]}]}, SILENT, documents=both) == []
    assert found(tmp_path, GOOD | {"documents": ["travel"]}, SILENT, documents=both) == []
