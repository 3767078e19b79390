"""The assistant: the one door to an answer. Chat, API, command line and evaluation all call the same `ask` and `stream`."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answer import Answer
from assistant.citations import Citation, cite
from assistant.errors import QuestionError
from assistant.extractive.claims import Claim, distinct
from assistant.extractive.compose import compose, structural
from assistant.extractive.documents import named_documents, unknown_document
from assistant.extractive.evidence import PASSAGES, Reader
from assistant.extractive.refusal import FLOOR, asks_for_whole, judge, missing_unit, unmentioned
from assistant.extractive.structure import translated_title
from assistant.settings import Settings
from assistant.understanding.clauses import questions_in
from assistant.understanding.followup import Standalone, Turn, standalone
from assistant.understanding.names import respelt
from assistant.understanding.question import Question
from assistant.understanding.smalltalk import small_talk
from index.analysis import language_of, terms
from index.errors import DocumentError
from index.store import Hit, PassageIndex
from prompts import phrase

ROLES = ("user", "assistant")
# Passages that score less have nothing to do with the question, and are not shown beside a refusal.
NEAR = 0.45
# Choices of documents kept open beside the whole index.
SCOPES = 16


@dataclass(frozen=True)
class Found:
    """What was found for one question: the passages nearest to it, and the claims that answer it, if any do.

    missing: what the question names and the documents do not. conflict: they state otherwise what it takes for granted.
    """

    question: Question
    hits: list[Hit]
    claims: list[Claim]
    missing: str | None = None
    conflict: bool = False


class Assistant:
    """Answers questions over one index. Safe to share between threads."""

    def __init__(self, index: PassageIndex, settings: Settings | None = None) -> None:
        self.index = index
        self.settings = settings or Settings()
        self._reader = Reader(index)
        self._floor = index.manifest.calibration.get("floor", FLOOR)
        self._scopes: dict[frozenset[str], Assistant] = {}

    def with_floor(self, floor: float) -> Assistant:
        """The same assistant with another floor under the evidence it answers from (see `assistant eval calibrate`)."""
        other = copy(self)
        other._floor = floor
        other._scopes = {}
        return other

    @classmethod
    def open(cls, path: str | Path | None = None, settings: Settings | None = None) -> Assistant:
        """Open an index folder; None is the one in the settings, and without that the shipped paper.

        Raises index.errors.StoredIndexError where there is no index that can be used.
        """
        settings = settings or Settings.load()
        folder = path or settings.index
        return cls(PassageIndex.open(Path(folder) if folder else None), settings)

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()) -> Answer:
        """Answer a question from the documents, with citations, or say that they do not answer it.

        history: earlier turns, {"role": "user" | "assistant", "content": str}, oldest first. documents: ids of the only
        documents to answer from; none is all of them. Raises QuestionError where the arguments are of another form, or
        name a document that is not there; any text is a question.
        """
        started = time.perf_counter()
        _check(question, history)
        answer = self._within(documents)._ask(question, history)
        return replace(answer, milliseconds=(time.perf_counter() - started) * 1000)

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()
    ) -> Iterator[str | Citation | Answer]:
        """As `ask`, in the order in which things are known: pieces of text, each Citation before its marker, the Answer.

        The pieces joined are the text of the Answer, which comes last and holds everything.
        """
        answer = self.ask(question, history, documents)
        cited = {f"[{citation.number}]": citation for citation in answer.citations}
        for piece in re.findall(r".+?(?:\[\d+\]\s*|$)|\s+", answer.text, re.DOTALL):
            marker = re.search(r"\[\d+\](?=\s*$)", piece)
            if marker and marker[0] in cited:
                yield cited[marker[0]]
            yield piece
        yield answer

    def search(self, question: str, count: int = 10, documents: Collection[str] = ()) -> list[Citation]:
        """The passages nearest to a question, best first, each quoted whole; `documents` and errors as for `ask`."""
        _check(question, ())
        within = self._within(documents)
        if not terms(question):
            return []
        return [within._whole(n, hit) for n, hit in enumerate(within.index.search(question, count), 1)]

    def _within(self, documents: Collection[str]) -> Assistant:
        """The assistant that knows some of the documents only. The last few choices are kept."""
        chosen = frozenset(documents)
        if not chosen or chosen == self.index.documents.keys():
            return self
        scoped = self._scopes.get(chosen)
        if scoped is None:
            try:
                scoped = Assistant(self.index.only(chosen), self.settings).with_floor(self._floor)
            except DocumentError as error:
                raise QuestionError(f"documents: {error}") from None
            if len(self._scopes) >= SCOPES:
                self._scopes.pop(next(iter(self._scopes)), None)
            self._scopes[chosen] = scoped
        return scoped

    def _ask(self, text: str, history: Sequence[Turn]) -> Answer:
        invalid = _unusable(text, self.settings.max_question)
        language = language_of(text)
        if invalid:
            return Answer(text, text, language, "invalid", invalid, abstained=True)
        talk = small_talk(text)
        if talk:
            return Answer(text, text, language, "smalltalk", phrase(talk, language))
        asked = standalone(text, history)
        language = asked.language or language
        parts = [
            self._find(question, language)
            for question in questions_in(respelt(asked.text, self.index.lexical.vocabulary))
        ]
        kind = parts[0].question.kind
        claims = distinct([claim for part in parts for claim in part.claims])
        if not claims:
            missing = next((part.missing for part in parts if part.missing), None)
            return self._abstain(text, asked, kind, language, parts[0].hits, missing)
        return self._answer(text, asked, kind, language, claims, conflict=any(part.conflict for part in parts))

    def _find(self, question: Question, language: str) -> Found:
        """The claims that answer one question."""
        if unknown := unknown_document(self.index, question):
            return Found(question, [], [], unknown)
        hits = self.index.search(question.text, PASSAGES, documents=named_documents(self.index, question))
        if missing := missing_unit(self.index, question) or unmentioned(self.index, question):
            return Found(question, hits, [], missing)
        candidates = self._reader.candidates(question.text, language, hits)
        whole = asks_for_whole(self.index, question)
        claims = structural(self._reader, question, hits, candidates, whole=whole)
        if claims:
            return Found(question, hits, claims)
        verdict = judge(self._reader, question, candidates, self._floor)
        if not verdict.answerable:
            return Found(question, hits, [], verdict.missing)
        return Found(question, hits, compose(self._reader, question, hits, verdict.candidates), None, verdict.conflict)

    def _answer(
        self, text: str, asked: Standalone, kind: str, language: str, claims: list[Claim], *, conflict: bool
    ) -> Answer:
        citations: list[Citation] = []
        lines: list[str] = []
        foreign = False
        items = 0
        for claim in claims:
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
                items += 1
                line = f"{items}. **{_plain(title)}**{'：' if language == 'zh' else ': '}{line}"
            lines.append(line)
        notices: tuple[str, ...] = (phrase("premise", language),) if conflict else ()
        if foreign:
            notices += (phrase("other_language", language),)
        return Answer(text, asked.text, language, kind, "\n".join(lines), tuple(citations), notices=notices)

    def _abstain(
        self, text: str, asked: Standalone, kind: str, language: str, hits: list[Hit], missing: str | None
    ) -> Answer:
        near = [hit for hit in hits[: self.settings.nearest] if hit.score >= NEAR]
        nearest = tuple(self._whole(n, hit) for n, hit in enumerate(near, 1))
        if missing:
            words = phrase("abstain_missing", language, missing=missing)
        else:
            words = phrase("abstain_near" if nearest else "abstain", language)
        return Answer(text, asked.text, language, kind, words, abstained=True, nearest=nearest)

    def _whole(self, number: int, hit: Hit) -> Citation:
        document = self.index.documents[hit.passage.document]
        return cite(number, document, hit.passage, hit.passage.sentences, hit.score)


def _plain(words: str) -> str:
    """Words of a source on one line, without a bullet. The source's own reference marks would read as ours: [3] is told as
    〔3〕 in Chinese, (ref. 3) in English."""
    words = re.sub(r"^[-*•·]\s+", "", re.sub(r"\s*\n\s*", " ", words))
    return re.sub(r"\[(\d{1,3})\]", r"〔\1〕" if language_of(words) == "zh" else r"(ref. \1)", words)


def _unusable(text: str, longest: int) -> str | None:
    """What to say to a text that is no question, or None."""
    language = language_of(text)
    if not text.strip():
        return phrase("empty", "zh") + " " + phrase("empty", "en")
    if len(text) > longest:
        return phrase("too_long", language, found=len(text), expected=longest)
    if not any(c.isalnum() for c in text):
        return phrase("unreadable", "zh") + " " + phrase("unreadable", "en")
    if not re.search(r"[A-Za-z0-9\u3400-\u9fff\uff10-\uff5a]", text):
        return phrase("other_script", "zh") + " " + phrase("other_script", "en")
    return None


def _check(question: str, history: Sequence[Turn]) -> None:
    if not isinstance(question, str):
        raise QuestionError(f"question: found {type(question).__name__}, expected text")
    for number, turn in enumerate(history):
        fits = isinstance(turn, dict) and turn.get("role") in ROLES and isinstance(turn.get("content"), str)
        if not fits:
            raise QuestionError(
                f"history[{number}]: found {turn!r:.80}, expected {{'role': 'user' or 'assistant', 'content': text}}"
            )
