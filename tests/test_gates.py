"""Comparison and gate: what differs, what can be said of it, and the exit codes."""

from dataclasses import replace
from pathlib import Path

import pytest
from asking import Ruled, case, cases, kept

from eval.cli import main
from eval.comparison import compare
from eval.gates import Code, Rule, Rules, RulesError, decide, read_rules
from eval.runs import Run, RunError, RunFile
from eval.scorecards import read_scorecard, scorecard, write_baseline

N = 60
GOOD = scorecard(kept(cases(N)))
# Refuses twelve of the 48 questions that it answered before.
WORSE = scorecard(kept(cases(N), Ruled(mute=frozenset(f"case-{n}" for n in range(15)))))
BROKEN = scorecard(kept((*cases(N - 1), case("breaks", question="break"))))


def write(folder: Path, name: str, run: Run) -> str:
    file = RunFile(folder / name)
    file.start(run.provenance)
    for result in run.results:
        file.append(result)
    return str(file.path)


def test_a_baseline_reads_back_as_it_was(tmp_path: Path) -> None:
    write_baseline(WORSE, tmp_path / "b.jsonl")
    assert read_scorecard(tmp_path / "b.jsonl") == WORSE
    assert len((tmp_path / "b.jsonl").read_bytes()) / N < 450  # bytes a case: scores, no answers


def test_a_run_is_no_different_from_itself() -> None:
    found = compare(GOOD, GOOD)
    assert found.verdict == "no detectable difference"
    assert {one.difference.ties for one in found.metrics if one.metric.key == "right"} == {N}
    assert (found.broken, found.fixed) == ((), ())


def test_a_clear_loss_is_worse_and_the_other_way_round_better() -> None:
    found = compare(GOOD, WORSE)
    assert found.verdict == "worse"
    right, refusals = found.of("right"), found.of("false_refusal")
    assert right
    assert refusals
    assert (right.verdict, refusals.verdict) == ("worse", "worse")  # lower, and higher
    assert (right.difference.wins, right.difference.losses) == (0, 12)
    assert len(found.broken) == 12
    assert compare(WORSE, GOOD).verdict == "better"


def test_few_changes_are_no_detectable_difference() -> None:
    once = scorecard(kept(cases(N), Ruled(mute=frozenset({"case-0", "case-1"}))))
    found = compare(GOOD, once)
    assert found.verdict == "no detectable difference"
    assert found.broken == ("case-0", "case-1")


def test_precision_is_compared_where_it_applies_in_both() -> None:
    precision = compare(GOOD, WORSE).of("citation_precision")
    assert precision
    assert precision.difference.n == 36


def test_cases_are_joined_by_what_they_ask() -> None:
    other = scorecard(kept((*cases(N - 1), case(f"case-{N - 1}", question="other words"), case("new"))))
    found = compare(GOOD, other)
    assert (len(found.matched), found.changed, found.only_after) == (N - 1, (f"case-{N - 1}",), ("new",))


def test_other_documents_are_not_comparable() -> None:
    found = compare(GOOD, scorecard(kept(cases(N), corpus="other")))
    assert (found.verdict, found.metrics) == ("not comparable", ())


