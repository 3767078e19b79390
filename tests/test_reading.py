"""The reading pane: the cited words stand marked in the whole document, and each way there has its way back."""

import re

from browser import UNANSWERED, Scripted, Visiting, ask, quote
from playwright.sync_api import expect

from assistant import Assistant

LINES = "武汉有多少条数字化产线？"
ADVICE = "企业层面有哪些对策建议？"
ADVICE_EN = "What is recommended at the enterprise level?"


def test_a_citation_opens_the_whole_document_with_its_quote_marked(
    visiting: Visiting, address: str, paper: Assistant
) -> None:
    answer = paper.ask(ADVICE)
    document = paper.index.documents[answer.citations[0].document.id]
    with visiting("zh", address) as page:
        page.get_by_role("button", name=ADVICE).click()
        expect(page.locator(".answer.done")).to_have_count(1)
        assert page.locator(".answer a.cite").all_text_contents() == [f"[{c.number}]" for c in answer.citations]
        assert len(answer.citations) == 3
        for citation in reversed(answer.citations):
            page.locator(f'a.cite[href="#{citation.number}"]').click()
            assert quote(page) == citation.quote
            expect(page.locator("#pane-title")).to_have_text(citation.document.title)
            expect(page.locator("#pane mark.current")).to_be_in_viewport()
        for line in filter(str.strip, (document.text.split("\n")[0], document.text.strip().split("\n")[-1])):
            expect(page.locator("#pane .text")).to_contain_text(line)
        expect(page.locator("#pane .row > :is(h3, h4, h5)")).to_have_count(len(document.sections))
        page.get_by_role("button", name="下一处").click()
        assert quote(page) == answer.citations[1].quote
        expect(page.locator(".source[aria-current]")).to_have_text(re.compile("^2"))


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


def test_a_passage_leads_back_to_every_sentence_that_cites_it(visiting: Visiting, address: str) -> None:
    with visiting("zh", address) as page:
        ask(page, ADVICE)
        ask(page, ADVICE)
        page.get_by_role("button", name="第 1 问，[2]").click()
        marker = page.locator(".exchange").first.locator('a.cite[href="#2"]')
        expect(marker).to_be_focused()
        expect(marker).to_be_in_viewport()
        expect(page.locator(".claim.pointed")).to_have_text(re.compile("产业链"))
        page.get_by_role("button", name="第 2 问，[3]").click()
        expect(page.locator(".exchange").last.locator('a.cite[href="#3"]')).to_be_focused()


def test_a_marker_shows_what_it_cites_before_it_is_followed(visiting: Visiting, address: str, paper: Assistant) -> None:
    with visiting("zh", address) as page:
        ask(page, ADVICE)
        page.locator("a.cite").nth(2).hover()
        expect(page.get_by_role("tooltip")).to_contain_text(paper.ask(ADVICE).citations[2].quote)
        expect(page.locator("a.cite").nth(2)).to_have_attribute("aria-describedby", "preview")
        page.keyboard.press("Escape")
        expect(page.get_by_role("tooltip")).to_be_hidden()


def test_original_and_translation_stand_side_by_side(visiting: Visiting, address: str, paper: Assistant) -> None:
    citation = paper.ask(ADVICE_EN).citations[0]
    with visiting("en", address) as page:
        ask(page, ADVICE_EN)
        assert quote(page) == citation.quote
        marked = "".join(page.locator("#pane .translation mark.current").all_text_contents())
        assert marked == citation.translation
        original, translation = (
            page.locator(f"#pane .row:has(mark.current) .{kind}").bounding_box() for kind in ("original", "translation")
        )
        assert original is not None
        assert translation is not None
        assert original["y"] == translation["y"]
        assert original["x"] + original["width"] < translation["x"]
        page.get_by_role("button", name="Translation").click()
        expect(page.locator("#pane .original")).to_have_count(0)
        expect(page.locator("#pane .translation mark.current")).to_be_in_viewport()
        page.get_by_role("button", name="Original").click()
        expect(page.locator("#pane .translation")).to_have_count(0)
        expect(page.locator(".source").first).to_contain_text("Enterprise Level")


def test_the_outline_goes_to_a_section(visiting: Visiting, address: str, paper: Assistant) -> None:
    section = next(iter(paper.index.documents.values())).sections[-1]
    with visiting("zh", address) as page:
        page.locator(".shelf button").click()
        expect(page.locator("#pane .text")).to_be_visible()
        page.get_by_role("button", name="目录").click()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(page.locator(f'[data-start="{section.start}"]')).to_be_in_viewport()
        expect(page.get_by_role("button", name="目录")).to_contain_text(section.title)


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
        near = page.locator("#pane .near .original")
        expect(near.first).to_be_in_viewport()
        assert "\n".join(near.all_text_contents()) == re.sub(r"\n+", "\n", answer.nearest[1].text)
        expect(page.locator("#pane mark")).to_have_count(0)
        expect(page.locator("#pane .remark")).to_be_visible()


def test_a_phone_opens_the_document_as_a_sheet(visiting: Visiting, address: str, paper: Assistant) -> None:
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
        for button in sheet.locator("header button, .pane-bar button").all():
            area = button.bounding_box()
            assert area is not None
            assert min(area["width"], area["height"]) >= 44
        expect(page.locator("gradio-app")).to_have_attribute("inert", "")
        sheet.get_by_role("button", name="关闭").tap()
        expect(page.locator("#pane")).to_be_hidden()
        page.locator("#question textarea").click()
        page.locator("a.cite").first.tap()
        sheet.get_by_role("button", name="第 1 问，[1]").tap()
        expect(page.locator("#pane")).to_be_hidden()
        expect(page.locator("a.cite").first).to_be_focused()
