"""The server: the JSON routes answer as the assistant does, every response is guarded, a busy port is one clear line."""

import asyncio
import json
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from assistant import Answer, Assistant, AssistantError, Settings
from assistant.api.application import create_app
from assistant.citations import Citation
from assistant.cli import main
from assistant.server import listen
from assistant.understanding.followup import Turn

QUESTION = "What is the daily allowance?"


class Failing(Assistant):
    """An assistant that a question can break."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()
    ) -> Iterator[str | Citation | Answer]:
        if question == "break":
            raise RuntimeError("/secret/path: broken")
        yield from super().stream(question, history, documents)


@pytest.fixture(scope="module")
def assistant(tiny_index: Path) -> Assistant:
    return Failing.open(tiny_index, Settings())


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(asyncio.run(_made(assistant)), raise_server_exceptions=False) as client:
        yield client


async def _made(assistant: Assistant) -> FastAPI:
    # Where no loop runs, Gradio makes some and never closes them, and Python warns of each.
    return create_app(assistant)


def test_ask_serves_the_answer_as_the_assistant_gives_it(client: TestClient, assistant: Assistant) -> None:
    served = client.post("/api/ask", json={"question": QUESTION}).json()
    assert served["milliseconds"] > 0
    expected = assistant.ask(QUESTION).to_dict() | {name: served[name] for name in ("milliseconds", "timings")}
    assert served == json.loads(json.dumps(expected))
    assert "45 euros" in served["citations"][0]["quote"]


def test_a_stream_of_events_tells_the_text_its_citations_and_last_the_answer(client: TestClient) -> None:
    whole = client.post("/api/ask", json={"question": QUESTION}).json()
    events = streamed(client.post("/api/ask", json={"question": QUESTION, "stream": True}))
    assert "".join(data["text"] for name, data in events if name == "text") == whole["text"]
    assert [data for name, data in events if name == "citation"] == whole["citations"]
    assert events[-1][0] == "answer"
    assert events[-1][1]["text"] == whole["text"]
    asked_for = client.post("/api/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    assert streamed(asked_for)[-1][1]["text"] == whole["text"]


def test_a_fault_within_a_stream_is_its_last_event(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    events = streamed(client.post("/api/ask", json={"question": "break", "stream": True}))
    assert events[-1][0] == "error"
    assert events[-1][1]["status"] == 500
    assert "secret" not in json.dumps(events)
    assert "secret" in caplog.text


@pytest.mark.parametrize("stream", [False, True])
def test_an_unknown_document_is_named_with_those_that_are_there(client: TestClient, stream: bool) -> None:
    response = client.post("/api/ask", json={"question": QUESTION, "documents": ["sick"], "stream": stream})
    assert response.status_code == 422
    assert "sick" in response.json()["detail"]
    assert "travel" in response.json()["detail"]


def test_search_gives_passages_with_their_places(client: TestClient, assistant: Assistant) -> None:
    passages = client.post("/api/search", json={"question": "allowance", "count": 2}).json()["passages"]
    assert passages == [citation.to_dict() for citation in assistant.search("allowance", 2)]


def test_a_document_is_served_with_the_outline_and_sentences_of_its_text(client: TestClient) -> None:
    [line] = client.get("/api/documents").json()["documents"]
    whole = client.get(f"/api/documents/{line['id']}").json()
    assert len(whole["text"]) == line["characters"]
    assert {"2. Allowances", "3. Exceptions"} <= {
        whole["text"][s["start"] : s["body"]].strip("# \n") for s in whole["outline"]
    }
    assert "The daily allowance is 45 euros." in {whole["text"][s["start"] : s["end"]] for s in whole["aligned"]}
    assert client.get("/api/documents/none").status_code == 404


def streamed(response: Response) -> list[tuple[str, dict[str, Any]]]:
    """The events of a response, in order."""
    assert response.headers["Content-Type"].startswith("text/event-stream")
    found = []
    for block in response.text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_ask_knows_the_earlier_turns(client: TestClient, assistant: Assistant) -> None:
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": assistant.ask(QUESTION).text}]
    served = client.post("/api/ask", json={"question": "And flights?", "history": history}).json()
    assert served["standalone"] == assistant.ask("And flights?", history).standalone


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("{}", "body.question"),
        ("not json", "body"),
        ('{"question": 7}', "body.question"),
        ('{"question": "\\ud800"}', "body.question"),
        ('{"question": "a", "histroy": []}', "body.histroy"),
        ('{"question": "a", "history": [{"role": "system", "content": "b"}]}', "body.history.0.role"),
    ],
)
def test_a_request_that_is_no_question_gets_a_problem_that_names_the_place(
    client: TestClient, body: str, named: str
) -> None:
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 422
    assert named in problem["detail"]


def test_a_failure_is_a_problem_that_tells_nothing_of_the_inside(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "break"})
    assert (response.status_code, response.headers["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in response.text


@pytest.mark.parametrize("question", ["", "  ", "😀", "\u0000\u0007", "<b>?</b>", "x" * 100_000])
def test_whatever_is_asked_gets_an_answer(client: TestClient, question: str) -> None:
    response = client.post("/api/ask", json={"question": question})
    assert response.status_code == 200
    assert response.json()["text"]


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_the_page_runs_only_scripts_of_its_own_response(client: TestClient) -> None:
    first, second = client.get("/"), client.get("/")
    policy = first.headers["Content-Security-Policy"]
    nonces = re.findall(r"<script(?: nonce=\"([^\"]*)\")?", first.text)
    assert len(set(nonces)) == 1
    assert f"script-src 'self' 'nonce-{nonces[0]}';" in policy
    assert nonces[0] not in second.text
    assert 'property="og:' not in first.text


@pytest.mark.parametrize("path", ["/", "/healthz", "/page/page.js", "/config", "/nothing"])
def test_every_response_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_nobody_can_leave_files(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", files={"files": ("a.txt", b"a")}).status_code == 404


def test_the_chat_is_no_second_api(client: TestClient) -> None:
    assert client.get("/gradio_api/info").json()["named_endpoints"] == {}


def test_a_busy_port_is_said_in_one_line(capsys: pytest.CaptureFixture[str], tiny_index: Path) -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        code = main(["serve", "--port", str(port), "--index", str(tiny_index)])
    said = capsys.readouterr().err
    assert code == 2
    assert re.fullmatch(
        rf"assistant: 127\.0\.0\.1:{port}: found .*in use.*, expected .*: assistant serve --port {port + 1}\n", said
    )


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("203.0.113.1", 0)])
def test_an_address_that_cannot_be_had_is_an_error_of_ours(host: str, port: int) -> None:
    with pytest.raises(AssistantError, match=re.escape(f"{host}:{port}")):
        listen(host, port)
