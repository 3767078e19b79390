"""The check of a claim: what counts as said by the source, and what is caught."""

from itertools import pairwise

import pytest

from assistant.support.check import check
from index.documents import find_documents, read_document
from index.sentences import sentence_spans
from index.store import SHIPPED_CORPUS

ZH = "企业应当在2021年3月5日前提交报告，处罚比例不得超过百分之三十五。第十二条规定，任何单位不得转让许可证。2020年利润率下降1.2个百分点，收入增长。"
EN = (
    "Employees shall work at the office at least 2 days a week. Teams may set a higher minimum, but not more than 4 days. "
    "Approval shall be sought at least 30 days beforehand, by 5 March 2021."
)


@pytest.mark.parametrize(
    "claim",
    [
        "企业应当在2021-03-05前提交报告 [1]。",
        "处罚比例不得超过35%。",
        "第12条规定，任何單位不得轉讓許可證【1】。",
        "2020 年利润率下降１.２个百分点",
    ],
)
def test_the_same_facts_in_another_notation_are_supported(claim: str) -> None:
    assert check(claim, [ZH]).verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "source", "reason"),
    [
        ("企业应当在2021年4月5日前提交报告。", ZH, "date:2021年4月5日"),
        ("处罚比例不得超过40%。", ZH, "number:40%"),
        ("企业可以在2021年3月5日前提交报告。", ZH, "modality"),
        ("第十三条规定，任何单位不得转让许可证。", ZH, "article:第十三条"),
        ("任何单位可以转让许可证。", ZH, "negation"),
        ("2020年利润率上升1.2个百分点，收入增长。", ZH, "direction"),
        ("Employees may work at the office at least 2 days a week.", EN, "modality"),
        ("Employees shall not work at the office at least 2 days a week.", EN, "negation"),
        ("Employees shall work at the office at most 2 days a week.", EN, "direction"),
        ("Teams may set a higher minimum, but not more than 5 days.", EN, "number:5 days"),
        ("Approval shall be sought at least 30 days beforehand, by 6 March 2021.", EN, "date:6 march 2021"),
    ],
)
def test_a_turned_claim_is_caught_and_named(claim: str, source: str, reason: str) -> None:
    found = check(claim, [source])
    assert found.verdict == "unsupported"
    assert reason in found.reasons


def test_nothing_to_check_against_supports_nothing() -> None:
    for sources in ([], [""], ["完全无关的文字。"]):
        assert check("企业应当提交报告。", sources).verdict == "unsupported"


def test_every_sentence_of_the_paper_is_supported_with_its_exact_span() -> None:
    for document in map(read_document, find_documents([SHIPPED_CORPUS])):
        spans = sentence_spans(document.text)
        for (start, _), (_, end) in pairwise(spans):
            text = document.text[start:end]
            for begin, stop in sentence_spans(text):
                found = check(text[begin:stop], [text])
                assert (found.verdict, text[found.start : found.end]) == ("supported", text[begin:stop])
