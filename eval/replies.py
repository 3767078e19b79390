"""Replies: what an assistant answered, read from its JSON, so that a saved run scores like a live one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from prompts import phrase

Outcome = Literal["answer", "abstain", "smalltalk", "error"]


@dataclass(frozen=True)
class Cited:
    """One citation: verbatim words, the id of their document, the section they stand in, the passage around them, and its translation."""

    quote: str
    document: str
    number: str = ""
    path: tuple[str, ...] = ()
    passage: str = ""
    translation: str = ""


@dataclass(frozen=True)
class Reply:
    """One reply.

    outcome: what the assistant did; "error" where it raised, and then there is nothing else.
    denies_premise: it says that the documents deny what the question takes for granted.
    """

    outcome: Outcome
    text: str = ""
    citations: tuple[Cited, ...] = ()
    kind: str = ""
    denies_premise: bool = False

    @property
    def quotes(self) -> tuple[str, ...]:
        """The cited words, in marker order."""
        return tuple(cited.quote for cited in self.citations)


ERROR = Reply("error")


def read_reply(answer: Mapping[str, Any]) -> Reply:
    """The reply in an answer's JSON. What stands beside an abstention is no claim, and is left out."""
    if answer["abstained"]:
        return Reply("abstain", answer["text"], kind=answer["kind"])
    citations = tuple(_cited(cited, cited["quote"]) for cited in answer["citations"])
    outcome: Outcome = "smalltalk" if answer["kind"] == "smalltalk" else "answer"
    denies = phrase("premise", answer["language"]) in answer["notices"]
    return Reply(outcome, answer["text"], citations, answer["kind"], denies)


def read_passage(passage: Mapping[str, Any]) -> Cited:
    """A passage that was found, as if it were cited whole."""
    return _cited(passage, passage["text"])


def _cited(citation: Mapping[str, Any], quote: str) -> Cited:
    section = citation["section"]
    return Cited(
        quote,
        citation["document"]["id"],
        section["number"] or "",
        tuple(section["path"]),
        citation.get("text", ""),
        citation.get("text_translation") or "",
    )
