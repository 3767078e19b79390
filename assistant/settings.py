"""Settings: one frozen object per process, from flags, the environment and defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from assistant.errors import SettingsError

# The model that is none: answers are made of the documents' own sentences.
EXTRACTIVE = "extractive"
UNSUPPORTED = ("mark", "remove")


@dataclass(frozen=True)
class Settings:
    """Everything that can be set. Each field is read from ASSISTANT_<NAME>; a flag of the same name goes first."""

    index: str = field(default="", metadata={"help": "index folder to answer from; empty is the shipped paper"})
    host: str = field(default="127.0.0.1", metadata={"help": "address that `serve` listens on"})
    port: int = field(default=7860, metadata={"help": "port that `serve` listens on"})
    max_question: int = field(default=2000, metadata={"help": "longest question taken, in characters"})
    nearest: int = field(default=3, metadata={"help": "passages shown beside an abstention"})
    public: bool = field(default=False, metadata={"help": "answer anyone who can reach `host`, without a key"})
    api_keys: str = field(
        default="",
        repr=False,
        metadata={"help": "keys that open the server, comma separated; `assistant key` makes one"},
    )
    keys: str = field(default="", metadata={"help": "file of keys, the line that `assistant key` prints for each"})
    origins: str = field(
        default="", metadata={"help": "origins of the sites that may embed the widget, comma separated"}
    )
    hosts: str = field(
        default="",
        metadata={"help": "host names that it is reached by, comma separated; empty is any, on this machine its own"},
    )
    proxies: str = field(
        default="", metadata={"help": "addresses of proxies whose `X-Forwarded-For` is believed, comma separated"}
    )
    rate: str = field(
        default="",
        metadata={
            "help": "what one visitor may ask, an address ten times that; empty is `60/minute`, on this machine alone no limit"
        },
    )
    secret: str = field(
        default="", repr=False, metadata={"help": "signs visitors' tokens; empty is a new one for each process"}
    )
    max_body: int = field(default=1000, metadata={"help": "largest request taken, in kilobytes"})
    data: str = field(default="", metadata={"help": "folder that feedback is kept in; empty is the user's data folder"})
    model: str = field(
        default=EXTRACTIVE,
        metadata={"help": "what writes answers: `extractive`, or a chat model as `provider:name`"},
    )
    model_url: str = field(
        default="", metadata={"help": "address of the chat model's server, for any that speaks as OpenAI's does"}
    )
    model_timeout: int = field(
        default=60,
        metadata={
            "help": "longest wait for a chat model's first words, tries included, and for its next ones, in seconds"
        },
    )
    model_retries: int = field(default=2, metadata={"help": "tries after a chat model's first one failed"})
    model_window: int = field(default=8192, metadata={"help": "context window of the chat model, in tokens"})
    model_passages: int = field(default=10, metadata={"help": "most passages given to a chat model"})
    model_temperature: str = field(
        default="", metadata={"help": "temperature of the chat model; empty is the provider's own"}
    )
    unsupported: str = field(
        default="mark",
        metadata={
            "help": "what becomes of a chat model's sentences that the documents do not support: `mark` or `remove`"
        },
    )
    reranker: str = field(
        default="",
        metadata={"help": "cross-encoder that ranks passages again, a folder or Hugging Face id; empty is none"},
    )

    @classmethod
    def load(cls, environment: Mapping[str, str] | None = None, **flags: Any) -> Settings:
        """Settings from flags that are not None, then the environment, then defaults. Raises SettingsError for bad values."""
        source = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for setting in fields(cls):
            name = f"ASSISTANT_{setting.name.upper()}"
            if flags.get(setting.name) is not None:
                values[setting.name] = flags[setting.name]
            elif source.get(name):
                values[setting.name] = _cast(name, source[name], type(setting.default))
            if isinstance(setting.default, int) and not 0 <= values.get(setting.name, 0) < 10**6:
                raise SettingsError(f"{name}: found {values[setting.name]}, expected a number from 0 to 999999")
        if values.get("unsupported", UNSUPPORTED[0]) not in UNSUPPORTED:
            raise SettingsError(
                f"ASSISTANT_UNSUPPORTED: found {values['unsupported']!r}, expected {' or '.join(UNSUPPORTED)}"
            )
        return cls(**values)


def _cast(name: str, text: str, kind: type) -> Any:
    if kind is bool:
        if text.lower() not in ("0", "1", "false", "true"):
            raise SettingsError(f"{name}: found {text!r}, expected 1 or 0")
        return text.lower() in ("1", "true")
    if kind is not int:
        return text
    try:
        return int(text)
    except ValueError:
        raise SettingsError(f"{name}: found {text!r}, expected a whole number") from None
