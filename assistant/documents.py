"""Which documents a question names: 反垄断法第十二条 is not the twelfth article of another law."""

from __future__ import annotations

import re

from assistant.question import Question
from index.analysis import fold
from index.store import PassageIndex

# What titles of legal and policy texts end in; a shortened title (反垄断法) keeps its end.
_ENDS = ("法", "条例", "办法", "规定", "细则", "准则", "章程", "政策", "意见", "纲要", "规划", "方案")
_BEFORE_UNIT = re.compile(r"(?:《)?([\u4e00-\u9fff]{2,30}?(?:法|条例|办法|规定|细则|准则|章程))(?:》)?(?:的)?\s*第")
_SHORTEST = 3


def named_documents(index: PassageIndex, question: Question) -> frozenset[str]:
    """The ids of the documents that a question names by title or by the end of a title; empty where it names none."""
    if len(index.documents) < 2:
        return frozenset()
    lengths = {name: _named(title, question.folded) for name, title in _titles(index)}
    longest = max(lengths.values())
    return frozenset(name for name, length in lengths.items() if length == longest) if longest else frozenset()


def unknown_document(index: PassageIndex, question: Question) -> str | None:
    """The title that a question puts before a numbered unit (产品质量法第二十六条) and no document has, or None."""
    match = _BEFORE_UNIT.search(question.folded)
    if match is None or any(_named(title, match.group(1)) for _, title in _titles(index)):
        return None
    return match.group(1)


def _titles(index: PassageIndex) -> list[tuple[str, str]]:
    found = []
    for document in index.documents.values():
        for title in (document.title, document.metadata.get("title_en", ""), document.id):
            if title:
                found.append((document.id, re.sub(r"[（(].*?[)）]|[《》]", "", fold(title)).strip()))
    return found


def _named(title: str, folded: str) -> int:
    """How many characters of a title's end stand in a text: all of the title, or an end that is a title by itself; else 0."""
    if len(title) >= _SHORTEST and title in folded:
        return len(title)
    if not title.endswith(_ENDS):
        return 0
    return next((len(title) - i for i in range(len(title) - _SHORTEST + 1) if title[i:] in folded), 0)
