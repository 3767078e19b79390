"""Roles: two words of a clause that have changed places about the same verb: who pays whom."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support.alignment import Aligned
from assistant.support.tokens import Token

# Most tokens between a word and the verb that it is told of, and of one such word.
NEAR, LONGEST = 6, 6
# Words that turn a sentence's voice: with one more of them on one side, changed places are no changed roles.
_VOICE = frozenset("by from 被 由 受 获".split())


def exchanged_roles(one: Aligned) -> list[str]:
    """Whether what stands before a verb in the clause stands behind it in the source, and the other way round.

    Words that "and" alone joins may change places.
    """
    places = [at for at in one.matched if at is not None]
    if not places:
        return []
    values = [token.value for token in one.source]
    beside = values[max(0, min(places) - NEAR) : max(places) + NEAR]
    if {t.value for t in one.clause} & _VOICE - set(beside) or set(values[min(places) : max(places)]) & _VOICE - {
        t.value for t in one.clause
    }:
        return []
    runs = _unmatched(one)
    for n, first in enumerate(runs):
        for second in runs[n + 1 :]:
            verb = [at for at in one.matched[first[-1] + 1 : second[0]] if at is not None and _tells(one.source[at])]
            if not verb:
                continue
            before = values[max(0, verb[0] - NEAR) : verb[0]]
            behind = values[verb[-1] + 1 : verb[-1] + 1 + NEAR]
            if _holds(behind, [one.clause[i].value for i in first]) and _holds(
                before, [one.clause[i].value for i in second]
            ):
                return ["roles"]
    return []


def _tells(token: Token) -> bool:
    return token.weight >= 1 and token.kind in ("word", "modal", "direction")


def _unmatched(one: Aligned) -> list[list[int]]:
    """The runs of telling words of a clause that do not stand where the source has them."""
    runs: list[list[int]] = []
    for place, token in enumerate(one.clause):
        if one.matched[place] is None and token.kind == "word" and token.weight >= 1:
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
    return [run for run in runs if len(run) <= LONGEST]


def _holds(values: Sequence[str], words: Sequence[str]) -> bool:
    return any(values[i : i + len(words)] == words for i in range(len(values)))
