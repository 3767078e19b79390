"""The chat itself: Gradio components and their events. A visitor's turns live in that visitor's session and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from time import monotonic
from typing import Any

import gradio as gr

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.examples import examples
from assistant.page import messages
from assistant.understanding.followup import Turn
from index.analysis import language_of
from index.documents import Document
from prompts import LANGUAGES, fill, interface

# Gradio's own default answers one visitor at a time.
AT_ONCE = 32
# Seconds between two looks at an answer that is being written: nobody reads faster, and each one is drawn anew.
_PAUSE = 0.05
_TITLES = 3

Shown = list[dict[str, str]]


@dataclass(frozen=True)
class Exchange:
    """A question and its answer: both as the HTML shown, and the turns that later questions build on (none where the
    question was no question)."""

    question: str
    answer: str = ""
    turns: tuple[Turn, ...] = ()


@dataclass
class Conversation:
    """One visitor's exchanges, and the mark of the answer that is being written: it ends when the mark is another."""

    exchanges: list[Exchange] = field(default_factory=list)
    writing: object = None


def build(assistant: Assistant) -> tuple[gr.Blocks, gr.I18n]:
    """The chat over an assistant, and its texts, from which the browser's language chooses."""
    documents = assistant.index.documents
    i18n = gr.I18n(**{language: _texts(language, documents) for language in LANGUAGES})

    def reply(question: str, conversation: Conversation) -> Iterator[tuple[Any, Any]]:
        # A lone surrogate is no character, and nothing after this could write it down.
        question = question.encode("utf-8", "replace").decode()
        if not question.strip():
            yield gr.Textbox(value="", placeholder=i18n("assistant_blank")), gr.skip()
            return
        mark = conversation.writing = object()
        exchanges = conversation.exchanges
        history = [turn for exchange in exchanges for turn in exchange.turns]
        place = len(exchanges)
        exchanges.append(Exchange(messages.asked(question)))
        waiting = gr.Textbox(value="", placeholder=i18n("assistant_placeholder"), submit_btn=False, stop_btn=True)
        yield waiting, _shown(exchanges)
        for written in _written(assistant, question, history, exchanges[place]):
            if conversation.writing is not mark:
                exchanges[place] = _stopped(question, exchanges[place])
                break
            exchanges[place] = written
            yield gr.skip(), _shown(exchanges)
        yield gr.Textbox(submit_btn=True, stop_btn=False), _shown(conversation.exchanges)

    # Gradio could cancel the event instead, but its page then sometimes waits for the end of it, and takes no question.
    def stop(conversation: Conversation) -> None:
        conversation.writing = None

    def start(conversation: Conversation) -> tuple[Any, Any]:
        conversation.writing = None
        conversation.exchanges = []
        return gr.Textbox(value="", submit_btn=True, stop_btn=False), []

    with gr.Blocks(title=f"{interface('zh')['name']} · {interface('en')['name']}", fill_height=True) as blocks:
        conversation = gr.State(Conversation())
        with gr.Row(elem_id="top"):
            gr.Markdown(i18n("assistant_brand"), elem_id="brand")
            fresh = gr.Button(i18n("assistant_new_chat"), elem_id="new-chat", size="sm")
        chatbot = gr.Chatbot(
            label=i18n("assistant_conversation"),
            placeholder=str(i18n("assistant_welcome")),
            elem_id="conversation",
            show_label=False,
            container=False,
            height="100%",
            scale=1,
            layout="panel",
            buttons=[],
            feedback_options=None,
            latex_delimiters=[],
            allow_file_downloads=False,
            group_consecutive_messages=False,
            autoscroll=False,
        )
        box = gr.Textbox(
            label=i18n("assistant_question"),
            placeholder=i18n("assistant_placeholder"),
            elem_id="question",
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            submit_btn=True,
            stop_btn=False,
        )
        gr.Markdown(i18n("assistant_note"), elem_id="note")
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        box.submit(reply, [box, conversation], [box, chatbot], **private)
        box.stop(stop, conversation, None, **private)
        fresh.click(start, conversation, [box, chatbot], **private)
    blocks.queue(default_concurrency_limit=AT_ONCE, api_open=False)
    return blocks, i18n


def _written(assistant: Assistant, question: str, history: Sequence[Turn], exchange: Exchange) -> Iterator[Exchange]:
    """The exchange as its answer grows, looked at every so often, and then whole."""
    said = ""
    looked = monotonic()
    try:
        for piece in assistant.stream(question, history):
            if isinstance(piece, Answer):
                html = messages.answered(piece, assistant.index.documents)
                turns = _turns(question, piece.text) if piece.kind != "invalid" else ()
                yield replace(exchange, answer=html, turns=turns)
                return
            if isinstance(piece, str):
                said += piece
            if monotonic() - looked >= _PAUSE:
                looked = monotonic()
                yield replace(exchange, answer=messages.writing(said), turns=_turns(question, said))
    except Exception:
        # The door to people: whatever went wrong is logged whole, and said to them in plain words.
        logging.getLogger(__name__).exception("a question could not be answered")
        yield replace(exchange, answer=messages.failed(language_of(question)))


def _stopped(question: str, exchange: Exchange) -> Exchange:
    """The exchange as it was seen when it was stopped."""
    said = exchange.turns[1]["content"] if exchange.turns else ""
    return replace(exchange, answer=messages.stopped(said, language_of(question)))


def _shown(exchanges: Sequence[Exchange]) -> Shown:
    """Exchanges as Gradio's messages; one that has no answer yet ends with its question."""
    pairs = ((("user", exchange.question), ("assistant", exchange.answer)) for exchange in exchanges)
    return [{"role": role, "content": content} for pair in pairs for role, content in pair if content]


def _turns(question: str, said: str) -> tuple[Turn, ...]:
    return {"role": "user", "content": question}, {"role": "assistant", "content": said}


def _texts(language: str, documents: Mapping[str, Document]) -> dict[str, str]:
    """The texts that stand in Gradio's components, under names that Gradio has no texts of its own for."""
    words = interface(language)
    return {
        "assistant_brand": f"<h1>{escape(words['name'])}</h1><p>{escape(words['tagline'])}</p>",
        "assistant_welcome": _welcome(language, words, documents),
        **{
            f"assistant_{key}": words[key]
            for key in ("conversation", "question", "placeholder", "blank", "note", "new_chat")
        },
    }


def _welcome(language: str, words: Mapping[str, str], documents: Mapping[str, Document]) -> str:
    """What an empty chat says: what to expect, from which documents, and questions to try (page.js asks them)."""
    quoted = [_title(document, language) for document in documents.values()]
    titles = ("、" if language == "zh" else ", ").join(quoted[:_TITLES])
    if len(quoted) > _TITLES:
        basis = fill("documents_more", words["documents_more"], titles=titles, count=len(quoted))
    else:
        basis = fill("documents", words["documents"], titles=titles)
    buttons = "".join(
        f'<button class="example" type="button">{escape(question)}</button>'
        for question in examples(language, documents)
    )
    offered = f'<p class="examples-title">{escape(words["examples"])}</p><div class="examples">{buttons}</div>'
    return (
        f'<div class="welcome"><h2>{escape(words["welcome"])}</h2><p>{escape(words["welcome_text"])}</p>'
        f'<p class="basis">{escape(basis)}</p>{offered if buttons else ""}</div>'
    )


def _title(document: Document, language: str) -> str:
    other = document.translation
    return other.title if other and other.language == language != document.language else document.title
