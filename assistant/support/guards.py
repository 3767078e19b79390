"""Guards: what a claim says otherwise than its source: other facts, a turned statement, names that the source lacks."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support import polarity
from assistant.support.alignment import Aligned, aligned, matches
from assistant.support.bounds import unbounded, unbounded_across
from assistant.support.facts import held
from assistant.support.roles import exchanged_roles
from assistant.support.ties import exchanged
from assistant.support.tokens import SENTENCE_ENDS, Token, clauses_of
from assistant.understanding.lexicon import alike, cut, rarity
from assistant.understanding.names import names_in

# How far from its place a negation may stand and still be the one of the claim, in tokens.
NEAR = 4
# Rarity (see assistant/understanding/lexicon.py) from which a replaced word says something of its own; and most tokens of one.
RARE, LONGEST_WORD = 9.0, 6


def turned_across(claim: tuple[Token, ...], source: tuple[Token, ...]) -> list[str]:
    """Whether a claim denies, obliges or permits where its source in the other language does not, as far as counting tells."""
    found = []
    if any(_denies(t) for t in claim) != any(_denies(t) for t in source):
        found.append("negation")
    ours, theirs = ([t.value for t in side if t.kind == "modal"] for side in (claim, source))
    if theirs and not all(any(polarity.agree(one, other) for other in theirs) for one in ours):
        found.append("modality")
    ways = [{t.value for t in side if t.kind in ("direction", "bound")} for side in (claim, source)]
    if ways[1] and not ways[0] <= ways[1]:
        found.append("direction")
    if any(t.kind == "only" for t in claim) and not any(t.kind == "only" for t in source):
        found.append("only")
    found += [*exchanged(claim, source, crossing=True), *unbounded_across(claim, source)]
    return found


def differences(claim: tuple[Token, ...], source: tuple[Token, ...]) -> tuple[list[str], list[str]]:
    """What the claim says otherwise than the source, and what it may: reasons of the one kind, and of the other.

    Both are in the same language. Each clause is aligned by itself, so that their order does not matter.
    """
    clauses = [aligned(claim[begin:end], source) for begin, end in clauses_of(claim)]
    # What one word of the claim stands for cannot be what another one stands for.
    taken = {at for one in clauses for at in one.matched if at is not None}
    found = [reason for one in clauses for reason in (*_facts(one), *_turns(one, taken), *_dropped(one, taken))]
    found += exchanged(claim, source)
    found += [reason for one in clauses for reason in (*unbounded(one), *exchanged_roles(one))]
    said = {token.value for token in claim}
    doubts = [reason for one in clauses for reason in _replaced_words(one, said)]
    return list(dict.fromkeys(found)), list(dict.fromkeys(doubts))


def absent_facts(claim: tuple[Token, ...], source: tuple[Token, ...]) -> list[str]:
    """The facts of a claim that its source in the other language nowhere holds, which may leave a period to its words: 月薪."""
    stated = [token.fact for token in source if token.fact]
    periodic = any(fact.kind == "period" for fact in stated)
    return [
        f"{token.fact.kind}:{token.text}"
        for token in claim
        if token.fact and not held(token.fact, stated, crossing=True) and (periodic or token.fact.kind != "period")
    ]


def _facts(one: Aligned) -> list[str]:
    stated = [token.fact for token in one.source if token.fact]
    # The right number somewhere else in the source does not make up for another one in this place.
    return [
        f"{token.fact.kind}:{token.text}"
        for place, token in enumerate(one.clause)
        if token.fact and (not held(token.fact, stated) or _replaced(one, place))
    ]


def _replaced(one: Aligned, place: int) -> bool:
    """Whether a fact stands, between the same neighbours, for another one that the clause does not state elsewhere."""
    at = one.places[place]
    if at is None or one.source[at].fact is None or one.matched[place] is not None:
        return False
    beside = [(place + step, at + step) for step in (-1, 1) if 0 <= place + step < len(one.clause)]
    anchored = all(one.matched[mine] == theirs for mine, theirs in beside)
    return anchored and not any(matches(token, one.source[at]) for token in one.clause)


def _turns(one: Aligned, taken: set[int]) -> list[str]:
    found: list[str] = []
    for place, token in enumerate(one.clause):
        at, beside = one.places[place], _beside(one, place)
        if one.matched[place] is not None or token.kind in ("fact", "mark") or beside is None:
            continue
        counterpart = one.source[at] if at is not None and at not in taken else None
        around = range(max(0, beside - NEAR), min(len(one.source), beside + NEAR + 1))
        near = [one.source[i] for i in around if i not in taken]
        if token.kind in ("word", "direction", "bound"):
            found += _direction(token, counterpart, near)
        elif token.kind == "negation" and not any(_denies(t) for t in near):
            found.append("negation")
        elif token.kind == "only" and not any(t.kind == "only" or _denies(t) for t in near):
            found.append("only")  # "not … without" and "only with" are one
        elif token.kind == "modal":
            found += _modal(token, near)
    return found


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


def _beside(one: Aligned, place: int) -> int | None:
    """Where in the source an unmatched token's neighbourhood stands: at the nearest matched word, of two the one after."""
    for distance in range(1, NEAR + 1):
        for other in (place + distance, place - distance):
            if 0 <= other < len(one.clause) and one.clause[other].kind != "mark":
                at = one.matched[other]
                if at is not None:
                    return at
    return None


