"""Text as long as any may be, of one thing over and over: a question is answered, a document is read, and none hangs."""

import faulthandler
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import over

from assistant import Assistant


@contextmanager
def _ends() -> Iterator[None]:
    # Some took minutes where all runs or all slips of a word were tried: far more than any machine's noise.
    faulthandler.dump_traceback_later(60, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@pytest.mark.parametrize(
    "piece",
    ["a", "A ", "a ", "环", "环境，", "a-", "1", "一", "1,", "(", "the aim of ", "除了这", "为什么不", "in the "],
)
@pytest.mark.parametrize("opening", ["", "what is "])
def test_no_question_hangs(paper: Assistant, opening: str, piece: str) -> None:
    with _ends():
        assert paper.ask((opening + piece * 2000)[:1990]).text


@pytest.mark.parametrize("piece", ["1", "一", "1.", "百分之", "罚款", "a"])
def test_no_document_hangs(tmp_path: Path, piece: str) -> None:
    # A sentence of two thousand digits once took two minutes to be asked for its amount of money.
    document = f"# 收费办法\n\n登记每次收费30元。\n\n登记收费的编号是{piece * 2000}。\n"
    with _ends():
        answer = over(tmp_path, "fees", document).ask("登记收费多少元？")
    assert "30元" in answer.text
