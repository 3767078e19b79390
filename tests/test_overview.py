"""Summaries: of the whole where nothing else is asked, of a document that is named, of the section that is; else none."""

from pathlib import Path

import pytest
from conftest import over

from assistant import Assistant, Settings
from index.store import build_index

PARKING = """# 城市停车管理办法

## 第一章 总则

第一条 为了加强停车场管理，改善交通秩序，制定本办法。

第二条 市交通运输部门负责全市停车管理工作。

## 第二章 收费

第三条 公共停车场每小时不得超过十元，夜间免费。

第四条 残疾人驾驶的车辆免收停车费。

## 第三章 法律责任

第五条 擅自占用道路停车泊位的，由公安机关处二百元以上一千元以下罚款。

## 第四章 附则

第六条 本办法自2023年7月1日起施行。
"""
HANDBOOK = """# Remote Work Policy

## 1. Purpose

This policy sets out how employees may work away from the office.

## 2. Equipment

The company provides a laptop and a headset.

## 3. Closing provisions

This policy takes effect on 1 March 2024.
"""
CODE = """# 中华人民共和国航运法

## 第一编 总则

第一条 为了发展航运，制定本法。

## 第二编 分则

### 第一章 船舶登记

第二条 船舶应当依法登记，取得船舶国籍证书后，方可悬挂国旗航行。

第三条 船舶登记由交通主管部门负责办理，不得收取费用。

### 第二章 船员资格

第四条 船员应当取得适任证书，经过培训并且考试合格的，可以申请证书。

第五条 船长对船舶的安全负责，有权命令船员采取措施。
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assistant]:
    found = {}
    folder: Path = tmp_path_factory.mktemp("rules")
    for name, text in (("parking", PARKING), ("handbook", HANDBOOK), ("code", CODE)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
        build_index([folder / f"{name}.md"], folder / name)
        found[name] = Assistant.open(folder / name, Settings())
    build_index([folder / f"{name}.md" for name in found], folder / "all")
    return found | {"all": Assistant.open(folder / "all", Settings())}


def sections(assistant: Assistant, question: str) -> list[str]:
    return [".".join(citation.section.path[1:2]) for citation in assistant.ask(question).citations]


@pytest.mark.parametrize("question", ["总结一下", "这个办法讲了什么？"])
def test_general_provisions_are_no_summary(rules: dict[str, Assistant], question: str) -> None:
    assert sections(rules["parking"], question) == ["总则", "收费", "法律责任", "附则"]
    assert "不得超过十元" in rules["parking"].ask(question).text


@pytest.mark.parametrize(
    "question", ["Summarise the policy", "Summarise the policy for my boss, I present it tomorrow"]
)
def test_neither_purpose_nor_closing_provisions_are_a_summary(rules: dict[str, Assistant], question: str) -> None:
    assert sections(rules["handbook"], question) == ["Purpose", "Equipment", "Closing provisions"]


def test_a_part_that_is_most_of_a_code_is_told_by_its_chapters(rules: dict[str, Assistant]) -> None:
    told = [citation.section.path[-2] for citation in rules["code"].ask("总结一下").citations]
    assert told == ["总则", "船舶登记", "船员资格"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("总结一下停车管理办法", {"parking"}),
        ("航运法的主要内容", {"code"}),
        ("航运法讲了什么", {"code"}),
        ("Summarise the work policy", {"handbook"}),
        ("What is the remote work policy about?", {"handbook"}),
        ("总结航运法和城市停车管理办法", {"code", "parking"}),
    ],
)
def test_the_documents_that_are_named_are_summed_up(
    rules: dict[str, Assistant], question: str, names: set[str]
) -> None:
    citations = rules["all"].ask(question).citations
    assert {citation.document.id for citation in citations} == names
    assert len(citations) >= 3 * len(names)


@pytest.mark.parametrize(
    "question",
    [
        "What does the paper say about blockchain?",
        "What does the paper say about taxes?",
        "What do the authors say about tariffs?",
        "论文讲了什么关于税收的内容？",
        "论文讲了区块链的什么内容",
    ],
)
def test_a_subject_that_the_paper_does_not_have_is_no_request_for_all_of_it(paper: Assistant, question: str) -> None:
    assert paper.ask(question).abstained


@pytest.mark.parametrize(
    "question",
    [
        "What is the paper about? I present tomorrow.",
        "tl;dr",
        "给领导总结这篇论文，明天要汇报",
        "我只有一分钟，说说这篇论文主要做了哪些事",
        "用两三句话说说这篇论文讲了什么",
        "Can you tell me in three sentences what this paper is about?",
        "Explain this paper",
    ],
)
def test_words_beside_a_request_for_a_summary_are_no_subject(paper: Assistant, question: str) -> None:
    assert len(paper.ask(question).citations) > 4


@pytest.mark.parametrize("question", ["请概括一下这篇论文摘要的主要内容。", "摘要讲了什么？"])
def test_of_the_abstract_the_abstract_alone_is_told(paper: Assistant, question: str) -> None:
    assert {citation.section.path for citation in paper.ask(question).citations} == {("摘要",)}


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("第4部分一共指出了哪些毛病，帮我总结一下。", {"4.1", "4.2", "4.3"}),
        ("Section 4: what shortcomings are listed?", {"4.1", "4.2", "4.3"}),
        ("总结第5章给政府的建议", {"5.3"}),
    ],
)
def test_what_its_heading_says_restricts_no_section_and_what_one_below_says_does(
    paper: Assistant, question: str, of: set[str]
) -> None:
    citations = paper.ask(question).citations
    assert {citation.section.number for citation in citations} == of
    assert len(citations) == 2 * len(of)


REPORT = """# 河湾市养蜂业发展现状、问题与对策研究

河湾市农村研究所

**摘要：** 养蜂业是山区农户的重要收入来源。本文分析了养蜂业的现状。研究发现，蜂箱老化、品牌偏弱。

**关键词：** 养蜂业；蜂蜜

## 一、现状

全市有蜂农九百户。

## 二、问题

蜂箱平均使用了十二年。

## 三、对策

更换蜂箱，统一品牌。
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("report"), "report", REPORT)


@pytest.mark.parametrize(
    "question",
    [
        "这份养蜂业的研究报告总体讲了什么？",
        "总结一下这篇关于养蜂业的报告",
        "Sum up the report. I have five minutes before a meeting.",
    ],
)
def test_an_abstract_may_be_a_paragraph_by_its_first_word(report: Assistant, question: str) -> None:
    quotes = " ".join(c.quote for c in report.ask(question).citations)
    assert "重要收入来源" in quotes
    assert "蜂箱老化、品牌偏弱" in quotes


def test_all_that_a_chapter_says_is_asked_for(paper: Assistant) -> None:
    for question in ("第二章的主要观点是什么？", "What does chapter 2 cover?"):
        assert {c.section.number for c in paper.ask(question).citations} >= {"2.1", "2.2", "2.3"}
