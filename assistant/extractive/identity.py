"""Who somebody is and where something: the sentences that name a person, a house or a place of the sort asked for, or whoever has
a role."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.extractive.evidence import Candidate
from assistant.extractive.mentions import is_rare
from assistant.understanding.lexicon import cut
from assistant.understanding.names import names_in
from assistant.understanding.question import Question
from index.analysis import terms
from index.store import PassageIndex

_NAMED = re.compile(r"是指|指的是|由.{1,20}担任|\bmeans\b|\brefers? to\b|\bis the person\b")
# Who first did something: somebody who did it, in so many words.
_MADE = r"(?:提出|发现|指出|发明|创立|创办|创造|撰写|写)"
_MADE_EN = r"(?:c[ao]me up with|coin|propos|invent|introduc|wr[io]t|found|show|argu|creat|discover|pioneer)\w*"
_AUTHORED = re.compile(
    rf"由[^，。；]{{2,20}}{_MADE}|(?:首次|最早|率先){_MADE}"
    rf"|(?:学者|教授|专家|院士|书记|主席|总理|总统|大会|会议|[A-Z][A-Za-z]+)[^，。；,.;]{{0,12}}{_MADE}"
    rf"|\b{_MADE_EN} [^,.;]{{0,40}}\bby\b|\bfirst {_MADE_EN}|\b[A-Z][a-z]+ (?:\([^)]*\) )?{_MADE_EN}"
)
_AUTHORSHIP = re.compile(rf"谁.{{0,2}}{_MADE}|\bwho (?:\w+ly )?(?:first )?{_MADE_EN}")
# A house of the sort asked for.
_NOW = re.compile(r"现任|目前的?|\b(?:current|present|new|acting)\b")
_HOUSE = re.compile(
    r"公司|集团|大学|学院|银行|医院|\b(?:[A-Z][a-z]+ )*(?:Inc|Ltd|Group|University|Bank|Hospital|Corporation)\b"
)
_WHICH_HOUSE = re.compile(r"哪[家所]|\bwhich\b")
_ROLE = re.compile(
    r"谁(?:是|担任|来当|当)([\u4e00-\u9fff]{2,12})|([\u4e00-\u9fff]{2,12})是谁"
    r"|\bwho(?:'s| is| was) (?:the )?([a-z][a-z -]{2,40}?)(?: (?:of|for|in|at)\b|\?|$)"
)
# A region may be told without a name (the coast), a city or a country is not; and one that no list has is told by what it is.
_REGION = re.compile(r"地区|\bregions?\b")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?<![城级辖本我全各外他超节])[市省县](?![场级域情钱时])")
# What a name adds to a sentence's score, and by which factor one without may beat it and still be about another thing.
NAMES, WITHOUT_PLACE = 0.25, 1.3


def telling_where(index: PassageIndex, question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """The sentences that may tell which place is meant: those that name one first; for a city or a country no others, and [] where
    some other sentence answers better by far."""
    asked = {form for name in names_in(question.text) for form in name.forms}
    naming = [c for c in candidates if _names_place(index, asked, c)]
    keys = {c.key for c in naming}
    found = [replace(c, score=c.score + NAMES) for c in naming]
    if _REGION.search(question.folded):
        found += [c for c in candidates if c.key not in keys]
    elif not naming or naming[0].score * WITHOUT_PLACE < candidates[0].score:
        return []
    return sorted(found, key=lambda c: (-c.score, c.key))


def _names_place(index: PassageIndex, asked: set[str], candidate: Candidate) -> bool:
    """Whether a sentence names a place that is not asked about, nor what all the documents are about."""
    names = [name for name in names_in(candidate.original) if name.text not in asked]
    return bool(_PLACE.search(candidate.original)) or any(is_rare(index, name.term_sets()) for name in names)


def names_others(asked: set[str], candidate: Candidate) -> bool:
    """Whether a sentence holds a name that the question does not."""
    return any(name.text not in asked for name in names_in(candidate.original))


def telling_who(question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """The sentences that may tell who somebody is: they name somebody else, of the sort asked for, or say who has the role."""
    if _WHICH_HOUSE.search(question.folded):
        return [c for c in candidates if _HOUSE.search(c.original)]
    asked = {name.text for name in names_in(question.text)}
    # Who has a role, or who did something.
    authorship = _AUTHORSHIP.search(question.folded)
    asked_of = None if authorship else _ROLE.search(question.folded)
    role = next((group for group in asked_of.groups() if group), "") if asked_of else ""
    # "Who is the current director": a sentence that names somebody, and the office.
    office = set(terms(_NOW.sub("", role)))
    # 任理事长的, whatever house it is the head of: 理事长 is the last word of 职教集团理事长.
    post = re.escape((cut(role) or [role])[-1])
    holds = (
        re.compile(rf"是[^，。；]{{0,12}}{re.escape(role)}|任{post}|{post}由|\bis the {re.escape(role)}\b")
        if role
        else None
    )
    found = []
    for candidate in candidates:
        words = f"{candidate.original}\n{candidate.sentence.translation or ''}"
        folded = candidate.held.folded
        if (holds is not None and holds.search(folded)) or (
            office <= set(terms(folded))
            and (_AUTHORED.search(words) if authorship else _NAMED.search(words) or names_others(asked, candidate))
        ):
            found.append(candidate)
    return found
