"""Facts and polarity: one meaning, however it is written; another meaning, however alike it looks."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.support.facts import Fact, held, same
from assistant.support.tokens import tokens_of


def facts(text: str) -> list[Fact]:
    return [token.fact for token in tokens_of(text) if token.fact]


@pytest.mark.parametrize(
    ("forms", "fact"),
    [
        (["35%", "３５％", "百分之三十五", "35 percent", "35 per cent", "thirty-five percent"], Fact("number", "35", "%")),
        (["千分之十", "1%"], Fact("number", "1", "%")),
        (["三分之二", "two-thirds", "two thirds"], Fact("number", "2/3")),
        (["1.2个百分点", "1.2 percentage points"], Fact("number", "1.2", "point")),
        (["1.2万元", "12000元", "12,000 yuan", "¥12,000"], Fact("number", "12000", "cny")),
        (["3亿美元", "$300 million", "300 million US dollars"], Fact("number", "300000000", "usd")),
        (["三个月", "3个月", "three months", "3 months"], Fact("number", "3", "month")),
        (["十五个工作日", "15 working days", "fifteen business days"], Fact("number", "15", "workday")),
        (["两年", "2年", "two years"], Fact("number", "2", "year")),
        (["2021年3月5日", "二〇二一年三月五日", "2021-03-05", "2021/3/5", "5 March 2021", "March 5, 2021", "5th of March 2021"], Fact("date", "2021-03-05")),
        (["2021年3月", "March 2021"], Fact("date", "2021-03")),
        (["3月5日", "5 March", "March 5"], Fact("date", "--03-05")),
        (["2021年", "in 2021"], Fact("date", "2021")),
        (["星期二", "周二", "Tuesday"], Fact("date", "Tue")),
        (["第十二条", "第12条", "第１２條", "Article 12", "article 12"], Fact("article", "12", "条")),
        (["第三章", "Chapter 3", "Chapter III"], Fact("article", "3", "章")),
    ],
)  # fmt: skip
def test_one_fact_in_every_notation(forms: list[str], fact: Fact) -> None:
    for form in forms:
        assert facts(form) == [fact], form


@pytest.mark.parametrize(
    "text", ["一些企业", "统一管理", "三者之间", "十四五规划", "one of them", "the 〔3〕 mark [12]"]
)
def test_what_counts_nothing_is_no_fact(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("35%", "35个百分点"),
        ("30 days", "30 months"),
        ("30 days", "30 working days"),
        ("第十二条", "第十二章"),
        ("2021-03-05", "2021-03-06"),
        ("2021年3月5日", "2021年"),
        ("3月5日", "2021年3月6日"),
        ("$5", "€5"),
    ],
)
def test_facts_that_look_alike_are_not_the_same(claim: str, source: str) -> None:
    assert not held(facts(claim)[0], facts(source))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("2021", "2021年3月5日"),
        ("3月5日", "5 March 2021"),
        ("2021年3月5日", "2021年初至3月5日"),
        ("200", "200元"),
    ],
)
def test_a_less_exact_fact_is_held_by_a_more_exact_one(claim: str, source: str) -> None:
    assert held(facts(claim)[0], facts(source))


def test_a_numbered_unit_has_other_names_in_another_language() -> None:
    section, article = facts("section 7")[0], facts("第七条")[0]
    assert not same(section, article)
    assert same(section, article, crossing=True)


@given(st.integers(1, 10**9))
def test_separators_and_scales_change_no_number(value: int) -> None:
    (plain,) = facts(f"{value}元")
    assert facts(f"{value:,}元") == [plain]
    assert facts(f"{Decimal(value) / 10000:f}万元") == [plain]


@given(st.dates())
def test_dates_are_equal_in_five_notations(day: object) -> None:
    year, month, number = (int(part) for part in str(day).split("-"))
    if year < 1000:
        return
    english = "January February March April May June July August September October November December".split()[month - 1]
    forms = [
        str(day),
        f"{year}年{month}月{number}日",
        f"{number} {english} {year}",
        f"{english} {number}, {year}",
        f"{year}/{month}/{number}",
    ]
    assert {fact.value for form in forms for fact in facts(form)} == {str(day)}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("不得转让", "modal", "ban"),
        ("must not transfer", "modal", "ban"),
        ("cannot transfer", "modal", "ban"),
        ("不得不转让", "modal", "duty"),
        ("应当转让", "modal", "duty advice"),
        ("可以转让", "modal", "permission"),
        ("is not allowed", "modal", "ban"),
        ("is allowed", "modal", "permission"),
        ("不少于", "bound", "lower"),
        ("no more than", "bound", "upper"),
        ("at least", "bound", "lower"),
        ("未转让", "negation", ""),
        ("isn't", "negation", ""),
        ("增长", "direction", "up"),
        ("declined", "direction", "down"),
    ],
)
def test_a_turning_word_is_one_token(text: str, kind: str, value: str) -> None:
    assert (kind, value) in [(token.kind, token.value) for token in tokens_of(text)]


@pytest.mark.parametrize(
    "text", ["不断适应", "非常广泛应用", "未来", "不仅", "无论", "可能", "许可证", "not only", "in May"]
)
def test_a_compound_turns_nothing(text: str) -> None:
    assert {token.kind for token in tokens_of(text)} <= {"word", "mark", "fact"}
