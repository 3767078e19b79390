"""Polarity: the words that turn a statement round: negations, exemptions, duties and permissions, "only", rises and falls, opposites."""

from __future__ import annotations

import re
from typing import Literal

from index.numerals import NUMERAL

Kind = Literal["negation", "modal", "bound", "direction", "only"]

# What a modal word can mean. 应 is between "shall" and "should"; a ban is a negation as well.
DUTY, ADVICE, PERMISSION, BAN = "duty", "advice", "permission", "ban"

_COUNTS = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety"
# In order of precedence, for folded text. Compounds in which 不, 未, 应 or 可 says nothing of the kind are left out.
PATTERNS: tuple[tuple[str, Kind, str], ...] = (
    # Bounds first: "not more than" and 不少于 negate nothing. Those with a negation go before those without.
    (
        r"不(?:得|能|应)?(?:超过|多于|高于|大于|晚于|迟于|长于)|不超"
        r"|\b(?:no|not) (?:more|later|longer|higher|greater|larger) than\b|\b(?:not|without|never) exceed(?:ing|s)?\b",
        "bound",
        "upper",
    ),
    (
        r"不(?:得|能|应)?(?:少于|低于|小于|早于|短于)|\b(?:no|not) (?:less|fewer|lower|earlier|shorter) than\b",
        "bound",
        "lower",
    ),
    (
        rf"(?:不足|不到|不满|未满)(?=\s*[\d{NUMERAL}])|以下(?![简称规条])|以内|之内"
        rf"|(?<=[日天周月年时钟期])内(?![容部外在瓦])|至多|最多|最高|最迟|低于|少于|小于"
        r"|\bat (?:the )?(?:most|latest)\b|\bup to\b|\b(?:less|fewer|lower|smaller) than\b|\bmaximum\b|\bbelow\b"
        r"|\bor (?:less|fewer)\b"
        rf"|\b(?:within|under) (?=\d|(?:an?|{_COUNTS})\b)",
        "bound",
        "upper",
    ),
    (
        r"以上|至少|最少|最低|超过|高于|多于|大于|逾(?!期)"
        r"|\bat (?:the )?(?:least|earliest)\b|\b(?:more|greater|higher|larger|longer) than\b|\bexceed(?:s|ed|ing)?\b"
        r"|\bminimum\b"
        rf"|\babove\b|\bor more\b|\bover (?=\d|(?:an?|{_COUNTS})\b)",
        "bound",
        "lower",
    ),
    (r"不得不|不可不", "modal", DUTY),
    (
        r"不得(?!而知)|禁止|严禁|不准|不许|不可(?![避或缺抗分逆])以?|不能(?!够?不)|不应当?(?!求)|不应该|无权|不允许"
        r"|不宜"
        r"|\b(?:must|shall|may|should|can|could|might) (?:not|never|neither)\b(?! only)|\bcannot\b"
        r"|\b(?:ca|must|sha|should|could|might|may)n['’]t\b"
        r"|\b(?:not|never) (?:be |been )?(?:allowed|permitted|entitled)\b|\bprohibit\w*|\bforbid\w*|\bbanned\b",
        "modal",
        BAN,
    ),
    (r"应当|应该|(?<![适响供反相效对感回顺因呼])应(?![用对急变答聘届邀力激试运诉收付纳许有])", "modal", f"{DUTY} {ADVICE}"),
    (
        r"必须|务必|有义务|(?<=[^必])须(?!知)|\bshall\b|\bmust\b"
        r"|\b(?:is|are|be|was|were) (?:required|obliged|obligated) to\b|\bha(?:s|ve) to\b|\bneeds? to\b",
        "modal",
        DUTY,
    ),
    (r"\bshould\b|\bought to\b|(?<![便不适事])宜(?=[^昌宾春居])", "modal", ADVICE),
    (
        r"可以|允许|准许|有权|(?<![不认许无尚])可(?![能靠行见持谓惜贵爱怕喜口乐比信选控变视操]|分解)"
        r"|\bmay\b|\bcan\b|\bmight\b|\bcould\b|\b(?:is|are|be) (?:allowed|permitted)\b"
        r"|\b(?:is|are|be) (?:entitled|free) to\b",
        "modal",
        PERMISSION,
    ),
    (
        r"(?<![不仅限])(?:只(?![要不])(?:有|能|限于?|限)?|仅(?!供参考)(?:仅|有|能|限于?)?|唯有|限于)"
        r"|(?<!\bnot )\b(?:only|solely|exclusively|merely|just(?= an?\b))\b|\blimited to\b",
        "only",
        "",
    ),
    # Who is exempt does not pay: an exemption denies as "not" does. 免职 and 避免 are something else.
    (
        r"豁免|(?<![避难以未任罢撤])免(?:除(?!.{0,6}职)|于|予)|(?<![避难以未任罢撤])免(?=[收征交缴费税息租检试押纳])"
        r"|\bexempt\w*|\bwaiv\w+|\bfree (?:of|from)\b|(?<=\bis )free\b(?! to)|(?<=\bare )free\b(?! to)",
        "negation",
        "",
    ),
    (
        r"不予|不再|不(?![断仅但只光同管论久少过如禁妨料])|未(?![来知])|没有?|无(?![论锡线])|非(?![常洲凡])|勿|除外"
        r"|除非|(?<![解废清排消免扣])除(?=[^,，。;；]{1,40}外)"
        r"|\bnot\b(?! only)|\bnever\b|\bno\b(?! doubt)|\bnone\b|\bnor\b|\bneither\b|\bwithout\b|\b\w+n['’]t\b"
        r"|\bunless\b|\bexcept\b",
        "negation",
        "",
    ),
    (
        r"上升|增长|提高|增加(?!值)|增多|上涨|提升|扩大|增强|上扬|攀升|走高|回升|上调|升高|涨幅|改善"
        r"|\b(?:ris(?:e|es|en|ing)|rose|increas\w*|gr[eo]w(?:s|n|ing|th)?|climb\w*|expand\w*|rais(?:e|es|ed|ing)"
        r"|improv\w*|went up|go(?:ne|ing)? up|soar\w*)\b",
        "direction",
        "up",
    ),
    (
        r"下降|减少|降低|下滑|下跌|缩小|减弱|萎缩|衰退|走低|回落|下调|缩减|削减|跌幅|降幅|恶化"
        r"|\b(?:f[ae]ll(?:s|en|ing)?|declin\w*|decreas\w*|drop(?:s|ped|ping)?|shr[aiu]nk\w*|reduc\w*|weaken\w*"
        r"|worsen\w*|deteriorat\w*|went down|go(?:ne|ing)? down|lower(?:s|ed|ing))\b",
        "direction",
        "down",
    ),
)  # fmt: skip

