"""Hostile words in questions, documents and answers stay words: nothing runs, nothing is drawn, nothing is fetched."""

import json
import re
from collections.abc import Iterator

import pytest
from browser import EVIL, Scripted, Visiting, ask, quote
from playwright.sync_api import expect

from assistant import Settings
from assistant.api.application import create_app
from index.store import build_index
from tests.conftest import Serving

# In Markdown that means every character as it stands.
LITERAL = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", EVIL)
HOSTILE = f"""---
title: {json.dumps("Travel policy " + EVIL)}
---

# 1. Booking {LITERAL}

Employees shall book trains for journeys under 500 kilometres. Flights need approval by a manager.

# 2. Allowances {LITERAL}

The daily allowance is 45 euros. {LITERAL}
"""
MADE = "img, script, form:not(.comment):not(.editor), input, style, [style]:not(#preview), iframe, #pane"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, serving: Serving) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "travel.md").write_text(HOSTILE, encoding="utf-8")
    build_index([folder / "travel.md"], folder / "index")
    with serving(lambda: create_app(Scripted.open(folder / "index", Settings()))) as address:
        yield f"{address}/"


def test_hostile_words_stay_words(visiting: Visiting, hostile: str) -> None:
    with visiting("en", hostile) as page:
        ask(page, EVIL)
        assert page.locator(".asked").text_content() == EVIL
        ask(page, "What is the daily allowance?")
        page.locator(".answer").last.locator("a.cite").first.click()
        assert quote(page) == "The daily allowance is 45 euros."
        expect(page.locator("#pane .text")).to_contain_text(EVIL)
        assert page.locator("#pane-title").text_content() == f"Travel policy {EVIL}"
        page.locator(".outline").click()
        expect(page.locator(".menu:popover-open")).to_contain_text(f"2. Allowances {EVIL}")
        page.keyboard.press("Escape")
        ask(page, "hostile")
        assert EVIL in (page.locator(".answer").last.text_content() or "")
        assert page.locator(".answer .notice").last.text_content() == EVIL
        page.locator(".answer").last.locator("a.cite").hover()
        expect(page.get_by_role("tooltip")).to_be_visible()
        page.reload()
        expect(page.locator(".asked").first).to_have_text(EVIL)
        page.get_by_role("button", name="New chat").click()
        page.get_by_role("button", name="Earlier chats").click()
        expect(page.locator(".menu:popover-open")).to_contain_text(EVIL[:40])
        for place in ("#conversation", ".pane-body", "#preview"):
            assert page.locator(place).locator(MADE).count() == 0
        assert page.locator("#conversation a:not(.cite), #pane a").count() == 0


def test_a_hostile_link_asks_and_no_more(visiting: Visiting, hostile: str) -> None:
    with visiting(
        "en", hostile, path="?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&lang=%3Cscript%3E&__theme=x"
    ) as page:
        expect(page.locator(".asked")).to_have_text("<img src=x onerror=alert(1)>")
        expect(page.locator(".answer.done")).to_have_count(1)
        assert page.locator("#conversation img").count() == 0


@pytest.mark.parametrize("question", ["x" * 100_000, "😀🎉", "\x01\x02\u202e\u2066", "# a\n\n- b\n\n```\nc"])
def test_odd_questions_get_an_answer(visiting: Visiting, hostile: str, question: str) -> None:
    with visiting("zh", hostile) as page:
        ask(page, question)
        assert page.locator(".answer").inner_text()
        expect(page.locator("#question textarea")).to_have_value("")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
