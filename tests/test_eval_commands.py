"""The commands of `assistant eval` that read and judge data: what they print, and their exit codes."""

import csv
import json
from pathlib import Path

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from assistant.cli import main as assistant
from eval.judge import ask, inquiries, keep
from eval.modelserver import Script, serving
from eval.runs import load_run
from eval.suites import load_suite

SUITES = Path(__file__).parent.parent / "eval" / "suites"
TRAVEL = "# Travel\n\n## 1. Booking\n\nTrains are booked two days ahead.\n"


def main(arguments: list[str]) -> int:
    """`assistant eval …` as people call it: what the commands name their arguments must not collide with what it does."""
    return assistant(["eval", *arguments])


def sheet(folder: Path, *rows: dict[str, str]) -> Path:
    (folder / "travel.md").write_text(TRAVEL, encoding="utf-8")
    path = folder / "mine.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


ROW = {
    "question": "How early are trains booked?",
    "quote": "Trains are booked two days ahead.",
    "answer": "two days|2 days",
    "expect": "",
}


def test_lint_counts_a_clean_suite(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", str(SUITES / "remote-work.jsonl")]) == 0
    assert "remote-work: 35 cases: 30 en, 5 zh; 18 dev, 17 test" in capsys.readouterr().out


def test_lint_names_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "travel.md").write_text(TRAVEL, encoding="utf-8")
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps({"schema": 1, "suite": "bad", "documents": ["travel.md"]}) + "\n{\n", encoding="utf-8")
    assert main(["lint", str(bad)]) == 1
    assert f"{bad}:2: error: the line: found" in capsys.readouterr().out
    assert main(["lint", str(tmp_path / "none.jsonl")]) == 2
    assert "found no such file" in capsys.readouterr().err


def test_a_spreadsheet_becomes_a_suite(tmp_path: Path) -> None:
    silent = {"question": "Who is the rector?", "quote": "", "answer": "", "expect": ""}
    path = sheet(tmp_path, ROW, silent)
    assert (
        main(["import", "csv", str(path), "--documents", str(tmp_path / "travel.md"), "--out", str(tmp_path / "o")])
        == 0
    )
    suite = load_suite(tmp_path / "o" / "suite.jsonl")
    assert [(case.expect, case.language, case.split) for case in suite.cases] == [
        ("answer", "en", "test"),
        ("abstain", "en", "test"),
    ]
    assert suite.cases[0].nuggets[0].any == ("two days", "2 days")
    assert suite.cases[0].gold[0].document == "travel"
    assert main(["lint", str(tmp_path / "o" / "suite.jsonl")]) == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"quote": "Trains are free."},
            "mine.csv:2: quote: found it nowhere, expected it verbatim in one document: Trains are free.",
        ),
        ({"question": ""}, "mine.csv:2: found no question, expected one"),
        ({"expect": "refuse"}, "mine.csv:2: expect: found 'refuse', expected one of: answer, abstain"),
        ({"expect": "abstain"}, "mine.csv:2: found expect 'abstain' with quote 'Trains are booked"),
        ({"colour": "red"}, "mine.csv:1: found columns"),
    ],
)
def test_a_bad_row_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, str], says: str
) -> None:
    path = sheet(tmp_path, ROW | change)
    arguments = ["import", "csv", str(path), "--documents", str(tmp_path / "travel.md"), "--out", str(tmp_path / "o")]
    assert main(arguments) == 2
    assert says in capsys.readouterr().err


