"""Cited answers over policy text: `Assistant.open().ask("…")`."""

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.citations import Citation
from assistant.errors import AssistantError
from assistant.settings import Settings

__all__ = ["Answer", "Assistant", "AssistantError", "Citation", "Settings"]
