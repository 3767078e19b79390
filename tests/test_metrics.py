"""What each number means, on replies small enough to check by eye."""

from dataclasses import replace

import pytest

from eval.metrics import score
from eval.metrics.answers import (
    answer_length,
    bag_f1,
    cmrc_f1,
    exact_match,
    missing_nuggets,
    nugget_recall,
    token_f1,
)
from eval.metrics.citations import citation_precision, citation_recall, citation_validity, overlap, section_hit
from eval.metrics.consistency import consistency
from eval.metrics.refusals import balanced_accuracy
from eval.metrics.support import lexical_support
from eval.replies import ERROR, Cited, Reply, read_reply
from eval.statistics import Interval, bootstrap, wilson
from eval.suites import Case, Gold, Nugget
from prompts import phrase

FELL = "制造业占比自 2011 年的 32.06%连续 10 年持续下降，截至 2020 年已下降至 26.29%。"
FEW = "仅有 3 个产业处于中高端地位，占比不足 13%。"
OTHER = "创新是引领发展的第一动力。"

CASE = Case(
    schema=1,
    id="a",
    question="2020年占比多少?",
    language="zh",
    split="dev",
    kind="fact",
    expect="answer",
    gold=(Gold(FELL, "paper"), Gold(FEW, "paper", required=False)),
    sections=("1",),
    nuggets=(Nugget(numbers=("26.29",)), Nugget(any=("下降", "fell"))),
)
REPLY = Reply("answer", f"{FELL}[1]", (Cited(FELL, "paper", "1", ("引言",)),), "fact")


def test_a_perfect_reply_scores_one_everywhere() -> None:
    scores = score(CASE, REPLY)
    assert scores.section_hit == scores.nugget_recall == scores.citation_recall == scores.citation_precision == 1.0
    assert (scores.right, scores.false_refusal, scores.false_answer) == (1.0, 0.0, None)
    assert scores.evidence_f1 == scores.citation_validity == 1.0
    assert scores.exact is scores.cmrc_f1 is scores.bag_f1 is None
    assert scores.length == len(FELL)


@pytest.mark.parametrize("reply", [Reply("abstain", "文档没有说明。"), Reply("smalltalk", "你好。"), ERROR])
def test_anything_but_an_answer_to_an_answerable_question_is_a_false_refusal(reply: Reply) -> None:
    scores = score(CASE, reply)
    assert (scores.right, scores.false_refusal) == (0.0, 1.0)
    assert scores.section_hit == scores.nugget_recall == scores.citation_recall == 0.0
    assert scores.evidence_f1 == 0.0
    assert scores.citation_precision is scores.citation_validity is None
    assert scores.length is None


def test_a_refusal_that_repeats_the_nuggets_still_has_none() -> None:
    assert score(CASE, Reply("abstain", FELL)).nugget_recall == 0.0


@pytest.mark.parametrize(
    ("reply", "false"), [(Reply("abstain"), 0.0), (REPLY, 1.0), (Reply("smalltalk"), 1.0), (ERROR, 1.0)]
)
def test_anything_but_an_abstention_is_a_false_answer_where_the_documents_are_silent(
    reply: Reply, false: float
) -> None:
    scores = score(replace(CASE, expect="abstain", gold=(), sections=(), nuggets=()), reply)
    assert scores.false_answer == false
    assert scores.false_refusal is scores.nugget_recall is scores.citation_precision is None


def test_small_talk_counts_in_neither_refusal_rate() -> None:
    scores = score(replace(CASE, expect="smalltalk", gold=(), sections=(), nuggets=()), Reply("smalltalk", "你好。"))
    assert (scores.right, scores.false_answer, scores.false_refusal) == (1.0, None, None)


def test_a_denied_premise_must_be_answered() -> None:
    conflict = replace(CASE, expect="conflict")
    assert score(conflict, Reply("abstain")).false_refusal == 1.0
    silent, outspoken = score(conflict, REPLY), score(conflict, replace(REPLY, denies_premise=True))
    assert (silent.right, silent.premise_denied, silent.premise_alarm) == (1.0, 0.0, None)
    assert (outspoken.right, outspoken.premise_denied) == (1.0, 1.0)
    assert score(CASE, replace(REPLY, denies_premise=True)).premise_alarm == 1.0