def test_a_set_is_imported_and_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = [{"text": "两天", "answer_start": 4}]
    entry = {
        "context": "火车须提前两天预订。",
        "qas": [{"id": "a", "question": "火车提前几天订？", "answers": answers}],
    }
    path = tmp_path / "drcd_tiny.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [entry]}]}), encoding="utf-8")
    assert main(["import", "squad", str(path), "--out", str(tmp_path / "o")]) == 0
    said = capsys.readouterr().out
    assert "questions that the documents answer: 1; that they do not: 0; documents: 1;" in said
    assert "terms: CC BY-SA 3.0" in said
    suite = str(tmp_path / "o" / "suite.jsonl")
    assert main(["retrieval", suite, str(path), "--split", "test", "--markdown"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[2].startswith("| drcd_tiny, test, n=1 | search | 100.0 (")
    assert rows[5].startswith("| drcd_tiny, n=1 | fused | 100.0 (")


def test_retrieval_says_what_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retrieval"]) == 2
    assert "expected files or --data DIR" in capsys.readouterr().err
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    assert main(["retrieval", str(tmp_path / "a.json")]) == 2
    assert "expected SQuAD-style JSON" in capsys.readouterr().err


def test_variants_are_asked_and_compared_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    assert main(["run", str(SUITES / "remote-work.jsonl"), "--split", "test", "--variants", "--out", str(path)]) == 0
    found = {one.case.id: one for one in load_run(path).results}
    chinese = [name for name, one in found.items() if one.case.language == "zh"]
    variants = [name for name in chinese if name.endswith("~traditional")]
    assert len(chinese) == 2 * len(variants) > 0
    assert all(found[name].score.consistency is not None for name in chinese)


def test_baselines_stand_beside_the_assistant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baselines", str(SUITES / "remote-work.jsonl"), "--split", "test", "--markdown"]) == 0
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines()[2:]]
    assert [row[0].strip("| ") for row in rows] == ["assistant", "bm25", "dense", "lead", "refuse", "dump"]
    balanced = {row[0].strip("| "): float(row[8]) for row in rows}
    assert balanced["refuse"] == balanced["dump"] == balanced["lead"] == 50.0
    assert balanced["assistant"] > 50.0


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a suite's test split."""
    path = tmp_path_factory.mktemp("run") / "run.jsonl"
    assert main(["run", str(SUITES / "remote-work.jsonl"), "--split", "test", "--out", str(path)]) == 0
    return path


def test_a_dry_run_of_the_judge_says_what_it_would_take(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = inquiries(load_run(kept).results)
    assert main(["judge", str(kept), "--model", "nobody:nothing", "--dry-run", "--price", "1", "2"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{len(asked)} calls, 0 known already; about ")
    assert "at these prices" in said


def test_verdicts_are_reported_with_what_people_say(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run.jsonl"
    run.write_bytes(kept.read_bytes())
    asked = inquiries(load_run(run).results)
    said = (AIMessage('{"reason": "", "verdict": "%s"}' % ("no" if i else "yes")) for i in range(len(asked)))
    for verdict in ask(GenericFakeChatModel(messages=said), "fake", asked, concurrency=1):
        keep(tmp_path / "run.verdicts.jsonl", verdict)
    labels = tmp_path / "labels.csv"
    assert main(["judge", str(run), "--model", "fake", "--sheet", str(labels)]) == 0
    assert "judge not calibrated" in capsys.readouterr().out
    rows = list(csv.DictReader(labels.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert [(row["case"], row["aspect"]) for row in rows] == [(one.case, one.aspect) for one in asked]
    for row in rows:
        row["label"] = "yes" if row is rows[0] else "no"
    with labels.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert main(["judge", str(run), "--model", "fake", "--labels", str(labels)]) == 0
    out = capsys.readouterr().out
    assert "correct:" in out
    assert "kappa 1.00, 100 % alike" in out
    assert "people \\ judge" in out


def test_the_judge_asks_a_real_client_once_and_tells_no_key(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = tmp_path / "run.jsonl"
    run.write_text("".join(kept.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    asked = len(inquiries(load_run(run).results))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    command = ["judge", str(run), "--model", "openai:scripted"]
    with serving(Script(status=401, message="bad key sk-very-secret")) as server:
        monkeypatch.setenv("ASSISTANT_MODEL_URL", server.url)
        assert main(command) == 1
    said = capsys.readouterr()
    assert "its server did not accept the key (" in said.err
    assert "very-secret" not in said.out + said.err
    with serving(Script(('{"reason": "", ', '"verdict": "yes"}'))) as server:
        monkeypatch.setenv("ASSISTANT_MODEL_URL", server.url)
        assert (main(command), main(command)) == (0, 0)
        assert len(server.requests) == asked > 1


def test_a_run_is_written_as_other_tools_read_it(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answered = [one for one in load_run(kept).results if one.reply.outcome == "answer"]
    for tool, question, contexts in (
        ("ragas", "user_input", "retrieved_contexts"),
        ("deepeval", "input", "retrieval_context"),
    ):
        assert main(["export", tool, str(kept), "--out", str(tmp_path / "out.jsonl")]) == 0
        rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [row[question] for row in rows] == [one.case.question for one in answered]
        assert all(row[contexts] for row in rows)
    assert main(["export", "ragas", str(kept)]) == 2
    assert "expected --out FILE, --model NAME, or both" in capsys.readouterr().err


def test_a_floor_is_stored_with_no_index_but_one_over_the_suites_documents(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", str(SUITES / "remote-work.jsonl"), "--write"]) == 2
    assert "expected --index DIR over the suite's documents" in capsys.readouterr().err


def test_agreement_needs_the_file_of_pairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", str(tmp_path / "none.json")]) == 2
    assert "expected RAGChecker's human_labeled_data.json" in capsys.readouterr().err