@pytest.mark.parametrize(
    ("run", "rules", "code"),
    [
        (GOOD, Rules(metrics={"right": Rule(max_drop=0.0)}), Code.PASSED),
        (WORSE, Rules(metrics={"right": Rule(max_drop=0.0)}), Code.REGRESSION),
        (WORSE, Rules(metrics={"false_refusal": Rule(max_drop=0.0)}), Code.REGRESSION),
        (WORSE, Rules(metrics={"false_refusal": Rule(direction="higher", max_drop=0.0)}), Code.PASSED),
        (WORSE, Rules(metrics={"right": Rule(max_drop=0.3)}), Code.PASSED),
        (WORSE, Rules(metrics={"right": Rule(min_value=0.9)}), Code.REGRESSION),
        (WORSE, Rules(metrics={"right": Rule(min_value=0.8)}), Code.PASSED),
        (WORSE, Rules(metrics={"false_refusal": Rule(max_value=0.2)}), Code.REGRESSION),
        (WORSE, Rules(must_pass=("case-0",)), Code.REGRESSION),
        (WORSE, Rules(must_pass=("case-20",)), Code.PASSED),
        (GOOD, Rules(must_pass=("gone",)), Code.NOT_COMPARABLE),
        (GOOD, Rules(min_cases=N + 1), Code.NOT_COMPARABLE),
        (BROKEN, Rules(), Code.ERRORS),
        (BROKEN, Rules(max_errors=1), Code.PASSED),
    ],
)
def test_what_a_gate_says(run: object, rules: Rules, code: Code) -> None:
    decision = decide(run, GOOD, rules)  # type: ignore[arg-type]
    assert decision.code is code
    assert bool(decision.reasons) == (code is not Code.PASSED)


def test_the_gates_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path, "good.jsonl", kept(cases(N)))
    worse = write(tmp_path, "worse.jsonl", kept(cases(N), Ruled(mute=frozenset(f"case-{n}" for n in range(15)))))
    other = write(tmp_path, "other.jsonl", kept(cases(N), corpus="other"))
    broken = write(tmp_path, "broken.jsonl", kept((*cases(N - 1), case("breaks", question="break"))))
    baseline = str(tmp_path / "tiny.baseline")
    assert main(["bless", good, "--to", baseline]) == 0
    gate = ["gate", "--baseline", baseline]
    assert main([*gate, good]) == 0
    assert main([*gate, worse]) == 1
    out = capsys.readouterr().out
    assert "right outcome: 100.0 before, 80.0 now" in out
    assert "newly broken: case-0: wrongly refused" in out
    assert main([*gate, str(tmp_path / "none.jsonl")]) == 2
    assert main([*gate, other]) == 3
    assert main([*gate, broken]) == 4
    # Rules beside the baseline are found.
    (tmp_path / "tiny.gate.toml").write_text("[metrics.right]\nmax_drop = 0.5\n", encoding="utf-8")
    assert main([*gate, worse]) == 0
    (tmp_path / "tiny.gate.toml").write_text("[metrics.right]\nmax_drops = 0.5\n", encoding="utf-8")
    assert main([*gate, worse]) == 2
    assert "metrics.right.max_drops" in capsys.readouterr().err


def test_only_a_whole_run_without_errors_is_blessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = kept(cases(5))
    part = write(tmp_path, "part.jsonl", replace(whole, results=whole.results[:3]))
    assert main(["bless", part, "--to", str(tmp_path / "b.jsonl")]) == 2
    assert "found 3 answers, expected 5" in capsys.readouterr().err
    broken = write(tmp_path, "broken.jsonl", kept((case("breaks", question="break"),)))
    assert main(["bless", broken, "--to", str(tmp_path / "b.jsonl")]) == 2
    assert not (tmp_path / "b.jsonl").exists()


def test_the_diff_says_its_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path, "good.jsonl", kept(cases(N)))
    worse = write(tmp_path, "worse.jsonl", kept(cases(N), Ruled(mute=frozenset(f"case-{n}" for n in range(15)))))
    other = write(tmp_path, "other.jsonl", kept(cases(N), corpus="other"))
    assert main(["diff", good, worse, "--cases"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "worse"
    assert "newly broken: case-0 wrongly refused" in out
    assert main(["diff", good, other]) == 3
    assert "not comparable: the documents changed" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["max_errors = -", "unknown = 1", "[metrics.nothing]\nmax_drop = 0"])
def test_rules_that_cannot_be_read_say_where(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.gate.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError, match=r"x\.gate\.toml"):
        read_rules(path)


def test_a_file_of_another_kind_is_no_scorecard(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"format": 1, "holds": "something"}\n', encoding="utf-8")
    with pytest.raises(RunError, match="expected a baseline"):
        read_scorecard(path)
