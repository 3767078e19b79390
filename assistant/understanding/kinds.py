"""Kinds of questions: what is asked for, told by the words that ask."""

from __future__ import annotations

import re

from index.numerals import NUMERAL

KINDS = ("fact", "list", "definition", "why", "how", "comparison", "summary", "section", "reference", "open")

# The patterns below are about language, never about a document. Order matters: the first kind that fits is taken.
_PATTERNS: dict[str, re.Pattern[str]] = {
    kind: re.compile(pattern)
    for kind, pattern in (
        (
            "comparison",
            r"区别|差别|差异|有何不同|有什么不同|有啥不同|(?:有(?:什么|何|啥|哪些)|哪里|怎么)不一样|不一样(?:在哪|的地方)|对比|相比|比较一下|比较.{1,20}[和与跟]|异同|哪个更|谁更"
            r"|\bdiffer(?:s|ed|ent|ently|ence|ences)?\b|\bcompar|\bversus\b|\bvs\b|\bcontrast|\bas opposed to\b"
            r"|\b(?:measure|stack)s? up (?:to|against|with)\b"
            r"|^(?:please |can you )?set (?!out\b|of\b|up\b)[a-z' -]{2,60} against\b",
        ),
        (
            "summary",
            r"总结|概括|概述|归纳一下|tl;?dr|(?:核心|中心|主要|基本|关键)(?:论点|论断|主张|思想|要点|信息|议题|立场)"
            r"|(?:文章|论文|全文|本文|报告|文件|文档|这篇|该文).{0,4}结构|几个部分|主要写|写的是什么|写的什么|摘要"
            r"|主要内容|主要规定|核心内容|核心观点|主要观点|主旨|大意|(?:主要|大概|大致|核心|基本)意思"
            r"|[讲说写]了?些(?:什么|啥)|讲了什么|[看读]懂(?:这|本|全)[篇份文本]|讲什么|讲的?啥|说的?啥|写的?啥"
            r"|(?:说|讲|写|谈|提)到?了?(?:哪些|什么)内容|有(?:哪些|什么)(?:内容|论述|说法)(?=[?？。]|$)"
            r"|说了什么|写了什么|讲的是什么|研究了什么|研究什么|主要结论|主要研究|主要讲"
            r"|(?:文章|论文|本文|报告|文件|文档|这篇|该文)(?:主要|大概|大致|到底|都|究竟)*做了(?:哪些|什么|些)"
            r"|\bsummar|\bsum(?:s|med|ming)? up\b|\boverview\b"
            r"|\b(?:main|central|key|core|principal|overall|basic) (?:points?|ideas?|arguments?|findings?"
            r"|conclusions?|messages?|content|thesis|claims?|contentions?|themes?)\b|\bgist\b"
            r"|\bin a nutshell\b|\bwhat(?:'s| is) (?:this|it) about\b"
            r"|\bwhat (?:does|do) the authors? (?:argue|claim|conclude|say)\b|\bwhat topics\b"
            r"|\b(?:paper|document|article|text|report|policy)(?:'s)? structured?\b|\bstructure of (?:the|this)\b"
            r"|\bwhat(?:'s| is| does| do) (?:this|the) (?:paper|document|article|text|study|report|policy|strategy"
            r"|plan|framework|guidance)\b.{0,20}\b(?:about|study|say|argue|cover|do)\b|\btakeaways?\b|\babstract\b"
            r"|\bexplain (?:this|the) (?:paper|document|article|text|study|report|policy)(?= *(?:$|[?.,;]| to\b))"
            r"|\bwhat (?:this|the) (?:paper|document|article|text|study|report|policy)(?: is|'s) (?:all )?about\b"
            r"|\bwhat (?:does|do|did) (?:this|the) (?:paper|document|article|text|study|report|policy"
            r"|authors?) (?:find|conclude)(?= *(?:$|[?.,;]| and\b))"
            r"|\bwhat(?:'s| is) (?:this|the|your|our) (?:[a-z'’-]+ ){1,3}(?:paper|study|report|policy|strategy|plan"
            r"|handbook|code|act|law) about\b",
        ),
        (
            "why",
            r"为什么|为何|为啥|为了什么|目的|后果|坏处|危害|有(?:什么|啥)不好|后遗症|会怎样|会咋样|\bconsequences?\b"
            r"|\bwhat happens\b|\bwhat (?:harm|damage)\b|\bbad about\b|原因|缘何|怎么会|怎么回事"
            r"|怎么(?:就是?|都|还是?|老是?|总是?|一直|偏偏)?(?:不(?!到|了|起|着|好|是)|没(?!有|收))|凭什么|图什么"
            r"|图啥|理由|\bwhy\b|\bwhat(?:'s| is| was) the (?:point|rationale|thinking|idea) (?:of|behind|in)\b"
            r"|\breasons?\b|\bwhat (?:causes?|caused|explains?)\b|\bhow come\b",
        ),
        (
            "fact",
            r"多少|几个百分点|百分之几|占比|比重是|哪一?年|什么时候|何时|多久|多大|多高|多长|多快|几[倍成年月天%％]"
            r"|哪[个座]城市|第几|谁"
            r"|\bhow (?:many|much|long|often|large|big|high|far|old|soon|late|early)\b"
            r"|\bwhat (?:percentage|percent|share|proportion|number|year|date|rate|figure|amount)\b"
            r"|(?:^|[,;:] |\b(?:and|or|by|to|from|since|until|exactly|tell me|say|says|know|decides?) )(?:when"
            r"|who(?:se|m)?)\b|\bwhen (?:is|was|are|were|did|do|does|will|must|should|can)\b"
            r"|\bwhich (?:year|city|country|tier|level)\b|\bnumber of\b"
            r"|\bwhat .{0,24}\b(?:rate|percentage|share|number|amount|size|price|cost|salary|budget)\b",
        ),
        (
            "definition",
            r"什么是|什么叫|啥叫|啥是|何谓|界定|怎么定义|是什么意思|指的?(?:是)?(?:什么|啥)|是指|定义|含义"
            r"|\bdefin(?:e|ed|es|ition)\b|\bmeaning of\b|\bwhat does .{1,60} mean\b|\bmean by\b",
        ),
        (
            "list",
            rf"哪些|哪几|(?:带|准备|提交|提供|[要交])什么(?:材料|东西|资料|手续|证件|证明)|清单|列明|梳理|逐项|逐条"
            rf"|分点|一一|列一下|列出来|列个|几个方面|几方面|几点|几条|几项|几种|几类|分别是|列出|列举|都有什么"
            rf"|些什么|些啥|有什么(?:建议|问题|措施|对策|办法|要求|困难|不足|好处|作用)|所有|全部"
            rf"|[{NUMERAL}\d]+[个条项点大种类](?:建议|问题|对策|措施|方面)"
            r"|\bwhat (?:[a-z-]+ ){0,2}[a-z]{2,}(?<![suio])s (?:do|does|did|must|should|can|may|has|have|are|were"
            r"|will)\b"
            r"|\bwhat (?:are|were)\b|\bwhich\b.{1,40}\b(?:are|were|do|does|should|must)\b|^(?:please |can you |could you )?list\b"
            r"|(?<!waiting )(?<!on the )(?<!price )\blist (?:of|out|all|the|every|each|any|me|what|them)\b"
            r"|\b(?:full|complete) list\b|\benumerate\b"
            r"|\bname (?:the|all|three|two|four|five|six|seven)\b"
            r"|\b(?:recommendations|suggestions|measures|problems|challenges|issues|steps|requirements|conditions"
            r"|types|kinds|ways|obligations|duties|exceptions|(?<!on )benefits|difficulties|solutions)\b",
        ),
        (
            "how",
            r"如何|怎么|怎样|咋|通过什么|靠什么|什么方式|什么途径|\bhow\b|\bin what way\b|\bby what means\b"
            r"|\bwhat (?:should|can|must)\b",
        ),
    )
}
# Who may is seldom one.
_WHO_MAY = re.compile(
    r"^谁(?:可以|能(?!力)|不能|不得|不可以|有资格|没资格)(?!批准|决定|审批|负责)"
    r"|^who (?:(?:is|are) (?:not |also )?(?:allowed|eligible|entitled|exempt|excluded|covered|permitted|barred|banned)"
    r"|(?:may|can(?! (?:i|we|you)\b)|cannot|can't|qualifies))\b"
)
_SHORT_DEFINITION = re.compile(
    r"^[^,，。]{1,24}是(?:什么|啥)(?:意思|东西|概念)?[?？。]?$"
    r"|^what(?:'s| is| are) (?:an? |the )?[a-z\u4e00-\u9fff“”\"'-]+(?: [a-z\u4e00-\u9fff“”\"'-]+){0,2} ?\?*$"
)
_LISTED = re.compile(
    r"建议|问题|措施|对策|原因|要求|条件|困难|挑战|作用|好处"
    r"|\b(?:recommendations|suggestions|measures|problems|challenges|issues|steps|requirements|conditions|types"
    r"|kinds|ways|"
    r"obligations|duties|exceptions|benefits|difficulties|reasons|roles|findings|points|effects|consequences"
    r"|penalties|rules)\b"
)
_YES_NO = re.compile(
    r"吗[?？。]?$|是不是|是否|有没有|能不能|可不可以"
    r"|^(?:is|are|was|were|do|does|did|can|may|must|has|have|will|should)\b"
)
_PLURAL_FIRST = re.compile(
    rf"[{NUMERAL}\d]+\s*[个条项点大种类]|哪些|哪几"
    rf"|\b(?:list|what are|which are|all (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+))\b"
)


