"""Takes the README's pictures of the running page: `python tests/screenshots.py` writes docs/page-zh.png and -en.png."""

from pathlib import Path

from browser import CHROMIUM, FLAGS
from conftest import served
from playwright.sync_api import expect, sync_playwright

from assistant import Assistant
from assistant.api.application import create_app

DOCS = Path(__file__).parent.parent / "docs"
QUESTIONS = {
    "zh-CN": ("企业层面有哪些对策建议？", 1),
    "en-US": ("What is recommended at the enterprise level?", 1),
}


def main() -> None:
    """One picture for each language of the interface, with an answer and an opened source."""
    DOCS.mkdir(exist_ok=True)
    with served(lambda: create_app(Assistant.open())) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for locale, (question, citation) in QUESTIONS.items():
            page = browser.new_page(locale=locale, viewport={"width": 1280, "height": 840}, device_scale_factor=1.5)
            page.goto(address)
            expect(page.locator("body.ready")).to_be_visible(timeout=30_000)
            page.fill("#question textarea", question)
            page.press("#question textarea", "Enter")
            expect(page.locator(".answer.done")).to_be_visible(timeout=30_000)
            page.locator("a.cite").nth(citation).click()
            expect(page.locator("#pane mark.current").first).to_be_in_viewport(timeout=30_000)
            page.mouse.move(0, 0)
            page.screenshot(path=DOCS / f"page-{locale[:2]}.png", animations="disabled")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
