"""Reference marks: those that a source's text carries ([3], [3,4], [5-7]), and those that a question names (文献3)."""

from __future__ import annotations

import re
from collections.abc import Callable

# Whatever counts in square brackets. A footnote of our own cites one source by one number; a text may give a row or a range.
_MARK = re.compile(r"[\[【［]\s*(\d[\d,，、;；\-–—~～ ]*)[\]】］]")
_JOINED = r"(?:\s*(?:[,，、;；\-–—~～]|\b(?:and|to)\b|[和与及至到])\s*)"
_NAMED = re.compile(
    r"(?:文献|引文|引用|注释|标注|references?|citations?|sources?|\brefs?\.?|footnotes?)\s*(?:no\.?|numbers?|第|#"
    r"|marks?)?\s*"
    rf"(\d{{1,3}}(?:{_JOINED}\d{{1,3}})*)(?!\d|\s*[篇个条项处种部])"
)
# A range of more marks than this is no range.
_MOST_IN_RANGE = 30
# The work itself is asked about, not what it is cited for.
_WORK = re.compile(
    r"作者(?=是|有|叫|姓|何|[、和及,，?？]|$)|题目|标题|题名|篇名|书名|期刊|杂志|刊物|出版|发表|谁(?:写|著)"
    r"|(?:哪|何)(?:一?年|时)(?:发|出|写)"
    r"|\b(?:titles?|entitled|titled|authors?|authored|wrote|written|published|publisher|publication|journal"
    r"|bibliograph\w*)\b"
    r"|\bwho (?:is|are|was|were)\b|\b(?:full|complete) (?:reference|citation)\b"
)


def marks_in(text: str) -> list[int]:
    """The marks that a text carries, in order: [3, 4] for "[3,4]", [5, 6, 7] for "[5-7]"."""
    return [mark for match in _MARK.finditer(text) for mark in _spelt_out(match.group(1))]


def retold(text: str, tell: Callable[[str], str]) -> str:
    """A text with each of its marks told otherwise. tell: given what stands between the brackets."""
    return _MARK.sub(lambda match: tell(match.group(1).strip()), text)


def reference_marks(folded: str) -> list[int]:
    """The reference marks that a folded question names: [3], 文献3, references 3 and 4."""
    named = [mark for match in _NAMED.finditer(folded) for mark in _spelt_out(match.group(1))]
    return list(dict.fromkeys([*marks_in(folded), *named]))


def without_marks(folded: str) -> str:
    """A folded question without the marks that it names."""
    return _NAMED.sub(" ", _MARK.sub(" ", folded))


def other_marks(folded: str, marks: str) -> str:
    """A folded question with other marks in the place of the first that it names, and without the rest."""
    first = next(match for pattern in (_MARK, _NAMED) if (match := pattern.search(folded)))
    return f"{without_marks(folded[: first.start()])}{marks}{without_marks(folded[first.end() :])}"


def asks_for_work(folded: str) -> bool:
    """Whether a question about a mark asks for the work that is cited: who wrote it, its title, when it came out."""
    return bool(_WORK.search(folded))


def opens_with(text: str, marks: tuple[int, ...]) -> bool:
    """Whether a line begins with one of some marks, as an entry of a list of references does."""
    match = _MARK.match(text.strip())
    return match is not None and any(mark in marks for mark in _spelt_out(match.group(1)))


def _spelt_out(inside: str) -> list[int]:
    found: list[int] = []
    for joined, number in re.findall(r"([^\d]*)(\d+)", inside):
        value = int(number)
        if len(number) > 3:
            continue
        if found and re.search(r"[-–—~～至到]|to", joined) and found[-1] < value <= found[-1] + _MOST_IN_RANGE:
            found += range(found[-1] + 1, value)
        found.append(value)
    return found
