"""Guards: what a claim says otherwise than its source: other facts, a turned statement, names that the source lacks."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support import polarity
from assistant.support.alignment import align, matches
from assistant.support.facts import held
from assistant.support.tokens import Token, clauses_of

# How far from its place a negation may stand and still be the one of the claim, in tokens.
NEAR = 4


def differences(claim: tuple[Token, ...], source: tuple[Token, ...]) -> list[str]:
    """What the claim says otherwise than the source, as machine-readable reasons. Both in the same language."""
    found: list[str] = []
    for begin, end in clauses_of(claim):
        clause = claim[begin:end]
        places = align(clause, source)
        found += _facts(clause, source, places)
        found += _turns(clause, source, places)
    return list(dict.fromkeys(found))


def absent_facts(claim: tuple[Token, ...], source: tuple[Token, ...], crossing: bool = False) -> list[str]:
    """The facts of a claim that the source nowhere holds."""
    stated = [token.fact for token in source if token.fact]
    return [
        f"{token.fact.kind}:{token.text}" for token in claim if token.fact and not held(token.fact, stated, crossing)
    ]


def _facts(clause: Sequence[Token], source: Sequence[Token], places: Sequence[int | None]) -> list[str]:
    found = []
    stated = [token.fact for token in source if token.fact]
    for place, token in enumerate(clause):
        if token.fact is None:
            continue
        if not held(token.fact, stated):
            found.append(f"{token.fact.kind}:{token.text}")
        elif _replaced(clause, source, places, place):
            # The right number somewhere else in the source does not make up for another one in this place.
            found.append(f"{token.fact.kind}:{token.text}")
    return found


def _replaced(clause: Sequence[Token], source: Sequence[Token], places: Sequence[int | None], place: int) -> bool:
    """Whether a fact stands, between the same neighbours, for another one that the clause does not state elsewhere."""
    at = places[place]
    if at is None or source[at].fact is None or matches(clause[place], source[at]):
        return False
    return _anchored(clause, source, places, place) and not any(matches(token, source[at]) for token in clause)


def _anchored(clause: Sequence[Token], source: Sequence[Token], places: Sequence[int | None], place: int) -> bool:
    """Whether a token's neighbours, before and after, are those of the source as well (the ends of a clause count)."""
    at = places[place]
    if at is None:
        return False
    sides = 0
    for step in (-1, 1):
        beside = place + step
        if not 0 <= beside < len(clause):
            sides += 1
            continue
        there = places[beside]
        sides += there == at + step and matches(clause[beside], source[there])
    return sides == 2


def _turns(clause: Sequence[Token], source: Sequence[Token], places: Sequence[int | None]) -> list[str]:
    found = []
    matched = [at if at is not None and matches(clause[i], source[at]) else None for i, at in enumerate(places)]
    reached = [at for at in matched if at is not None]
    if not reached:
        return []
    for place, token in enumerate(clause):
        at = places[place]
        if matched[place] is not None or token.kind in ("fact", "mark"):
            continue
        counterpart = source[at] if at is not None else None
        beside = _beside(clause, matched, place)
        if beside is None:
            continue
        near = source[max(0, beside - NEAR) : beside + NEAR + 1]
        if token.kind == "word":
            if counterpart and frozenset((token.value, counterpart.value)) in polarity.OPPOSITES:
                found.append("direction")
        elif token.kind in ("direction", "bound"):
            if counterpart and counterpart.kind == token.kind:
                found.append("direction")
                continue
            if any(t.kind == token.kind and t.value == token.value for t in near):
                continue
            if any(t.kind == token.kind for t in near):
                found.append("direction")
        elif token.kind == "negation":
            if not any(_denies(t) for t in near):
                found.append("negation")
        elif token.kind == "modal":
            found += _modal(token, near)
    found += _dropped(clause, source, matched)
    return found


def _modal(token: Token, near: Sequence[Token]) -> list[str]:
    modals = [t for t in near if t.kind == "modal"]
    if any(polarity.agree(token.value, t.value) for t in modals):
        return []
    if polarity.is_ban(token.value):
        return [] if any(t.kind == "negation" for t in near) else ["negation"]
    if any(polarity.is_ban(t.value) for t in modals):
        return ["negation"]
    return ["modality"] if modals else []


def _denies(token: Token) -> bool:
    return token.kind == "negation" or (token.kind == "modal" and polarity.is_ban(token.value))


def _beside(clause: Sequence[Token], matched: Sequence[int | None], place: int) -> int | None:
    """Where in the source the neighbourhood of an unmatched token stands: at the nearest matched word after or before it."""
    for distance in range(1, NEAR + 1):
        for other in (place + distance, place - distance):
            if 0 <= other < len(clause) and clause[other].kind != "mark":
                at = matched[other]
                if at is not None:
                    return at
    return None


def _dropped(clause: Sequence[Token], source: Sequence[Token], matched: Sequence[int | None]) -> list[str]:
    """Negations of the source that the clause leaves out, though it says what they negate."""
    here = {at: place for place, at in enumerate(matched) if at is not None}
    for at, token in enumerate(source):
        if not _denies(token) or at in here:
            continue
        head = next(
            (
                i
                for i in range(at + 1, min(at + NEAR, len(source)))
                if source[i].kind == "word" and source[i].weight >= 1
            ),
            None,
        )
        if head is None or head not in here:
            continue
        before = next((i for i in range(at - 1, max(-1, at - NEAR), -1) if source[i].kind != "mark"), None)
        if before is not None and before not in here and here[head] > 0 and head + 1 not in here:
            continue
        place = here[head]
        if not any(_denies(t) for t in clause[max(0, place - NEAR) : place + NEAR]):
            return ["negation"]
    return []
