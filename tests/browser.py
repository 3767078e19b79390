"""The served page and its visitors, for the tests that drive a real browser: conftest.py makes fixtures of them."""

import shutil
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from assistant import Answer, Assistant
from assistant.citations import Citation
from assistant.understanding.followup import Turn

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
Visiting = Callable[..., AbstractContextManager[Page]]
UNANSWERED = "北京的天气怎么样？"
EVIL = (
    '<img src=https://evil.example/a onerror=alert(1)><script>alert(2)</script><form action="https://evil.example/b">'
    '<input name=q></form><style>*{display:none}</style><div id=pane style="position:fixed;inset:0">x</div>'
    "![c](https://evil.example/c) [d](javascript:alert(3)) $$e$$"
)


class Scripted(Assistant):
    """An assistant that on request writes slowly, says nothing for long, breaks, changes its mind, is hostile, refuses."""

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
        if question == "redraft":
            yield "A draft that is taken back."
            time.sleep(0.3)
            yield Answer(question, question, "en", "open", "What is said in its place.", notices=("It was redrafted.",))
        elif question == "hostile":
            cited = self.search("allowance", 1)
            yield Answer(question, question, "en", "open", f"{EVIL} [1]", citations=tuple(cited), notices=(EVIL,))
        elif question == UNANSWERED:
            yield self.refusal()
        else:
            yield from super().stream(question, history, documents)

    def refusal(self) -> Answer:
        near = tuple(self.search("企业文化", 3))
        return Answer(UNANSWERED, UNANSWERED, "zh", "open", "文档没有回答这个问题。", abstained=True, nearest=near)


@contextmanager
def visitors() -> Iterator[Visiting]:
    """One browser, and in it one profile for each kind of visitor, so that the page's files are fetched once."""
    # A machine that is busy with other work is no failure.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        profiles: dict[str, BrowserContext] = {}

        @contextmanager
        def visit(
            visitor: str, address: str, *, path: str = "", expected: str = "\0", before: str = ""
        ) -> Iterator[Page]:
            """A page of one's own, with nothing kept from earlier visits. Leaving it checks that nothing ran, broke, or
            was asked of another host; `expected`: what the console may say; `before`: a script to run before the page's."""
            if visitor not in profiles:
                profiles[visitor] = browser.new_context(**VISITORS[visitor])
                profiles[visitor].set_default_timeout(30_000)
                profiles[visitor].grant_permissions(["clipboard-read", "clipboard-write"])
            page = profiles[visitor].new_page()
            trouble: list[str] = []
            page.on("dialog", lambda dialog: (trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
            page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
            page.on(
                "console",
                lambda said: trouble.append(said.text) if said.type == "error" and expected not in said.text else None,
            )
            own = (address, "data:", "blob:")
            page.on("request", lambda request: None if request.url.startswith(own) else trouble.append(request.url))
            if before:
                page.add_init_script(before)
            page.goto(address + path)
            expect(page.locator("body.ready")).to_be_visible()
            try:
                yield page
            finally:
                if not before:
                    page.evaluate("localStorage.clear()")
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
    """The words that are marked as the ones followed, where they stand in the original."""
    expect(page.locator("#pane .original mark.current").first).to_be_visible()
    return "".join(page.locator("#pane .original mark.current").all_text_contents())
