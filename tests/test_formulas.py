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
