"""Formulas: what a text says in set words is found in them, whatever words a question has."""

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "Which Chinese city is used as the example?",
        "Which city serves as the case study?",
        "文章以哪座城市为例？",
        "案例城市是哪个",
    ],
)
def test_the_case_that_a_study_takes(paper: Assistant, question: str) -> None:
    (citation,) = paper.ask(question).citations
    assert "以武汉为例" in citation.quote


def test_a_city_that_is_asked_for_otherwise_is_no_case(paper: Assistant) -> None:
    assert all("为例" not in c.quote for c in paper.ask("哪些城市过早去工业化？").citations)


@pytest.mark.parametrize(
    "question",
    [
        "What is the aim of the paper?",
        "What does it actually set out to do?",
        "What are the authors trying to achieve with this study?",
        "这篇文章的思路是啥",
        "本文的研究目的是什么",
        "作者写这篇文章想解决什么问题",
    ],
)
def test_what_a_study_sets_out_to_do(paper: Assistant, question: str) -> None:
    (citation,) = paper.ask(question).citations
    assert citation.quote.startswith("本文通过分析")


def test_what_a_law_is_for_is_no_aim_of_a_study(paper: Assistant) -> None:
    assert not paper.ask("企业文化的作用是什么").citations[0].quote.startswith("本文")
