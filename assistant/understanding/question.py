"""Understanding a question without a model: its language, what it asks for, and what in it must be found in the documents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.advice import asks_advice
from assistant.understanding.kinds import kind_of, sides_of
from assistant.understanding.marks import reference_marks
from assistant.understanding.units import item_place, label_in, unit_keys, without_items
from assistant.understanding.wanted import counted_of, measure_of, term_of
from assistant.understanding.whereabouts import asks_whereabouts, without_whereabouts
from index.analysis import fold, language_of
from index.numerals import CARDINALS, NUMERAL, numbers, whole


@dataclass(frozen=True)
class Question:
    """A question, understood on its own.

    kind: one of KINDS.
    folded: the text as search sees it (see index.analysis.fold).
    numbers: plain decimals in it, years among them; years: those that are years.
    quoted: terms in quotation marks.
    units: numbered units it names, as keys (see `unit_keys`). marks: reference marks such as [3].
    sides: the two things that a comparison names. count: how many items it asks for.
    measure: what form the answer has to have: "number", "share" (a percentage), "money", "time", "rank", "identity" (who
        that is), "place" (which city or country), "contact" (a number to ring, an address on the net), or "".
    item: the place in a list that it asks for, from 1; -1 is the last. label: what it calls by a word and a number, which may
        stand so in a text ("recommendation 8").
    counted: the words for what "how many" counts or a rate is of, folded, or "". term: what a definition is asked of.
    several: the things that it names in a row, folded ("企业、行业、政府"). everything: whether it asks for all there is.
    each: whether it asks the same of each of them (分别).
    mention: what it asks to be mentioned at all or where, folded, or "".
    advice: whether it asks what somebody should do. facets: "problem" and "solution", those of the two that it asks for.
    whereabouts: whether it asks in which section something stands; text and folded are then what that is.
    """

    text: str
    language: str
    kind: str
    folded: str
    numbers: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    marks: tuple[int, ...] = ()
    sides: tuple[str, str] | None = None
    count: int | None = None
    item: int | None = None
    label: tuple[str, int] | None = None
    measure: str = ""
    counted: str = ""
    term: str = ""
    several: tuple[str, ...] = ()
    everything: bool = False
    each: bool = False
    mention: str = ""
    advice: bool = False
    facets: tuple[str, ...] = ()
    whereabouts: bool = False


def understand(text: str) -> Question:
    """Read a standalone question. Any text will do; nothing raises."""
    folded = fold(text)
    language = language_of(text)
    units = tuple(unit_keys(folded))
    marks = tuple(reference_marks(folded))
    item, label = item_place(folded), label_in(folded)
    if item is not None:
        # What is looked for is the list; a place in it stands nowhere in the words of its items.
        folded = without_items(folded)
        text = without_items(text) if language == "en" else folded
    whereabouts = not units and asks_whereabouts(folded)
    if whereabouts:
        folded, text = without_whereabouts(folded), without_whereabouts(text)
    sides = sides_of(folded)
    found = numbers(folded)
    in_units = {number for unit in units for number in re.findall(r"\d+(?:\.\d+)*", unit)}
    years = tuple(n for n in found if re.fullmatch(r"(?:18|19|20)\d\d", n))
    kind = kind_of(folded, units, marks, sides, item)
    return Question(
        text=text,
        language=language,
        kind=kind,
        folded=folded,
        numbers=tuple(n for n in found if n not in in_units and n not in map(str, marks)),
        years=years,
        quoted=tuple(q.strip() for pair in _QUOTED.findall(text) for q in pair if len(q.strip()) > 1),
        units=units,
        marks=marks,
        sides=sides,
        count=None if units else _count(folded),
        # A reason has no form of an amount: 为什么补助比例高.
        measure=measure_of(folded) if kind != "why" else "",
        item=item,
        label=label,
        counted=counted_of(folded),
        term=term_of(folded),
        several=_several(folded),
        each=bool(_EACH.search(folded)),
        everything=item is not None or bool(_EVERYTHING.search(folded) or _ITEMS_COUNTED.search(folded)),
        mention=next((group for m in [_MENTION.search(folded)] if m for group in m.groups() if group), ""),
        advice=asks_advice(folded),
        whereabouts=whereabouts,
        facets=tuple(name for name, pattern in _FACETS if pattern.search(folded)),
    )


_EVERYTHING = re.compile(
    r"所有|全部|全都|全列|都列|完整|汇总|逐[条一项个]|一一|[各每][一个]?层面|(?:两|三|四|几)个层[面级次]|\ball\b"
    r"|\bevery(?:thing)?\b|\beach level\b|\b(?:complete|full) list\b"
)
# How many there are is told by all of them.
_ITEMS_COUNTED = re.compile(
    r"(?:几|多少)[个条项点种大类](?:建议|对策|措施|办法|问题|困难|挑战|不足)"
    r"|\bhow many (?:\w+ )?(?:problems|challenges|issues|difficulties|obstacles|recommendations|suggestions|measures"
    r"|solutions|remedies)\b"
)
_EACH = re.compile(r"分别|各自|各有|各是|\brespectively\b|\beach\b")
_MENTION = re.compile(
    r"(?:是否|有没有|在哪里?|哪里|哪处)(?:提到|提及|说到|谈到)(?:过|了)?([\u4e00-\u9fff]{1,12})"
    r"|(?:提到|提及|说到|谈到)(?:过|了)?([\u4e00-\u9fff]{1,12}?)(?:了?吗|了?没有)"
    r"|([\u4e00-\u9fff]{2,12}?)(?:是否|有没有|在哪里?)(?:被)?(?:提到|提及|说到|谈到)(?:过|了)?(?:[?？。,，]|$)"
    r"|\b(?:is|was|are|were|whether) ([a-z -]{2,40}?) (?:is |are |was |were )?mentioned\b"
    r"|\b(?:where|whether|does|do) .{1,40} mention ([a-z -]{2,40})"
)
# What stands before a row and after it: 文章在 国家、产业、企业 三个层面分别…
_AROUND_ROW = re.compile(
    rf"^(?:请|请问|说说|讲讲|介绍一下?|(?:这篇)?(?:文章|论文|本文|文中|作者|报告|文件))*[在从对就按]"
    rf"|(?:这?[{NUMERAL}\d]+个)(?:层[面级次]?|方面|维度|角度|部分|领域|主体).*|(?:各自|分别).*"
)
# What each of them is, where it is called so beside its name: 国家、企业两个层面 are 国家层面 and 企业层面.
_CLASS_OF_ROW = re.compile(rf"[{NUMERAL}\d]+个(层[面级次]|阶段|环节)")
_JOINT = r"、|[和与及](?=[^和与及]{2,}$)"
_ROW_ZH = re.compile(r"[\u4e00-\u9fff]{1,8}(?:、[\u4e00-\u9fff]{1,8})+")
_ROW_EN = re.compile(r"((?:[a-z-]+, )+)(?:and |& )?(?:the )?([a-z-]+)")


def _several(folded: str) -> tuple[str, ...]:
    """The things named in a row, two at least, three in English, where a comma also parts clauses."""
    if row := _ROW_ZH.search(_AROUND_ROW.sub("，", folded)):
        called = _CLASS_OF_ROW.search(folded)
        return tuple(f"{name}{called[1] if called else ''}" for name in re.split(_JOINT, row.group()))
    if (row := _ROW_EN.search(folded)) and row.group(1).count(",") > 1:
        return (*re.findall(r"[a-z-]+", row.group(1)), row.group(2))
    return ()


_FACETS = (
    (
        "problem",
        re.compile(
            r"问题|困难|困境|缺失(?=有|是|为|何)|(?:哪些|什么|何)缺失|挑战|不足|弊端|障碍|短板|难题|难处|毛病|症结"
            r"|弊病|痛点|软肋|\bweakness(?:es)?\b"
            r"|\bdrawbacks?\b|\bh(?:o|e)ld(?:ing|s)? back\b|\bst(?:and|ands|ood|anding) in the way\b"
            r"|\bin the way of\b|\bhamper\w*|\b(?:goes|go|went|going|is|are|was|were) wrong\b|\bobstruct\w*"
            r"|\bhinder\w*|\bimped\w*|(?<!is that a )(?<!is this a )(?<!is it a )(?<!that be a )\bproblems?\b"
            r"|\bfaults? (?:found|at|in|of)\b|\bflaws?\b|\bfailings?\b"
            r"|\bpitfalls?\b|\bweak (?:points|spots)\b|\bchallenges?\b|\bdifficult(?:y|ies)\b"
            r"|\bshortcomings?\b|\bobstacles?\b|\bissues?\b"
        ),
    ),
    (
        "solution",
        re.compile(
            r"对策|建议|措施|(?<![本该此这])办法(?!里|中|内|规定|说|所|第|何时|什么时候|自)"
            r"|(?<![没未待需])(?<!没有)(?<!没能)(?<!未能)解决|解法|法子|(?:什么|啥)招(?=[?？。,，]|$)|支招|招数|补救"
            r"|怎么破|[怎咋]么?[办整]|如何应对|怎么应对|因应|导正|纠正|药方|改进|行动要点"
            r"|\baction (?:points?|items?)\b|\bto-?dos?\b|出路|\bsolutions?\b|(?<!not )(?<!not been )\bsolved?\b"
            r"|\bfix(?:es|ed)?\b"
            r"|\bremed(?:y|ies)\b|\badvice (?:for|to|given)\b|\bcures?\b"
            r"|(?<!with the )(?<!without the )(?<!under the )\brecommend\w*|\bsuggest\w*|\bmeasures?\b(?! up\b)"
            r"|\bcountermeasures?\b|\baddress(?:ed)?\b|\btackled?\b|\bovercome\b|\bresolved?\b|\bbe done\b"
            r"|\bdo(?:ne|ing)? about\b"
        ),
    ),
)


def without_facets(folded: str) -> str:
    """A folded question without its words for problems and remedies."""
    for _, pattern in _FACETS:
        folded = pattern.sub(" ", folded)
    return folded


def without_everything(folded: str) -> str:
    """A folded question without its words for all there is (所有, 汇总): they are no subject of their own."""
    return _EVERYTHING.sub(" ", folded)


_COUNT_ZH = re.compile(rf"(?<![第{NUMERAL}\d])([{NUMERAL}]+|\d{{1,2}})\s*[个条项点大种类]")
_COUNT_EN = re.compile(
    r"\b(?:all|the|these|those|name|list|what|which)\s+(?:the\s+)?(two|three|four|five|six|seven|eight|nine|ten"
    r"|\d{1,2})\b"
)


def _count(folded: str) -> int | None:
    for number in _COUNT_ZH.findall(folded):
        value = whole(number)
        if value and 2 <= value <= 30:
            return value
    match = _COUNT_EN.search(folded)
    if match:
        return CARDINALS.get(match.group(1)) or int(match.group(1))
    return None


_QUOTED = re.compile(r"“([^”]{1,60})”|‘([^’]{1,60})’|\"([^\"]{1,60})\"|「([^」]{1,60})」|《([^》]{1,60})》")
