"""Feedback: kept in order, from many threads, within bounds, in a file that another program can read."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import FeedbackError
from assistant.feedback import LONGEST, Feedback


def rows(folder: Path) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(folder / "feedback.sqlite")
    try:
        return connection.execute("SELECT rating, question, answer, comment, language FROM feedback").fetchall()
    finally:
        connection.close()


def test_what_was_thought_is_kept_and_outlives_the_process(tmp_path: Path) -> None:
    feedback = Feedback(str(tmp_path / "new" / "folder"))
    feedback.record("up", "问题？", "答案。[1]", "好", "zh")
    feedback.close()
    feedback.record("down", "q", "a")
    feedback.close()
    assert rows(tmp_path / "new" / "folder") == [("up", "问题？", "答案。[1]", "好", "zh"), ("down", "q", "a", "", "")]


def test_many_threads_lose_nothing(tmp_path: Path) -> None:
    feedback = Feedback(str(tmp_path))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: feedback.record("up", str(n), "a"), range(200)))
    feedback.close()
    assert sorted(int(row[1]) for row in rows(tmp_path)) == list(range(200))


def test_the_file_stays_bounded(tmp_path: Path) -> None:
    feedback = Feedback(str(tmp_path), kept=3)
    for n in range(5):
        feedback.record("up", str(n), "a" * (LONGEST + 1))
    feedback.close()
    assert [(row[1], len(row[2])) for row in rows(tmp_path)] == [("2", LONGEST), ("3", LONGEST), ("4", LONGEST)]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FeedbackError, match=r"file.*ASSISTANT_DATA"):
        Feedback(str(tmp_path / "file")).record("up", "q", "a")
