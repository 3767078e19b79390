"""The API as a running server: many at once, clients that leave, requests that are too large, what is counted and kept,
and its description, which every route is held to."""

import asyncio
import http.client
import json
import re
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from playwright.sync_api import expect, sync_playwright
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from assistant import Answer, Assistant, Settings
from assistant.api.application import create_app
from assistant.citations import Citation
from assistant.understanding.followup import Turn
from tests.conftest import Serving

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUESTION = "What is the daily allowance?"
ASK = {"question": QUESTION}
# Seconds until a test gives up; nothing is measured with it.
PATIENCE = 60
client = httpx.Client(timeout=PATIENCE)


class Slow(Assistant):
    """An assistant that on request writes until it is stopped, and says when it was."""

    begun = threading.Event()
    stopped = threading.Event()

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()
    ) -> Iterator[str | Citation | Answer]:
        if question != "slow":
            yield from super().stream(question, history, documents)
            return
        try:
            while True:
                self.begun.set()
                yield "word "
                time.sleep(0.01)
        finally:
            self.stopped.set()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def address(tiny: Assistant, serving: Serving, folder: Path) -> Iterator[str]:
    with serving(lambda: create_app(Slow(tiny.index, Settings(data=str(folder), max_body=100)))) as address:
        yield address
    client.close()


def counted(address: str, **labels: str) -> float:
    """Questions counted with these labels."""
    named = [
        float(line.rpartition(" ")[2])
        for line in client.get(f"{address}/metrics").text.splitlines()
        if line.startswith("assistant_questions_total{") and all(f'{k}="{v}"' in line for k, v in labels.items())
    ]
    return sum(named)


def test_a_hundred_people_ask_at_once_and_each_gets_the_answer(address: str, tiny: Assistant) -> None:
    before = counted(address, surface="api", outcome="answered", language="en")
    with (
        httpx.Client(limits=httpx.Limits(max_connections=100), timeout=PATIENCE) as client,
        ThreadPoolExecutor(100) as pool,
    ):
        answers = list(pool.map(lambda _: client.post(f"{address}/api/ask", json=ASK), range(100)))
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["text"] for answer in answers} == {tiny.ask(QUESTION).text}
    assert counted(address, surface="api", outcome="answered", language="en") == before + 100


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {"question": "slow", "stream": True}),
        ("/api/ask", {"question": "slow"}),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": "slow"}], "stream": True}),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": "slow"}]}),
    ],
)
def test_the_work_stops_when_who_asked_goes_away(address: str, path: str, body: dict[str, Any]) -> None:
    Slow.begun.clear()
    Slow.stopped.clear()
    host, port = address.removeprefix("http://").split(":")
    content = json.dumps(body)
    before = counted(address, outcome="stopped")
    with socket.create_connection((host, int(port))) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}"
        connection.sendall(f"{head}\r\n\r\n{content}".encode())
        assert Slow.begun.wait(PATIENCE)
    assert Slow.stopped.wait(PATIENCE)
    until = time.monotonic() + PATIENCE
    while counted(address, outcome="stopped") == before and time.monotonic() < until:
        time.sleep(0.05)
    assert counted(address, outcome="stopped") == before + 1


