"""Understanding a question without a model: its language, what it asks for, and what in it must be found in the documents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.marks import reference_marks
from assistant.understanding.units import item_place, unit_keys, without_items
from index.analysis import fold, language_of
from index.numerals import NUMERAL, numbers, whole

KINDS = ("fact", "list", "definition", "why", "how", "comparison", "summary", "section", "reference", "open")


@dataclass(frozen=True)
class Question:
    """A question, understood on its own.

    kind: one of KINDS.
    folded: the text as search sees it (see index.analysis.fold).
    numbers: plain decimals in it, years among them; years: those that are years.
    quoted: terms in quotation marks.
    units: numbered units it names, as keys (see `unit_keys`). marks: reference marks such as [3].
    sides: the two things that a comparison names. count: how many items it asks for.
    measure: what form the answer has to have: "number", "share" (a percentage), "money", "time", "identity" (who
        that is), "place" (which city or country), or "".
    item: the place in a list that it asks for, from 1; -1 is the last.
    counted: the words for what "how many" counts or a rate is of, folded, or "". term: what a definition is asked of.
    several: the things that it names in a row, folded ("企业、行业、政府"). everything: whether it asks for all there is.
    each: whether it asks the same of each of them (分别).
    mention: what it asks to be mentioned at all or where, folded, or "".
    advice: whether it asks what somebody should do. facets: "problem" and "solution", those of the two that it asks for.
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
    measure: str = ""
    counted: str = ""
    term: str = ""
    several: tuple[str, ...] = ()
    everything: bool = False
    each: bool = False
    mention: str = ""
    advice: bool = False
    facets: tuple[str, ...] = ()


def understand(text: str) -> Question:
    """Read a standalone question. Any text will do; nothing raises."""
    folded = fold(text)
    language = language_of(text)
    units = tuple(unit_keys(folded))
    marks = tuple(reference_marks(folded))
    item = item_place(folded)
    if item is not None:
        # What is looked for is the list; a place in it stands nowhere in the words of its items.
        folded = without_items(folded)
        text = without_items(text) if language == "en" else folded
    sides = _sides(folded)
    found = numbers(folded)
    in_units = {number for unit in units for number in re.findall(r"\d+(?:\.\d+)*", unit)}
    years = tuple(n for n in found if re.fullmatch(r"(?:18|19|20)\d\d", n))
    return Question(
        text=text,
        language=language,
        kind=_kind(folded, units, marks, sides, item),
        folded=folded,
        numbers=tuple(n for n in found if n not in in_units and n not in map(str, marks)),
        years=years,
        quoted=tuple(q.strip() for pair in _QUOTED.findall(text) for q in pair if len(q.strip()) > 1),
        units=units,
        marks=marks,
        sides=sides,
        count=None if units else _count(folded),
        measure=next((name for name, pattern in _MEASURES if pattern.search(folded)), ""),
        item=item,
        counted=_counted(folded),
        term=_term(folded),
        several=_several(folded),
        each=bool(_EACH.search(folded)),
        everything=item is not None or bool(_EVERYTHING.search(folded) or _ITEMS_COUNTED.search(folded)),
        mention=next((group for m in [_MENTION.search(folded)] if m for group in m.groups() if group), ""),
        advice=bool(_ADVICE.search(folded)),
        facets=tuple(name for name, pattern in _FACETS if pattern.search(folded)),
    )


