"""Direction: which of two things does something for the other. How training serves trade is not how trade serves training."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.extractive.evidence import Candidate
from assistant.extractive.reading import Reader
from assistant.extractive.structure import children
from assistant.understanding.lexicon import VAGUE, Word, words_of
from assistant.understanding.question import Question

# What it adds to a sentence's score that its heading names both in the order of the question, and takes where in the other.
IN_ORDER = 0.35
# How much of a thing, by the weight of its words, a heading that names it has.
MOST = 0.6

_DOES_EN = (
    "help|support|serve|promote|foster|boost|advance|drive|benefit|affect|influence|shape|strengthen|improve|enable"
    "|contribute to|build|further|make it easier for"
)
_DOES_ZH = "帮助?|助力|促进|推动|推进|支持|支撑|服务|带动|影响|作用于|有助于|打造|构建|赋能"
_FORMS = (
    re.compile(
        rf"\b(?:how|why|ways?) (?:does|do|can|could|did|would|might) (?:the authors? (?:argue|say|claim) that )?(.{{2,60}}?) "
        rf"(?:really |actually )?(?:{_DOES_EN})s?\b (.{{2,80}})"
    ),
    re.compile(rf"\bargue that (.{{2,60}}?) (?:{_DOES_EN})s?\b (.{{2,80}})"),
    re.compile(
        rf"(.{{2,20}}?)(?:又|还)?(?:能够?|可以?|是|会)?(?:如何|怎样|怎么|为什么能?|为何)(?:{_DOES_ZH})(.{{2,24}})"
    ),
)


@dataclass(frozen=True)
class Direction:
    """Two things, of which the first does something for the second: the words of each."""

    first: list[Word]
    second: list[Word]

    def order(self, title: str) -> int:
        """1 where a line of a folded title has most of the first before most of the second, -1 the other way round, else 0."""
        for line in title.split("\n"):
            one, other = (_begins(line, words) for words in (self.first, self.second))
            if one is not None and other is not None:
                return 1 if one < other else -1
        return 0


def direction_of(question: Question) -> Direction | None:
    """What a question asks to serve what, or None."""
    match = next((found for pattern in _FORMS if (found := pattern.search(question.folded))), None)
    if match is None:
        return None
    one, other = ([w for w in words_of(side) if w.weight > VAGUE] for side in match.groups())
    shared = {w.text for w in one} & {w.text for w in other}
    first, second = ([w for w in words if w.text not in shared] for words in (one, other))
    return Direction(first, second) if first and second else None


def by_direction(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """Candidates for a question how one thing serves another, best first, where those have gained below whose heading the first
    of the two comes first, and those have lost where it comes last. The heading of a chapter names what all its sections are
    about, and counts for none."""
    direction = direction_of(question)
    if direction is None:
        return candidates
    found = []
    for candidate in candidates:
        document, section = reader.index.documents[candidate.passage.document], candidate.passage.section
        alone = section >= 0 and not children(document, document.sections[section])
        order = direction.order(candidate.studied.title.folded) if alone else 0
        found.append(replace(candidate, score=candidate.score + IN_ORDER * order))
    return sorted(found, key=lambda c: (-c.score, c.key))


def _begins(line: str, words: list[Word]) -> int | None:
    """Where a thing begins in a line that has most of its words, by weight; None where it has not."""
    places = {word: at for word in words if (at := _place(line, word)) is not None}
    most = sum(w.weight for w in places) >= MOST * sum(w.weight for w in words)
    return min(places.values()) if places and most else None


def _place(line: str, word: Word) -> int | None:
    """Where a word first stands in a line, itself or in words of the same language; None where it does not."""
    forms = [word.text, *(o for o in word.others if o.isascii() == word.text.isascii())]
    found = [at for form in forms if len(form) > 1 and (at := line.find(form)) >= 0]
    return min(found, default=None)
