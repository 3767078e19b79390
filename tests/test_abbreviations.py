"""Abbreviations: a short form is read as the full form that the documents have, and nothing else is changed."""

from pathlib import Path

import pytest

from assistant.extractive.abbreviations import Abbreviations
from index.store import PassageIndex, build_index

LAW = """# 立法办法

第一条 全国人民代表大会制定法律。全国人民代表大会常务委员会解释法律。

第二条 全国人民代表大会代表提出议案。人民代表大会常务委员会审议议案。

第三条 省人民代表大会常务委员会制定法规，全国人民代表大会公布法律。

第四条 维护保养单位应当登记。维护保养费用由维护保养单位承担。
"""


@pytest.fixture(scope="module")
def abbreviations(tmp_path_factory: pytest.TempPathFactory) -> Abbreviations:
    folder: Path = tmp_path_factory.mktemp("law")
    (folder / "law.md").write_text(LAW, encoding="utf-8")
    build_index([folder / "law.md"], folder / "index")
    return Abbreviations(PassageIndex.open(folder / "index"))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("全国人大做什么？", "全国人民代表大会做什么？"),
        ("省人大常委会制定什么？", "省人民代表大会常务委员会制定什么？"),
        ("谁制定法律？", "谁制定法律？"),
        ("维保单位做什么？", "维护保养单位做什么？"),
        ("What does the congress do?", "What does the congress do?"),
    ],
)
def test_a_short_form_is_spelt_out(abbreviations: Abbreviations, short: str, full: str) -> None:
    assert abbreviations.spelt_out(short) == full
