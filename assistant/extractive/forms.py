"""Forms of statements: whether one may is said with a modal word, why with a reason, what follows with a sanction."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.extractive.evidence import Candidate
from assistant.understanding.question import Question

# What a sentence of the form that a question asks for gains. On the suites' development cases .1 gives 98 questions why 1
# point of nugget recall, 47 whether one may 6, 27 what follows 2; .2 gives no more. Duties, roles and ways gain nothing.
FITTING = 0.1
# ... and where hardly another sentence has that form: a stage that something has reached, scholars by name.
TELLING = 0.2

# What asks for a form, and what has it.
_FORMS = tuple(
    (re.compile(asks), re.compile(has))
    for asks, has in (
        (
            r"能不能|可不可以|能否|可否|是否可以|可以[^，。]{0,20}吗"
            r"|(?<![可功性智技职效产节本])能(?![源力量耗])[^，。]{1,20}吗|行不行|行吗|准不准|许不许|允许"
            r"|(?:^|[,;.] )(?:can|may|could) (?:i|we|you|they|a|an|the|my|someone|people|it)\b"
            r"|\b(?:am|are|is) [a-z ]{1,20}(?:allowed|permitted)\b"
            r"|\bis it (?:ok|okay|legal|acceptable)\b|\bok (?:to|if)\b",
            r"可以|不得|禁止|严禁|不准|允许|有权|无权|不能|不予"
            r"|\b(?:may|must|shall|can|cannot|allowed|permitted|prohibited|not)\b",
        ),
        (
            r"后果|(?<![机社])会怎么?样|处罚|怎么罚|会[被受]罚|处分|\bwhat happens\b|\bpenalt|\bpunish"
            r"|\bconsequences?\b|\bin trouble\b",
            r"处以|处(?=[\d一二三五十]|拘|违)|处罚|处分|罚|(?<!有限)责任|吊销|责令|警告|解除|赔偿"
            r"|\b(?:penalt\w+|fine[sd]?|dismiss\w*|terminat\w+|suspen\w+|disciplin\w+|liab\w+|misconduct|withdraw\w*"
            r"|loses?|loss|warnings?)\b",
        ),
    )
)
_STAGE = (
    re.compile(
        r"哪一?(?:步|个?阶段)|(?:什么|何种|怎样的?)(?:阶段|地步|程度|水平)|\b(?:what|which) (?:stage|phase|level)\b"
        r"|\bhow far (?:has|have|along|advanced)\b"
    ),
    re.compile(r"阶段|水平|起步|\b(?:stage|phase|level)\b"),
)
_SCHOLARS = (
    re.compile(
        r"(?:哪些?|哪几[个位]|哪位|什么)(?:国外|外国|国内)?(?:学者|研究者|文献)|谁的研究|引用了?谁"
        r"|\b(?:which|what) (?:scholars|researchers|authors)\b"
        r"|\b(?:which|whose) (?:studies|work|research) (?:is|are|does)\b|\bwho (?:else )?(?:is|are) cited\b"
    ),
    re.compile(r"\((?:19|20)\d\d\)|学者|\bet al\b|\bscholars?\b|\bresearchers?\b"),
)
_REASON = re.compile(
    r"原因|顾虑|担心|担忧|阻力|因为|由于|因此|因而|所以|从而|以便|以期|为了|为此|导致|致使|使得|有助于|有利于|不能"
    r"|无法|难以|需要|才能|避免|防止|造成"
    r"|\b(?:because|since|therefore|thus|hence|so that|so as|in order|due to|owing|leads? to|caus\w+|results? in"
    r"|helps?|need\w*"
    r"|can(?:not| no longer)|avoid|prevent|otherwise|reasons?|concerns?|worr(?:y|ies|ied)|afraid|fears?|reluctan\w+)\b"
)


def fitting(question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, best first, where those of the form that a question asks for have gained on the others."""
    forms = [has for asks, has in _FORMS if asks.search(question.folded)]
    if question.kind == "why":
        forms.append(_REASON)
    gains = [(form, FITTING) for form in forms]
    gains += [(has, TELLING) for asks, has in (_STAGE, _SCHOLARS) if asks.search(question.folded)]
    if not gains:
        return candidates
    found = [
        replace(c, score=c.score + max((gain for form, gain in gains if form.search(c.held.folded)), default=0.0))
        for c in candidates
    ]
    return sorted(found, key=lambda c: (-c.score, c.key))
