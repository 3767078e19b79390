"""Ties: what each number and date of a text is of, told by the words beside it and the date that it is given for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.support.facts import Fact, same
from assistant.support.tokens import CLAUSE_ENDS, SENTENCE_ENDS, Token
from assistant.understanding.lexicon import alike, cut

# Units of one sort: a claim can take a fact of one for a fact of another.
_SORTS = dict.fromkeys("day workday schoolday week month year hour minute".split(), "time") | dict.fromkeys(
    "usd eur gbp cny".split(), "money"
)
# What a date in common weighs, in words: where one decides, nothing else does.
TIED = 100
# The marks and the number of tokens that end the words beside a fact; and those further ones that end the words before it,
# where the first tell nothing apart: what is told of comes first, in a clause of its own.
_NARROW = SENTENCE_ENDS | frozenset(",;:、"), 10
_WIDE = SENTENCE_ENDS | frozenset(";"), 30


class _Place(NamedTuple):
    """A fact in its text: the words before and after it, whether it is the first and the last of its sort there, and its dates.

    The dates of a number are the numbers of a date, and what stands right beside either.
    """

    before: tuple[Token, ...]
    after: tuple[Token, ...]
    first: bool
    last: bool
    dates: tuple[Fact, ...]


def exchanged(claim: tuple[Token, ...], source: tuple[Token, ...], crossing: bool = False) -> list[str]:
    """The numbers and dates of a claim that the source gives for something else, where it has another one of their sort.

    A fact is held by what stands beside it: 101 lines and 82 projects do not say 82 lines.
    """
    found = []
    for place, token in enumerate(claim):
        if token.fact is None or token.fact.kind not in ("number", "date"):
            continue
        sort = _sort(token.fact)
        alikes = [(at, t.fact) for at, t in enumerate(source) if t.fact is not None and _sort(t.fact) == sort]
        own = [at for at, fact in alikes if same(token.fact, fact, crossing)]
        rivals = [at for at, fact in alikes if at not in own]
        if own and rivals and _nearer(claim, place, source, own, rivals, crossing):
            found.append(f"{token.fact.kind}:{token.text}")
    return found


def _nearer(
    claim: tuple[Token, ...], place: int, source: tuple[Token, ...], own: list[int], rivals: list[int], crossing: bool
) -> bool:
    """Whether a claim's fact stands among the words of another one of the source."""
    for wide in (False, True):
        mine = _place(claim, place, wide)
        its, others = ([_place(source, at, wide) for at in places] for places in (own, rivals))
        if wide and not all(it.first for it in its):
            return False  # what stands before the other one may be told of both
        best = max(_strict(mine, it, crossing) + _crosswise(mine, it, crossing) for it in its)
        # With nothing before the fact itself, its subject is the one named before the other: that tells nothing.
        subject = all(_words(it.before) for it in its)
        dated = all(it.dates for it in its)
        rival = max(_strict(mine, other, crossing, subject, dated) for other in others)
        if best != rival:
            return rival > best
    return False


def _strict(claim: _Place, source: _Place, crossing: bool, subject: bool = True, dated: bool = True) -> int:
    """How much stands on the same side of two facts, a date in common first."""
    tied = dated and any(same(one, other) for one in claim.dates for other in source.dates)
    before = _shared(claim.before, source.before, crossing) if subject else 0
    return TIED * tied + before + _shared(claim.after, source.after, crossing)


def _crosswise(claim: _Place, source: _Place, crossing: bool) -> int:
    """How much stands on the other side: 5 euros for adults, adults pay 5 euros."""
    return _shared(claim.after, source.before, crossing) + _shared(claim.before, source.after, crossing)


def _sort(fact: Fact) -> tuple[str, str]:
    return fact.kind, _SORTS.get(fact.unit, fact.unit) if fact.kind == "number" else ""


@lru_cache(maxsize=4096)
def _place(tokens: tuple[Token, ...], at: int, wide: bool) -> _Place:
    before, first = _beside(tokens, at, -1, *(_WIDE if wide else _NARROW))
    after, last = _beside(tokens, at, 1, *_NARROW)
    return _Place(before, after, first, last, tuple(_partners(tokens).get(at, ())))


