"""The thesaurus: everyday words find official ones, and support nothing."""

from pathlib import Path

import pytest
from conftest import over

from assistant import Assistant
from assistant.support.check import check
from assistant.understanding.lexicon import VAGUE, words_of
from assistant.understanding.thesaurus import official
from index import training
from index.training.thesaurus import thesaurus, written

SOURCE = Path(training.__file__).parent / "thesaurus.txt"
BUILT = Path(__file__).parents[1] / "assistant" / "understanding" / "thesaurus.tsv"

HANDBOOK = """# Handbook

## 1 Equipment

1.1 The loss or theft of a device must be reported to the Help Desk within two hours.

1.2 Equipment is returned on the last day of employment.

## 2 Requests

2.1 Where an application is refused, the applicant is told the reasons within ten working days.

2.2 Employment may be terminated with four weeks' notice.
"""


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("handbook"), "handbook", HANDBOOK)


def test_what_is_read_is_what_is_written() -> None:
    rows = thesaurus(SOURCE.read_text(encoding="utf-8").splitlines())
    assert BUILT.read_text(encoding="utf-8") == written(rows)


def test_each_line_is_one_meaning_on_two_sides() -> None:
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or [len(side.split()) > 0 for side in line.split(" | ")] == [True, True], line


def test_the_words_of_all_meanings_come_in_turn() -> None:
    assert thesaurus(["fire sack | dismiss terminate", "fire blaze | combustion"]) == {
        "fire": ["dismiss", "combust", "termin"],
        "sack": ["dismiss", "termin"],
        "blaze": ["combust"],
    }


def test_an_expression_with_its_object_within_speaks_for_its_weightiest_word() -> None:
    turn, _, _, down = official(["turn", "my", "request", "down"], [0.5, 0.1, 0.6, 0.2])
    assert "refus" in turn
    assert "refus" not in down


def test_what_is_asked_in_so_many_words_is_no_official_word() -> None:
    (alone,) = official(["refus"], [1.0])
    beside, _ = official(["refus", alone[0]], [1.0, 0.1])
    assert alone[0] not in beside
    assert set(beside) < set(alone)


def test_words_with_one_stem_are_told_apart() -> None:
    rows = thesaurus(["customer | consumer", "customs | duty tariff", "apply applies | submit"])
    assert rows["customer"] == ["consum"]
    assert rows["customs"] == ["duti", "tariff"]
    assert rows["appli"] == ["submit"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("My laptop got nicked, how fast must I tell someone?", "within two hours"),
        ("笔记本电脑被偷了要多久上报？", "within two hours"),
        ("How much warning do I get if they sack me?", "four weeks"),
    ],
)
def test_everyday_words_find_official_ones(handbook: Assistant, question: str, found: str) -> None:
    assert found in handbook.ask(question).text


def test_official_words_support_nothing() -> None:
    claim, source = "他被炒鱿鱼了。", "His contract was terminated."
    assert "termin" in {text for word in words_of(claim) for text in word.official}
    assert check(claim, [source]).verdict == "unsupported"
    assert check("他的合同被终止了。", [source]).verdict != "unsupported"


def test_an_expression_of_words_that_say_nothing_says_something() -> None:
    (asked,) = [word for word in words_of("How many days off do I get?") if word.weight > VAGUE]
    assert asked.text == "day"
    assert "leav" in asked.official
    assert all(word.weight <= VAGUE for word in words_of("Do I get a day?"))
