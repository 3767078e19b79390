"""Runs: kept as they go, taken up where they stopped, and never mixed from two makings."""

import json
import os
import signal
import subprocess
import sys
import time
from copy import copy
from dataclasses import fields, replace
from pathlib import Path
from threading import Lock

import pytest
from asking import MAKER, Ruled, Said, answered, case, cases, made

from assistant import Assistant
from assistant.settings import Settings
from eval.cli import main
from eval.metrics import Score
from eval.metrics.registry import BY_KEY
from eval.runner import run
from eval.runs import SERVING, RunError, RunFile, case_digest, load_run, maker, program_digest
from index.store import PassageIndex

ROOT = Path(__file__).parent.parent


def keep(path: Path, asker: Ruled, n: int = 6) -> None:
    asked = cases(n)
    file = RunFile(path)
    run(asker, asked, earlier=file.start(made(asked)), keep=file.append)


def test_a_run_reads_back_as_it_was(tmp_path: Path) -> None:
    asked = (*cases(6), case("breaks", question="break"))
    file = RunFile(tmp_path / "run.jsonl")
    file.start(made(asked))
    results = run(Ruled(), asked, keep=file.append)
    found = load_run(file.path)
    assert found.complete
    assert [replace(one, seconds=0) for one in found.results] == [replace(one, seconds=0) for one in results]
    assert found.results[-1].error == "RuntimeError: no luck"
    assert (found.results[0].score.hit_1, found.results[0].score.hit_5, found.results[0].score.mrr_10) == (0, 1, 0.5)
    assert found.results[4].score.hit_1 is None  # what nothing answers has nothing to be found
    assert found.provenance.suite_digest == made(asked).suite_digest


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    keep(path, Ruled())
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:4]) + lines[4][:20], encoding="utf-8")  # killed while it wrote the fourth
    asker = Ruled()
    keep(path, asker)
    assert asker.heard == ["case-3", "case-3", "case-4?!", "case-5"]  # the first of them twice: it warms up
    assert [one.case.id for one in load_run(path).results] == [f"case-{n}" for n in range(6)]
    again = Ruled()
    keep(path, again)
    assert again.heard == []


@pytest.mark.parametrize("name", ["corpus", "model", "settings", "program"])
def test_a_run_of_another_making_is_not_gone_on_with(tmp_path: Path, name: str) -> None:
    file = RunFile(tmp_path / "run.jsonl")
    file.start(made(cases(3)))
    with pytest.raises(RunError, match=f"another {name}"):
        file.start(made(cases(3), maker=replace(MAKER, **{name: "other"})))
    with pytest.raises(RunError, match="suite_digest"):
        file.start(made((*cases(2), case("case-2", question="asked in other words"))))


def test_a_case_that_is_filed_otherwise_is_the_same_case() -> None:
    one = case("one")
    assert case_digest(one) == case_digest(replace(one, tags=("new",), split="test", group="g"))
    assert case_digest(one) != case_digest(replace(one, question="another"))
    assert case_digest(one) != case_digest(replace(one, sections=("4",)))


def test_repeats_are_asked_for_and_resampled_together() -> None:
    asker = Ruled()
    results = run(asker, cases(2), repeats=3)
    assert [(one.case.id, one.repeat) for one in results] == [(f"case-{n}", r) for r in range(3) for n in range(2)]
    assert {one.case.cluster for one in results} == {"case-0", "case-1"}
    assert [one.score.consistency for one in results] == [1.0] * 6
    assert len(asker.heard) == 1 + 6


def test_no_more_questions_are_asked_at_a_time_than_jobs() -> None:
    class Counting(Ruled):
        lock, now, most = Lock(), 0, 0

        def ask(self, *arguments: object, **more: object) -> Said:
            with self.lock:
                self.now += 1
                self.most = max(self.most, self.now)
            time.sleep(0.01)
            with self.lock:
                self.now -= 1
            return answered()

    asker = Counting()
    results = run(asker, cases(12), jobs=3)
    assert [one.case.id for one in results] == [f"case-{n}" for n in range(12)]
    assert 1 < asker.most <= 3


