"""Questions as long as any may be, of one thing over and over: each is answered, and none hangs."""

import faulthandler

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    "piece", ["a", "A ", "a ", "环", "环境，", "a-", "1,", "(", "the aim of ", "除了这", "为什么不", "in the "]
)
@pytest.mark.parametrize("opening", ["", "what is "])
def test_no_question_hangs(paper: Assistant, opening: str, piece: str) -> None:
    # Some took minutes where all runs or all slips of a word were tried: far more than any machine's noise.
    faulthandler.dump_traceback_later(60, exit=True)
    try:
        assert paper.ask((opening + piece * 2000)[:1990]).text
    finally:
        faulthandler.cancel_dump_traceback_later()
