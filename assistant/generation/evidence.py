"""What a chat model's sentences are checked against: the passages it was given, and the exact words that support a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.citations import Citation, cite
from assistant.generation.prompt import words_in
from assistant.generation.sentences import Sentence
from assistant.support.check import check
from index.analysis import fold
from index.passages import Passage, heading_path
from index.store import PassageIndex

_ITEM = re.compile(r"^\s*(?:#{1,6}\s+|>\s+|[-*•·]\s+|\(?\d{1,2}[.)、]\s*)+")
_LABEL = re.compile(r"^\*\*(.+?)\*\*\s*[：:]\s*|^([^：:]{1,30})[：:]\s*")
_EMPHASIS = re.compile(r"\*\*|__|`")
_CLAUSE = re.compile(r"[；;]\s*")


@dataclass(frozen=True)
class Span:
    """Words that support a sentence: neighbouring sentences of one passage, and how much of the sentence they hold."""

    passage: Passage
    first: int
    last: int
    score: float

    def cited(self, number: int, index: PassageIndex) -> Citation:
        """The citation of these words."""
        document = index.documents[self.passage.document]
        return cite(number, document, self.passage, self.passage.sentences[self.first : self.last + 1], self.score)


@dataclass(frozen=True)
class _Source:
    """A passage in one of its languages: its text, and in it the span of each of its sentences."""

    number: int
    text: str
    spans: tuple[tuple[int, int], ...]


class Evidence:
    """The passages that a model was given, by their numbers from 1; original and translation both count."""

    def __init__(self, index: PassageIndex, passages: Sequence[Passage]) -> None:
        self._index = index
        self._passages = passages
        self._sources: list[_Source] = []
        self._headings: set[str] = set()
        for number, passage in enumerate(passages, 1):
            document = index.documents[passage.document]
            other = document.translation
            self._headings.update(map(fold, heading_path(document, passage.section)))
            texts = [[document.text[s.start : s.end] for s in passage.sentences]]
            if other is not None:
                self._headings.update(map(fold, heading_path(other, passage.section)))
                texts.append([words for words, _, _ in words_in(index, passage, other.language)])
            # The part of a document that is already in the other language stands in the translation unchanged.
            self._sources += [_source(number, words) for n, words in enumerate(texts) if words not in texts[:n]]

    def unknown(self, sentence: Sentence) -> int:
        """How many numbers a sentence cites that no passage has."""
        return sum(not 1 <= number <= len(self._passages) for cited in sentence.cited for number in cited.numbers)

    def support(self, sentence: Sentence) -> tuple[Span, ...] | None:
        """The words that support a sentence; () where nothing does, None where it says nothing.

        Looked for in each passage that it cites; then clause by clause, each before its own marker; then in all passages.
        """
        claim = self._claim(sentence.text)
        if not any(character.isalnum() for character in claim):
            return None
        numbers = list(dict.fromkeys(number for cited in sentence.cited for number in cited.numbers))
        found = [span for number in numbers for span in self._find(claim, [number])]
        if found:
            return tuple(found)
        split: list[tuple[str, list[int]]] = [(clause, []) for clause in _CLAUSE.split(claim) if clause.strip()]
        for clauses in (self._marked(sentence), split):
            spans = [self._find(clause, cited) for clause, cited in clauses]
            if len(spans) > 1 and all(spans):
                return tuple(dict.fromkeys(span for each in spans for span in each))
        return self._find(claim, [])

    def _marked(self, sentence: Sentence) -> list[tuple[str, list[int]]]:
        """The clauses of a sentence that has markers inside, each with the numbers of the marker after it."""
        ends = [cited.after for cited in sentence.cited]
        clauses = []
        for cited, begin in zip(sentence.cited, [0, *ends], strict=False):
            clause = self._claim(sentence.text[begin : cited.after]).strip(" ,，、;；")
            if any(character.isalnum() for character in clause):
                clauses.append((clause, list(cited.numbers)))
        rest = sentence.text[ends[-1] :] if ends else ""
        # What stands after the last marker is supported by nothing that was named.
        return [*clauses, (rest, [])] if any(character.isalnum() for character in rest) else clauses

    def _find(self, claim: str, numbers: Iterable[int]) -> tuple[Span, ...]:
        """The best span for a claim in the passages of these numbers, of all where none is given; () where there is none."""
        wanted = set(numbers)
        sources = [source for source in self._sources if not wanted or source.number in wanted]
        support = check(claim, [source.text for source in sources], self._index.embedder)
        if support.verdict != "supported" or support.source is None:
            return ()
        source = sources[support.source]
        touched = [n for n, (start, end) in enumerate(source.spans) if start < support.end and end > support.start]
        return (Span(self._passages[source.number - 1], touched[0], touched[-1], support.score),)

    def _claim(self, text: str) -> str:
        """A sentence without what is layout: bullet, number, emphasis, and a label that is a heading of the passages."""
        text = _ITEM.sub("", text)
        label = _LABEL.match(text)
        if label and fold(next(filter(None, label.groups())).strip()) in self._headings:
            text = text[label.end() :] or text
        return _EMPHASIS.sub("", text)


def _source(number: int, sentences: Sequence[str]) -> _Source:
    spans = []
    start = 0
    for sentence in sentences:
        spans.append((start, start + len(sentence)))
        start += len(sentence) + 1
    return _Source(number, "\n".join(sentences), tuple(spans))
