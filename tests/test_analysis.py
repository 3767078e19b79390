"""Analysis: scripts, widths and numerals that readers take for the same are the same terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import asking_removed, fold, language_of, query_terms, terms


def test_traditional_and_simplified_give_the_same_terms() -> None:
    assert terms("製造業企業開放式創新") == terms("制造业企业开放式创新")


def test_width_and_case_do_not_matter() -> None:
    assert terms("ＧＤＰ　２０２０") == terms("gdp 2020")


def test_english_words_are_stemmed() -> None:
    assert terms("recommendations") == terms("recommendation")


def test_chinese_gives_characters_and_pairs() -> None:
    assert terms("开放式") == ["开", "放", "式", "开放", "放式"]


def test_questions_lose_the_words_that_only_ask() -> None:
    assert query_terms("企业文化是什么？") == terms("企业文化")
    assert query_terms("What are the recommendations?") == ["recommend"]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("请问如何申请许可？", "申请许可"),  # 请 asks, 申请 does not
        ("请假要提前几天？", "请假要提前"),
        ("目的是什么", "目的"),
        ("社会工作者的待遇", "社会工作者待遇"),
        ("许多大型企业", "许多大型企业"),
        ("毕业论文多长？", "毕业论文"),
        ("这篇论文的作者认为应当怎么创新？", "应当创新"),
    ],
)
def test_a_word_that_asks_stays_where_it_is_part_of_another(question: str, left: str) -> None:
    assert "".join(asking_removed(fold(question)).split()).rstrip("?") == left


def test_a_question_of_asking_words_alone_keeps_something() -> None:
    assert query_terms("什么？")
    assert query_terms("why")


def test_language_goes_by_what_carries_the_text() -> None:
    assert language_of("GDP 占比是多少") == "zh"
    assert language_of("What does 双循环 mean in this paper?") == "en"
    assert language_of("") == "en"


@given(st.text())
def test_any_text_can_be_analysed(text: str) -> None:
    assert isinstance(fold(text), str)
    assert all(terms(text)) or terms(text) == []


@pytest.mark.parametrize(
    ("forms", "word"), [("paid", "pay"), ("heard", "hears"), ("children", "child"), ("withdrew withdrawn", "withdraw")]
)
def test_irregular_english_forms_are_what_they_are_forms_of(forms: str, word: str) -> None:
    assert set(terms(forms)) == set(terms(word))


def test_forms_that_are_words_of_their_own_stay() -> None:
    assert terms("founded a fund on the left") != terms("find a fund on the leave")
