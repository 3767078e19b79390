"""Scorecards: the scores of each case of a run, without its answers: what is compared, and what is committed as a baseline."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.causes import cause
from eval.metrics.registry import METRICS
from eval.runner import Result
from eval.runs import FORMAT, Provenance, Run, RunError, case_digest, load_run, read_rows

# Decimals of a score: far finer than what one sentence makes of any, and the same in a run and in a baseline.
PLACES = 4


@dataclass(frozen=True)
class CaseScores:
    """The scores of one case, means over its repeats; a metric that is not applicable is not in `values`.

    digest: of what the case asks and expects. cause: what was wrong first, "" where nothing was.
    """

    id: str
    digest: str
    cluster: str
    cause: str
    values: dict[str, float]


@dataclass(frozen=True)
class Scorecard:
    """The scores of a run, by the ids of its cases."""

    provenance: Provenance
    cases: dict[str, CaseScores]

    @property
    def errors(self) -> int:
        """How many cases raised an error."""
        return sum(one.cause == "error" for one in self.cases.values())


def scorecard(run: Run) -> Scorecard:
    """The scores of a run."""
    asked: dict[str, list[Result]] = defaultdict(list)
    for result in run.results:
        asked[result.case.id].append(result)
    return Scorecard(run.provenance, {name: _case(results) for name, results in asked.items()})


def read_scorecard(path: Path) -> Scorecard:
    """The scores in a run or in a baseline. Raises RunError for anything else."""
    try:
        with path.open(encoding="utf-8") as file:
            if '"holds": "run"' in file.readline():
                return scorecard(load_run(path))
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(f"{path}: found no file that can be read ({error}), expected a run or a baseline") from error
    head, *rows = read_rows(path, "baseline")
    try:
        made = TypeAdapter(Provenance).validate_python(head["provenance"])
        cases = TypeAdapter(list[CaseScores]).validate_python(
            [{"cluster": row["id"], "cause": "", **row} for row in rows]
        )
    except (ValidationError, KeyError) as error:
        raise RunError(f"{path}: found a baseline of another form ({error!r:.200}); bless a run again") from error
    return Scorecard(made, {one.id: one for one in cases})


def write_baseline(card: Scorecard, path: Path) -> None:
    """Write a scorecard, a line for each case, so that a change of it reads well beside the change that made it."""
    head = {"format": FORMAT, "holds": "baseline", "provenance": asdict(card.provenance)}
    lines = [head, *(_row(card.cases[name]) for name in sorted(card.cases))]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    beside = path.with_name(path.name + ".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _case(results: list[Result]) -> CaseScores:
    case = results[0].case
    found = {
        metric.key: [value for result in results if (value := metric.of(result.score)) is not None]
        for metric in METRICS
    }
    causes = [one for result in results if (one := cause(result))]
    return CaseScores(
        case.id,
        case_digest(case),
        case.cluster,
        causes[0] if causes else "",
        {key: round(fmean(values), PLACES) for key, values in found.items() if values},
    )


def _row(one: CaseScores) -> dict[str, Any]:
    row: dict[str, Any] = {"id": one.id, "digest": one.digest}
    if one.cluster != one.id:
        row["cluster"] = one.cluster
    if one.cause:
        row["cause"] = one.cause
    return row | {"values": {key: int(value) if value == int(value) else value for key, value in one.values.items()}}
