"""Evidence: the sentences that may answer a question, scored one by one within the passages that were found."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from operator import mul

import numpy as np

from assistant.extractive.reading import NOTHING, Held, Reader, Studied
from assistant.understanding.clauses import without_story
from assistant.understanding.lexicon import Word, occurs, parts, words_of
from index.analysis import HAN, fold
from index.passages import Passage, Sentence
from index.readings import Readings
from index.store import Hit

# A Chinese word in a question, but for one in brackets, which says again what stands before it.
_HAN = re.compile(rf"[{HAN}](?![^（()）]*[)）])")
# Passages whose sentences are read. More of them help in English, where the encoder tells what is meant among them; in Chinese they
# bring false answers (development halves).
PASSAGES = {"zh": 10, "en": 16}
# How much of a word's weight counts where it stands not in the sentence but in its heading (or the head of its
# table, or what introduces its list), those above, or beside it.
IN_TITLE, IN_HEADINGS, IN_PASSAGE, IN_DOCUMENT = 0.8, 0.6, 0.35, 0.35
# ... and where it is the example that the sentence goes on with.
IN_EXAMPLE = 0.8
# ... and where it stands in the sentence right before, or in that before one that points back to it.
BEFORE, POINTED_AT = 0.5, 0.7
# What it counts how near a sentence is to the question, as the encoder reads them whole.
READING = 1.0
# What the cosine of a question and a heading that asks one itself counts, where no encoder reads the sentences below it.
ASKED_ALIKE = 1.0
# Sentences answer what a question asks about its subject in words of their own; the subject they name.
RELATION = 0.5
# What it takes from a sentence that it is in the other language; and that its document is not, as the English abstract of a Chinese
# paper, which says again what stands there.
FOREIGN, ABSTRACT = 0.1, 0.5
# A sentence about the text itself ("this paper studies …") names every subject and answers for none.
ABOUT_ITSELF = 0.8
_ABOUT_ITSELF = re.compile(
    r"^(?:本文(?![把将认][^，。]{2,12}(?:[分为是]|应))|本研究|本报告|本办法旨在|关键词|key ?words?:"
    r"|[^。]{2,40}[,，]本文(?:从|以|对|就|提出|分析|探讨|研究|考察|通过)"
    r"|(?:by .{3,80}, )?this (?:paper|study|article|report|(?:policy|document|guide|handbook|code|notice)"
    r" (?:sets out|explains|describes|outlines|covers))\b|taking .{1,30}, this (?:paper|study))"
)
# What the lines before a document's first chapter may tell: who it is by.
_WHO = re.compile(
    r"谁|叫什么|撰|单位|机构|部门|学校|大学|课题组|出品|发布|印发|出台|哪[家所个]"
    r"|\b(?:who|whose|whom|wrote|written|publish\w*|issue[ds]?|issuing|institut\w*|universit\w*|organi[sz]ations?"
    r"|affiliat\w*)\b"
)
_WHY = re.compile(r"为什么|为何|为啥|\bwhy\b")


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer: the one at `position` in a passage, and how well it fits.

    cosine: of the question and the sentence, the better of original and translation. coverage: the share of the
    question's words, by weight, that the sentence holds (a heading's or neighbour's words count in part); or of those
    that ask, where somebody tells a story first.
    own: the same share counting the sentence's own words alone. score: what sentences are ranked by.
    foreign: the sentence is in another language than the question, and there is no translation. reading: how near the
    sentence is to the question as the encoder reads them (index.readings); 0 for all in an index without readings.
    odds: the log-odds that it answers, as the cross-encoder reads the two; None where that was not asked.
    """

    studied: Studied
    position: int
    score: float
    cosine: float
    coverage: float
    own: float
    foreign: bool
    reading: float
    odds: float | None = None

    @property
    def passage(self) -> Passage:
        """The passage that it stands in."""
        return self.studied.passage

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.passage.sentences[self.position]

    @property
    def original(self) -> str:
        """Its own words, as the document has them."""
        return self.studied.texts[self.position]

    @property
    def held(self) -> Held:
        """What it holds, in both languages where it has two."""
        return self.studied.held[self.position]

    @property
    def named(self) -> frozenset[str]:
        """The terms of what it names, or goes on with as an example."""
        return self.held.terms | self.studied.examples.get(self.position, NOTHING).terms

    @property
    def after(self) -> Candidate | None:
        """The next sentence of the passage, as good a candidate; None after the last."""
        following = self.position + 1
        return replace(self, position=following, odds=None) if following < len(self.passage.sentences) else None

    @property
    def key(self) -> tuple[int, int]:
        """Reading order, and identity: passage and position."""
        return (self.passage.id, self.position)


def weigh(reader: Reader, words: list[Word], relation: float = 1.0) -> dict[Word, float]:
    """What each word counts here: its weight in the language, less where most of the documents' passages hold it.

    The words that are given back are without other words that the documents lack, and without what policy texts say for
    them where the documents have the word itself: they may mean another thing by it. relation: the share that words count
    which say what is asked about the subject, and are not the subject.
    """
    lexical = reader.index.lexical
    found = {}
    for word in words:
        shares = [lexical.frequency(form) / max(1, lexical.rows) for form in parts(word.text) if len(form) > 1]
        own = occurs(word.text, lexical.vocabulary)
        known = replace(
            word,
            others=tuple(filter(reader.has, word.others)),
            official=() if own else tuple(filter(reader.has, word.official)),
        )
        found[known] = word.weight * (1 - 0.6 * min(shares, default=0.0)) * (relation if word.relation else 1.0)
    return found


