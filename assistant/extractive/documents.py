"""Which documents a question names: 反垄断法第十二条 is not the twelfth article of another law."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

import numpy as np

from assistant.extractive.reading import Held
from assistant.understanding.lexicon import words_of
from assistant.understanding.question import Question
from index.analysis import STOPWORDS_EN, asking_removed, fold, language_of, terms
from index.store import PassageIndex

# What titles of legal and policy texts end in; a shortened title (垄断法) keeps its end.
_ENDS = ("法", "法典", "条例", "办法", "规定", "细则", "准则", "章程", "政策", "意见", "纲要", "规划", "方案")
_ENDS_EN = re.compile(
    r"(?:polic(?:y|ies)|strategy|plan|handbook|code|act|law|regulations?|rules|report|procedure|framework|guidelines)$"
)
_YEARS_EN = re.compile(r"[\s,]*\b(?:19|20)\d\d(?:\s*[–-]\s*\d{2,4})?$")
# What may stand right before a law's name. After anything else it is the end of another name: 职业教育法 is no 教育法.
_LEADS = (
    r"\d年(?:版|修订|修正)?的?|制定|颁布|出台|修订|实施|执行|[这那该]部|我国|中国|共和国|现行|现在|根据|依据|违反"
    r"|触犯|适用|遵守|符合|修订后?|引用|查询|查找|总结|概括|概述|归纳|解释|解读|翻译|比较|"
    r"(?<![创革更])新(?![闻能])|旧|在|从|按|照|依|(?<!共)和|与|跟|及|或|对(?!外)|看(?!守)|读|问|说|是|那|想|讲"
)
_BEFORE = re.compile(rf"(?:^|[^\u4e00-\u9fff]|{_LEADS})$")
_LAW = re.compile(
    r"([\u4e00-\u9fff]{1,30}(?:法典|法|条例|办法|细则|准则|章程))[》”]?(?:的|里|中|对|规定|怎么|关于)*\s*(?:第|对|里"
    r"|中|规定|怎么|关于|主要|内容|讲|说|写|[?？。]?$)"
)
_LAW_EN = re.compile(r"\b((?:[A-Z][A-Za-z-]+ (?:and |of |on |the )*)+(?:Law|Act|Regulations?|Code))\b")
_WITH_UNIT_EN = re.compile(
    r"\b(?:article|section|chapter|clause|part|rule) [\divx.]+ (?:of|in|under) (?:the |this )?"
    r"((?:[a-z-]+ ){1,6}(?:law|act|regulations?|code)|constitution)\b"
)
_THE_LAW_EN = re.compile(r"\bthe ((?:[a-z-]+ ){1,4}(?:law|act|regulations?|code)|constitution)\b")
# 2022年(版)反垄断法: which version is meant.
_OF_YEAR = re.compile(r"(?:19|20)\d\d年(?:版|修订|修正)?的?")
_NO_LAW = re.compile(
    r"(?:方|办|做|(?<!调)解|打|玩|(?<!预)(?<!决)算|看|说|想|合|依|违|执|立|(?<!公)司|无|语|用|本|该|此|写|手|新|旧"
    r"|原|两|部|没|个|有|这|那)法$"
    r"|^(?:这|那|哪|本|该|此|新|旧|整|现行|我们|公司|单位|学校|有关|相关)*[一几]?[部个项份套]?(?:条例|细则|准则|章程)$"
)
_SHORTEST = 3
# How like a law's name in another language its title is: .47 to .82 where it is found; of 18 names, another law's at most .39,
# but for a longer name that holds its own.
SAME_LAW = 0.45


# A question is read several times on its way, and the titles of many documents take long to look for.
@lru_cache(maxsize=16)
def named_documents(index: PassageIndex, question: Question) -> frozenset[str]:
    """The ids of the documents that a question names: by title, by the end of one, or by its words in another language."""
    if len(index.documents) < 2:
        return frozenset()
    titles = _titles(index)
    same = _same_laws(index, [t for _, t in titles], [*_laws_en(question), *_THE_LAW_EN.findall(question.folded)])
    abroad = {document for document, title in titles if title in same or _in_other_words(title, question)}
    found = frozenset(abroad | {document for document, _ in _spelt_out(index, question)})
    dated = frozenset(name for name in found if any(year in name for year in question.years))
    return dated or found


def without_names(index: PassageIndex, question: Question) -> str:
    """A folded question without the names of the documents that it names."""
    folded = question.folded
    for _, (start, end) in _spelt_out(index, question):
        folded = folded[:start] + " " * (end - start) + folded[end:]
    if not named_documents(index, question):
        return folded
    for name in (*_laws_en(question), *_THE_LAW_EN.findall(folded)):
        folded = folded.replace(fold(name), " ")
    return folded


def unknown_document(index: PassageIndex, question: Question) -> str | None:
    """The law or rules that a question names (产品质量法第二十六条, 民法典里) and no document is or mentions, or None.

    One whose article or summary is asked for has to be a document: another that mentions it does not hold its articles.
    """
    for name in _laws_en(question):
        titles = [title for _, title in _titles(index)]
        known = any(set(terms(name)) <= set(terms(t)) or _in_other_words(t, question) for t in titles)
        if not known and not _same_laws(index, titles, [name]) and not _mentioned(index, question, fold(name)):
            return name
    match = _LAW.search(_OF_YEAR.sub("", re.sub("[《“]", "", asking_removed(question.folded))))
    if match is None:
        return None
    name = re.sub(rf"^.*(?:{_LEADS})(?=..)", "", match.group(1))
    if _NO_LAW.search(name) or any(_spelt(t, name) or _in_other_words(t, question) for _, t in _titles(index)):
        return None
    return None if _mentioned(index, question, name) else name


def _laws_en(question: Question) -> list[str]:
    """The laws that an English question calls by name: in capitals, or as what an article is of."""
    found = [*_LAW_EN.findall(question.text), *_WITH_UNIT_EN.findall(question.folded)]
    asking = "|".join(sorted(STOPWORDS_EN))
    names = [re.sub(rf"^(?:.*\bthe |(?:(?:{asking}) )+)", "", name, flags=re.IGNORECASE) for name in found]
    return [name for name in names if len(name.split()) > 1 or name == "constitution"]


def _mentioned(index: PassageIndex, question: Question, name: str) -> bool:
    """Whether any document has a name in so many words; never enough where an article of it or its summary is asked for."""
    if question.units or question.kind == "summary":
        return False
    if any(term not in index.lexical.vocabulary for term in terms(name) if len(term) > 1):
        return False
    return any(name in fold(document.text) for document in index.documents.values())


def _in_other_words(title: str, question: Question) -> bool:
    """Whether a question in another language than a title has a word for each of the title's words."""
    if language_of(title) == question.language:
        return False
    asked = Held.of(question.folded)
    words = [word for word in words_of(title) if len(word.text) > 1 or word.others]
    return len(words) > 1 and all(asked.match(word) >= 0.8 for word in words)


