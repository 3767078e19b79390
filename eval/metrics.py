"""Metrics: pure functions from a case and a reply to a number between 0 and 1, and intervals around their means.

One convention throughout. None means "not applicable" and is left out of a mean, whose n says so. A refusal of, or an
error on, an answerable question has found nothing: its recalls and its section hit are 0. It has also cited nothing,
so its citation precision is not applicable; false refusals show it instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt

import numpy as np

from eval.replies import Cited, Reply
from eval.suites import Case, Gold, Nugget
from index.analysis import HAN, fold
from index.numerals import numbers, plain
from index.sentences import sentence_spans

_MARKER = re.compile(r"\[\d+\]")  # a citation of ours, or in a quote the source's own reference
_REFERENCE = re.compile(r"〔\d+〕")  # a source's reference as an answer's text shows it
_SPACE_AT_HAN = re.compile(rf"(?<=[{HAN}\W])\s+|\s+(?=[{HAN}\W])")


@dataclass(frozen=True)
class Score:
    """One reply's scores.

    right: the outcome is the expected one. false_answer: anything but an abstention where one was due.
    false_refusal: anything but an answer where one was due. premise_denied: a false premise was called one.
    premise_alarm: a sound one was. length: characters of the answer without its markers.
    """

    right: float
    false_answer: float | None = None
    false_refusal: float | None = None
    section_hit: float | None = None
    nugget_recall: float | None = None
    citation_recall: float | None = None
    citation_precision: float | None = None
    premise_denied: float | None = None
    premise_alarm: float | None = None
    length: float | None = None


@dataclass(frozen=True)
class Interval:
    """A mean over n values and its 95 % interval."""

    mean: float
    low: float
    high: float
    n: int


def score(case: Case, reply: Reply) -> Score:
    """Everything that can be said of one reply."""
    length = float(answer_length(reply.text)) if reply.outcome == "answer" else None
    if not case.answerable:
        right = float(reply.outcome == case.expect)
        return Score(right, false_answer=1.0 - right if case.expect == "abstain" else None, length=length)
    right = float(reply.outcome == "answer")
    return Score(
        right,
        false_refusal=1.0 - right,
        section_hit=section_hit(case, reply.citations),
        nugget_recall=nugget_recall(case.nuggets, reply.text, reply.quotes) if right else 0.0,
        citation_recall=citation_recall(case.gold, reply.citations),
        citation_precision=citation_precision(case.gold, reply.citations),
        premise_denied=float(reply.denies_premise) if case.expect == "conflict" else None,
        premise_alarm=float(reply.denies_premise) if case.expect == "answer" else None,
        length=length,
    )


def section_hit(case: Case, citations: Sequence[Cited]) -> float:
    """1 where any citation stands in an acceptable section of a gold document, in it directly or below it (hit@k)."""
    documents = {gold.document for gold in case.gold}
    return float(any(cited.document in documents and in_section(cited, case.sections) for cited in citations))


def in_section(cited: Cited, sections: Iterable[str]) -> bool:
    """Whether a citation stands in one of the sections: by number ("5" holds 5.1), or by its own heading.

    Headings further up do not count: the topmost one is often the title, which holds everything.
    """
    number, heading = fold(cited.number), fold(cited.path[-1]) if cited.path else ""
    return any(
        number == wanted or number.startswith(wanted + ".") or wanted == heading for wanted in map(fold, sections)
    )


def nugget_recall(nuggets: Sequence[Nugget], text: str, quotes: Sequence[str]) -> float:
    """Share of the nuggets held by the answer or by what it cites.

    After nugget recall in TREC RAG (nuggetizer, strict, all nuggets vital), with support decided by words: an English
    answer over a Chinese source counts by its Chinese quotes. How the words are put together it
    does not see.
    """
    return 1.0 - len(missing_nuggets(nuggets, text, quotes)) / len(nuggets)


def missing_nuggets(nuggets: Sequence[Nugget], text: str, quotes: Sequence[str]) -> tuple[Nugget, ...]:
    """The nuggets that neither the answer nor a quote holds; markers and reference marks are no numbers."""
    said = [comparable(_REFERENCE.sub(" ", _MARKER.sub(" ", part))) for part in (text, *quotes)]
    held = {number for part in said for number in numbers(part)}
    return tuple(nugget for nugget in nuggets if not _holds(nugget, said, held))


def _holds(nugget: Nugget, said: Sequence[str], held: set[str]) -> bool:
    if not all(plain(number) in held for number in nugget.numbers):
        return False
    return not nugget.any or any(comparable(wording) in part for wording in nugget.any for part in said)


def citation_recall(gold: Sequence[Gold], citations: Sequence[Cited]) -> float:
    """Share of the required gold quotes that a cited quote overlaps, in any of their wordings."""
    required = [one for one in gold if one.required]
    return sum(any(_supports(one, cited) for cited in citations) for one in required) / len(required)


def citation_precision(gold: Sequence[Gold], citations: Sequence[Cited]) -> float | None:
    """Share of the cited sentences that overlap any gold quote, required or not. None where nothing is cited.

    Strict twice over: standing in the right section is not enough, and a citation of several sentences counts as that
    many, so that a long quote does not pass on the one sentence in it that answers.
    """
    cited = cited_sentences(citations)
    return sum(is_right(gold, one) for one in cited) / len(cited) if cited else None


def cited_sentences(citations: Sequence[Cited]) -> tuple[Cited, ...]:
    """The citations, cut into one for each sentence."""
    return tuple(
        replace(cited, quote=cited.quote[start:end])
        for cited in citations
        for start, end in sentence_spans(cited.quote)
    )


def is_right(gold: Sequence[Gold], cited: Cited) -> bool:
    """Whether a cited sentence is evidence that the case knows."""
    return any(_supports(one, cited) for one in gold)


def _supports(gold: Gold, cited: Cited) -> bool:
    return gold.document == cited.document and any(overlap(wording, cited.quote) for wording in gold.wordings)


def overlap(one: str, other: str) -> bool:
    """Whether two quotes share a run of characters at least half as long as the shorter one.

    Spaces, width, script and case do not count. In one document that is a shared span, bar short set phrases.
    """
    shorter, longer = sorted((_squeezed(one), _squeezed(other)), key=len)
    run = ceil(len(shorter) / 2)
    return run > 0 and any(shorter[i : i + run] in longer for i in range(len(shorter) - run + 1))


def answer_length(text: str) -> int:
    """Characters of an answer without its citation markers and outer space."""
    return len(_MARKER.sub("", text).strip())


def comparable(text: str) -> str:
    """A text for comparison: width, script and case folded, and no space but between Latin words."""
    return _SPACE_AT_HAN.sub("", re.sub(r"\s+", " ", fold(text))).strip()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))


def wilson(successes: float, n: int) -> Interval:
    """A share and its Wilson score interval at 95 % (Wilson 1927), fit for small n and for shares of 0 and 1."""
    z = 1.959964
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half), n)


def bootstrap(values: Sequence[float], clusters: Sequence[str], draws: int = 2000, seed: int = 0) -> Interval:
    """A mean and its percentile bootstrap interval at 95 %. Clusters (paraphrases) are resampled whole."""
    names = sorted(set(clusters))
    places = {name: place for place, name in enumerate(names)}
    sums, sizes = np.zeros(len(names)), np.zeros(len(names))
    for value, cluster in zip(values, clusters, strict=True):
        sums[places[cluster]] += value
        sizes[places[cluster]] += 1
    picks = np.random.default_rng(seed).integers(len(names), size=(draws, len(names)))
    means = sums[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(sums.sum() / sizes.sum()), float(low), float(high), len(values))
