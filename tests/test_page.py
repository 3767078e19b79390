"""The chat page in a real browser: what people see, open and read, and what a hostile text cannot do to them."""

import asyncio
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import BrowserContext, Error, Page, expect, sync_playwright

from assistant import Answer, Assistant, Settings
from assistant.api.application import create_app
from assistant.citations import Citation
from assistant.server import listen
from assistant.understanding.followup import Turn
from index.store import build_index

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
VISITORS: dict[str, dict[str, Any]] = {
    "zh": {"locale": "zh-CN"},
    "other": {"locale": "zh-CN"},
    "en": {"locale": "en-US"},
    "dark": {"locale": "en-US", "color_scheme": "dark"},
    "phone": {
        "locale": "zh-CN",
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "reduced_motion": "reduce",
    },
}
Visiting = Callable[[str, str], AbstractContextManager[Page]]
LINES = "武汉有多少条数字化产线？"
ADVICE = "企业层面有哪些对策建议？"
UNANSWERED = "北京的天气怎么样？"
EVIL = (
    '<img src=https://evil.example/a onerror=alert(1)><script>alert(2)</script><form action="https://evil.example/b">'
    '<input name=q></form><style>*{display:none}</style><div id=pane style="position:fixed;inset:0">x</div>'
    "![c](https://evil.example/c) [d](javascript:alert(3)) **$$e$$**"
)
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
ALLOWANCE = "What is the daily allowance?"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: install it (Debian: apt-get install chromium)"),
]


class Scripted(Assistant):
    """An assistant that on request writes slowly, says nothing for long, breaks, or has nothing but passages nearby."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()
    ) -> Iterator[str | Citation | Answer]:
        if question == "break":
            raise RuntimeError("broken")
        if question == "slow":
            for word in range(1000):
                yield f"word{word} "
                time.sleep(0.02)
        if question == "silent":
            time.sleep(1)
        if question == UNANSWERED:
            yield self.refusal()
        else:
            yield from super().stream(question, history, documents)

    def refusal(self) -> Answer:
        near = tuple(self.search("企业文化", 3))
        return Answer(UNANSWERED, UNANSWERED, "zh", "open", "文档没有回答这个问题。", abstained=True, nearest=near)


@contextmanager
def served(assistant: Assistant) -> Iterator[str]:
    """An assistant's page, served from a thread of this process."""
    running: list[uvicorn.Server] = []

    async def run() -> None:
        # Made where a loop runs: elsewhere Gradio makes some and never closes them, and Python warns of each.
        running.append(
            uvicorn.Server(uvicorn.Config(create_app(assistant), log_level="critical", timeout_graceful_shutdown=1))
        )
        await running[0].serve(sockets=[listener])

    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=asyncio.run, args=(run(),))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            running[0].should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def address(paper: Assistant) -> Iterator[str]:
    with served(Scripted(paper.index, paper.settings)) as address:
        yield address


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "travel.md").write_text(HOSTILE, encoding="utf-8")
    build_index([folder / "travel.md"], folder / "index")
    with served(Scripted.open(folder / "index", Settings())) as address:
        yield address


