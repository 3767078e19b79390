"""Refusal: whether the documents answer a question at all, weighed before anything is composed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import log

from assistant.extractive.documents import named_documents
from assistant.extractive.enumerations import naming
from assistant.extractive.evidence import Candidate
from assistant.extractive.forms import fitting
from assistant.extractive.measures import measured, ranked
from assistant.extractive.mentions import asked_names, holds_one, telling_names
from assistant.extractive.premise import contradicts
from assistant.extractive.reading import Reader
from assistant.extractive.sides import asks_what_is_forbidden, says_forbidden
from assistant.extractive.structure import lookup, translated_title
from assistant.understanding.clauses import told_first
from assistant.understanding.designators import classes_in, designators_in
from assistant.understanding.lexicon import UNLISTED, VAGUE, Word, alike, has_other, parts, rarity, words_of
from assistant.understanding.names import names_in, only_names, phrases_in
from assistant.understanding.question import Question
from index.analysis import STOPWORDS_EN, language_of, terms
from index.crossencoder import cross_encoder
from index.passages import section_of
from index.store import PassageIndex

# The floor of the evidence score below which a question counts as unanswered, where the index carries no value of its own
# (see eval/calibration.py): for documents of up to so many sentences, and what it rises by for e times as many. The more
# sentences there are, the likelier one of them resembles a question by chance.
FLOOR, SENTENCES, RISE, HIGHEST = 0.525, 60, 0.03, 0.68
# How far evidence is above the floor, and how near it reads, is its certainty. From so much on the cross-encoder is not asked, which
# takes time: of 743 such questions of development halves it would refuse 3 of the 9 that have no answer, and none that has one.
CERTAIN = 1.1
# What counts with the log-odds of the likeliest sentence: more the larger the share of the question that is covered; less the nearer
# the word vectors are, from ABOUT on, since what is near and covers little is mostly about the same subject and no answer; less
# where the certainty is below THIN, since what is about nothing in the documents reads as an answer at times.
COVERS, NEAR, ABOUT, FAR, THIN = 5.0, 8.0, 0.25, 2.0, 0.3
# What that has to come to; more for an amount, which is there or not, and for a higher floor. On development halves (n=1,864 and
# 1,720), false answers, false refusals and nugget recall at -3.1 / -3.2 in Chinese: 11.8 / 12.2, 5.9 / 5.6, 84.7 / 84.9 %; at
# -2.7 / -2.9 in English: 19.8 / 21.0, 6.4 / 5.7, 78.6 / 79.1 %.
ANSWERS, AMOUNT, RAISED = {"zh": -3.2, "en": -2.8}, 1.0, 6.0
# It reads so many sentences; what each point of log-odds that one lies behind the likeliest takes from its score.
READ_CLOSELY, LIKELIER = 3, 0.08
# The share of a question that a sentence covers which denies what it takes for granted, and has not the amount that it asks for.
DENIED = 0.7
# A sentence without the name or year asked for must beat one that has it by this factor to be taken instead.
WITHOUT = 1.35


def floor_of(index: PassageIndex) -> float:
    """The floor of an index: the calibrated one that it carries, else one for its size."""
    sentences = sum(len(passage.sentences) for passage in index.passages)
    rise = RISE * log(max(1.0, sentences / SENTENCES))
    return index.manifest.calibration.get("floor", min(HIGHEST, FLOOR + rise))


@dataclass(frozen=True)
class Verdict:
    """answerable: the evidence is strong enough. missing: what the question names and the evidence does not hold.

    conflict: the best evidence contradicts what the question takes for granted. candidates: the evidence that counts.
    """

    answerable: bool
    candidates: list[Candidate]
    missing: str | None = None
    conflict: bool = False


def judge(reader: Reader, question: Question, candidates: list[Candidate], floor: float) -> Verdict:
    """Weigh the evidence for a question that is not about the document's structure."""
    if not candidates:
        return Verdict(False, candidates)
    kept = _holding(reader, question, candidates)
    # 还有吗 after nothing asks about nothing.
    if not kept or all(w.weight <= VAGUE for w in words_of(question.text)):
        return Verdict(False, candidates)
    fit = fitting(question, kept)
    kept = ranked(question, naming(reader, question, measured(reader, question, fit)))
    # By how much it rose, where the best sentence says that it fell: that has no amount, and is what there is to say.
    lacks = bool(question.measure) and fit[0].key not in {c.key for c in kept}
    if lacks and fit[0].coverage >= DENIED and contradicts(question, fit[0]):
        kept = fit
    kept = strong(reader, question, kept, floor) if kept else []
    if not kept or not _beyond_names(question, kept):
        return Verdict(False, candidates)
    if asks_what_is_forbidden(question) and not any(_forbids(c) for c in kept):
        return Verdict(False, candidates)
    return Verdict(True, kept, conflict=contradicts(question, kept[0]))


