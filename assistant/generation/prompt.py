"""What a chat model is told: the rules, the numbered passages and the question. Their text is data and stays in its frame."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.understanding.asked import Asked
from assistant.understanding.followup import Turn
from assistant.understanding.marks import retold
from index.documents import Document
from index.passages import Passage, heading_path, section_of
from index.store import PassageIndex
from prompts import fill, phrase, template

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# Tokens left for the answer.
ANSWER = 1024
# The most of earlier turns that a follow-up is read with.
TURNS, TURN_LENGTH = 6, 600


def chosen(index: PassageIndex, ranked: Sequence[Passage], question: str, window: int) -> list[Passage]:
    """The best of ranked passages that fit into a context window of so many tokens (one at least), grouped by document
    and in reading order. Their place in the list is the number that the model cites them by, from 1."""
    room = window - ANSWER - tokens(question) - sum(map(tokens, template("answer", "zh").values()))
    kept: list[Passage] = []
    for passage in ranked:
        room -= tokens(_element(index, passage, 1, "")) + 40
        if kept and room < 0:
            break
        kept.append(passage)
    first = {passage.document: place for place, passage in reversed(list(enumerate(kept)))}
    return sorted(kept, key=lambda passage: (first[passage.document], passage.start))


def tokens(text: str) -> int:
    """About how many tokens a text is to a chat model: a Han character is one, three other characters are one."""
    wide = sum(character > "\u2e7f" for character in text)
    return wide + (len(text) - wide + 2) // 3


def to_answer(index: PassageIndex, asked: Asked, passages: Sequence[Passage]) -> list[BaseMessage]:
    """The messages that ask for an answer from passages, in the question's language."""
    blocks: list[str] = []
    document = ""
    for number, passage in enumerate(passages, 1):
        if passage.document != document:
            document = passage.document
            blocks += ["</document>"] if blocks else []
            blocks.append(f'<document title="{_framed(_titled(index.documents[document], asked.language))}">')
        blocks.append(_element(index, passage, number, asked.language))
    return _messages(
        "answer",
        asked.language,
        {"refusal": phrase("abstain", asked.language)},
        {"passages": "\n".join([*blocks, "</document>"]), "question": _framed(asked.standalone)},
    )


def to_condense(asked: Asked, history: Sequence[Turn]) -> list[BaseMessage]:
    """The messages that ask for a follow-up as a question that stands on its own."""
    turns = [f"{turn['role']}: {_framed(turn['content'][:TURN_LENGTH])}" for turn in history[-TURNS:]]
    return _messages(
        "condense",
        asked.language,
        {},
        {"conversation": "\n".join(turns), "question": _framed(asked.question)},
    )


def words_in(index: PassageIndex, passage: Passage, language: str) -> list[tuple[str, int, int]]:
    """The sentences of a passage as a model reads them in a language (translated where there is a translation), each with
    the offsets of the original in its document."""
    document = index.documents[passage.document]
    translated = document.translation is not None and document.translation.language == language != document.language
    return [
        ((s.translation if translated else None) or document.text[s.start : s.end], s.start, s.end)
        for s in passage.sentences
    ]


def _messages(name: str, language: str, rules: dict[str, str], data: dict[str, str]) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    parts = template(name, language)
    return [
        SystemMessage(fill(f"{name} system", parts["system"], **rules)),
        HumanMessage(fill(f"{name} user", parts["user"], **data)),
    ]


def _element(index: PassageIndex, passage: Passage, number: int, language: str) -> str:
    document = index.documents[passage.document]
    section = section_of(document, passage)
    shown = document.translation if _titled(document, language) != document.title else document
    path = " > ".join(heading_path(shown or document, passage.section))
    place = f"{section.number} {path}".strip() if section else ""
    words = " ".join(sentence for sentence, _, _ in words_in(index, passage, language))
    return f'<passage number="{number}" section="{_framed(place)}">\n{_framed(words)}\n</passage>'


def _titled(document: Document, language: str) -> str:
    other = document.translation
    return other.title if other is not None and other.language == language != document.language else document.title


def _framed(text: str) -> str:
    """Text that cannot leave its frame: no tags, no control words of a chat format ([INST], <|im_end|>), no other
    reference marks than ours (the source's own [3] becomes 〔3〕)."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return retold(re.sub(r"[\[【［]\s*(/?[A-Z_]{2,})\s*[\]】］]", r"〔\1〕", text), "〔{}〕".format)
