"""Bounds: "at least", 以上, "within": whether a number is under the one that its source puts on it, or none."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support.alignment import Aligned
from assistant.support.facts import same
from assistant.support.tokens import Token

# Most tokens between a number and the bound before it.
BEFORE = 3
# What the bounds that stand behind their number begin with.
_BEHIND = ("以", "之", "内", "or ")
# What joins the two ends of a range.
_JOINING = frozenset("to and 至 到 和".split())


def unbounded(one: Aligned) -> list[str]:
    """A bound ("at least", 以上) that a clause puts on a number, turns round or leaves out, where its source says otherwise."""
    said = {token.value for token in one.clause if token.kind == "bound"}
    held = {token.value for token in one.source if token.kind == "bound"}
    for place, token in enumerate(one.clause):
        if token.fact is None or token.fact.kind != "number":
            continue
        own = [at for at, other in enumerate(one.source) if other.fact and same(token.fact, other.fact)]
        mine, theirs = _bounds(one.clause, place), [_bounds(one.source, at) for at in own]
        if mine and theirs and all(bounds and not bounds & mine for bounds in theirs):
            return ["direction"]
        at = one.matched[place] if one.matched[place] is not None else own[0] if len(own) == 1 else None
        if at is None or _in_range(one.clause, place):
            continue
        if _bounds(one.source, at) - said or mine - held - _about(one.source[at]):
            return ["bound"]
    return []


def unbounded_across(claim: Sequence[Token], source: Sequence[Token]) -> list[str]:
    """A bound on a number that a claim in the other language leaves out."""
    if any(token.kind == "bound" for token in claim):
        return []
    for place, token in enumerate(claim):
        if token.fact is None or token.fact.kind != "number" or _in_range(claim, place):
            continue
        own = [at for at, other in enumerate(source) if other.fact and same(token.fact, other.fact, crossing=True)]
        if own and all(_bounds(source, at) for at in own):
            return ["bound"]
    return []


def _bounds(tokens: Sequence[Token], place: int) -> set[str]:
    """The bounds on a number: 以上 and "or more" stand behind it, "at least" before."""
    found = set()
    if place + 1 < len(tokens) and tokens[place + 1].kind == "bound" and tokens[place + 1].text.startswith(_BEHIND):
        found.add(tokens[place + 1].value)
    for at in range(place - 1, max(-1, place - 1 - BEFORE), -1):
        token = tokens[at]
        if token.kind in ("mark", "fact"):
            break
        if token.kind == "bound" and not token.text.startswith(_BEHIND):
            found.add(token.value)
    return found


def _about(token: Token) -> set[str]:
    """3400 余 is more than 3,400."""
    return {"lower"} if "余" in token.text or "多" in token.text else set()


def _in_range(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number stands in a range, whose ends are bounds in other words: 200 to 1,000, 二百元以上一千元以下."""
    for step in (-1, 1):
        near = [tokens[at] for at in (place + step, place + 2 * step) if 0 <= at < len(tokens)]
        if len(near) == 2 and (near[0].kind == "bound" or near[0].value in _JOINING):
            near = near[1:]
        if near and near[0].fact is not None and near[0].fact.kind == "number":
            return True
    return False
