"""A server asked over HTTP in the place of an assistant in this process: the same questions, the same answers' JSON."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.errors import EvaluationError
from eval.runs import Maker, digest

if TYPE_CHECKING:
    import httpx

TIMEOUT = 120.0
# Times that a server may say that it is busy, and the longest that it is waited for then, in seconds.
TRIES, LONGEST_WAIT = 5, 60.0


class RemoteError(EvaluationError):
    """The server cannot be reached, or does not answer as the assistant's API does."""


@dataclass(frozen=True)
class Said:
    """JSON that a server sent."""

    values: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """It."""
        return self.values


class Remote:
    """An assistant behind `POST /api/ask` and `POST /api/search`. Safe to share between threads."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def ask(self, question: str, history: Sequence[Mapping[str, str]] = (), documents: Collection[str] = ()) -> Said:
        """Ask one question. Raises RemoteError for anything but an answer."""
        return Said(
            self._post(
                "api/ask",
                {"question": question, "history": [dict(turn) for turn in history], "documents": list(documents)},
            )
        )

    def search(self, question: str, count: int = 10, documents: Collection[str] = ()) -> list[Said]:
        """The passages nearest to a question, best first."""
        found = self._post("api/search", {"question": question, "count": count, "documents": list(documents)})
        return [Said(passage) for passage in found["passages"]]

    def maker(self) -> Maker:
        """What can be told of the server: its address and its documents."""
        documents = self._read("GET", "api/documents", None)
        return Maker(digest(json.dumps(documents, sort_keys=True)), "", "", str(self._client.base_url))

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._read("POST", path, body)

    def _read(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        import httpx

        for tried in range(1, TRIES + 1):
            try:
                response = self._client.request(method, path, json=body)
            except httpx.HTTPError as error:
                raise RemoteError(
                    f"{self._client.base_url}{path}: found no answer ({error!r}); is it serving?"
                ) from error
            if response.status_code != 429 or tried == TRIES:
                break
            wait = response.headers.get("retry-after", "")
            time.sleep(min(LONGEST_WAIT, float(wait) if wait.isdecimal() else 2.0**tried))
        try:
            values = response.raise_for_status().json()
        except (httpx.HTTPStatusError, ValueError) as error:
            raise RemoteError(
                f"{self._client.base_url}{path}: found {response.status_code} {response.text[:200]!r}, expected an answer"
            ) from error
        if not isinstance(values, dict):
            raise RemoteError(f"{self._client.base_url}{path}: found {str(values)[:80]}, expected a JSON object")
        return values


@contextmanager
def connected(url: str) -> Iterator[Remote]:
    """An assistant served at an address. The key in ASSISTANT_EVAL_KEY, where there is one, goes along as a bearer token."""
    import httpx

    key = os.environ.get("ASSISTANT_EVAL_KEY")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        client = httpx.Client(base_url=url.rstrip("/") + "/", headers=headers, timeout=TIMEOUT)
    except httpx.InvalidURL as error:
        raise RemoteError(
            f"--url: found {url!r} ({error}), expected an address such as http://127.0.0.1:7860"
        ) from error
    with client:
        yield Remote(client)
