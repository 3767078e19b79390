"""The widget in a real browser, on pages of other sites: what visitors see, open and read, what a hostile page and hostile
words cannot do to it, and what it cannot do to the page."""

import asyncio
import gzip
import hashlib
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from html import escape
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright
from starlette.types import ASGIApp, Receive, Scope, Send

import assistant.widget
from assistant import Answer, Assistant, Settings
from assistant.api.application import create_app
from assistant.citations import Citation
from assistant.server import listen
from assistant.understanding.followup import Turn
from assistant.widget.routes import routes
from index.store import build_index
from prompts import LANGUAGES, widget

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # The tests' sites have public names and the server is on this machine: browsers else keep such apart.
    "--disable-features=LocalNetworkAccessChecks",
]
browser_needed = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium found: install it (Debian: apt-get install chromium)"
)
SITE = "http://site.example"
STRANGER = "http://stranger.example"
FOLDER = Path(assistant.widget.__file__).parent
GZIPPED = 30_000
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
ADVICE = "企业层面有哪些对策建议？"
LINES = "武汉有多少条数字化产线？"
ENGLISH = "How many digital production lines does Wuhan run?"
UNANSWERED = "公司的年假有几天？"
EVIL = (
    "<img src=https://evil.example/a onerror=alert(1)><script>alert(2)</script><style>*{display:none}</style>"
    '<a href="javascript:alert(3)">b</a><div id=passage style="position:fixed;inset:0">x</div>\u202e'
)
LITERAL = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", EVIL)
HOSTILE = f"""---
title: {json.dumps("Travel policy " + EVIL)}
url: "javascript:alert(4)"
---

# 1. Booking {LITERAL}

Employees shall book trains for journeys under 500 kilometres. Flights need approval by a manager.

# 2. Allowances {LITERAL}

The daily allowance is 45 euros. {LITERAL}
"""
ALLOWANCE = "What is the daily allowance?"


class Scripted(Assistant):
    """An assistant that on request writes slowly, or breaks."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = ()
    ) -> Iterator[str | Citation | Answer]:
        if question == "break":
            raise RuntimeError("broken")
        if question == "slow":
            for word in range(1000):
                yield f"word{word} "
                time.sleep(0.02)
        yield from super().stream(question, history, documents)


@contextmanager
def served(make: Callable[[], ASGIApp]) -> Iterator[str]:
    """An application, served from a thread of this process."""
    running: list[uvicorn.Server] = []

    async def run() -> None:
        running.append(uvicorn.Server(uvicorn.Config(make(), log_level="critical", timeout_graceful_shutdown=1)))
        await running[0].serve(sockets=[listener])

    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=asyncio.run, args=(run(),))
        thread.start()
        while thread.is_alive() and not (running and running[0].started):
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            running[0].should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def address(paper: Assistant) -> Iterator[str]:
    with served(lambda: create_app(Scripted(paper.index, Settings(origins=SITE)))) as address:
        yield address


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "travel.md").write_text(HOSTILE, encoding="utf-8")
    build_index([folder / "travel.md"], folder / "index")
    with served(lambda: create_app(Scripted.open(folder / "index", Settings(origins=SITE)))) as address:
        yield address


Visiting = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visiting(browser: Browser, address: str) -> Visiting:
    @contextmanager
    def visit(
        body: str = "",
        *,
        head: str = "",
        site: str = SITE,
        host: str = address,
        attributes: str = "",
        language: str = "zh",
        policy: str = "",
        trouble: Collection[str] = (),
        **options: Any,
    ) -> Iterator[Page]:
        """A page of a site that loads the widget, as somebody new sees it. Leaving it checks that nothing ran or broke
        but the `trouble` expected, and that nothing was asked of another host."""
        html = (
            f'<!doctype html><html lang="{language}"><head><title>Site</title><link rel="icon" href="data:,">{head}'
            f'</head><body>{body}<script src="{host}/widget.js" {attributes}></script></body></html>'
        )
        found: list[str] = []
        context = browser.new_context(**options)
        context.set_default_timeout(4_000)
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if policy:
            headers["Content-Security-Policy"] = policy
        context.route(f"{site}/", lambda route: route.fulfill(body=html, headers=headers))
        page = context.new_page()
        page.on("dialog", lambda dialog: (found.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: found.append(f"error: {error}"))
        page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
        own = (host, f"{site}/", "data:")
        page.on("request", lambda request: None if request.url.startswith(own) else found.append(request.url))
        page.goto(f"{site}/")
        try:
            yield page
        finally:
            context.close()
        assert [text for text in found if not any(part in text for part in trouble)] == []

    return visit


def launched(page: Page) -> Locator:
    """The launcher's widget, opened."""
    widget = page.locator("policy-chat[data-launcher]")
    widget.locator(".launcher").click()
    return widget


