"""Sides: what must not be is told by the sentences that say so, not by every chapter."""

import pytest
from conftest import over

from assistant import Assistant

HANDBOOK = """# Library Staff Handbook

## Working hours

Full-time staff work 37 hours a week.

## Leave

Full-time staff have 26 days of annual leave.

## Conduct

Staff must not accept gifts worth more than £20. Eating at the desks is not allowed.
"""


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("handbook"), "handbook", HANDBOOK)


@pytest.mark.parametrize(
    "question", ["List everything staff must not do", "What are staff not allowed to do?", "What must staff not do?"]
)
def test_what_must_not_be_is_no_list_of_all_chapters(handbook: Assistant, question: str) -> None:
    answer = handbook.ask(question)
    assert "must not accept gifts" in answer.text
    assert "37 hours" not in answer.text
    assert "26 days" not in answer.text


def test_what_must_not_be_is_refused_where_nothing_is_forbidden(tmp_path_factory: pytest.TempPathFactory) -> None:
    mild = (
        HANDBOOK[: HANDBOOK.index("## Conduct")]
        + "## Conduct\n\nStaff should be polite to readers. 员工应当礼貌待人。\n"
    )
    assistant = over(tmp_path_factory.mktemp("mild"), "mild", mild)
    for question in ("What must staff not do?", "What is prohibited?", "员工不得做什么？"):
        assert assistant.ask(question).abstained, question


def test_what_is_not_allowed_is_told_in_those_words_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    eating = HANDBOOK.replace("Staff must not accept gifts worth more than £20. ", "")
    assistant = over(tmp_path_factory.mktemp("eating"), "eating", eating)
    assert "Eating at the desks" in assistant.ask("What is not allowed at the desks?").text


def test_how_a_risk_is_made_less_is_told_by_what_makes_it_less(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = (
        "# 陶艺馆\n\n学员过度依赖窑炉的风险导致课程受阻。\n\n"
        "陶艺馆轮流开放窑炉，降低学员依赖窑炉的风险。\n\n窑炉每周清理一次。\n"
    )
    studio = over(tmp_path_factory.mktemp("risk"), "risk", text)
    assert "轮流开放" in studio.ask("陶艺馆怎么降低学员依赖窑炉的风险？").text
    assert "受阻" in studio.ask("学员依赖窑炉有什么风险？").text
