"""Designators: what tells one class of things from its like, A类人才 from B类人才, Band C from Band D, form IG-15, L3."""

from __future__ import annotations

import re
from functools import cache

from index.analysis import terms

_CLASSES_ZH, _CLASSES_EN = "类级档型组区", "category class band grade level tier group type zone"
_ZH = re.compile(f"(?<![A-Za-z0-9])([A-Za-z])[{_CLASSES_ZH}]")
# "A" and "I" are words too, but for where they are capitals.
_EN = re.compile(rf"\b(?i:{_CLASSES_EN.replace(' ', '|')}) ([B-HJ-Zb-hj-z]|[AI](?=[?.,;:]|$| [a-z]))\b")
_CODE = re.compile(r"(?<![A-Za-z0-9.-])[A-Z]{1,3}-?\d{1,3}(?![A-Za-z0-9.-])")


def letters_in(question: str) -> list[str]:
    """The letters that designate a class in a question."""
    return [letter for _, letter in _lettered(question)]


def classes_in(question: str) -> list[tuple[str, list[list[str]]]]:
    """The classes that a question names by their letter: each as it is spelt, with sets of search terms of which a text has to
    hold one, in either language."""
    return [(spelt, [[word, letter] for word in _class_terms()]) for spelt, letter in _lettered(question)]


def designators_in(question: str) -> list[tuple[str, list[list[str]]]]:
    """The classes and the codes that a question names, as in `classes_in`."""
    return classes_in(question) + [(code, [terms(code)]) for code in _CODE.findall(question)]


@cache
def _class_terms() -> list[str]:
    return [*_CLASSES_ZH, *(terms(word)[0] for word in _CLASSES_EN.split())]


def _lettered(question: str) -> list[tuple[str, str]]:
    """Each designated class as it is spelt, and its letter in lower case."""
    return [(m.group(), m.group(1).lower()) for pattern in (_ZH, _EN) for m in pattern.finditer(question)]
