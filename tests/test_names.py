"""Names: whole words only, in either language, and not the titles of laws."""

import pytest

from assistant.understanding.names import names_in, respelt


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("深圳有多少条数字化产线？", ["深圳"]),
        ("有几个算得上中高端", []),
        ("上海的补贴标准是多少", ["上海"]),
        ("How many lines does Huawei run?", ["Huawei"]),
        ("is shenzhen covered?", ["shenzhen"]),
        ("how many times a year is the grant paid, and at what price", []),
        ("progress in america and france so far", ["america", "france"]),
        ("What does Article 12 of the Export Control Law say?", []),
        ("What Are The Main Recommendations Here", []),
    ],
)
def test_names_of_a_question(question: str, names: list[str]) -> None:
    assert [name.text for name in names_in(question)] == names


def test_a_name_has_its_form_in_the_other_language() -> None:
    assert "Germany" in names_in("德国怎么样")[0].forms


def test_a_misspelt_name_is_read_as_the_documents_spell_it() -> None:
    assert respelt("What did Lichtenthaler find?", {"lichtenthala", "find"}) == "What did Lichtenthala find?"
    assert respelt("Compare books and DVDs", {"book", "dvd"}) == "Compare books and DVD"


def test_what_is_between_two_seats_of_government_is_between_states() -> None:
    named = {name.text: name.forms for name in names_in("What does the quarrel between Beijing and Washington mean?")}
    assert "中国" in named["Beijing"]
    assert "美国" in named["Washington"]
    assert "中国" not in names_in("What about factories in Beijing and Wuhan?")[0].forms