def ask(widget: Locator, question: str) -> None:
    """Ask, and wait until the answer is whole."""
    count = widget.locator(".exchange.done").count()
    widget.locator("textarea").fill(question)
    widget.locator("textarea").press("Enter")
    expect(widget.locator(".exchange.done")).to_have_count(count + 1)


def marked(widget: Locator) -> str:
    """The words marked in the original."""
    return widget.locator(".original mark").text_content() or ""


# --- The file and its routes ---


def test_the_built_file_is_that_of_its_sources_and_small() -> None:
    digest = hashlib.sha256()
    prompts = FOLDER.parent.parent / "prompts"
    sources = sorted(path for path in (FOLDER / "source").iterdir() if path.suffix in (".ts", ".css"))
    for path in [*sources, prompts / "widget.en.md", prompts / "widget.zh.md"]:
        digest.update(path.read_bytes())
    built = (FOLDER / "widget.js").read_bytes()
    assert digest.hexdigest() in built.decode("ascii").splitlines()[0], "the sources changed: make widget"
    assert len(gzip.compress(built)) < GZIPPED


def test_any_site_may_load_the_script_and_keep_it() -> None:
    app = FastAPI()
    app.include_router(routes({}))
    client = TestClient(app)
    answer = client.get("/widget.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    again = client.get("/widget.js", headers={"If-None-Match": f'"other", {answer.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/widget/source").status_code == 404


@pytest.mark.parametrize(
    ("accepted", "title"),
    [("en-GB,zh;q=0.5", "demo_title en"), ("fr,zh-TW;q=0.5", "demo_title zh"), ("fr", "demo_title en")],
)
def test_the_demo_speaks_the_visitors_language(accepted: str, title: str) -> None:
    app = FastAPI()
    app.include_router(routes({}))
    key, language = title.split()
    page = TestClient(app).get("/widget/demo", headers={"Accept-Language": accepted})
    assert f"<h1>{widget(language)[key]}</h1>" in page.text
    other = next(other for other in LANGUAGES if other != language)
    assert widget(other)[key] in TestClient(app).get(f"/widget/demo?language={other}").text


