"""One assistant over the shipped paper, one over a tiny corpus, the paper's page and a browser: each made once."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import uvicorn
from browser import CHROMIUM, Scripted, Visiting, visitors
from starlette.types import ASGIApp

from assistant import Assistant, Settings
from assistant.api.application import create_app
from assistant.server import listen
from index.store import SHIPPED_CORPUS, build_index

TINY = """# Travel policy

## 1. Booking

Employees shall book trains for journeys under 500 kilometres. Flights need approval by a manager.

## 2. Allowances

The daily allowance is 45 euros. It rose from 40 euros in 2021.

## 3. Exceptions

- Staff with a disability may travel first class.
- Night trains may be booked without approval.
"""


def over(folder: Path, name: str, text: str) -> Assistant:
    """An assistant over one document."""
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    build_index([folder / f"{name}.md"], folder / "index")
    return Assistant.open(folder / "index", Settings())


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("paper") / "index"
    build_index([SHIPPED_CORPUS], folder)
    return Assistant.open(folder, Settings())


@pytest.fixture(scope="session")
def tiny_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "travel.md").write_text(TINY, encoding="utf-8")
    build_index([folder / "travel.md"], folder / "index")
    return folder / "index"


@pytest.fixture(scope="session")
def tiny(tiny_index: Path) -> Assistant:
    return Assistant.open(tiny_index, Settings())


Serving = Callable[[Callable[[], ASGIApp]], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Serves what a function makes from a thread of this process, and gives its address."""
    return served


@contextmanager
def served(make: Callable[[], ASGIApp]) -> Iterator[str]:
    """Serves what a function makes from a thread of this process, and gives its address."""
    running: list[uvicorn.Server] = []

    async def run() -> None:
        # Made where a loop runs: elsewhere Gradio makes some and never closes them, and Python warns of each.
        running.append(uvicorn.Server(uvicorn.Config(make(), log_level="critical", timeout_graceful_shutdown=1)))
        await running[0].serve(sockets=[listener])

    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=asyncio.run, args=(run(),))
        thread.start()
        while thread.is_alive() and not (running and running[0].started):
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            running[0].should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def visiting() -> Iterator[Visiting]:
    if CHROMIUM is None:
        pytest.skip("no chromium found: install it (Debian: apt-get install chromium)")
    with visitors() as visit:
        yield visit


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the paper's page keeps feedback."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="session")
def address(paper: Assistant, kept: Path) -> Iterator[str]:
    with served(lambda: create_app(Scripted(paper.index, Settings(data=str(kept))))) as address:
        yield f"{address}/"
