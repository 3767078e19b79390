"""Follow-ups: the subject comes back, and a question that stands on its own is left alone."""

import pytest

from assistant.understanding.followup import standalone


def turns(*pairs: str) -> list[dict[str, str]]:
    return [{"role": ("user", "assistant")[i % 2], "content": text} for i, text in enumerate(pairs)]


LISTED = "1. **完善制度**：企业应当完善制度。 [1]\n2. **加强合作**：企业应当加强合作。 [2]"


@pytest.mark.parametrize(
    ("question", "history", "expected"),
    [
        ("那行业层面呢？", turns("企业层面有哪些建议？", LISTED), "行业层面有哪些建议?"),
        ("And the government?", turns("What should enterprises do?", "…"), "what should the government do?"),
        ("能再说说这一章的第三节吗", turns("第四章讲了什么", "…"), "能再说说第四章的第三节吗"),
        ("那第十三条呢？", turns("第十二条规定了什么？", "…"), "第十三条规定了什么?"),
        ("第二条具体说说", turns("企业层面有哪些建议？", LISTED), "加强合作"),
        ("它有什么风险？", turns("开放式创新有什么好处", "…"), "开放式创新有什么风险?"),
        ("武汉有多少条产线？", turns("企业层面有哪些建议？", LISTED), "武汉有多少条产线？"),
    ],
)
def test_a_follow_up_stands_alone(question: str, history: list[dict[str, str]], expected: str) -> None:
    assert standalone(question, history).text == expected


@pytest.mark.parametrize(
    ("question", "language"), [("in English please", "en"), ("用英文回答", "en"), ("请用中文回答", "zh")]
)
def test_asking_for_another_language_asks_the_same_again(question: str, language: str) -> None:
    found = standalone(question, turns("企业层面有哪些建议？", LISTED))
    assert (found.text, found.language) == ("企业层面有哪些建议？", language)


def test_a_leaning_question_keeps_the_name_that_was_refused() -> None:
    assert "上海" in standalone("那大概是多少呢", turns("上海有多少条数字化产线？", "文档没有回答这个问题。")).text


def test_without_history_nothing_changes() -> None:
    assert standalone("那行业层面呢？", []).text == "那行业层面呢？"
