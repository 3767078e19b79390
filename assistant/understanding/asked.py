"""What somebody asks: the question as it was put, as it is understood, and the language to answer in; or why it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.followup import Turn, standalone
from assistant.understanding.spelling import contracted
from index.analysis import language_of
from prompts import phrase


@dataclass(frozen=True)
class Asked:
    """A question as it was put, the same with what earlier turns gave it, and the language to answer in.

    told: what was answered before a question that may ask more of it, else "". further: it asks for what was not told.
    """

    question: str
    standalone: str
    language: str
    told: str = ""
    further: bool = False


def understood(question: str, history: Sequence[Turn]) -> Asked:
    """A question after the turns before it."""
    spelt = contracted(question)
    found = standalone(spelt, history)
    answered = history[-1] if history and found.goes_on else None
    told = answered["content"] if answered and answered["role"] == "assistant" else ""
    if found.further:
        told = "\n".join(turn["content"] for turn in history if turn["role"] == "assistant")
    text = question if found.text == spelt else found.text
    return Asked(question, text, found.language or language_of(question), told, found.further)


def unusable(text: str, longest: int) -> str | None:
    """What to say to a text that is no question, or None. longest: the most characters taken."""
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
