"""Who may ask: keys for programs, signed tokens for visitors of other sites, and the hosts and origins that are known.

Nothing is asked of anyone on this machine alone. An origin can be forged by a program: what is opened to a site's
visitors is open to everyone within the limits of rates.py; it is browsers that hold other sites to it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import jwt

from assistant.errors import SettingsError
from assistant.settings import Settings

# Seconds that a visitor's token is good for; the widget fetches another.
VISIT = 15 * 60
LOOPBACK_HOSTS = "localhost,127.0.0.1,[::1]"
# What one visitor may ask where others can reach the server, and nothing else is set.
RATE = "60/minute"
# Shorter keys could be guessed.
_SHORTEST_KEY = 16
_ORIGIN = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?", re.ASCII)


@dataclass(frozen=True)
class Visitor:
    """Who a token was given to: an id made for it, and the origin that it is good for."""

    id: str
    origin: str


def new_key() -> tuple[str, str]:
    """A key of 256 random bits, and the line of a file of keys that stands for it."""
    key = secrets.token_urlsafe(32)
    return key, digest(key)


def digest(key: str) -> str:
    """What is kept of a key: its SHA-256. A slow hash is for words that people choose; nobody guesses 256 random bits."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


class Keys:
    """The keys that open a server, as digests."""

    def __init__(self, digests: Iterable[str]) -> None:
        self._digests = tuple(digests)

    @classmethod
    def load(cls, settings: Settings) -> Keys:
        """The keys of the environment and of the file. Raises SettingsError for one that is too short or no digest."""
        given = _listed(settings.api_keys)
        if any(len(key) < _SHORTEST_KEY for key in given):
            raise SettingsError(
                f"ASSISTANT_API_KEYS: found a key of fewer than {_SHORTEST_KEY} characters, expected a long random one; "
                "this makes one: assistant key"
            )
        return cls([*map(digest, given), *_digests_in(settings.keys)])

    def __bool__(self) -> bool:
        return bool(self._digests)

    def holder(self, key: str) -> str:
        """The digest of a key that is known, or "". Takes the same time for any key."""
        presented = digest(key)
        found = [hmac.compare_digest(presented, known) for known in self._digests]
        return presented if any(found) else ""


class Visitors:
    """Makes and reads the tokens of visitors: signed, short-lived, each for one origin."""

    def __init__(self, secret: str = "") -> None:
        self._secret = hashlib.sha256(secret.encode()).digest() if secret else secrets.token_bytes(32)

    def token(self, origin: str) -> str:
        """A token for a new visitor of an origin."""
        claims = {"sub": secrets.token_hex(8), "aud": "visitor", "origin": origin, "exp": int(time.time()) + VISIT}
        return jwt.encode(claims, self._secret, "HS256")

    def read(self, token: str, origin: str) -> Visitor | None:
        """The visitor that a token was given to; None where it is no token of ours, is over, or is for another origin."""
        try:
            claims = jwt.decode(
                token, self._secret, ["HS256"], audience="visitor", options={"require": ["exp", "sub", "origin"]}
            )
        except jwt.InvalidTokenError:
            return None
        visitor = Visitor(claims["sub"], claims["origin"])
        return visitor if visitor.origin == origin else None


def origins(settings: Settings) -> tuple[str, ...]:
    """The origins whose pages may embed the assistant. Raises SettingsError for what is no origin."""
    found = tuple(origin.rstrip("/").lower() for origin in _listed(settings.origins))
    for origin in found:
        if not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"ASSISTANT_ORIGINS: found {origin!r}, expected origins such as https://www.example.org"
            )
    return found


def hosts(settings: Settings) -> tuple[str, ...]:
    """The names that the server is reached by, in small letters; empty is any."""
    return tuple(host.lower() for host in _listed(settings.hosts))


def guarded(settings: Settings) -> Settings:
    """The settings to serve with at their address. Raises SettingsError where everyone could ask without being let to."""
    keys, local = Keys.load(settings), _local(settings.host)
    if settings.public and keys:
        raise SettingsError("found keys and --public, expected one of them: with keys only their holders may ask")
    if not (local or keys or settings.public):
        raise SettingsError(
            f"{settings.host}: found neither a key nor --public, expected one of them where others can reach the server; "
            "set ASSISTANT_API_KEYS (assistant key makes a key), or answer anyone: assistant serve --public"
        )
    alone = local and not (settings.origins or settings.hosts)
    return replace(
        settings,
        # A page of any site can make its own name mean this machine; it cannot send another name.
        hosts=settings.hosts or (LOOPBACK_HOSTS if local else ""),
        rate=settings.rate or ("" if alone else RATE),
    )


def credential(authorization: str) -> str:
    """The key or token of an Authorization header: a bearer's, or the password by which a browser gives a key; or ""."""
    scheme, _, value = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""


def _local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _digests_in(name: str) -> list[str]:
    if not name:
        return []
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"ASSISTANT_KEYS: {name}: found {error}, expected a file of keys (assistant key)") from None
    found = [line.partition("#")[0].strip().lower() for line in lines]
    for number, line in enumerate(found, 1):
        if line and not re.fullmatch(r"[0-9a-f]{64}", line):
            raise SettingsError(
                f"{name}, line {number}: found no SHA-256 of 64 hex digits, expected what this prints: assistant key"
            )
    return [line for line in found if line]


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]
