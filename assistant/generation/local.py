"""A local Hugging Face chat model, run in this process: read from safetensors, with no code of its own, and streamed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import SettingsError
from assistant.generation.prompt import ANSWER
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def local_model(source: str, settings: Settings) -> BaseChatModel:
    """The chat model in a folder, or of a Hugging Face id. Raises SettingsError where it cannot be read."""
    from langchain_core.language_models import BaseChatModel
    from langchain_core.outputs import ChatGenerationChunk
    from langchain_huggingface import ChatHuggingFace

    class LocalChat(ChatHuggingFace):
        """ChatHuggingFace streams asynchronously from an endpoint only; from a pipeline LangChain's own way does."""

        async def _astream(self, *arguments: Any, **options: Any) -> AsyncIterator[ChatGenerationChunk]:
            async for chunk in BaseChatModel._astream(self, *arguments, **options):
                yield chunk

    folder = Path(source)
    if folder.is_dir() and not any(folder.glob("*.safetensors")):
        raise SettingsError(
            f"ASSISTANT_MODEL={settings.model}: found no safetensors weights in the folder, expected a model saved with "
            "save_pretrained(folder)"
        )
    if not folder.is_dir() and (source.count("/") > 1 or source.startswith((".", "/", "~"))):
        raise SettingsError(f"ASSISTANT_MODEL={settings.model}: there is no such folder; expected one, or owner/name")
    reading = {"trust_remote_code": False, "use_safetensors": True, "local_files_only": folder.is_dir()}
    writing: dict[str, Any] = {"max_new_tokens": ANSWER, "return_full_text": False, "do_sample": False}
    try:
        model = LocalChat.from_model_id(source, model_kwargs=reading, pipeline_kwargs=writing)
    except Exception as error:  # transformers raises OSError, ValueError, ImportError, KeyError and more
        raise SettingsError(
            f"ASSISTANT_MODEL={settings.model}: it cannot be read ({type(error).__name__}: {error}); expected config.json, "
            "a tokenizer and safetensors weights"
        ) from error
    if not model.tokenizer.chat_template:
        raise SettingsError(
            f"ASSISTANT_MODEL={settings.model}: its tokenizer has no chat template; expected a chat model"
        )
    return model