def _forbids(candidate: Candidate) -> bool:
    """Whether a sentence, what stands around it or its heading says that something must not be."""
    studied = candidate.studied
    return says_forbidden(studied.around.folded) or says_forbidden(studied.headings.folded)


def _beyond_names(question: Question, candidates: list[Candidate]) -> bool:
    """Whether the evidence holds anything of a question but the names in it: a city's weather is not its industry.

    A number to ring is itself what is asked for."""
    named = {term for name in names_in(question.text) for wanted in name.term_sets() for term in wanted}
    rest = [w.literal for w in words_of(question.text) if w.weight > VAGUE and w.text not in named]
    if not named or not rest or question.measure == "contact" or only_names(question.text):
        return True
    return any(
        c.held.match(w) or c.studied.headings.match(w) or c.studied.around.match(w)
        for c in candidates[:3]
        for w in rest
    )


def strong(reader: Reader, question: Question, candidates: list[Candidate], floor: float) -> list[Candidate]:
    """The evidence where the best of it answers the question; [] where it does not. Where that is not certain, the cross-encoder
    reads each sentence with the question, and says how likely it is to answer; those that are likelier come first."""
    best = candidates[:READ_CLOSELY]
    above = max(c.coverage + c.cosine for c in best) - floor
    certainty = above + max(c.reading for c in best)
    # No one sentence says what sets two sides apart.
    if certainty >= CERTAIN or (question.kind == "comparison" and above >= 0):
        return candidates
    odds = answering(reader, question, best)
    covered, near = max(c.coverage for c in best), max(c.cosine for c in best)
    likely = max(odds) + COVERS * covered - NEAR * max(ABOUT, near) - FAR * max(0.0, THIN - certainty)
    wanted = ANSWERS[question.language] + RAISED * (floor - FLOOR) + (AMOUNT if _asks_amount(question) else 0)
    if likely < wanted:
        return []
    read_closely = [
        replace(c, score=c.score + LIKELIER * (o - max(odds)), odds=o) for c, o in zip(best, odds, strict=True)
    ]
    return sorted([*read_closely, *candidates[READ_CLOSELY:]], key=lambda c: -c.score)


def _asks_amount(question: Question) -> bool:
    """Whether a question asks for one particular thing, which is either there or not; a place may be told in many ways."""
    return question.measure not in ("", "place")


def answering(reader: Reader, question: Question, candidates: list[Candidate]) -> list[float]:
    """The log-odds that each sentence answers a question, as the cross-encoder reads the two, under its heading."""
    told = []
    for candidate in candidates:
        document = reader.index.documents[candidate.passage.document]
        words = candidate.sentence.translation
        in_language = words is not None and language_of(words) == question.language
        section = section_of(document, candidate.passage)
        title = translated_title(document, section, question.language) if section else ""
        told.append((title, words if words and in_language else candidate.original))
    return cross_encoder().odds(question.text, told)


def missing_unit(index: PassageIndex, question: Question) -> str | None:
    """The numbered unit that a question names and no document has, or None."""
    if question.kind != "section" or lookup(index, question.units, named_documents(index, question)):
        return None
    match = re.search(
        r"第\s*\S{1,6}?\s*(?:编|章|节|条|部分)|(?:section|chapter|article|part|clause|rule)\s*[\d.]+", question.folded
    )
    return match.group() if match else question.units[0]