def _dropped(one: Aligned, taken: set[int]) -> list[str]:
    """Negations of the source that the clause leaves out, though it says what stands around them."""
    source = one.source
    here = {at: place for place, at in enumerate(one.matched) if at is not None}
    for at, token in enumerate(source):
        if not _denies(token) or at in taken:
            continue
        # The telling words of its clause: "exempt from the tax" denies what "pay the tax" says.
        end = next((i for i in range(at, len(source)) if source[i].kind == "mark"), len(source))
        after = [i for i in range(at + 1, min(at + NEAR + 1, end)) if source[i].weight >= 1]
        before = next((i for i in range(at - 1, max(-1, at - NEAR), -1) if source[i].weight >= 1), None)
        if before is not None and any(token.value in SENTENCE_ENDS for token in source[before:at]):
            before = None
        # One character in common says little: two of the three around have to be in the claim, or all there are.
        around = [i for i in (before, *after[:2]) if i is not None]
        said = [i for i in around if i in here]
        if len(said) < min(2, len(around)) or (after and after[0] not in here) or not said:
            continue
        place = here[said[-1]]
        near = range(max(0, place - NEAR), min(len(one.clause), place + NEAR))
        if not any(_denies(one.clause[i]) and one.matched[i] is None for i in near):
            return ["negation"]
    return []


def _replaced_words(one: Aligned, said: set[str]) -> list[str]:
    """Words of a clause that stand, between the source's own, where the source has another word of no like meaning.

    Rare words and names alone: those that join a sentence are changed without harm.
    """
    found = []
    run: list[int] = []
    for place in range(len(one.clause) + 1):
        if place < len(one.clause) and one.matched[place] is None and one.clause[place].kind == "word":
            run.append(place)
        elif run:
            found += _replaced_run(one, run, said)
            run = []
    return found


def _replaced_run(one: Aligned, run: list[int], said: set[str]) -> list[str]:
    before = one.matched[run[0] - 1] if run[0] else None
    after = one.matched[run[-1] + 1] if run[-1] + 1 < len(one.clause) else None
    if before is None and after is not None and not run[0]:
        before = max(-1, after - 1 - len(run))  # at the start of a clause the source has as many tokens before
    if after is None and before is not None and run[-1] + 1 == len(one.clause):
        after = min(len(one.source), before + 1 + len(run))
    if before is None or after is None or not 2 <= after - before <= LONGEST_WORD + 1:
        return []
    instead = [one.source[i] for i in range(before + 1, after)]
    # What the claim says in another place has only moved.
    if any(token.kind != "word" for token in instead) or all(token.value in said for token in instead):
        return []
    mine = [one.clause[i].value for i in run]
    if _stands_near(mine, one.source, before, after):
        return []
    theirs = set(_words(instead))
    alikes = theirs | {other for word in theirs for other in alike(word)}
    return [
        f"words:{word}"
        for word in _words([one.clause[i] for i in run])
        if len(word) > 1 and (rarity(word) >= RARE or names_in(word)) and not alikes & {word, *alike(word)}
    ]


def _stands_near(words: list[str], source: Sequence[Token], before: int, after: int) -> bool:
    """Whether the same sentence of the source has the words next to each other, in another place."""
    values = [token.value for token in source]
    first = max((i for i in range(before + 1) if values[i] in SENTENCE_ENDS), default=-1)
    last = min((i for i in range(after, len(values)) if values[i] in SENTENCE_ENDS), default=len(values))
    return any(values[i : i + len(words)] == words for i in range(first + 1, last))


def _words(tokens: Sequence[Token]) -> list[str]:
    if tokens[0].text.isascii():
        return [token.value for token in tokens if token.weight >= 1]
    return cut("".join(token.value for token in tokens))
