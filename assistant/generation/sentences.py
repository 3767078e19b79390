"""Sentences of text that arrives piece by piece, each with the markers it carries, whether they stand before or after its end."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.generation.markers import Marker, MarkerReader
from index.sentences import sentence_spans

_STOPS = frozenset("。！？!?.")
_CLOSERS = frozenset("”’」』）)】》〉\"']］*_")
# A sentence that goes on for longer is taken as it is, so that looking for its end never costs more than this.
_LONGEST = 2000
# Characters before a full stop that can tell whether it ends a sentence: an abbreviation, or the number of an item.
_TAIL = 12


@dataclass(frozen=True)
class Cited:
    """The numbers of a marker, and how many characters of its sentence stand before it."""

    after: int
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence that has ended: its words without markers, and the markers."""

    text: str
    cited: tuple[Cited, ...]


class SentenceReader:
    """Cuts text into what may be shown at once, and sentences as they end. How the text was cut makes no difference.

    Spaces before a marker go with it. Takes time linear in the text.
    """

    def __init__(self) -> None:
        self._markers = MarkerReader()
        self._given: list[str | Sentence] = []
        self._text: list[str] = []
        self._cited: list[Cited] = []
        self._spaces: list[str] = []  # held back until what follows is known
        self._stopped = False  # the sentence may have ended
        self._number = 0  # 1 where the text shown ends in "[", 2 where in "[" and digits

    def feed(self, text: str) -> list[str | Sentence]:
        """What more text makes certain: pieces of text, and after its last piece each Sentence."""
        for character in text:
            for event in self._markers.read(character):
                self._take(event)
        return self._joined()

    def close(self) -> list[str | Sentence]:
        """The rest, once the text has ended."""
        for event in self._markers.close():
            self._take(event)
        self._end()
        return self._joined()

    def _joined(self) -> list[str | Sentence]:
        given, self._given = self._given, []
        joined: list[str | Sentence] = []
        run: list[str] = []
        for event in [*given, None]:
            if isinstance(event, str):
                run.append(event)
                continue
            if run:
                joined.append("".join(run))
                run.clear()
            if event is not None:
                joined.append(event)
        return joined

    def _take(self, event: str | Marker) -> None:
        if isinstance(event, Marker):
            self._cited.append(Cited(len(self._text), event.numbers))
            self._spaces = []
            return
        for character in event:
            self._character(character)

    def _character(self, character: str) -> None:
        fenced = self._markers.fenced
        if character == "\n" and not fenced:
            self._end()
            self._show(character)
        elif character.isspace():
            if self._text:
                self._spaces.append(character)
            elif not self._cited:
                self._show(character)
        elif self._stopped and not self._spaces and (character in _STOPS or character in _CLOSERS):
            self._append(character, stopped=True)
        else:
            spaces = self._spaces
            if (self._stopped and not fenced and self._ends()) or len(self._text) >= _LONGEST:
                self._end()
                self._show("".join(spaces))
            else:
                self._spaces = []
                for space in spaces:
                    self._append(space)
            self._append(character, stopped=character in _STOPS)

    def _append(self, character: str, *, stopped: bool = False) -> None:
        self._text.append(character)
        self._stopped = stopped
        self._show(character)

    def _ends(self) -> bool:
        """Whether the sentence has ended before further words: by the same rule as the documents' own sentences."""
        text = "".join(character for character in self._text[-_TAIL:] if character not in "*_")
        apart = self._spaces or (self._cited and self._cited[-1].after == len(self._text))
        read = f"{'' if len(self._text) <= _TAIL else '… '}{text}{' ' if apart else ''}X"
        return sentence_spans(read)[-1] == (len(read) - 1, len(read))

    def _end(self) -> None:
        if self._text:
            self._given.append(Sentence("".join(self._text), tuple(self._cited)))
            self._cited = []
        self._text, self._spaces, self._stopped = [], [], False

    def _show(self, text: str) -> None:
        for character in text:
            # However it came about, "[7]" in the text would read as a marker of ours.
            closing = character == "]" and self._number > 1
            digit = character.isdecimal() and self._number > 0
            self._number = 1 if character == "[" else 2 if digit else 0
            self._given.append("］" if closing else character)
