"""Runs: a file that names what made it and holds every case with what came back, so that it can be read without the suite.

A run is JSON lines: a header, then one line for each answer, appended as answers come. A run that was killed goes on where it
stopped, where everything that makes its answers is still the same.

RunError   a run cannot be read, or cannot go on; the message says what differs
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from eval.errors import EvaluationError
from eval.metrics import Score
from eval.replies import ERROR
from eval.runner import Result, consistent, scored
from eval.suites import Case, Suite

if TYPE_CHECKING:
    from assistant import Assistant

FORMAT = 1
ROOT = Path(__file__).parent.parent
# Settings that have no part in an answer: who is served, and from where. The index is told by its own digests.
SERVING = "index host port public api_keys keys origins hosts proxies rate secret max_body data".split()


class RunError(EvaluationError):
    """A run cannot be read, or cannot go on."""


@dataclass(frozen=True)
class Maker:
    """What gives the answers, by digests of it: the first 16 hex digits of a SHA-256.

    corpus: the documents. model: the embedding model, and the floor under the evidence. settings: what can be set.
    program: the code, the word lists and the prompts, or the address of a server.
    """

    corpus: str
    model: str
    settings: str
    program: str


@dataclass(frozen=True)
class Provenance:
    """What made a run. suite_digest: of the cases asked. started: UTC, ISO 8601. The rest as for Maker and Suite."""

    suite: str
    split: str
    suite_digest: str
    corpus: str
    model: str
    settings: str
    program: str
    version: str
    started: str
    cases: int
    repeats: int = 1

    def differences(self, other: Provenance) -> list[str]:
        """The names of what would make other answers; the date is none."""
        return [f.name for f in fields(self) if f.name != "started" and getattr(self, f.name) != getattr(other, f.name)]


@dataclass(frozen=True)
class Run:
    """A run as it was kept: complete where it holds every case of it."""

    provenance: Provenance
    results: tuple[Result, ...]

    @property
    def complete(self) -> bool:
        """Whether every case was asked as often as it was to be."""
        return len(self.results) == self.provenance.cases * self.provenance.repeats


def digest(*parts: str | bytes) -> str:
    """The first 16 hex digits of a SHA-256 over the parts, each with its length."""
    found = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(f"{len(data)}:".encode() + data)
    return found.hexdigest()[:16]


def case_digest(case: Case) -> str:
    """A digest of what a case asks and expects; how it is filed (split, kind, tags, group) may change."""
    filed = ("schema", "split", "kind", "tags", "group", "variants")
    values = {key: value for key, value in asdict(case).items() if value and key not in filed}
    return digest(json.dumps(values, ensure_ascii=False, sort_keys=True))


def provenance(suite: Suite, split: str, cases: Sequence[Case], maker: Maker, repeats: int = 1) -> Provenance:
    """What a run of these cases is made by, from now on."""
    return Provenance(
        suite=suite.name,
        split=split,
        suite_digest=digest(*(case_digest(case) for case in cases)),
        **asdict(maker),
        version=version("policy-assistant"),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        cases=len(cases),
        repeats=repeats,
    )


def maker(assistant: Assistant) -> Maker:
    """What an assistant in this process answers by."""
    manifest = assistant.index.manifest
    settings = {key: value for key, value in asdict(assistant.settings).items() if key not in SERVING}
    return Maker(
        corpus=manifest.corpus_digest[:16],
        model=digest(manifest.model_fingerprint, manifest.encoder, json.dumps(manifest.calibration, sort_keys=True)),
        settings=digest(json.dumps(settings, sort_keys=True, default=str)),
        program=program_digest(),
    )


def program_digest() -> str:
    """A digest of the code, the word lists and the prompts that make an answer."""
    parts: list[str | bytes] = []
    for package in ("assistant", "index", "prompts"):
        for path in sorted((ROOT / package).rglob("*")):
            inside = path.relative_to(ROOT)
            unrelated = set(inside.parts) & {"build", "training", "corpus", "model", "__pycache__", "page", "widget"}
            if path.suffix in (".py", ".tsv", ".md") and not unrelated:
                parts += [inside.as_posix(), path.read_bytes()]
    return digest(*parts)


class RunFile:
    """A run's file while it is written: `start` it, then `append` each result. Each line is on disk before the next."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def start(self, made: Provenance) -> tuple[Result, ...]:
        """Write the header of a new run, or take up the one that is there; returns the results it holds already.

        Raises RunError where the file is of another run; a last line that was cut off is dropped.
        """
        if not self.path.exists() or not self.path.stat().st_size:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._write({"format": FORMAT, "holds": "run", "provenance": asdict(made)})
            return ()
        earlier = load_run(self.path)
        # More repeats of the same is going on too.
        differing = replace(earlier.provenance, repeats=made.repeats).differences(made)
        if differing:
            raise RunError(
                f"{self.path}: found a run made by another {', '.join(differing)}, expected the same to go on; "
                "give another --out, or --fresh to begin again"
            )
        self._rewrite(made, earlier.results)
        return earlier.results

    def append(self, result: Result) -> None:
        """Add one result."""
        self._write(_line(result))

    def _rewrite(self, made: Provenance, results: Sequence[Result]) -> None:
        """The file without what was cut off or asked again since."""
        lines = [{"format": FORMAT, "holds": "run", "provenance": asdict(made)}, *map(_line, results)]
        beside = self.path.with_name(self.path.name + ".tmp")
        beside.write_text("".join(_json(line) for line in lines), encoding="utf-8")
        beside.replace(self.path)

    def _write(self, values: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(_json(values))


def load_run(path: Path) -> Run:
    """Read a run. A last line that is cut off is left out; of two answers to a case the later counts. Raises RunError."""
    rows = read_rows(path, "run")
    try:
        made = TypeAdapter(Provenance).validate_python(rows[0]["provenance"])
        adapter = TypeAdapter(Case)
        found: dict[tuple[str, int], Result] = {}
        for row in rows[1:]:
            case = adapter.validate_python(row["case"])
            result = Result(
                case,
                ERROR,
                Score(0.0),
                row["seconds"],
                row["answer"] or {},
                row["error"],
                None if row["retrieved"] is None else tuple(row["retrieved"]),
                row["repeat"],
            )
            found[case.id, row["repeat"]] = scored(result)
    except (ValidationError, KeyError, TypeError) as error:
        raise RunError(f"{path}: found a run of another form ({error!r:.200}); make it again") from error
    return Run(made, consistent(list(found.values())))


def read_rows(path: Path, holds: str) -> list[dict[str, Any]]:
    """The header and the lines of a file of ours; a last line that is cut off is left out. Raises RunError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(f"{path}: found no file that can be read ({error}), expected a {holds}") from error
    lines = text.split("\n")
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            if number == len(lines):
                break  # written as the run was killed
            raise RunError(f"{path}:{number}: found a line that is no JSON ({error}), expected a {holds}") from error
        if not isinstance(row, dict):
            raise RunError(f"{path}:{number}: found {line[:40]!r}, expected a line of a {holds}")
        rows.append(row)
    found = (rows[0].get("holds"), rows[0].get("format")) if rows else None
    if found != (holds, FORMAT):
        raise RunError(f"{path}: found {found}, expected a {holds} of format {FORMAT}; make it again")
    return rows


def _line(result: Result) -> dict[str, Any]:
    return {
        "case": {key: value for key, value in asdict(result.case).items() if value},
        "repeat": result.repeat,
        "seconds": round(result.seconds, 6),
        "error": result.error,
        "answer": result.answer or None,
        "retrieved": result.retrieved,
    }


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