def asks_for_summary(folded: str) -> bool:
    """Whether a folded question about a section asks for what it says, all in all."""
    return bool(_PATTERNS["summary"].search(folded))


def kind_of(
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
        and not _PATTERNS["summary"].search(folded)
        and not re.search(
            r"的(?!定义|含义|涵义|概念|内涵|意思)[\u4e00-\u9fff]{2,4}是(?:什么|啥)|结构|作用|影响|意义|目的|关系"
            r"|多少|所有|全部|\ball\b|\bpaper\b|\babout\b|\bof\b|\brole\b|\baim\b",
            folded,
        )
    ):
        return "definition"
    if _WHO_MAY.search(folded):
        return "list"
    for kind, pattern in _PATTERNS.items():
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
    re.compile(
        r"(?:^|[,，])(?:就|对于?)?(.{2,12}?)[和与跟同](.{2,12}?)(?:而言|来说|来讲"
        r"|来看)(?=.*(?:不同|不一样|区别|差[别异]|异同|对比|比较))"
    ),
    re.compile(r"(?:比较|对比)(?:一下)?(.{2,24}?)[和与跟同](.{2,24}?)(?:的|之间|有|在|,|，|\?|？|。|$)"),
    re.compile(
        r"(.{2,24}?)[和与跟同](.{2,24}?)(?:之间|的|有|在|相比|存在).{0,20}?(?:区别|差别|差异|不同|不一样|异同|对比|相比|比较)"
    ),
    re.compile(r"(.{2,24}?)[和与跟同](.{2,24}?)(?:区别|差别|差异|不同|不一样|异同)"),
    re.compile(r"(.{2,24}?)(?:相比于|相比|相较于|比起)(.{2,24}?)(?:,|，|有|的|$)"),
    re.compile(
        r"(?:difference|differences|contrast|comparison|distinction)s? between (.{2,60}?) and (.{2,60}?)(?:\?|$|,"
        r"| in | according)"
    ),
    re.compile(r"compare (.{2,60}?) (?:and|with|to|against) (.{2,60}?)(?:\?|$|,|\.| in )"),
    re.compile(r"how (?:do|does|is|are) (.{2,60}?) differ(?:ent)? from (.{2,60}?)(?:\?|$|,)"),
    re.compile(r"(.{2,40}?)\s+(?:versus|vs\.?)\s+(.{2,40}?)(?:\?|$|,)"),
    re.compile(
        r"how (?:do|does|did|have|has) (.{2,60}?) and (.{2,60}?) (?:[a-z]+ )?(?:differ(?:ed|ently)?|compared?)\b"
    ),
    re.compile(r"(?:is|are) (.{2,60}?) different from (.{2,60}?)(?:\?|$|,)"),
    re.compile(
        r"how (?:do|does|did) (.{2,60}?) (?:(?:measure|stack) up (?:to|against|with)|compare (?:to|with)) (.{2,60}?)(?:\?|$|,)"
    ),
    re.compile(r"(.{2,60}?),? as opposed to (.{2,60}?)(?:\?|$|,)"),
    re.compile(r"^(?:please |can you )?set (?!out\b|of\b|up\b)(.{2,60}?) against (.{2,60}?)(?:\?|$|,|\.)"),
)


# What stands for the first side's thing in the second: the licence for a room and the one for a house.
_THAT_OF = re.compile(
    r"^(?:the ones?|that|those)(?= (?:for|of|in|at|to|with|by|on|from|inside|within|among|facing|who|which)\b)"
)
_THING = re.compile(r"^.{2,40}?(?= (?:for|of|in|at|to|with|by|on|from|inside|within|among|facing|who|which|that)\b)")


def sides_of(folded: str) -> tuple[str, str] | None:
    """The two things that a comparison names, or None."""
    match = next((found for pattern in _SIDES if (found := pattern.search(folded))), None)
    if not match:
        return None
    one, other = match.group(1).strip(), match.group(2).strip()
    thing = _THING.search(one)
    return one, _THAT_OF.sub(thing.group(), other) if thing else other
