"""Suites: evaluation cases as data. Loading checks the form of each line; that quotes are verbatim is for the tests.

A suite file opens with a header and goes on with cases:

    {"schema": 1, "suite": "laws", "documents": ["../corpora/law.md"]}      paths relative to the suite, or "shipped"
    {"schema": 1, "id": "laws-01", "question": "...", "language": "zh", "split": "dev", "kind": "fact", ...}

SuiteError   a suite cannot be read; the message names the file, the line, what was found and what was expected
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

SHIPPED = "shipped"
_CLOSED = ConfigDict(extra="forbid", strict=False)

T = TypeVar("T")


class SuiteError(ValueError):
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
class _Header:
    __pydantic_config__ = _CLOSED

    schema: Literal[1]
    suite: str
    documents: tuple[str, ...] | Literal["shipped"]


@dataclass(frozen=True)
class Suite:
    """Cases over one corpus. documents: its files, or None for the shipped paper."""

    name: str
    documents: tuple[Path, ...] | None
    cases: tuple[Case, ...]

    def select(self, split: Literal["dev", "test", "all"]) -> tuple[Case, ...]:
        """The cases of one split, or all of them, in file order."""
        return tuple(case for case in self.cases if split in (case.split, "all"))


def load_suite(path: Path) -> Suite:
    """Read a suite file. Raises SuiteError for a missing file and for the first line that is not as it should be."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SuiteError(f"{path}: found no such file, expected a suite (JSON lines)") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path}: found a file that cannot be read ({error}), expected JSON lines in UTF-8") from error
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise SuiteError(f"{path}: found an empty file, expected a header line and cases")
    header = _parse(TypeAdapter(_Header), path, *lines[0])
    cases = tuple(_checked(_cases(path, lines[1:]), path))
    if not cases:
        raise SuiteError(f"{path}: found a header and no cases, expected at least one case")
    documents = None if isinstance(header.documents, str) else tuple(path.parent / name for name in header.documents)
    return Suite(header.suite, documents, cases)


def _cases(path: Path, lines: list[tuple[int, str]]) -> Iterator[tuple[int, Case]]:
    adapter = TypeAdapter(Case)
    for number, line in lines:
        yield number, _parse(adapter, path, number, line)


def _parse(adapter: TypeAdapter[T], path: Path, number: int, line: str) -> T:
    try:
        return adapter.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"])) or "the line"
        found = repr(first["input"])
        raise SuiteError(f"{path}:{number}: {where}: found {found[:80]}, expected otherwise: {first['msg']}") from error


def _checked(cases: Iterator[tuple[int, Case]], path: Path) -> Iterator[Case]:
    """The cases, each held against what its own expectation and the cases before it demand."""
    seen: dict[str, int] = {}
    for number, case in cases:
        if case.id in seen:
            raise SuiteError(f"{path}:{number}: id: found {case.id!r} again, expected it once (line {seen[case.id]})")
        seen[case.id] = number
        if case.answerable and not (case.gold and case.nuggets and case.sections):
            raise SuiteError(
                f'{path}:{number}: found expect "{case.expect}" alone, expected gold, sections and nuggets too'
            )
        if not case.answerable and (case.gold or case.nuggets or case.sections):
            raise SuiteError(f'{path}:{number}: found evidence beside expect "{case.expect}", expected none')
        if any(not (nugget.any or nugget.numbers) for nugget in case.nuggets):
            raise SuiteError(f"{path}:{number}: nuggets: found an empty one, expected wordings or numbers")
        yield case