@pytest.fixture(scope="module")
def visiting() -> Iterator[Visiting]:
    """One browser, and in it one profile for each kind of visitor, so that the page's files are fetched once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        profiles: dict[str, BrowserContext] = {}

        @contextmanager
        def visit(visitor: str, address: str) -> Iterator[Page]:
            """A page of one's own. Leaving it checks that nothing ran, broke, or was asked of another host."""
            if visitor not in profiles:
                profiles[visitor] = browser.new_context(**VISITORS[visitor])
                profiles[visitor].set_default_timeout(10_000)
            page = profiles[visitor].new_page()
            trouble: list[str] = []
            page.on("dialog", lambda dialog: (trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
            page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
            page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
            own = (address, "data:", "blob:")
            page.on("request", lambda request: None if request.url.startswith(own) else trouble.append(request.url))
            page.goto(address)
            expect(page.locator(".welcome")).to_be_visible()
            try:
                yield page
            finally:
                page.close()
            assert trouble == []

        yield visit
        browser.close()


def ask(page: Page, question: str) -> None:
    """Ask, and wait until the answer is whole."""
    count = page.locator(".answer.done").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator(".answer.done")).to_have_count(count + 1)


def quote(page: Page) -> str:
    """The words marked in the original."""
    return page.locator("#pane .original mark").text_content() or ""


def test_a_citation_opens_beside_the_chat_with_its_quote_marked(
    visiting: Visiting, address: str, paper: Assistant
) -> None:
    answer = paper.ask(ADVICE)
    with visiting("zh", address) as page:
        expect(page.locator("html")).to_have_attribute("lang", re.compile("^zh"))
        page.get_by_role("button", name=ADVICE).click()
        expect(page.locator(".answer.done")).to_have_count(1)
        assert page.locator(".answer a.cite").all_text_contents() == [f"[{c.number}]" for c in answer.citations]
        assert len(answer.citations) == 3
        for citation in reversed(answer.citations):
            page.locator(f'a.cite[href="#{citation.number}"]').click()
            assert quote(page) == citation.quote
            assert page.locator("#pane .original").text_content() == citation.text
            expect(page.locator("#pane .document").first).to_have_text(citation.document.title)
            expect(page.locator("#pane .section").first).to_have_text(
                f"{citation.section.number} {' › '.join(citation.section.path)}"
            )
        page.get_by_role("button", name="下一处").click()
        assert quote(page) == answer.citations[1].quote
        expect(page.locator(".source.open")).to_have_text(re.compile("^2"))


def test_each_message_keeps_its_own_citations(visiting: Visiting, address: str, paper: Assistant) -> None:
    first, second = (paper.ask(question).citations[0].quote for question in (LINES, ADVICE))
    assert first != second
    with visiting("zh", address) as page:
        ask(page, LINES)
        assert quote(page) == first
        ask(page, ADVICE)
        assert quote(page) == second
        page.locator(".answer").first.locator("a.cite").first.click()
        assert quote(page) == first
        page.locator(".answer").last.locator(".source").first.click()
        assert quote(page) == second


def test_the_keyboard_opens_a_citation_and_comes_back(visiting: Visiting, address: str, paper: Assistant) -> None:
    with visiting("zh", address) as page:
        ask(page, ADVICE)
        marker = page.locator("a.cite").nth(1)
        for key in ("Enter", " "):
            page.locator("a.cite").first.click()
            marker.focus()
            page.keyboard.press(key)
            assert quote(page) == paper.ask(ADVICE).citations[1].quote
            expect(page.locator("#pane-title")).to_be_focused()
            page.keyboard.press("Escape")
            expect(marker).to_be_focused()


def test_an_english_question_shows_original_and_translation(visiting: Visiting, address: str, paper: Assistant) -> None:
    question = "How many digital production lines does Wuhan run?"
    citation = paper.ask(question).citations[0]
    with visiting("en", address) as page:
        expect(page.locator("html")).to_have_attribute("lang", re.compile("^en"))
        expect(page.get_by_role("heading", name="Policy Assistant")).to_be_visible()
        ask(page, question)
        page.locator("a.cite").first.click()
        assert quote(page) == citation.quote
        expect(page.locator("#pane .translation mark")).to_be_visible()
        assert page.locator("#pane .translation mark").text_content() == citation.translation
        ask(page, LINES)
        expect(page.locator(".answer").last).to_contain_text("武汉")


def test_what_the_documents_do_not_say_is_told_with_the_nearest_passages(
    visiting: Visiting, address: str, paper: Assistant
) -> None:
    answer = Scripted(paper.index, paper.settings).refusal()
    with visiting("zh", address) as page:
        ask(page, UNANSWERED)
        expect(page.locator(".answer.abstained .verdict")).to_have_text(answer.text)
        expect(page.locator(".answer a.cite")).to_have_count(0)
        expect(page.locator(".source")).to_have_count(len(answer.nearest))
        page.locator(".source").nth(1).click()
        assert page.locator("#pane .original").text_content() == answer.nearest[1].text
        expect(page.locator("#pane mark")).to_have_count(0)
        expect(page.locator("#pane .remark")).to_be_visible()


def test_a_follow_up_knows_the_turns_before_it(visiting: Visiting, address: str, paper: Assistant) -> None:
    history: list[Turn] = [
        {"role": "user", "content": ADVICE},
        {"role": "assistant", "content": paper.ask(ADVICE).text},
    ]
    with visiting("zh", address) as page:
        ask(page, ADVICE)
        ask(page, "那行业层面呢？")
        assert quote(page) == paper.ask("那行业层面呢？", history).citations[0].quote


def test_visitors_never_see_each_other_and_a_new_chat_is_empty(visiting: Visiting, address: str) -> None:
    with visiting("zh", address) as one, visiting("other", address) as other:
        ask(one, LINES)
        ask(other, ADVICE)
        ask(one, UNANSWERED)
        expect(one.locator(".asked")).to_have_text([LINES, UNANSWERED])
        expect(other.locator(".asked")).to_have_text([ADVICE])
        other.get_by_role("button", name="新对话").click()
        expect(other.locator(".example").first).to_be_visible()
        expect(other.locator("#pane .hint")).to_be_visible()
        ask(other, LINES)
        expect(other.locator(".asked")).to_have_text([LINES])


def test_hostile_words_stay_words(visiting: Visiting, hostile: str) -> None:
    with visiting("en", hostile) as page:
        ask(page, EVIL)
        assert page.locator(".asked").text_content() == EVIL
        ask(page, ALLOWANCE)
        page.locator(".answer").last.locator("a.cite").first.click()
        assert quote(page) == "The daily allowance is 45 euros."
        assert EVIL in (page.locator("#pane .original").text_content() or "")
        assert page.locator("#pane .document").text_content() == f"Travel policy {EVIL}"
        assert page.locator("#pane .section").text_content() == f"2 Allowances {EVIL}"
        for place in (".asked", ".answer", ".pane-body"):
            made = page.locator(place).locator("img, script, form, input, style, [style], iframe, .katex, #pane")
            assert made.count() == 0
        assert page.locator("#conversation a:not(.cite)").count() == 0


@pytest.mark.parametrize("question", ["x" * 100_000, "😀🎉", "\x01\x02\u202e\u2066", "# a\n\n- b\n\n```\nc"])
def test_odd_questions_get_an_answer(visiting: Visiting, hostile: str, question: str) -> None:
    with visiting("zh", hostile) as page:
        ask(page, question)
        assert page.locator(".answer").inner_text()
        expect(page.locator("#question textarea")).to_have_value("")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_blank_question_is_met_with_a_hint(visiting: Visiting, address: str) -> None:
    with visiting("zh", address) as page:
        page.fill("#question textarea", "  ")
        page.press("#question textarea", "Enter")
        expect(page.locator("#question textarea")).to_have_attribute("placeholder", "请先输入一个问题。")
        expect(page.locator(".asked")).to_have_count(0)
        ask(page, LINES)
        expect(page.locator("#question textarea")).not_to_have_attribute("placeholder", "请先输入一个问题。")


def test_an_answer_streams_and_can_be_stopped(visiting: Visiting, hostile: str) -> None:
    with visiting("en", hostile) as page:
        page.fill("#question textarea", "slow")
        page.press("#question textarea", "Enter")
        expect(page.locator(".answer.writing")).to_contain_text("word3")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".answer .notice")).to_have_text("Stopped")
        said = page.locator(".answer").inner_text()
        ask(page, ALLOWANCE)
        assert page.locator(".answer").first.inner_text() == said
        assert "word900" not in said


