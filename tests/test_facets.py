"""Problems and remedies: both lists of a level or of all, and neither where a question has a subject of its own."""

from pathlib import Path

import pytest
from conftest import over

from assistant import Assistant

# Another document: its own title, a heading here, names both ends; each level has a heading below each of them.
HOUSING = """# Damp in rented homes: problems and recommendations

## 1. Introduction

This report studies damp in rented homes. It takes Leeds as an example.

## 2. Problems

### 2.1 Landlords

#### 2.1.1 Late repairs

Landlords often leave leaking roofs unrepaired for months, because contractors are scarce.

#### 2.1.2 Poor records

Few landlords keep a record of complaints, so that repeated complaints are treated as new ones.

### 2.2 Councils

#### 2.2.1 Too few inspectors

Councils lack inspectors: one inspector covers 4,000 homes on average.

#### 2.2.2 Slow enforcement

Enforcement takes eleven months on average, and tenants lose patience.

## 3. Recommendations

### 3.1 Landlords

#### 3.1.1 Repair within four weeks

Landlords should repair reported leaks within four weeks and tell the tenant the date.

#### 3.1.2 Keep a log

Landlords should keep a log of all complaints and show it on request.

### 3.2 Councils

#### 3.2.1 Hire inspectors

Councils should hire inspectors until one covers no more than 1,500 homes.

#### 3.2.2 Publish results

Councils should publish the results of inspections once a year, so that tenants can compare landlords.
"""


@pytest.fixture(scope="module")
def housing(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("housing"), "housing", HOUSING)


def sections(paper: Assistant, question: str) -> list[str]:
    return [c.section.number for c in paper.ask(question).citations]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("企业在开放式创新方面存在哪些问题？应该怎么解决？", ["4.1"] * 2 + ["5.1"] * 3),
        ("行业层面存在的问题及对策", ["4.2"] * 2 + ["5.2"] * 2),
        ("政府层面的问题和建议分别是什么？", ["4.3"] * 2 + ["5.3"] * 2),
        ("What problems do enterprises face and how can they be solved?", ["4.1"] * 2 + ["5.1"] * 3),
        ("企业应当采取哪些措施推进开放式创新？", ["5.1"] * 3),
        ("What should the government do to promote open innovation?", ["5.3"] * 2),
        ("政府应该怎么帮企业？", ["5.3"] * 2),
        ("What should the state do for firms?", ["5.3"] * 2),
        ("What does the paper ask of the authorities?", ["5.3"] * 2),
        ("I manage a factory. What does the paper advise companies like mine to do?", ["5.1"] * 3),
        ("Which recommendations are aimed at the government rather than firms?", ["5.3"] * 2),
        ("What three things are companies themselves advised to do?", ["5.1"] * 3),
        ("What role should the government play?", ["5.3"] * 2),
        ("政府应当如何支持开放式创新？", ["5.3"] * 2),
        ("国家层面如何支持开放式创新？", ["5.3"] * 2),
        ("How can the government help firms innovate openly?", ["5.3"] * 2),
        ("企业应当如何开展开放式创新？", ["5.1"] * 3),
        ("比较一下论文对企业的要求和对政府的要求", ["5.1"] * 3 + ["5.3"] * 2),
        ("What is asked of the industry as opposed to what is asked of government?", ["5.2"] * 2 + ["5.3"] * 2),
        ("请列出论文最后给出的全部对策建议，按企业、行业、政府三个层面分。", ["5.1"] * 3 + ["5.2"] * 2 + ["5.3"] * 2),
        ("论文给行业的建议和给政府的建议有什么不一样？", ["5.2"] * 2 + ["5.3"] * 2),
        ("概括一下国家和政府层面的问题以及对应的对策。", ["4.3"] * 2 + ["5.3"] * 2),
        (
            "How does the advice to companies, to the industry and to the government differ?",
            ["5.1"] * 3 + ["5.2"] * 2 + ["5.3"] * 2,
        ),
        (
            "Give me every recommendation, for firms, for the sector and for the state.",
            ["5.1"] * 3 + ["5.2"] * 2 + ["5.3"] * 2,
        ),
        (
            "What are all the shortcomings, from the single company up to the country?",
            ["4.1"] * 2 + ["4.2"] * 2 + ["4.3"] * 2,
        ),
        ("政府应该发挥什么作用？", ["5.3"] * 2),
        ("Sum up the problems", ["4.1"] * 2 + ["4.2"] * 2 + ["4.3"] * 2),
        ("Sum up the problems at the level of the state", ["4.3"] * 2),
        ("总结企业层面的问题", ["4.1"] * 2),
        ("What is holding back open innovation in Chinese manufacturing?", ["4.1"] * 2 + ["4.2"] * 2 + ["4.3"] * 2),
    ],
)
def test_both_ends_of_one_level(paper: Assistant, question: str, expected: list[str]) -> None:
    assert sections(paper, question) == expected


def test_all_problems_with_all_remedies(paper: Assistant) -> None:
    found = sections(paper, "制造业企业开放式创新有哪些问题，分别怎么应对？")
    assert found == ["4.1"] * 2 + ["4.2"] * 2 + ["4.3"] * 2 + ["5.1"] * 3 + ["5.2"] * 2 + ["5.3"] * 2


