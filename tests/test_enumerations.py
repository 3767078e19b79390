"""Enumerations: asked which three there are, what names three answers, and what counts them does not."""

from pathlib import Path

import pytest
from conftest import over

from assistant import Assistant
from assistant.extractive.enumerations import _SEVERAL

STUDIO = """# 陶艺馆开放规定

第一条 馆内共有5座窑炉，其中有3座窑炉可以烧到一千三百度。

第二条 馆内开设四种课程，即拉坯、雕塑、釉料、烧成。

第三条 学员每周可以到馆练习两次。
"""
SHOP = """# Workshop rules

1.1 The workshop has 5 kilns, and 3 of the kilns reach 1,300 degrees, which glazes and porcelain need.

1.2 The four courses are throwing, hand building, glazing and firing.

1.3 Members may come twice a week.
"""


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("studio"), "studio", STUDIO)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("shop"), "shop", SHOP)


@pytest.mark.parametrize("question", ["可以烧到一千三百度的是哪三座窑炉？", "能烧到一千三百度的那三座窑炉叫什么"])
def test_a_number_of_things_does_not_say_which(studio: Assistant, question: str) -> None:
    assert studio.ask(question).abstained
    assert "3座" in studio.ask("有几座窑炉可以烧到一千三百度？").text


@pytest.mark.parametrize("question", ["馆内开设的是哪四种课程？", "馆里有四种课程，是哪四种"])
def test_what_names_as_many_does(studio: Assistant, question: str) -> None:
    assert "釉料" in studio.ask(question).text


def test_in_english_too(shop: Assistant) -> None:
    assert shop.ask("Which 3 kilns reach 1,300 degrees?").abstained
    assert "hand building" in shop.ask("Which four courses are there?").text


FIRMS = """# 陶艺行业报告

## 现状

陶艺行业还面临着多项困难——窑炉老旧；釉料短缺；学员流失。佛山的窑炉较多。

## 行业层面的问题

### 只顾眼前

陶艺行业只顾眼前利益。

### 缺少标准

陶艺行业没有统一的标准。
"""


def test_what_says_that_there_are_several_names_them_all(tmp_path: Path) -> None:
    report = over(tmp_path, "firms", FIRMS)
    assert [c.quote for c in report.ask("陶艺行业有哪几大难处？").citations] == [
        "陶艺行业还面临着多项困难——窑炉老旧；釉料短缺；学员流失。"
    ]
    # About more than the sentence is.
    assert len(report.ask("行业层面有哪些问题？").citations) == 2


@pytest.mark.parametrize(
    ("words", "several"),
    [
        ("行业还面临着多项困难", True),
        ("行业面临3个问题", True),
        ("the trade faces a number of difficulties", True),
        ("行业存在一个突出的问题", False),
        ("行业的第一个问题", False),
        ("the one reason", False),
    ],
)
def test_one_is_not_several(words: str, several: bool) -> None:
    assert bool(_SEVERAL.search(words)) is several
