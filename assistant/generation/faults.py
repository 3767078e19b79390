"""Faults of a chat model: what went wrong, in a word that has a phrase in every language, and whether to try again."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from prompts import phrase


class ModelFault(Exception):
    """A reply that ended without an error of the provider's, and is none: "empty", "cut", "slow", "malformed"."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Fault:
    """kind: what went wrong; `fault_<kind>` is its phrase. again: another try may succeed. wait: seconds to wait before
    it, where the server named them. status: of HTTP, where there was one."""

    kind: str
    again: bool = False
    wait: float | None = None
    status: int | None = None

    def reason(self, language: str) -> str:
        """What went wrong, in a language."""
        return phrase(f"fault_{self.kind}", language)


_AGAIN = frozenset({"refused", "busy", "broken", "cut", "malformed", "empty"})
_OVERFLOW = re.compile(
    r"context.?(?:length|window|size)|maximum context|too many tokens"
    r"|(?:prompt|input|request)(?: is)? too (?:long|large)|max_model_len",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|insufficient balance", re.IGNORECASE)


def fault_of(error: BaseException) -> Fault:
    """What an error of any provider's client means. Providers have errors of their own, so it is read from what they share:
    the HTTP status, the errors underneath, and the names of the classes."""
    if isinstance(error, ModelFault):
        return _fault(error.kind)
    chain = list(_chain(error))
    response = next((r for e in chain if (r := getattr(e, "response", None)) is not None), None)
    status = next((s for e in chain for s in (getattr(e, "status_code", None),) if isinstance(s, int)), None)
    if status is None:
        status = getattr(response, "status_code", None)
    if status is not None and status >= 400:
        return _of_status(status, " ".join(map(str, chain)), _wait(response))
    names = " ".join(type(e).__name__ for e in chain)
    if any(isinstance(e, ssl.SSLError) for e in chain):
        return _fault("insecure")
    if any(isinstance(e, socket.gaierror) for e in chain):
        return _fault("unknown_host")
    if any(isinstance(e, ConnectionRefusedError) for e in chain):
        return _fault("refused")
    if any(isinstance(e, TimeoutError) for e in chain) or "Timeout" in names:
        return _fault("slow")
    if "RemoteProtocolError" in names or "ReadError" in names or any(isinstance(e, ConnectionError) for e in chain):
        return _fault("cut")
    if "APIError" in names or "ResponseError" in names:
        return _fault("broken")  # an error that came as a piece of the stream
    if any(isinstance(e, ValueError) for e in chain):
        return _fault("malformed")
    return _fault("unknown")


def _of_status(status: int, said: str, wait: float | None) -> Fault:
    kinds = {401: "unauthorised", 403: "unauthorised", 404: "unknown_model", 408: "slow", 429: "busy"}
    kind = kinds.get(status, "broken" if status >= 500 else "rejected")
    if status in (400, 413, 422, 500) and _OVERFLOW.search(said):
        kind = "overflow"
    if status in (402, 429) and _QUOTA.search(said):
        kind = "quota"
    return _fault(kind, wait, status)


def _fault(kind: str, wait: float | None = None, status: int | None = None) -> Fault:
    return Fault(kind, kind in _AGAIN, wait, status)


def _wait(response: object) -> float | None:
    """Seconds of a Retry-After header; None where it has none, or a date."""
    try:
        return max(0.0, float(str(getattr(response, "headers", {}).get("retry-after"))))
    except ValueError:
        return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
