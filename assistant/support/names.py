"""Names of a claim that its source lacks: places, people, firms, authorities, and addresses of pages and mailboxes."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.understanding.lexicon import alike, cut
from assistant.understanding.names import names_in
from index.analysis import HAN, STOPWORDS_EN, fold, terms

_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Z]{2,}")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s()（）<>，。；、]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# What the names of authorities and bodies end in.
_BODIES = frozenset("部院局署委厅省市县州盟会庭")
# Spelt with a capital wherever they stand.
_CAPITALISED = frozenset(
    "english chinese article section chapter part paragraph paragraphs subparagraph item act law regulation regulations policy "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
# Abbreviations that stand in texts of either language, spelt out.
SPELT_OUT = {
    "gdp": ("国内生产总值", "gross domestic product"),
    "gnp": ("国民生产总值", "gross national product"),
    "cpi": ("居民消费价格", "consumer price"),
    "ppi": ("生产者出厂价格", "producer price"),
    "fdi": ("外商直接投资", "外国直接投资", "foreign direct investment"),
    "vat": ("增值税", "value added tax"),
    "sme": ("中小企业", "small and medium"),
    "wto": ("世界贸易组织", "世贸组织", "world trade organi"),
    "ai": ("人工智能", "artificial intelligence"),
    "ip": ("知识产权", "intellectual property"),
    "ict": ("信息通信", "information and communication"),
}


def absent_names(claim: str, source: str, crossing: bool = False) -> list[str]:
    """The proper names of a claim, as reasons, of which the source holds no form. crossing: it is in the other language."""
    folded, held = fold(source), _terms(source)
    names = [name for name in names_in(claim) if name.text.lower() not in _CAPITALISED]
    if crossing:  # a name that is not listed has another form there, or none
        names = [name for name in names if len(name.forms) > 1]
    found = [
        name.text
        for name in names
        if not any(fold(form) in folded or held.issuperset(t for t in terms(form) if len(t) > 1) for form in name.forms)
        and not _holds(held, name.text, folded)
    ]
    if not crossing:
        spelt = (*_bodies(claim), *_capitals(claim))
        found += [name for name in spelt if fold(name) not in folded and not _holds(held, name, folded)]
    # Few words of a sentence, and the ones that lead away from it.
    found += [address for one in _ADDRESS.findall(claim) if fold(address := one.rstrip(".,;:!?")) not in folded]
    return [f"name:{name}" for name in dict.fromkeys(found)]


@lru_cache(maxsize=1024)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def _holds(held: frozenset[str], name: str, folded: str) -> bool:
    """Whether a source has the words of an English name, what the abbreviation stands for, or a word of like meaning."""
    if not name.isascii():
        return False
    stems = terms(name)
    others = (*SPELT_OUT.get(stems[0], ()), *alike(stems[0])) if len(stems) == 1 else ()
    return held.issuperset(stems) or any(o in held if o.isascii() and " " not in o else o in folded for o in others)


def _bodies(claim: str) -> list[str]:
    """Chinese words that end as the names of authorities do: 民政部, 省高级人民法院."""
    found = []
    for run in _HAN_RUN.findall(fold(claim)):
        words = cut(run)
        for place, word in enumerate(words):
            if word[-1] in _BODIES and (len(word) > 2 or (len(word) == 1 and place and len(words[place - 1]) > 1)):
                found.append(word if len(word) > 1 else words[place - 1] + word)
    return found


def _capitals(claim: str) -> list[str]:
    """English words with a capital that no sentence start explains; none in a title."""
    words = [word for word in _WORD.finditer(claim) if len(word.group()) > 1]
    capitals = [word for word in words if word.group()[0].isupper()]
    if len(words) > 3 and len(capitals) > 0.7 * len(words):
        return []
    return [
        name
        for word in capitals
        if (name := re.sub(r"['’]s$", "", word.group())).lower() not in STOPWORDS_EN | _CAPITALISED
        and not re.search(r"(?:^|[.?!:;\"“(])\s*(?:\d[\d.]*\s*)?$", claim[: word.start()])
    ]
