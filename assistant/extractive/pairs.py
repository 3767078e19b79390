"""Questions with several ends: the sides of a comparison, things named in a row, problems with what to do about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from assistant.extractive.claims import Claim, distinct, in_order
from assistant.extractive.definitions import definitions
from assistant.extractive.evidence import Candidate, readings_for, scored
from assistant.extractive.facets import items_of_facets
from assistant.extractive.labels import labelled
from assistant.extractive.lists import items, tells, titled_items
from assistant.extractive.reading import Reader
from assistant.extractive.scopes import chapters, concept, same, scopes
from assistant.extractive.selection import selected
from assistant.extractive.structure import passages_under
from assistant.understanding.lexicon import Word, words_of
from assistant.understanding.question import Question, understand
from index.analysis import fold
from index.documents import Document
from index.store import Hit

# A section answers for one side of a comparison when its headings hold this share of the side's words. Across languages a
# word is never held better than 0.8.
SIDE = 0.78
# How well a sentence has to fit the subject to be one end of it.
FITS = 0.45
# A problem is told with its solution, unasked, only where a sentence states just that problem.
TOLD = 0.5
# What saying what to do adds to a sentence's score as a solution.
DOING = 0.15
# ... and what standing at the problem's own level does: below a heading of the same title (4.1 企业层面, 5.1 企业层面).
LEVEL = 0.1

# The share of a side's own words that its sentence holds at least, and so many sentences for it are weighed against the other's.
LEAST, MOST = 0.3, 8
# What the cosine of the two sentences counts, and the one that stands for it where one sentence tells both sides.
ALIKE, BOTH = 0.5, 0.6
# What the cosine of a side and a sentence counts, as the encoder reads them, and from which it needs to hold no word.
SIDE_READING, READ_SIDE = 1.0, 0.35
# What having the name of a side as it is spelt does: "home letting" is not any letting of a home.
SPELT = 0.3


def compared(reader: Reader, question: Question, hits: list[Hit], candidates: list[Candidate]) -> list[Claim]:
    """Both sides of a comparison: the items of the sections that they are, else the best sentence for each."""
    assert question.sides is not None
    by_section = [
        labelled(reader, understand(side))
        or _side_items(reader, question, side)
        or _asked_of(reader, question, side, hits)
        for side in question.sides
    ]
    if all(by_section):
        return [claim for found in by_section for claim in found]
    defined = [definitions(reader, replace(question, term=_bare(side))) for side in question.sides]
    if all(defined):
        return distinct([found[0] for found in defined])
    return best_of_each(reader, question, question.sides, candidates) or selected(reader, question, candidates)


def _asked_of(reader: Reader, question: Question, side: str, hits: list[Hit]) -> list[Claim]:
    """The items of what the one who is one side is asked to do, or has problems with, where that is compared; or []."""
    if not (question.advice or question.facets):
        return []
    facets = question.facets or ("solution",)
    return items_of_facets(reader, replace(understand(side), kind="list", facets=facets), hits)


def _bare(side: str) -> str:
    """One side of a comparison without its article."""
    return re.sub(r"^(?:an?|the) ", "", side)


def best_of_each(reader: Reader, question: Question, named: Sequence[str], candidates: list[Candidate]) -> list[Claim]:
    """For each of several things that a question names, the sentence that says most about it and not about the others; of two,
    those that are most alike beside it, as sentences are that set one thing against another."""
    words = [words_of(name) for name in named]
    texts = [{w.text for w in own} for own in words]
    telling: list[list[tuple[float, Candidate]]] = []
    for place, own in enumerate(words):
        others = set().union(*texts[:place], *texts[place + 1 :])
        only = [w for w in own if w.text not in others] or own
        spelt = fold(named[place]).strip()
        read = _read(reader, question, named[place], candidates)
        found = [
            (share + 0.5 * c.score + (SPELT if spelt in c.held.folded else 0.0) + SIDE_READING * reading, c)
            for c, reading in zip(candidates, read, strict=True)
            if (share := _share(c, only)) >= LEAST or reading >= READ_SIDE
        ]
        telling.append(sorted(found, key=lambda fit: -fit[0])[:MOST])
    if len(telling) == 2 and all(telling):
        one, other = max(product(*telling), key=_fit_together)
        chosen = [one[1], other[1]]
    else:
        chosen = [found[0][1] for found in telling if found]
    return in_order(list({c.key: c for c in chosen}.values()))


def _read(reader: Reader, question: Question, side: str, candidates: list[Candidate]) -> list[float]:
    """How near each candidate is to one side of a comparison, as the encoder reads them; 0 for all where nothing was read."""
    readings = readings_for(reader, question.text, question.language)
    if readings is None:
        return [0.0] * len(candidates)
    passages = {c.passage.id: c.passage for c in candidates}
    found = dict(zip(passages, readings.nearness(list(passages.values()), side, question.language), strict=True))
    return [max(0.0, found[c.passage.id][c.position]) for c in candidates]


def _fit_together(pair: tuple[tuple[float, Candidate], ...]) -> float:
    """How well two sentences tell a side each, and how alike they are."""
    (fit, one), (other_fit, other) = pair
    vectors = [c.studied.originals[c.position] for c in (one, other)]
    alike = BOTH if one.key == other.key else float(vectors[0] @ vectors[1])
    return fit + other_fit + ALIKE * alike


def _side_items(reader: Reader, question: Question, side: str) -> list[Claim]:
    """The items of the section that is one side ("what firms are asked to do"), or []."""
    facets = [concept(facet).text for facet in question.facets] or (
        [concept("solution").text] if question.advice else []
    )
    # "the problems at one level with those at another": what is compared is said once, and meant of both sides.
    asked = understand(" ".join([side, *facets]))
    hits = reader.index.search(asked.text, 12)
    ranked = [s for s in scopes(reader, asked, hits) if titled_items(s.document, s.section)]
    if not ranked or ranked[0].coverage < SIDE:
        return []
    return items(reader, asked, ranked[0].document, ranked[0].section)


def _share(candidate: Candidate, wanted: list[Word]) -> float:
    held = candidate.held
    total = sum(w.weight for w in wanted) or 1.0
    return sum(w.weight * held.match(w) for w in wanted) / total


def ends(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Claim]:
    """A problem and what is to be done about it, from the chapters whose headings say that they are about that.

    [] where the question does not ask for a solution, has no subject of its own, or there are no such chapters.
    """
    if "solution" not in question.facets:
        return []
    subject = [
        w for w in words_of(question.text) if not any(same(w, concept(facet)) for facet in ("problem", "solution"))
    ]
    if sum(w.weight for w in subject) < 0.5:
        return []
    document = reader.index.documents[candidates[0].passage.document]
    problem = _under(reader, question, document, subject, "problem")
    solution = _under(reader, question, document, subject, "solution")
    if not problem or not solution:
        return []
    fitting = [c for c in problem if c.coverage + c.cosine >= FITS]
    told = fitting[:1] if fitting and ("problem" in question.facets or fitting[0].own >= TOLD) else []
    solving = {c.key for c in solution}
    beside = (c for c in candidates if c.passage.document == candidates[0].passage.document)
    stated = next((c for c in beside if c.key not in solving), problem[0])
    vector = stated.studied.originals[stated.position]
    level = _levels(document, stated)
    best = max(
        solution,
        key=lambda c: (
            c.score
            + _alike(reader, c, vector)
            + (DOING if tells(reader, c.passage, c.position, "solution") else 0.0)
            + (LEVEL if level & _levels(document, c) else 0.0)
        ),
    )
    return in_order(told) + in_order([best])


def _levels(document: Document, candidate: Candidate) -> set[str]:
    """The titles of the headings that a sentence stands below, but for the document's own."""
    section = candidate.passage.section
    return {*document.sections[section].path} - {document.title} if section >= 0 else set()


def _alike(reader: Reader, candidate: Candidate, vector: NDArray[np.float32]) -> float:
    """How like a problem's vector a sentence and its headings are: remedies are told in the words of what they mend."""
    document = reader.index.documents[candidate.passage.document]
    heading = reader.headings(document, candidate.passage.section)[0][0]
    return float((candidate.studied.originals[candidate.position] + heading) @ vector)


def _under(reader: Reader, question: Question, document: Document, subject: list[Word], facet: str) -> list[Candidate]:
    """The sentences of a document's chapters about a facet, by how well they fit a subject; [] where it has none."""
    found = chapters(reader, document, concept(facet))
    hits = [Hit(p, 0.0, 0.0, 0.0) for s in found for p in passages_under(reader.index, document, s)]
    return scored(reader, question.text, question.language, hits, subject)
