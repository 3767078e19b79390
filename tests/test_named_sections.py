"""A name in the heading of a section: what stands there is what is said of it."""

import pytest
from conftest import over

from assistant import Assistant

ABROAD = """# 陶艺教育研究

借鉴德国和丹麦的做法，本文从馆方和学员两个层面提出建议。

## 一、国际经验

### （一）德国：以协会带动小馆

德国的小馆由协会牵头组成网络。目标每三年设定一次。

### （二）丹麦：以采购创造需求

丹麦公共部门采购时比较寿命。其做法使耐用的陶器得以中标。

## 二、建议

可参照前述德国经验，先在两地试点。
"""


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("abroad"), "abroad", ABROAD)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("德国的做法是什么？", "小馆由协会牵头"),
        ("丹麦有什么经验？", "公共部门采购时"),
        ("德国是怎么做的？", "小馆由协会牵头"),
    ],
)
def test_what_is_said_of_a_name_stands_below_its_heading(abroad: Assistant, question: str, told: str) -> None:
    citations = abroad.ask(question).citations
    assert told in citations[0].quote
    assert {c.section.number for c in citations} == {citations[0].section.number}
    assert len(citations) == 2
