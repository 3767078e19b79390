"""Measures: the form of the amount that a question asks for, and which of a row."""

import pytest
from conftest import over

from assistant import Assistant
from assistant.extractive.measures import _TIME, NUMERAL
from assistant.understanding.question import understand

COURSES = """# Riverside Pottery

The second kiln takes forty pots. The first kiln takes thirty pots.

Evening classes begin in March, because the hall is free. Older learners are served first.
"""


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("courses"), "courses", COURSES)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many pots does the first kiln take?", "thirty"),
        ("How many pots does the second kiln take?", "forty"),
        ("Which classes begin first, and why?", "in March"),
    ],
)
def test_a_rank_is_of_something(courses: Assistant, question: str, told: str) -> None:
    assert told in courses.ask(question).citations[0].quote


def test_a_number_in_passing_is_no_amount_of_what_is_asked(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = (
        "# 陶艺馆\n\n## 学员规模\n\n2024年学员增至三百二十人。\n\n## 协同\n\n"
        "学员管理涉及多个部门。一是数据不通，没有一个部门看得到全局。二是口径不一。三是周期过短，通常要两到三年。\n"
    )
    answer = over(tmp_path_factory.mktemp("size"), "size", text).ask("学员规模有多大？")
    assert [c.quote for c in answer.citations] == ["2024年学员增至三百二十人。"]


@pytest.mark.parametrize(
    ("words", "an_amount"), [("没有一个部门", False), ("同一人", False), ("一百个部门", True), ("forty", True)]
)
def test_what_is_a_numeral(words: str, an_amount: bool) -> None:
    assert bool(NUMERAL.search(words)) is an_amount


def test_several_is_no_number_asked_for(paper: Assistant) -> None:
    answer = paper.ask("国家级创新服务平台是建一个就够，还是要好几个？")
    assert "建立多个国家级创新中心服务平台" in answer.text


def test_a_share_is_no_number_of_people(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "# 陶艺馆\n\n2020年陶艺馆缺技能工人的情况比上年下降6.9%。\n"
    studio = over(tmp_path_factory.mktemp("lack"), "lack", text)
    assert studio.ask("陶艺馆缺多少技能工人？").abstained
    assert "6.9%" in studio.ask("陶艺馆缺技能工人的情况下降了多少？").text


@pytest.mark.parametrize(
    ("words", "a_time"),
    [("it may be late", False), ("in May", True), ("from 3 May", True), ("the Five-Year Plan", False)],
)
def test_what_may_be_is_no_month(words: str, a_time: bool) -> None:
    assert bool(_TIME.search(words.lower())) is a_time


def test_by_how_much_is_answered_by_what_denies_it(paper: Assistant) -> None:
    answer = paper.ask("中国研究开放式创新比别的国家都早，早了多少年？")
    assert "起步较晚" in answer.text
    assert answer.notices


def test_these_few_months_ask_for_no_time() -> None:
    assert understand("失业的这几个月交不起房租怎么办？").measure == ""
    assert understand("房租可以缓交几个月？").measure == "time"


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("养蜂业产值在全国排第几名？", "rank"),
        ("Where does the studio rank in the county?", "rank"),
        ("这一点在第几部分？", ""),
        ("How much leave do I earn per pay period?", "number"),
        ("How much do members pay?", "money"),
        ("What cost and capability trouble do potters have?", ""),
        ("武汉 制造业 从业人数 2020", "number"),
    ],
)
def test_a_rank_is_no_number_of_things(question: str, measure: str) -> None:
    assert understand(question).measure == measure


def test_a_share_is_of_what_is_said_to_be_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "# 养蜂业\n\n2020年，河湾市蜂蜜产量比上年下降6.9%。\n\n河湾市蜂蜜产量在全省位居第一。\n"
    bees = over(tmp_path_factory.mktemp("bees"), "bees", text)
    assert bees.ask("河湾市2020年的研发投入强度是百分之几？").abstained
    assert "位居第一" in bees.ask("河湾市蜂蜜产量在全省排第几名？").text


def test_a_stage_is_told_by_what_names_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "# 养蜂业\n\n养蜂业的发展同旅游业有关。\n\n总体来看，养蜂业处于起步阶段，蜂农都在探索。\n"
    bees = over(tmp_path_factory.mktemp("stage"), "bees", text)
    assert "起步阶段" in bees.ask("总的来说，养蜂业发展现在走到哪一步了？").text