def _beside(
    tokens: Sequence[Token], at: int, step: int, ends: frozenset[str], reach: int
) -> tuple[tuple[Token, ...], bool]:
    """The words on one side of a fact, up to a mark or another fact of its sort; and whether no such fact is there."""
    fact = tokens[at].fact
    found: list[Token] = []
    at += step
    while 0 <= at < len(tokens) and len(found) < reach:
        token = tokens[at]
        if token.kind == "mark" and token.value in ends:
            break
        if token.fact is not None and fact is not None and _sort(token.fact) == _sort(fact):
            return tuple(found[::step]), False
        found.append(token)
        at += step
    return tuple(found[::step]), True


@lru_cache(maxsize=4096)
def _words(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Telling stems, pairs of Han characters, and other numbers: the 2 of 二级."""
    pairs = {
        one.value + other.value
        for one, other in pairwise(tokens)
        if one.kind == other.kind == "word" and not one.value.isascii() and not other.value.isascii()
    }
    stems = {t.value for t in tokens if t.kind == "word" and t.value.isascii() and t.weight >= 1}
    return frozenset(
        pairs | stems | {f"{t.fact.value}{t.fact.unit}" for t in tokens if t.fact and t.fact.kind == "number"}
    )


def _shared(claim: tuple[Token, ...], source: tuple[Token, ...], crossing: bool) -> int:
    """How many words two sides share; across languages, of how many one stands there that can be meant."""
    if not crossing:
        return len(_words(claim) & _words(source))
    said = "".join(t.value for t in source if not t.value.isascii())
    stems = {t.value for t in source if t.value.isascii()}
    return sum(any(o in stems if o.isascii() else o in said for o in alike(word)) for word in _listed(claim))


@lru_cache(maxsize=4096)
def _listed(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Words as the lexicon lists them."""
    words = [t for t in tokens if t.kind == "word" and t.weight >= 1]
    han = "".join(t.value for t in words if not t.value.isascii())
    return frozenset([t.value for t in words if t.value.isascii()] + [word for word in cut(han) if len(word) > 1])


@lru_cache(maxsize=1024)
def _partners(tokens: tuple[Token, ...]) -> dict[int, list[Fact]]:
    """For each number its date and for each date its numbers, in the same clause: the nearest to each other first.

    What is left over once each has one goes to the nearest before it, or after it where there is none. The other half of
    a number is its partner too: the 20 of 7-20.
    """
    found: dict[int, list[Fact]] = {}

    def join(one: int, other: int) -> None:
        for mine, its in ((one, other), (other, one)):
            if (fact := tokens[its].fact) is not None:
                found.setdefault(mine, []).append(fact)

    facts = [(at, token.fact) for at, token in enumerate(tokens) if token.fact is not None]
    for (one, _), (other, _) in pairwise(facts):
        if other == one + 1:
            join(one, other)
    dates = [at for at, fact in facts if fact.kind == "date" and ":" not in fact.value]
    for sort in {_sort(fact) for _, fact in facts if fact.kind == "number"}:
        numbers = [at for at, fact in facts if _sort(fact) == sort]
        pairs = [(abs(a - b), a, b) for a in numbers for b in dates if _together(tokens, a, b)]
        used: set[int] = set()
        for _, a, b in sorted(pairs):
            if a not in used and b not in used:
                used |= {a, b}
                join(a, b)
        for _, a, b in sorted(pairs, key=lambda pair: (pair[2] > pair[1], pair)):
            if a not in used or b not in used:
                used |= {a, b}
                join(a, b)
    return found


def _together(tokens: Sequence[Token], number: int, date: int) -> bool:
    """Whether no clause ends between a number and a date; the comma right behind a date ends none: "In 2020, …"."""
    between = tokens[date + 2 : number] if date < number else tokens[number:date]
    return not any(token.kind == "mark" and token.value in CLAUSE_ENDS for token in between)