_MEASURES = (
    ("number", re.compile(r"\bhow long (?:do|does|must|should|can|may) .{1,40} (?:have to |need to )?be\b")),
    (
        "place",
        re.compile(
            r"哪[个座些](?:城市|省份?|国家|地区)|哪国|\bwhich (?:[a-z]+ )?(?:city|cities|country|countries|nations?|provinces?|regions?)\b"
        ),
    ),
    (
        "identity",
        re.compile(
            r"是谁|谁是|叫什么名字|^who(?:'s| is| was)\b|谁(?:最早|最先|首先|率先)?(?:提出|发明|创立|创办|创造|撰写|写)"
            r"|\bwho (?:first |originally )?(?:coined|proposed|invented|introduced|wrote|founded|created|discovered|pioneered)\b"
            r"|哪[家所](?:公司|企业|大学|学校|机构|医院|银行)|\bwhich (?:company|firm|university|school|bank|hospital)\b"
        ),
    ),
    (
        "time",
        re.compile(
            r"什么时候|何时|哪一?年|哪一?天|几号|几月|(?:几|多少)个?(?:年|月|天|日|周|小时|分钟|工作日|学期|季度)(?![级份])|^when\b|, when\b|\bwhich year\b|\bwhat (?:year|date|day|time)\b|\bhow (?:long|soon|quickly|fast|early|late)\b|多久|多长时间|多快"
        ),
    ),
    (
        "money",
        re.compile(
            r"罚(?:款)?多少|多少钱|多少[^，,。？?]{0,4}(?:费|奖金|租金|押金|罚款|补贴|资金|经费)|多少[万亿]?元|(?:金额|预算|工资|价格|费用?|补贴|津贴)(?:一共|大约|大概)?(?:是|为|有)?多少|资金规模"
            r"|\bhow much (?:money|funding)\b|\bhow much .{0,60}\b(?:costs?|spend|spent|pay|paid|fund\w*|receive|charge\w*)\b|\bwhat(?:'s| is) the (?:\S+ )?(?:fine|spending|funding|price|cost)\b|\bwhat does it cost\b|\bwhat .{0,30}\b(?:price|cost|salary|budget|fee)\b"
        ),
    ),
    (
        "share",
        re.compile(
            r"百分之几|几个百分点|多少个?百分点|占比|比重|比率|比例|税率|利率|增速|降幅|涨幅"
            r"|\b(?:percent(?:age)?|proportion|rate)\b|\bwhat (?:is |was )?(?:the )?share\b|\bshare of\b.{0,40}\bwhat\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"多少|(?<!哪)几[个家条项名人倍年月天次万亿](?!方面|层面|部分)|多大|数量"
            r"|\bhow (?:many|much|large|big|long|often|old)\b|\bnumber of\b"
        ),
    ),
)
_COUNTED = (
    re.compile(r"([\u4e00-\u9fff]{1,7}(?:率|额))"),
    re.compile(r"\bwhat (?:is |was |are )?(?:the )?([a-z -]{2,30}?) (?:rate|percentage|fee|budget)\b"),
    re.compile(r"(?:多少|几)[个条家名项种类份座所位]([\u4e00-\u9fff]{2,})"),
    re.compile(
        r"\bhow many ([a-z-]+(?: [a-z-]+){0,3}?)(?= (?:do|does|did|are|is|was|were|has|have|can|may|must|will|would|in|of|there)\b|\?|$)"
    ),
    # What has a share of something (研发投入占…多少), what one of its measures is of (有效期是几年), what is paid (多少手续费).
    re.compile(
        r"([\u4e00-\u9fff]{2,8}?)(?:大约|大概|一共|总共|目前|现在)?占(?![比用有据领])[^，,。？?]{0,12}?(?:多少|几成|几个?百分|百分之几|比重|比例|份额)"
    ),
    re.compile(r"([\u4e00-\u9fff]{2,4}期限?)(?:是|为|有|最长|最多)*(?:多少|几|多长|多久)"),
    re.compile(r"([\u4e00-\u9fff]{2,4})(?:是|为)多少"),
    re.compile(r"多少(?![钱元万亿年月天日个家条次倍人时来了呢啊呀吗吧])([\u4e00-\u9fff]{2,5}?)(?:[?？。,，]|$)"),
    re.compile(r"\b([a-z&'-]+(?: [a-z&'-]+){0,4}) (?:as )?(?:an? )?(?:percent(?:age)?|share|proportion) of\b"),
)


