"""Guards: what a claim says otherwise than its source: other facts, a turned statement, names that the source lacks."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support import polarity
from assistant.support.alignment import align, matches
from assistant.support.facts import held
from assistant.support.tokens import Token, clauses_of
from assistant.understanding.lexicon import alike, cut, rarity

# How far from its place a negation may stand and still be the one of the claim, in tokens.
NEAR = 4
# Rarity (see assistant/understanding/lexicon.py) from which a replaced word says something of its own; and most tokens of one.
RARE, LONGEST_WORD = 9.0, 6


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
    found: list[str] = []
    matched = [at if at is not None and matches(clause[i], source[at]) else None for i, at in enumerate(places)]
    taken = {at for at in matched if at is not None}
    for place, token in enumerate(clause):
        at, beside = places[place], _beside(clause, matched, place)
        if matched[place] is not None or token.kind in ("fact", "mark") or beside is None:
            continue
        counterpart = source[at] if at is not None and at not in taken else None
        # What another word of the claim stands for cannot be what this one stands for.
        near = [source[i] for i in range(max(0, beside - NEAR), min(len(source), beside + NEAR + 1)) if i not in taken]
        if token.kind in ("word", "direction", "bound"):
            found += _direction(token, counterpart, near)
        elif token.kind == "negation" and not any(_denies(t) for t in near):
            found.append("negation")
        elif token.kind == "modal":
            found += _modal(token, near)
    return found + _dropped(clause, source, matched)


def _direction(token: Token, counterpart: Token | None, near: Sequence[Token]) -> list[str]:
    if token.kind == "word":
        turned = counterpart is not None and polarity.opposite(token.value, counterpart.value)
    elif counterpart is not None and counterpart.kind == token.kind:
        turned = True  # of two values, the other one
    else:
        turned = {t.value for t in near if t.kind == token.kind} == {polarity.OTHER_WAY[token.value]}
    return ["direction"] if turned else []


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
    """Where in the source an unmatched token's neighbourhood stands: at the nearest matched word, of two the one after."""
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
        following = [i for i in range(at + 1, min(at + NEAR, len(source))) if source[i].kind != "mark"]
        before = next((i for i in range(at - 1, max(-1, at - NEAR), -1) if source[i].kind != "mark"), None)
        if not following or following[0] not in here:
            continue
        # One character in common says little: what stands before or after it has to be in the claim as well.
        if not (before in here or (len(following) > 1 and following[1] in here) or before is None):
            continue
        place = here[following[0]]
        near = range(max(0, place - NEAR), min(len(clause), place + NEAR))
        if not any(_denies(clause[i]) and matched[i] is None for i in near):
            return ["negation"]
    return []


def replaced_words(claim: tuple[Token, ...], source: tuple[Token, ...]) -> list[str]:
    """Words of a claim that stand, between the source's own, where the source has another word of no like meaning.

    Rare words alone: those that join a sentence are changed without harm.
    """
    held = {token.value for token in source}
    found = []
    for begin, end in clauses_of(claim):
        clause = claim[begin:end]
        places = align(clause, source)
        run: list[int] = []
        for place in range(len(clause) + 1):
            at = places[place] if place < len(clause) else None
            same = at is not None and matches(clause[place], source[at])
            if place < len(clause) and not same and clause[place].kind == "word":
                run.append(place)
                continue
            if run:
                found += _replaced_run(clause, source, places, run, held)
            run = []
    return found


def _replaced_run(
    clause: Sequence[Token], source: Sequence[Token], places: Sequence[int | None], run: list[int], held: set[str]
) -> list[str]:
    before = places[run[0] - 1] if run[0] else -1
    after = places[run[-1] + 1] if run[-1] + 1 < len(clause) else len(source)
    if before is None or after is None or not 2 <= after - before <= LONGEST_WORD + 1:
        return []
    if any(source[i].kind != "word" for i in range(before + 1, after)):
        return []
    mine = [clause[i] for i in run]
    if all(token.value in held for token in mine):
        return []
    said = _words(mine)
    instead = set(_words([source[i] for i in range(before + 1, after)]))
    return [
        f"words:{word}"
        for word in said
        if len(word) > 1
        and rarity(word) >= RARE
        and not instead & {word, *alike(word)}
        and not {word} & _likes(instead)
    ]


def _likes(words: set[str]) -> set[str]:
    return {other for word in words for other in alike(word)}


def _words(tokens: Sequence[Token]) -> list[str]:
    if not tokens:
        return []
    if tokens[0].text.isascii():
        return [token.value for token in tokens if token.weight >= 1]
    return cut("".join(token.value for token in tokens))
