"""The chat page's weight and time: `python -m eval.page URL`, in a real browser that has kept nothing, against a warm server."""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUNS = 7
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Visit:
    """One first visit: seconds until the page is seen, and until a question can be typed; what was transferred for it."""

    seen: float
    usable: float
    megabytes: float
    requests: int


def visit(browser: Browser, url: str) -> Visit:
    """Open the page in a profile of its own, and wait until it takes a question and nothing more is on its way."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.add_init_script(
        "new MutationObserver((_, watch) => { if (document.body?.classList.contains('ready')) "
        "{ window.usable = performance.now(); watch.disconnect(); } })"
        ".observe(document, {subtree: true, childList: true, attributes: true});"
    )
    session = context.new_cdp_session(page)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    page.goto(url)
    page.wait_for_selector("body.ready")
    page.wait_for_load_state("networkidle")
    usable = page.evaluate("window.usable")
    seen = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? window.usable")
    context.close()
    return Visit(seen / 1000, usable / 1000, sum(sizes) / 1e6, len(sizes))


def main() -> int:
    """Print the figures as a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m eval.page", description=__doc__)
    parser.add_argument("url", help="address of a running server, such as http://127.0.0.1:7860")
    parser.add_argument("--runs", type=int, default=RUNS, help="first visits to time")
    options = parser.parse_args()
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        print("eval.page: found no browser, expected chromium: apt-get install chromium", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-background-networking"]
        )
        visit(browser, options.url)
        visits = [visit(browser, options.url) for _ in range(options.runs)]
        browser.close()
    usable = sorted(one.usable for one in visits)
    print("| what | median | runs |\n| --- | --- | --- |")
    print(f"| page seen | {median(one.seen for one in visits):.2f} s | n={len(visits)} |")
    print(f"| page takes a question | {median(usable):.2f} s | {usable[0]:.2f}–{usable[-1]:.2f} |")
    print(f"| transferred | {median(one.megabytes for one in visits):.2f} MB | {visits[0].requests} requests |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
