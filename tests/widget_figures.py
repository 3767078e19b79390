"""The widget's figures and picture: `python tests/widget_figures.py` prints its size and how soon its launcher is painted
on a page of another site, and writes docs/widget.png."""

import gzip
from pathlib import Path
from statistics import median

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from test_widget import CHROMIUM, FLAGS, FOLDER, SITE, ask, launched, served

from assistant import Assistant, Settings
from assistant.api.application import create_app
from index.store import PassageIndex

PICTURE = Path(__file__).parent.parent / "docs" / "widget.png"
RUNS = 11
QUESTION = "What is recommended at the enterprise level?"
TEXT = """<style>body { margin: 0; background: #f1efe9; color: #39424d; font: 17px/1.7 Georgia, serif }
main { max-width: 46rem; padding: 3rem 3.5rem } h1 { font-size: 2.1rem; line-height: 1.2 } .bar { background: #26384c; height: 52px }
</style><div class="bar"></div><main><h1>Industrial policy portal</h1><p>Guidance, notices and research for enterprises in the
region, collected in one place.</p><p>What applies to your company, and where is it written? Ask the assistant in the corner:
each sentence of its answers comes with the passage that it is from.</p></main>"""
# Milliseconds from the script's last byte to the first paint of a page that has nothing else to paint.
PAINTED = """() => new Promise((resolve) => new PerformanceObserver((list) => {
    const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("widget.js"));
    resolve(list.getEntries()[0].startTime - script.responseEnd);
}).observe({ type: "paint", buffered: true }))"""


def visit(browser: Browser, address: str, body: str, **options: object) -> Page:
    """A page of another site, with the widget."""
    page = browser.new_page(**options)  # type: ignore[arg-type]  # a dict of options for the picture
    html = f'<!doctype html><html lang="en"><body>{body}<script src="{address}/widget.js"></script></body></html>'
    page.route(f"{SITE}/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(f"{SITE}/")
    return page


def main() -> None:
    """Size, paint, picture."""
    built = (FOLDER / "widget.js").read_bytes()
    print(f"widget.js: {len(built)} bytes, {len(gzip.compress(built))} gzipped")
    opened = Assistant(PassageIndex.open(None), Settings(origins=SITE))
    with served(lambda: create_app(opened)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        times = []
        for _ in range(RUNS):
            page = visit(browser, address, "")
            times.append(page.evaluate(PAINTED))
            page.close()
        print(f"launcher painted after {median(times):.0f} ms (n={RUNS}, {min(times):.0f}-{max(times):.0f})")
        page = visit(browser, address, TEXT, viewport={"width": 1200, "height": 760}, device_scale_factor=1.5)
        widget = launched(page)
        ask(widget, QUESTION)
        widget.locator(".cite").first.click()
        page.mouse.move(0, 0)
        page.screenshot(path=PICTURE, animations="disabled")
        browser.close()
    picture = Image.open(PICTURE).convert("RGB").quantize(128)
    picture.save(PICTURE, optimize=True)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
