"""The check of a claim: what counts as said by the source, and what is caught."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.support.check import NOTHING, check
from eval.battery.texts import Text, shipped_texts
from index.embeddings import load_embedder

ZH = "企业应当在2021年3月5日前提交报告，处罚比例不得超过百分之三十五。第十二条规定，任何单位不得转让许可证。2020年利润率下降1.2个百分点，收入增长。"
EN = (
    "Employees shall work at the office at least 2 days a week. Teams may set a higher minimum, but not more than 4 days. "
    "Approval shall be sought from the Line Manager at least 30 days beforehand, by 5 March 2021."
)
TEXTS = shipped_texts()


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        ("企业应当在2021-03-05前提交报告 [1]。", ZH, "企业应当"),
        ("处罚比例不得超过35%。", ZH, "企业应当"),
        ("第12条规定，任何單位不得轉讓許可證【1】。", ZH, "第十二条"),
        ("2020 年利润率下降１.２个百分点", ZH, "2020年"),
        ("In other words, employees must work at the office at least two days a week [1].", EN, "Employees"),
        ("Approval shall be sought by March 5, 2021, at least 30 days beforehand.", EN, "Approval"),
        ("根据所给段落，2020年利润率下降1.2个百分点。", ZH, "2020年"),
        ("根据第3段，2020年利润率下降1.2个百分点。", ZH, "2020年"),
        ("According to passage 1, approval shall be sought at least 30 days beforehand.", EN, "Approval"),
        ("The passage states that approval shall be sought at least 30 days beforehand.", EN, "Approval"),
    ],
)
def test_the_same_said_otherwise_is_supported_by_its_sentence(claim: str, source: str, words: str) -> None:
    found = check(claim, [source])
    assert (found.verdict, found.reasons) == ("supported", ())
    assert source[found.start : found.end].startswith(words)


@pytest.mark.parametrize(
    ("claim", "source", "reason"),
    [
        ("企业应当在2021年4月5日前提交报告。", ZH, "date:2021年4月5日"),
        ("处罚比例不得超过40%。", ZH, "number:40%"),
        ("企业可以在2021年3月5日前提交报告。", ZH, "modality"),
        ("第十三条规定，任何单位不得转让许可证。", ZH, "article:第十三条"),
        ("任何单位可以转让许可证。", ZH, "negation"),
        ("2020年利润率上升1.2个百分点，收入增长。", ZH, "direction"),
        ("企业应当在2021年3月5日后提交报告。", ZH, "direction"),
        ("第十二条规定，任何单位不得转让许可证，上海的单位除外。", ZH, "name:上海"),
        ("Employees may work at the office at least 2 days a week.", EN, "modality"),
        ("Employees shall not work at the office at least 2 days a week.", EN, "negation"),
        ("Employees shall work at the office at most 2 days a week.", EN, "direction"),
        ("Teams may set a lower minimum, but not more than 4 days.", EN, "direction"),
        ("Teams may set a higher minimum, but not more than 5 days.", EN, "number:5 days"),
        ("Teams may set a higher minimum, but not more than 2 days.", EN, "number:2 days"),
        (
            "Approval shall be sought from the Line Manager at least 30 days beforehand, by 6 March 2021.",
            EN,
            "date:6 march 2021",
        ),
        ("企业应当在2021年3月5日前提交报告，详见https://evil.example/报告。", ZH, "name:https://evil.example/报告"),
        (
            "Approval shall be sought from the Line Manager at boss@evil.example at least 30 days beforehand.",
            EN,
            "name:boss@evil.example",
        ),
        ("Approval shall be sought from the Ethics Committee at least 30 days beforehand.", EN, "name:Ethics"),
    ],
)
def test_a_turned_claim_is_caught_and_named(claim: str, source: str, reason: str) -> None:
    found = check(claim, [source])
    assert found.verdict == "unsupported"
    assert reason in found.reasons


TAX = "Small firms are exempt from the tax."
FREE = "第五条 残疾人驾驶的车辆免收停车费。"
LINES = "该市运行着 101 条标准数字化产线，82 个智能化改造示范项目，项目涵盖到 3400 余家企业。"
LINES_EN = (
    "The city runs 101 standard digital production lines, 82 intelligent transformation projects, covering 3,400 firms."
)
SHARE = "制造业占国内生产总值的比重自 2011 年的 32.06%连续 10 年持续下降，截至 2020 年已下降至 26.29%。"
PAY = "The supplier shall pay the buyer within 30 days."
ALLOWANCE = "Employees receive a monthly allowance of $50 for internet costs."
PARKING = "公共停车场实行政府指导价，每小时不得超过十元，夜间免费。"


@pytest.mark.parametrize(
    ("claim", "source", "reason"),
    [
        ("残疾人驾驶的车辆收停车费。", FREE, "negation"),
        ("公共停车场每小时不得超过十元，夜间收费。", PARKING, "negation"),
        ("Small firms pay the tax.", TAX, "negation"),
        ("Only interns are not eligible.", "Interns are not eligible.", "only"),
        ("只有企业可以申请补贴。", "企业可以申请补贴。", "only"),
        ("该市有82条数字化产线。", LINES, "number:82"),
        ("该市有101个智能化改造示范项目和82条数字化产线。", LINES, "number:101"),
        ("2011年制造业占国内生产总值的比重为26.29%。", SHARE, "number:26.29%"),
        ("购买二级产品的，按价格的20%补贴；购买一级产品的，按价格的15%补贴。", "购买二级产品的，按价格的15%补贴；购买一级产品的，按价格的20%补贴。", "number:20%"),
        ("The city runs 82 standard digital production lines.", LINES_EN, "number:82"),
        ("Children pay 10 euros and adults pay 5 euros.", "Adults pay 10 euros and children pay 5 euros.", "number:5 euros"),
        ("The buyer shall pay the supplier within 30 days.", PAY, "roles"),
        ("申请人应当书面答复主管机关。", "主管机关应当书面答复申请人。", "roles"),
        (ALLOWANCE.replace("monthly", "weekly"), ALLOWANCE, "period:weekly"),
        ("Employees receive $50 a week for internet costs.", ALLOWANCE, "period:a week"),
        ("费用按周支付。", "费用按月支付。", "period:按周"),
        ("公共停车场每小时十元，夜间免费。", PARKING, "bound"),
        ("Employees shall work at the office 2 days a week.", EN, "bound"),
        ("Employees shall work at the office up to 2 days.", "Employees shall work at the office 2 days.", "bound"),
        ("处三年以下有期徒刑。", "处三年以上有期徒刑。", "direction"),
    ],
)  # fmt: skip
def test_what_is_said_of_another_or_in_another_measure_is_caught_and_named(
    claim: str, source: str, reason: str
) -> None:
    found = check(claim, [source], load_embedder())
    assert found.verdict == "unsupported"
    assert reason in found.reasons


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("残疾人驾驶的车辆不收停车费。", FREE),
        ("Small firms do not pay the tax.", TAX),
        ("该市运行着82个智能化改造示范项目和101条标准数字化产线。", LINES),
        ("2020年制造业占国内生产总值的比重为26.29%。", SHARE),
        ("2011年制造业占国内生产总值的比重为32.06%，2020年为26.29%。", SHARE),
        ("2020年制造业占GDP的比重为26.29%。", SHARE),
        ("For children the fee is 5 euros.", "The fee is 10 euros for adults and 5 euros for children."),
        ("Children pay 5 euros and adults pay 10 euros.", "Adults pay 10 euros and children pay 5 euros."),
        ("Fees are paid every month.", "Fees are paid monthly."),
        ("擅自占用道路的，处二百元至一千元罚款。", "擅自占用道路的，处二百元以上一千元以下罚款。"),
        ("可以交给他的成年家属代收。", "应当交给收件人；如果本人不在，可以交给他的成年家属代收。"),
        ("重新审判的案件，不得超过六个月。", "重新审判的案件，应当在三个月以内审结，需要延长期限的，不得超过六个月。"),
        ("7-20 11:28，污染会影响到55亿人。", "7-20 11:28，本报7月19日电，论文称，到2100年，污染会影响到55亿人。"),
        ("Fees are due to the buyer and the supplier.", "Fees are due to the supplier and the buyer."),
        ("公共停车场每小时不得超过十元，夜间免费。", PARKING),
    ],
)
def test_the_same_of_the_same_is_supported_in_other_words(claim: str, source: str) -> None:
    assert check(claim, [source], load_embedder()).reasons == ()


def test_a_number_that_stands_elsewhere_in_the_window_does_not_help() -> None:
    source = "The fee is 10 euros for adults and 5 euros for children."
    assert check("The fee is 5 euros for adults and 5 euros for children.", [source]).verdict == "unsupported"
    assert check("For children the fee is 5 euros.", [source]).verdict == "supported"


def test_each_negation_of_a_claim_needs_its_own_in_the_source() -> None:
    source = "All breaches, including those not notified, shall be entered in the breach register."
    assert check(source.replace("shall be", "shall not be"), [source]).reasons == ("negation",)


def test_a_rare_word_in_the_place_of_another_is_a_doubt() -> None:
    found = check("去年以来，欧盟通胀形势不断恶化。", ["去年以来，英国通胀形势不断恶化。"])
    assert found.verdict != "supported"


def test_two_neighbouring_sentences_support_what_merges_them_and_no_more_than_three() -> None:
    found = check("任何单位不得转让许可证，2020年利润率下降1.2个百分点。", [ZH])
    assert (found.verdict, ZH[found.start : found.end]) == ("supported", ZH[ZH.index("第十二条") :])
    claim = "甲类企业应当登记，丁类企业应当公告。"
    far = "甲类企业应当登记。乙类机构免于检查。丙类机构按季报告。其他机构自行安排。丁类企业应当公告。"
    assert check(claim, [far]).verdict != "supported"


def test_a_clause_of_its_own_sentence_is_supported_in_any_order() -> None:
    source = "申请人应当提交申请书；主管机关应当在15日内答复；逾期不答复的，视为同意。"
    assert check("主管机关应当在15日内答复；申请人应当提交申请书。", [source]).verdict == "supported"


def test_the_source_that_supports_is_the_one_named() -> None:
    found = check("任何单位不得转让许可证。", ["机构应当每年提交预算。", ZH])
    assert (found.verdict, found.source) == ("supported", 1)


def test_a_citation_of_another_passage_is_caught() -> None:
    assert check("任何单位不得转让许可证。", ["机构应当每年提交预算，并公开说明其用途。"]).verdict == "unsupported"


def test_nothing_supports_nothing() -> None:
    assert check("企业应当提交报告。", []) == check("", [ZH]) == check("[1]", [ZH]) == NOTHING
    for sources in ([""], ["完全无关的文字。"], ["?!"]):
        assert check("企业应当提交报告。", sources).verdict == "unsupported"


@pytest.mark.parametrize(
    ("claim", "source", "reason"),
    [
        ("Reports are due by 6 March 2021.", "报告应于2021年3月5日前提交。", "date:6 march 2021"),
        ("The fine is 40 percent.", "罚款比例为百分之三十五。", "number:40 percent"),
        ("根据第13条，申请人应当缴费。", "Under Article 12, applicants shall pay a fee.", "article:第13条"),
    ],
)
def test_facts_are_held_to_a_source_in_the_other_language(claim: str, source: str, reason: str) -> None:
    assert reason in check(claim, [source], load_embedder()).reasons


@pytest.mark.parametrize(
    ("claim", "source", "reason"),
    [
        ("In 2011 manufacturing's share of GDP was 26.29%.", SHARE, "number:26.29%"),
        ("The city has 82 standard digital production lines.", LINES, "number:82"),
        ("Fees are paid weekly.", "费用按月支付。", "period:weekly"),
        ("Public car parks cost ten yuan an hour and are free at night.", PARKING, "bound"),
        ("Vehicles driven by disabled persons pay the parking fee.", FREE, "negation"),
        ("Only enterprises may apply for subsidies.", "企业可以申请补贴。", "only"),
    ],
)
def test_what_is_said_of_another_is_doubted_across_languages(claim: str, source: str, reason: str) -> None:
    found = check(claim, [source], load_embedder())
    assert found.verdict != "supported"
    assert reason in found.reasons


def test_a_translation_with_the_same_numbers_of_the_same_is_supported() -> None:
    for claim, source in (
        ("In 2020 manufacturing's share of GDP was 26.29%.", SHARE),
        ("The city has 101 standard digital production lines.", LINES),
        ("Vehicles driven by disabled persons are exempt from the parking fee.", FREE),
    ):
        assert check(claim, [source], load_embedder()).verdict == "supported", claim


def test_a_translation_is_supported_where_the_embedder_sees_it() -> None:
    claim, source = "The competent authority shall reply within 15 days.", "主管机关应当在15日内答复。"
    assert check(claim, [source], load_embedder()).verdict == "supported"
    assert check(claim.replace("shall", "shall not"), [source], load_embedder()).reasons[0] == "negation"


def test_every_sentence_of_every_shipped_document_is_supported_by_exactly_itself() -> None:
    for text in TEXTS:
        for sentence in text.sentences:
            if any(c.isalnum() for c in sentence):
                found = check(sentence, [text.passage])
                assert (found.verdict, text.passage[found.start : found.end]) == ("supported", sentence), sentence


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_verdict_and_a_span_of_its_source(claim: str, sources: list[str]) -> None:
    found = check(claim, sources)
    assert 0.0 <= found.score <= 1.0
    if found.source is None:
        assert (found.start, found.end) == (0, 0)
    else:
        assert 0 <= found.start < found.end <= len(sources[found.source])
    assert (found.verdict == "supported") == (not found.reasons)


@given(st.sampled_from([text for text in TEXTS if text.sentences]), st.data())
@settings(max_examples=40, deadline=None)
def test_a_wrong_clause_added_to_a_true_sentence_is_never_supported(text: Text, data: st.DataObject) -> None:
    sentence = data.draw(st.sampled_from(text.sentences))
    added = data.draw(st.sampled_from(["，共计98765432元。", ", in all 98765432 euros."]))
    assert check(sentence.rstrip("。.") + added, [text.passage]).verdict != "supported"


def test_the_original_does_not_save_what_its_translation_denies() -> None:
    """Across languages fewer things can be told apart: there "may" for "should" passes, beside the translation it must not."""
    translation = (
        "Enterprises should set up a talent system of their own and raise the pay of research staff every year."
    )
    original = "企业应当建立自己的人才制度，逐年提高研发人员的待遇。"
    for claim in (translation.replace("should", "may"), translation.replace("should", "should not")):
        assert check(claim, [original, translation], load_embedder()).verdict == "unsupported"
    assert check(translation, [original, translation]).verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (
            "The daily allowance is is by the by the by the by the by the euros",
            "The daily allowance is set by the board in euros.",
        ),
        ("补贴标准由由由由由财政部门制定", "补贴标准由财政部门制定。"),
    ],
)
def test_the_same_words_over_and_over_say_nothing(claim: str, source: str) -> None:
    assert check(claim, [source]).verdict == "unsupported"
