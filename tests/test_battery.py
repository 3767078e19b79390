"""The battery: what it changes is a change, what it rewords is none, and the check meets what README claims of it."""

import gzip
import json
import random
from pathlib import Path

import pytest

from eval.battery.battery import Result, Trial, put, rates, trials
from eval.battery.rewordings import merged, reworded
from eval.battery.swaps import swapped
from eval.battery.texts import BatteryError, others, read_texts, shipped_texts
from eval.cli import main

ZH = "第十二条规定，企业应当在2021年3月5日前向国务院报告，罚款比例不低于35%，2020年利润率下降。"
EN = "Under Article 12, employees in Wuhan shall not work more than 15 days before 5 March 2021."

KINDS = {"number", "date", "name", "article number", "negation removed", "modal", "direction", "bound dropped"}


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        (ZH, KINDS | {"negation added", "roles exchanged"}),
        (EN, KINDS),
    ],
)
def test_each_kind_of_change_is_made_in_one_place(sentence: str, kinds: set[str]) -> None:
    changed = dict(swapped(sentence, random.Random(0), (sentence, sentence)))
    assert set(changed) == kinds
    assert sentence not in changed.values()


@pytest.mark.parametrize(
    ("sentence", "kind", "turned"),
    [
        ("罚款比例为35%，利率为7%。", "numbers exchanged", "罚款比例为7%，利率为35%。"),
        ("Adults pay 10 euros and children 5 euros.", "numbers exchanged", "Adults pay 5 euros and children 10 euros."),
        ("The buyer shall pay the supplier.", "roles exchanged", "The supplier shall pay the buyer."),
        ("企业应当报告主管部门。", "roles exchanged", "主管部门应当报告企业。"),
        ("Staff work at least 2 days.", "bound dropped", "Staff work 2 days."),
        ("Employees may apply.", "only added", "Only employees may apply."),
    ],
)
def test_an_exchange_keeps_the_words(sentence: str, kind: str, turned: str) -> None:
    assert dict(swapped(sentence, random.Random(0), (sentence, sentence)))[kind] == turned


def test_a_period_is_another_and_a_range_has_no_order() -> None:
    changed = dict(swapped("Fees of 5 to 10 euros are paid monthly.", random.Random(0), ("", "")))
    assert "numbers exchanged" not in changed
    assert changed["period"] in [
        f"Fees of 5 to 10 euros are paid {often}." for often in ("daily", "weekly", "quarterly", "annual")
    ]


def test_a_rewording_is_made_where_it_applies() -> None:
    rng = random.Random(0)
    said = dict(reworded("甲应当申报；乙应当在15日内答复。", rng))
    assert {"verbatim", "Traditional", "marker", "filler", "synonym"} <= set(said)
    assert dict(reworded("罚款为35%。", rng))["notation"] == "罚款为百分之三十五。"
    assert dict(reworded("The fee fell by 35 percent.", rng))["notation"] == "The fee fell by 35%."
    assert merged("甲应当申报。", "乙应当答复。") == "甲应当申报，乙应当答复。"
    assert merged("A applies.", "The fee is due.") == "A applies, and the fee is due."


def test_the_same_seed_makes_the_same_battery_and_the_halves_are_apart() -> None:
    texts = shipped_texts()[:60]
    assert list(trials(texts, "dev")) == list(trials(texts, "dev"))
    dev, test = (
        {trial.sources[0] for trial in trials(texts, half) if trial.kind == "verbatim"} for half in ("dev", "test")
    )
    assert dev
    assert test
    assert not dev & test


def test_a_moved_citation_goes_to_a_passage_without_the_sentence() -> None:
    texts = shipped_texts()[:40]
    moved = [trial for trial in trials(texts, "all") if trial.kind == "citation moved"]
    assert moved
    assert all(trial.sentence not in source for trial in moved for source in trial.sources)
    assert others(texts, 0, 1)[0] is not texts[0]


def test_the_check_reaches_what_is_claimed_of_it() -> None:
    """Over every tenth passage of the test half: 95 % caught at 2 % false alarms, in each language."""
    texts = [text for text in shipped_texts() if text.split == "test"][::10]
    results = put(trials(texts), None, lambda done: None)
    for language in ("zh", "en"):
        assert rates(results, turned=True)["all"][language].mean >= 0.95
        assert rates(results, turned=False)["all"][language].mean <= 0.02


def test_a_doubt_counts_as_caught_and_as_a_false_alarm() -> None:
    def result(turned: bool, claim: str) -> Result:
        (one,) = put(
            iter([Trial("x", turned, "zh", claim, claim, ("任何单位不得转让许可证。",))]), None, lambda done: None
        )
        return one

    caught, alarm = result(True, "任何单位可以转让许可证。"), result(False, "机构应当公开预算说明。")
    assert (caught.caught, caught.wrong, alarm.caught, alarm.wrong) == (True, False, True, True)


def test_files_of_passages_and_of_pairs_are_read(tmp_path: Path) -> None:
    laws, pairs = tmp_path / "laws.jsonl.gz", tmp_path / "pairs.jsonl"
    with gzip.open(laws, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"title": "法", "passages": [["第一句。", "第二句。"], "第三句。"]}) + "\n")
    pairs.write_text("".join(json.dumps({"en": f"Sentence {n}.", "zh": f"第{n}句。"}) + "\n" for n in range(4)))
    assert [text.sentences for text in read_texts([laws], 9)] == [("第一句。", "第二句。"), ("第三句。",)]
    zh, en = read_texts([pairs], 9)
    assert (zh.language, en.language, zh.translations) == ("zh", "en", en.sentences)


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"text": "a"}\n')
    with pytest.raises(BatteryError, match="line 1"):
        read_texts([tmp_path / "x.jsonl"], 9)


def test_the_command_prints_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"text": "a"}\n')
    assert main(["battery", "--files", str(file)]) == 2
    assert "expected" in capsys.readouterr().err