_TERM = (
    re.compile(r"[“\"「]([^”\"」]{1,30})[”\"」]"),
    re.compile(
        r"(?:什么|哪些)[\u4e00-\u9fff]{0,4}?(?:算作|算是|才算|算得上|可以算|视为|属于)([\u4e00-\u9fff]{2,12}?)(?:[?？。,，]|$)"
    ),
    re.compile(r"([\u4e00-\u9fff]{2,12}?)(?:都)?(?:包括|包含)(?:了)?(?:哪些|什么|啥)"),
    re.compile(
        r"\b(?:counts?|qualif(?:y|ies)|regarded|treated|considered) as (?:an? |the )?[“\"]?([a-z][a-z -]{1,30}?)[”\"]?(?: under| in| for|[?.,]|$)"
    ),
    re.compile(
        r"(?:什么是|什么叫|何谓|怎么定义|如何定义|怎么界定|如何界定|界定|怎么理解|定义)([\u4e00-\u9fffa-z0-9]{2,20}?)(?:的定义|的含义|的意思)?(?:[?？。,，]|$)"
    ),
    re.compile(
        r"([\u4e00-\u9fffa-z0-9]{2,20}?)(?:到底)?(?:是什么|是啥|是指什么|指的是什么|是怎么回事|的定义|的含义|係咩|如何界定|怎么界定)"
    ),
    re.compile(r"([\u4e00-\u9fff]{2,20})"),
    re.compile(
        r"(?:what(?:'s| is| are)|define|definition of|meaning of|meant by|how is|how are|what does|what do) (?:an? |the )?([a-z][a-z -]{1,40}?)(?: mean| defined| in (?:this|the)|[?.,]|$)"
    ),
)


def _term(folded: str) -> str:
    folded = re.sub(r"[本该](?:法|条例|办法|规定|制度|意见)所称的?", "", folded)
    return next((m.group(1).strip() for pattern in _TERM if (m := pattern.search(folded))), "")


def _counted(folded: str) -> str:
    return next((m.group(1).strip() for pattern in _COUNTED if (m := pattern.search(folded))), "")


_EVERYTHING = re.compile(
    r"所有|全部|全都|全列|都列|完整|逐[条一项个]|一一|各个?层面|(?:两|三|四|几)个层[面级次]|\ball\b|\bevery\b|\beach level\b|\b(?:complete|full) list\b"
)
# How many there are is told by all of them.
_ITEMS_COUNTED = re.compile(
    r"(?:几|多少)[个条项点种大类](?:建议|对策|措施|办法|问题|困难|挑战|不足)"
    r"|\bhow many (?:\w+ )?(?:problems|challenges|issues|difficulties|obstacles|recommendations|suggestions|measures|solutions|remedies)\b"
)
_EACH = re.compile(r"分别|各自|各有|各是|\brespectively\b|\beach\b")
_MENTION = re.compile(
    r"(?:是否|有没有|在哪里?|哪里|哪处)(?:提到|提及|说到|谈到)(?:过|了)?([\u4e00-\u9fff]{1,12})"
    r"|(?:提到|提及|说到|谈到)(?:过|了)?([\u4e00-\u9fff]{1,12}?)(?:了?吗|了?没有)"
    r"|([\u4e00-\u9fff]{2,12}?)(?:是否|有没有|在哪里?)(?:被)?(?:提到|提及|说到|谈到)(?:过|了)?(?:[?？。,，]|$)"
    r"|\b(?:is|was|are|were|whether) ([a-z -]{2,40}?) (?:is |are |was |were )?mentioned\b"
    r"|\b(?:where|whether|does|do) .{1,40} mention ([a-z -]{2,40})"
)
_ROW_ZH = re.compile(r"[\u4e00-\u9fff]{1,8}(?:、[\u4e00-\u9fff]{1,8})+")
_ROW_EN = re.compile(r"((?:[a-z-]+, )+)(?:and |& )?(?:the )?([a-z-]+)")


