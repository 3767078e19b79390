"""Conversation: a question that goes on is answered from the section that the answer before is from."""

import pytest
from conftest import over

from assistant import Assistant
from assistant.extractive.conversation import told_in
from assistant.understanding.asked import understood
from prompts import phrase

RULES = """# 陶艺馆规则

## 窑炉

窑炉每周开放三天。表现突出的学员，经馆长同意，可以不受上述天数限制。

## 釉料

釉料每次限领两份。确有困难的学员，可以多领一份。

## Lockers

A locker costs 12 pounds a term. Learners must ask for one ten days before the term begins.

## Courses

The wheel course runs for six weeks. Learners must book a place two months before it begins.
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("rules"), "rules", RULES)


@pytest.mark.parametrize(
    ("told", "question", "quote"),
    [
        ("窑炉每周开放三天。[1]", "能不能多给学员一点？", "表现突出的学员，经馆长同意，可以不受上述天数限制。"),
        ("釉料每次限领两份。[1]", "能不能多给学员一点？", "确有困难的学员，可以多领一份。"),
        ("A locker costs 12 pounds a term. [1]", "How far ahead must learners ask?", "ten days before the term"),
        ("The wheel course runs for six weeks. [1]", "How far ahead must learners ask?", "two months before it begins"),
    ],
)
def test_a_question_that_goes_on_stays_in_the_section(rules: Assistant, told: str, question: str, quote: str) -> None:
    history = [{"role": "user", "content": "…"}, {"role": "assistant", "content": told}]
    answer = rules.ask(question, history=history)
    assert quote in answer.citations[0].quote


def test_another_subject_leaves_the_section(rules: Assistant) -> None:
    history = [{"role": "user", "content": "…"}, {"role": "assistant", "content": "窑炉每周开放三天。[1]"}]
    assert rules.ask("釉料每次限领几份？", history=history).citations[0].quote == "釉料每次限领两份。"


def test_a_refusal_is_from_no_section(rules: Assistant) -> None:
    assert told_in(rules.index, "窑炉每周开放三天。[1]")
    for language in ("zh", "en"):
        assert told_in(rules.index, phrase("abstain", language)) == []
    assert told_in(rules.index, "") == []


@pytest.mark.parametrize(
    ("first", "more", "none"),
    [
        ("窑炉有什么规定？", "还有别的吗？", "除上面所说的以外"),
        ("What are the rules on lockers?", "What else?", "Beyond what was told above"),
    ],
)
def test_what_else_there_is_is_told_once(rules: Assistant, first: str, more: str, none: str) -> None:
    history: list[dict[str, str]] = []
    told: list[str] = []
    for question in (first, more, more, more):
        answer = rules.ask(question, history=history)
        history += [{"role": "user", "content": question}, {"role": "assistant", "content": answer.text}]
        told += [citation.quote for citation in answer.citations]
    assert len(told) > 1
    assert len(told) == len(set(told))
    assert answer.abstained
    assert answer.text.startswith(none)


@pytest.mark.parametrize("question", ["窑炉还有哪些规定？", "其他学员呢？", "What else must learners do?", "还有吗？"])
def test_what_names_its_subject_or_follows_nothing_asks_for_no_more_of_the_same(question: str) -> None:
    history = [
        {"role": "user", "content": "窑炉有什么规定？"},
        {"role": "assistant", "content": "窑炉每周开放三天。[1]"},
    ]
    assert not understood(question, history if "吗" not in question else []).further


@pytest.mark.parametrize(
    ("told", "more"),
    [
        ("A locker costs 12 pounds a term.", "Is there anything else about them?"),
        ("For one term a locker costs 12 pounds.", "And the other rule on lockers?"),  # in other words
        ("A locker costs 12 pounds a term.", "Do they also have to be asked for?"),
    ],
)
def test_more_of_the_same_in_words_of_its_own_is_not_what_was_told(rules: Assistant, told: str, more: str) -> None:
    history = [{"role": "user", "content": "What is the rule on lockers?"}, {"role": "assistant", "content": told}]
    quotes = [citation.quote for citation in rules.ask(more, history=history).citations]
    assert quotes == ["Learners must ask for one ten days before the term begins."]


def test_what_happened_names_no_subject() -> None:
    history = [
        {"role": "user", "content": "What happened to the old kilns?"},
        {"role": "assistant", "content": "They are shut."},
    ]
    assert (
        understood("What did that do to manufacturing?", history).standalone
        == "what did old kilns do to manufacturing?"
    )


@pytest.mark.parametrize(
    ("question", "standalone"),
    [
        (
            "Can you explain what that looks like in the pottery trade?",
            "can you explain what old kilns shut looks like in the pottery trade?",
        ),
        ("What has that done for the pottery trade?", "what has old kilns shut done for the pottery trade?"),
    ],
)
def test_that_is_what_was_said_and_not_one_thing_in_it(question: str, standalone: str) -> None:
    history = [
        {"role": "user", "content": "Why are the old kilns shut?"},
        {"role": "assistant", "content": "They crack."},
    ]
    assert understood(question, history).standalone == standalone


def test_besides_that_rule_asks_for_more() -> None:
    history = [
        {"role": "user", "content": "窑炉有什么规定？"},
        {"role": "assistant", "content": "窑炉每周开放三天。[1]"},
    ]
    found = understood("除了这条规定，学员还能怎么用窑炉", history)
    assert found.further
    assert found.standalone == "学员还能怎么用窑炉"
    assert (
        understood("Besides that, what does the World Bank say?", history).standalone == "what does the World Bank say?"
    )
    assert not understood("除了这些学员还应当做什么？", history).further


def test_an_apostrophe_left_out_is_no_other_question() -> None:
    assert understood("whats the rule on lockers", []).standalone == "whats the rule on lockers"
