"""The chat model that the settings name, opened through LangChain: any provider, any OpenAI-compatible server, a local folder."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.errors import SettingsError
from assistant.settings import EXTRACTIVE, Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# The providers that come as an extra of ours; LangChain knows more, each with a package of its own.
EXTRAS = {
    "openai": "langchain_openai",
    "anthropic": "langchain_anthropic",
    "ollama": "langchain_ollama",
    "huggingface": "langchain_huggingface",
}

# Their clients want a key before anything is asked.
KEYED = ("openai", "anthropic")


def open_model(settings: Settings) -> BaseChatModel | None:
    """The chat model of the settings; None where answers are extractive.

    Keys come from the environment alone. Raises SettingsError for an unknown provider, a package that is not installed, a
    missing key, and a local model that cannot be read.
    """
    if settings.model == EXTRACTIVE:
        return None
    provider, _, name = settings.model.partition(":")
    if not name:
        raise SettingsError(
            f"ASSISTANT_MODEL: found {settings.model!r}, expected {EXTRACTIVE} or provider:model, such as openai:gpt-4.1-mini, "
            f"anthropic:claude-sonnet-4-5, ollama:qwen3 or huggingface:/path/to/a/model"
        )
    package = EXTRAS.get(provider)
    if package and find_spec(package) is None:
        raise SettingsError(f"ASSISTANT_MODEL={settings.model} needs a package: pip install '.[{provider}]'")
    if provider == "huggingface":
        from assistant.generation.local import local_model

        return local_model(name, settings)
    return _remote(provider, name, settings)


def _remote(provider: str, name: str, settings: Settings) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    key = f"{provider.upper()}_API_KEY"
    options: dict[str, Any] = {}
    if settings.model_temperature:
        options["temperature"] = _temperature(settings)
    if settings.model_url:
        options["base_url"] = settings.model_url
    if provider in KEYED:
        options["max_retries"] = 0  # we try again ourselves, within the wait that is set
        options["timeout"] = settings.model_timeout  # the clients' own is ten minutes
    if provider in KEYED and not os.environ.get(key):
        if not settings.model_url:
            raise SettingsError(
                f"ASSISTANT_MODEL={settings.model}: found no key, expected one in the environment: export {key}=…"
            )
        options["api_key"] = "none"  # a server of one's own wants no key, and the client wants one
    if provider == "openai":
        options["stream_usage"] = True
    if provider == "ollama":
        options["num_ctx"] = settings.model_window  # Ollama cuts what is longer without a word
    try:
        model: BaseChatModel = init_chat_model(name, model_provider=provider, **options)
    except ImportError as error:
        raise SettingsError(f"ASSISTANT_MODEL={settings.model}: {error}") from None
    except Exception as error:  # each provider has errors of its own, and their text may hold the key
        raise SettingsError(
            f"ASSISTANT_MODEL={settings.model}: the model could not be opened ({type(error).__name__}); check its name, "
            f"ASSISTANT_MODEL_URL, and the key in {key}"
        ) from None
    return model


def _temperature(settings: Settings) -> float:
    try:
        return float(settings.model_temperature)
    except ValueError:
        raise SettingsError(
            f"ASSISTANT_MODEL_TEMPERATURE: found {settings.model_temperature!r}, expected a number such as 0.2"
        ) from None
