"""Planted faults: what is made worse in an answer, and which metric must see it; what changes its form alone moves none."""

import random

import pytest

from eval.battery.planted import changes, rates
from eval.metrics import score
from eval.metrics.registry import BY_KEY
from eval.report.exports import as_json
from eval.report.page import as_html
from eval.runner import Result
from eval.runs import Run, load_run
from tests.test_eval_commands import SUITES, main


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run of a suite whose documents are in English."""
    path = tmp_path_factory.mktemp("planted") / "run.jsonl"
    assert main(["run", str(SUITES / "remote-work.jsonl"), "--split", "all", "--out", str(path)]) == 0
    return load_run(path)


def faultless(run: Run) -> Result:
    """An answer that can only get worse, and has a number to change."""
    return next(
        one
        for one in run.results
        if one.score.nugget_recall == one.score.citation_precision == one.score.lexical_support == 1
        and BY_KEY["hit_1"].of(one.score) == 1
        and any(number in one.reply.text for nugget in one.case.nuggets for number in nugget.numbers)
    )


def test_every_fault_lowers_what_it_is_planted_for_and_no_form_does(run: Run) -> None:
    result = faultless(run)
    others = [cited for one in run.results for cited in one.reply.citations]
    made = list(changes(result, others, random.Random(0)))
    assert {key for change in made if change.fault for key in change.keys} >= {
        "nugget_recall", "citation_precision", "citation_validity", "lexical_support", "hit_1", "context_recall",
    }  # fmt: skip
    for change in made:
        assert change.reply != result.reply or change.found is not None
        after = score(result.case, change.reply, change.found)
        for key in set(change.keys) - {"section_hit", "evidence_f1"}:
            old, new = BY_KEY[key].of(result.score), BY_KEY[key].of(after)
            assert (new or 0.0) < (old or 0.0) if change.fault else new == old, (key, change.reply.text)


def test_only_what_can_be_planted_has_rates(run: Run) -> None:
    found = rates(run.results)
    assert found["citation_validity"].missed is not None
    assert found["citation_validity"].missed.mean == 0.0
    assert found["lexical_support"].moved is not None
    assert "false_refusal" not in found


def test_the_rates_are_printed_beside_the_metrics(run: Run) -> None:
    planted = as_json(run)["planted"]
    assert planted["citation_validity"]["missed"]["mean"] == 0.0
    assert "planted faults missed: 0 %" in as_html(run)


def test_a_run_without_answers_has_none() -> None:
    assert rates([]) == {}
