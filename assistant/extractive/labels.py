"""Labels: what a document calls by a word and a number within its text ("Recommendation 8: …", 建议三：……), told by its label."""

from __future__ import annotations

import re

from assistant.extractive.claims import Claim
from assistant.extractive.reading import Reader
from assistant.understanding.question import Question
from index.analysis import fold
from index.numerals import whole

# A label that begins a line, and what ends it.
_LABEL = re.compile(
    r"[\s*_#>•·-]*([a-z]+|[\u4e00-\u9fff]{2})\s*(\d{1,2}|[一二三四五六七八九十]{1,3})[*_]*(?=\s*[:：.、,，)）—–-])"
)
# So many sentences are told of it.
MOST = 4


def labelled(reader: Reader, question: Question) -> list[Claim]:
    """What stands at the label that a question names, up to the end of its paragraph or the next label; [] where no document
    has that label."""
    if question.label is None:
        return []
    for passage in reader.index.passages:
        document = reader.index.documents[passage.document]
        for place, sentence in enumerate(passage.sentences):
            if _label(document.text[sentence.start : sentence.end]) != question.label:
                continue
            told = [sentence]
            for following in passage.sentences[place + 1 : place + MOST]:
                parted = "\n" in document.text[told[-1].end : following.start]
                if parted or _label(document.text[following.start : following.end]):
                    break
                told.append(following)
            return [Claim(passage, (s,), 1.0) for s in told]
    return []


def _label(text: str) -> tuple[str, int] | None:
    """The label that a text begins with: its word and number; or None."""
    found = _LABEL.match(fold(text))
    number = whole(found[2]) if found else None
    return (found[1], number) if found and number else None
