"""Premises: a direction, a rank or an amount that the source states otherwise is called so, and a sound one is not."""

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "制造业占GDP的比重为什么一直上升？",
        "Why did manufacturing's share of GDP rise between 2011 and 2020?",
        "武汉有110条标准数字化产线，没错吧？",
        "我国制造业处在第一梯队，这得益于什么？",
    ],
)
def test_a_false_premise_is_denied(paper: Assistant, question: str) -> None:
    answer = paper.ask(question)
    assert not answer.abstained
    assert answer.notices


@pytest.mark.parametrize(
    "question", ["制造业占GDP的比重为什么下降？", "武汉有101条标准数字化产线，没错吧？", "Is China in the third tier?"]
)
def test_a_sound_premise_is_not(paper: Assistant, question: str) -> None:
    assert not paper.ask(question).notices