def _same_laws(index: PassageIndex, titles: Collection[str], laws: list[str]) -> set[str]:
    """The titles of laws that English names are names of."""
    # 刑法 is the Criminal Law, and too short for the Criminal Procedure Law: a word there is a character here at least.
    pairs = [
        (title, name)
        for title in titles
        if title.endswith(_ENDS)
        for name in laws
        if len(re.findall("[a-z]+", name.lower())) <= max(2, len(title))
    ]
    if not pairs:
        return set()
    vectors, names = index.embedder.encode([title for title, _ in pairs]), index.embedder.encode([n for _, n in pairs])
    likeness = np.sum(vectors * names, axis=1)
    return {title for (title, _), like in zip(pairs, likeness, strict=True) if like >= SAME_LAW}


def _spelt_out(index: PassageIndex, question: Question) -> list[tuple[str, tuple[int, int]]]:
    """Where a question names documents by their titles, as (id, (start, end)). Of names within one another only the longest
    is meant; two versions of one law are both."""
    found = [(document, span) for document, title in _titles(index) for span in _spelt(title, question.folded)]
    return [
        (document, (start, end))
        for document, (start, end) in found
        if not any(a <= start and end <= b and b - a > end - start for _, (a, b) in found)
    ]


def _titles(index: PassageIndex) -> list[tuple[str, str]]:
    """What the documents are called, as (id, name): by title, by title in the other language, by id."""
    found = []
    for document in index.documents.values():
        for title in (document.title, document.metadata.get("title_en", ""), document.id):
            name = re.sub(r"[（(].*?[)）]|[《》]", "", fold(title)).strip().removeprefix("中华人民共和国")
            if name:
                found.append((document.id, name))
    return found


def _spelt(title: str, folded: str) -> list[tuple[int, int]]:
    """Where a text names a title: all of it, or its longest end there that is a title by itself; as (start, end)."""
    if title.isascii():
        named = len(title) >= _SHORTEST and title in folded
        return _word_places(title, folded) if named else _shortened(title, folded)
    if not title.endswith(_ENDS):
        return _places(title, folded) if len(title) >= _SHORTEST else []
    for start in range(max(1, len(title) - _SHORTEST + 1)):
        spans = _places(title[start:], folded)
        if free := [span for span in spans if _BEFORE.search(asking_removed(folded[: span[0]]))]:
            return free
    return []


def _shortened(title: str, folded: str) -> list[tuple[int, int]]:
    """Where a text names an English title by its longest end there, of two words or more: the admissions policy."""
    words = re.split(r"[^a-z0-9'’-]+", _YEARS_EN.sub("", title))
    if not _ENDS_EN.search(words[-1]):
        return []
    for start in range(1, len(words) - 1):
        if spans := _word_places(" ".join(words[start:]), folded):
            return spans
    return []


def _word_places(words: str, folded: str) -> list[tuple[int, int]]:
    """Where words of English stand in a text, whole."""
    if words not in folded:
        return []  # of many titles hardly one does: no pattern is built for the others
    return [m.span() for m in re.finditer(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", folded)]


def _places(words: str, folded: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(re.escape(words), folded)] if words in folded else []