_BEYOND = re.compile(
    r"\b(?:from|with|using|by) your (?:own )?(?:general )?knowledge\b"
    r"|\b(?:ignore|forget|don't use) (?:the|your|these) (?:documents?|paper|text|sources?)\b"
    r"|(?:用|凭|靠|按|根据)你(?:自己)?的?(?:常识|知识|理解)"
    r"|(?:今天|明天|后天|下周).{0,6}(?:天气|气温)(?:怎么?样|如何|好不好|多少度)"
    r"|(?:今天|明天|后天).{0,4}(?:会不会|会|要)(?:下雨|下雪)"
    r"|(?:今天|明天|后天|周末|下周)[^,，。?？]{0,8}(?:下不下[雨雪]|下[雨雪]吗|冷不冷|热不热|带不带伞)"
    r"|(?:今天|明天|后天|下周).{0,4}(?:股市|股价|大盘|汇率|油价|房价).{0,3}(?:涨|跌|怎么?样)"
    r"|\bwhat(?:'s| is| will) (?:the )?weather\b|\bhow(?:'s| is) the weather\b"
    r"|(?:不要|别|不用|忽略|抛开)(?:看|管|参考|依据|理会?)?(?:这些|这篇|这份)?(?:文档|论文|文件|资料)"
    # What the assistant itself was told.
    r"|你的?(?:隐藏|系统|初始|秘密)的?(?:提示词?|设定|设置|指令|规则|prompt)|你的?(?:提示词|prompt)"
    r"|\byour (?:hidden|system|secret|initial) (?:prompt|instructions?|settings?|rules|guidelines)\b"
    r"|\b(?:reveal|show|print|repeat|tell)(?: me)? (?:the|your) (?:system prompt\b|prompt(?=\W*$))"
)


# Works that somebody else would have to make.
_MAKING = re.compile(
    r"(?:写|作|编|创作|生成|来)(?:一|几|两)?[首段篇封个份则支]?[^，,。？?的]{0,4}(?:的|关于.{1,12}的)?[^，,。？?]{0,6}"
    r"(?:诗|歌词|歌|绝句|代码|程序|函数|脚本|小说|故事|作文|邮件|演讲稿|文案|笑话)(?:[?？。,，!！吧]|$)"
    r"|\b(?:write|compose|generate|create|draft)\b(?: me| us)?(?: an?| some| the)?(?: [a-z-]+){0,3}"
    r" (?:poem|haiku|song|lyrics|function|code|program|script|essay|story|e-?mail|letter|speech|joke|tweet)\b"
    r"|\btranslate\b.{1,60}\b(?:in)?to (?:french|german|spanish|japanese|korean|russian|italian|arabic)\b"
)


def beyond_documents(question: Question) -> bool:
    """Whether a question asks for what somebody knows from elsewhere, or for a work of one's own, and not for what the
    documents say."""
    return bool(_BEYOND.search(question.folded) or _MAKING.search(question.folded))


# What people ask of a study rather than of its subject; it is there in so many words, or it is not there.
_ABOUT_WORK = re.compile(
    r"(?:研究|论文|文章|作者|本文|文中|该文).{0,8}?(基金|资助|期刊|发表|样本|问卷|数据来源|研究方法|计量|回归|模型"
    r"|访谈|单位|姓名|字数|页数)"
    r"|(样本量|样本数|问卷|回归(?:模型|分析|系数)|计量模型|控制变量|工具变量)"
    r"|(资助|赞助).{0,4}(?:研究|论文|文章)"
    r"|作者.{0,6}?(学校|大学|学院|院校|机构|邮箱|职称|导师)"
    r"|\b(who (?:funded|wrote|authored|published|sponsored|reviewed)|grant number)\b"
    r"|\b(?:which|what) [a-z]+ (funded|sponsored) (?:the|this)\b"
    r"|\bwho (?:is|are|was|were) the (authors?|writers?)\b"
    r"|\b(?:which|what) (figure|table|diagram|chart|appendix|university|institution)\b"
    r"|作者(?:是谁|都?有谁|叫什么)|哪[一个张幅]{0,2}(图表|插图|附录)"
    r"|\b(sample size|regression|questionnaire|data ?set|data source|(?<!to )interviews?|journal|funding)\b"
)


# What stands in brackets after a quoted term says it in other words: “using the inside …” (以内促外).
_GLOSS = re.compile(r"[”\"'’」]\s*[（(]([^）)]{2,40})[）)]")


