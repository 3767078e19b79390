"""The clauses of what somebody writes: which of them ask, how many questions they make, and which say who is asking."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.lexicon import words_of
from assistant.understanding.question import Question, understand, without_facets
from index.analysis import fold

_ASKS = re.compile(
    r"什么|哪|多少|几|谁|如何|怎么|怎样|为何|吗|呢|多久|多长|何时|是不是|是否"
    r"|\b(?:what|which|who|when|where|why|how|is|are|does|do|did|can)\b"
)
_SEAM = re.compile(
    r"[?？]\s*|[,，;；]\s*(?:以及|并且|还有|同时|and |or )?|\s+and (?=(?:what|which|who|when|where|why|how)\b)"
)
_MOST_PARTS = 3
# With this much in it, by weight of its words, a later question stands by itself.
ALONE = 1.2
# With less than this the first of several has nothing to be about.
SOMETHING = 0.3


# Clauses about whoever asks, and courtesies: they name things that the answer need not hold.
_PADDING = re.compile(
    r"^(?:您?你?好|请问|谢谢|多谢|感谢|麻烦|打扰|不好意思|我是|我在|我们是|我们在|我来自|我正在|我最近|本人|我(?![国市省县区校院司])|老师|领导|同学|导师|客户|以便|供|作为|想了解一下$|想问一下$|想请教|老师好"
    r"|hi\b|hello\b|hey\b|dear\b|thanks?\b|thank you|please$|sorry|excuse me|i am\b|i'm\b|i(?:'ll| will)\b|i live|i work|i study"
    r"|we are\b|we're\b|as an?\b|my name|i was wondering$"
    r"|quick question|could you (?:please )?(?:explain|help|tell me|clarify)\W*$"
    r"|please (?:explain|help|advise)\W*$|for my |in short$|briefly$|good (?:morning|afternoon|evening))"
)


def without_padding(text: str) -> str:
    """A text without clauses about whoever asks (我在北京工作, "I live in Canada.") and courtesies, where more is left."""
    clauses = [c for c in re.split(r"(?<=[,，。.!！;；:：?？])\s*(?![\d%])", text) if c.strip()]
    kept = [c for c in clauses if not _is_padding(fold(c).strip(" ,，。.!！;；"))]
    return " ".join(kept) if kept and len(kept) < len(clauses) else text


def _is_padding(clause: str) -> bool:
    bare = clause.strip(":：?？ ")
    return bool(_COURTEOUS.search(bare)) or (bool(_PADDING.search(bare)) and not _ASKS_FOR.search(clause))


_COURTEOUS = re.compile(r"^(?:could you|can you|would you|please) (?:please )?(?:explain|help|tell me|clarify|advise)$")
_ASKS_FOR = re.compile(
    r"什么|哪|多少|几[个条项]|谁|如何|怎么|怎样|为何|吗|多久|何时|是不是|是否|\b(?:what|which|who|when|where|why|how)\b|\?|？"
)


# What a question says that it does not ask for.
_EXCLUDED = re.compile(
    r"[,，]?\s*(?:rather than|instead of|as opposed to|(?<!why )(?<!but )\bnot (?=(?:to|for|the ones? for)\b)) ?[^,，.?？。!！;；]{2,60}"
    r"|[,，]?\s*(?:而不是|而非|不要|不是)(?:说|讲|给|对)?[^,，.?？。!！;；的]{1,12}的(?=[,，.?？。!！;；]|$)",
    re.IGNORECASE,
)


def questions_in(text: str) -> list[Question]:
    """The questions that a text asks, in order: "how long is it, and who decides" are two.

    A later one that leans on the first (最长能延多久) is searched for together with it.
    """
    text = _EXCLUDED.sub("", without_padding(text))
    folded = fold(text)
    parts: list[str] = []
    for clause in (part.strip() for part in _SEAM.split(folded) if part and part.strip()):
        if parts and not _ASKS.search(parts[-1]):
            parts[-1] += " " + clause  # what is said before asking belongs to the question
        else:
            parts.append(clause)
    if len(parts) > 1 and not _ASKS.search(parts[-1]):
        parts[-2:] = [" ".join(parts[-2:])]
    if parts and sum(w.weight for w in words_of(parts[0])) < SOMETHING:
        return [understand(text)]  # "Why, in their words, is …" is one question
    whole = understand(text)
    if whole.sides or not 1 < len(parts) <= _MOST_PARTS:
        return [whole]
    first = understand(parts[0])
    found = [replace(first, language=whole.language)]
    for part in parts[1:]:
        asked = understand(part)
        if sum(w.weight for w in words_of(without_facets(part))) >= ALONE:
            found.append(replace(asked, language=whole.language))
            continue
        joined = f"{_ASKS.sub(' ', parts[0])} {part}"
        # "What problems are there, and how can they be solved": a remedy for the problems, not for the subject.
        facets = tuple(dict.fromkeys((*first.facets, *asked.facets))) if asked.facets else ()
        found.append(replace(asked, text=joined, folded=joined, language=whole.language, facets=facets))
    return found