@pytest.mark.parametrize(
    ("number", "path", "sections", "hit"),
    [
        ("5.1", ("结论", "企业层面"), ("5.1",), True),
        ("5.1", ("结论", "企业层面"), ("5",), True),
        ("5.1", ("结论", "企业层面"), ("5.2",), False),
        ("15.1", (), ("5",), False),
        ("", ("摘要",), ("摘要",), True),
        ("1", ("Policy", "Scope"), ("Policy",), False),
        ("4.7", ("Policy", "Accounts", "4.7"), ("Accounts",), True),
        ("7.1", ("Policy", "Devices", "7.1"), ("Accounts",), False),
        ("第十二条", ("法", "总则"), ("第十二条",), True),
        ("第十二条", ("法", "总则"), ("第十条",), False),
    ],
)
def test_a_section_holds_what_is_below_it(
    number: str, path: tuple[str, ...], sections: tuple[str, ...], hit: bool
) -> None:
    assert section_hit(replace(CASE, sections=sections), [Cited(OTHER, "paper", number, path)]) == hit


def test_the_same_section_of_another_document_is_no_hit() -> None:
    assert section_hit(CASE, [Cited(FELL, "another", "1")]) == 0.0
    assert citation_recall(CASE.gold, [Cited(FELL, "another", "1")]) == 0.0


@pytest.mark.parametrize(
    ("text", "quotes", "recall"),
    [
        (FELL, (), 1.0),
        ("By 2020 it had fallen.", (FELL,), 1.0),  # an English answer counts by what it cites
        ("It fell to 26.29%.", (), 1.0),
        ("It fell to 26.3%.", (), 0.5),
        ("It rose to 126.29%.", (), 0.0),
        ("上升 [26]。", (), 0.0),
    ],
)
def test_a_nugget_needs_its_words_and_its_numbers(text: str, quotes: tuple[str, ...], recall: float) -> None:
    assert nugget_recall(CASE.nuggets, text, quotes) == recall


def test_markers_are_no_numbers() -> None:
    three = (Nugget(numbers=("3",)),)
    assert missing_nuggets(three, "有若干产业〔3〕[3]。", ("有若干产业[3]。",)) == three
    assert missing_nuggets(three, "有 3 个产业[1]。", ()) == ()


@pytest.mark.parametrize("text", ["3,400余家", "３４００ 余家", "3400余家", "三千四百余家"])
def test_numbers_count_in_any_form(text: str) -> None:
    assert not missing_nuggets((Nugget(any=("余家",), numbers=("3400",)),), text, ())


def test_wordings_match_across_script_width_and_space() -> None:
    nuggets = (Nugget(any=("企业文化 建设",)), Nugget(any=("high-tech sector",)))
    assert not missing_nuggets(nuggets, "企業文化建設；the High-Tech\nsector", ())
    assert len(missing_nuggets(nuggets, "企业建设文化 hightechsector", ())) == 2


def test_recall_counts_required_gold_by_any_wording() -> None:
    gold = (Gold("加强产业链建设", "paper", ("警惕各种断链风险。",)), Gold("培育良好的企业文化", "paper"), CASE.gold[1])
    assert citation_recall(gold, [Cited("警惕各种断链风险。", "paper")]) == 0.5
    assert citation_recall(gold, [Cited(FEW, "paper")]) == 0.0


def test_precision_counts_cited_sentences() -> None:
    assert citation_precision(CASE.gold, []) is None
    assert citation_precision(CASE.gold, [Cited(FELL, "paper"), Cited(FEW, "paper")]) == 1.0
    assert citation_precision(CASE.gold, [Cited(FELL, "paper"), Cited(OTHER, "paper", "1")]) == 0.5
    assert citation_precision(CASE.gold, [Cited(FELL + OTHER, "paper")]) == 0.5


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (FELL, FELL, True),
        (FELL, "截至2020年已下降至26.29%", True),
        (FELL, OTHER, False),
        (OTHER, "创新是引领发展", True),
        ("abcdefgh", "abcdxxxx", True),
        ("abcdefgh", "abcxxxxx", False),
        ("", OTHER, False),
    ],
)
def test_overlap_is_half_of_the_shorter(one: str, other: str, shared: bool) -> None:
    assert overlap(one, other) == overlap(other, one) == shared


