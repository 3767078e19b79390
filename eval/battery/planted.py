"""Planted faults: whether each metric sees a run's answers made worse, and stays where it is when only their form changes.

The battery of a run's own metrics, as `assistant eval report` prints it beside them. What is read from an answer's flags
(outcomes, premises, consistency) has no such error, and no rate.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.support.tokens import without_markers
from eval.battery.rewordings import script, width
from eval.battery.swaps import swapped
from eval.metrics import score
from eval.metrics.citations import is_right, supports
from eval.metrics.registry import BY_KEY
from eval.metrics.support import NUMBER, claim_spans, judged
from eval.replies import Cited, Reply, read_passage
from eval.runner import Result
from eval.statistics import Interval, wilson
from eval.suites import Case

# Answers that are changed: enough for an interval of a few points, in some two seconds.
MOST = 60
_FOUND = ("hit_1", "hit_5", "recall_10", "mrr_10", "ndcg_10", "context_precision", "context_recall")
_SAID = ("nugget_recall", "evidence_f1", "citation_recall", "citation_precision", "section_hit")
_FORM = (*_SAID, "lexical_support", "citation_validity")


@dataclass(frozen=True)
class Rates:
    """missed: share of the faults that left the metric where it was, or above. moved: of the changes of form that did not."""

    missed: Interval | None
    moved: Interval | None


@dataclass(frozen=True)
class Change:
    """A reply and a search changed. fault: it is worse, so `keys` must fall; else it is as good, and they must stay."""

    fault: bool
    keys: tuple[str, ...]
    reply: Reply
    found: tuple[Cited, ...] | None


def rates(results: Sequence[Result], most: int = MOST, seed: int = 0) -> dict[str, Rates]:
    """The rates of each metric that has any, over `most` of a run's answers to what the documents answer."""
    rng = random.Random(seed)
    answered = [one for one in results if one.case.answerable and one.reply.outcome == "answer" and one.reply.citations]
    chosen = rng.sample(answered, min(most, len(answered)))
    others = [cited for one in answered for cited in one.reply.citations]
    verdicts: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for result in chosen:
        for change in changes(result, others, rng):
            after = score(result.case, change.reply, change.found)
            for key in change.keys:
                old, new = BY_KEY[key].of(result.score), BY_KEY[key].of(after)
                if old is None or (change.fault and not old):
                    continue  # there was nothing that could get worse
                wrong = (new or 0.0) >= old if change.fault else new != old
                verdicts[key, change.fault].append(wrong)

    def share(key: str, fault: bool) -> Interval | None:
        wrong = verdicts.get((key, fault))
        return wilson(sum(wrong), len(wrong)) if wrong else None

    return {key: Rates(share(key, True), share(key, False)) for key in dict.fromkeys(key for key, _ in verdicts)}


def changes(result: Result, others: Sequence[Cited], rng: random.Random) -> Iterator[Change]:
    """An answer made worse in every way that applies to it, and said again in other forms. others: citations to mix in."""
    case, reply = result.case, result.reply
    found = None if result.retrieved is None else tuple(map(read_passage, result.retrieved))
    beside = _beside(case, others, rng)
    if beside is not None:
        number = len(reply.citations) + 1
        yield Change(True, _SAID, replace(reply, text=f"{beside.quote} [1]", citations=(beside,)), found)
        more = replace(reply, text=f"{reply.text}\n{beside.quote} [{number}]", citations=(*reply.citations, beside))
        yield Change(True, ("citation_precision",), more, found)
    if (wrong := _number_changed(case, reply)) is not None:
        yield Change(True, ("nugget_recall",), wrong, found)
    if (turned := _turned(reply, rng)) is not None:
        yield Change(True, ("lexical_support",), turned, found)
    first = reply.citations[0]
    cut = replace(first, quote=first.quote[: len(first.quote) // 2] + "…")
    yield Change(True, ("citation_validity",), replace(reply, citations=(cut, *reply.citations[1:])), found)
    yield Change(True, ("lexical_support",), replace(reply, text=NUMBER.sub("", reply.text)), found)
    if found is not None:
        # One more passage in the place of each, so that no other one moves up.
        left = tuple(replace(one, quote="", document="") if is_right(case.gold, one) else one for one in found)
        yield Change(True, _FOUND, reply, left)
    for reworded in (script, width):
        said = re.split(r"(\[\d+\])", reply.text)
        again = "".join(part if NUMBER.fullmatch(part) else reworded(part, rng) or part for part in said)
        yield Change(False, _FORM, replace(reply, text=again), found)
    yield Change(False, _FORM, _renumbered(reply), found)


def _beside(case: Case, others: Sequence[Cited], rng: random.Random) -> Cited | None:
    """A citation that is evidence of nothing that is asked, from another answer of the run."""
    for _ in range(20):
        one = rng.choice(others)
        if not any(supports(gold, one) for gold in case.gold):
            return one
    return None


def _number_changed(case: Case, reply: Reply) -> Reply | None:
    """A number that is due, changed wherever it is said or cited."""
    for nugget in case.nuggets:
        for number in nugget.numbers:
            if re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", " ".join((reply.text, *reply.quotes))):
                other = str(int(number[0]) % 9 + 1) + number[1:] if number[0].isdecimal() else None
                if other:
                    cited = tuple(replace(one, quote=one.quote.replace(number, other)) for one in reply.citations)
                    return replace(reply, text=reply.text.replace(number, other), citations=cited)
    return None


def _turned(reply: Reply, rng: random.Random) -> Reply | None:
    """One thing in one of the supported sentences changed, so that it says something else."""
    spans = [
        (start, end)
        for start, end, numbers in claim_spans(reply.text)
        if judged(reply, reply.text[start:end], numbers).verdict == "supported"
    ]
    rng.shuffle(spans)
    for start, end in spans:
        claim = reply.text[start:end]
        # The source's own reference marks say nothing.
        turned = [
            other
            for _, other in swapped(claim, rng, (claim, claim))
            if without_markers(other) != without_markers(claim)
        ]
        if turned:
            other = rng.choice(turned)
            return replace(reply, text=reply.text[:start] + other + reply.text[end:])
    return None


def _renumbered(reply: Reply) -> Reply:
    """The same answer with its citations listed from the last to the first."""
    last = len(reply.citations) + 1
    text = NUMBER.sub(lambda marker: f"[{last - int(marker[1])}]", reply.text)
    return replace(reply, text=text, citations=reply.citations[::-1])
