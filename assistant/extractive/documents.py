"""Which documents a question names: 反垄断法第十二条 is not the twelfth article of another law."""

from __future__ import annotations

import re

from assistant.extractive.evidence import Held
from assistant.understanding.lexicon import words_of
from assistant.understanding.question import Question
from index.analysis import asking_removed, fold, language_of, terms
from index.store import PassageIndex

# What titles of legal and policy texts end in; a shortened title (反垄断法) keeps its end.
_ENDS = ("法", "条例", "办法", "规定", "细则", "准则", "章程", "政策", "意见", "纲要", "规划", "方案")
_LAW = re.compile(
    r"([\u4e00-\u9fff]{2,30}(?:法典|法|条例|办法|细则|准则|章程))[》”]?(?:的|里|中|对|规定|怎么|关于)*\s*(?:第|对|里|中|规定|怎么|关于)"
)
_LAW_EN = re.compile(r"\b((?:[A-Z][A-Za-z-]+ (?:and |of |on |the )*)+(?:Law|Act|Regulations?|Code))\b")
_NO_LAW = re.compile(
    r"(?:方|办|做|看|说|想|合|依|违|执|立|司|无|语|用|本|该|此|写|算|手|宪)法$|(?:本|该|此)(?:条例|办法)$"
)
_SHORTEST = 3


def named_documents(index: PassageIndex, question: Question) -> frozenset[str]:
    """The ids of the documents that a question names: by title, by the end of one, or by its words in another language."""
    if len(index.documents) < 2:
        return frozenset()
    found: dict[str, int] = {}
    asked = Held.of(question.folded)
    for name, title in _titles(index):
        length = _named(title, question.folded) or (
            len(title) if _in_other_words(title, asked, question.language) else 0
        )
        found[name] = max(length, found.get(name, 0))
    longest = max(found.values())
    # Two laws may be named at once; of nested titles only the longest is meant.
    named = {name for name, length in found.items() if length}
    return frozenset(
        named if len(named) < len(found) else {name for name, length in found.items() if length == longest}
    )


def _in_other_words(title: str, asked: Held, language: str) -> bool:
    """Whether a question in another language than a title has a word for each of the title's words."""
    if language_of(title) == language:
        return False
    words = [w for w in words_of(title.removeprefix("中华人民共和国")) if len(w.text) > 1 or w.others]
    return len(words) > 1 and all(asked.match(word) >= 0.8 for word in words)


def unknown_document(index: PassageIndex, question: Question) -> str | None:
    """The law or rules that a question names (产品质量法第二十六条, 民法典里) and no document is or mentions, or None."""
    english = _LAW_EN.search(question.text)
    if english and len(english.group(1).split()) > 1:
        asked = Held.of(question.folded)
        held = all(t in index.lexical.vocabulary for t in terms(english.group(1)))
        titles = [title for _, title in _titles(index)]
        if not held and not any(_named(t, question.folded) or _in_other_words(t, asked, "en") for t in titles):
            return english.group(1)
    match = _LAW.search(re.sub("[《“]", "", asking_removed(question.folded)))
    if match is None or _NO_LAW.search(match.group(1)):
        return None
    name = match.group(1)
    mentioned = all(term in index.lexical.vocabulary for term in terms(name) if len(term) > 1)
    return None if mentioned or any(_named(title, name) for _, title in _titles(index)) else name


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