def test_stopping_before_the_first_word_leaves_earlier_answers_whole(visiting: Visiting, hostile: str) -> None:
    with visiting("en", hostile) as page:
        ask(page, ALLOWANCE)
        page.fill("#question textarea", "silent")
        page.press("#question textarea", "Enter")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".answer .notice")).to_have_text("Stopped")
        expect(page.locator(".asked")).to_have_text([ALLOWANCE, "silent"])
        expect(page.locator(".answer").first.locator(".source")).to_have_count(1)


def test_a_failure_is_said_in_plain_words(visiting: Visiting, hostile: str) -> None:
    with visiting("en", hostile) as page:
        page.fill("#question textarea", "break")
        page.press("#question textarea", "Enter")
        expect(page.locator(".answer .notice")).to_contain_text("Something went wrong")
        ask(page, ALLOWANCE)
        expect(page.locator(".answer a.cite").first).to_be_visible()


def test_a_phone_opens_the_source_as_a_sheet(visiting: Visiting, address: str, paper: Assistant) -> None:
    with visiting("phone", address) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        ask(page, ADVICE)
        expect(page.locator("#pane")).to_be_hidden()
        page.locator("a.cite").nth(1).tap()
        sheet = page.get_by_role("dialog")
        expect(sheet).to_be_visible()
        assert quote(page) == paper.ask(ADVICE).citations[1].quote
        box = sheet.bounding_box()
        assert box is not None
        assert box["x"] == 0
        assert box["y"] + box["height"] == 844
        for button in sheet.get_by_role("button").all():
            area = button.bounding_box()
            assert area is not None
            assert min(area["width"], area["height"]) >= 44
        with pytest.raises(Error):
            page.locator("#question textarea").click(timeout=300)
        sheet.get_by_role("button", name="关闭").tap()
        expect(page.locator("#pane")).to_be_hidden()
        page.locator("#question textarea").click()


def test_the_page_is_light_or_dark_as_the_system_is(visiting: Visiting, address: str) -> None:
    for visitor, dark in (("zh", False), ("dark", True)):
        with visiting(visitor, address) as page:
            red = re.search(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))
            assert red is not None
            assert (int(red[0]) < 60) is dark
