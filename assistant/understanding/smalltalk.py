"""Small talk: greetings, thanks, who are you. A short fixed reply; everything else is a question for the documents."""

from __future__ import annotations

import re

from index.analysis import fold

_END = r"[\s!！。.?？~～,，啊呀哦哈吗呢啦咯哟]*$"
_TALK: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "greeting",
        re.compile(
            rf"^(?:你好|您好|你们好|大家好|哈喽|哈罗|嗨|嘿|在吗|在不在|早上好|早安|早|下午好|晚上好|中午好|hi|hello"
            rf"|hey|hiya|good (?:morning|afternoon|evening|day)|greetings|howdy)(?: there| everyone)?{_END}"
        ),
    ),
    (
        "greeting",
        re.compile(
            rf"^(?:你好吗|最近怎么样|你还好吗|how are you(?: doing)?(?: today)?|how(?:'s| is) it going"
            rf"|what'?s up){_END}"
        ),
    ),
    (
        "thanks",
        re.compile(
            rf"^(?:(?:好的?|明白了?|知道了|嗯|行|不错|太好了|great|ok(?:ay)?|good|perfect|nice|cool|got it|awesome"
            rf"|wonderful)[,，!！.。\s]*)*(?:谢谢|多谢|感谢|谢了|非常感谢|谢谢你|谢谢您|太感谢了|辛苦了"
            rf"|thanks?(?: you)?|thank you|thx|many thanks|cheers)(?: you)?(?:(?: so| very)? much| a lot|你|您|了"
            rf"|你的帮助|!)?{_END}"
        ),
    ),
    (
        "identity",
        re.compile(
            rf"^(?:请问)?(?:你|您)(?:是谁|是什么|叫什么(?:名字)?|是做什么的|是干什么的|能做什么|能干什么|会什么"
            rf"|可以做什么|能帮我做什么|有什么功能|是机器人|是真人|是哪个模型|是什么模型|怎么用){_END}"
            rf"|^(?:who|what) are you{_END}|^what(?: is|'s) your name{_END}|^what can you do(?: for me)?{_END}"
            rf"|^are you (?:a )?(?:human|robot|bot|real|ai|chatgpt|an ai){_END}"
            rf"|^(?:how do (?:you|i use you) work|introduce yourself|自我介绍(?:一下)?|介绍一下你自己|help"
            rf"|帮助){_END}"
        ),
    ),
    ("farewell", re.compile(rf"^(?:再见|拜拜|回见|晚安|bye(?: bye)?|goodbye|see you(?: later)?|good night){_END}")),
)


_FILLER = re.compile(
    r"^(?:帮大忙了|帮了大忙|辛苦了?|太好了|很有帮助|很好|好的?|明白了?|知道了|懂了|收到|嗯+|行|没问题|没事了|就这些|"
    r"great|ok(?:ay)?(?: great)?|good|perfect|nice|cool|got it|understood|awesome"
    r"|(?:(?:that|this|it)(?:'s| is| was| has been) )?(?:(?:really|very|so|super|most|extremely) )?(?:helpful|useful|clear)"
    r"|that'?s (?:all|it|great|helpful)(?: for (?:today|now))?|no more questions?)"
    r"[\s!！。.?？~～啦呀哦哈咯哟]*$"
)


def small_talk(question: str) -> str | None:
    """The name of the phrase that answers small talk ("greeting", "thanks", "identity", "farewell"), or None.

    Several courtesies in a row are answered by the last that is more than a filler.
    """
    folded = fold(question).strip()
    clauses = [clause.strip() for clause in re.split(r"[,，。.!！?？;；]+", folded) if clause.strip()]
    names = [_named(clause) or ("thanks" if _FILLER.match(clause) else None) for clause in clauses]
    if not names or None in names:
        return _named(folded)
    return next((name for name in reversed(names) if name != "thanks"), "thanks")


def _named(folded: str) -> str | None:
    return next((name for name, pattern in _TALK if pattern.match(folded)), None)
