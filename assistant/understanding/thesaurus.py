"""The thesaurus: how people ask for a thing, and how policy texts say it. It finds sentences, and counts for less than their own
words do in whether one answers; the check of a claim never sees it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

# Words of policy texts of each language for one of a question's, at most: with more, one of them stands everywhere.
MOST = 8
# Pieces that an expression may be made of.
_LONGEST = 4
# The second half of an English expression that may have its object within: turn the request down.
_PARTICLES = frozenset("up down off out in on away back over through".split())
_WITHIN = 3


@cache
def _entries() -> dict[str, str]:
    """What people say -> the words of policy texts, as in thesaurus.tsv (see index/training/thesaurus.py)."""
    with (Path(__file__).parent / "thesaurus.tsv").open(encoding="utf-8") as lines:
        return dict(line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))


def official(
    pieces: Sequence[str], weights: Sequence[float], spelt: Sequence[str] | None = None
) -> list[tuple[str, ...]]:
    """For each piece of a run of words the words that policy texts have for it. Those for an expression of several are its
    weightiest piece's: what is said of a whole is no translation of each part.

    pieces: Chinese words as they are cut, or English stems, in order; weights: what each says; spelt: the English words as
    they stand, where stems of several are one (customer, customs). The answer: words of either language, the longest
    expression's first, without those that are asked for in so many words anyway; an English expression is joined by
    underscores.
    """
    found: list[dict[str, None]] = [{} for _ in pieces]
    for span, entry in _expressions(tuple(pieces), tuple(spelt or pieces)):
        found[max(span, key=weights.__getitem__)] |= dict.fromkeys(entry.split())
    asked = set(pieces)
    left = [[word for word in words if word not in asked] for words in found]
    return [
        tuple(word for one in (True, False) for word in [w for w in words if w.isascii() is one][:MOST])
        for words in left
    ]


def told_by_whole(
    pieces: Sequence[str], weights: Sequence[float], spelt: Sequence[str], vague: float
) -> dict[int, tuple[int, ...]]:
    """For each expression in a row whose pieces say nothing by themselves ("days off"): the piece that carries it, and all
    of them. vague: what such a piece weighs at most. The other arguments are those of `official`."""
    found: dict[int, tuple[int, ...]] = {}
    for span, _ in _expressions(tuple(pieces), tuple(spelt)):
        in_a_row = len(span) > 1 and span[-1] - span[0] == len(span) - 1
        taken = any(set(span) & set(other) for other in found.values())
        if in_a_row and not taken and max(weights[i] for i in span) <= vague:
            found[max(span, key=weights.__getitem__)] = span
    return found


@lru_cache(maxsize=512)
def _expressions(pieces: tuple[str, ...], spelt: tuple[str, ...]) -> tuple[tuple[tuple[int, ...], str], ...]:
    """The places of what a run of words has an entry for, longest first, and the entry."""
    joint = "_" if pieces and pieces[0].isascii() else ""
    found = []
    for span in sorted(_spans(pieces, particles=bool(joint)), key=len, reverse=True):
        keys = (joint.join(words[i] for i in span) for words in (spelt, pieces))
        if entry := next((entry for key in keys if (entry := _entries().get(key))), None):
            found.append((span, entry))
    return tuple(found)


def _spans(pieces: Sequence[str], *, particles: bool) -> list[tuple[int, ...]]:
    spans = [
        tuple(range(start, start + n))
        for start in range(len(pieces))
        for n in range(1, min(_LONGEST, len(pieces) - start) + 1)
    ]
    if particles:
        spans += [
            (start, end)
            for end, piece in enumerate(pieces)
            if piece in _PARTICLES
            for start in range(max(0, end - 1 - _WITHIN), end - 1)
        ]
    return spans
