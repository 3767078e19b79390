"""Romanised names: a place that Chinese documents write in characters is found by its pinyin, and no English word is taken for one."""

import pytest
from conftest import over

from assistant import Assistant
from assistant.extractive.romanised import Romanised

COUNTY = """# 平汝县渡船管理办法

第一条 平汝县的渡船由县交通局管理。

第二条 乘坐平汝渡船的老人免费。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("county"), "county", COUNTY)


@pytest.mark.parametrize("name", ["Pingru", "Pingru County", "Pingru (平汝) County"])
def test_a_name_is_found_by_its_pinyin(county: Assistant, name: str) -> None:
    assert "交通局" in county.ask(f"Who manages the ferry in {name}?").text


@pytest.mark.parametrize("name", ["Pinglu", "Boston", "Wuhan"])
def test_another_place_stays_missing(county: Assistant, name: str) -> None:
    assert name in county.ask(f"Who manages the ferry in {name}?").text
    assert county.ask(f"Who manages the ferry in {name}?").abstained


def test_an_english_word_is_no_name(county: Assistant) -> None:
    romanised = Romanised(county.index)
    for text in ("Change the ferry", "Is May a month?", "Long ago", "The Canoe Club"):
        assert romanised.restored(text) == text
    assert romanised.restored("Pingru and Wuhan") == "平汝 and Wuhan"
