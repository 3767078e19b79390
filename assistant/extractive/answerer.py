"""The extractive answerer: what an index holds for a question, and the answer made of its own sentences, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.citations import Citation, cite
from assistant.extractive.abbreviations import Abbreviations
from assistant.extractive.claims import Claim, distinct
from assistant.extractive.compose import compose, structural
from assistant.extractive.conversation import Told, going_on, told_in
from assistant.extractive.documents import named_documents, unknown_document
from assistant.extractive.enumerations import asked_for, tells_each
from assistant.extractive.evidence import PASSAGES, readings_for, scored
from assistant.extractive.lines import completed, in_full
from assistant.extractive.overview import asks_for_whole
from assistant.extractive.reading import Reader
from assistant.extractive.refusal import beyond_documents, floor_of, judge, missing_unit, unmentioned
from assistant.extractive.romanised import Romanised
from assistant.extractive.structure import translated_title
from assistant.extractive.whereabouts import under_titles
from assistant.understanding.asked import Asked
from assistant.understanding.clauses import questions_in
from assistant.understanding.lexicon import VAGUE, reworded, words_of
from assistant.understanding.marks import marks_in, retold
from assistant.understanding.names import respelt
from assistant.understanding.question import Question
from assistant.understanding.spelling import contracted, corrected
from index.analysis import language_of
from index.passages import Passage
from index.readings import ask_ahead
from index.reranking import Reranker
from index.store import Hit, PassageIndex
from prompts import phrase

# Passages that score less have nothing to do with the question, and are not shown beside a refusal.
NEAR = 0.45
# So many further passages, found in the documents' own words, are read too.
FURTHER = 4
# Passages that a reranker chooses from.
RERANKED = 40


@dataclass(frozen=True)
class Found:
    """What was found for a question: the passages nearest to it, and the claims that answer it, if any do.

    missing: what the question names and the documents do not. conflict: they state otherwise what it takes for granted.
    """

    kind: str
    hits: Sequence[Hit]
    claims: Sequence[Claim]
    missing: str | None = None
    conflict: bool = False


class Extractive:
    """Answers from the sentences of an index. Safe to share between threads."""

    def __init__(
        self, index: PassageIndex, nearest: int, reranker: Reranker | None = None, floor: float | None = None
    ) -> None:
        """floor: another one under the evidence that counts as an answer than the index's own."""
        self.index = index
        self._given = floor
        self.floor = floor_of(index) if floor is None else floor
        self._nearest = nearest
        self._reranker = reranker
        self._reader = Reader(index)
        self._abbreviations = Abbreviations(index)
        self._romanised = Romanised(index)

    def with_floor(self, floor: float) -> Extractive:
        """The same with another floor under the evidence that counts as an answer."""
        other = copy(self)
        other.floor = other._given = floor
        return other

    def over(self, index: PassageIndex) -> Extractive:
        """The same over another index, with the floor of that one, unless another was given."""
        return Extractive(index, self._nearest, self._reranker, self._given)

    def find(self, asked: Asked) -> Found:
        """The claims that answer a question, part by part where it asks several things."""
        vocabulary = self.index.lexical.vocabulary
        named = self._romanised.restored(contracted(asked.standalone))
        written = self._abbreviations.spelt_out(respelt(corrected(named, vocabulary), vocabulary))
        questions = questions_in(written)
        for question in questions:
            if readings_for(self._reader, question.text, asked.language) is not None:
                ask_ahead(question.text)
        told = [] if asked.further else told_in(self.index, asked.told)
        before = Told(self.index, asked.told if asked.further else "")
        parts = [self._find(question, asked.language, told, before) for question in questions]
        hits: dict[int, Hit] = {}
        for hit in (hit for part in parts for hit in part.hits):
            hits.setdefault(hit.passage.id, hit)
        return Found(
            parts[0].kind,
            list(hits.values()),
            distinct([completed(self._reader, claim) for part in parts for claim in part.claims]),
            next((part.missing for part in parts if part.missing), None),
            any(part.conflict for part in parts),
        )

    def _find(self, question: Question, language: str, told: Sequence[Passage], before: Told) -> Found:
        """told: the passages around what was answered before. before: what of it must not be told again."""
        kind = question.kind
        if unknown := unknown_document(self.index, question):
            return Found(kind, [], [], unknown)
        hits = self._search(question)
        if beyond_documents(question):
            return Found(kind, hits, [])
        if missing := missing_unit(self.index, question) or unmentioned(self.index, question):
            return Found(kind, hits, [], missing)
        seen = {hit.passage.id for hit in hits}
        around = [Hit(passage, 0.0, 0.0, 0.0) for passage in told if passage.id not in seen]
        candidates = going_on(scored(self._reader, question.text, language, [*hits, *around]), told)
        whole = asks_for_whole(self.index, question)
        candidates = [c for c in candidates if not before.has(c.passage, c.sentence)]
        claims = _new(structural(self._reader, question, hits, candidates, whole=whole), before)
        claims = under_titles(self._reader, claims) if question.whereabouts else claims
        if claims:
            # A single item of a list has room for all that is said of it.
            alone = len(claims) == 1 and claims[0].item is not None
            return Found(kind, hits, in_full(claims[0]) if alone else claims)
        verdict = judge(self._reader, question, candidates, self.floor)
        if not verdict.answerable:
            return Found(kind, hits, [], verdict.missing)
        claims = _new(compose(self._reader, question, hits, verdict.candidates), before)
        claims = under_titles(self._reader, claims) if question.whereabouts else claims
        if (wanted := asked_for(question)) and not tells_each(self._reader, wanted, claims):
            return Found(kind, hits, [])
        return Found(kind, hits, claims, None, verdict.conflict)

    def _search(self, question: Question) -> list[Hit]:
        """The passages nearest to a question, and further ones that are near to it in the documents' own words."""
        named = named_documents(self.index, question)
        if self._reranker is None:
            near = self.index.search(question.text, PASSAGES[question.language], documents=named)
        else:
            hits = self.index.search(question.text, RERANKED, documents=named)
            near = self._reranker.ranked(question.text, hits, self.index)[: PASSAGES[question.language]]
        telling = [word for word in words_of(question.text) if word.weight > VAGUE]
        if not telling:
            return near
        further = self.index.search(reworded(telling, self.index.lexical.vocabulary), FURTHER, documents=named)
        seen = {hit.passage.id for hit in near}
        return near + [hit for hit in further if hit.passage.id not in seen]

    def answer(self, asked: Asked, found: Found) -> Answer:
        """The claims that were found, a cited line each; where there are none, that the documents do not answer."""
        return self._cited(asked, found) if found.claims else self.abstain(asked, found)

    def _cited(self, asked: Asked, found: Found) -> Answer:
        language = asked.language
        citations: list[Citation] = []
        lines: list[str] = []
        foreign = False
        items = 0
        # Items of several headings are told apart by them: what firms should do, and what the state.
        several = len({(c.passage.document, c.item.parent) for c in found.claims if c.item is not None}) > 1
        for claim in found.claims:
            document = self.index.documents[claim.passage.document]
            citation = cite(len(citations) + 1, document, claim.passage, claim.sentences, claim.score)
            citations.append(citation)
            words = citation.quote
            if language_of(words) != language and language != document.language and citation.translation:
                words = citation.translation
            foreign = foreign or language_of(words) != language
            line = f"{_plain(words)} [{citation.number}]"
            if claim.item is not None and claim.item.title != claim.item.label:
                title = translated_title(document, claim.item, language)
                if several and claim.item.parent is not None:
                    title = f"{translated_title(document, document.sections[claim.item.parent], language)} · {title}"
                items += 1
                line = f"{items}. **{_plain(title)}**{'：' if language == 'zh' else ': '}{line}"
            lines.append(line)
        notices: tuple[str, ...] = (phrase("premise", language),) if found.conflict else ()
        if foreign:
            notices += (phrase("other_language", language),)
        text = "\n".join(lines)
        return Answer(asked.question, asked.standalone, language, found.kind, text, tuple(citations), notices=notices)

    def abstain(self, asked: Asked, found: Found) -> Answer:
        """That the documents do not answer a question, with the passages nearest to it."""
        near = [hit for hit in found.hits[: self._nearest] if hit.score >= NEAR]
        nearest = tuple(self.whole(n, hit) for n, hit in enumerate(near, 1))
        if asked.further:
            words = phrase("abstain_further", asked.language)
        elif found.missing:
            words = phrase("abstain_missing", asked.language, missing=found.missing)
        else:
            words = phrase("abstain_near" if nearest else "abstain", asked.language)
        return Answer(
            asked.question, asked.standalone, asked.language, found.kind, words, abstained=True, nearest=nearest
        )

    def whole(self, number: int, hit: Hit) -> Citation:
        """A passage that was found, quoted whole."""
        document = self.index.documents[hit.passage.document]
        return cite(number, document, hit.passage, hit.passage.sentences, hit.score)


def _new(claims: list[Claim], before: Told) -> list[Claim]:
    """Claims without those that were told before."""
    return [claim for claim in claims if not all(before.has(claim.passage, s) for s in claim.sentences)]


def _plain(words: str) -> str:
    """Words of a source on one line, without a bullet. The source's own reference marks would read as ours: [3] is told as
    〔3〕 in Chinese, (ref. 3) in English."""
    words = re.sub(r"^[-*•·]\s+", "", re.sub(r"\s*\n\s*", " ", words))
    in_chinese = language_of(words) == "zh"
    return retold(
        words, lambda marks: f"〔{marks}〕" if in_chinese or not marks_in(f"[{marks}]") else f"(ref. {marks})"
    )