def _several(folded: str) -> tuple[str, ...]:
    """The things named in a row, two at least, three in English, where a comma also parts clauses."""
    if row := _ROW_ZH.search(folded):
        return tuple(re.split(r"、|[和与及](?=[^和与及]{2,}$)", row.group()))
    if (row := _ROW_EN.search(folded)) and row.group(1).count(",") > 1:
        return (*re.findall(r"[a-z-]+", row.group(1)), row.group(2))
    return ()


_ADVICE = re.compile(
    r"(?:应该|应当|该|需要|需|要)(?:怎么|如何|怎样|咋)?(?:做|办|采取|干|努力)|(?:怎么|如何|怎样)(?:做|办|努力)"
    r"|做(?:些)?(?:什么|啥|哪)|做的|怎么着手|有何作为"
    r"|\bshould\b.{1,60}\bdo\b|\b(?:advised|asked|urged|told|recommended|supposed|expected|need|needs|have|has|ought) to do\b"
    r"|\bsteps\b|\bwhat (?:can|must) .{1,40} do\b|\bwhat (?:is|are|was|were|has been|have been) (?:\w+ )?(?:recommended|suggested|proposed|advised)\b"
    r"|\bwhat (?:does|do|did) .{1,40}\b(?:recommend|suggest|propose|advise)\b|有何建议|什么建议|建议(?:了?什么|怎么)|提了?(?:什么|哪些|啥)(?:建议|对策)"
)
_FACETS = (
    (
        "problem",
        re.compile(
            r"问题|困难|困境|挑战|不足|弊端|障碍|短板|难题|毛病|痛点|软肋|\bweakness(?:es)?\b|\bdrawbacks?\b|\bh(?:o|e)ld(?:ing|s)? back\b|\bhinder\w*|\bimped\w*|\bproblems?\b|\bchallenges?\b|\bdifficult(?:y|ies)\b"
            r"|\bshortcomings?\b|\bobstacles?\b|\bissues?\b"
        ),
    ),
    (
        "solution",
        re.compile(
            r"对策|建议|措施|办法|解决|怎么破|[怎咋]么?[办整]|如何应对|怎么应对|因应|导正|纠正|药方|改进|行动要点|\baction (?:points?|items?)\b|\bto-?dos?\b|出路|\bsolutions?\b|\bsolved?\b|\bfix(?:es|ed)?\b"
            r"|\bremed(?:y|ies)\b|\brecommend\w*|\bsuggest\w*|\bmeasures?\b|\bcountermeasures?\b|\baddress(?:ed)?\b|\btackled?\b|\bovercome\b|\bresolved?\b|\bbe done\b"
        ),
    ),
)


def without_facets(folded: str) -> str:
    """A folded question without its words for problems and remedies."""
    for _, pattern in _FACETS:
        folded = pattern.sub(" ", folded)
    return folded


