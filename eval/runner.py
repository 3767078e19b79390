"""The runner: ask every case of a suite and keep what came back, errors too. It judges nothing; see eval/metrics/."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol, runtime_checkable

from eval.metrics import Score, score
from eval.metrics.consistency import consistency
from eval.replies import ERROR, Reply, read_passage, read_reply
from eval.suites import Case, Suite

Progress = Callable[[int, int], None]
# Passages kept of each search.
RETRIEVED = 10


class Served(Protocol):
    """What the runner needs of an answer or a passage: its JSON form, as every surface serves it."""

    def to_dict(self) -> dict[str, Any]: ...


class Asker(Protocol):
    """What the runner needs of an assistant."""

    def ask(
        self, question: str, history: Sequence[Mapping[str, str]] = ..., documents: Collection[str] = ...
    ) -> Served: ...


@runtime_checkable
class Searcher(Protocol):
    """An assistant that also says what it finds; one that does not has no retrieval scores."""

    def search(self, question: str, count: int = ..., documents: Collection[str] = ...) -> Sequence[Served]: ...


@dataclass(frozen=True)
class Result:
    """One case and what became of it.

    answer: the answer's JSON, empty after an error. retrieved: the JSON of the passages that a search for the standalone
    question brings, best first; None where there was none. seconds: wall time of `ask`. repeat: which time it was asked.
    """

    case: Case
    reply: Reply
    score: Score
    seconds: float
    answer: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    retrieved: tuple[dict[str, Any], ...] | None = None
    repeat: int = 0


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


def run(
    asker: Asker,
    cases: Sequence[Case],
    progress: Progress = lambda done, total: None,
    *,
    jobs: int = 1,
    repeats: int = 1,
    earlier: Sequence[Result] = (),
    keep: Callable[[Result], None] = lambda result: None,
) -> tuple[Result, ...]:
    """Ask each case, `jobs` at a time, and return the results in the order of the cases.

    Before all, the first is asked once more, so that loading is in no one's time. earlier: results that need not be asked
    for again. keep: called with each new result as it comes, in whatever order, by one thread.
    """
    found = {(result.case.id, result.repeat): result for result in earlier}
    wanted = [(case, repeat) for repeat in range(repeats) for case in cases]
    missing = [(case, repeat) for case, repeat in wanted if (case.id, repeat) not in found]
    if missing:
        _ask(asker, *missing[0])
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        asked = [pool.submit(_ask, asker, case, repeat) for case, repeat in missing]
        try:
            for done, future in enumerate(as_completed(asked), len(wanted) - len(missing) + 1):
                result = future.result()
                keep(result)
                found[result.case.id, result.repeat] = result
                progress(done, len(wanted))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return consistent([found[case.id, repeat] for case, repeat in wanted])


def scored(result: Result) -> Result:
    """A result with what can be said of it alone. Its reply is read anew from the answer's JSON."""
    reply = read_reply(result.answer) if result.answer else ERROR
    found = None if result.retrieved is None else [read_passage(passage) for passage in result.retrieved]
    return replace(result, reply=reply, score=score(result.case, reply, found))


def consistent(results: Sequence[Result]) -> tuple[Result, ...]:
    """The results, each with its agreement with the others of its cluster: paraphrases, and repeats of one case."""
    clusters: dict[str, list[int]] = defaultdict(list)
    for place, result in enumerate(results):
        clusters[result.case.cluster].append(place)
    found = list(results)
    for places in clusters.values():
        agreement = consistency([results[place].reply for place in places])
        for place, value in zip(places, agreement, strict=True):
            found[place] = replace(found[place], score=replace(found[place].score, consistency=value))
    return tuple(found)


def _ask(asker: Asker, case: Case, repeat: int) -> Result:
    history = [{"role": turn.role, "content": turn.content} for turn in case.history]
    error, values, retrieved = "", {}, None
    started = perf_counter()
    try:
        # Only a question that keeps to some documents asks for that: not everything that can be asked knows of them.
        within = {"documents": case.documents} if case.documents else {}
        values = asker.ask(case.question, history=history, **within).to_dict()
        seconds = perf_counter() - started
        retrieved = _search(asker, case, values)
    except Exception as raised:  # whatever it raises: a case that fails must stay in the denominator
        seconds = perf_counter() - started
        error, values = f"{type(raised).__name__}: {raised}", {}
    return scored(Result(case, ERROR, Score(0.0), seconds, values, error, retrieved, repeat))


def _search(asker: Asker, case: Case, answer: Mapping[str, Any]) -> tuple[dict[str, Any], ...] | None:
    """What the search for a case's standalone question brings, without what a report never shows."""
    if not isinstance(asker, Searcher) or not case.answerable:
        return None
    question = answer.get("standalone") or case.question
    passages = [one.to_dict() for one in asker.search(question, RETRIEVED, case.documents)]
    return tuple(
        {key: passage[key] for key in ("text", "document", "section", "start", "end", "score")} for passage in passages
    )
