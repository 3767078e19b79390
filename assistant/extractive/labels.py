"""Labels: what a document calls by a word and a number within its text ("Recommendation 8: …", 建议三：……) or its titles
("Stage 2: hosepipe ban"), told by its label."""

from __future__ import annotations

import re

from assistant.extractive.claims import Claim
from assistant.extractive.overview import about_section
from assistant.extractive.reading import Reader
from assistant.extractive.structure import passages_under
from assistant.understanding.lexicon import VAGUE, alike, words_of
from assistant.understanding.question import Question
from assistant.understanding.units import without_label
from index.analysis import fold
from index.documents import Document, Section
from index.numerals import NUMERAL, whole

# A label that begins a line, and what ends it.
_LABEL = re.compile(
    rf"[\s*_#>•·-]*(?:([a-z]+|[\u4e00-\u9fff]{{2}})\s*(\d{{1,2}}|[{NUMERAL}]{{1,3}})|第([{NUMERAL}]{{1,3}}|\d{{1,2}})([\u4e00-\u9fff]{{2}}))"
    r"[*_]*(?=\s*[:：.、,，)）—–-])"
)
# A section that is told by its label holds so much of the question, by weight.
HELD = 0.4
# So many sentences are told of it.
MOST = 4


def labelled(reader: Reader, question: Question) -> list[Claim]:
    """What stands at the label that a question names: the section whose title begins with it, or the paragraph that does, up to
    its end or the next label; [] where no document has that label."""
    if question.label is None:
        return []
    for document in reader.index.documents.values():
        for section in document.sections:
            if _names(section.title, question.label) and _holds(reader, question, document, section):
                return about_section(reader, question, document, section, [])
    for passage in reader.index.passages:
        document = reader.index.documents[passage.document]
        for place, sentence in enumerate(passage.sentences):
            if not _names(document.text[sentence.start : sentence.end], question.label):
                continue
            told = [sentence]
            for following in passage.sentences[place + 1 : place + MOST]:
                parted = "\n" in document.text[told[-1].end : following.start]
                if parted or _LABEL.match(fold(document.text[following.start : following.end])):
                    break
                told.append(following)
            return [Claim(passage, (s,), 1.0) for s in told]
    return []


def _holds(reader: Reader, question: Question, document: Document, section: Section) -> bool:
    """Whether a section holds half of what else a question says: the level at which a stage begins is told elsewhere."""
    words = [w for w in words_of(without_label(question.folded)) if w.weight > VAGUE]
    around = [reader.study(p).around for p in passages_under(reader.index, document, section)]
    held = [reader.headings(document, section.position)[1], reader.about(document), *around]
    total = sum(w.weight for w in words)
    return sum(w.weight for w in words if any(h.match(w) for h in held)) >= HELD * total


def _names(text: str, label: tuple[str, int]) -> bool:
    """Whether a text begins with a label, in either language."""
    found = _LABEL.match(fold(text))
    if found is None:
        return False
    word, number = found[1] or found[4], whole(found[2] or found[3])
    return number == label[1] and (word == label[0] or word in alike(label[0]))
