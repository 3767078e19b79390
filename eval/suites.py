"""Suites: evaluation cases as data (docs/suites.md). Loading checks the form of each line; eval/lint.py holds it to its documents.

A suite file opens with a header and goes on with cases:

    {"schema": 1, "suite": "laws", "documents": ["../corpora/law.md"]}      paths relative to the suite, or "shipped"
    {"schema": 1, "id": "laws-01", "question": "...", "language": "zh", "split": "dev", "kind": "fact", ...}

SuiteError   a suite cannot be read; the message names the file, the line, what was found and what was expected
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from eval.errors import EvaluationError

SHIPPED = "shipped"
_CLOSED = ConfigDict(extra="forbid", strict=False)

T = TypeVar("T")


class SuiteError(EvaluationError):
    """A suite file cannot be read as cases."""


@dataclass(frozen=True)
class Turn:
    """One earlier turn of the conversation."""

    __pydantic_config__ = _CLOSED

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class Gold:
    """One piece of evidence, by its words, so that it survives any re-cutting of the documents.

    quote: verbatim words of the document. alternatives: other verbatim words that serve as well (a list item's heading
    or a sentence under it). required: False marks what may be cited but need not be: it counts for precision only.
    """

    __pydantic_config__ = _CLOSED

    quote: str
    document: str
    alternatives: tuple[str, ...] = ()
    required: bool = True

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording of this evidence, the quote first."""
        return (self.quote, *self.alternatives)


@dataclass(frozen=True)
class Nugget:
    """One thing that a full answer says: any of the wordings, and all of the numbers. One of the two may be empty."""

    __pydantic_config__ = _CLOSED

    any: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One question and what a right answer to it is.

    expect: "answer"; "abstain" (the documents do not say, or the request is none of the assistant's business);
        "smalltalk"; "conflict" (the question takes for granted what the documents deny: the denial must be shown).
    sections: numbers of acceptable sections ("5.1", "第十二条"), or headings where there is no number.
    answers: short answers, any of which is right, for exact match and F1; question sets have them.
    documents: ids of the only documents to answer from; none is all of them.
    variants: the same question in other words or in the other language; eval/variants.py makes cases of them.
    group: questions of one group ask the same thing in other words; they share a split and are resampled together.
    """

    __pydantic_config__ = _CLOSED

    schema: Literal[1]
    id: str
    question: str
    language: Literal["zh", "en"]
    split: Literal["dev", "test"]
    kind: str
    expect: Literal["answer", "abstain", "smalltalk", "conflict"]
    tags: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    gold: tuple[Gold, ...] = ()
    sections: tuple[str, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    answers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    group: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the documents hold what answers the question, or what denies its premise."""
        return self.expect in ("answer", "conflict")

    @property
    def cluster(self) -> str:
        """What is resampled as one: the group, or the case itself."""
        return self.group or self.id

    @property
    def expansive(self) -> bool:
        """Whether a long answer is asked for: a list, a summary, a whole section."""
        return bool({"list", "summary"} & {self.kind, *self.tags})


@dataclass(frozen=True)
class Header:
    """A suite's first line. source, licence, digest: where imported cases are from, their terms, and a SHA-256 of the file."""

    __pydantic_config__ = _CLOSED

    schema: Literal[1]
    suite: str
    documents: tuple[str, ...] | Literal["shipped"]
    source: str = ""
    licence: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Suite:
    """Cases over one corpus. documents: its files, or None for the shipped paper. lines: where in the file each case is."""

    name: str
    documents: tuple[Path, ...] | None
    cases: tuple[Case, ...]
    lines: tuple[int, ...] = ()

    def select(self, split: Literal["dev", "test", "all"]) -> tuple[Case, ...]:
        """The cases of one split, or all of them, in file order."""
        return tuple(case for case in self.cases if split in (case.split, "all"))


def load_suite(path: Path) -> Suite:
    """Read a suite file. Raises SuiteError for a missing file and for the first line that is not as it should be."""
    suite, errors = read_suite(path)
    if errors:
        raise errors[0]
    if not suite.cases:
        raise SuiteError(f"{path}: found a header and no cases, expected at least one case")
    return suite


def read_suite(path: Path) -> tuple[Suite, list[SuiteError]]:
    """The cases of a suite file that are as they should be, and an error for each line that is not.

    Raises SuiteError where there is no file to read or its header is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SuiteError(f"{path}: found no such file, expected a suite (JSON lines)") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path}: found a file that cannot be read ({error}), expected JSON lines in UTF-8") from error
    rows = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not rows:
        raise SuiteError(f"{path}: found an empty file, expected a header line and cases")
    header = _parse(TypeAdapter(Header), path, *rows[0])
    documents = None if isinstance(header.documents, str) else tuple(path.parent / name for name in header.documents)
    adapter = TypeAdapter(Case)
    cases: dict[str, tuple[int, Case]] = {}
    errors: list[SuiteError] = []
    for number, line in rows[1:]:
        try:
            case = _parse(adapter, path, number, line)
            if case.id in cases:
                raise SuiteError(
                    f"{path}:{number}: id: found {case.id!r} again, expected it once (line {cases[case.id][0]})"
                )
            _check(case, f"{path}:{number}")
        except SuiteError as error:
            errors.append(error)
        else:
            cases[case.id] = (number, case)
    lines = tuple(number for number, _ in cases.values())
    return Suite(header.suite, documents, tuple(case for _, case in cases.values()), lines), errors


def _parse(adapter: TypeAdapter[T], path: Path, number: int, line: str) -> T:
    try:
        return adapter.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"])) or "the line"
        found = repr(first["input"])
        raise SuiteError(f"{path}:{number}: {where}: found {found[:80]}, expected otherwise: {first['msg']}") from error


def _check(case: Case, place: str) -> None:
    """Hold a case against what its own expectation demands."""
    if case.answerable and not case.gold:
        raise SuiteError(f'{place}: found expect "{case.expect}" alone, expected gold too')
    if not case.answerable and (case.gold or case.nuggets or case.sections or case.answers):
        raise SuiteError(f'{place}: found evidence beside expect "{case.expect}", expected none')
    if case.answerable and not any(gold.required for gold in case.gold):
        raise SuiteError(f"{place}: gold: found none that is required, expected at least one")
    if any(not (nugget.any or nugget.numbers) for nugget in case.nuggets):
        raise SuiteError(f"{place}: nuggets: found an empty one, expected wordings or numbers")
