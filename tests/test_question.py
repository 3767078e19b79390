"""Questions: what is asked for, in both languages, and what in them must be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.question import KINDS, understand
from assistant.understanding.units import section_keys


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("企业层面有哪些建议？", "list"),
        ("What are the seven recommendations?", "list"),
        ("武汉有多少条数字化产线？", "fact"),
        ("How many digital lines does Wuhan run?", "fact"),
        ("什么是开放式创新？", "definition"),
        ("What is open innovation?", "definition"),
        ("为什么企业需要合作？", "why"),
        ("Why do firms cooperate?", "why"),
        ("企业应该如何建设文化？", "how"),
        ("How can firms build a culture?", "how"),
        ("开放式创新和封闭式创新有什么区别？", "comparison"),
        ("What is the difference between open and closed innovation?", "comparison"),
        ("总结一下这篇论文", "summary"),
        ("Summarise the paper", "summary"),
        ("第5.1节讲了什么？", "section"),
        ("What does Article 12 say?", "section"),
        ("文献[3]支持什么观点？", "reference"),
        ("What does reference 3 support?", "reference"),
    ],
)
def test_the_kind_of_a_question(text: str, kind: str) -> None:
    assert understand(text).kind == kind


def test_numbered_units_are_read_as_spoken() -> None:
    assert understand("二点一那节讲什么").units == ("2.1",)
    assert understand("What is in chapter two?").units == understand("第二章讲了什么").units


def test_numbered_units_have_one_key() -> None:
    assert understand("第十二条规定了什么").units == understand("第12条规定了什么").units == ("第12条",)
    assert understand("What does Article 12 say?").units == ("第12条",)
    assert "第12条" in section_keys("第十二条")
    assert "第4章" in section_keys("4")
    assert "5.1" in section_keys("5.1")


def test_years_and_amounts_are_told_apart() -> None:
    question = understand("2020年有101条产线吗")
    assert question.years == ("2020",)
    assert set(question.numbers) == {"2020", "101"}


def test_the_sides_of_a_comparison() -> None:
    assert understand("开放式创新和封闭式创新有什么区别？").sides == ("开放式创新", "封闭式创新")


@given(st.text())
def test_any_text_is_understood(text: str) -> None:
    assert understand(text).kind in KINDS