@pytest.mark.parametrize("text", ["", "{}\n", "no json\n", '[1]\n{"a": 1}\n', '{"format": 9, "holds": "run"}\n'])
def test_what_is_no_run_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match="expected a"):
        load_run(path)


def test_what_makes_an_answer_makes_another_run() -> None:
    index = PassageIndex.open()
    plain = maker(Assistant(index, Settings()))
    assert plain == maker(Assistant(index, Settings(port=1, secret="s", rate="9/minute")))
    assert plain.settings != maker(Assistant(index, Settings(nearest=1))).settings
    assert plain.model != maker(Assistant(replace_floor(index, 0.9), Settings())).model
    assert plain.program == program_digest()
    assert set(SERVING) <= {one.name for one in fields(Settings)}


def replace_floor(index: PassageIndex, floor: float) -> PassageIndex:
    other = copy(index)
    other.manifest = replace(index.manifest, calibration={"floor": floor})
    return other


def test_every_score_is_a_metric() -> None:
    assert {one.name for one in fields(Score)} == BY_KEY.keys()


SUITE = """{"schema": 1, "suite": "leave", "documents": ["leave.md"]}
{"schema": 1, "id": "a", "question": "How many days of paid leave do staff have?", "language": "en", "split": "dev", "kind": "fact", "expect": "answer", "gold": [{"quote": "Staff have 25 days of paid leave.", "document": "leave"}], "sections": ["Leave"], "nuggets": [{"numbers": ["25"]}]}
{"schema": 1, "id": "b", "question": "Who won the football cup?", "language": "en", "split": "dev", "kind": "unanswerable", "expect": "abstain"}
"""


def leave(folder: Path, repeated: int = 0) -> Path:
    (folder / "leave.md").write_text("# Leave\n\nStaff have 25 days of paid leave.\n", encoding="utf-8")
    lines = SUITE.splitlines()
    more = [lines[1].replace('"id": "a"', f'"id": "a{n}"') for n in range(repeated)]
    path = folder / "leave.jsonl"
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    return path


def test_a_killed_process_leaves_a_run_that_goes_on(tmp_path: Path) -> None:
    path, out = leave(tmp_path, repeated=400), tmp_path / "run.jsonl"
    command = [sys.executable, "-m", "eval.cli", "run", str(path), "--out", str(out)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not out.exists() or out.read_bytes().count(b"\n") < 20:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    before = load_run(out)
    assert not before.complete
    seconds = {one.case.id: round(one.seconds, 6) for one in before.results}
    assert main(["run", str(path), "--out", str(out), "--jobs", "2"]) == 0
    after = load_run(out)
    assert after.complete
    # What was there was not asked again.
    assert {one.case.id: round(one.seconds, 6) for one in after.results if one.case.id in seconds} == seconds


def test_the_command_takes_a_run_up_retries_errors_and_begins_afresh(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = leave(tmp_path), tmp_path / "run.jsonl"
    assert main(["run", str(path), "--out", str(out), "--json", "-"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert (values["n"], values["complete"], values["provenance"]["suite"]) == (2, True, "leave")
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    lines[1] |= {"answer": None, "error": "TimeoutError: late"}
    out.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert main(["run", str(path), "--out", str(out)]) == 1  # the error stays, and is said
    assert main(["run", str(path), "--out", str(out), "--retry-errors"]) == 0
    assert [one.error for one in load_run(out).results] == ["", ""]
    assert main(["run", str(path), "--split", "all", "--out", str(out)]) == 2
    assert "--fresh" in capsys.readouterr().err
    assert main(["run", str(path), "--split", "all", "--out", str(out), "--fresh"]) == 0
    assert main(["run", str(path), "--repeat", "0"]) == 2
