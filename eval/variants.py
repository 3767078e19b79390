"""Variants: the questions of a suite asked again, in other words, in the other language, or in Traditional characters.

Each variant is a case with the evidence of its original and in its group, so that consistency can be told between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from eval.suites import Case, Turn
from index.analysis import language_of

if TYPE_CHECKING:
    import opencc

VARIANT = "variant"


def with_variants(cases: Sequence[Case], *, traditional: bool = True) -> tuple[Case, ...]:
    """The cases, each followed by its written variants and, where asked for, by itself in Traditional characters.

    A variant is called after its original (`id~2`, `id~traditional`) and tagged "variant".
    """
    found: list[Case] = []
    for case in cases:
        variants = [_variant(case, str(n), text) for n, text in enumerate(case.variants, 2)]
        if traditional and (converted := traditional_form(case)):
            variants.append(converted)
        found += [replace(case, group=case.cluster), *variants] if variants else [case]
    return tuple(found)


def traditional_form(case: Case) -> Case | None:
    """A Chinese case in Traditional characters, earlier turns too; None where it would read the same."""
    question = _traditional(case.question)
    if case.language != "zh" or question == case.question:
        return None
    history = tuple(Turn(turn.role, _traditional(turn.content)) for turn in case.history)
    return replace(_variant(case, "traditional", question), history=history)


def _variant(case: Case, name: str, question: str) -> Case:
    return replace(
        case,
        id=f"{case.id}~{name}",
        question=question,
        language="zh" if language_of(question) == "zh" else "en",
        tags=(*case.tags, VARIANT),
        variants=(),
        group=case.cluster,
    )


@cache
def _converter() -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC("s2t")


def _traditional(text: str) -> str:
    return str(_converter().convert(text))
