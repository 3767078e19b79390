"""Designators: one class of things is told from its like, and a class that the documents do not have is refused."""

import pytest
from conftest import over

from assistant import Assistant
from assistant.understanding.designators import designators_in, letters_in

KILNS = """# 窑炉补贴细则

第一条　窑炉分为A类、B类、C类。

第二条　B类窑炉每月补贴300元，C类窑炉每月补贴100元。

第三条　A类窑炉不发补贴。

第四条　C类窑炉的场地租金减半。
"""


@pytest.mark.parametrize(
    ("question", "spelt"),
    [
        ("A类和B类有什么区别", ["A类", "B类"]),
        ("What is due in Band C?", ["Band C"]),
        ("is category b exempt", ["category b"]),
        ("Is Class A exempt?", ["Class A"]),
        ("what class a student needs", []),
        ("Who signs form IG-15?", ["IG-15"]),
        ("COVID-19补助", []),
    ],
)
def test_what_a_question_designates(question: str, spelt: list[str]) -> None:
    assert [name for name, _ in designators_in(question)] == spelt


def test_letters_are_lower_case() -> None:
    assert letters_in("A类、Band C") == ["a", "c"]


@pytest.fixture(scope="module")
def kilns(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("kilns"), "kilns", KILNS)


@pytest.mark.parametrize(
    ("question", "article"),
    [("A类窑炉每月补贴多少钱？", "第三条"), ("How much is the monthly subsidy for category B kilns?", "第二条")],
)
def test_an_amount_is_that_of_the_class_asked_for(kilns: Assistant, question: str, article: str) -> None:
    assert [c.section.number for c in kilns.ask(question).citations] == [article]


def test_a_summary_of_one_class_is_what_is_said_of_it(kilns: Assistant) -> None:
    answer = kilns.ask("C类窑炉的待遇总结一下")
    assert [c.section.number for c in answer.citations] == ["第一条", "第二条", "第四条"]


def test_a_class_that_the_documents_do_not_have_is_refused(kilns: Assistant) -> None:
    answer = kilns.ask("E类窑炉每月补贴多少钱？")
    assert answer.abstained
    assert "E类" in answer.text
