"""The answer: one object for every surface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.citations import Citation


@dataclass(frozen=True)
class Usage:
    """Tokens that a chat model read and wrote for an answer, as its provider counts them."""

    read: int
    written: int


@dataclass(frozen=True)
class Answer:
    """What the assistant says to a question.

    text: prose with markers [1], [2] …; `citations` holds one citation for each marker, in order.
    abstained: the documents do not answer this; then there are no citations, and `nearest` holds the passages that come
        closest.
    kind: what was asked for ("fact", "list", "definition", "why", "how", "comparison", "summary", "section",
        "reference", "open"), or "smalltalk", or "invalid" for what is no question.
    standalone: the question as it was understood, with the subject that earlier turns gave it.
    notices: things to know about the answer, in the question's language.
    model: what wrote the answer, "extractive" or a chat model's name (where the model failed: "extractive", with a notice).
    usage: the model's tokens, where its provider tells them.
    timings: milliseconds of each stage ("find", "model", "check"), and until a chat model's first words ("first_words").
    digest: of the settings, words and documents that made the answer, 16 hex digits; the same for the same set-up.
    """

    question: str
    standalone: str
    language: str
    kind: str
    text: str
    citations: tuple[Citation, ...] = ()
    abstained: bool = False
    nearest: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    model: str = "extractive"
    milliseconds: float = 0.0
    usage: Usage | None = None
    timings: Mapping[str, float] = field(default_factory=dict)
    digest: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form that every surface serves."""
        return {
            "question": self.question,
            "standalone": self.standalone,
            "language": self.language,
            "kind": self.kind,
            "text": self.text,
            "abstained": self.abstained,
            "citations": [citation.to_dict() for citation in self.citations],
            "nearest": [citation.to_dict() for citation in self.nearest],
            "notices": list(self.notices),
            "model": self.model,
            "milliseconds": round(self.milliseconds, 2),
            "usage": {"read": self.usage.read, "written": self.usage.written} if self.usage else None,
            "timings": {stage: round(milliseconds, 2) for stage, milliseconds in self.timings.items()},
            "digest": self.digest,
        }
