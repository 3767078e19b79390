"""Messages of the chat as HTML. All words of people and documents are escaped here, and nothing in them is read as markup.

Each answer carries its own passages, hidden, so that a marker always opens a source of the message it stands in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html import escape

from assistant.answer import Answer
from assistant.citations import Citation
from index.analysis import language_of
from index.documents import Document, Section
from prompts import fill, interface

LONGEST_SHOWN = 600
_SNIPPET = 200
_TOOLTIP = 160
_MARKER = re.compile(r"\[(\d{1,3})\]")
_ITEM = re.compile(r"(\d{1,3})\. \*\*(.+?)\*\*(：|: )(.*)")
# These turn the reading direction of what follows: a question could rewrite the page's own words.
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Documents = Mapping[str, Document]


def asked(question: str) -> str:
    """A question as its asker sees it, the end of a very long one left out."""
    shown = _lines(question[:LONGEST_SHOWN])
    language = language_of(question[:LONGEST_SHOWN])
    if len(question) > LONGEST_SHOWN:
        note = fill("shortened", interface(language)["shortened"], count=len(question))
        shown += f'… <span class="note">{escape(note)}</span>'
    return f'<div class="asked" lang="{_tag(language)}">{shown}</div>'


def writing(text: str) -> str:
    """The part of an answer that is there so far; its markers open nothing yet."""
    return f'<div class="answer writing">{_prose(text, {})}</div>'


def stopped(text: str, language: str) -> str:
    """An answer that its asker stopped."""
    note = escape(interface(language)["stopped"])
    return f'<div class="answer">{_prose(text, {})}<p class="notice">{note}</p></div>'


def failed(language: str) -> str:
    """What stands in place of an answer that failed."""
    return f'<div class="answer"><p class="notice">{escape(interface(language)["failed"])}</p></div>'


def answered(answer: Answer, documents: Documents) -> str:
    """A whole answer: prose with markers, notices, the list of its sources, and their passages for the reading pane."""
    words = interface(answer.language)
    refused = answer.abstained and answer.kind != "invalid"
    parts = [f'<div class="answer done{" abstained" if refused else ""}" lang="{_tag(answer.language)}">']
    prose = _prose(answer.text, {citation.number: citation for citation in answer.citations})
    parts.append(f'<div class="verdict">{prose}</div>' if refused else prose)
    parts += [f'<p class="notice">{escape(notice)}</p>' for notice in answer.notices]
    sources = answer.citations or answer.nearest
    if sources:
        near = not answer.citations
        title = escape(words["nearest" if near else "sources"])
        parts.append(f'<p class="sources-title">{title}</p><ol class="sources{" near" if near else ""}">')
        parts += [_source(citation, answer, documents, near) for citation in sources]
        parts.append('</ol><div class="passages">')
        parts += [_passage(citation, answer, documents, near) for citation in sources]
        parts.append("</div>")
    parts.append("</div>")
    return "".join(parts)


def _prose(text: str, citations: Mapping[int, Citation]) -> str:
    """Lines as paragraphs, numbered lines with a label as a list, markers as links to what they cite."""
    parts: list[str] = []
    inside = False
    for line in filter(str.strip, text.split("\n")):
        item = _ITEM.fullmatch(line)
        if inside != bool(item):
            parts.append("<ol>" if item else "</ol>")
            inside = bool(item)
        if item:
            number, label, colon, words = item.groups()
            parts.append(
                f'<li value="{number}"><strong>{_lines(label)}</strong>{colon}{_marked(words, citations)}</li>'
            )
        else:
            parts.append(f"<p>{_marked(line, citations)}</p>")
    return "".join(parts) + ("</ol>" if inside else "")


def _marked(line: str, citations: Mapping[int, Citation]) -> str:
    parts: list[str] = []
    end = 0
    for match in _MARKER.finditer(line):
        parts.append(_lines(line[end : match.start()]))
        end = match.end()
        number = int(match[1])
        if number in citations:
            preview = escape(_shortened(citations[number].quote, _TOOLTIP))
            parts.append(f'<a class="cite" role="button" href="#{number}" title="{preview}">[{number}]</a>')
        else:
            parts.append(f'<span class="cite">[{number}]</span>')
    return "".join(parts) + _lines(line[end:])


def _source(citation: Citation, answer: Answer, documents: Documents, near: bool) -> str:
    """One row of an answer's list of sources."""
    foreign = _foreign(citation, answer)
    number = f'<span class="number">{citation.number}</span>'
    place = escape(_place(citation, documents, translated=foreign) or citation.document.title)
    words = ""
    if near:
        preview = (citation.text_translation if foreign else None) or citation.text
        words = f'<span class="snippet">{_lines(_shortened(preview, _SNIPPET))}</span>'
    return (
        f'<li><button class="source" type="button" value="{citation.number}">{number}'
        f'<span class="where"><span class="place">{place}</span>{words}</span></button></li>'
    )


