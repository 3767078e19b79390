"""Questions: what is asked for, in both languages, and what in them must be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.kinds import KINDS
from assistant.understanding.marks import marks_in
from assistant.understanding.question import understand
from assistant.understanding.units import section_keys, unit_keys


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("企业层面有哪些建议？", "list"),
        ("What are the seven recommendations?", "list"),
        ("武汉有多少条数字化产线？", "fact"),
        ("How many digital lines does Wuhan run?", "fact"),
        ("什么是开放式创新？", "definition"),
        ("What is open innovation?", "definition"),
        ("为什么企业需要合作？", "why"),
        ("Why do firms cooperate?", "why"),
        ("企业怎么都不爱合作", "why"),
        ("Who may not rent a kiln?", "list"),
        ("Who is eligible for a grant?", "list"),
        ("谁可以申请补贴？", "list"),
        ("waiting list: last date?", "open"),
        ("list the kilns", "list"),
        ("How do kilns measure up to ovens?", "comparison"),
        ("Set the good years against the bad ones.", "comparison"),
        ("合作协议怎么不用盖章办理", "why"),
        ("怎么办理合作手续", "how"),
        ("What is the point of a second kiln?", "why"),
        ("企业应该如何建设文化？", "how"),
        ("How can firms build a culture?", "how"),
        ("开放式创新和封闭式创新有什么区别？", "comparison"),
        ("What harm does a hot kiln do?", "why"),
        ("过热的窑炉有什么不好？", "why"),
        ("What is the difference between open and closed innovation?", "comparison"),
        ("总结一下这篇论文", "summary"),
        ("Summarise the paper", "summary"),
        ("Sum up the paper", "summary"),
        ("What's the main argument?", "summary"),
        ("What is the paper's central claim?", "summary"),
        ("What are the key messages?", "summary"),
        ("What is the strategy about?", "summary"),
        ("What is our admissions policy about?", "summary"),
        ("论文的核心论点是什么", "summary"),
        ("引言的主要意思是啥", "summary"),
        ("第5.1节讲了什么？", "section"),
        ("What does Article 12 say?", "section"),
        ("文献[3]支持什么观点？", "reference"),
        ("What does reference 3 support?", "reference"),
    ],
)
def test_the_kind_of_a_question(text: str, kind: str) -> None:
    assert understand(text).kind == kind


def test_numbered_units_are_read_as_spoken() -> None:
    assert understand("二点一那节讲什么").units == ("2.1",)
    assert understand("What is in chapter two?").units == understand("第二章讲了什么").units


def test_numbered_units_have_one_key() -> None:
    assert understand("第十二条规定了什么").units == understand("第12条规定了什么").units == ("第12条",)
    assert understand("What does Article 12 say?").units == ("第12条",)
    assert "第12条" in section_keys("第十二条")
    assert "第4章" in section_keys("4")
    assert "5.1" in section_keys("5.1")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("what do sections 2 and 4 say?", ["第2节", "第4节"]),
        ("articles 5 to 7", ["第5条", "第6条", "第7条"]),
        ("第四、五条", ["第4条", "第5条"]),
        ("第三至第五章", ["第3章", "第4章", "第5章"]),
        ("第三章第七条", ["第3章第7条"]),
        ("article 7 of chapter 3", ["第3章第7条"]),
        ("第三章和第七条", ["第3章", "第7条"]),
        ("第五条要求企业做什么", ["第5条"]),
        ("第二条任务是什么", []),
    ],
)
def test_rows_and_paths_of_units(text: str, keys: list[str]) -> None:
    assert unit_keys(text) == keys


@pytest.mark.parametrize(
    ("text", "item", "searched"),
    [
        ("国家层面的第一条建议是什么", 1, "国家层面的 建议是什么"),
        ("最后一条建议", -1, " 建议"),
        ("倒数第二个问题是什么", -2, " 问题是什么"),
        ("建议里的第三条", 3, "建议里的 "),
        ("第二条任务是什么", 2, " 任务是什么"),
        ("对政府的建议中，第二条是什么", 2, "对政府的建议中, 是什么"),
        ("the 2nd recommendation for firms", 2, "the recommendation for firms"),
        ("What is the second-to-last problem?", -2, "What is the problem?"),
        ("What is the third recommendation?", 3, "What is the recommendation?"),
        ("What's the Last problem?", -1, "What's the problem?"),
    ],
)
def test_an_item_is_looked_for_in_its_list(text: str, item: int, searched: str) -> None:
    question = understand(text)
    assert (question.kind, question.item, question.text) == ("list", item, searched)


@pytest.mark.parametrize(
    "text", ["第二条规定了什么", "中国第三大城市是哪个", "第二个问题：谁负责？", "Who decides last year?"]
)
def test_what_is_no_item(text: str) -> None:
    assert understand(text).item is None


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("文献10说了什么", (10,)),
        ("references 3 and 4", (3, 4)),
        ("文献3、5说了什么", (3, 5)),
        ("[5-7]", (5, 6, 7)),
        ("参考文献20篇", ()),
        ("文献2020", ()),
    ],
)
def test_reference_marks_of_a_question(text: str, marks: tuple[int, ...]) -> None:
    assert understand(text).marks == marks


def test_reference_marks_of_a_source() -> None:
    assert marks_in("one [3,4], two【5–7】, in [2020]") == [3, 4, 5, 6, 7]


def test_years_and_amounts_are_told_apart() -> None:
    question = understand("2020年有101条产线吗")
    assert question.years == ("2020",)
    assert set(question.numbers) == {"2020", "101"}


def test_what_to_do_about_it_asks_for_a_remedy() -> None:
    assert understand("What should the council do about that shortage?").facets == ("solution",)


def test_the_sides_of_a_comparison() -> None:
    assert understand("开放式创新和封闭式创新有什么区别？").sides == ("开放式创新", "封闭式创新")
    assert understand("就行业与企业而言，两者的问题有何不同？").sides == ("行业", "企业")
    assert understand("对行业与企业来说，有哪些建议？").sides is None
    assert understand("德国跟日本在推动企业节能减排上路子有啥不同").sides is not None
    assert understand("What is the difference between the card for a room and the one for a house?").sides == (
        "the card for a room",
        "the card for a house",
    )


@given(st.text())
def test_any_text_is_understood(text: str) -> None:
    assert understand(text).kind in KINDS


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("反垄断法第六十二条处罚", ("第62条",)),
        ("这个办法的第四条", ("第4条",)),
        ("第一百三十三条之一规定了什么？", ("133.1",)),
        ("4.2有哪些问题？", ("4.2",)),
        ("What is 2.2 about?", ("2.2",)),
        ("增长了3.5的原因是什么", ()),
    ],
)
def test_units_are_those_that_are_named(text: str, keys: tuple[str, ...]) -> None:
    question = understand(text)
    assert (question.units, question.item) == (keys, None)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("What is the phone number of the front desk?", "contact"),
        ("投诉电话是多少？", "contact"),
        ("Can my employer share my phone number?", ""),
        ("What is the policy on personal email?", ""),
        ("电话号码属于个人信息吗？", ""),
        ("什么是诈骗电话？", ""),
        ("Which countries are named?", "place"),
        ("Explain what the country should do", ""),
        ("哪些国家政策支持创新？", ""),
    ],
)
def test_what_asks_for_a_number_to_ring_or_a_place(text: str, measure: str) -> None:
    assert understand(text).measure == measure


@pytest.mark.parametrize(
    ("text", "measure", "counted"),
    [
        ("by when must I do the course", "time", ""),
        ("引才奖励是多少", "money", "引才奖励"),
        ("奖励有多少人拿到", "number", ""),
        ("2023年总产值多少？", "number", "总产值"),
        ("How much is the yearly rent for a half plot?", "money", ""),
        ("What share of revenue do firms spend on training?", "share", "revenue"),
        ("What tariff rates has the country set?", "share", "tariff"),
    ],
)
def test_what_form_an_amount_has_and_what_it_is_of(text: str, measure: str, counted: str) -> None:
    assert (understand(text).measure, understand(text).counted) == (measure, counted)


def test_a_difference_may_follow_the_two_things_at_once() -> None:
    assert understand("封闭式创新和开放式创新差别在哪？").sides == ("封闭式创新", "开放式创新")


def test_a_chinese_term_in_an_english_question_is_defined() -> None:
    question = understand("What is 双循环?")
    assert (question.kind, question.term, question.language) == ("definition", "双循环", "en")


def test_what_the_state_has_is_no_place() -> None:
    assert understand("国家有哪些政策支持陶艺？").measure == ""
    assert understand("停展的城市是哪几个？").measure == "place"


def test_a_long_word_is_read_at_once() -> None:
    assert understand("what is " + "a" * 2000 + "!").kind == "open"  # backtracking over it took half a minute
