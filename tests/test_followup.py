"""Follow-ups: the subject comes back, and a question that stands on its own is left alone."""

import pytest

from assistant import Assistant
from assistant.understanding.followup import standalone


def turns(*pairs: str) -> list[dict[str, str]]:
    return [{"role": ("user", "assistant")[i % 2], "content": text} for i, text in enumerate(pairs)]


LISTED = "1. **完善制度**：企业应当完善制度。 [1]\n2. **加强合作**：企业应当加强合作。 [2]"


@pytest.mark.parametrize(
    ("question", "history", "expected"),
    [
        ("那行业层面呢？", turns("企业层面有哪些建议？", LISTED), "行业层面有哪些建议?"),
        ("And the government?", turns("What should enterprises do?", "…"), "what should the government do?"),
        ("ok, and the government?", turns("What should enterprises do?", "…"), "what should the government do?"),
        ("Thanks! And the government?", turns("What should enterprises do?", "…"), "what should the government do?"),
        ("听着都是好处，那它的坏处呢？", turns("开放式创新有什么好处", "…"), "开放式创新的坏处"),
        ("能再说说这一章的第三节吗", turns("第四章讲了什么", "…"), "能再说说第四章的第三节吗"),
        ("那第十三条呢？", turns("第十二条规定了什么？", "…"), "第十三条规定了什么?"),
        ("那现在大家这方面做得怎么样？", turns("报告对冷库管理有什么建议？", "…"), "那现在大家冷库管理做得怎么样?"),
        ("第二条具体说说", turns("企业层面有哪些建议？", LISTED), "加强合作"),
        ("它有什么风险？", turns("开放式创新有什么好处", "…"), "开放式创新有什么风险?"),
        ("最后一条呢", turns("企业层面有哪些建议？", LISTED), "加强合作"),
        ("第二条建议怎么落实", turns("企业层面有哪些建议？", LISTED), "加强合作"),
        ("第二个问题具体怎么表现", turns("有哪些问题？", "有两点：一是成本高，二是人手不足。"), "人手不足"),
        (
            "Tell me more about the second one",
            turns("Which problems?", "First, high costs; second, few staff."),
            "few staff",
        ),
        ("2011年呢", turns("2020年制造业占GDP的比重是多少？", "…"), "2011年制造业占gdp的比重是多少?"),
        ("2011年呢", turns("制造业占比是多少？", "…"), "2011年制造业占比是多少?"),
        (
            "And in 2011?",
            turns("What is the share of manufacturing?", "…"),
            "what is the share of manufacturing in 2011?",
        ),
        ("那上海呢？", turns("武汉有多少条产线？", "…"), "上海有多少条产线?"),
        ("[9]呢？", turns("引用[6]说的是什么？", "…", "那[8]呢？", "…"), "引用[9]说的是什么?"),
        ("And reference 9?", turns("What does [8] say?", "…"), "what does reference 9 say?"),
        (
            "How should they be solved?",
            turns("What problems does the industry level have?", "…"),
            "industry level: How should they be solved?",
        ),
        ("有什么坏处呢", turns("开放式创新有什么好处", "…"), "开放式创新有什么好处 有什么坏处呢"),
        ("Is it mandatory?", turns("What is the allowance?", "…"), "is allowance mandatory?"),
        ("这部法律的目的是什么", turns("反垄断法第十二条规定了什么？", "…"), "反垄断法的目的是什么"),
    ],
)
def test_a_follow_up_stands_alone(question: str, history: list[dict[str, str]], expected: str) -> None:
    assert standalone(question, history).text == expected


@pytest.mark.parametrize(
    "question",
    [
        "武汉有多少条产线？",
        "国家层面的第一条建议是什么",
        "谁负责全市停车管理？",
        "该文的结论是什么",
        "该办法何时施行？",
        "企业应该如何了解客户需求",
        "我国制造业的竞争力如何？",
        "为什么企业需要开放式创新呢？",
        "反垄断法第十二条规定了什么？",
        "Is it true that interns are not eligible?",
        "How long does it take to decide on a request?",
        "Does the paper say that costs rise?",
        "And does the paper say that costs rise?",
        "What does this paper say about Wuhan?",
        "Must interns report their hours?",
        "What is the first recommendation for the government?",
        "When was the last update?",
    ],
)
def test_a_question_that_stands_on_its_own_is_left_alone(question: str) -> None:
    assert standalone(question, turns("企业层面有哪些建议？", LISTED)).text == question
    assert standalone(question, turns("What problems does the industry level have?", LISTED)).text == question