def test_what_a_thing_does_for_firms_is_nobodys_duty(paper: Assistant) -> None:
    assert "5.1" not in sections(paper, "开放式创新如何促进企业发展")


@pytest.mark.parametrize("question", ["企业文化有什么问题？", "企业文化有什么不足？", "企业管理体系的问题都包括什么"])
def test_a_subject_of_its_own_is_no_level(paper: Assistant, question: str) -> None:
    assert "4.1" not in sections(paper, question)


@pytest.mark.parametrize("question", ["武汉的制造企业还普遍存在哪些毛病？", "What problems do Wuhan's firms have?"])
def test_what_a_city_lacks_is_told_where_the_city_is_named(paper: Assistant, question: str) -> None:
    assert set(sections(paper, question)) == {"3"}


def test_what_the_abstract_says_is_told_from_the_abstract(paper: Assistant) -> None:
    assert set(sections(paper, "In the abstract, what do enterprises need to do?")) == {""}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What should councils do for tenants?", ["3.2.1", "3.2.2"]),
        ("What are landlords themselves advised to do?", ["3.1.1", "3.1.2"]),
        ("What does the report ask of landlords?", ["3.1.1", "3.1.2"]),
        ("Which recommendations are aimed at councils rather than landlords?", ["3.2.1", "3.2.2"]),
        ("What role should councils play?", ["3.2.1", "3.2.2"]),
        ("How can councils tackle damp?", ["3.2.1", "3.2.2"]),
        ("What is asked of landlords as opposed to what is asked of councils?", ["3.1.1", "3.1.2", "3.2.1", "3.2.2"]),
        ("What stands in the way of councils?", ["2.2.1", "2.2.2"]),
        ("What goes wrong at landlords?", ["2.1.1", "2.1.2"]),
        ("Sum up the problems", ["2.1.1", "2.1.2", "2.2.1", "2.2.2"]),
        ("tl;dr of everything the authors recommend pls", ["3.1.1", "3.1.2", "3.2.1", "3.2.2"]),
        ("房东自己该做什么", ["3.1.1", "3.1.2"]),
        ("给政府的建议有哪些", ["3.2.1", "3.2.2"]),
        ("Compare the problems of landlords and councils", ["2.1.1", "2.1.2", "2.2.1", "2.2.2"]),
        ("房东和政府的问题有什么不同", ["2.1.1", "2.1.2", "2.2.1", "2.2.2"]),
        ("Which problems and which recommendations concern landlords?", ["2.1.1", "2.1.2", "3.1.1", "3.1.2"]),
    ],
)
def test_a_document_whose_own_title_names_both_ends(housing: Assistant, question: str, expected: list[str]) -> None:
    assert sections(housing, question) == expected


def test_the_remedy_of_a_problem_is_looked_for_at_its_own_level(housing: Assistant) -> None:
    found = sections(housing, "How does the report suggest fixing slow enforcement?")
    assert found
    assert all(number.startswith("3.2") for number in found)


LISTS = """# 陶艺馆研究

## 一、问题

### （一）窑炉老化

窑炉温度不稳。

### （二）学员流失

学员不再续课。

## 二、对策建议

### （一）馆方层面

1. 更换窑炉。分两年更换全部窑炉。
2. 调整课时。每周增加一次晚课。

### （二）学员层面

1. 提前预约。
2. 结伴上课。
"""


def test_whom_recommendations_are_for_may_be_a_heading_over_a_list(tmp_path: Path) -> None:
    text = over(tmp_path, "kiln", LISTS).ask("馆方层面有哪些建议？").text
    assert all(told in text for told in ("更换窑炉", "分两年", "调整课时", "晚课"))
    assert "预约" not in text


LEVELS = """# 县域养蜂业研究

## 一、养蜂业面临的困境

### （一）政府层面：统筹不足

首先，部门之间权责分散。其次，经费不稳定。

### （二）合作社层面：规模偏小

合作社平均只有九户。
"""


def test_a_heading_that_says_whose_level_it_is_is_a_division_without_a_list(tmp_path: Path) -> None:
    quotes = [c.quote for c in over(tmp_path, "bees", LEVELS).ask("政府那边的问题到底出在哪儿？").citations]
    assert quotes == ["首先，部门之间权责分散。", "其次，经费不稳定。"]


def test_items_of_several_headings_are_told_apart_by_them(paper: Assistant) -> None:
    lines = paper.ask("比较一下论文对企业的要求和对政府的要求").text.splitlines()
    assert [line.split("**")[1].split(" · ")[0] for line in lines] == ["企业层面"] * 3 + ["国家及政府层面"] * 2
    assert " · " not in paper.ask("企业层面有哪些建议？").text


def test_words_for_all_there_is_are_no_subject(paper: Assistant) -> None:
    asked = paper.ask("所有层面的建议")
    assert len(asked.citations) == 7
    assert [c.quote for c in paper.ask("对策建议 企业 行业 政府 汇总").citations] == [c.quote for c in asked.citations]
