"""Labels: what a document calls by a word and a number within its text ("Recommendation 8: …", 建议三：……) or its titles
("Stage 2: hosepipe ban"), told by its label."""

from __future__ import annotations

import re

from assistant.extractive.claims import Claim
from assistant.extractive.documents import named_documents
from assistant.extractive.overview import about_section
from assistant.extractive.reading import Held, Reader
from assistant.extractive.structure import passages_under
from assistant.understanding.lexicon import VAGUE, alike, words_of
from assistant.understanding.question import Question
from assistant.understanding.units import without_label
from index.analysis import fold
from index.numerals import NUMERAL, whole
from index.passages import Passage, Sentence

# A label that begins a line, and what ends it.
_LABEL = re.compile(
    rf"[\s*_#>•·-]*(?:([a-z]+|[\u4e00-\u9fff]{{2}})\s*(\d{{1,2}}|[{NUMERAL}]{{1,3}})|第([{NUMERAL}]{{1,3}}|\d{{1,2}})([\u4e00-\u9fff]{{2}}))"
    r"[*_]*(?=\s*[:：.、,，)）—–-])"
)
# What is told by its label holds so much of the question, by weight.
HELD = 0.4
# So many sentences are told of it.
MOST = 4


def labelled(reader: Reader, question: Question) -> list[Claim]:
    """What stands at the label that a question names: the section whose title begins with it, or the paragraph that does, up to
    its end or the next label. Of the documents that it names only, where it names any; [] where none has that label, or what
    else is asked stands elsewhere (at which level a stage begins, who pays for a recommendation)."""
    if question.label is None:
        return []
    named = named_documents(reader.index, question)
    documents = [d for d in reader.index.documents.values() if not named or d.id in named]
    for document in documents:
        for section in document.sections:
            if _names(section.title, question.label):
                around = [reader.study(p).around for p in passages_under(reader.index, document, section)]
                held = [reader.headings(document, section.position)[1], reader.about(document), *around]
                if _asks_of(question, held):
                    return about_section(reader, question, document, section, [])
    for document in documents:
        for passage in reader.index.by_document[document.id]:
            if told := _paragraph(reader, question, passage):
                return [Claim(passage, (s,), 1.0) for s in told]
    return []


def _paragraph(reader: Reader, question: Question, passage: Passage) -> list[Sentence]:
    """The sentences of a passage from the label of a question up to the next one, or the end of the paragraph; [] without it."""
    document = reader.index.documents[passage.document]
    for place, sentence in enumerate(passage.sentences):
        if question.label is None or not _names(document.text[sentence.start : sentence.end], question.label):
            continue
        told = [sentence]
        for following in passage.sentences[place + 1 : place + MOST]:
            parted = "\n" in document.text[told[-1].end : following.start]
            if parted or _LABEL.match(fold(document.text[following.start : following.end])):
                break
            told.append(following)
        studied = reader.study(passage)
        held = [studied.headings, reader.about(document), *studied.held[place : place + len(told)]]
        return told if _asks_of(question, held) else []
    return []


def _asks_of(question: Question, held: list[Held]) -> bool:
    """Whether some texts hold enough of what a question says beside its label, or it says nothing else."""
    words = [w for w in words_of(without_label(question.folded)) if w.weight > VAGUE]
    total = sum(w.weight for w in words)
    return sum(w.weight for w in words if any(h.match(w) for h in held)) >= HELD * total


def _names(text: str, label: tuple[str, int]) -> bool:
    """Whether a text begins with a label, in either language."""
    found = _LABEL.match(fold(text))
    if found is None:
        return False
    word, number = found[1] or found[4], whole(found[2] or found[3])
    return number == label[1] and (word == label[0] or word in alike(label[0]))
