"""The command line: what it prints, its exit codes, and one line for each error."""

import json
from pathlib import Path

import pytest

from assistant.cli import main


def test_ask_prints_the_answer_with_its_citations(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "企业层面有哪些建议？"]) == 0
    out = capsys.readouterr().out
    assert "完善企业内部管理制度" in out
    assert "[3]" in out


def test_ask_as_json_has_the_whole_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "武汉有多少条数字化产线？"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["citations"][0]["section"]["number"] == "3"
    assert answer["abstained"] is False


def test_an_unanswered_question_exits_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "What is the capital of France?"]) == 1
    assert "do not answer" in capsys.readouterr().out


def test_a_missing_index_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["ask", "--index", str(tmp_path / "none"), "x"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_index_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Leave\n\nStaff have 25 days of paid leave.\n", encoding="utf-8")
    out = str(tmp_path / "index")
    assert main(["index", "build", str(tmp_path / "a.md"), "--out", out]) == 0
    assert main(["index", "show", "--index", out, "--passages"]) == 0
    assert main(["index", "search", "--index", out, "paid leave"]) == 0
    assert main(["ask", "--index", out, "How many days of paid leave do staff have?"]) == 0
    assert "25 days" in capsys.readouterr().out


def test_documents_without_a_place_for_their_index(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["index", "build", str(tmp_path)]) == 2
    assert "--out" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["ask"], ["serve"], ["index", "build"], ["index", "show"], ["index", "search"]])
def test_each_command_has_help_with_an_example(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    assert stopped.value.code == 0
    assert "example:\n  assistant " in capsys.readouterr().out


def test_control_characters_of_a_document_do_not_reach_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Paid leave is \x1b[31m25 days\x1b[0m.\n", encoding="utf-8")
    out = str(tmp_path / "index")
    main(["index", "build", str(tmp_path / "a.txt"), "--out", out])
    main(["ask", "--index", out, "How long is paid leave?"])
    assert "\x1b" not in capsys.readouterr().out
