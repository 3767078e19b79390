"""Titles that a paragraph opens with, set in bold: they say what the paragraph is about, and are no answer by themselves."""

from pathlib import Path

import pytest
from conftest import over

from assistant import Assistant, Settings
from index.store import build_index

REPORT = """# Reading rooms

## What works

**The Tarn Valley scheme.** In Tarn Valley a branch may not close before a librarian has spent four days there. The visit is free.

**The travelling shelf.** Two vans bring books to nine villages. Each has a driver who lends.

## Kinds of cards

A home card is for anybody who reads at home, and it allows twelve loans.

A family card is for everybody who shares one home, and it has no limit.

## Words in bold

**Overdue** means kept beyond the day on the slip. **Never** write in a book.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("report"), "report", REPORT)


def test_only_bold_words_that_end_in_a_stop_are_a_title(report: Assistant) -> None:
    document = report.index.documents["report"]
    titles = [document.text[b.start : b.start + b.title] for b in document.blocks if b.title]
    assert titles == ["The Tarn Valley scheme.", "The travelling shelf."]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How does the Tarn Valley scheme work?", "In Tarn Valley a branch may not close"),
        ("What is the travelling shelf?", "Two vans bring books"),
    ],
)
def test_what_stands_below_a_title_is_told(report: Assistant, question: str, told: str) -> None:
    quotes = [c.quote for c in report.ask(question).citations]
    assert any(told in quote for quote in quotes)
    assert not {"The Tarn Valley scheme.", "The travelling shelf."} & set(quotes)


def test_the_sides_of_a_comparison_are_told_where_their_names_stand(report: Assistant) -> None:
    quotes = [c.quote for c in report.ask("What is the difference between a home card and a family card?").citations]
    assert [quote[:12] for quote in quotes] == ["A home card ", "A family car"]


ADVICE = """# Closing the gap

## Recommendations

### To national government

1. **Open one front door.** The Department should merge its programmes.
2. **Pay for advice.** No grant should be paid without a visit.

### To firms

1. **Name an engineer.** Firms should make one person responsible.
"""
RULES = """# Grant rules

## Decisions

Major projects are decided by the Board on the recommendation of the Panel, in brief.
"""


def test_a_title_comes_with_what_it_says_and_whom_advice_is_for_tells_the_document(tmp_path: Path) -> None:
    for name, text in (("advice", ADVICE), ("rules", RULES)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    build_index([tmp_path / "advice.md", tmp_path / "rules.md"], tmp_path / "index")
    assistant = Assistant.open(tmp_path / "index", Settings())
    answer = assistant.ask("Give me the recommendations to national government in brief")
    assert [c.quote for c in answer.citations] == [
        "1. Open one front door. The Department should merge its programmes.",
        "2. Pay for advice. No grant should be paid without a visit.",
    ]
