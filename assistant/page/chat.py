"""The page's components: Gradio lays them out, themes and serves them; the scripts in assets/ hold the conversation.

No event of Gradio's carries a question. Its queue rebuilds components and their configuration around every piece of an
answer, which under load cost the server several times what the answers did; and a conversation that stays in its browser
cannot be seen by anybody else. The scripts ask `POST /api/ask`, the way of every other surface.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from assistant.examples import examples
from index.documents import Document
from prompts import LANGUAGES, fill, interface

_TITLES = 3


def build() -> gr.Blocks:
    """The components that the scripts find by their ids and give their words."""
    blocks: gr.Blocks = gr.Blocks(title=f"{interface('zh')['name']} · {interface('en')['name']}", fill_height=True)
    with blocks:
        with gr.Row(elem_id="top"):
            for name in ("new-chat", "history", "export", "language", "theme"):
                gr.Button("", elem_id=name, size="sm")
        gr.Textbox(
            elem_id="question",
            show_label=False,
            container=False,
            interactive=True,
            lines=1,
            max_lines=6,
            submit_btn=True,
        )
    blocks.queue(api_open=False)
    return blocks


def given(documents: Mapping[str, Document]) -> dict[str, Any]:
    """What the scripts are given, by language: the page's texts, what it answers from, questions to try."""
    return {
        language: {
            "texts": interface(language),
            "titles": {name: _title(document, language) for name, document in documents.items()},
            "basis": _basis(language, documents),
            "examples": examples(language, documents),
        }
        for language in LANGUAGES
    }


def _basis(language: str, documents: Mapping[str, Document]) -> str:
    words = interface(language)
    titles = [_title(document, language) for document in documents.values()]
    joined = ("、" if language == "zh" else ", ").join(titles[:_TITLES])
    if len(titles) > _TITLES:
        return fill("documents_more", words["documents_more"], titles=joined, count=len(titles))
    return fill("documents", words["documents"], titles=joined)


def _title(document: Document, language: str) -> str:
    other = document.translation
    return other.title if other and other.language == language != document.language else document.title
