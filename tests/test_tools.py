"""The MCP tools, called by the protocol's own client from a server on this machine."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import TextContent

from assistant import Assistant
from assistant.api.application import create_app
from tests.conftest import Serving

QUESTION = "What is the daily allowance?"


@pytest.fixture(scope="module")
def address(tiny: Assistant, serving: Serving) -> Iterator[str]:
    with serving(lambda: create_app(tiny)) as address:
        yield address


@asynccontextmanager
async def session(address: str) -> AsyncIterator[ClientSession]:
    async with (
        streamable_http_client(f"{address}/mcp") as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        yield session


def called(address: str, tool: str, **arguments: Any) -> tuple[bool, Any]:
    """Whether a call failed, and what it gave: a value, or the words of the error."""

    async def call() -> tuple[bool, Any]:
        async with session(address) as client:
            result = await client.call_tool(tool, arguments)
            [content] = result.content
            assert isinstance(content, TextContent)
            return bool(result.isError), content.text if result.isError else json.loads(content.text)

    return asyncio.run(call())


def test_the_client_finds_the_tools(address: str) -> None:
    async def listed() -> dict[str, set[str]]:
        async with session(address) as client:
            tools = (await client.list_tools()).tools
            assert all(tool.description for tool in tools)
            return {tool.name: set(tool.inputSchema["required"]) for tool in tools}

    assert asyncio.run(listed()) == {
        "ask": {"question"},
        "search": {"question"},
        "read_section": {"document", "section"},
    }


def test_ask_gives_the_answer_that_every_surface_gives(address: str, tiny: Assistant) -> None:
    failed, given = called(address, "ask", question=QUESTION, documents=["travel"])
    expected = json.loads(json.dumps(tiny.ask(QUESTION).to_dict()))
    assert not failed
    assert {**given, "milliseconds": 0, "timings": {}} == {**expected, "milliseconds": 0, "timings": {}}


def test_search_gives_passages(address: str, tiny: Assistant) -> None:
    failed, given = called(address, "search", question="allowance", count=2)
    assert not failed
    assert [p["quote"] for p in given["passages"]] == [p.quote for p in tiny.search("allowance", 2)]
    assert len(called(address, "search", question="allowance", count=-1)[1]["passages"]) == 1


@pytest.mark.parametrize("name", ["2", "Allowances", " allowances "])
def test_a_section_is_read_by_its_number_or_title(address: str, tiny: Assistant, name: str) -> None:
    failed, given = called(address, "read_section", document="travel", section=name)
    assert not failed
    assert "It rose from 40 euros in 2021." in given["text"]
    assert given["text"] == tiny.index.documents["travel"].text[given["start"] : given["end"]]


@pytest.mark.parametrize(
    ("tool", "arguments", "named"),
    [
        ("ask", {"question": QUESTION, "documents": ["sick"]}, "travel"),
        ("search", {"question": QUESTION, "documents": ["sick"]}, "travel"),
        ("read_section", {"document": "sick", "section": "1"}, "travel"),
        ("read_section", {"document": "travel", "section": "9"}, "found '9'"),
        ("read_section", {"document": "travel", "section": ""}, "found ''"),
        ("ask", {}, "question"),
    ],
)
def test_what_cannot_be_done_is_an_error_that_says_what_can(
    address: str, tool: str, arguments: Any, named: str
) -> None:
    failed, said = called(address, tool, **arguments)
    assert failed
    assert named in said
