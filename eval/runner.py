"""The runner: ask every case of a suite and keep what came back, errors too. It judges nothing; see eval/metrics.py."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from eval.metrics import Score, score
from eval.replies import ERROR, Reply, read_reply
from eval.suites import Case, Suite

Progress = Callable[[int, int], None]


class Answer(Protocol):
    """What the runner needs of an answer: its JSON form, as every surface serves it."""

    def to_dict(self) -> dict[str, Any]: ...


class Asker(Protocol):
    """What the runner needs of an assistant."""

    def ask(
        self, question: str, history: Sequence[Mapping[str, str]] = ..., documents: Collection[str] = ...
    ) -> Answer: ...


@dataclass(frozen=True)
class Result:
    """One case and what became of it. answer: the answer's JSON, empty after an error. seconds: wall time of `ask`."""

    case: Case
    reply: Reply
    score: Score
    seconds: float
    answer: dict[str, Any] = field(default_factory=dict)
    error: str = ""


@contextmanager
def opened(suite: Suite, index: Path | None = None) -> Iterator[Asker]:
    """An assistant over `index` where given, else over the suite's own corpus, indexed for the occasion."""
    from assistant import Assistant

    if index is not None or suite.documents is None:
        yield Assistant.open(index) if index is not None else Assistant.open()
        return
    from index.store import build_index

    with tempfile.TemporaryDirectory(prefix="assistant-eval-") as folder:
        build_index(list(suite.documents), Path(folder))
        yield Assistant.open(Path(folder))


def run(asker: Asker, cases: Sequence[Case], progress: Progress = lambda done, total: None) -> tuple[Result, ...]:
    """Ask each case once, in order. The first is asked once more beforehand, so that loading is in no one's time."""
    if cases:
        _ask(asker, cases[0])
    results = []
    for done, case in enumerate(cases, 1):
        results.append(_ask(asker, case))
        progress(done, len(cases))
    return tuple(results)


def _ask(asker: Asker, case: Case) -> Result:
    history = [{"role": turn.role, "content": turn.content} for turn in case.history]
    started = perf_counter()
    try:
        # Only a question that keeps to some documents asks for that: not everything that can be asked knows of them.
        within = {"documents": case.documents} if case.documents else {}
        answer = asker.ask(case.question, history=history, **within)
    except Exception as error:  # whatever it raises: a case that fails must stay in the denominator
        seconds = perf_counter() - started
        return Result(case, ERROR, score(case, ERROR), seconds, error=f"{type(error).__name__}: {error}")
    seconds = perf_counter() - started
    values = answer.to_dict()
    reply = read_reply(values)
    return Result(case, reply, score(case, reply), seconds, values)
