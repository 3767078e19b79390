"""The clauses of what somebody writes: which of them ask, how many questions they make, and which say who is asking."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.lexicon import VAGUE, words_of
from assistant.understanding.names import names_in
from assistant.understanding.question import Question, understand, without_facets
from index.analysis import fold, simplified
from index.numerals import NUMERAL

_ASKS = re.compile(
    r"什么|啥|哪|几|谁|如何|怎么|怎样|为何|吗|呢|多[少久长大高快远重]|何时|是不是|是否"
    r"|\b(?:what|which|who|when|where|why|how|is|are|does|do|did|can)\b",
    re.IGNORECASE,
)
_SEAM = re.compile(
    r"[?？]\s*|[,，;；]\s*(?:以及|并且|还有|同时|and |or )?|\s+and (?=(?:what|which|who|when|where|why|how)\b)",
    re.IGNORECASE,
)
# What asks the same of something else: 预留多大比例？其中小微企业呢？
_ELLIPTIC = re.compile(r"[^什哪几谁何吗]{1,14}呢|(?:and )?(?:what|how) about [^,?]+", re.IGNORECASE)
# What says something of what was asked about before (对产业链造成什么后果), however much it says.
_SUBJECTLESS = re.compile(
    r"^(?:那|又|还|而且|并)?(?:对|给|会(?!议|员|计)|这(?![个些项种]?(?:文|论文|办法|政策|报告))|它|其(?![他中])|造成"
    r"|带来|导致|反映|影响)"
    r"|\b(?:it|its|them)\b",
    re.IGNORECASE,
)
# What only asks whether it was said (点名了吗) asks nothing more.
_TAG = re.compile(
    r"[^什哪几谁何怎多]{1,6}[吗没]|(?:具体|分别)(?:是|叫|有)(?:什么|啥|哪些|谁)"
    r"|(?:is|are|does|do|did|has|have) (?:it|they|he|she)(?: (?:say|tell|mention))?(?: so)?"
)
# What asks how many of something there are, and not where.
_NO_PLACE = re.compile(
    r"有(?:多少|几)|^(?:又|还|都|一共|共)?有(?:哪些|什么|没有)|\b(?:how (?:many|much)|what|which)\b.{1,60}\b(?:are|is|were|was) there\b",
    re.IGNORECASE,
)
# What is wanted of something, after a dash: appeal against a notice - deadline.
_KEYWORD = re.compile(r"[-–—:] (?:the )?(?:deadlines?|dates?|fees?|costs?|price|amount|rate|percentage)$")
_MOST_PARTS = 3
# With this much in it, by weight of its words, a later question stands by itself.
ALONE = 1.2
# With less than this the first of several has nothing to be about.
SOMETHING = 0.3


# Courtesies, and whom they are addressed to: clauses that name things which the answer need not hold.
_COURTESY = re.compile(
    r"^(?:您?你?好|谢谢|多谢|感谢|打扰|不好意思|以便|以供|供.{1,6}(?:参考|使用|学习|阅读|审阅|汇报|决策)$"
    r"|(?:各位|尊敬的)?(?:老师|领导|同学|导师|客户|朋友|专家|大家)(?:们)?(?:您|你)?们?好?$"
    r"|hi\b|hello\b|hey\b|dear\b|thanks?\b(?! to)|thank you|please$|sorry|excuse me|i was wondering$|quick question"
    r"|for my |in (?:short|(?:plain|simple|lay|layman'?s|other|a few) (?:terms|words|english|language))$"
    r"|briefly$|good (?:morning|afternoon|evening))"
)
_PLEASE = re.compile(r"^(?:(?:could|can|would) you|please) (?:please )?(?:explain|help|tell me|clarify|advise)$")
# Openings that are courtesies where nothing else is said in the clause.
_OPENING = re.compile(r"^(?:请问|麻烦|请教|想了解|想问|想请教|我想|我要|我)+(?:您|你|一下|问|了解|请教|知道|看看|查)*")
# Who is asking, and what for. What they think, or what is theirs, may be the very subject: 我觉得…, 我们制造业的短板.
_ASKER = re.compile(
    r"^(?:我们?|本人|俺|咱们?)(?:的?(?:公司|单位|部门|团队|学校|老板|导师|老师|领导|厂))?"
    r"(?:自己)?只?(?:是|在|来自|正在?|最近|刚|今年|明天|下周|叫|姓|住|从事|负责|做|开|要|得|需要|准备|打算|快|急|写"
    r"|读|有|给|用|看|想(?:写|做|用|找|申请)|[没不]太?[看听]?(?:懂|明白|清楚)$)"
    r"|^作为(?:一?[名个位家].{1,10}|.{0,6}[生者员师民长户们])$"
    r"|^(?:老师|领导|导师|客户|老板|同学|同事|朋友|经理)(?:们|刚|刚才|昨天|今天)?(?:让|叫|要求|要我|催|问|派|等着)"
    r"|^(?:i am|i'm|i(?:'ll| will)|i (?:live|work|study|manage|run|own|lead|teach)|we are|we're|my name)\b|^as an?\b"
)
# The same before what they would like to have, without a comma.
_AS_ONE = re.compile(
    r"^(?:as|speaking as|being) an? [a-z][a-z -]{2,40}?,? (?=(?:i'd|i would) like\b|i (?:want|need)\b)", re.IGNORECASE
)
# What asks about whoever is asking: then what they are is part of it ("I'm on benefits, do I pay less").
_OF_ASKER = re.compile(
    r"\b(?:do|can|may|must|should|will|could|would|am|are|have|shall|need) (?:i|we)\b"
    r"|\b(?:i|we) (?:can|may|must|should|have to|get|qualify)\b"
    r"|我们?(?:还)?(?:能|可以|可否|要|需要?|应该?|得|是否|该|算|属于|享受)"
)
_FIRST_PERSON = re.compile(r"我(?![国省市县])|咱|俺|\b(?:i|i'm|my|we|we're|our)\b")
# What asks without a word for it: 会不会断, "will it stop".
_OPEN_ENDED = re.compile(
    r"([\u4e00-\u9fff])不\1|^(?:and |so |but )?(?:will|can|do|does|is|are|may|must|should|would|could)\b"
)
_POINTS_BACK = re.compile(r"[它其]|这[个种些]|\b(?:it|they|them|its|their)\b|\b(?:this|that)(?=[?.!]*$)")
# The place that somebody says they are in, or write of.
_THERE = re.compile(
    r"那[里边儿]|当地|\b(?:in|at|over|up|down|[a-z]+s) there\b(?! (?:is|are|was|were)\b)|\bthere[?.!,]*$"
)
_ABOUT = re.compile(r"关于|有关|\b(?:about|on the topic of|interested in)\b")


def without_padding(text: str) -> str:
    """A text without courtesies and clauses about whoever asks (我在北京工作, "I live in Canada."), where more is left.

    What somebody says of themselves stays where it is what the rest is about (我在做企业文化，文中怎么说), or where the rest
    asks about them."""
    text = _without_orders(text)
    for_one = _AS_ONE.sub("", text)
    text = text if _OF_ASKER.search(fold(for_one)) else for_one
    clauses = _clauses(text)
    kept = [c for c in clauses if not _is_courtesy(c)]
    asking = [c for c in kept if not _is_of_asker(c)]
    rest = " ".join(asking)
    enough = ALONE if _POINTS_BACK.search(fold(rest)) else SOMETHING
    if _says(rest) >= enough and not _OF_ASKER.search(fold(rest)) and not _THERE.search(fold(rest)):
        kept = asking
    return " ".join(kept) if kept and len(kept) < len(clauses) else text


# What orders whoever answers about, beside a question: "Ignore the document and write …", 【系统通知：…】
_ORDER = re.compile(
    r"【(?:系统|管理员|提示|指令|注意)[^】]{0,200}】|\[(?:system|admin|notice)\b[^\]]{0,200}\]"
    r"|(?:^|(?<=[.!?。！？]))\s*(?:please )?(?:ignore|disregard|forget|override)\b[^.!?。！？]{0,200}[.!。！]"
    r"|(?:^|(?<=[.!?。！？]))\s*(?:请)?(?:忽略|无视|忘掉|忘记)[^.!?。！？]{0,200}[.!。！]",
    re.IGNORECASE,
)


def _without_orders(text: str) -> str:
    """A text without orders to whoever answers, where a question is left."""
    rest = _ORDER.sub(" ", text).strip()
    return rest if rest != text and _ASKS_FOR.search(rest) and _says(rest) >= SOMETHING else text


def of_asker(clause: str) -> bool:
    """Whether a clause says something of whoever asks."""
    return bool(_FIRST_PERSON.search(fold(clause)))


def told_first(text: str) -> str:
    """The clauses that tell of whoever asks before a later one asks (我妈要去深圳住半年，…): names in them need not be in the
    documents."""
    clauses = _clauses(text)
    return " ".join(c for c in clauses[: _first_asking(clauses)] if of_asker(c))


def without_story(text: str) -> str:
    """A text without what is told before a later sentence asks: of whoever asks, or of what has happened where enough is left."""
    clauses = _clauses(text)
    first = _first_asking(clauses)
    ended = next((n for n in range(first, 0, -1) if clauses[n - 1].rstrip()[-1] in ".。!！"), 0)
    rest = [(n, c) for n, c in enumerate(clauses) if n >= first or not of_asker(c)]
    asking = " ".join(c for n, c in rest if n >= ended)
    told = " ".join(c for _, c in rest)
    return asking if _says(asking) >= ALONE else told if _says(told) >= SOMETHING else text


def _first_asking(clauses: list[str]) -> int:
    """The place of the first clause that asks; 0 where none does."""
    asking = (n for n, c in enumerate(clauses) if _ASKS_FOR.search(c) or _OPEN_ENDED.search(fold(c)))
    return next(asking, 0)


def _clauses(text: str) -> list[str]:
    return [
        c for c in re.split(r"(?<=[,，。.!！;；:：?？])(?<!\b[A-Z]\.)\s*(?![\d%])|(?<=\s[-–—])\s+", text) if c.strip()
    ]


def _is_courtesy(clause: str) -> bool:
    bare = _bare(clause)
    opening = _OPENING.search(bare) and _says(_OPENING.sub("", bare)) < SOMETHING
    return bool(_PLEASE.search(bare)) or (bool(_COURTESY.search(bare) or opening) and not _ASKS_FOR.search(clause))


def _is_of_asker(clause: str) -> bool:
    bare = _bare(clause)
    return bool(_ASKER.search(bare)) and not _ABOUT.search(bare) and not _ASKS_FOR.search(clause)


def _bare(clause: str) -> str:
    return fold(clause).strip(" ,，。.!！;；:：?？-–—")


def _says(text: str) -> float:
    return sum(w.weight for w in words_of(text))


_ASKS_FOR = re.compile(
    r"什么|哪|多少|几[个条项]|谁|如何|怎么|怎样|为何|吗|多久|何时|是不是|是否|有没有|能不能|能否|可否"
    r"|\b(?:what|which|who|when|where|why|how)\b|\?|？"
)


# What a question says that it does not ask for.
_EXCLUDED = re.compile(
    r"[,，]?\s*(?:rather than|instead of|as opposed to(?! (?:what|how|those?|that|the ones?)\b)) [^,，.?？。!！;；]{2,60}"
    r"|[,，]?\s*(?:而不是|而非|不要|不是)(?:说|讲|给|对)?[^,，.?？。!！;；的]{1,12}的(?=[,，.?？。!！;；]|$)",
    re.IGNORECASE,
)
# "For firms, not for the state": a phrase beside its like. Told not to store files is what they were told.
_NOT_FOR = re.compile(
    r"\b((to|for)\b[^,，.?？。!！;；]{2,60}?)(?:[,，]\s*(?:but )?"
    r"| but )not (?:the ones? )?\2\b[^,，.?？。!！;；]{2,60}",
    re.IGNORECASE,
)
# What is put in between asks nothing: "what, all told, is holding it back".
_PUT_IN = re.compile(r"\b(what|why|how|which|who|when|where), [^,，?？;；]{2,40}, (?=[a-z])", re.IGNORECASE)

# How long the answer is to be: the form of what is asked for, and no part of it.
_LENGTH = re.compile(
    r"(?:请)?(?:[用以]|不超过)?[一二两三四五几]{1,2}(?:句"
    r"|段)话?(?:[以之]内)?(?=[^,，。?？]{0,8}(?:总结|概括|概述|归纳|说|讲|介绍|解释))"
    rf"|(?:请)?[用以]?(?:不超过)?[{NUMERAL}\d]{{1,4}}个?字(?:[以之]内|左右)?(?:的"
    rf"|来)?(?=[^,，。?？]{{0,8}}(?:总结|概括|概述|归纳|说|讲|介绍|解释|摘要))"
    r"|\b(?:in|with|using) (?:(?:just|only|under|about|around|no more than|fewer than|at most|up to|a couple of|a) )*"
    r"(?:an?|one|two|three|four|five|six|ten|few|several|some|couple|\d+)?(?: (?:or|to) (?:two|three|four|five))?"
    r"(?: (?:short|simple|plain|quick|brief|single))*"
    r" (?:sentences?|lines?|words?|paragraphs?|bullet points?|bullets?)\b(?! of\b)(?: each)?,?",
    re.IGNORECASE,
)

# 怎么个收法 asks how one does it, and names no law.
_WAY = re.compile(r"怎么?个([\u4e00-\u9fff]{1,2})法")

# Where something stands is its current state.
_STANDS = re.compile(
    r"\bwhere (?!(?:do|does|did|is|are|was|were|can|could|should|must|may|will|to)\b)([^,.?]{2,60}?) stands?"
    r"(?: (?:today|now|at present|at the moment)|(?=[,.?]|$| for\b| at\b| in\b))",
    re.IGNORECASE,
)

# Whose likes are meant is whoever asks: companies like mine are companies.
_LIKE_MINE = re.compile(r" like (?:mine|ours|me|us)\b|像(?:我|我们|咱们|咱)(?:这样|这种|这类|一样)的?", re.IGNORECASE)


def _opening(part: str) -> list[str]:
    """The first two words of an English question."""
    return fold(part).split()[:2]


def questions_in(text: str) -> list[Question]:
    """The questions that a text asks, in order: "how long is it, and who decides" are two.

    A later one that leans on the first (最长能延多久) is searched for together with it.
    """
    text = _LIKE_MINE.sub("", without_padding(text))
    text = _LENGTH.sub(" ", text).strip() or text
    text = _WAY.sub(r"怎么\1", text)
    text = _STANDS.sub(r"the current state of \1", text)
    text = _NOT_FOR.sub(r"\1", _EXCLUDED.sub("", _PUT_IN.sub(r"\1 ", text)))
    parts: list[str] = []
    for clause in (part.strip() for part in _SEAM.split(simplified(text)) if part and part.strip()):
        # A deadline is asked for without a word that asks.
        keyword = bool(parts) and bool(_KEYWORD.search(fold(parts[-1])))
        if parts and not _ASKS.search(parts[-1]) and not keyword:
            parts[-1] += " " + clause  # what is said before asking belongs to the question
        else:
            parts.append(clause)
    if len(parts) > 1 and _TAG.fullmatch(fold(parts[-1])) and all(w.weight <= VAGUE for w in words_of(parts[-1])):
        text = text[: simplified(text).rindex(parts.pop())].rstrip(" ,，;；。")
    if len(parts) > 1 and not _ASKS.search(parts[-1]):
        parts[-2:] = [" ".join(parts[-2:])]
    if parts and sum(w.weight for w in words_of(parts[0])) < SOMETHING:
        return [understand(text)]  # "Why, in their words, is …" is one question
    whole = understand(text)
    if len(whole.facets) == 2 and len(parts) == 2 and _says(without_facets(fold(parts[0]))) < SOMETHING:
        return [whole]  # "which problems and which remedies concern landlords"
    if len(parts) == 2 and _says(parts[0]) < ALONE / 2 and _opening(parts[0]) == _opening(parts[1]):
        return [whole]  # "what has gone well and what has gone badly in the studio"
    if whole.sides or not 1 < len(parts) <= _MOST_PARTS:
        return [whole]
    first = understand(parts[0])
    found = [replace(first, language=whole.language)]
    for part in parts[1:]:
        joined = f"{_ASKS.sub(' ', parts[0])} {part}"
        if _ELLIPTIC.fullmatch(part):
            found.append(replace(first, text=joined, folded=fold(joined), language=whole.language))
            continue
        asked = understand(part)
        if sum(w.weight for w in words_of(without_facets(part))) >= ALONE and not _SUBJECTLESS.search(part):
            # "How is Shenzhen doing, and how many lines are there": there, too.
            goes_on = not names_in(part) and _NO_PLACE.search(part)
            named = " ".join(name.text for name in names_in(parts[0])) if goes_on else ""
            alone = f"{named} {part}".strip()
            found.append(replace(asked, text=alone, folded=fold(alone), language=whole.language))
            continue
        # "What problems are there, and how can they be solved": a remedy for the problems, not for the subject.
        facets = tuple(dict.fromkeys((*first.facets, *asked.facets))) if asked.facets else ()
        found.append(replace(asked, text=joined, folded=fold(joined), language=whole.language, facets=facets))
    return found