def test_length_leaves_markers_out() -> None:
    assert answer_length(" 创新[1][2]。\n") == 3


def test_what_a_case_has_no_evidence_for_is_not_applicable() -> None:
    scores = score(replace(CASE, sections=(), nuggets=(), answers=("26.29%",)), REPLY)
    assert scores.section_hit is scores.nugget_recall is None
    assert (scores.exact, scores.citation_recall) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "reference", "f1"),
    [
        ("创新", "创新", 1.0),
        ("創新 [1]", "创新", 1.0),  # 創新 and 创新 are one word, a marker is none
        ("创新", "人才", 0.0),
        ("创新", "创造", 2 * 1 / 6),  # 创, of 创 新 创新 and 创 造 创造
        ("The employees booked trains", "employee books a train", 1.0),
        ("一百二十", "120", 2 * 1 / 9),  # the number, of seven Han terms and it
        ("", "创新", 0.0),
        ("[1]", "创新", 0.0),
    ],
)
def test_content_tokens(text: str, reference: str, f1: float) -> None:
    assert token_f1(text, reference) == pytest.approx(f1)
    assert token_f1(reference, text) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("text", "answers", "exact", "cmrc", "bag"),
    [
        ("踢爆", ("踢爆",), 1, 1, 1),
        ("“踢爆”。", ("踢爆",), 1, 1, 1),
        ("臺灣", ("台湾", "臺灣"), 1, 1, 1),
        ("4 minutes", ("Four minutes", "4 Minutes."), 1, 1, 1),
        ("北京大学", ("北京的大学",), 0, 2 * 2 / 9, 2 * 4 / 9),  # the longest shared run is 北京 or 大学, not all four
        ("大学北京", ("北京大学",), 0, 2 * 2 / 8, 1),
        ("上海", ("北京",), 0, 0, 0),
        ("", ("北京",), 0, 0, 0),
    ],
)
def test_short_answers(text: str, answers: tuple[str, ...], exact: float, cmrc: float, bag: float) -> None:
    assert exact_match(text, answers) == exact
    assert cmrc_f1(text, answers) == pytest.approx(cmrc)
    assert bag_f1(text, answers) == pytest.approx(bag)


def test_what_the_search_brought_is_scored_apart() -> None:
    scores = score(CASE, Reply("abstain"), [Cited(OTHER, "paper"), Cited(FELL, "paper"), Cited(FEW, "paper")])
    assert (scores.hit_1, scores.hit_5, scores.recall_10, scores.mrr_10) == (0.0, 1.0, 1.0, 0.5)
    assert scores.context_precision == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert (scores.context_recall, scores.nugget_recall) == (1.0, 0.0)
    assert score(CASE, REPLY, []).context_precision == score(CASE, REPLY, []).context_recall == 0.0
    assert score(CASE, REPLY).context_precision is None


def test_a_marker_is_valid_where_its_quote_stands_in_its_passage() -> None:
    held, lost = Cited(FEW, "paper", passage=FELL + FEW), Cited(FEW, "paper", passage=OTHER)
    assert citation_validity(Reply("answer", f"{FEW}[1]", (held,))) == 1.0
    assert citation_validity(Reply("answer", f"{FEW}[1][2]", (held,))) == 0.5
    assert citation_validity(Reply("answer", f"{FEW}[1]", (lost,))) == 0.0
    assert citation_validity(Reply("answer", FEW, (held,))) is None


def test_variants_agree_where_they_cite_the_same_or_refuse_alike() -> None:
    def cites(*quotes: str) -> Reply:
        return Reply("answer", "", tuple(Cited(quote, "paper") for quote in quotes))

    assert consistency([cites(FELL)]) == [None]
    assert consistency([cites(FELL), cites(FELL, FEW), cites(OTHER)]) == [0.5, 0.5, 0.0]
    assert consistency([Reply("abstain"), Reply("abstain"), cites(FELL)]) == [0.5, 0.5, 0.0]
    assert consistency([ERROR, ERROR]) == [0.0, 0.0]


