"""The chat page in a real browser: asking, stopping, asking again, and what a conversation leaves behind."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote as quoted

from axe_playwright_python.sync_playwright import Axe
from browser import UNANSWERED, Visiting, ask, quote
from playwright.sync_api import Page, expect

from assistant import Assistant
from assistant.understanding.followup import Turn

LINES = "武汉有多少条数字化产线？"
LINES_EN = "How many digital production lines does Wuhan run?"
ADVICE = "企业层面有哪些对策建议？"


def clipboard(page: Page) -> str:
    said = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(said, str)
    return said


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


def test_a_conversation_survives_a_reload_and_a_new_one(visiting: Visiting, address: str, paper: Assistant) -> None:
    with visiting("zh", address) as page:
        ask(page, LINES)
        said = page.locator(".answer").inner_text()
        page.reload()
        expect(page.locator(".asked")).to_have_text([LINES])
        assert page.locator(".answer").inner_text() == said
        page.locator("a.cite").first.click()
        assert quote(page) == paper.ask(LINES).citations[0].quote
        page.get_by_role("button", name="新对话").click()
        ask(page, ADVICE)
        page.get_by_role("button", name="历史对话").click()
        page.get_by_role("button", name=LINES).click()
        expect(page.locator(".asked")).to_have_text([LINES])
        page.get_by_role("button", name="历史对话").click()
        page.get_by_role("button", name="清除全部对话").click()
        expect(page.locator(".welcome")).to_be_visible()
        page.reload()
        expect(page.locator(".welcome")).to_be_visible()


def test_a_browser_that_keeps_nothing_still_answers(visiting: Visiting, address: str) -> None:
    refuse = "for (const kind of ['localStorage', 'sessionStorage']) Object.defineProperty(window, kind, { get() { throw new DOMException('no', 'SecurityError'); } });"
    with visiting("en", address, before=refuse) as page:
        ask(page, LINES_EN)
        expect(page.locator("a.cite").first).to_be_visible()
        page.get_by_role("button", name="Earlier chats").click()
        expect(page.locator(".menu:popover-open")).to_contain_text("No other chats")


def test_a_link_asks_its_question_once(visiting: Visiting, address: str) -> None:
    with visiting("zh", address, path=f"?q={quoted(LINES)}") as page:
        expect(page.locator(".answer.done")).to_have_count(1)
        expect(page.locator(".asked")).to_have_text([LINES])
        page.reload()
        expect(page.locator(".asked")).to_have_text([LINES])
        page.locator(".asked").hover()
        page.get_by_role("button", name="复制这个问题的链接").click()
        expect(page.locator(".toast.shown")).to_have_text("已复制")
        assert clipboard(page) == f"{address}?q={quoted(LINES)}"


def test_the_last_question_is_edited_in_place(visiting: Visiting, address: str) -> None:
    with visiting("zh", address) as page:
        ask(page, ADVICE)
        page.get_by_role("button", name="修改问题").click()
        box = page.get_by_role("textbox", name="修改问题")
        expect(box).to_be_focused()
        box.fill(LINES)
        box.press("Enter")
        expect(page.locator(".asked")).to_have_text([LINES])
        expect(page.locator(".answer.done")).to_contain_text("101")
        page.get_by_role("button", name="重新回答").click()
        expect(page.locator(".answer.done")).to_have_count(1)
        expect(page.locator(".asked")).to_have_text([LINES])


def test_an_earlier_question_asked_again_loses_nothing(visiting: Visiting, address: str) -> None:
    with visiting("zh", address) as page:
        ask(page, ADVICE)
        ask(page, LINES)
        page.get_by_role("button", name="重新回答").first.click()
        expect(page.locator(".asked")).to_have_text([ADVICE])
        expect(page.locator(".answer.done")).to_have_count(1)
        page.get_by_role("button", name="历史对话").click()
        page.locator(".menu:popover-open").get_by_role("button", name=ADVICE).click()
        expect(page.locator(".asked")).to_have_text([ADVICE, LINES])


def test_an_answer_is_copied_with_its_sources(visiting: Visiting, address: str, paper: Assistant) -> None:
    answer = paper.ask(ADVICE)
    with visiting("zh", address) as page:
        ask(page, ADVICE)
        page.get_by_role("button", name="复制回答和出处").click()
        expect(page.locator(".toast.shown")).to_have_text("已复制")
        plain = clipboard(page)
        assert "**" not in plain
        for citation in answer.citations:
            assert f"[{citation.number}] {citation.document.title}, {citation.section.number}" in plain
            assert citation.quote in plain
        page.get_by_role("button", name="复制为 Markdown").click()
        page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('**'))")
        assert f"1. **{answer.citations[0].section.path[-1]}**" in clipboard(page)


def test_an_english_reader_reads_and_copies_where_it_stands_in_english(
    visiting: Visiting, address: str, paper: Assistant
) -> None:
    citation = paper.ask(LINES_EN).citations[0]
    assert citation.section.translation is not None
    place = f"{citation.section.number} {' › '.join(citation.section.translation)}"
    with visiting("en", address) as page:
        ask(page, LINES_EN)
        expect(page.locator(".source .place")).to_have_text(place)
        page.get_by_role("button", name="Copy with sources").click()
        expect(page.locator(".toast.shown")).to_have_text("Copied")
        assert f"{place}: “{citation.quote}”" in clipboard(page)


def test_a_conversation_is_exported(visiting: Visiting, address: str, paper: Assistant, tmp_path: Path) -> None:
    with visiting("zh", address) as page:
        ask(page, ADVICE)
        ask(page, UNANSWERED)
        files = {}
        for name in ("导出为 Markdown", "导出为 JSON"):
            page.locator("#export").click()
            with page.expect_download() as download:
                page.get_by_role("button", name=name).click()
            download.value.save_as(tmp_path / download.value.suggested_filename)
            files[download.value.suggested_filename] = (tmp_path / download.value.suggested_filename).read_text("utf-8")
        markdown, exported = files["政策问答.md"], json.loads(files["政策问答.json"])
        assert [line for line in markdown.split("\n") if line.startswith("## ")] == [f"## {ADVICE}", f"## {UNANSWERED}"]
        assert [turn["question"] for turn in exported["turns"]] == [ADVICE, UNANSWERED]
        assert exported["turns"][0]["answer"]["citations"][1]["quote"] == paper.ask(ADVICE).citations[1].quote
        assert exported["turns"][1]["answer"]["abstained"]


def test_a_marker_stays_on_the_line_of_what_it_cites(visiting: Visiting, address: str) -> None:
    """At any width: on a line of its own it would seem to belong to nothing."""
    lines = """(markers) => markers.map((marker) => {
        const claim = marker.parentElement.querySelector(".claim:has(+ .cite)").getClientRects();
        return marker.getBoundingClientRect().top < claim[claim.length - 1].bottom;
    })"""
    with visiting("zh", address) as page:
        ask(page, ADVICE)
        for width in range(320, 440, 8):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.locator("a.cite").evaluate_all(lines) == [True] * 3


def test_what_people_think_of_an_answer_is_kept(visiting: Visiting, address: str, kept: Path) -> None:
    with visiting("zh", address) as page:
        ask(page, LINES)
        page.get_by_role("button", name="没有帮助").click()
        expect(page.locator(".toast.shown")).to_have_text("谢谢，已记录")
        expect(page.get_by_role("button", name="没有帮助")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".comment").get_by_role("button").last).to_be_in_viewport(ratio=1)
        page.locator(".comment textarea").fill("少了一条")
        page.get_by_role("button", name="提交").click()
        expect(page.locator(".comment")).to_have_count(0)
        with closing(sqlite3.connect(kept / "feedback.sqlite")) as connection:
            rows = connection.execute("SELECT rating, question, comment, language FROM feedback").fetchall()
        assert rows == [("down", LINES, "", "zh"), ("down", LINES, "少了一条", "zh")]
        page.reload()
        expect(page.get_by_role("button", name="没有帮助")).to_have_attribute("aria-pressed", "true")


def test_the_language_is_switched_and_kept(visiting: Visiting, address: str) -> None:
    with visiting("zh", address) as page:
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        ask(page, LINES)
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_role("heading", name="Policy Assistant")).to_be_visible()
        expect(page.locator("#question textarea")).to_have_attribute("placeholder", re.compile("^Ask"))
        expect(page.get_by_role("button", name="Ask again")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="Policy Assistant")).to_be_visible()
        expect(page.locator(".asked")).to_have_text([LINES])


def test_the_page_is_light_or_dark_as_the_system_is_or_as_chosen(visiting: Visiting, address: str) -> None:
    def is_dark(page: Page) -> bool:
        red = re.search(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert red is not None
        return int(red[0]) < 60

    for visitor, dark in (("zh", False), ("dark", True)):
        with visiting(visitor, address) as page:
            assert is_dark(page) is dark
            for now in (not dark, dark):
                page.emulate_media(color_scheme="dark" if now else "light")
                page.wait_for_function("(now) => document.body.classList.contains('dark') === now", arg=now)
                assert is_dark(page) is now
            page.locator("#theme").click()
            assert is_dark(page) is not dark
            page.reload()
            expect(page.locator("body.ready")).to_be_visible()
            assert is_dark(page) is not dark


def test_a_blank_question_is_met_with_a_hint(visiting: Visiting, address: str) -> None:
    with visiting("zh", address) as page:
        page.fill("#question textarea", "  ")
        page.press("#question textarea", "Enter")
        expect(page.locator("#question textarea")).to_have_attribute("placeholder", "请先输入一个问题。")
        expect(page.locator(".asked")).to_have_count(0)
        ask(page, LINES)
        expect(page.locator("#question textarea")).not_to_have_attribute("placeholder", "请先输入一个问题。")


def test_an_answer_streams_and_can_be_stopped(visiting: Visiting, address: str) -> None:
    with visiting("en", address) as page:
        page.fill("#question textarea", "slow")
        page.press("#question textarea", "Enter")
        expect(page.locator(".answer.writing")).to_contain_text("word3")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".answer .notice")).to_have_text("Stopped")
        said = page.locator(".answer p").first.inner_text()
        ask(page, LINES_EN)
        assert page.locator(".answer p").first.inner_text() == said
        assert "word900" not in said


def test_stopping_before_the_first_word_leaves_earlier_answers_whole(visiting: Visiting, address: str) -> None:
    with visiting("en", address) as page:
        ask(page, LINES_EN)
        page.fill("#question textarea", "silent")
        page.press("#question textarea", "Enter")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".answer .notice")).to_have_text("Stopped")
        expect(page.locator(".asked")).to_have_text([LINES_EN, "silent"])
        expect(page.locator(".answer").first.locator(".source")).to_have_count(1)


def test_the_whole_answer_takes_the_place_of_its_pieces(visiting: Visiting, address: str) -> None:
    with visiting("en", address) as page:
        page.fill("#question textarea", "redraft")
        page.press("#question textarea", "Enter")
        expect(page.locator(".answer.writing")).to_contain_text("A draft")
        expect(page.locator(".answer.done")).to_contain_text("What is said in its place.")
        expect(page.locator(".answer")).not_to_contain_text("A draft")
        expect(page.locator(".answer .notice")).to_have_text("It was redrafted.")
        expect(page.locator("p[role=status]")).to_have_text("What is said in its place.")


def test_failures_are_said_in_plain_words_and_can_be_tried_again(visiting: Visiting, address: str) -> None:
    with visiting("en", address, expected="Failed to load resource") as page:
        page.fill("#question textarea", "break")
        page.press("#question textarea", "Enter")
        expect(page.locator(".answer .notice")).to_contain_text("Something went wrong")
        page.get_by_role("button", name="New chat").click()
        page.route("**/api/ask", lambda route: route.fulfill(status=429, headers={"Retry-After": "7"}, body="{}"))
        page.fill("#question textarea", LINES_EN)
        page.press("#question textarea", "Enter")
        expect(page.locator(".answer .notice")).to_contain_text("in 7 seconds")
        page.unroute("**/api/ask")
        page.route("**/api/ask", lambda route: route.fulfill(status=413, body="{}"))
        page.get_by_role("button", name="Ask again").click()
        expect(page.locator(".answer .notice")).to_contain_text("too long")
        page.unroute("**/api/ask")
        page.route("**/api/ask", lambda route: route.abort())
        page.get_by_role("button", name="Ask again").click()
        expect(page.locator(".answer .notice")).to_contain_text("cannot be reached")
        page.unroute("**/api/ask")
        page.get_by_role("button", name="Ask again").click()
        expect(page.locator("a.cite").first).to_be_visible()
        expect(page.locator(".asked")).to_have_count(1)


def test_the_keyboard_alone_does_everything(visiting: Visiting, address: str, paper: Assistant) -> None:
    def tab(page: Page, selector: str, key: str = "Shift+Tab") -> None:
        for _ in range(40):
            page.keyboard.press(key)
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached by {key}")

    with visiting("zh", address) as page:
        expect(page.locator("#question textarea")).to_be_focused()
        page.keyboard.type(ADVICE)
        page.keyboard.press("Enter")
        expect(page.locator(".answer.done")).to_have_count(1)
        for key in ("Enter", " "):
            tab(page, 'a.cite[href="#2"]')
            expect(page.get_by_role("tooltip")).to_be_visible()
            page.keyboard.press(key)
            assert quote(page) == paper.ask(ADVICE).citations[1].quote
            expect(page.locator("#pane-title")).to_be_focused()
            page.keyboard.press("Escape")
            expect(page.locator('a.cite[href="#2"]')).to_be_focused()
            tab(page, ".source", "Tab")
        tab(page, "#pane .outline", "Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        expect(page.locator("#pane .outline")).to_be_focused()
        tab(page, "#history")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        tab(page, "#new-chat")
        page.keyboard.press("Enter")
        expect(page.locator(".welcome")).to_be_visible()
        expect(page.locator("#question textarea")).to_be_focused()


def test_axe_finds_nothing_serious(visiting: Visiting, address: str) -> None:
    def check(page: Page) -> None:
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        serious = [
            (one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")
        ]
        assert serious == []

    for visitor in ("zh", "dark", "phone"):
        with visiting(visitor, address) as page:
            check(page)
            ask(page, ADVICE)
            ask(page, UNANSWERED)
            check(page)
            page.locator("a.cite").first.click()
            expect(page.locator("#pane mark.current")).to_be_in_viewport()
            check(page)