def readings_for(reader: Reader, text: str, language: str) -> Readings | None:
    """What the encoder reads for a question, or None: what an English one asks of a Chinese term stands in no translation."""
    return None if language == "en" and _HAN.search(text) else reader.index.readings


def _asking(question: str, weights: dict[Word, float]) -> dict[Word, float]:
    """The weights of the words that ask, without those of a story told first: what it tells of need not be in the documents."""
    rest = {word.text for word in words_of(without_story(question))}
    return {word: weight for word, weight in weights.items() if word.text in rest}


def _matches(held: Held, narrowed: list[Word | None]) -> list[float]:
    """How well a text holds each word; None is one that it does not."""
    return [held.match(word) if word else 0.0 for word in narrowed]


def scored(
    reader: Reader, question: str, language: str, hits: list[Hit], words: list[Word] | None = None
) -> list[Candidate]:
    """The sentences of the passages found, best first. `words` are those to look for, where not the question's own."""
    vector = reader.vector(question)
    weights = weigh(reader, words_of(question) if words is None else words, RELATION)
    asking = _asking(question, weights)
    # One place a word in all that follows: a question has few, and each sentence of every passage is looked at.
    looked_for, counts = list(weights), list(weights.values())
    counts_asking = [asking.get(word, 0.0) for word in looked_for]
    total, most = sum(counts) or 1.0, sum(counts_asking) or 1.0
    readings = readings_for(reader, question, language)
    asks_who = bool(_WHO.search(fold(question))) and not _WHY.search(fold(question))
    passages = [hit.passage for hit in hits]
    all_read = readings.nearness(passages, question, language) if readings else [[]] * len(hits)
    # Passages of one section share their headings, those of one document its title.
    memory: dict[int, list[float]] = {}

    def matched(held: Held) -> list[float]:
        if id(held) not in memory:
            memory[id(held)] = [held.match(word) for word in looked_for]
        return memory[id(held)]

    found: list[Candidate] = []
    for hit, read in zip(hits, all_read, strict=True):
        studied = reader.study(hit.passage)
        cosines = studied.originals @ vector
        if studied.translations is not None:
            cosines = np.maximum(cosines, studied.translations @ vector)
        document = reader.index.documents[hit.passage.document]
        abroad = ABSTRACT if document.language == language else FOREIGN
        # What the passage does not hold, none of its sentences does.
        narrowed = [studied.around.narrowed(word) for word in looked_for]
        around = _matches(studied.around, narrowed)
        told_of = (matched(reader.about(document)), matched(studied.title), matched(studied.headings), around)
        about = [
            max(IN_DOCUMENT * a, IN_TITLE * t, IN_HEADINGS * h, IN_PASSAGE * p)
            for a, t, h, p in zip(*told_of, strict=True)
        ]
        alike = 0.0 if studied.asked is None else ASKED_ALIKE * max(0.0, float(studied.asked @ vector))
        skipped = studied.naming if asks_who else studied.naming | studied.front
        before = [0.0] * len(looked_for)
        titles: dict[int, list[float]] = {}
        all_matches: list[list[float]] = []
        for position, held in enumerate(studied.held):
            matches = _matches(held, narrowed)
            all_matches.append(matches)
            if position in skipped:
                titles[position] = before = matches
                continue
            near = POINTED_AT if position in studied.leaning else BEFORE
            fits = [max(m, a, near * b) for m, a, b in zip(matches, about, before, strict=True)]
            if own_title := titles.get(studied.titled.get(position, -1)):
                fits = [max(fit, IN_TITLE * t) for fit, t in zip(fits, own_title, strict=True)]
            if position in studied.governed:
                head = all_matches[studied.governed[position]]
                fits = [max(fit, IN_TITLE * h) for fit, h in zip(fits, head, strict=True)]
            if example := studied.examples.get(position):
                fits = [max(fit, IN_EXAMPLE * example.match(w)) for fit, w in zip(fits, looked_for, strict=True)]
            own = sum(map(mul, counts, matches)) / total
            whole = sum(map(mul, counts, fits)) / total
            told = whole if len(asking) == len(weights) else sum(map(mul, counts_asking, fits)) / most
            coverage = max(whole, told)
            before = matches
            foreign = language not in studied.languages[position]
            cosine = float(cosines[position])
            score = cosine + whole + 0.3 * hit.cosine - (abroad if foreign else 0.0)
            reading = read[position] if read else 0.0
            score += READING * reading if read else alike
            score -= ABOUT_ITSELF if _ABOUT_ITSELF.match(held.folded) else 0.0
            found.append(Candidate(studied, position, score, cosine, coverage, own, foreign, reading))
    return sorted(found, key=lambda c: (-c.score, c.key))