def test_refusing_everything_and_answering_everything_are_both_half_right() -> None:
    assert balanced_accuracy([0.0] * 3, [1.0] * 90) == 0.5
    assert balanced_accuracy([1.0] * 3, [0.0] * 90) == 0.5
    assert balanced_accuracy([0.0, 1.0], [0.0, 0.0, 0.0, 1.0]) == pytest.approx((0.5 + 0.75) / 2)
    assert balanced_accuracy([], [0.0]) is None


def test_wilson_agrees_with_published_values() -> None:
    """Newcombe 1998, table I: 81/263 and 0/20 (method 3, without continuity correction)."""
    found = wilson(81, 263)
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert (wilson(0, 20).low, wilson(0, 20).high) == pytest.approx((0.0, 0.1611), abs=1e-4)


def test_bootstrap_is_seeded_and_brackets_the_mean() -> None:
    values = [0.0, 1.0] * 50
    apart = bootstrap(values, [str(i) for i in range(100)])
    assert apart == bootstrap(values, [str(i) for i in range(100)])
    assert apart.mean == 0.5
    assert apart.low == pytest.approx(0.4, abs=0.03)
    assert apart.high == pytest.approx(0.6, abs=0.03)


def test_bootstrap_resamples_paraphrases_together() -> None:
    """Fifty copies of two answers are two answers: nothing is known of the mean."""
    assert bootstrap([0.0] * 50 + [1.0] * 50, ["a"] * 50 + ["b"] * 50) == Interval(0.5, 0.0, 1.0, 100)


def test_a_reply_is_read_from_an_answers_json() -> None:
    section = {"number": "1", "path": ["引言"]}
    cited = {"number": 1, "quote": FELL, "document": {"id": "paper", "title": "P"}, "section": section}
    values = {
        "text": f"{FELL}[1]",
        "abstained": False,
        "kind": "fact",
        "citations": [cited],
        "language": "zh",
        "notices": [],
    }
    assert read_reply(values) == REPLY
    assert read_reply(values | {"kind": "smalltalk", "citations": []}).outcome == "smalltalk"
    assert read_reply(values | {"notices": [phrase("premise", "zh")]}).denies_premise
    assert read_reply(values | {"abstained": True}) == Reply("abstain", f"{FELL}[1]", (), "fact")


def test_lexical_support_is_the_share_of_sentences_that_what_they_cite_supports() -> None:
    rail = Cited("Employees shall book trains.", "d", passage="Employees shall book trains. Flights need approval.")
    fee = Cited("津贴每天45欧元。", "d", passage="津贴每天45欧元。", translation="The daily allowance is 45 euros.")
    supported = "1. **Trains**: Employees shall book trains. Flights need approval. [1]\n2. The daily allowance is 45 euros [2]."
    assert lexical_support(Reply("answer", supported, (rail, fee))) == 1.0
    assert lexical_support(Reply("answer", supported.replace("45", "54"), (rail, fee))) == pytest.approx(2 / 3)
    assert lexical_support(Reply("answer", "Employees shall book trains. [2]", (rail, fee))) == 0.0
    assert lexical_support(Reply("answer", "Employees shall book trains. [9]", (rail,))) == 0.0


def test_an_uncited_sentence_is_unsupported_and_a_lead_in_is_no_sentence() -> None:
    rail = Cited("Employees shall book trains.", "d", passage="Employees shall book trains.")
    assert lexical_support(Reply("answer", "Employees shall book trains.", (rail,))) == 0.0
    assert lexical_support(Reply("answer", "The rules:\n- Employees shall book trains. [1]", (rail,))) == 1.0
    assert lexical_support(Reply("answer", "…", ())) is None


@pytest.mark.parametrize(("text", "number"), [("应当在四个月内批准", "4"), ("within six months", "6"), ("两年内", "2")])
def test_a_lone_digit_that_counts_something_is_a_number(text: str, number: str) -> None:
    assert not missing_nuggets((Nugget(numbers=(number,)),), text, ())
    assert missing_nuggets((Nugget(numbers=("9",)),), text, ())