@browser_needed
def test_the_demos_lines_work_where_they_were_copied(browser: Browser, visiting: Visiting, paper: Assistant) -> None:
    """Also behind a proxy that takes a prefix away without a word, with characters in it that mean something in HTML."""
    prefix = "/a'b&amp/x"

    def proxied() -> ASGIApp:
        app = create_app(Scripted(paper.index, Settings(origins=SITE)))

        async def proxy(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                path = scope["path"].removeprefix(prefix)
                scope = {**scope, "path": path, "raw_path": path.encode()}
            await app(scope, receive, send)

        return proxy

    with served(proxied) as outside:
        page = browser.new_page(locale="en-US")
        page.goto(f"{outside}{prefix}/widget/demo?x=<b>#y")
        snippets = page.locator("pre code").all_inner_texts()
        assert snippets[0] == f'<script src="{outside}{escape(prefix, quote=False)}/widget.js" async></script>'
        ask(launched(page), ENGLISH)
        expect(page.locator("policy-chat:not([data-launcher]) .example")).to_have_count(4)
        page.close()
        for snippet, selector in zip(snippets, ("policy-chat[data-launcher]", "policy-chat"), strict=True):
            with visiting(snippet, host=outside, attributes='data-launcher="off"') as page:
                copied = page.locator(selector)
                if "launcher" in selector:
                    copied = launched(page)
                ask(copied, ENGLISH)
                expect(copied.locator(".cite")).to_have_count(1)


# --- Asking and reading ---


@browser_needed
def test_a_citation_opens_the_passage_with_its_quote_marked(visiting: Visiting, paper: Assistant) -> None:
    answer = paper.ask(ADVICE)
    with visiting() as page:
        widget = launched(page)
        ask(widget, ADVICE)
        expect(widget.locator(".cite")).to_have_text([str(c.number) for c in answer.citations])
        for citation, marker in zip(answer.citations, widget.locator(".cite").all(), strict=True):
            marker.click()
            place = f"{citation.section.number} {' › '.join(citation.section.path)}"
            assert marked(widget) == citation.quote
            assert widget.locator(".original").text_content() == citation.text
            expect(widget.locator(".passage .document")).to_have_text(citation.document.title)
            expect(widget.locator(".reading > .place")).to_have_text(place)
            expect(marker).to_have_attribute("aria-current", "true")
        widget.get_by_role("button", name="上一处").click()
        assert marked(widget) == answer.citations[-2].quote
        widget.locator(".source").first.click()
        assert marked(widget) == answer.citations[0].quote


@browser_needed
def test_an_english_visitor_reads_original_and_translation(visiting: Visiting, paper: Assistant) -> None:
    citation = paper.ask(ENGLISH).citations[0]
    with visiting(language="en-GB") as page:
        widget = launched(page)
        ask(widget, ENGLISH)
        widget.get_by_role("button", name=f"Source 1: {citation.section.number}").click()
        assert marked(widget) == citation.quote
        assert widget.locator(".translated mark").text_content() == citation.translation
        assert citation.section.translation is not None
        expect(widget.locator("details .place")).to_contain_text(citation.section.translation[-1])


@browser_needed
def test_the_sources_of_an_answer_can_be_told_apart(visiting: Visiting) -> None:
    """Their places in the document differ in the last words alone: none is cut off before them."""
    with visiting(language="en") as page:
        widget = launched(page)
        ask(widget, "What is recommended at the enterprise level?")
        cut = "(places) => places.map((place) => place.scrollHeight > place.clientHeight)"
        assert widget.locator(".source .place").evaluate_all(cut) == [False] * 3


@browser_needed
def test_a_marker_shows_its_words_under_pointer_and_focus(visiting: Visiting, paper: Assistant) -> None:
    with visiting() as page:
        widget = launched(page)
        ask(widget, LINES)
        marker, preview = widget.locator(".cite").first, widget.get_by_role("tooltip")
        marker.hover()
        expect(preview).to_contain_text(paper.ask(LINES).citations[0].quote[:60])
        preview.hover()
        expect(preview).to_be_visible()
        page.mouse.move(5, 5)
        expect(preview).to_be_hidden()
        widget.locator(".log").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        expect(preview).to_be_visible()
        page.keyboard.press("Escape")
        expect(preview).to_be_hidden()
        expect(widget.locator(".panel")).to_be_visible()


@browser_needed
def test_a_follow_up_leans_on_the_turns_before(visiting: Visiting) -> None:
    with visiting() as page:
        widget = launched(page)
        ask(widget, ADVICE)
        with page.expect_request("**/api/ask") as request:
            ask(widget, "那行业层面呢？")
        assert [turn["role"] for turn in request.value.post_data_json["history"]] == ["user", "assistant"]
        expect(widget.locator(".exchange").last.locator(".source").first).to_contain_text("行业层面")
        widget.get_by_role("button", name="新对话").click()
        expect(widget.locator(".exchange")).to_have_count(0)
        with page.expect_request("**/api/ask") as request:
            ask(widget, LINES)
        assert request.value.post_data_json["history"] == []


@browser_needed
def test_what_the_documents_do_not_say_is_said_with_the_nearest_passages(visiting: Visiting, paper: Assistant) -> None:
    answer = paper.ask(UNANSWERED)
    assert answer.abstained
    assert answer.nearest
    with visiting() as page:
        widget = launched(page)
        ask(widget, UNANSWERED)
        expect(widget.locator(".answer.abstained")).to_contain_text(answer.text)
        widget.locator(".source").first.click()
        assert widget.locator(".original").text_content() == answer.nearest[0].text
        expect(widget.locator(".remark")).to_have_text("与问题最接近的段落，并不是答案")
        expect(widget.locator("mark")).to_have_count(0)


@browser_needed
def test_an_answer_streams_is_stopped_and_asked_again(visiting: Visiting) -> None:
    with visiting(language="en") as page:
        widget = launched(page)
        widget.locator("textarea").fill("slow")
        widget.locator("textarea").press("Enter")
        expect(widget.locator(".prose")).to_contain_text("word3")
        widget.locator("textarea").fill("not yet")
        widget.locator("textarea").press("Enter")
        expect(widget.locator(".exchange")).to_have_count(1)
        widget.get_by_role("button", name="Stop").click()
        expect(widget.locator(".notice")).to_have_text("Stopped")
        said = widget.locator(".prose").inner_text()
        expect(widget.locator("textarea")).to_have_value("not yet")
        ask(widget, ENGLISH)
        assert widget.locator(".prose").first.inner_text() == said
        widget.get_by_role("button", name="Ask again").click()
        expect(widget.locator(".exchange").first.locator(".prose")).to_contain_text("word3")
        expect(widget.locator(".exchange")).to_have_count(2)


@browser_needed
def test_only_the_chosen_documents_are_asked(visiting: Visiting) -> None:
    with visiting(attributes='data-documents="dual-circulation | missing"', trouble=["422"]) as page:
        widget = launched(page)
        with page.expect_request("**/api/ask") as request:
            ask(widget, LINES)
        assert request.value.post_data_json["documents"] == ["dual-circulation", "missing"]
        expect(widget.locator(".trouble")).to_contain_text("回答时出了问题")


# --- What goes wrong ---


def problem(status: int, **headers: str) -> Callable[[Route], None]:
    body = json.dumps({"title": "No", "status": status, "detail": "no"})
    opened = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
    return lambda route: route.fulfill(
        status=status, body=body, headers={**opened, **headers, "Content-Type": "application/problem+json"}
    )


def events(text: str) -> Callable[[Route], None]:
    headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/event-stream"}
    return lambda route: route.fulfill(body=text, headers=headers)


ERRORS: Mapping[str, tuple[Callable[[Route], None], str]] = {
    "busy": (problem(429, **{"Retry-After": "7"}), "in 7 seconds"),
    "failing": (problem(503), "Something went wrong"),
    "long": (problem(413), "too long"),
    "cut": (events('event: text\ndata: {"text": "The beginning"}\n\n'), "broke off"),
    "garbled": (events("event: text\ndata: {\n\n"), "broke off"),
    "said": (events('event: error\ndata: {"status": 500, "title": "x", "detail": "y"}\n\n'), "Something went wrong"),
}


@browser_needed
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_said_in_plain_words_and_tried_again(visiting: Visiting, name: str) -> None:
    answering, said = ERRORS[name]
    with visiting(language="en", trouble=["Failed to load resource"]) as page:
        page.route("**/api/ask", answering)
        widget = launched(page)
        ask(widget, ENGLISH)
        expect(widget.locator(".trouble")).to_contain_text(said)
        page.unroute("**/api/ask")
        widget.get_by_role("button", name="Try again").click()
        expect(widget.locator(".cite")).to_have_count(1)
        expect(widget.locator(".exchange")).to_have_count(1)
        expect(widget.locator(".trouble")).to_have_count(0)


@browser_needed
def test_a_dead_line_is_told_from_a_refused_site(visiting: Visiting) -> None:
    with visiting(language="en", trouble=["Failed to load resource"]) as page:
        page.route("**/*", lambda route: route.abort("internetdisconnected"))
        widget = launched(page)
        ask(widget, ENGLISH)
        expect(widget.locator(".trouble")).to_contain_text("cannot be reached")
    with visiting(language="en", site=STRANGER, trouble=["CORS", "Failed to load resource"]) as page:
        widget = launched(page)
        ask(widget, ENGLISH)
        expect(widget.locator(".trouble")).to_contain_text(f"add {STRANGER} to ASSISTANT_ORIGINS")
        expect(widget.locator(".prose")).to_have_count(0)


@browser_needed
def test_a_token_that_has_run_out_is_renewed(visiting: Visiting) -> None:
    with visiting(trouble=["401"]) as page:
        visits: list[str] = []
        page.on("request", lambda request: visits.append(request.url) if request.url.endswith("/visitor") else None)
        widget = launched(page)
        ask(widget, LINES)
        assert len(visits) == 1
        page.route("**/api/ask", problem(401), times=1)
        ask(widget, LINES)
        assert len(visits) == 2
        expect(widget.locator(".cite")).to_have_count(2)


@browser_needed
def test_words_that_pretend_to_be_markup_stay_words(visiting: Visiting, hostile: str) -> None:
    title = "<img src=https://evil.example/t onerror=alert(5)>"
    with visiting(host=hostile, attributes=f"data-title='{title}' data-greeting='{title}'") as page:
        widget = launched(page)
        expect(widget.locator("h2")).to_have_text(title)
        ask(widget, EVIL)
        assert widget.locator(".asked").inner_text() == EVIL.removesuffix("\u202e")
        ask(widget, ALLOWANCE)
        widget.locator(".cite").first.click()
        assert "<script>alert(2)</script>" in (widget.locator(".original").text_content() or "")
        expect(widget.locator(".passage .document")).to_contain_text("Travel policy <img")
        expect(widget.locator("img, script, style, [style*=fixed], a, form[action]")).to_have_count(0)


@browser_needed
def test_a_models_answer_can_neither_run_nor_link(visiting: Visiting, paper: Assistant) -> None:
    answer = paper.ask(LINES).to_dict()
    answer["text"] = f"# **{EVIL}**\n- {EVIL} [1] [99]\n[x](javascript:alert(6)) ![y](https://evil.example/y)"
    answer["notices"] = [EVIL]
    with visiting() as page:
        widget = launched(page)
        for url, links in ((f"javascript:alert(7)//{EVIL}", 0), ("data:text/html,x", 0), ("https://law.example/1", 1)):
            answer["citations"][0]["url"] = url
            page.route("**/api/ask", events(f"event: answer\ndata: {json.dumps(answer)}\n\n"), times=1)
            ask(widget, LINES)
            widget.locator(".exchange").last.locator(".cite").first.click()
            expect(widget.locator("a")).to_have_count(links)
        expect(widget.locator("a")).to_have_attribute("rel", "noopener noreferrer")
        expect(widget.locator("img, script, style, [style*=fixed], form[action]")).to_have_count(0)


# --- The page around it ---

RESETS = """
* { all: unset !important; font: 9px monospace !important; color: red !important; background: lime !important;
    display: inline !important; visibility: hidden !important; opacity: .1 !important; transform: scale(.2) !important;
    position: static !important; width: 10px !important; height: 10px !important; letter-spacing: 9px !important;
    text-transform: uppercase !important; direction: rtl !important; pointer-events: none !important;
    filter: invert(1) !important; z-index: -1 !important; line-height: 3 !important; }
button, dialog, textarea, .panel, .launcher, .root { display: none !important; }
#cover { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; display: block !important;
    visibility: visible !important; width: 100vw !important; height: 100vh !important; transform: none !important;
    opacity: 1 !important; pointer-events: auto !important; }
html { font-size: 4px !important; }
"""
LOOKS = """widget => ['.launcher', '.panel', 'h2', 'textarea', '.send', '.greeting'].map((selector) => {
    const node = widget.shadowRoot.querySelector(selector);
    const style = getComputedStyle(node);
    const names = [...style].filter((name) => !/^--|origin|perspective/.test(name));
    return [selector, names.map((name) => [name, style.getPropertyValue(name)])];
})"""


@browser_needed
def test_a_hostile_page_can_neither_restyle_nor_cover_it(visiting: Visiting, address: str) -> None:
    looks = []
    policy = f"default-src 'none'; script-src {address}; connect-src {address}; style-src 'nonce-x'; img-src data:; require-trusted-types-for 'script'"
    for head, body, rule in (
        ("", "", ""),
        (f'<style nonce="x">{RESETS}</style>', '<div id="cover"></div><h2>Page</h2>', policy),
    ):
        with visiting(body, head=head, policy=rule, reduced_motion="reduce") as page:
            widget = page.locator("policy-chat")
            box = widget.locator(".launcher").bounding_box()
            assert box is not None
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            expect(widget.locator(".panel")).to_be_visible()
            page.mouse.move(0, 0)
            looks.append(widget.evaluate(LOOKS))
            widget.locator("textarea").press_sequentially(LINES)
            widget.locator("textarea").press("Enter")
            expect(widget.locator(".exchange.done")).to_have_count(1)
            widget.locator(".cite").first.click()
            assert "101" in marked(widget)
    for plain, attacked in zip(*looks, strict=True):
        assert dict(plain[1]).items() ^ dict(attacked[1]).items() == set(), plain[0]


@browser_needed
def test_the_page_looks_as_it_did_without_it(visiting: Visiting) -> None:
    body = (
        "<style>body { margin: 0 } .panel { color: red }</style><h2 class=panel>Page</h2><button>b</button>"
        "<dialog open>d</dialog><p style='height: 3000px'>x</p>"
    )
    seen = []
    for attributes in ('data-launcher="off"', ""):
        with visiting(body, attributes=attributes) as page:
            if not attributes:
                widget = launched(page)
                ask(widget, LINES)
                widget.evaluate("node => node.remove()")
            page.mouse.move(0, 0)
            seen.append((page.screenshot(), page.evaluate("document.documentElement.scrollHeight")))
            assert page.context.cookies() == []
    assert seen[0] == seen[1]


@browser_needed
def test_two_widgets_keep_to_themselves(visiting: Visiting) -> None:
    body = '<policy-chat id="own" data-title="One" data-color="#ffe14d" data-language="en"></policy-chat>'
    with visiting(body, attributes='data-position="left"') as page:
        inline, floating = page.locator("#own"), launched(page)
        ask(inline, ENGLISH)
        ask(floating, LINES)
        expect(inline.locator(".asked")).to_have_text([ENGLISH])
        expect(floating.locator(".asked")).to_have_text([LINES])
        floating.locator(".cite").first.click()
        expect(inline.locator(".passage")).to_be_hidden()
        left = floating.locator(".panel").bounding_box()
        assert left is not None
        assert left["x"] == 20
        page.reload()
        expect(inline.locator(".asked")).to_have_text([ENGLISH])
        expect(page.locator("policy-chat").last.locator(".asked")).to_have_text([LINES])
        inline.evaluate("node => { node.dataset.language = 'zh'; node.dataset.title = '二'; }")
        expect(inline.get_by_role("heading", name="二")).to_be_visible()
        expect(inline.get_by_role("button", name="发送")).to_be_visible()
        expect(inline.locator(".asked")).to_have_text([ENGLISH])


@browser_needed
def test_it_works_where_nothing_may_be_stored(visiting: Visiting) -> None:
    with visiting() as page:
        forbidden = "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
        page.add_init_script(forbidden)
        page.reload()
        widget = launched(page)
        ask(widget, LINES)
        expect(widget.locator(".cite")).to_have_count(1)


@browser_needed
def test_the_page_opens_asks_and_hears_of_answers(visiting: Visiting, paper: Assistant) -> None:
    with visiting(attributes="data-open") as page:
        widget = page.locator("policy-chat")
        expect(widget.locator(".panel")).to_be_visible()
        expect(widget.locator(".launcher")).to_be_hidden()
        widget.evaluate("node => node.close()")
        expect(widget.locator(".panel")).to_be_hidden()
        expect(widget.locator(".launcher")).to_be_visible()
        page.evaluate("document.addEventListener('answer', (event) => { window.heard = event.detail })")
        given = widget.evaluate("(node, question) => node.ask(question)", LINES)
        answer = paper.ask(LINES)
        assert given["citations"][0]["quote"] == answer.citations[0].quote
        assert page.evaluate("window.heard.text") == answer.text
        expect(widget.locator(".panel")).to_be_visible()
        assert page.evaluate("document.activeElement.tagName") == "BODY"


# --- Hands, eyes and ears ---


@browser_needed
def test_the_keyboard_alone_asks_reads_and_comes_back(visiting: Visiting) -> None:
    with visiting('<a href="#x">Host</a>') as page:
        widget = page.locator("policy-chat")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(widget.locator(".launcher")).to_be_focused()
        page.keyboard.press("Enter")
        expect(widget.locator("textarea")).to_be_focused()
        page.keyboard.type(LINES)
        page.keyboard.press("Enter")
        expect(widget.locator(".exchange.done")).to_have_count(1)
        for _ in range(3):
            page.keyboard.press("Shift+Tab")
            if widget.locator(".cite").first.evaluate("node => node.matches(':focus')"):
                break
        page.keyboard.press("Enter")
        expect(widget.locator(".passage")).to_be_visible()
        expect(widget.locator("#passage")).to_be_focused()
        page.keyboard.press("Escape")
        expect(widget.locator(".passage")).to_be_hidden()
        expect(widget.locator(".cite").first).to_be_focused()
        page.keyboard.press("Escape")  # the preview that the focus brought
        page.keyboard.press("Escape")
        expect(widget.locator(".panel")).to_be_hidden()
        expect(widget.locator(".launcher")).to_be_focused()


@browser_needed
def test_typing_chinese_does_not_send_half_a_question(visiting: Visiting) -> None:
    with visiting() as page:
        widget = launched(page)
        widget.locator("textarea").fill("qiye")
        composing = "node => node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))"
        widget.locator("textarea").evaluate(composing)
        expect(widget.locator("textarea")).to_have_value("qiye")
        expect(widget.locator(".exchange")).to_have_count(0)


@browser_needed
def test_on_a_phone_it_covers_the_screen_and_holds_the_focus(visiting: Visiting) -> None:
    body = "<button id=host>Host</button><p style='height: 3000px'>x</p>"
    with visiting(body, head='<meta name="viewport" content="width=device-width">', **PHONE) as page:
        page.evaluate("scrollTo(0, 700)")
        widget = page.locator("policy-chat")
        widget.locator(".launcher").tap()
        assert widget.locator(".panel").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
        assert widget.locator(".panel").evaluate("node => node.matches(':modal')")
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.id") != "host"
        widget.locator("textarea").fill(ADVICE)
        widget.locator("textarea").press("Enter")
        expect(widget.locator(".exchange.done")).to_have_count(1)
        expect(widget.locator("textarea")).not_to_be_focused()
        widget.locator(".cite").nth(1).tap()
        assert widget.locator("div.chat").evaluate("node => node.inert")
        for button in widget.locator(".panel button:visible").all():
            if not button.evaluate("node => node.closest('[inert]')"):
                area = button.bounding_box()
                assert area is not None
                assert min(area["width"], area["height"]) >= 44
        page.keyboard.press("Escape")
        expect(widget.locator(".passage")).to_be_hidden()
        widget.get_by_role("button", name="关闭").tap()
        expect(widget.locator(".panel")).to_be_hidden()
        assert page.evaluate("scrollY") == 700
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@browser_needed
def test_it_is_light_or_dark_as_the_visitor_or_the_page_wants(visiting: Visiting) -> None:
    for scheme, attributes, dark in (("light", "", False), ("dark", "", True), ("dark", 'data-theme="light"', False)):
        with visiting(attributes=attributes, color_scheme=scheme) as page:
            colour = launched(page).locator(".panel").evaluate("node => getComputedStyle(node).backgroundColor")
            red = re.search(r"\d+", colour)
            assert red is not None
            assert (int(red[0]) < 60) is dark


@browser_needed
def test_a_screen_reader_hears_the_answer_once_and_whole(visiting: Visiting, paper: Assistant) -> None:
    with visiting() as page:
        widget = launched(page)
        expect(page.get_by_role("dialog", name="政策问答助手")).to_be_visible()
        expect(widget.get_by_role("log")).to_have_attribute("aria-live", "off")
        ask(widget, LINES)
        expect(widget.get_by_role("status")).to_contain_text(paper.ask(LINES).citations[0].quote)


@browser_needed
@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark", "language": "en"}, {**PHONE, "attributes": 'data-color="#ffe14d"'}],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_serious(visiting: Visiting, options: dict[str, Any]) -> None:
    with visiting("<main><h1>Site</h1></main>", **options) as page:

        def check() -> None:
            found = Axe().run(page).response["violations"]
            grave = [rule for rule in found if rule["impact"] in ("serious", "critical")]
            assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in grave] == []

        check()
        widget = launched(page)
        check()
        widget.locator("textarea").fill("slow")
        widget.locator("textarea").press("Enter")
        check()
        widget.get_by_role("button", name=re.compile("停止|Stop")).click()
        ask(widget, ADVICE)
        ask(widget, UNANSWERED)
        check()
        widget.locator(".cite").first.click()
        check()
