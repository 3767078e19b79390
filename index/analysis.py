"""What a text looks like to search: folding, and the terms of BM25. Keys only: quotes and offsets come from the text as it is."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.numerals import numbers, ordinals

if TYPE_CHECKING:
    import opencc
    import Stemmer

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    import Stemmer

    return Stemmer.Stemmer("english")


@cache
def _irregular() -> dict[str, str]:
    """Irregular English forms (paid, children) and the words that they are forms of."""
    lines = (Path(__file__).parent / "irregular.txt").read_text(encoding="utf-8").splitlines()
    entries = [line.split() for line in lines if not line.startswith("#")]
    return {form: word for word, *forms in entries for form in forms}


def regular(word: str) -> str:
    """A folded English word, or what it is an irregular form of: pay of paid, child of children."""
    return _irregular().get(word, word)


def fold(text: str) -> str:
    """The text without differences that readers do not see: width (NFKC), script (Traditional to Simplified), case."""
    return simplified(text).lower()


@lru_cache(maxsize=1024)  # a question and the headings around its evidence are folded again at every step
def simplified(text: str) -> str:
    """The text in one width (NFKC) and one script (Traditional to Simplified), its case as it is: capitals tell names."""
    return str(_simplifier().convert(unicodedata.normalize("NFKC", text)))


def terms(text: str) -> list[str]:
    """The terms of a text, repeats kept, for BM25.

    Han runs give characters and character bigrams (words need a lexicon, and a lexicon errs on new policy terms; on
    DRCD bigrams beat a segmenter by 3 points of hit@1). Other scripts give folded words, irregular English forms
    as what they are forms of, stemmed as English. Numbers
    and numbered units (第十二条 = 第12条 = Article 12) are one term each.
    """
    return _terms(fold(text))


def _terms(folded: str) -> list[str]:
    found: list[str] = []
    for run in _HAN_RUN.findall(folded):
        found += run
        found += [run[i : i + 2] for i in range(len(run) - 1)]
    words = _WORD.findall(_HAN_RUN.sub(" ", folded))
    found += _stemmer().stemWords([regular(word) for word in words])
    found += numbers(folded)
    found += ordinals(folded)
    return found


# Words that shape a question and say nothing of its subject. They are left out of queries only: in an index of a few
# dozen passages most of them never occur, and a term that never occurs counts with the highest idf.
_ASKING_ZH = re.compile(
    "请问|请你|(?<![申邀聘报提恳宴呈])请(?![假求示客愿])|麻烦|告诉我|帮我|给我|能不能|说说|说一下|讲讲|讲一下|谈谈|介绍一下|(?<!职业)介绍(?!贿赂|信)|列出|列举|一下|"
    "具体来说|具体|究竟|到底|多久|多长时间|(?<![许很众最更诸么较太])多[长大高远]|几个工作日|几天|几年|几个月|几次|哪天|何时|请?用(?:繁体|简体)(?:中文|字)?回答|回答|"
    "为什么|为何|为啥|什么样的?|什么时候|什么叫|是什么|有什么|什么|啥|咋|"
    "有哪几大?|有哪些|哪几大?|几大|哪些|哪个|哪里|哪年|哪一|如何|怎么样|怎么办|怎么|怎样|多少|有没有|是不是|是否|能否|可否|吗|呢|(?<![酒网])吧|啊|呀|嘛|"
    "关于|对于|本文|文中|文章|这篇|(?<!学位|毕业|硕士|博士)论文|(?<![工著合写操创制协])作者|认为|提到|指出|所说|里面|其中|"
    "它们|他们|这个|那个|这些|那些|我们|你们|(?<!目)的(?!确|物)|(?<![为除])了(?![解结])"
)
_FUNCTION_ZH = frozenset("是在有和与及对把被让给我你它他她们都也就还又而但从到由向这那几哪谁么个些之其")
STOPWORDS_EN = frozenset(
    "a an the of to in on at by for from with without and or but nor as is are was were be been being do does did "
    "done has have had having can could may might shall should will would must what which who whom whose when "
    "where why how that this these those there here it its they them their we us our you your i me my he she his "
    "her not no yes if then than so such about into over under between among also any some all each every both "
    "more most much many other please tell explain describe list name give say says said mention mentioned "
    "mentions according paper article author authors document text s t d ll re ve m".split()
)


def query_terms(text: str) -> list[str]:
    """The terms of a question, without the words that only ask. All of them where nothing else is left."""
    folded = fold(text)
    kept = asking_removed(folded)
    kept = _WORD.sub(lambda word: " " if word.group() in STOPWORDS_EN else word.group(), kept)
    # Numbered units and numerals are read from the whole question: 第十二条 must survive the words around it.
    found = [term for term in _terms(kept) if term not in _FUNCTION_ZH]
    present = set(found)
    found += [term for term in (*numbers(folded), *ordinals(folded)) if term not in present]
    return found or _terms(folded)


_ASKING_EN = re.compile(
    r"\bhow (?:many|much|long|often|old|large|big|fast|far|high|soon|late|early)\b"
    # Who is asked to say it. A report may be the very subject: does the report go to the council.
    r"|\b(?:does|do|did) (?:the|this) (?:report|study|policy|handbook|guide|guidance|notice|survey)"
    r"(?= (?:say|state|recommend|suggest|propose|advise|ask|mention|tell|describe|find|conclude|call|list|name"
    r"|expect|want)\b)"
    r"|\baccording to (?:the|this) (?:report|study|policy|handbook|guide|guidance|notice|survey)\b"
)


def asking_removed(folded: str) -> str:
    """A folded question without the Chinese words, and the English phrases, that only ask."""
    return _ASKING_EN.sub(" ", _ASKING_ZH.sub(" ", folded))


def language_of(text: str) -> str:
    """ "zh" where Chinese carries the text, else "en".

    In a mixed text the words that join it decide ("What does 双循环 mean?" is English), then the amounts: a Han
    character weighs as much as two Latin words do.
    """
    han = sum(len(run) for run in _HAN_RUN.findall(text))
    if not han:
        return "en"
    latin = [word.lower() for word in re.findall(r"[A-Za-z]+", text)]
    joining = sum(word in STOPWORDS_EN for word in latin)
    if joining >= 2 and not _ASKING_ZH.search(text):
        return "en" if han <= 4 * len(latin) else "zh"
    return "zh" if han * 2 >= len(latin) else "en"
