"""Follow-up questions: what an earlier turn left unsaid is put back, so that each question stands on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.understanding.clauses import ALONE, SOMETHING
from assistant.understanding.leaning import THAT_FIELD, joined, leans, pieces, says
from assistant.understanding.lexicon import VAGUE, words_of
from assistant.understanding.marks import other_marks, reference_marks, without_marks
from assistant.understanding.names import names_in
from assistant.understanding.question import without_facets
from assistant.understanding.smalltalk import small_talk
from assistant.understanding.units import item_in, unit_keys, without_units
from index.analysis import fold, language_of, query_terms
from index.numerals import NUMERAL, ORDINALS

Turn = Mapping[str, str]


@dataclass(frozen=True)
class Standalone:
    """A question that needs no earlier turn.

    text: the question. language: the language asked for, where that is not the question's own. goes_on: it may ask more of what
    was answered before, since it names nothing else in its place. further: it is the earlier question again, and asks for what
    was not told yet.
    """

    text: str
    language: str | None = None
    goes_on: bool = False
    further: bool = False


# An item of a list is asked after in fewer characters than this.
_SHORT = 60
_SWITCH = (
    (
        "en",
        re.compile(
            r"^(?:please |can you |could you )?(?:(?:say|answer|repeat|translate|give) ?(?:it|that|this"
            r"|again)? ?)?(?:in(?:to)? )?english(?: please| version)?[.?!]*$"
        ),
    ),
    (
        "en",
        re.compile(
            r"^(?:请|能|可以)?(?:用|翻译?成|换成|改成|说)?(?:英文|英语)(?:回答|说|再说一遍|版|吗|呢"
            r"|怎么说)*[。？?！!]*$"
        ),
    ),
    (
        "zh",
        re.compile(
            r"^(?:请|能|可以)?(?:用|翻译?成|换成|改成|说)?(?:中文|汉语)(?:回答|说|再说一遍|版|吗|呢)*[。？?！!]*$"
        ),
    ),
    (
        "zh",
        re.compile(
            r"^(?:please |can you |could you )?(?:(?:say|answer|repeat|translate|give) ?(?:it|that|this"
            r"|again)? ?)?(?:in(?:to)? )?chinese(?: please| version)?[.?!]*$"
        ),
    ),
)
_SWITCH_INSIDE = (
    (
        "en",
        re.compile(
            r"(?:请)?用(?:英文|英语)(?:回答)?|\b(?:answer|reply|respond) in english\b|,? ?\bin english,? please\b"
        ),
    ),
    ("zh", re.compile(r"(?:请)?用中文(?:回答)?|\b(?:answer|reply|respond) in chinese\b|,? ?\bin chinese,? please\b")),
)
# "And does it pay?" goes on with a question of its own, "and the state?" with another subject.
_VERBS_EN = "(?:what|which|who|when|where|why|how|is|are|was|were|do|does|did|can|could|should|must|may|will|has|have)"
_ABOUT = re.compile(
    r"^(?:那么?|那|还有|然后|再|另外|至于|而)?[,，\s]*(.{1,30}?)(?:方面|那边)?(?:呢|又如何|又怎样)[?？。!！]*$"
    # ... but for one in which the earlier subject stands as 这方面.
    rf"|^(?:那么?|那|至于|而)[,，\s]*((?:(?!{THAT_FIELD.pattern}).){{1,30}}?)(?:怎么样|如何)[?？。!！]*$"
    r"|^(?:and |but |so |then |ok(?:ay)?,? )*(?:what|how) about (.{1,60}?)[?.!]*$"
    rf"|^(?:and|but) (?!{_VERBS_EN}\b)(?:for |in |at )?(.{{1,60}}?)[?.!]*$"
)
# How somebody takes an answer, before they go on: "OK, and the industry?", 听着都是好处，那它的坏处呢？
_REACTION = re.compile(
    r"^(?:(?:ok(?:ay)?|right|i see|got it|thanks|thank you|great|good|fine|sure|hm+|interesting"
    r"|好的?|明白了?|知道了|懂了|了解了?|原来如此|谢谢|嗯+|哦+)[,，.。!！\s]+)+(?=\S)"
)
_REMARK = re.compile(
    r"^[^什啥哪几谁何吗么?？]{2,20}[,，](?=那)"
    r"|^[^什啥哪几谁何吗么?？]{0,8}(?:说|讲|谈|提到?|知道|明白)[^什啥哪几谁何吗么?？]{0,10}[,，](?=[\u4e00-\u9fff]{2,6}呢[?？]?$)"
)
# What asks for more of the same (还有别的吗, "What else?").
_FURTHER = re.compile(
    r"^(?=.*(?:还有|别的|其[他它]|更多|就这些|只有这些))(?:那么?|嗯|好的?"
    r"|除(?:了|此)?(?:这|那|上述|以上)?[个些]?(?:以外|之外|外)?[,，\s]*)*"
    r"(?:还有(?:没有|什么|哪些)?|有没有|没有|有|就|只有)?(?:别的|其[他它]的?|更多的?|这些)?"
    r"(?:方面|原因|办法|建议|对策|措施|问题|例子|内容|规定|要求|好处|影响|条件|材料|方法)?(?:了|没有?|吗|呢"
    r"|么)*[?？。!！]*$"
    r"|^(?:and |ok(?:ay)?,? |so |but )*(?:(?:what|who|anything|is there anything) else"
    r"|(?:any|are there(?: any)?) (?:others?|more))"
    r"(?: besides (?:that|this|these|those))?(?: (?:do|does|did) (?:it|they|the \w+) (?:say|recommend|mention))?[?.!]*$"
    r"|^(?:and )?is that (?:all|everything)[?.!]*$"
)
# What was said, and no subject.
_AS_SAID = re.compile(r"^(?:那么?|但|可是?)?[这那](?:样|么做|会|是|有|意味|说明)")
# ... and what asks for more of it in words of its own: "And the other problem at company level?"
_MORE = re.compile(
    r"\b(?:what|who|where|how|anything|something|anyone) else\b"
    r"|^(?:and |but |so )*(?:what(?:'s| is| are| about)? )?(?:the|any) others?\b"
    r"|(?:另外?|其[他余它])(?:一|那|几|两|的)[个条项种点方]"
    r"|\b(?:does|did|do|is|are|will|can|has|have) (?:it|they|that|this) also\b"
)
_BESIDES = re.compile(
    r"^除了?(?:这|那|此|上述|以上)[^，,?？]{0,12}(?:(?:以外|之外|外)[，,]?|[，,])(?=.*[还也另])"
    r"|^(?:besides|apart from|other than) (?:that|this|these|those),? "
)
_ASKS = re.compile(r"什么|哪|多少|几|谁|如何|怎|为何|吗")


def standalone(question: str, history: Sequence[Turn]) -> Standalone:
    """The question with its subject put back. A question that stands on its own comes back as it is."""
    folded = fold(question).strip()
    earlier = _earlier(history)
    for language, pattern in _SWITCH:
        if pattern.match(folded):
            return Standalone(earlier or question, language=language if earlier else None)
    for language, pattern in _SWITCH_INSIDE:
        rest = pattern.sub("", folded).strip(" ,，。.?？")
        if rest != folded.strip(" ,，。.?？") and rest and query_terms(rest):
            return Standalone(standalone(rest, history).text, language)
    if not earlier:
        return Standalone(question)
    if _FURTHER.match(folded):
        return Standalone(earlier, further=True)
    folded = _REMARK.sub("", _REACTION.sub("", folded))
    replaced = _within_unit(folded, earlier) or _other_unit(folded, earlier) or _other_ordinal(folded, earlier)
    if replaced:
        return Standalone(replaced)
    item = _item(folded)
    lines = _listed(history)
    if item is not None and (lines or item_in(folded) is None or _says_no_more(folded)):
        position = item - 1 if item > 0 else len(lines) + item
        if 0 <= position < len(lines):
            return Standalone(f"{lines[position].strip(' ?？。')} {_beside_item(folded)}".strip())
        if not unit_keys(folded):
            asked = question if item_in(folded) is not None else _point(item, earlier)
            return Standalone(f"{earlier.strip(' ?？。')} {asked}")
    more = bool(_MORE.search(folded))
    about = _ABOUT.match(folded)
    if about:
        subject = next(group for group in about.groups() if group).strip()
        if subject.startswith(("它", "其")):
            return Standalone(joined(earlier, subject, subject))
        if _marks_only(subject) or (says(subject) > VAGUE and not _ASKS.search(subject)):
            return Standalone(_replace(earlier, subject), further=more)
    if said := _said(folded, history):
        return Standalone(joined(said, question, folded), goes_on=True, further=more)
    if leans(folded, earlier):
        # 它 stands for the earlier subject; what "that" stands for was as often said in the answer.
        return Standalone(
            joined(earlier, question, folded),
            goes_on=language_of(folded) == "en" or bool(_AS_SAID.match(folded)),
            further=more,
        )
    # 除了这项政策，国家还能做什么: the question is the rest, with its capitals.
    besides = _BESIDES.match(folded)
    if besides and len(folded) == len(question.strip()):
        return Standalone(question.strip()[besides.end() :], goes_on=True, further=True)
    return Standalone(question, goes_on=True)


# What stands for all that was said, and what may stand for a name.
_ALL_SAID = re.compile(
    r"\b(?:is|was|does|did|would|why|how|about) (?:that|this)(?=[?.!]*$| an? | (?:bad|good|important|harmful|so|like)\b)"
    r"|^(?:那么?)?(?:这|那)(?:为什么|为何|会|样|意味|说明|又)|为什么(?:会)?这样"
)
_ONE_NAMED = re.compile(r"\b(?:its|it|there|they|their)\b|^(?:那么?)?(?:它|当地|那里|那边|他们)")
# A refusal said nothing that one could ask about.
_REFUSED = re.compile(
    r"没有(?:回答|提到|提及|说明)|\b(?:do(?:es)? not|don't|doesn't) (?:answer|mention|say)\b", re.IGNORECASE
)
# An answer of up to so many characters is plain enough to stand for itself.
_BRIEF = 120


def _said(folded: str, history: Sequence[Turn]) -> str:
    """The last answer, where it is brief and what a question points back to is what it said, or the one name that it is."""
    told = (
        re.sub(r"\[\d+\]", "", history[-1]["content"]).strip() if history and history[-1]["role"] == "assistant" else ""
    )
    if not told or len(told) > _BRIEF or says(told) < SOMETHING or _REFUSED.search(told):
        return ""
    named = names_in(told)
    one_name = len(named) == 1 and len(told.strip(" .。")) <= len(named[0].text) + 2
    return told if _ALL_SAID.search(folded) or (one_name and _ONE_NAMED.search(folded)) else ""


def _earlier(history: Sequence[Turn]) -> str | None:
    """The last question that was asked, itself made standalone with the turns before it."""
    for position in range(len(history) - 1, -1, -1):
        turn = history[position]
        if turn["role"] == "user" and turn["content"].strip() and not small_talk(turn["content"]):
            return standalone(turn["content"], history[:position]).text
    return None


_THIS_CHAPTER = re.compile(r"(?:这|该|本|那)一?章|\b(?:this|that) chapter\b|\bthe same chapter\b")


def _within_unit(folded: str, earlier: str) -> str | None:
    """A question about a section of the chapter that the earlier one named (这一章的第三节), or None."""
    named = re.search(rf"第\s*(?:[{NUMERAL}]+|\d+)\s*章|\bchapter\s*\d+", fold(earlier))
    if not named or not _THIS_CHAPTER.search(folded) or not _UNIT.search(_THIS_CHAPTER.sub("", folded)):
        return None
    return _THIS_CHAPTER.sub(named.group(), folded, count=1)


def _other_unit(folded: str, earlier: str) -> str | None:
    """The earlier question about another numbered unit (那第十三条呢), or None."""
    named = _UNIT.search(folded)
    # A bare decimal (And 5.1?) is a unit where the earlier question names one.
    if not unit_keys(fold(earlier)) or not named or len(words_of(without_units(folded))) > 1:
        return None
    return _UNIT.sub(named.group(), fold(earlier), count=1) if named and _UNIT.search(fold(earlier)) else None


_UNIT = re.compile(
    rf"第\s*(?:[{NUMERAL}]+|\d+(?:\.\d+)*)\s*(?:编|章|节|条|部分)"
    rf"|(?:section|chapter|article|part|clause|rule)\s*\d+(?:\.\d+)*|\d+(?:\.\d+)+"
)
_RANKED = re.compile(rf"\b({'|'.join(ORDINALS)}|last)\b")


def _other_ordinal(folded: str, earlier: str) -> str | None:
    """The earlier question about another one of a row ("And after a second one?" after "a first breach"), or None."""
    ours, theirs = _RANKED.findall(folded), _RANKED.findall(fold(earlier))
    if len(ours) == 1 and len(theirs) == 1 and ours != theirs and re.match(r"^(?:and|but|what|how|then)\b", folded):
        return _RANKED.sub(ours[0], fold(earlier), count=1)
    return None


# What an examiner begins with.
_EXAM = re.compile(r"^请?试?(?:分析|论述|简述|说明|谈谈|阐述|评价)")


def _item(folded: str) -> int | None:
    """The place of the item that a short question names in the list told last (第二条具体说说, "the last one"), or None
    where it says itself which list it means (国家层面的第一条建议)."""
    found = item_in(folded, bare=True) if len(folded) <= _SHORT else None
    if found is None:
        return None
    place, start, end = found
    before, after = _EXAM.sub("", folded[:start]), folded[end:]
    of = re.search(r"^.{0,20}?\b(?:for|of|at|to|by|in|from)\b (.+)", after)
    if item_in(folded) is not None:  # 第二条建议, not only 第二条
        named = says(before) >= SOMETHING or (of is not None and says(of.group(1)) >= SOMETHING)
    elif folded[start].isascii():  # "the last one", "the first?", and no "last update"
        named = not re.match(r" ones?\b|[?.! ]*$", after)
    else:
        named = after.startswith("规定") or sum(w.weight for w in words_of(before + after) if not w.relation) >= ALONE
    return None if named else place


def _point(item: int, earlier: str) -> str:
    """An item of a list in words that name it as one, in the language of the question that the list answered."""
    if language_of(earlier) == "zh":
        return "最后一点" if item < 0 else f"第{item}点"
    return f"the {'last' if item < 0 else next(word for word, n in ORDINALS.items() if n == item)} point"


# What asks how an item is meant, or done, is answered by the item.
_TELL_MORE = re.compile(r"怎么|如何|怎样|\bhow\b")


def _beside_item(folded: str) -> str:
    """What a question asks of an item that it names (第二条造成了什么后果), or ""."""
    found = item_in(folded, bare=True)
    if found is None or _says_no_more(folded):
        return ""
    rest = f"{folded[: found[1]]} {folded[found[2] :]}".strip()
    return (
        rest if _ASKS.search(rest) and not _TELL_MORE.search(rest) and says(without_facets(rest)) >= SOMETHING else ""
    )


def _says_no_more(folded: str) -> bool:
    """Whether a question names an item and says nothing of what (第二点具体是怎么说的)."""
    found = item_in(folded, bare=True)
    return found is not None and says(folded[: found[1]] + " " + folded[found[2] :]) < SOMETHING


_NUMBERED = re.compile(r"(?:^|(?<=[；;：:]))\s*(?:\d{1,2}[.)、]|[-*•])\s*([^\n；;]+)", re.MULTILINE)

# The items of a list told in prose: 一是……，二是……; first, ...; second, ...
_SPOKEN = re.compile(
    rf"(?:[{NUMERAL}]是|第[{NUMERAL}][,，、:：]|其[{NUMERAL}][,，:：是])\s*([^，,。；;]+)"
    rf"|\b(?:{'|'.join(ORDINALS)})(?:ly)?, ([^.;,]+)",
    re.IGNORECASE,
)


def _listed(history: Sequence[Turn]) -> list[str]:
    """The items of the list that was answered last: their labels where they have any; [] where the answer was no list."""
    answer = next((turn["content"] for turn in reversed(history) if turn["role"] == "assistant"), "")
    found = _NUMBERED.findall(answer) or [zh or en for zh, en in _SPOKEN.findall(answer)]
    lines = [re.sub(r"\s*\[\d+\]", "", line).strip() for line in found]
    return [labelled[1] if (labelled := re.match(r"\*\*(.+?)\*\*", line)) else line for line in lines]


_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")


def _marks_only(subject: str) -> bool:
    return bool(reference_marks(subject)) and says(without_marks(subject)) < SOMETHING


def _replace(earlier: str, subject: str) -> str:
    """The earlier question about another subject: a mark, a year or a name gives way to one of its own sort, and is added
    where there is none; else the piece gives way that is most like the new one."""
    folded = fold(earlier)
    if language_of(subject) != language_of(earlier) and not _marks_only(subject):
        return f"{subject} {earlier}"
    if _marks_only(subject):
        return other_marks(folded, subject) if reference_marks(folded) else f"{subject} {earlier}"
    year = re.fullmatch(rf"({_YEAR.pattern})\s*年?", subject)
    name = next((n.text for n in names_in(subject) if len(n.text) >= len(subject) - 1), "")
    if year or name:
        before = _YEAR.search(folded) if year else None
        sort = before.group() if before else next((fold(n.text) for n in names_in(earlier) if not year), "")
        if sort:
            return folded.replace(sort, year.group(1) if year else subject, 1)
        return f"{subject}{folded}" if language_of(folded) == "zh" else f"{folded.strip(' ?.')} in {subject}?"
    found = pieces(folded)
    if not found:
        return f"{subject} {earlier}"
    if language_of(folded) == "zh" and not says(without_facets(fold(subject))) > VAGUE:
        return subject.join(
            folded.rsplit(found[-1], 1)
        )  # 有哪些进展 … 毛病呢: what is asked of the subject stands last
    ours = set(query_terms(subject))
    shares = [len(ours & set(query_terms(p))) / max(1, len(ours | set(query_terms(p)))) for p in found]
    # Without a likeness: a Chinese question names its subject first, an English one last.
    likeliest = (
        max(range(len(found)), key=lambda i: shares[i])
        if max(shares) >= 0.15
        else (0 if language_of(folded) == "zh" else -1)
    )
    return folded.replace(found[likeliest], subject, 1)
