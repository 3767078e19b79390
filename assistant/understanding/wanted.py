"""What an answer has to state: the form of the amount that a question asks for, what is counted, the term to be defined."""

from __future__ import annotations

import re

_MEASURES = (
    (
        "contact",
        re.compile(
            r"(?:电话|手机|热线|邮箱|邮件|网址|官网|传真)(?:号码?|地址)?(?:是|为|有)?(?:多少|几号|什么(?=[?？。]|$)"
            r"|哪个)|打(?:什么|哪个|多少)电话"
            r"|哪个(?:电话|号码|邮箱|网址)|\bwhat(?:'s| is| are) (?:the |your )?(?:(?!(?:on|about|of|for|policy"
            r"|rules?)\b)[a-z']+ ){0,3}?"
            r"(?:(?:phone|telephone|mobile|fax|hotline|extension) numbers?|e-?mail(?: address)?|website|url"
            r"|web address|hotline)(?= (?:of|for|to)\b|[?.]|$)"
            r"|\bwhich (?:phone number|number|e-?mail|website) (?:do|should|can|must)\b"
        ),
    ),
    (
        "rank",
        re.compile(
            r"第几(?![条章节款项编段页部次个天年步])|排(?:在|到|了)?(?:第)?几|排名|名次|位居第?几|\bwhere .{1,40}\branks?\b"
            r"|\bhow .{1,40}\branks?\b|\bwhat rank\b"
            r"|\bwhat (?:position|place) .{1,60}\b(?:in the world|globally|worldwide|among)\b|\brank(?:s|ed)? (?:where|what)\b"
        ),
    ),
    ("number", re.compile(r"\bhow long (?:do|does|must|should|can|may) .{1,40} (?:have to |need to )?be\b")),
    (
        "place",
        re.compile(
            r"哪(?:[个座]|几[个座])(?:城市|省份?|国家|地区)"
            r"|哪些(?:城市|省份|国家|地区)(?![\u4e00-\u9fff]{0,4}(?:政策|差异|层面|标准|规定|法律|机关))|哪国"
            r"|(?:城市|国家|省份?)(?:具体)?(?:是|有|都是|叫)哪[几些个]个?(?=[?？。,，]|$)"
            r"|\bwhich (?:[a-z]+ )?(?:city|cities|country|countries|nations?|provinces?|regions?)\b"
            r"|\bname (?:the |some |two |three )?(?:[a-z]+ )?(?:cities|countries|nations|provinces|regions)\b"
        ),
    ),
    (
        "identity",
        re.compile(
            r"是谁|谁是|叫什么名字|^who(?:'s| is| was)\b(?! (?:not )?(?:eligible|entitled|exempt|excluded|covered|allowed"
            r"|permitted|able)\b)|谁(?:最早|最先|首先|率先)?(?:提出|(?:发现|指出)(?![^?？]{0,12}(?:报告|上报|处理"
            r"|应当|应该))|发明|创立|创办|创造|撰写|写)"
            r"|\bwho (?:first |originally )?(?:coined|came up with|proposed|invented|introduced|wrote|founded"
            r"|created|discovered"
            r"|found|showed|argued|pioneered)\b"
            r"|哪[家所](?:公司|企业|大学|学校|机构|医院|银行)"
            r"|\bwhich (?:company|firm|university|school|bank|hospital)\b"
            r"|\bwhich (?:companies|firms|enterprises|universities|schools|banks|hospitals)\b.*\b(?:names?|named)\b"
        ),
    ),
    (
        "time",
        re.compile(
            r"什么时候|何时|哪一?年|哪一?天|几号|几月"
            r"|(?<![这那近头])(?:几|多少)个?(?:年|月|天|日|周|小时|分钟|工作日|学期|季度)(?![级份])|^when\b|, when\b"
            r"|\b(?:by|until|till|since|from) when\b|\bdeadlines?\b|\bwhich year\b|\bwhat (?:year|date|day|time)\b"
            r"|\bhow (?:long|soon|quickly|fast|early|late)\b|多久|多长时间|多快"
        ),
    ),
    (
        "money",
        re.compile(
            r"罚(?:款)?多少|多少钱|多少[^，,。？?]{0,4}(?:费|奖金|租金|押金|罚款|补贴|资金|经费)|多少[万亿]?元"
            r"|(?:金额|预算|工资|价格|费用?|补贴|津贴|奖励|奖金|补助|押金)(?:一共|大约|大概)?(?:是|为"
            r"|有)?多少(?![年月天日人家个])|资金规模"
            r"|\bhow much (?:money|funding)\b|\bhow much (?:is|are|was|does|do|will|would)? ?(?:the |my |a "
            r"|an )?(?:[a-z-]+ ){0,3}?"
            r"(?:rent|fees?|charges?|fines?|deposits?|salary|wages?|pay|price|tax|tolls?|allowances?|pensions?"
            r"|premium|compensation|bonus|grants?|subsid(?:y|ies))\b"
            r"|\bhow much .{0,60}\b(?:costs?|spend|spent|pay(?!s? (?:periods?|days?|grades?|scales?)\b)|paid|fund\w*|receive|charge\w*)\b"
            r"|\bwhat(?:'s| is) the (?:\S+ )?(?:fine|spending|funding|price|cost)\b|\bwhat does it cost\b"
            r"|\bwhat .{0,30}\b(?:price|cost|salary|budget|fee)\b(?! (?:and|or) |[a-z -]* (?:trouble|advantage|problem)s?\b)"
        ),
    ),
    (
        "share",
        re.compile(
            r"百分之几|几个百分点|多少个?百分点|占比|比重|比率|比例|税率|利率|增速|降幅|涨幅"
            r"|\b(?:percent(?:age)?|proportion|rate)s?\b|\bwhat (?:is |was )?(?:the )?share\b"
            r"|\bshare of\b.{0,40}\bwhat\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"多少|(?<!统计)(?<!限制)人数(?=$|[\s?？])|(?<![哪好这那近])几[个家条项名人倍年月天次万亿](?!方面|层面|部分)|多大|数量"
            r"|\bhow (?:many|much|large|big|long|often|old)\b|\bnumber of\b"
        ),
    ),
)
_COUNTED = (
    re.compile(r"([\u4e00-\u9fff]{1,7}(?:率|额))"),
    re.compile(r"([\u4e00-\u9fff]{2})人数"),
    re.compile(r"\bwhat (?:is |was |are )?(?:the )?([a-z -]{2,30}?) (?:rate|percentage|fee|budget)s?\b"),
    re.compile(
        r"\bwhat (?:share|percentage|percent|proportion) of (?!(?:the )?(?:total|whole|it|them|these"
        r"|those)\b)(?:the |their |its |all )?([a-z&' -]{2,30}?)(?= (?:in|by|do|does|did|is|are|was|were|has|have"
        r"|must|may|can|comes?|goes)\b|\?|$)"
    ),
    re.compile(r"(?:多少|几)[个条家名项种类份座所位]([\u4e00-\u9fff]{2,})"),
    re.compile(
        r"\bhow many ([a-z-]+(?: [a-z-]+){0,3}?)(?= (?:do|does|did|are|is|was|were|has|have|can|may|must|will|would"
        r"|in|of|there)\b|\?|$)"
    ),
    # What has a share of something (研发投入占…多少), what one of its measures is of (有效期是几年), what is paid (多少手续费).
    re.compile(
        r"([\u4e00-\u9fff]{2,8}?)(?:大约|大概|一共|总共|目前|现在)?占(?![比用有据领])[^，,。？?]{0,12}?(?:多少|几成"
        r"|几个?百分|百分之几|比重|比例|份额)"
    ),
    re.compile(r"([\u4e00-\u9fff]{2,4}期限?)(?:是|为|有|最长|最多)*(?:多少|几|多长|多久)"),
    re.compile(r"((?:(?![年月的是])[\u4e00-\u9fff]){1,3}[值额量费价数])(?:是|为|有|达到?)?多少(?=[?？。]|$)"),
    re.compile(r"([\u4e00-\u9fff]{2,4})(?:是|为)多少"),
    re.compile(r"多少(?![钱元万亿年月天日个家条次倍人时来了呢啊呀吗吧])([\u4e00-\u9fff]{2,5}?)(?:[?？。,，]|$)"),
    re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:是|为|达到?)(?:百分之几|几个百分点)"),
    re.compile(r"\b([a-z&'-]+(?: [a-z&'-]+){0,4}) (?:as )?(?:an? )?(?:percent(?:age)?|share|proportion) of\b"),
)


