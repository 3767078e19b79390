"""Lint: what is wrong with a suite as data, line by line. Whether a question is a good one is for readers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.suites import Case, Suite, read_suite
from index.analysis import fold
from index.documents import Document, read_document
from index.numerals import numbers, plain
from index.passages import split
from index.store import SHIPPED_CORPUS


@dataclass(frozen=True)
class Finding:
    """Something to mend. line: where in the file, 1 for the suite as a whole. A warning says what scores will not show."""

    line: int
    level: Literal["error", "warning"]
    message: str


def lint(path: Path) -> tuple[Suite, list[Finding]]:
    """A suite and everything found wrong with it, in line order.

    Raises SuiteError where its header cannot be read, and DocumentError for a document of it that cannot be.
    """
    suite, unreadable = read_suite(path)
    findings = [_unreadable(path, str(error)) for error in unreadable]
    documents = {document.id: document for document in map(read_document, suite.documents or _shipped())}
    checks = (_quotes(suite, documents), _sections(suite, documents), _twice(suite), _groups(suite), _classes(suite))
    for check in (*checks, _elsewhere(suite, documents)):
        findings += check
    return suite, sorted(findings, key=lambda finding: (finding.line, finding.level))


def _shipped() -> tuple[Path, ...]:
    from index.documents import find_documents

    return tuple(find_documents([SHIPPED_CORPUS]))


def _unreadable(path: Path, message: str) -> Finding:
    line, _, rest = message.removeprefix(f"{path}:").partition(": ")
    return Finding(int(line), "error", rest)


def _cases(suite: Suite) -> Iterator[tuple[int, Case]]:
    return zip(suite.lines, suite.cases, strict=True)


def squeezed(text: str) -> str:
    """A text without its white space: what "verbatim" means for a quote, since lines wrap."""
    return re.sub(r"\s+", "", text)


def _quotes(suite: Suite, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """Documents, quotes and the wordings of nuggets that are not where they are said to be."""
    texts = {name: squeezed(document.text) for name, document in documents.items()}
    for line, case in _cases(suite):
        for name in {*case.documents, *(gold.document for gold in case.gold)} - documents.keys():
            yield Finding(line, "error", f"found document {name!r}, expected one of: {_some(sorted(documents))}")
        for gold in case.gold:
            for wording in gold.wordings:
                if gold.document in texts and squeezed(wording) not in texts[gold.document]:
                    yield Finding(line, "error", f"quote not in {gold.document}: {wording[:60]}")
        held = [squeezed(fold(wording)) for gold in case.gold for wording in gold.wordings]
        for nugget in case.nuggets:
            if nugget.any and not any(squeezed(fold(wording)) in text for wording in nugget.any for text in held):
                yield Finding(line, "error", f"nugget in no gold quote: {' / '.join(nugget.any)[:60]}")


def _sections(suite: Suite, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """Sections that no document has, and cases whose required quotes all stand outside the sections they accept."""
    names = {name for document in documents.values() for s in document.sections for name in (s.number, s.title)}
    for line, case in _cases(suite):
        unknown = [name for name in case.sections if name not in names]
        if unknown:
            yield Finding(line, "error", f"no document has a section {', '.join(unknown)}")
        elif case.sections:
            found = {
                name
                for gold in case.gold
                if gold.required and gold.document in documents
                for name in _places(documents[gold.document], gold.quote)
            }
            if found and not any(n == wanted or n.startswith(wanted + ".") for n in found for wanted in case.sections):
                yield Finding(
                    line, "error", f"gold stands in {', '.join(sorted(found))}, not in {', '.join(case.sections)}"
                )


def _places(document: Document, quote: str) -> set[str]:
    """The numbers and headings of every section that holds a quote, at any of its occurrences."""
    kept = [place for place, character in enumerate(document.text) if not character.isspace()]
    text = "".join(document.text[place] for place in kept)
    found = [kept[match.start()] for match in re.finditer(re.escape(squeezed(quote)), text)]
    around = [s for place in found for s in document.sections if s.start <= place < s.end]
    return {name for section in around for name in (section.number, section.title) if name}


def _twice(suite: Suite) -> Iterator[Finding]:
    """Questions asked twice after the same history, of the same documents."""
    asked: dict[object, int] = {}
    for line, case in _cases(suite):
        for text in (case.question, *case.variants):
            key = (squeezed(fold(text)), case.history, case.documents)
            if key in asked:
                yield Finding(line, "error", f"asked already in line {asked[key]}: {text[:60]}")
            asked.setdefault(key, line)


def _groups(suite: Suite) -> Iterator[Finding]:
    """Groups whose questions stand on both sides of the split: what is tuned on one would be measured on the other."""
    first: dict[str, tuple[int, str]] = {}
    for line, case in _cases(suite):
        place, side = first.setdefault(case.cluster, (line, case.split))
        if side != case.split:
            yield Finding(line, "error", f"group {case.cluster!r} is in {side} (line {place}) and in {case.split}")


def _classes(suite: Suite) -> Iterator[Finding]:
    """Splits where refusing always, or never, would be right."""
    splits: dict[str, set[str]] = defaultdict(set)
    for case in suite.cases:
        splits[case.split].add("answer" if case.answerable else case.expect)
    for name, found in sorted(splits.items()):
        for needed, effect in (("answer", "refusing everything"), ("abstain", "refusing nothing")):
            if needed not in found:
                yield Finding(1, "warning", f'{name} has no case that expects "{needed}": {effect} would be right')
    graded = [bool(case.nuggets) for case in suite.cases if case.answerable]
    if any(graded):
        for line, case in _cases(suite):
            if case.answerable and not case.nuggets:
                yield Finding(line, "warning", "no nuggets, though other cases have some: its words are not judged")


def _elsewhere(suite: Suite, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """Cases whose nuggets all stand together in a passage of a document that is not gold."""
    passages = {
        name: [_Words(document.text[p.start : p.end]) for p in split(document)] for name, document in documents.items()
    }
    for line, case in _cases(suite):
        if not case.nuggets:
            continue
        gold = {one.document for one in case.gold}
        others = (set(case.documents) or passages.keys()) - gold
        wanted = [
            ([squeezed(fold(w)) for w in nugget.any], {plain(number) for number in nugget.numbers})
            for nugget in case.nuggets
        ]
        for name in sorted(others & passages.keys()):
            if any(all(words.hold(*one) for one in wanted) for words in passages[name]):
                yield Finding(line, "warning", f"{name}, which is not gold, holds every nugget in one passage")
                break


class _Words:
    """A passage as nuggets are sought in it."""

    def __init__(self, text: str) -> None:
        self.text = squeezed(fold(text))
        self.numbers = set(numbers(fold(text)))

    def hold(self, wordings: list[str], needed: set[str]) -> bool:
        return needed <= self.numbers and (not wordings or any(wording in self.text for wording in wordings))


def _some(names: list[str], most: int = 5) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