_OPPOSITES_HAN = "高低 多少 大小 强弱 早晚 早迟 前后 内外 上下 进出 买卖 增减 升降 涨跌 优劣 快慢 长短 正负 有无 新旧 公私 轻重 宽严 先后 左右 男女 盈亏 开关 始终 松紧 同异 良恶 甲乙"
_OPPOSITES_EN = (
    "increas decreas|high low|higher lower|highest lowest|earli late|more less|more fewer|most least|befor after|minimum maximum|"
    "abov below|within outsid|includ exclud|intern extern|domest foreign|open close|strong weak|stronger weaker|larg small|"
    "larger smaller|long short|longer shorter|first last|support oppos|accept reject|approv reject|approv refus|import export|"
    "public privat|full part|temporari perman|start end|begin end|win lose|buy sell|lend borrow|inner outer|upper lower|"
    "male femal|former latter|same differ|direct indirect|true fals|legal illeg|law unlaw|abl unabl"
)
_OPPOSITES = frozenset(
    frozenset(pair) for pair in (*map(tuple, _OPPOSITES_HAN.split()), *(p.split() for p in _OPPOSITES_EN.split("|")))
)
OTHER_WAY = {"up": "down", "down": "up", "upper": "lower", "lower": "upper"}
# Every word that has an opposite.
OPPOSED = frozenset(word for pair in _OPPOSITES for word in pair)


def opposite(claim: str, source: str) -> bool:
    """Whether two characters or stems are opposites: 高 and 低, "befor" and "after"."""
    return frozenset((claim, source)) in _OPPOSITES


def agree(claim: str, source: str) -> bool:
    """Whether two modal words can mean the same: 应当 ("duty advice") agrees with "shall" and with "should"."""
    return bool(set(claim.split()) & set(source.split()))


def is_ban(value: str) -> bool:
    """Whether a modal word forbids."""
    return value == BAN


def compiled() -> list[tuple[re.Pattern[str], Kind, str]]:
    """The patterns, compiled."""
    return [(re.compile(pattern), kind, value) for pattern, kind, value in PATTERNS]