@pytest.mark.parametrize(
    ("question", "language"), [("in English please", "en"), ("用英文回答", "en"), ("请用中文回答", "zh")]
)
def test_asking_for_another_language_asks_the_same_again(question: str, language: str) -> None:
    found = standalone(question, turns("企业层面有哪些建议？", LISTED))
    assert (found.text, found.language) == ("企业层面有哪些建议？", language)


def test_a_leaning_question_keeps_the_name_that_was_refused() -> None:
    assert "上海" in standalone("那大概是多少呢", turns("上海有多少条数字化产线？", "文档没有回答这个问题。")).text


def test_an_item_of_a_list_that_was_not_told_stands_alone() -> None:
    question = "What is the third recommendation?"
    assert standalone(question, turns("How many lines does Wuhan run?", "101 lines. [1]")).text == question


def test_without_history_nothing_changes() -> None:
    assert standalone("那行业层面呢？", []).text == "那行业层面呢？"


def test_an_item_of_a_list_told_in_prose_is_told_alone(paper: Assistant) -> None:
    told = "Two things: improve the policies for technology supply, and establish national innovation centre platforms."
    history = [
        {"role": "user", "content": "What does the paper recommend to the government?"},
        {"role": "assistant", "content": told},
    ]
    answer = paper.ask("Tell me more about the second one.", history=history)
    assert {c.section.path[-1] for c in answer.citations} == {"建立国家创新中心服务平台引导企业改革"}


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("What does section 4.1 say?", "And 5.1?", "what does 5.1 say?"),
        ("4.1讲了什么？", "那5.1呢？", "5.1讲了什么?"),
        ("企业层面有哪些建议？", "国家呢？", "国家有哪些建议?"),
    ],
)
def test_a_bare_number_or_level_takes_the_place_of_the_earlier_one(first: str, then: str, expected: str) -> None:
    history = [{"role": "user", "content": first}, {"role": "assistant", "content": "…"}]
    assert standalone(then, history).text == expected


BEES = [
    {"role": "user", "content": "合作社层面存在什么问题？"},
    {"role": "assistant", "content": "报告指出两点：1) 规模偏小；2) 蜂箱老化。"},
]


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("第二条具体造成了什么后果？", "蜂箱老化 具体造成了什么后果?"),
        ("第二条具体说说", "蜂箱老化"),
    ],
)
def test_an_item_is_asked_after_with_what_is_asked_of_it(then: str, expected: str) -> None:
    assert " ".join(standalone(then, BEES).text.split()) == expected


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("河湾市养蜂业有哪些进展？", "光说成绩了，毛病呢？", "河湾市养蜂业有哪些毛病?"),
        ("2011年蜂蜜占农业产值的比重是多少？", "后来降到多少了？", "2011年蜂蜜占农业产值的比重是多少 后来降到多少了？"),
    ],
)
def test_what_is_asked_of_the_same_subject(first: str, then: str, expected: str) -> None:
    history = [{"role": "user", "content": first}, {"role": "assistant", "content": "…"}]
    assert standalone(then, history).text == expected


@pytest.mark.parametrize(
    ("told", "then", "expected"),
    [
        (
            "Some studios fire too early.",
            "Why is that a problem?",
            "some studios fire too early. Why is that a problem?",
        ),
        ("Leeds.", "And what drives its potters?", "and what drives leeds potters?"),
    ],
)
def test_what_a_brief_answer_said_is_what_that_stands_for(told: str, then: str, expected: str) -> None:
    history = [{"role": "user", "content": "Name a problem of the studios."}, {"role": "assistant", "content": told}]
    assert " ".join(standalone(then, history).text.split()) == expected


def test_an_examiner_asks_after_an_item() -> None:
    found = standalone("试分析第二个问题为什么难以解决。", BEES).text
    assert found.startswith("蜂箱老化")
    assert "为什么" in found


def test_what_they_lack_is_asked_of_the_subject(paper: Assistant) -> None:
    history = [
        {"role": "user", "content": "武汉的制造企业在开放式创新上做得怎么样？"},
        {"role": "assistant", "content": "武汉运行着 101 条标准数字化产线 [1]。"},
    ]
    assert "用工缺口大" in paper.ask("那它们还有哪些不足？", history=history).text


def test_a_refusal_said_nothing() -> None:
    history = [
        {"role": "user", "content": "What do the studios pay?"},
        {"role": "assistant", "content": "The documents do not answer this question: they do not mention “rent”."},
    ]
    assert "documents" not in standalone("Why is that?", history).text
