"""The thesaurus: everyday words find official ones, and support nothing."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.support.check import check
from assistant.understanding.lexicon import words_of
from assistant.understanding.thesaurus import official
from index import training
from index.store import build_index
from index.training.thesaurus import HEADER, thesaurus

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
    folder = tmp_path_factory.mktemp("handbook")
    (folder / "handbook.md").write_text(HANDBOOK, encoding="utf-8")
    build_index([folder / "handbook.md"], folder / "index")
    return Assistant.open(folder / "index", Settings())


def test_what_is_read_is_what_is_written() -> None:
    rows = thesaurus(SOURCE.read_text(encoding="utf-8").splitlines())
    lines = [f"{asked}\t{' '.join(texts)}" for asked, texts in sorted(rows.items())]
    assert BUILT.read_text(encoding="utf-8").splitlines() == [HEADER, *lines]


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
    assert all("补贴" not in w.official for w in words_of("种粮补贴是多少") if w.text != "补贴")


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


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("A laptop that got nicked is a matter for the boss.", "The theft of a device is reported to the manager."),
        ("他被炒鱿鱼了。", "其劳动合同被解除。"),
    ],
)
def test_official_words_support_nothing(claim: str, source: str) -> None:
    assert check(claim, [source]).verdict == "unsupported"