_TERM = (
    re.compile(r"[“\"「]([^”\"」]{1,30})[”\"」]"),
    re.compile(
        r"(?:什么|哪些)[\u4e00-\u9fff]{0,4}?(?:算作|算是|才算|算得上|可以算|视为"
        r"|属于)([\u4e00-\u9fff]{2,12}?)(?:[?？。,，]|$)"
    ),
    re.compile(r"([\u4e00-\u9fff]{2,12}?)(?:都)?(?:包括|包含)(?:了)?(?:哪些|什么|啥)"),
    re.compile(
        r"\b(?:counts?|qualif(?:y|ies)|regarded|treated|considered) as (?:an? "
        r"|the )?[“\"]?([a-z][a-z -]{1,30}?)[”\"]?(?: under| in| for|[?.,]|$)"
    ),
    re.compile(
        r"(?:什么是|什么叫|啥叫|啥是|何谓|怎么定义|如何定义|怎么界定|如何界定|界定|怎么理解"
        r"|定义)([\u4e00-\u9fffa-z0-9]{2,20}?)(?:的定义|的含义|的意思)?(?:[?？。,，]|$)"
    ),
    re.compile(
        r"([\u4e00-\u9fffa-z0-9]{2,20}?)(?:到底|究竟)?(?:是什么|是啥|是?指的?(?:是)?(?:什么|啥)|是怎么回事|的定义"
        r"|的含义|係咩|如何界定|怎么界定)"
    ),
    re.compile(r"([\u4e00-\u9fff]{2,20})"),
    re.compile(r"\bmeant? by (?:an? |the |that )?[“\"]?([a-z][a-z -]{1,40}?)(?:[”\"?.,]| in (?:this|the)\b|$)"),
    re.compile(
        r"(?:what(?:'s| is| are)|define|definition of|meaning of|meant by|how is|how are|what does|what do) (?:an? "
        r"|the )?([a-z][a-z -]{1,40}?)(?: mean| defined| in (?:this|the)|[?.,]|$)"
    ),
)


def term_of(folded: str) -> str:
    folded = re.sub(r"[本该](?:法|条例|办法|规定|制度|意见)所称的?", "", folded)
    return next((m.group(1).strip() for pattern in _TERM if (m := pattern.search(folded))), "")


def counted_of(folded: str) -> str:
    return next((m.group(1).strip() for pattern in _COUNTED if (m := pattern.search(folded))), "")


def measure_of(folded: str) -> str:
    """The form that an answer has to have (see `Question.measure`), or ""."""
    return next((name for name, pattern in _MEASURES if pattern.search(folded)), "")
