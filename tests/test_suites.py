"""The suites hold what they claim: gold quotes stand verbatim in their documents, both splits test every expectation.
Whether a question is a good one is for readers."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from eval.suites import Case, Suite, SuiteError, load_suite
from index.analysis import fold
from index.documents import Document, read_document

ROOT = Path(__file__).parent.parent
SUITES = sorted((ROOT / "eval" / "suites").glob("*.jsonl"))
SHIPPED = (ROOT / "index" / "corpus" / "dual-circulation.md",)

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


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def numbers_at(document: Document, quote: str) -> set[str]:
    """The numbers and headings of every section that holds the quote, at any of its occurrences."""
    kept = [place for place, character in enumerate(document.text) if not character.isspace()]
    text, wanted = "".join(document.text[place] for place in kept), squeeze(quote)
    places = [kept[match.start()] for match in re.finditer(re.escape(wanted), text)]
    around = [s for place in places for s in document.sections if s.start <= place < s.end]
    return {name for section in around for name in (section.number, section.title) if name}


@pytest.fixture(scope="module", params=SUITES, ids=lambda path: path.stem)
def suite(request: pytest.FixtureRequest) -> Suite:
    return load_suite(request.param)


@pytest.fixture(scope="module")
def documents(suite: Suite) -> dict[str, Document]:
    return {document.id: document for document in map(read_document, suite.documents or SHIPPED)}


def test_gold_quotes_are_verbatim(suite: Suite, documents: dict[str, Document]) -> None:
    texts = {name: squeeze(document.text) for name, document in documents.items()}
    lost = [
        f"{case.id}: {wording}"
        for case in suite.cases
        for gold in case.gold
        for wording in gold.wordings
        if squeeze(wording) not in texts[gold.document]
    ]
    assert not lost


def test_required_quotes_stand_in_the_sections_that_are_accepted(suite: Suite, documents: dict[str, Document]) -> None:
    def misplaced(case: Case) -> bool:
        found: set[str] = set()
        for gold in case.gold:
            if gold.required:
                found |= numbers_at(documents[gold.document], gold.quote)
        return not any(name == wanted or name.startswith(wanted + ".") for name in found for wanted in case.sections)

    assert not [case.id for case in suite.cases if case.answerable and misplaced(case)]


def test_accepted_sections_exist(suite: Suite, documents: dict[str, Document]) -> None:
    names = {name for d in documents.values() for s in d.sections for name in (s.number, s.title)}
    assert not [(case.id, name) for case in suite.cases for name in case.sections if name not in names]


def test_each_answerable_case_requires_some_evidence(suite: Suite) -> None:
    assert not [case.id for case in suite.cases if case.answerable and not any(gold.required for gold in case.gold)]


def test_gold_evidence_alone_holds_every_nugget_but_numbers(suite: Suite) -> None:
    """A nugget that no gold wording holds could never be reached by a verbatim answer."""
    lost = [
        f"{case.id}: {nugget.any}"
        for case in suite.cases
        for nugget in case.nuggets
        if nugget.any
        and not any(
            squeeze(fold(wording)) in squeeze(fold(held))
            for gold in case.gold
            for held in gold.wordings
            for wording in nugget.any
        )
    ]
    assert not lost


def test_no_question_is_asked_twice(suite: Suite) -> None:
    asked = Counter((squeeze(fold(case.question)), case.history) for case in suite.cases)
    assert not [question for question, times in asked.items() if times > 1]


def test_both_splits_have_every_expectation_and_language(suite: Suite) -> None:
    def covered(split: str) -> set[tuple[str, str]]:
        return {(case.expect, case.language) for case in suite.cases if case.split == split}

    # False premises are few: each split has some, if not in each language.
    dev, test = ({(e, "" if e == "conflict" else lang) for e, lang in covered(split)} for split in ("dev", "test"))
    assert dev == test
    assert {"answer", "abstain"} <= {expect for expect, _ in dev}


def test_paraphrases_share_a_split(suite: Suite) -> None:
    splits: dict[str, set[str]] = {}
    for case in suite.cases:
        splits.setdefault(case.cluster, set()).add(case.split)
    assert not [group for group, found in splits.items() if len(found) > 1]


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
        ([HEADER, CASE | {"gold": []}], 'found expect "answer" alone, expected gold, sections and nuggets too'),
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
