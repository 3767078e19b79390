"""Several laws in one index: what is asked of one is answered from that one, and of one that is not there, not at all."""

from pathlib import Path

import pytest
from conftest import over

from assistant import Assistant, Settings
from index.store import build_index

LAWS = {
    "宪法": (
        "# 中华人民共和国宪法\n\n## 第一章 总纲\n\n第一条 社会主义制度是国家的根本制度。\n\n第二条 一切权力属于人民。\n\n"
        "## 第二章 公民的基本权利和义务\n\n第三条 公民在法律面前一律平等。\n"
    ),
    "反垄断法(2007)": (
        "# 中华人民共和国反垄断法\n\n## 第一章 总则\n\n第一条 为了预防和制止垄断行为，制定本法。\n\n"
        "第二条 境内经济活动中的垄断行为，适用本法。\n\n## 第二章 附则\n\n第三条 本法自2008年8月1日起施行。\n"
    ),
    "反垄断法(2022)": (
        "# 中华人民共和国反垄断法\n\n## 第一章 总则\n\n第一条 为了预防和制止垄断行为，鼓励创新，制定本法。\n\n"
        "第二条 境外的垄断行为，对境内市场竞争有影响的，适用本法。\n\n## 第二章 附则\n\n第三条 本法自2022年8月1日起施行。\n"
    ),
    "乡村振兴促进法": (
        "# 中华人民共和国乡村振兴促进法\n\n## 第一章 总则\n\n第一条 为了全面实施乡村振兴战略，制定本法。\n\n"
        "第二条 国家建立乡村振兴考核制度，依照民法典保护合同。\n"
    ),
    "中小企业促进法": (
        "# 中华人民共和国中小企业促进法\n\n## 第一章 总则\n\n第一条 为了改善中小企业经营环境，制定本法。\n\n"
        "第二条 中小企业应当依法经营。\n\n## 第二章 财税支持\n\n第三条 中央财政应当设立中小企业科目。\n"
    ),
}


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("laws")
    paths = []
    for name, text in LAWS.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
        paths.append(folder / f"{name}.md")
    build_index(paths, folder / "index")
    return Assistant.open(folder / "index", Settings())


def documents(assistant: Assistant, question: str) -> set[str]:
    return {citation.document.id for citation in assistant.ask(question).citations}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("宪法第一条", {"宪法"}),
        ("中华人民共和国宪法第二条", {"宪法"}),
        ("What does Article 1 of the Constitution say?", {"宪法"}),
        ("反垄断法第二条", {"反垄断法(2007)", "反垄断法(2022)"}),
        ("Article 2 of the Anti-Monopoly Law", {"反垄断法(2007)", "反垄断法(2022)"}),
        ("乡村振兴促进法第二条", {"乡村振兴促进法"}),
        ("促进法第二条", {"乡村振兴促进法", "中小企业促进法"}),
    ],
)
def test_an_article_is_told_from_the_law_that_is_named(laws: Assistant, question: str, named: set[str]) -> None:
    assert documents(laws, question) == named


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("民法典第一条", "民法典"),
        ("公司法第二条", "公司法"),
        ("中医药法第二条", "中医药法"),
        ("根据民营经济促进法第二条，怎么办", "民营经济促进法"),
        ("德国宪法第一条", "德国宪法"),
        ("反垄断法和民法典第二条", "民法典"),
        ("民法典讲了什么？", "民法典"),
        ("总结反垄断法和劳动合同法", "劳动合同法"),
        ("Article 2 of the civil code", "civil code"),
        ("Does the Civil Code say anything about contracts?", "Civil Code"),
    ],
)
def test_an_article_of_a_law_that_is_not_there_is_refused_by_its_name(
    laws: Assistant, question: str, name: str
) -> None:
    answer = laws.ask(question)
    assert answer.abstained
    assert f"“{name}”" in answer.text


def test_a_section_is_looked_for_in_the_law_that_is_named(laws: Assistant) -> None:
    assert documents(laws, "总结一下宪法总纲") == {"宪法"}
    assert documents(laws, "乡村振兴促进法总则讲了什么") == {"乡村振兴促进法"}


def test_a_law_that_is_only_mentioned_may_be_asked_about(laws: Assistant) -> None:
    assert documents(laws, "按照民法典的规定，合同怎么保护？") == {"乡村振兴促进法"}


TELEWORK = """# Remote Work Policy

## 1. Purpose

This policy sets out how employees may work away from the office.

## 2. Eligibility

Employees who have completed six months of service may request remote work. Interns are not eligible.

## 3. Equipment

The company provides a laptop and a headset.

## 4. Entry into force

This policy takes effect on 1 March 2024. It replaces the Telework Policy of 2019.
"""


@pytest.fixture(scope="module")
def telework(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("telework"), "policy", TELEWORK)


@pytest.mark.parametrize(
    ("question", "dated"),
    [
        ("When did the Remote Work Policy take effect?", True),
        ("When does this policy take effect?", True),
        ("When did the Telework Policy take effect?", False),
        ("When did the travel expense policy take effect?", False),
    ],
)
def test_the_date_of_one_policy_is_not_told_of_another(telework: Assistant, question: str, dated: bool) -> None:
    assert ("1 March 2024" in telework.ask(question).text) is dated


def test_since_when_is_told_of_each_version_that_is_named(laws: Assistant) -> None:
    text = laws.ask("反垄断法什么时候施行？").text
    assert "2008年8月1日" in text
    assert "2022年8月1日" in text
    assert documents(laws, "When did the Anti-Monopoly Law take effect?") == {"反垄断法(2007)", "反垄断法(2022)"}
