"""Definitions: the sentences that say in so many words what a term is, and those whose subject it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.claims import Claim
from assistant.extractive.evidence import Candidate
from assistant.extractive.reading import Reader
from assistant.understanding.lexicon import alike, words_of
from assistant.understanding.question import Question
from index.analysis import terms

_DEFINES = r"\s*[，,]?\s*(?:是指|指的是|系指|即|是|means?\b|refers? to\b|is defined as\b|is an?\b)"
_SUBJECT = r"\s*(?:通过|强调|能够|能|让|意味着|就是|作为|包括|involves?\b|includes?\b|enables?\b|allows?\b)"
DEFINING, SUBJECT = 0.35, 0.12
# Definitions are looked for in so many words in corpora of up to this many characters.
MOST_SCANNED = 5_000_000


_SAYS = r"[”\"」]?\s*[，,]?\s*(?:是指|指的是|系指|包括|是)"
_STATES = r"[”\"」』]?\s*[，,]?\s*(?:是指|指的是|系指|means?\b|refers? to\b|is defined as\b)"


def definitions(reader: Reader, question: Question) -> list[Claim]:
    """The sentences of any document that say in so many words what a term is (本法所称…，是指; "…" means), two at most."""
    if not question.term or sum(len(d.text) for d in reader.index.documents.values()) > MOST_SCANNED:
        return []
    names = [question.term, *alike(" ".join(terms(question.term)))]
    found = _stated(reader, names)
    if found or question.kind != "definition":
        return found
    # 缺陷产品 is a product with what the law calls 缺陷.
    return _stated(reader, [w.text for w in words_of(question.term) if w.text != question.term])


def _stated(reader: Reader, names: list[str]) -> list[Claim]:
    """The sentences that say what one of some names means."""
    vocabulary = reader.index.lexical.vocabulary
    names = [name for name in names if all(t in vocabulary for t in terms(name))]
    if not names:
        return []
    term = "|".join(map(_spelt, names))
    stated = re.compile(
        f'(?:所称(?:的)?[“"「]?(?:{term}){_SAYS})|(?<![\\w\u4e00-\u9fff])(?:{term}){_STATES}', re.IGNORECASE
    )
    found: list[Claim] = []
    for document in reader.index.documents.values():
        if stated.search(document.text):
            found += [
                Claim(passage, (sentence,), 1.0)
                for passage in reader.index.by_document[document.id]
                for sentence in passage.sentences
                if stated.search(document.text, sentence.start, sentence.end)
            ]
    return found[:2]


def _spelt(term: str) -> str:
    return re.escape(term.rstrip("s")) + "s?" if term.isascii() else re.escape(term)


def defining(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for a definition: those first that say what the term is, then those whose subject it is."""
    term = question.term
    if not term:
        return list(candidates)
    spelt = (
        re.escape(term)
        if not term.isascii()
        else r"\b" + r"[\s-]+".join(re.escape(t) for t in term.split()) + r"(?:e?s)?"
    )
    found = []
    for candidate in candidates:
        folded = candidate.held.folded
        bonus = DEFINING if re.search(spelt + _DEFINES, folded) or re.search("所称" + spelt, folded) else 0.0
        bonus = bonus or (SUBJECT if re.search(spelt + _SUBJECT, folded) else 0.0)
        found.append(replace(candidate, score=candidate.score + bonus))
    return sorted(found, key=lambda c: (-c.score, c.key))
