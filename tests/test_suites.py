"""Suites are read line by line, and those shipped test every expectation in both splits (their quotes: test_lint)."""

import json
from pathlib import Path

import pytest

from eval.suites import Suite, SuiteError, load_suite

ROOT = Path(__file__).parent.parent
SUITES = sorted((ROOT / "eval" / "suites").glob("*.jsonl"))

HEADER = {"schema": 1, "suite": "tiny", "documents": ["a.md"]}
CASE = {
    "schema": 1,
    "id": "a",
    "question": "How long?",
    "language": "en",
    "split": "dev",
    "kind": "fact",
    "expect": "answer",
    "gold": [{"quote": "two days", "document": "a"}],
    "sections": ["1"],
    "nuggets": [{"any": ["two days"]}],
}


@pytest.fixture(scope="module", params=SUITES, ids=lambda path: path.stem)
def suite(request: pytest.FixtureRequest) -> Suite:
    return load_suite(request.param)


# Suites that are for development alone.
DEVELOPMENT = {
    "guests-paper",
    "guests-others",
    "callers-paper",
    "callers-others",
    "letters-paper",
    "judges-paper",
    "judges-english",
    "judges-chinese",
    "panel-paper",
    "sections-paper",
    "users-others",
    "strangers-paper",
    "strangers-english",
    "strangers-chinese",
}


# Suites of questions that their documents do not answer.
REFUSED = {"elsewhere-chinese", "elsewhere-english"}


def test_both_splits_have_every_expectation_and_language(suite: Suite) -> None:
    def covered(split: str) -> set[tuple[str, str]]:
        return {(case.expect, case.language) for case in suite.cases if case.split == split}

    # False premises are few: each split has some, if not in each language.
    dev, test = ({(e, "" if e == "conflict" else lang) for e, lang in covered(split)} for split in ("dev", "test"))
    assert test == (set() if suite.name in DEVELOPMENT else dev)
    assert ({"abstain"} if suite.name in REFUSED else {"answer", "abstain"}) <= {expect for expect, _ in dev}


def test_paper_suite_has_every_kind_in_both_languages_and_splits() -> None:
    cases = load_suite(ROOT / "eval" / "suites" / "paper.jsonl").cases
    kinds = {case.kind for case in cases}
    found = {(case.kind, case.language, case.split) for case in cases}
    assert len(cases) >= 170
    assert found == {
        (kind, language, split) for kind in kinds for language in ("zh", "en") for split in ("dev", "test")
    }


def write(path: Path, *lines: object) -> Path:
    file = path / "tiny.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return file


def test_documents_are_relative_to_the_suite(tmp_path: Path) -> None:
    suite = load_suite(write(tmp_path, HEADER, CASE))
    assert suite.documents == (tmp_path / "a.md",)
    assert suite.select("dev") == suite.select("all") == suite.cases
    assert suite.select("test") == ()


def test_shipped_corpus_has_no_documents_of_its_own(tmp_path: Path) -> None:
    assert load_suite(write(tmp_path, HEADER | {"documents": "shipped"}, CASE)).documents is None


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([], "tiny.jsonl: found an empty file, expected a header line and cases"),
        ([HEADER], "found a header and no cases, expected at least one case"),
        ([CASE], r"tiny.jsonl:1: suite: found .* Field required"),
        ([HEADER, "{"], r"tiny.jsonl:2: the line: found '{'.* Invalid JSON"),
        ([HEADER, CASE | {"split": "train"}], r"tiny.jsonl:2: split: found 'train', expected .*'dev' or 'test'"),
        ([HEADER, CASE | {"schema": 2}], r"tiny.jsonl:2: schema: found 2, expected .* 1"),
        ([HEADER, CASE | {"answer": "x"}], r"tiny.jsonl:2: answer: found 'x'"),
        ([HEADER, "", CASE, CASE], r"tiny.jsonl:4: id: found 'a' again, expected it once \(line 3\)"),
        ([HEADER, CASE | {"gold": []}], 'found expect "answer" alone, expected gold too'),
        (
            [HEADER, CASE | {"gold": [{"quote": "q", "document": "a", "required": False}]}],
            "found none that is required",
        ),
        ([HEADER, CASE | {"expect": "abstain"}], 'found evidence beside expect "abstain", expected none'),
        ([HEADER, CASE | {"nuggets": [{}]}], "nuggets: found an empty one, expected wordings or numbers"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, lines: list[object], says: str) -> None:
    with pytest.raises(SuiteError, match=says):
        load_suite(write(tmp_path, *lines))


def test_a_missing_suite_is_named(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="found no such file"):
        load_suite(tmp_path / "none.jsonl")
