"""Lists and tables as they stand in a text: the lines, what introduces them, the head of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from assistant.extractive.claims import Claim
from assistant.extractive.evidence import Candidate
from assistant.extractive.reading import LISTED, Reader
from assistant.understanding.question import Question
from index.passages import Passage, Sentence, width

# A column may be of a year.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# So many lines of one list are shown.
MOST_LINES = 20
# The title that a line opens with is no longer than so many Han characters.
TITLE = 16
# A yes or a no that the next sentence explains.
_BARE = re.compile(
    r"(?:不?可以|不?能|不?会|不?需要|不?用|不?是的?|没有|有|不一定|一般不?(?:可以|能|会|需要)|可以的|视情况而定)[。！.]"
    r"|(?:yes|no|not always|not necessarily|usually|sometimes|it depends(?: on [^.]{1,40})?|that depends)\.",
    re.IGNORECASE,
)
# A point of an argument told in paragraphs: 一是供需错位。…… "Second, …" Whatever else its paragraph says is no line of the list.
FIRST_POINT = re.compile(r"^\s*(?:一[是要]|(?:第一|首先|其一)[，,、：:是]|first(?:ly)?,)", re.IGNORECASE)
POINT = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+[是要]、?(?=[\u4e00-\u9fff])"
    r"|(?:第[一二三四五六七八九十]|首先|其次|再次|最后|其[一二三四五])[，,、：:是]"
    r"|(?:and )?(?:first|second|third|fourth|fifth|sixth|last|final)(?:ly)?,)",
    re.IGNORECASE,
)


def introduction(reader: Reader, candidate: Candidate) -> Candidate | None:
    """For a line of a list, the sentence that introduces the list: without it a line says little, and often not whether
    it is demanded or forbidden."""
    document = reader.index.documents[candidate.passage.document]
    if not LISTED.match(candidate.original):
        return None
    for passage in reversed(reader.index.by_document[document.id]):
        if passage.section != candidate.passage.section or passage.id > candidate.passage.id:
            continue
        for position in reversed(range(len(passage.sentences))):
            sentence = passage.sentences[position]
            words = document.text[sentence.start : sentence.end]
            if sentence.start < candidate.sentence.start and not LISTED.match(words):
                found = replace(candidate, studied=reader.study(passage), position=position)
                return found if words[-1] in ":：" else None
    return None


def completed(reader: Reader, claim: Claim) -> Claim:
    """A claim that says too little by itself, with what stands beside it on its line: the title that a paragraph or the line
    of a list opens with ("2. Better kilns.") with what it goes on to say, and what follows a bare yes or no with that."""
    sentences = claim.passage.sentences
    first, last = (sentences.index(claim.sentences[place]) for place in (0, -1))
    text = reader.index.documents[claim.passage.document].text
    if first and _BARE.fullmatch(text[sentences[first - 1].start : sentences[first - 1].end]):
        first -= 1
    words = text[sentences[first].start : sentences[first].end]
    listed = bool(LISTED.match(words)) and words[-1] not in ":：" and width(words) <= TITLE
    title = listed or _BARE.fullmatch(words) or reader.study(claim.passage).titled.get(first) == first
    if first == last and title and last + 1 < len(sentences):
        last += 1
    whole = sentences[first : last + 1]
    joined = "\n" not in text[whole[0].start : whole[-1].end]
    return replace(claim, sentences=whole) if joined and len(whole) > len(claim.sentences) else claim


def is_row(candidate: Candidate) -> bool:
    """Whether a sentence is a row of a table, its head among them."""
    return " | " in candidate.original


def _head(candidate: Candidate) -> Candidate | None:
    """For a row of a table, the row that heads it: without it the cells do not say what they are of."""
    if not is_row(candidate):
        return None
    first = candidate.position
    while first and is_row(replace(candidate, position=first - 1)):
        first -= 1
    return replace(candidate, position=first) if first < candidate.position else None


def heads_table(candidate: Candidate) -> bool:
    """Whether a sentence is the first row of a table, and names its columns: without the rows it answers nothing."""
    if not is_row(candidate) or re.search(r"\d", _YEAR.sub("", candidate.original)) or _head(candidate):
        return False
    following = candidate.after
    return following is not None and is_row(following)


_ANNOUNCES = re.compile(
    r"^[^，。；]{0,16}[二两三四五六七八九十]+[个条项点种类大][^，。；]{0,8}。$"
    r"|^(?:the |there (?:are|were) )?(?:two|three|four|five|six|seven|eight|nine|ten|following) (?!years?|months?|days?|day\b)"
    r"[^.:]{2,60}[.:]$",
    re.IGNORECASE,
)


def introduces(reader: Reader, candidate: Candidate) -> bool:
    """Whether a sentence announces a list (“… 下列文件：”, "Four lessons emerge."), or the first of several points comes right
    after it."""
    return (
        candidate.original.endswith((":", "："))
        or (_ANNOUNCES.search(candidate.original) is not None and _heads_list(reader, candidate))
        or len(_points(reader, candidate)) > 1
    )


def _heads_list(reader: Reader, candidate: Candidate) -> bool:
    """Whether the next sentence of its section is the first line of a list, and it is none itself."""
    text = reader.index.documents[candidate.passage.document].text
    if LISTED.match(candidate.original):
        return False
    following = next(_following(reader, candidate), None)
    if following is None:
        return False
    sentence = following[1]
    return "\n" in text[candidate.sentence.end : sentence.start] and bool(
        LISTED.match(text[sentence.start : sentence.end])
    )


def _points(reader: Reader, candidate: Candidate) -> list[Claim]:
    """The points that follow a sentence in its section, where the first one comes right after it (一是…… 二是……)."""
    text = reader.index.documents[candidate.passage.document].text
    points: list[Claim] = []
    for passage, sentence in _following(reader, candidate):
        words = text[sentence.start : sentence.end]
        # The first point comes right after; another first one is another heading's.
        if LISTED.match(words) or bool(points) == bool(FIRST_POINT.match(words)):
            break
        if POINT.match(words):
            points.append(Claim(passage, (sentence,), candidate.score))
    return points


def _following(reader: Reader, candidate: Candidate) -> Iterator[tuple[Passage, Sentence]]:
    """The sentences after one, in its section, whose passages stand together."""
    here = candidate.passage
    yield from ((here, sentence) for sentence in here.sentences[candidate.position + 1 :])
    for passage in islice(reader.index.passages, here.id + 1, None):
        if (passage.document, passage.section) != (here.document, here.section):
            return
        yield from ((passage, sentence) for sentence in passage.sentences)


def with_list(reader: Reader, candidate: Candidate) -> list[Claim]:
    """A sentence as a claim; one that introduces a list (“… 下列文件：”) with the lines of the list, a claim each."""
    claim = Claim(candidate.passage, (candidate.sentence,), candidate.score)
    document = reader.index.documents[candidate.passage.document]
    if heads_table(candidate):
        rows = takewhile(
            lambda found: " | " in document.text[found[1].start : found[1].end], _following(reader, candidate)
        )
        return [claim, *(Claim(p, (s,), candidate.score) for p, s in islice(rows, MOST_LINES))]
    if not introduces(reader, candidate):
        before = [c for c in (introduction(reader, candidate), _head(candidate)) if c is not None]
        return [*(Claim(c.passage, (c.sentence,), candidate.score) for c in before), claim]
    if points := _points(reader, candidate):
        return [claim, *points]
    lines: list[Claim] = []
    end = candidate.sentence.end
    for passage, sentence in _following(reader, candidate):
        words = document.text[sentence.start : sentence.end]
        same_line = bool(lines) and "\n" not in document.text[end : sentence.start]
        end = sentence.end
        if not LISTED.match(words) and lines:
            last = document.text[lines[-1].sentences[-1].start : lines[-1].sentences[-1].end]
            if same_line and width(last) > TITLE:
                continue  # a line is told by its first sentence
            if not same_line and last[-1] not in ";；,，":
                break
        lines.append(Claim(passage, (sentence,), candidate.score))
        if len(lines) == MOST_LINES:
            break
    return [claim, *lines]


def at_place(reader: Reader, question: Question, found: list[Claim]) -> list[Claim]:
    """The item of a list that a question asks for, told whole, [] where there is no such one; all where none is asked for."""
    if question.item is None:
        return found
    listed = [[claim] for claim in found if claim.item is not None] or _lines(reader, found)
    place = question.item - 1 if question.item > 0 else len(listed) + question.item
    if not 0 <= place < len(listed):
        return []
    first = listed[place][0]
    return listed[place] if first.item is None else in_full(first)


def in_full(claim: Claim) -> list[Claim]:
    """An item with all that its passage says, a claim for each sentence."""
    return [
        replace(claim, sentences=(s,), item=claim.item if n == 0 else None)
        for n, s in enumerate(claim.passage.sentences)
    ]


def beside(reader: Reader, candidates: Sequence[Candidate]) -> list[Claim]:
    """All that stands in the section of the best sentence, a claim each: a list there may have no introduction."""
    return [
        Claim(passage, (sentence,), best.score)
        for best in candidates[:1]
        for passage in reader.index.by_document[best.passage.document]
        if passage.section == best.passage.section
        for sentence in passage.sentences
    ]


def _lines(reader: Reader, found: list[Claim]) -> list[list[Claim]]:
    """The lines of a list among claims, each with what follows it in its paragraph."""
    lines: list[list[Claim]] = []
    end = 0
    for claim in found:
        text = reader.index.documents[claim.passage.document].text
        sentence = claim.sentences[0]
        if LISTED.match(text[sentence.start : sentence.end]):
            lines.append([claim])
        elif lines and "\n" not in text[end : sentence.start]:
            lines[-1].append(claim)
        end = claim.sentences[-1].end
    return lines
