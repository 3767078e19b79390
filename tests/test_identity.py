"""Identity: asked for a city by name, what names one answers; what says that there are some does not."""

import pytest
from conftest import over

from assistant import Assistant

KILNS = """# 陶艺馆巡展报告

## 部分城市过早停展

部分城市过早停展，巡展的收入因此减少。近年来，部分城市停展后展品无处存放。

## 首站

巡展的首站放在佛山，随后到武汉。沿海地区的观众增长较快。
"""


@pytest.fixture(scope="module")
def kilns(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("kilns"), "kilns", KILNS)


@pytest.mark.parametrize(
    "question", ["哪些城市过早停展？", "过早停展的到底是哪几个城市，点名了吗", "过早停展的城市具体是哪几个"]
)
def test_that_there_are_some_cities_does_not_name_them(kilns: Assistant, question: str) -> None:
    assert kilns.ask(question).abstained
    assert not kilns.ask("部分城市过早停展有什么影响？").abstained


def test_what_names_a_city_or_tells_a_region_does(kilns: Assistant) -> None:
    assert "佛山" in kilns.ask("巡展的首站在哪个城市？").text
    assert "沿海地区" in kilns.ask("哪个地区的观众增长较快？").text


def test_firms_asked_for_by_name_are_named(kilns: Assistant) -> None:
    assert kilns.ask("Which firms lost income from the travelling show? I need their names.").abstained


def test_who_found_something_is_told_by_a_sentence_that_names_them(paper: Assistant) -> None:
    for question in ("Who found that open innovation cuts innovation risk?", "开放式创新能降低创新风险是谁发现的？"):
        assert "Huizingh" in paper.ask(question).citations[0].quote
