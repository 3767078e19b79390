"""One assistant over the shipped paper, and one over a tiny corpus, built once."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
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
