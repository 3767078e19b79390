"""Selection: rows of tables with their heads, reasons with what they are given for, what a heading over a list says."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import over

from assistant import Assistant
from assistant.extractive.evidence import scored
from assistant.extractive.reading import Reader
from assistant.extractive.selection import BEHIND, LIKELY, selected
from assistant.understanding.lexicon import words_of
from assistant.understanding.question import understand

COLLEGE = """# Riverside College Evening Courses

## 1. Fees

The fees are set out below.

| Item | Residents | Visitors |
|---|---|---|
| Enrolment | £25 | £60 |
| Late enrolment charge | £20 | £40 |
| Locker | £15 | £15 |

No fee is charged for an appeal.

## 2. Attendance

Only a third of learners finished the spring pottery course. The reason is that the kiln broke in March.

## 3. Recommendations

### 3.1 For tutors

- Keep a register of each class.
- Tell the office of absences.

### 3.2 For the college

- Buy a second kiln.
"""
SUPPORT = """# 河湾市小微企业扶持办法

## 第一章 总则

第一条 为了支持小微企业发展，制定本办法。

第二条 本办法所称小微企业，是指从业人员不满一百人的企业。

## 第二章 补助

第三条 初创企业的补助比例可以提高两个百分点，因为此类企业资金紧张。

第四条 补助比例为研发费用的百分之十。
"""


@pytest.fixture(scope="module")
def college(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("college"), "college", COLLEGE)


@pytest.fixture(scope="module")
def support(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("support"), "support", SUPPORT)


def test_the_head_of_a_table_comes_with_the_row_that_is_asked_for(college: Assistant) -> None:
    quotes = [
        c.quote for c in college.ask("Is the late enrolment charge the same for residents and visitors?").citations
    ]
    assert quotes == ["Item | Residents | Visitors", "Late enrolment charge | £20 | £40"]


def test_that_nothing_is_paid_is_an_amount(college: Assistant) -> None:
    assert "No fee is charged" in college.ask("How much is the fee for an appeal?").text


def test_the_reason_is_told_with_what_it_is_given_for(college: Assistant) -> None:
    assert "kiln broke" in college.ask("Why did so few learners finish the spring pottery course?").text


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("What should tutors do?", "register", "second kiln"),
        ("What does the report recommend for the college?", "second kiln", "register"),
    ],
)
def test_whom_advice_is_for_may_be_a_heading_over_a_list(
    college: Assistant, question: str, told: str, untold: str
) -> None:
    text = college.ask(question).text
    assert told in text
    assert untold not in text


def test_a_reason_needs_no_number(support: Assistant) -> None:
    assert "资金紧张" in support.ask("为什么初创企业的补助比例能高一点？").text


def test_rules_called_measures_are_no_remedies(support: Assistant) -> None:
    answer = support.ask("办法里说的“小微企业”到底指什么？")
    assert [c.section.number for c in answer.citations] == ["第二条"]


def test_a_further_sentence_is_as_near_in_meaning_as_the_best_one(college: Assistant) -> None:
    reader = Reader(college.index)
    asked = "How did the pottery course go?"
    question = replace(understand(asked), kind="comparison")  # of which no paragraph is told on
    best, other = scored(reader, asked, "en", college.index.search(asked, 12))[:2]
    near = replace(other, score=best.score, reading=best.reading)
    far = replace(near, reading=best.reading - 2 * BEHIND)
    told = {sentence for claim in selected(reader, question, [best, near]) for sentence in claim.sentences}
    without = {sentence for claim in selected(reader, question, [best, far]) for sentence in claim.sentences}
    assert near.sentence in told
    assert near.sentence not in without
    likely = replace(far, score=0.9 * best.score, odds=LIKELY)
    still = {sentence for claim in selected(reader, question, [best, likely]) for sentence in claim.sentences}
    assert near.sentence in still
    unlikely = replace(likely, odds=LIKELY - 1)
    assert selected(reader, question, [best, unlikely]) == selected(reader, question, [best])


@pytest.mark.parametrize(
    ("question", "before", "points", "does_not"),
    [
        ("陶艺助学金资助多少？", "陶艺助学金面向学员。", "其资助学费的一半。", "学院资助学费的一半。"),
        (
            "What does the pottery grant pay?",
            "The pottery grant is for learners. ",
            "It pays half the fee.",
            "We pay half the fee.",
        ),
    ],
)
def test_a_sentence_that_points_back_is_about_what_the_one_before_names(
    tmp_path_factory: pytest.TempPathFactory, question: str, before: str, points: str, does_not: str
) -> None:
    held = []
    for name, sentence in (("points", points), ("does-not", does_not)):
        reader = Reader(over(tmp_path_factory.mktemp(name), name, f"{before}{sentence}\n").index)
        hits = reader.index.search(question, 1)
        found = scored(reader, question, understand(question).language, hits)
        held.append(next(c.coverage for c in found if c.position == 1))
    assert held[0] > held[1]


def test_a_paper_that_divides_its_subject_says_something(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "关键词：窑炉；釉料\n\n本文把窑炉分为三类：柴窑、电窑、气窑。\n\n本文研究窑炉的类型。\n"
    assistant = over(tmp_path_factory.mktemp("kiln"), "kiln", text)
    assert [c.quote for c in assistant.ask("窑炉分为哪几类？").citations] == ["本文把窑炉分为三类：柴窑、电窑、气窑。"]


def test_a_sentence_goes_on_from_the_one_right_before(tmp_path_factory: pytest.TempPathFactory) -> None:
    question, rent, term, apron = "陶艺馆最长租几年？", "陶艺馆的租金按月收取。", "租期最长五年。", "学员自备围裙。"
    held = []
    for name, text in (("next", rent + term + apron), ("later", rent + apron + term)):
        reader = Reader(over(tmp_path_factory.mktemp(name), name, f"{text}\n").index)
        found = scored(reader, question, "zh", reader.index.search(question, 1))
        held.append(next(c.coverage for c in found if c.original == term))
    assert held[0] > held[1]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why is the kiln lit twice?", "The kiln is lit twice. It is lit in this way because the clay is wet.\n"),
        ("窑炉为什么点火两次？", "窑炉点火两次。之所以这样安排，是因为泥坯潮湿。\n"),
        (
            "What's the point of lighting the kiln twice?",
            "The kiln is lit twice. The reason is that wet clay cracks because of steam.\n",
        ),
    ],
)
def test_the_reason_may_be_the_next_sentence(
    tmp_path_factory: pytest.TempPathFactory, question: str, text: str
) -> None:
    answer = over(tmp_path_factory.mktemp("kiln"), "kiln", text).ask(question)
    assert "because" in answer.text or "因为" in answer.text


def test_those_who_did_not_are_told_of_after_those_who_did(tmp_path: Path) -> None:
    fees = "Fees are returned to members who finished the pottery course. Those who did not finish it pay half.\n"
    studio = over(tmp_path, "fees", fees)
    assert "pay half" in studio.ask("I have not finished the pottery course. Are fees returned?").text
    assert "pay half" not in studio.ask("Are fees returned to members who finished the pottery course?").text


def test_a_subtitle_or_who_issued_a_document_answers_nothing(tmp_path: Path) -> None:
    rules = (
        "# Rules for boats\n\nHarbour Rowing Club\n\nHow small clubs can keep their boats afloat\n\n## 1. Lending\n\n"
        "1.1 The club lends eights to members.\n\n## 2. Repairs\n\n2.1 Whoever damages an oar tells the captain.\n"
    )
    asked = over(tmp_path, "rules", rules)
    for question in (
        "On what grounds can the rowing club ban a member?",
        "How can a small club keep boats from sinking?",
    ):
        assert not {"Harbour Rowing Club", "How small clubs can keep their boats afloat"} & {
            citation.quote for citation in asked.ask(question).citations
        }


EXAMPLE = """# 陶艺馆调查

