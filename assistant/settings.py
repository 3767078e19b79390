"""Settings: one frozen object per process, from flags, the environment and defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from assistant.errors import SettingsError


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
        for name in ("max_question", "nearest", "port", "max_body"):
            if name in values and not 0 <= values[name] < 10**6:
                raise SettingsError(
                    f"ASSISTANT_{name.upper()}: found {values[name]}, expected a number from 0 to 999999"
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
