"""Calibration: a higher floor refuses more, and the best one is the middle of the best."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from eval.calibration import Point, Rate, best, curve
from eval.suites import load_suite
from index.store import PassageIndex, calibrate


def point(floor: float, wrong: int) -> Point:
    return Point(floor, {"zh": Rate(wrong, 10)}, {"zh": Rate(0, 10)})


def test_the_middle_of_the_best_floors_is_chosen() -> None:
    assert best([point(0.1, 5), point(0.2, 1), point(0.3, 1), point(0.4, 1), point(0.5, 2)]).floor == 0.3


def test_a_rate_without_cases_is_no_rate() -> None:
    assert str(Rate(0, 0)) == "–"


def test_the_curve_turns_false_answers_into_false_refusals(paper: Assistant) -> None:
    suite = load_suite(Path(__file__).parent.parent / "eval" / "suites" / "paper.jsonl")
    cases = [case for case in suite.select("dev") if not case.history][:40]
    low, high = curve(paper, cases, floors=(0.1, 1.4))
    assert low.false_refusals["zh"].wrong < high.false_refusals["zh"].wrong


class Silent:
    """An assistant that never answers."""

    def with_floor(self, floor: float) -> "Silent":
        return self

    def ask(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
        return Answer(question, question, "zh", "open", "…", abstained=True)


def test_whoever_never_answers_is_never_wrong_to_answer() -> None:
    suite = load_suite(Path(__file__).parent.parent / "eval" / "suites" / "paper.jsonl")
    (only,) = curve(Silent(), suite.select("dev"), floors=(0.5,))
    assert only.false_answers["zh"].wrong == 0
    assert only.false_refusals["zh"].share == 1.0


def test_a_floor_is_stored_with_its_index_and_kept_when_it_is_built_again(tiny_index: Path, tmp_path: Path) -> None:
    from index.store import build_index

    source = tiny_index.parent / "travel.md"
    build_index([source], tmp_path / "index")
    calibrate(tmp_path / "index", {"floor": 9.0})
    build_index([source], tmp_path / "index")
    assert PassageIndex.open(tmp_path / "index").manifest.calibration == {"floor": 9.0}
    assert Assistant.open(tmp_path / "index").ask("What is the daily allowance?").abstained


@pytest.mark.parametrize("share", [Rate(1, 4)])
def test_a_rate_prints_its_interval(share: Rate) -> None:
    assert str(share).startswith("25.0 % (5–70")
