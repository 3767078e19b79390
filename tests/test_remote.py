"""A served assistant evaluates as one in the process does; what its server says otherwise is an error of the case."""

import json
from pathlib import Path

import httpx
import pytest
from asking import Ruled, Said, cases
from conftest import Serving

from assistant import Assistant
from assistant.api.application import create_app
from eval.causes import cause
from eval.cli import main
from eval.remote import Remote, RemoteError, connected
from eval.runner import run
from eval.suites import load_suite

SUITE = Path(__file__).parent.parent / "eval" / "suites" / "paper.jsonl"


def over(handler: object) -> Remote:
    return Remote(httpx.Client(transport=httpx.MockTransport(handler), base_url="http://server/"))  # type: ignore[arg-type]


def test_a_served_assistant_scores_as_one_in_the_process(serving: Serving) -> None:
    assistant = Assistant.open()
    asked = [one for one in load_suite(SUITE).cases if one.history][:2] + list(load_suite(SUITE).cases[:4])
    with serving(lambda: create_app(assistant)) as address, connected(address) as remote:
        assert remote.maker().program == f"{address}/"
        found = run(remote, asked)
    expected = run(assistant, asked)
    assert [(one.error, one.score) for one in found] == [("", one.score) for one in expected]
    assert found[0].retrieved == expected[0].retrieved


def test_a_busy_server_is_asked_again() -> None:
    seen: list[str] = []

    def busy(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        if len(seen) < 3:
            return httpx.Response(429, headers={"Retry-After": "0"})
        return httpx.Response(200, json={"question": json.loads(request.content)["question"]})

    assert over(busy).ask("x").to_dict() == {"question": "x"}
    assert seen == ["/api/ask"] * 3


@pytest.mark.parametrize(
    "response", [httpx.Response(500, text="no"), httpx.Response(200, text="<html>"), httpx.Response(200, json=[])]
)
def test_what_is_no_answer_is_an_error_of_the_case(response: httpx.Response) -> None:
    remote = over(lambda request: response)
    with pytest.raises(RemoteError, match=r"http://server/api/ask: found"):
        remote.ask("x")
    assert [cause(one) for one in run(remote, cases(2))] == ["error", "error"]


def test_a_search_that_fails_is_an_error_too() -> None:
    class Lost(Ruled):
        def search(self, *arguments: object, **more: object) -> list[Said]:
            raise OSError("gone")

    (result,) = run(Lost(), cases(1))
    assert (result.error, result.reply.outcome) == ("OSError: gone", "error")


def test_no_server_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(SUITE), "--url", "http://127.0.0.1:9"]) == 2
    assert "is it serving?" in capsys.readouterr().err
