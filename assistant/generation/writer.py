"""The text of a generated answer as it is written: what was said, what supports it, and what was marked or left out."""

from __future__ import annotations

import time
from collections.abc import Iterator

from assistant.citations import Citation
from assistant.generation.evidence import Evidence, Span
from assistant.generation.refusal import refuses
from assistant.generation.sentences import Sentence
from index.store import PassageIndex
from prompts import phrase


class Writer:
    """Turns the sentences of one answer into cited text. Citations are numbered as they first appear.

    supported, unsupported: sentences. dropped: numbers that cited no passage. refused: it began by saying that there is no
    answer. checking: milliseconds spent on the check.
    """

    def __init__(self, index: PassageIndex, evidence: Evidence, language: str, *, remove: bool) -> None:
        self.citations: list[Citation] = []
        self.supported = self.unsupported = self.dropped = 0
        self.refused = False
        self.checking = 0.0
        self._index = index
        self._evidence = evidence
        self._mark = (" " if language == "en" else "") + phrase("unverified", language)
        self._remove = remove
        self._numbers: dict[tuple[int, int, int], int] = {}
        self._written: list[str] = []
        self._held: list[str] = []
        self._owed = ""  # the mark of a refusal, which it gets only where something follows

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self._written)

    def write(self, event: str | Sentence) -> Iterator[str | Citation]:
        """What an event of the stream adds: text, or what belongs after a sentence that has ended."""
        if isinstance(event, Sentence):
            yield from self._end(event)
        elif self._remove or not event.strip():
            self._held.append(event)
        else:
            owed, self._owed = self._owed, ""
            yield from self._show(owed + self._flushed() + event)

    def _end(self, sentence: Sentence) -> Iterator[str | Citation]:
        started = time.perf_counter()
        spans = self._evidence.support(sentence)
        self.checking += (time.perf_counter() - started) * 1000
        self.dropped += self._evidence.unknown(sentence)
        if spans == ():
            self.refused = self.refused or (not self.supported and not self.unsupported and refuses(sentence.text))
            self.unsupported += 1
            if self._remove:
                self._held.clear()
            elif self.refused and self.unsupported == 1:
                self._owed = self._mark
            else:
                yield from self._show(self._mark)
        else:
            yield from self._show(self._flushed())
            self.supported += bool(spans)
            for place, span in enumerate(spans or ()):
                yield from self._cite(span, " " if place == 0 else "")

    def _cite(self, span: Span, before: str) -> Iterator[str | Citation]:
        key = (span.passage.id, span.first, span.last)
        if key not in self._numbers:
            self._numbers[key] = len(self.citations) + 1
            self.citations.append(span.cited(self._numbers[key], self._index))
            yield self.citations[-1]
        yield from self._show(f"{before}[{self._numbers[key]}]")

    def _flushed(self) -> str:
        held = "".join(self._held)
        self._held.clear()
        return held

    def _show(self, text: str) -> Iterator[str]:
        if not self._written:
            text = text.lstrip()
        elif self._written[-1].endswith("]") and text[:1] not in ("", " ", "\n", "["):
            text = " " + text  # and "[1](…)" would read as a link
        if text:
            self._written.append(text)
            yield text