@pytest.mark.parametrize(
    "path", ["/api/ask", "/api/search", "/api/feedback", "/v1/chat/completions", "/mcp", "/gradio_api/queue/join"]
)
@pytest.mark.parametrize("told", [False, True])
def test_a_request_that_is_too_large_is_refused_before_its_end(address: str, path: str, told: bool) -> None:
    host, port = address.removeprefix("http://").split(":")
    length = "Content-Length: 1000000000" if told else "Transfer-Encoding: chunked"
    head = f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\nAccept: */*\r\n{length}\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        connection.sendall(head.encode())
        for _ in range(11):
            connection.sendall((b"" if told else b"2710\r\n") + b"a" * 10_000 + (b"" if told else b"\r\n"))
        response = http.client.HTTPResponse(connection)
        response.begin()
        said = response.read().decode()
        response.close()
    assert response.status == 413
    if told or path.startswith("/api"):
        assert "ASSISTANT_MAX_BODY" in said


def test_a_long_history_within_the_bound_is_answered(address: str) -> None:
    history = [{"role": role, "content": "The allowance. " * 50} for _ in range(50) for role in ("user", "assistant")]
    assert client.post(f"{address}/api/ask", json={**ASK, "history": history}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/ask", 405),
        ("GET", "/v1/chat/completions", 405),
        ("DELETE", "/healthz", 405),
        ("POST", "/", 405),
        ("GET", "/api/nothing", 404),
        ("GET", "/v1/nothing", 404),
        ("GET", "/nothing", 404),
    ],
)
def test_what_is_not_there_is_said_in_a_problem_body(address: str, method: str, path: str, status: int) -> None:
    answer = client.request(method, f"{address}{path}")
    assert answer.status_code == status
    if path.startswith("/v1/"):
        assert answer.json()["error"]["type"] == "invalid_request_error"
    else:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status


def test_deeply_nested_json_is_not_read(address: str) -> None:
    nested = client.post(f"{address}/api/ask", content=b"[" * 50_000, headers={"Content-Type": "application/json"})
    assert nested.status_code == 400


def test_feedback_is_kept(address: str, folder: Path) -> None:
    body = {"question": "q", "answer": "a", "rating": "up", "comment": "c", "language": "en"}
    assert client.post(f"{address}/api/feedback", json=body).status_code == 204
    for wrong in ({"rating": "sideways"}, {"comment": "a" * 20_001}, {"more": 1}, {"question": None}):
        assert client.post(f"{address}/api/feedback", json={**body, **wrong}).status_code == 422
    connection = sqlite3.connect(folder / "feedback.sqlite")
    assert connection.execute("SELECT rating, question, answer, comment, language FROM feedback").fetchall() == [
        ("up", "q", "a", "c", "en")
    ]
    connection.close()


def test_counts_tell_the_outcome_and_nothing_that_was_asked(address: str) -> None:
    secret = "Who is the secret zebra of Ruritania?"
    before = counted(address, surface="page", outcome="abstained", language="en")
    client.post(f"{address}/api/ask", json={"question": secret}, headers={"Sec-Fetch-Site": "same-origin"})
    assert counted(address, surface="page", outcome="abstained", language="en") == before + 1
    counts = client.get(f"{address}/metrics")
    assert counts.headers["Content-Type"].startswith("text/plain")
    assert "assistant_answer_seconds_bucket" in counts.text
    assert "zebra" not in counts.text


def test_what_watches_is_told_that_it_is_ready(address: str, tiny: Assistant) -> None:
    assert client.get(f"{address}/readyz").json() == {
        "status": "ok",
        "documents": 1,
        "passages": len(tiny.index.passages),
    }


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: install it (Debian: apt-get install chromium)")
def test_the_description_is_shown_from_this_server_alone(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        requested: list[str] = []
        refused: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}/docs")
        expect(page.get_by_text("Answer a question, with citations")).to_be_visible()
        page.get_by_text("Answer a question, with citations").click()
        expect(page.get_by_role("button", name="Try it out")).to_be_visible()
        browser.close()
    assert [url for url in requested if not re.match(rf"{address}/|data:", url)] == []
    assert refused == []


async def _made(assistant: Assistant) -> Any:
    return create_app(assistant)


@pytest.fixture(scope="module")
def described(tiny: Assistant, folder: Path) -> Any:
    return schemathesis.openapi.from_asgi(
        "/openapi.json", asyncio.run(_made(Assistant(tiny.index, Settings(data=str(folder)))))
    )


def test_every_route_keeps_to_its_description(described: Any) -> None:
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:

        @examples(
            max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(operation.as_strategy())
        def keeps(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=checks)

        keeps()
