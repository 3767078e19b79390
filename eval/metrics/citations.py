"""Citation metrics: whether an answer cites the evidence, and nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil

from eval.replies import Cited, Reply
from eval.suites import Case, Gold
from index.analysis import fold
from index.sentences import sentence_spans

_MARKER = re.compile(r"\[(\d+)\]")


def section_hit(case: Case, citations: Sequence[Cited]) -> float:
    """1 where any citation stands in an acceptable section of a gold document, in it directly or below it (hit@k)."""
    documents = {gold.document for gold in case.gold}
    return float(any(cited.document in documents and in_section(cited, case.sections) for cited in citations))


def in_section(cited: Cited, sections: Iterable[str]) -> bool:
    """Whether a citation stands in one of the sections: by number ("5" holds 5.1), by its own heading, or by one above it.

    The topmost heading counts only for what stands directly under it: it is often the title, which holds everything.
    """
    number = fold(cited.number)
    headings = {fold(heading) for heading in cited.path[1:] or cited.path}
    return any(
        number == wanted or number.startswith(wanted + ".") or wanted in headings for wanted in map(fold, sections)
    )


def citation_recall(gold: Sequence[Gold], citations: Sequence[Cited]) -> float:
    """Share of the required gold quotes that a cited quote overlaps, in any of their wordings."""
    required = [one for one in gold if one.required]
    return sum(any(supports(one, cited) for cited in citations) for one in required) / len(required)


def citation_precision(gold: Sequence[Gold], citations: Sequence[Cited]) -> float | None:
    """Share of the cited sentences that overlap any gold quote, required or not. None where nothing is cited.

    Strict twice over: standing in the right section is not enough, and a citation of several sentences counts as that
    many, so that a long quote does not pass on the one sentence in it that answers.
    """
    cited = cited_sentences(citations)
    return sum(is_right(gold, one) for one in cited) / len(cited) if cited else None


def citation_validity(reply: Reply) -> float | None:
    """Share of the markers in an answer that point at a citation whose quote stands verbatim in its passage.

    None where there is no marker. Which of them support what is said before them is for citation recall and precision.
    """
    markers = [int(number) for number in _MARKER.findall(reply.text)]
    valid = [
        0 < number <= len(reply.citations)
        and reply.citations[number - 1].quote
        in (reply.citations[number - 1].passage or reply.citations[number - 1].quote)
        for number in markers
    ]
    return sum(valid) / len(valid) if valid else None


def cited_sentences(citations: Sequence[Cited]) -> tuple[Cited, ...]:
    """The citations, cut into one for each sentence."""
    return tuple(
        replace(cited, quote=cited.quote[start:end])
        for cited in citations
        for start, end in sentence_spans(cited.quote)
    )


def is_right(gold: Sequence[Gold], cited: Cited) -> bool:
    """Whether a cited sentence is evidence that the case knows."""
    return any(supports(one, cited) for one in gold)


def supports(gold: Gold, cited: Cited) -> bool:
    """Whether cited words hold a piece of evidence, in any of its wordings."""
    return gold.document == cited.document and any(overlap(wording, cited.quote) for wording in gold.wordings)


def overlap(one: str, other: str) -> bool:
    """Whether two quotes share a run of characters at least half as long as the shorter one.

    Spaces, width, script and case do not count. In one document that is a shared span, bar short set phrases.
    """
    shorter, longer = sorted((_squeezed(one), _squeezed(other)), key=len)
    run = ceil(len(shorter) / 2)
    return run > 0 and any(shorter[i : i + run] in longer for i in range(len(shorter) - run + 1))


@lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))