# The patterns below are about language, never about a document. Order matters: the first kind that fits is taken.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "comparison",
            r"区别|差别|差异|有何不同|有什么不同|有啥不同|对比|相比|比较一下|比较.{1,20}[和与跟]|异同|哪个更|谁更"
            r"|\bdiffer(?:s|ent|ence|ences)?\b|\bcompar|\bversus\b|\bvs\b|\bcontrast",
        ),
        (
            "summary",
            r"总结|概括|概述|归纳一下|tl;?dr|中心思想|(?:文章|论文|全文|本文|报告|文件|文档|这篇|该文).{0,4}结构|几个部分|主要写|写的是什么|写的什么|摘要|主要内容|核心内容|核心观点|主要观点|主旨|大意|讲了什么|讲什么|讲的?啥|说的?啥|写的?啥|说了什么|写了什么|讲的是什么|研究了什么|研究什么|主要结论|主要研究|主要讲"
            r"|\bsummar|\boverview\b|\bmain (?:points?|ideas?|argument|findings?|conclusions?|message|content)\b|\bgist\b"
            r"|\bin a nutshell\b|\bwhat(?:'s| is) (?:this|it) about\b|\bwhat (?:does|do) the authors? (?:argue|claim|conclude|say)\b|\bwhat topics\b|\b(?:paper|document|article|text|report|policy)(?:'s)? structured?\b|\bstructure of (?:the|this)\b|\bwhat(?:'s| is| does| do) (?:this|the) (?:paper|document|article|text|study|report|policy)\b.{0,20}\b(?:about|study|say|argue|cover|do)\b|\bkey takeaways?\b|\babstract\b",
        ),
        (
            "why",
            r"为什么|为何|为啥|为了什么|目的|后果|坏处|危害|会怎样|会咋样|\bconsequences?\b|\bwhat happens\b|原因|缘何|怎么会|凭什么|理由|\bwhy\b|\breasons?\b|\bwhat (?:causes?|caused|explains?)\b|\bhow come\b",
        ),
        (
            "fact",
            r"多少|几个百分点|百分之几|占比|比重是|哪一?年|什么时候|何时|多久|多大|多高|多长|多快|几[倍成年月天%％]|哪[个座]城市|第几|谁"
            r"|\bhow (?:many|much|long|often|large|big|high|far|old|soon|late|early)\b|\bwhat (?:percentage|percent|share|proportion|number|year|date|rate|figure|amount)\b|(?:^|[,;:] |\b(?:and|or|by|to|from|since|until|exactly|tell me|say|says|know|decides?) )(?:when|who(?:se|m)?)\b|\bwhen (?:is|was|are|were|did|do|does|will|must|should|can)\b"
            r"|\bwhich (?:year|city|country|tier|level)\b|\bnumber of\b|\bwhat .{0,24}\b(?:rate|percentage|share|number|amount|size|price|cost|salary|budget)\b",
        ),
        (
            "definition",
            r"什么是|什么叫|何谓|界定|怎么定义|是什么意思|是指什么|指的是什么|是指|定义|含义|\bdefin(?:e|ed|es|ition)\b|\bmeaning of\b|\bwhat does .{1,60} mean\b|\bmean by\b",
        ),
        (
            "list",
            rf"哪些|哪几|清单|列明|梳理|逐项|逐条|分点|一一|列一下|列出来|列个|几个方面|几方面|几点|几条|几项|几种|几类|分别是|列出|列举|都有什么|些什么|些啥|有什么(?:建议|问题|措施|对策|办法|要求|困难|不足|好处|作用)|所有|全部|[{NUMERAL}\d]+[个条项点大种类](?:建议|问题|对策|措施|方面)"
            r"|\bwhat (?:[a-z-]+ ){0,2}[a-z]{2,}(?<![suio])s (?:do|does|did|must|should|can|may|has|have|are|were|will)\b"
            r"|\bwhat (?:are|were)\b|\bwhich\b.{1,40}\b(?:are|were|do|does|should|must)\b|\blist\b|\benumerate\b|\bname (?:the|all|three|two|four|five|six|seven)\b"
            r"|\b(?:recommendations|suggestions|measures|problems|challenges|issues|steps|requirements|conditions|types|kinds|ways|obligations|duties|exceptions|benefits|difficulties|solutions)\b",
        ),
        (
            "how",
            r"如何|怎么|怎样|咋|通过什么|靠什么|什么方式|什么途径|\bhow\b|\bin what way\b|\bby what means\b|\bwhat (?:should|can|must)\b",
        ),
    )
)
_SHORT_DEFINITION = re.compile(
    r"^[^,，。]{1,24}是(?:什么|啥)(?:意思|东西|概念)?[?？。]?$|^what(?:'s| is| are) (?:an? |the )?(?:[a-z“”\"'-]+ ?){1,3}\?*$"
)
_LISTED = re.compile(
    r"建议|问题|措施|对策|原因|要求|条件|困难|挑战|作用|好处"
    r"|\b(?:recommendations|suggestions|measures|problems|challenges|issues|steps|requirements|conditions|types|kinds|ways|"
    r"obligations|duties|exceptions|benefits|difficulties|reasons|roles|findings|points|effects|consequences|penalties|rules)\b"
)
_YES_NO = re.compile(
    r"吗[?？。]?$|是不是|是否|有没有|能不能|可不可以|^(?:is|are|was|were|do|does|did|can|may|must|has|have|will|should)\b"
)
_PLURAL_FIRST = re.compile(
    rf"[{NUMERAL}\d]+\s*[个条项点大种类]|哪些|哪几|\b(?:list|what are|which are|all (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+))\b"
)


