"""Enumerations: a question which three there are is answered by what names three, and by nothing that counts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.claims import Claim
from assistant.extractive.evidence import Candidate
from assistant.extractive.lines import POINT, with_list
from assistant.extractive.mentions import telling_names
from assistant.extractive.reading import LISTED, Held, Reader
from assistant.extractive.scopes import concept, same
from assistant.understanding.lexicon import words_of
from assistant.understanding.question import Question
from index.analysis import fold
from index.numerals import CARDINALS, NUMERAL, whole

# Two things are named in so many ways that no form tells it; and who speaks of more than these asks which of them.
LEAST, MOST = 3, 12
# Words of a thing that stands in a row of others.
SHORT = 8
# What it adds to a sentence's score that it names as many things as are asked for, where it comes so close to the best.
NAMES_ALL, NEARLY = 0.3, 0.8
_N_ZH, _N_EN = rf"([{NUMERAL}]+|\d{{1,2}})\s*[个条项点种类大家座省市所名位国]", rf"({'|'.join(CARDINALS)}|\d{{1,2}})"
_WHICH = re.compile(
    rf"哪{_N_ZH}|{_N_ZH}[^,，。?？]{{0,12}}(?:(?:是|指|有|为|叫|包括)哪[些几]|叫(?:什么|啥)|名字)"
    rf"|\b(?:which|what)(?: are| were)?(?: the| these| those)? {_N_EN}\b|\bnames? (?:of )?the {_N_EN}\b"
)
# How a sentence says that there are several of something.
_SEVERAL = re.compile(
    rf"(?:(?<![第{NUMERAL}])(?!一[个项种大方面])[多几数{NUMERAL}]|(?<![第\d])\d{{1,2}}|诸多|不少|许多|若干"
    rf"|一系列)[个项种大方面]{{1,3}}[^，,]{{0,12}}$"
    rf"|\b(?:several|many|various|number of|following|{'|'.join(list(CARDINALS)[2:])})\b[^,]{{0,30}}$"
)
# A word says this much to be what it is about, and so many of the best candidates are looked at.
TELLING, NEAREST = 0.25, 3
_POINT_ZH = re.compile(rf"(?:[{NUMERAL}]是|第[{NUMERAL}][,，、:]|其[{NUMERAL}][,，是])")


def asked_for(question: Question) -> int:
    """How many things a question says there are when it asks which: 是哪三个, "which eight technologies"; else 0."""
    number = next((group for m in [_WHICH.search(question.folded)] if m for group in m.groups() if group), "")
    found = CARDINALS.get(number) or whole(number) or 0
    return found if LEAST <= found <= MOST else 0


def naming(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, where a question asks which so many are: those first that name as many, or introduce a list of them."""
    wanted = asked_for(question)
    if not wanted or not candidates:
        return candidates
    least = NEARLY * candidates[0].score
    found = [
        replace(c, score=c.score + NAMES_ALL)
        if c.score >= least and tells_each(reader, wanted, with_list(reader, c))
        else c
        for c in candidates
    ]
    return sorted(found, key=lambda c: (-c.score, c.key))


def tells_each(reader: Reader, wanted: int, claims: Sequence[Claim]) -> bool:
    """Whether some claims name as many things as are wanted: an item or a line of a list each, or within a sentence."""
    told = [
        (claim, reader.index.documents[claim.passage.document].text, s) for claim in claims for s in claim.sentences
    ]
    words = [(claim, fold(text[s.start : s.end]), fold(s.translation or "")) for claim, text, s in told]
    if sum(claim.item is not None or bool(LISTED.match(o) or POINT.match(o)) for claim, o, _ in words) >= wanted:
        return True
    return any(_named(form) >= wanted for _, *forms in words for form in forms)


def announced(reader: Reader, question: Question, candidates: Sequence[Candidate]) -> list[Claim]:
    """The sentence that says that there are several of what a question asks for and names them (the trade faces a number of
    difficulties: …), where it is about nothing else; [] where the question is about more, or names anybody."""
    if question.kind != "list" or question.each or telling_names(reader.index, question):
        return []
    asked = Held.of(question.folded)
    meant = [concept(facet) for facet in question.facets]
    for candidate in candidates[:NEAREST]:
        for form in filter(None, (candidate.original, candidate.sentence.translation)):
            head, _, named = fold(form).replace("——", ":").partition(":")
            if not _SEVERAL.search(head) or _named(named) < LEAST:
                continue
            about = [w for w in words_of(head) if w.weight > TELLING and not any(same(w, m) for m in meant)]
            if all(asked.holds(w.text) for w in about):
                return [Claim(candidate.passage, (candidate.sentence,), candidate.score)]
    return []


def _named(folded: str) -> int:
    """How many things a folded sentence names in a row, at most."""
    rows = [row.count("、") + 1 + bool(re.search("、[^、]*[和及与]", row)) for row in re.split("[,，。;；:]", folded)]
    listed = [_in_row(part.split(", ")) for part in re.split(r"[.;:](?=\s|$)", folded)]
    return max(*rows, *listed, folded.count(";") + 1, sum(1 for _ in _POINT_ZH.finditer(folded)))


def _in_row(pieces: list[str]) -> int:
    """How many things stand in a row of English: a, b and c. All are short but the first, which ends what leads up to them."""
    longest = run = 0
    for piece in pieces:
        ended = [part for part in re.split(r"\b(?:and|or)\b", piece) if part.strip()]
        short = all(len(part.split()) <= SHORT for part in ended)
        run = run + 1 if short or not run else 1
        if short and re.search(r"\b(?:and|or)\b", piece):
            longest, run = max(longest, run - 1 + len(ended)), 0
    return longest
