"""Premises: a direction, a rank or an amount that the source states otherwise is called so, and a sound one is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.extractive.amounts import amounts_differ, bounded


@pytest.mark.parametrize(
    "question",
    [
        "制造业占GDP的比重为什么一直上升？",
        "Why did manufacturing's share of GDP rise between 2011 and 2020?",
        "武汉有110条标准数字化产线，没错吧？",
        "我国制造业处在第一梯队，这得益于什么？",
        "2011年制造业占比是26.29%吗",
        "制造业占比连续8年下降，对吗？",
        "高技术制造业投资占比不到46%吗？",
        "为什么我国制造业占国内生产总值的比重在2011年到2020年间一直上升？",
        "论文说22项制造业里超过一半都在中高端，这是怎么做到的？",
        "Why is an excellent corporate culture so common in Chinese manufacturing firms?",
        "武汉2020年规上工业增加值比上一年涨了6.9%，这说明企业哪些方面做得好？",
        "Why does the paper say that research on open innovation started earlier in China than elsewhere?",
    ],
)
def test_a_false_premise_is_denied(paper: Assistant, question: str) -> None:
    answer = paper.ask(question)
    assert not answer.abstained
    assert answer.notices


@pytest.mark.parametrize(
    "question",
    [
        "制造业占GDP的比重为什么下降？",
        "武汉有101条标准数字化产线，没错吧？",
        "Is China in the third tier?",
        "高技术制造业投资占比是否超过40%？",
        "2020年制造业占比低于30%吗？",
        "武汉有100多条数字化产线吗？",
    ],
)
def test_a_sound_premise_is_not(paper: Assistant, question: str) -> None:
    assert not paper.ask(question).notices


@pytest.mark.parametrize(
    ("asked", "stated", "differ"),
    [
        ("may staff work 40 hours a week", "staff may not work more than 48 hours a week", False),
        ("may staff work 50 hours a week", "staff may not work more than 48 hours a week", True),
        ("罚五百元对吗", "处二百元以上一千元以下罚款", False),
        ("份额是10%以上，对吗", "份额占百分之三十以上", True),
        ("employees get $100 a month", "a monthly allowance of $50", True),
        ("2011年占比是26%吗", "2011年的32%降到2020年的26%", True),
        ("2020年占比是26%吗", "2011年的32%降到2020年的26%", False),
    ],
)
def test_an_amount_is_held_against_the_bound_and_the_year_it_is_stated_with(
    asked: str, stated: str, differ: bool
) -> None:
    assert amounts_differ(bounded(asked), bounded(stated)) == differ


@given(
    st.text(alphabet="0123456789.,%元年个天至少超过以上 $half一半most of百分之三十", max_size=60), st.text(max_size=60)
)
def test_any_two_texts_can_be_compared(asked: str, stated: str) -> None:
    assert isinstance(amounts_differ(bounded(asked), bounded(stated + asked)), bool)


def test_the_number_of_a_section_is_no_amount() -> None:
    assert not amounts_differ("5天吗", "见4.4.1天数")