以佛山为例，佛山有12座窑炉。同时，展馆的投资占比超过46%，取得了突破。但是，学员管理存在责任不清的问题。

泉州的窑炉较少，展馆也少。投资占比较低。
"""


def test_a_paragraph_goes_on_with_its_example(tmp_path_factory: pytest.TempPathFactory) -> None:
    survey = over(tmp_path_factory.mktemp("example"), "example", EXAMPLE)
    assert [c.quote for c in survey.ask("佛山展馆的投资占比是多少？").citations] == [
        "同时，展馆的投资占比超过46%，取得了突破。"
    ]
    told = survey.ask("佛山的成绩和不足各是什么？").text
    assert "46%" in told
    assert "责任不清" in told
    assert "泉州" not in told


def test_the_encoder_reads_no_chinese_term(paper: Assistant) -> None:
    assert "Wuhan" not in paper.ask("What is 双循环?").text


def test_what_follows_in_that_case_and_what_stands_between(tmp_path: Path) -> None:
    text = (
        "# Plots\n\nThe Council may end a tenancy if it needs the land for a road. In that case the tenant is offered another plot "
        "and is paid for crops.\n"
    )
    answer = over(tmp_path, "plots", text).ask(
        "What is a tenant entitled to where the Council needs the land for a new road?"
    )
    assert len(answer.citations) == 2
    assert "another plot" in answer.text


def test_a_short_paragraph_is_told_from_the_sentence_that_answers_on(tmp_path: Path) -> None:
    text = (
        "# 条例\n\n## 第一章 记录\n\n第一条 记录有错的，可以申请更正。组织应当在七日内核实。\n\n第二条 记录永久保存。\n"
    )
    rules = over(tmp_path, "rules", text)
    assert [c.quote for c in rules.ask("记录有错怎么更正？").citations][1:] == ["组织应当在七日内核实。"]
    assert len(rules.ask("记录有错的可以申请更正吗？").citations) == 1


def test_what_a_passage_lacks_matches_in_none_of_its_sentences(paper: Assistant) -> None:
    reader = Reader(paper.index)
    questions = ("How can firms attract talented people?", "企业咋样才能留住搞研发的人材？", "武汉有多少条数字化产线")
    for word in (word for question in questions for word in words_of(question)):
        for passage in paper.index.passages:
            studied = reader.study(passage)
            near = studied.around.narrowed(word)
            assert [held.match(word) for held in studied.held] == [
                held.match(near) if near else 0.0 for held in studied.held
            ]
