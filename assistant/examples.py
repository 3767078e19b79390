"""Questions to try: what an empty chat offers, on the page and in the widget's demo."""

from __future__ import annotations

from collections.abc import Mapping

from index.documents import Document
from index.store import SHIPPED_CORPUS
from prompts import fill, interface

COUNT = 4


def examples(language: str, documents: Mapping[str, Document]) -> list[str]:
    """Written ones for the shipped paper, questions about the first headings of any other documents."""
    words = interface(language)
    if all((SHIPPED_CORPUS / f"{name}.md").is_file() for name in documents):
        return [words[f"example_{number}"] for number in range(1, COUNT + 1)]
    sections = [section for document in documents.values() for section in document.sections]
    titles = [section.title for section in sections if section.depth] or [section.title for section in sections]
    return [fill("example_section", words["example_section"], title=title) for title in titles[:COUNT]]
