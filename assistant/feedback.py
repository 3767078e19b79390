"""Feedback: what people thought of answers, in a SQLite file of the user's data folder. It stays on this machine."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Literal

from platformdirs import user_data_path

from assistant.errors import FeedbackError

Rating = Literal["up", "down"]
# The oldest go first; with texts cut to LONGEST the file stays under about 2 GB at the very worst.
KEPT = 100_000
# Characters of each text.
LONGEST = 20_000
_COLUMNS = ("at", "rating", "question", "answer", "comment", "language")


class Feedback:
    """The feedback of one data folder; an empty folder name is the user's own. Safe to share between threads."""

    def __init__(self, folder: str = "", kept: int = KEPT) -> None:
        self.path = (
            Path(folder) if folder else user_data_path("policy-assistant", appauthor=False)
        ) / "feedback.sqlite"
        self._kept = kept
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None

    def record(self, rating: Rating, question: str, answer: str, comment: str = "", language: str = "") -> None:
        """Keep what somebody thought of an answer. Raises FeedbackError where the file cannot be written."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        texts = (text[:LONGEST] for text in (question, answer, comment, language))
        with self._lock:
            try:
                connection = self._open()
                with connection:
                    connection.execute("INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?)", (now, rating, *texts))
                    connection.execute("DELETE FROM feedback WHERE rowid <= last_insert_rowid() - ?", (self._kept,))
            except (OSError, sqlite3.Error) as error:
                raise FeedbackError(
                    f"{self.path}: found {error}, expected a file that can be written; "
                    "name a folder for it: ASSISTANT_DATA=folder assistant serve"
                ) from None

    def close(self) -> None:
        """Close the file; the next `record` opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # The lock is what keeps the threads apart.
            connection = sqlite3.connect(self.path, check_same_thread=False)
            # Another process may read it while this one writes.
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"CREATE TABLE IF NOT EXISTS feedback ({', '.join(_COLUMNS)})")
            self._connection = connection
        return self._connection
