"""Reports: what they say of a run, in every form, and that nothing in a document or a question can run in the page."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from asking import FACT, Ruled, Said, answered, case, cases, kept, made
from browser import CHROMIUM, FLAGS
from playwright.sync_api import Page, sync_playwright

from eval.causes import MEANINGS, Cause, cause
from eval.cli import main
from eval.comparison import compare
from eval.metrics.support import lexical_support
from eval.replies import read_reply
from eval.report.claims import claims
from eval.report.exports import as_csv, as_json, as_junit, as_markdown
from eval.report.page import as_html
from eval.runner import run
from eval.runs import Run, RunFile
from eval.scorecards import scorecard
from eval.suites import Case, Gold, Nugget

HOSTILE = (
    "</script><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
    "<a href=\"javascript:document.title='ran'\">x</a>\"'><svg onload=document.title='ran'> {{ 7*7 }} [1]"
)
BROKEN = frozenset({"case-0", "case-1", "case-2"})


class Hostile(Ruled):
    """Answers everything with markup."""

    def ask(self, *arguments: object, **more: object) -> Said:
        return answered(f"{HOSTILE}。[1]", f"{HOSTILE}。")


def hostile() -> Run:
    asked = (case("x\"'><script>", question=HOSTILE, kind="<b>kind</b>", tags=(HOSTILE,)), *cases(3))
    return Run(made(asked), run(Hostile(), asked))


def test_claims_joined_are_the_answer_and_count_as_lexical_support_does() -> None:
    text = f"要点：\n1. {FACT}[1]\n2. 武汉运行着 102 条标准数字化产线。 [1][2]\n没有出处的一句话。\n"
    reply = read_reply(answered(text, FACT, "别的一句话。").values)
    found = claims(reply)
    assert "".join(claim.text for claim in found) == text
    told = [(claim.verdict, claim.markers) for claim in found if claim.verdict != "plain"]
    assert told == [("supported", (1,)), ("unsupported", (1, 2)), ("uncited", ())]
    assert lexical_support(reply) == pytest.approx(1 / 3)


def test_a_claim_that_cites_what_is_not_there_has_no_support() -> None:
    found = claims(read_reply(answered("一句话。[7]").values))
    assert [(claim.verdict, claim.markers) for claim in found] == [("unsupported", (7,))]


def test_a_refusal_claims_nothing() -> None:
    refused = read_reply(answered("文档中没有说明。", abstained=True).values)
    assert [(claim.text, claim.verdict) for claim in claims(refused)] == [("文档中没有说明。", "plain")]


def found_cause(asked: Case, asker: Ruled) -> Cause | None:
    return cause(run(asker, [asked])[0])


def test_each_fault_has_one_cause() -> None:
    class Denying(Ruled):
        def ask(self, *arguments: object, **more: object) -> Said:
            from prompts import phrase

            said = answered(f"{FACT}[1]", FACT).values
            return Said(said | {"notices": [phrase("premise", "zh")]})

    elsewhere = {"gold": (Gold("第五章讲对策。", "paper"),), "sections": ("5",), "nuggets": (Nugget(any=("对策",)),)}
    found = {"sections": ("3",), "nuggets": (Nugget(any=("对策",)),)}
    seen = {
        None: found_cause(case("right"), Ruled()),
        "error": found_cause(case("break"), Ruled()),
        "wrongly answered": found_cause(case("any", expect="abstain", question="any"), Ruled()),
        "wrongly refused": found_cause(case("refused?!"), Ruled()),
        "not retrieved": found_cause(case("elsewhere", **elsewhere), Ruled()),
        "premise": found_cause(case("denied"), Denying()),
        "retrieved but unused": found_cause(case("unused", **found, gold=(Gold("别的一句话。", "paper"),)), Ruled()),
        "incomplete": found_cause(case("part", **found), Ruled()),
        "wrong citation": found_cause(case("section", sections=("5",)), Ruled()),
        "wrong outcome": found_cause(case("talk", expect="smalltalk", question="talk?!"), Ruled()),
    }
    assert seen == {name: name for name in seen}
    assert MEANINGS.keys() == seen.keys() - {None}


def test_nothing_to_score_is_not_applicable_in_every_form() -> None:
    only = kept([case("none", expect="abstain")])
    values = as_json(only)
    assert values["slices"][0]["nugget_recall"] is None
    assert values["balanced_accuracy"] is None
    (row,) = csv.DictReader(io.StringIO(as_csv(only)))
    assert (row["nugget_recall"], row["right"]) == ("", "1.0")
    assert "nugget recall" not in as_markdown(only)
    assert "n.a." in as_html(only)


def test_json_and_csv_hold_every_case_and_errors_stay() -> None:
    mixed = kept((*cases(5), case("breaks", question="break")))
    values = json.loads(json.dumps(as_json(mixed, compare(scorecard(mixed), scorecard(mixed)))))
    assert (values["n"], values["errors"], values["comparison"]["verdict"]) == (6, 1, "no detectable difference")
    assert values["slices"][0]["right"]["n"] == 6
    assert [one["cause"] for one in values["cases"]] == [None] * 5 + ["error"]
    assert len(list(csv.DictReader(io.StringIO(as_csv(mixed))))) == 6


def test_a_spreadsheet_takes_no_question_for_a_formula() -> None:
    (row,) = csv.DictReader(io.StringIO(as_csv(kept([case("f", question="=HYPERLINK(1)")]))))
    assert row["question"] == "'=HYPERLINK(1)"


def test_junit_counts_faults_and_errors_and_is_xml_whatever_it_holds() -> None:
    mixed = kept((case("refused?!"), case("breaks", question="break \x00\x1b<&>"), *cases(2)))
    root = ElementTree.fromstring(as_junit(mixed))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("4", "1", "1")
    assert [entry.get("message") for one in root for entry in one] == ["wrongly refused", "error"]


def test_markdown_names_what_broke_and_lets_no_markup_through() -> None:
    before, after = kept(cases(30)), kept(cases(30), Ruled(mute=BROKEN))
    text = as_markdown(after, compare(scorecard(before), scorecard(after)))
    assert "Newly broken (3): case-0, case-1, case-2" in text
    asked = (case("<img src=x>|`"),)
    broken = compare(scorecard(kept(asked)), scorecard(kept(asked, Ruled(mute=frozenset({"<img src=x>|`"})))))
    assert "<img" not in re.sub(r"\\.", "", as_markdown(kept(asked), broken))


def test_the_command_writes_each_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = kept(cases(5))
    file = RunFile(tmp_path / "run.jsonl")
    file.start(one.provenance)
    for result in one.results:
        file.append(result)
    forms = ("html", "json", "csv", "junit", "markdown")
    flags = [part for form in forms for part in (f"--{form}", str(tmp_path / form))]
    assert main(["report", str(file.path), *flags]) == 0
    assert all((tmp_path / form).stat().st_size for form in forms)
    assert capsys.readouterr().out == ""
    assert main(["report", str(file.path), "--baseline", str(file.path), "--slices", "--failures"]) == 0
    assert "no detectable difference" in capsys.readouterr().out
    assert main(["report", str(tmp_path / "none")]) == 2


@pytest.fixture(scope="module")
def browser_page() -> object:
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(viewport={"width": 390, "height": 844})
        browser.close()


def shown(page: Page, folder: Path, text: str) -> list[str]:
    """Open a report; returns what the browser complains of and every address it asks for."""
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: seen.append(request.url))
    path = folder / "report.html"
    path.write_text(text, encoding="utf-8")
    page.goto(path.as_uri())
    return seen


def test_nothing_hostile_runs_in_the_page(browser_page: Page, tmp_path: Path) -> None:
    seen = shown(browser_page, tmp_path, as_html(hostile()))
    for one in browser_page.locator(".case > summary").all():
        one.click()
    assert browser_page.title() == "tiny, dev"
    assert seen == [(tmp_path / "report.html").as_uri()]  # no other request, no message
    assert browser_page.locator("img, a[href^='javascript:'], .case script, [onload], [onerror]").count() == 0
    assert browser_page.locator(".question").first.text_content().startswith("</script><script>")
    assert "{{ 7*7 }}" in browser_page.locator(".question").first.text_content()


def test_the_page_finds_cases_and_fits_a_phone(browser_page: Page, tmp_path: Path) -> None:
    before, after = kept(cases(30)), kept((*cases(29), case("breaks", question="break")), Ruled(mute=BROKEN))
    shown(browser_page, tmp_path, as_html(after, compare(scorecard(before), scorecard(after))))
    visible = browser_page.locator(".case:not([hidden])")
    assert visible.count() == 30
    assert visible.first.locator(".chip.broken").text_content() == "newly broken"  # before the error, which is no news
    browser_page.locator('[data-cause="wrongly refused"]').first.click()
    assert visible.count() == 3
    assert browser_page.locator("#count").inner_text() == "3 of 30"
    browser_page.select_option("#cause", "broken")
    assert visible.count() == 3
    browser_page.select_option("#cause", "")
    browser_page.fill("#search", "CASE-7")
    assert visible.count() == 1
    visible.locator("summary").first.click()
    assert visible.locator(".supported").count() == 1
    assert visible.locator("mark").text_content() == FACT
    assert browser_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
