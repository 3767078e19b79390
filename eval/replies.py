"""Replies: what an assistant answered, read from its JSON, so that a saved run scores like a live one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["answer", "abstain", "smalltalk", "error"]


@dataclass(frozen=True)
class Cited:
    """One citation: verbatim words, the id of their document, and the section they stand in."""

    quote: str
    document: str
    number: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """One reply. outcome: what the assistant did; "error" where it raised, and then there is nothing else."""

    outcome: Outcome
    text: str = ""
    citations: tuple[Cited, ...] = ()
    kind: str = ""

    @property
    def quotes(self) -> tuple[str, ...]:
        """The cited words, in marker order."""
        return tuple(cited.quote for cited in self.citations)


ERROR = Reply("error")


def read_reply(answer: Mapping[str, Any]) -> Reply:
    """The reply in an answer's JSON. What stands beside an abstention is no claim, and is left out."""
    if answer["abstained"]:
        return Reply("abstain", answer["text"], kind=answer["kind"])
    citations = tuple(
        Cited(
            quote=cited["quote"],
            document=cited["document"]["id"],
            number=cited["section"]["number"] or "",
            path=tuple(cited["section"]["path"]),
        )
        for cited in answer["citations"]
    )
    outcome: Outcome = "smalltalk" if answer["kind"] == "smalltalk" else "answer"
    return Reply(outcome, answer["text"], citations, answer["kind"])
