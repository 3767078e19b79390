"""The check of one claim: whether a few neighbouring sentences of its sources say it, with the same facts and polarity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.support.guards import absent_facts, differences, turned_across
from assistant.support.names import absent_names
from assistant.support.tokens import tokens_of, without_markers
from assistant.support.windows import Window, verbatim, windows
from index.embeddings import Embedder

Verdict = Literal["supported", "unsupported", "unsure"]

# For a source in the claim's language, and in the other one: the share of the claim's words that supports it, the share
# from which it is in doubt; and the cosine that supports it where at least the last share of its words is held. Across
# languages the shipped model gives 99 of 100 unrelated pairs less than 0.27 and 98 of 100 translations more (n = 1,623 each).
WITHIN = 0.75, 0.5, 0.8, 0.5
ACROSS = 0.6, 0.2, 0.3, 0.1
# Windows looked at closely, best first.
TRIED = 3


@dataclass(frozen=True)
class Support:
    """What the sources have to say for a claim.

    source: the source that supports it, or comes nearest; None where none shares anything with it.
    start, end: the supporting span in that source, in characters: whole sentences, at most three adjacent ones.
    score: share of the claim's words that the span holds, 0 to 1.
    reasons: what is not supported: "number:35%", "date:…", "article:…", "period:…", "name:…", "negation", "modality", "direction",
        "bound", "only", "roles", "words".
    """

    verdict: Verdict
    source: int | None
    start: int
    end: int
    score: float
    reasons: tuple[str, ...]


NOTHING = Support("unsupported", None, 0, 0, 0.0, ("words",))

# Words that lead to a claim and are none of it.
_SOURCE_ZH = "(?:文件|文本|文档|段落|资料|材料|政策|规定|原文|文章|论文|来源)"
_SOURCES_EN = r"(?:documents?|passages?|texts?|polic(?:y|ies)|sources?|papers?|context)"
_LEAD = re.compile(
    r"^(?:(?:根据|按照|依据|据)(?:(?:上述|以上|该|本|相关|所给|给定|所提供|提供)的?)?"
    rf"(?:{_SOURCE_ZH}\s*\d{{0,2}}|第\s*\d{{1,2}}\s*(?:个段落|段落|段))(?:的规定|的内容|中?所述|所载|内容|中|可知)?"
    rf"|(?:文中|{_SOURCE_ZH}\s*\d{{0,2}}中?)(?:明确)?(?:指出|提到|提及|认为|说|显示|表明|写道)|文中|文章|同时|此外"
    rf"|另外|其中|具体(?:来说|而言|来讲)?|总之|总的来说"
    r"|(?:需要|值得)(?:注意|说明|指出|一提)的是|也就是说|换句话说|简单(?:来说|地说)|因此|所以|首先|其次|最后"
    r"|再次)[,，:：]\s*"
    rf"|^(?:(?:according to|as stated in|based on) (?:the )?(?:provided |given )?{_SOURCES_EN}(?: provided| given"
    rf"| \d{{1,2}})?"
    rf"|(?:the )?(?:provided |given )?{_SOURCES_EN}(?: \d{{1,2}})? (?:says?|states?|notes?|mentions?|shows?"
    rf"|indicates?)(?: that)?"
    r"|in addition|in other words|in short|in particular|specifically"
    r"|also|moreover|furthermore|additionally|therefore|however|first|finally|overall|note that|that is),?\s+",
    re.IGNORECASE,
)


# A model that has lost its way says the same few words over and over; they may all be the source's, and say nothing.
_BABBLE = re.compile(r"\b([^\W\d_]{2,}(?: [^\W\d_]{2,}){0,3})(?: \1\b){3,}|([\u4e00-\u9fff]{1,8})\2{3,}")


def check(claim: str, sources: Sequence[str], embedder: Embedder | None = None) -> Support:
    """Whether one of the sources supports a claim, and by which words.

    A claim is supported where at most three adjacent sentences of one source hold most of its words, all of its numbers,
    dates, numbered units and names, and turn nothing round. An embedder helps with other words for the same, and with a
    source in the other language. Citation markers in the claim are left out.
    """
    claim = without_markers(claim).strip()
    if not any(c.isalnum() for c in claim):
        return NOTHING
    said = verbatim(claim, sources)
    if said:
        return Support("supported", said.source, said.start, said.end, 1.0, ())
    if _BABBLE.search(claim):
        return NOTHING
    claim = _LEAD.sub("", claim)
    found: list[Support] = []
    denied = False
    for window in windows(claim, sources)[:TRIED]:
        if window.crossing and denied:
            continue  # across languages less can be told, so the original does not save what its translation denies
        support = _support(claim, sources[window.source], window, embedder)
        denied = denied or (not window.crossing and window.coverage >= WITHIN[0])
        if support.verdict == "supported":
            return support
        found.append(support)
    return min(found, key=lambda s: (s.verdict == "unsupported", len(s.reasons), -s.score), default=NOTHING)


def _support(claim: str, text: str, window: Window, embedder: Embedder | None) -> Support:
    quote = text[window.start : window.end]
    mine, theirs = tokens_of(claim), tokens_of(quote)
    wrong = absent_names(claim, quote, window.crossing)
    if window.crossing:
        wrong += absent_facts(mine, theirs)
        doubts = turned_across(mine, theirs)
    else:
        turned, doubts = differences(mine, theirs)
        wrong += turned
    verdict: Verdict = "unsupported"
    if not wrong:
        near = _near(claim, quote, window, embedder)
        verdict = "unsure" if doubts and near == "supported" else near
    reasons = dict.fromkeys(wrong or doubts or (["words"] if verdict != "supported" else []))
    score = round(window.coverage, 4)
    return Support(verdict, window.source, window.start, window.end, score, tuple(reasons))


def _near(claim: str, quote: str, window: Window, embedder: Embedder | None) -> Verdict:
    """How near the words of a claim come to those of its window, facts and polarity apart."""
    full, some, alike, least = ACROSS if window.crossing else WITHIN
    if window.coverage >= full:
        return "supported"
    if embedder is not None and window.coverage >= least:
        one, other = embedder.encode([claim, quote])
        if float(one @ other) >= alike:
            return "supported"
    return "unsure" if window.coverage >= some else "unsupported"
