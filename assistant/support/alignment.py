"""Alignment: where in a source each token of a claim's clause stands, or what stands there in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assistant.support import polarity
from assistant.support.facts import same
from assistant.support.tokens import Token

# What an unmatched token costs on either side, and one put in the place of another; a fact in the place of a fact, or a
# "may" in that of a "shall", costs little, so that the two are found side by side.
GAP, OTHER, COUNTERPART = 0.45, 0.8, 0.1
ROUNDING = 1e-9


class Aligned(NamedTuple):
    """A clause beside its source. places: where its tokens stand; matched: where they stand and say the same."""

    clause: Sequence[Token]
    source: Sequence[Token]
    places: Sequence[int | None]
    matched: Sequence[int | None]


def aligned(clause: Sequence[Token], source: Sequence[Token]) -> Aligned:
    """A clause with the places of its tokens in the source."""
    places = align(clause, source)
    matched = [at if at is not None and matches(clause[i], source[at]) else None for i, at in enumerate(places)]
    return Aligned(clause, source, places, matched)


def matches(claim: Token, source: Token) -> bool:
    """Whether two tokens say the same."""
    if claim.kind != source.kind:
        return False
    if claim.fact and source.fact:
        return same(claim.fact, source.fact)
    if claim.kind == "modal":
        return polarity.agree(claim.value, source.value)
    return claim.value == source.value


def align(claim: Sequence[Token], source: Sequence[Token]) -> list[int | None]:
    """For each token of a claim the place of the token of the source that it stands for, or None where it has none.

    The whole claim against the stretch of the source that fits it best (Needleman and Wunsch 1970, with the ends of the
    source free): equal tokens earn their weight, gaps and replacements cost. Whether the token there says the same is
    for `matches` to tell.
    """
    n = len(source)
    if not n:
        return [None] * len(claim)
    scores = _scores(claim, source)
    steps = GAP * np.arange(n + 1)
    table = np.zeros((len(claim) + 1, n + 1))
    for row in range(len(claim)):
        best = np.empty(n + 1)
        best[0] = table[row, 0] - GAP
        best[1:] = np.maximum(table[row, :-1] + scores[row], table[row, 1:] - GAP)
        table[row + 1] = np.maximum.accumulate(best + steps) - steps
    places: list[int | None] = [None] * len(claim)
    rows, gains = table.tolist(), scores.tolist()
    row, column = len(claim), int(table[-1].argmax())
    while row and column:
        here = rows[row][column]
        if abs(here - rows[row - 1][column - 1] - gains[row - 1][column - 1]) < ROUNDING:
            places[row - 1] = column - 1
            row, column = row - 1, column - 1
        elif abs(here - rows[row - 1][column] + GAP) < ROUNDING:
            row -= 1
        else:
            column -= 1
    return places


def _scores(claim: Sequence[Token], source: Sequence[Token]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    words = {token.value: place for place, token in enumerate({t.value: t for t in (*claim, *source)}.values())}
    left = np.array([words[t.value] if t.fact is None and t.kind != "modal" else -1 for t in claim])
    right = np.array([words[t.value] if t.fact is None and t.kind != "modal" else -2 for t in source])
    weights = np.array([token.weight for token in claim])
    scores = np.where(left[:, None] == right[None, :], weights[:, None], -OTHER)
    for row, token in enumerate(claim):
        if token.value in polarity.OPPOSED:
            for column, other in enumerate(source):
                if polarity.opposite(token.value, other.value):
                    scores[row, column] = -COUNTERPART
    special = [(place, token) for place, token in enumerate(source) if token.kind not in ("word", "mark")]
    for row, token in enumerate(claim):
        if token.kind in ("word", "mark"):
            continue
        for column, other in special:
            if matches(token, other):
                scores[row, column] = token.weight
            elif token.kind == other.kind:
                scores[row, column] = -COUNTERPART
    return scores
