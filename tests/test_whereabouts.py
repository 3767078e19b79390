"""In which section something stands, what several sections say of one subject, and what is asked of each of several levels."""

import pytest
from conftest import over

from assistant import Assistant
from assistant.understanding.question import understand

STUDY = """# 海岸渔村调研

## 1. 现状

从县级层面来看，三年内修好了两座码头。从村级层面来看，渔船多数已经老旧。从户级层面来看，年轻人大多外出打工。

## 2. 问题

### 2.1 冷库不足

全县只有一座冷库，夏季鱼获常常变质。

### 2.2 船员老化

船员平均年龄五十三岁，新手不愿上船。

## 3. 建议

### 3.1 扩建冷库

应当在每个乡镇建一座冷库，由合作社经营。

### 3.2 培训船员

应当为新船员开设免费课程。
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("study"), "study", STUDY)


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("冷库在哪一节讨论？", "冷库"),
        ("请告知“冷库”相关论述所在章节编号。", "“冷库”"),
        ("哪些章节提到冷库", "冷库"),
        ("Which section discusses cold stores?", "cold stores?"),
        ("What section of the Act covers fees", "fees"),
    ],
)
def test_what_is_asked_after_is_left_when_the_place_is_asked_for(question: str, subject: str) -> None:
    asked = understand(question)
    assert asked.whereabouts
    assert subject in asked.text
    assert not any(word in asked.text for word in ("哪", "章节", "section"))


@pytest.mark.parametrize(
    "question",
    [
        "第几节课开始",
        "Which part of the industry is affected?",
        "第三章讲什么",
        "冷库有几座",
        "这篇论文有哪些章节？",
        "What chapters does the paper have?",
        "Which sections are there?",
    ],
)
def test_other_questions_ask_for_no_place(question: str) -> None:
    assert not understand(question).whereabouts


def test_a_section_is_told_by_its_title(study: Assistant) -> None:
    answer = study.ask("船员培训在哪一节讨论？")
    assert [c.section.number for c in answer.citations] == ["3.2"]
    assert "**培训船员**" in answer.text


def test_a_section_is_told_where_no_title_names_the_subject(study: Assistant) -> None:
    answer = study.ask("哪一章提到码头？")
    assert [c.section.number for c in answer.citations] == ["1"]
    assert "**现状**" in answer.text


def test_what_stands_nowhere_is_in_no_section(study: Assistant) -> None:
    assert study.ask("哪一章讨论机场噪声？").abstained


@pytest.mark.parametrize(
    "question", ["关于冷库，这份报告说了哪些内容？", "报告里关于冷库说了什么？", "哪些章节提到冷库"]
)
def test_a_subject_of_several_sections_is_told_by_each(study: Assistant, question: str) -> None:
    assert [c.section.number for c in study.ask(question).citations] == ["2.1", "3.1"]


def test_each_level_is_told_by_the_sentence_about_it(study: Assistant) -> None:
    assert understand("报告在县级、村级、户级三个层面分别讲了什么现状").several == ("县级层面", "村级层面", "户级层面")
    told = study.ask("报告在县级、村级、户级三个层面分别讲了什么现状")
    assert [c.quote[:6] for c in told.citations] == ["从县级层面来", "从村级层面来", "从户级层面来"]