def unmentioned(index: PassageIndex, question: Question) -> str | None:
    """A name, year or quoted term of the question that no document holds, or None."""
    vocabulary = index.lexical.vocabulary
    titles = {term for document in index.documents.values() for term in terms(document.title)}
    for name, sets in asked_names(index, question):
        if not any(all(t in vocabulary or t in titles for t in wanted) for wanted in sets):
            return name
    for phrase in phrases_in(question.text):
        if not all(_held(index, word, itself=False) for word in phrase.split()):
            return phrase
    story = told_first(question.text) if question.years else ""
    for year in question.years:
        if year not in vocabulary and year not in story:
            return year
    for spelt, sets in classes_in(question.text):
        if not _any_held(index, sets):
            return spelt
    for group in (g for about in _ABOUT_WORK.finditer(question.folded) for g in about.groups() if g):
        forms = [t for t in terms(group) if len(t) > 1]
        telling = [t for t in forms if t not in STOPWORDS_EN] or forms
        if not all(t in vocabulary for t in telling):
            return group
    if question.mention and not _held(index, question.mention, itself=True):
        return question.mention
    if question.kind == "definition" and question.term and not _held(index, question.term, itself=False):
        return question.term
    glossed = any(g and all(t in vocabulary for t in terms(g) if len(t) > 1) for g in _GLOSS.findall(question.text))
    for quoted in () if glossed else question.quoted:
        wanted = [t for t in terms(quoted) if len(t) > 1]
        if wanted and not any(t in vocabulary or has_other(Word(t, 1.0, alike(t)), vocabulary) for t in wanted):
            return quoted
    return None


def _any_held(index: PassageIndex, sets: list[list[str]]) -> bool:
    """Whether the documents have all the terms of one of several sets."""
    return any(all(term in index.lexical.vocabulary for term in wanted) for wanted in sets)


def _held(index: PassageIndex, term: str, *, itself: bool) -> bool:
    """Whether any document has the word that says most in a term, or one that can stand for it; `itself`: its
    likeliest translation only.

    A word that nobody knows may be a slip, and counts as held."""
    words = [w for w in words_of(term) if w.weight > VAGUE and not w.number and rarity(w.text) < UNLISTED]
    if not words:
        return True
    most = max(words, key=lambda w: w.weight)
    vocabulary = index.lexical.vocabulary
    spelt = [t for t in parts(most.text) if len(t) > 1]
    translated = tuple(o for o in most.others if o.isascii() != most.text.isascii())
    sought = replace(most.literal, others=translated[:1]) if itself else most
    return not spelt or any(t in vocabulary for t in spelt) or has_other(sought, vocabulary)


def _demands(index: PassageIndex, question: Question) -> list[tuple[str, list[list[str]]]]:
    """The names and years that an answering sentence, or the passage around it, has to hold: the text, and term sets."""
    story = told_first(question.text) if question.years else ""
    demands = [(year, [[year]]) for year in question.years if year not in story]
    if question.kind != "comparison":
        designated = [found for found in designators_in(question.text) if _any_held(index, found[1])]
        demands = [*telling_names(index, question), *demands, *designated]
    for quoted in question.quoted:
        wanted = [t for t in terms(quoted) if len(t) > 1]
        if wanted and all(t in index.lexical.vocabulary for t in wanted):
            demands.append((quoted, [wanted]))
    return demands


def _holding(reader: Reader, question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates that hold each name and year asked for, in the sentence or else around it; all where none is asked for.

    [] where they only stand in sentences about something else.
    """
    kept = candidates
    for _, sets in _demands(reader.index, question):
        near = [c for c in kept if _holds(reader, c, sets, around=True)]
        exact = [c for c in near if _holds(reader, c, sets, around=False)]
        titled = [c for c in near if holds_one(c.studied.title.terms, sets)]
        well = (found for found in (titled, exact) if found and found[0].score * WITHOUT >= kept[0].score)
        chosen = next(well, near)
        if not chosen or chosen[0].score * WITHOUT < kept[0].score:
            return []
        kept = chosen
    return kept


def _holds(reader: Reader, candidate: Candidate, sets: list[list[str]], *, around: bool) -> bool:
    """Whether a sentence holds a name, as it does where that is what its document is about; or what stands around it does."""
    studied = candidate.studied
    held = candidate.named | reader.about(reader.index.documents[candidate.passage.document]).terms
    if around:
        held = held | studied.headings.terms | studied.around.terms
    return holds_one(held, sets)