def _passage(citation: Citation, answer: Answer, documents: Documents, near: bool) -> str:
    """What the reading pane shows: where the passage stands, its words with the quoted ones marked, the translation."""
    foreign = _foreign(citation, answer)
    start = citation.start - citation.text_start
    quoted = None if near else (start, start + len(citation.quote))
    parts = [
        f'<div class="passage{" near" if near else ""}{" foreign" if foreign else ""}">',
        _line("document", citation.document.title),
        _line("section", _place(citation, documents)),
    ]
    parts.append(_quoted("original", citation.text, quoted))
    if citation.text_translation and citation.text_translation != citation.text:
        at = citation.text_translation.find(citation.translation or "\0")
        span = (at, at + len(citation.translation or "")) if at >= 0 and not near else None
        parts.append('<div class="other">')
        document = documents.get(citation.document.id)
        if document and document.translation:
            parts.append(_line("document", document.translation.title))
            parts.append(_line("section", _place(citation, documents, translated=True)))
        parts.append(_quoted("translation", citation.text_translation, span) + "</div>")
    return "".join([*parts, "</div>"])


def _line(kind: str, text: str) -> str:
    return f'<p class="{kind}" lang="{_tag(language_of(text))}">{_lines(text)}</p>'


def _quoted(kind: str, text: str, span: tuple[int, int] | None) -> str:
    """A passage with the quoted span marked."""
    start, end = span or (0, 0)
    marked = f"<mark>{_lines(text[start:end])}</mark>" if span else ""
    language = _tag(language_of(text))
    return f'<div class="{kind}" lang="{language}">{_lines(text[:start])}{marked}{_lines(text[end:])}</div>'


def _place(citation: Citation, documents: Documents, *, translated: bool = False) -> str:
    """A citation's section, such as "5.1 Conclusions › Enterprises"; in the translation's words where it has them."""
    path = citation.section.path
    document = documents.get(citation.document.id)
    if translated and document and document.translation and (section := _section(document, citation)):
        path = document.translation.sections[section.position].path
    return " ".join(filter(None, (citation.section.number, " › ".join(path))))


def _section(document: Document, citation: Citation) -> Section | None:
    around = [section for section in document.sections if section.start <= citation.start < section.end]
    return max(around, key=lambda section: section.depth, default=None)


def _foreign(citation: Citation, answer: Answer) -> bool:
    """Whether the source's words are in another language than the answer, and a translation can stand beside them."""
    return citation.text_translation is not None and language_of(citation.quote) != answer.language


def _lines(text: str) -> str:
    """Text as HTML on one line: Gradio's Markdown would take up again after an empty one."""
    visible = "".join(
        c for c in text if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _DIRECTIONS)
    )
    return escape(visible).replace("\n", "<br>")


def _shortened(text: str, length: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def _tag(language: str) -> str:
    return "zh-CN" if language == "zh" else "en"
