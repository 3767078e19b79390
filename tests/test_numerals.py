"""Numerals: each way of writing a number is one number, and what is no number stays none."""

import pytest

from index.numerals import chinese_number, numbers, ordinals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百二十", 120),
        ("十二", 12),
        ("二十", 20),
        ("三千四百", 3400),
        ("一万零五十", 10050),
        ("二〇二〇", 2020),
        ("两亿", 2 * 10**8),
    ],
)
def test_chinese_numerals_have_their_value(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize("text", ["", "十四五", "一带", "百千", "企业"])
def test_other_words_are_no_number(text: str) -> None:
    assert chinese_number(text) is None


def test_numbers_of_a_text_are_plain() -> None:
    assert numbers("3,400余家, 32.0%, 一百二十条, 一些") == ["3400", "32", "120"]


@pytest.mark.parametrize("about", ["两三天", "两三年", "三五年", "三两句", "六七十岁", "三五个"])
def test_one_or_the_other_is_no_number(about: str) -> None:
    assert numbers(about) == []


def test_numbered_units_have_one_form() -> None:
    assert ordinals("第十二条") == ordinals("第 12 条") == ordinals("Article 12") == ["第12条"]
    assert ordinals("第三章") != ordinals("第三条")