def _kind(
    folded: str, units: tuple[str, ...], marks: tuple[int, ...], sides: tuple[str, str] | None, item: int | None
) -> str:
    if marks:
        return "reference"
    if units:
        return "section"
    if item is not None:
        return "list"
    if (
        _SHORT_DEFINITION.search(folded)
        and not _LISTED.search(folded)
        and not re.search(
            r"总结|思想|主旨|大意|结构|作用|影响|意义|目的|关系|多少|所有|全部|\ball\b|\bsummary\b|\bpaper\b|\babout\b|\bof\b|\brole\b|\baim\b",
            folded,
        )
    ):
        return "definition"
    for kind, pattern in _PATTERNS:
        if not pattern.search(folded):
            continue
        if kind == "comparison" and sides is None:
            continue
        if kind == "fact" and _PLURAL_FIRST.search(folded) and not re.search(r"多少|how m", folded):
            continue
        if kind == "why" and re.search(r"哪些|哪几|what are|\breasons\b", folded):
            return "list"
        return kind
    return "fact" if _YES_NO.search(folded) else "open"


_SIDES = (
    re.compile(r"(?:比较|对比)(?:一下)?(.{2,24}?)[和与跟同](.{2,24}?)(?:的|之间|有|在|,|，|\?|？|。|$)"),
    re.compile(
        r"(.{2,24}?)[和与跟同](.{2,24}?)(?:之间|的|有|在|相比|存在).{0,12}?(?:区别|差别|差异|不同|异同|对比|相比|比较)"
    ),
    re.compile(r"(.{2,24}?)(?:相比于|相比|相较于|比起)(.{2,24}?)(?:,|，|有|的|$)"),
    re.compile(
        r"(?:difference|differences|contrast|comparison|distinction)s? between (.{2,60}?) and (.{2,60}?)(?:\?|$|,| in | according)"
    ),
    re.compile(r"compare (.{2,60}?) (?:and|with|to|against) (.{2,60}?)(?:\?|$|,|\.| in )"),
    re.compile(r"how (?:do|does|is|are) (.{2,60}?) differ(?:ent)? from (.{2,60}?)(?:\?|$|,)"),
    re.compile(r"(.{2,40}?)\s+(?:versus|vs\.?)\s+(.{2,40}?)(?:\?|$|,)"),
    re.compile(r"how (?:do|does) (.{2,60}?) and (.{2,60}?) differ"),
)


def _sides(folded: str) -> tuple[str, str] | None:
    for pattern in _SIDES:
        match = pattern.search(folded)
        if match:
            return match.group(1).strip(), match.group(2).strip()
    return None


_WORDS_EN = {w: i for i, w in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)}
_COUNT_ZH = re.compile(rf"(?<![第{NUMERAL}\d])([{NUMERAL}]+|\d{{1,2}})\s*[个条项点大种类]")
_COUNT_EN = re.compile(
    r"\b(?:all|the|these|those|name|list)\s+(?:the\s+)?(two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b"
)


def _count(folded: str) -> int | None:
    for number in _COUNT_ZH.findall(folded):
        value = whole(number)
        if value and 2 <= value <= 30:
            return value
    match = _COUNT_EN.search(folded)
    if match:
        return _WORDS_EN.get(match.group(1)) or int(match.group(1))
    return None


_QUOTED = re.compile(r"“([^”]{1,60})”|‘([^’]{1,60})’|\"([^\"]{1,60})\"|「([^」]{1,60})」|《([^》]{1,60})》")
