"""Words that people and models read, as Markdown, read in one place and checked. No code in them, no words in code."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).parent
_VARIABLE = re.compile(r"\{(\w+)\}")


class PromptError(ValueError):
    """A file of words is missing something, or its languages differ."""


@cache
def phrases(language: str) -> dict[str, str]:
    """The fixed sentences of answers in a language ("zh" or "en"), by name. Raises PromptError as `interface` does."""
    return _checked("phrases", language)


@cache
def interface(language: str) -> dict[str, str]:
    """The texts of the chat page in a language ("zh" or "en"), by name.

    Raises PromptError where the languages do not have the same names with the same {variables}.
    """
    return _checked("interface", language)


@cache
def judging(language: str) -> dict[str, str]:
    """What the optional judge of evaluation is asked in a language, by name. Raises PromptError as `interface` does."""
    return _checked("judge", language)


@cache
def template(name: str, language: str) -> dict[str, str]:
    """The parts ("system", "user") of what a chat model is told, by the template's name ("answer", "condense").

    Raises PromptError as `interface` does.
    """
    return _checked(name, language)


@cache
def digest() -> str:
    """SHA-256 of the words that answers are made with, 64 hex digits: it changes when any of them does."""
    files = [_FOLDER / f"{name}.{language}.md" for name in ("answer", "condense", "phrases") for language in LANGUAGES]
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


@cache
def widget(language: str) -> dict[str, str]:
    """The texts of the embeddable widget and its demo page, by name; the widget's own are built into widget.js.

    Raises PromptError as `interface` does.
    """
    return _checked("widget", language)


def phrase(key: str, language: str, /, **values: object) -> str:
    """One fixed sentence with its variables filled in. Raises PromptError for variables that differ from the declared."""
    return fill(key, phrases(language)[key], **values)


def fill(key: str, text: str, /, **values: object) -> str:
    """A text with its variables filled in; `key` names it in the PromptError for variables that differ."""
    declared = set(_VARIABLE.findall(text))
    if declared != values.keys():
        raise PromptError(f"phrase {key}: found values for {sorted(values)}, expected {sorted(declared)}")
    return _VARIABLE.sub(lambda match: str(values[match.group(1)]), text)


def _checked(name: str, language: str) -> dict[str, str]:
    """The texts of name.<language>.md, once all languages are known to say the same things."""
    read = {other: _read(_FOLDER / f"{name}.{other}.md") for other in LANGUAGES}
    reference = LANGUAGES[0]
    for other in LANGUAGES[1:]:
        differing = read[reference].keys() ^ read[other].keys()
        if differing:
            raise PromptError(f"{name}.{reference}.md and {name}.{other}.md differ in: {', '.join(sorted(differing))}")
        for key in read[other]:
            ours, theirs = (set(_VARIABLE.findall(read[one][key])) for one in (reference, other))
            if ours != theirs:
                raise PromptError(
                    f"{name}.{other}.md, {key}: found variables {sorted(theirs)}, expected {sorted(ours)}"
                )
    return read[language]


def _read(path: Path) -> dict[str, str]:
    """`## name` headings, each with the text under it; what stands before the first heading explains the file."""
    found: dict[str, str] = {}
    for section in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, text = section.partition("\n")
        if name.strip() in found:
            raise PromptError(f"{path.name}: found {name.strip()} twice")
        found[name.strip()] = text.strip()
    return found
