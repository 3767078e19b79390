"""Variants ask the same thing of the same evidence, in one group with their original."""

from dataclasses import replace

from eval.suites import Case, Gold, Turn
from eval.variants import traditional_form, with_variants

CASE = Case(
    1, "a", "企业层面有哪些建议？", "zh", "dev", "list", "answer",
    gold=(Gold("q", "d"),), variants=("公司该做什么？", "What should firms do?"),
)  # fmt: skip


def test_variants_share_evidence_and_group() -> None:
    original, *variants = with_variants([CASE])
    assert [v.question for v in variants] == ["公司该做什么？", "What should firms do?", "企業層面有哪些建議？"]
    assert [v.id for v in variants] == ["a~2", "a~3", "a~traditional"]
    assert [v.language for v in variants] == ["zh", "en", "zh"]
    assert {v.gold for v in variants} == {CASE.gold}
    assert {v.group for v in (original, *variants)} == {"a"}
    assert all("variant" in v.tags for v in variants)
    assert original.tags == ()


def test_a_group_keeps_its_name() -> None:
    assert {v.group for v in with_variants([replace(CASE, group="g")])} == {"g"}


def test_only_written_variants_on_demand() -> None:
    assert len(with_variants([CASE], traditional=False)) == 3
    assert with_variants([replace(CASE, variants=())], traditional=False) == (replace(CASE, variants=()),)


def test_what_reads_the_same_in_traditional_is_not_asked_again() -> None:
    assert traditional_form(replace(CASE, question="企業層面有哪些建議？")) is None
    assert traditional_form(replace(CASE, question="What should firms do?", language="en")) is None
    history = (Turn("user", "国家层面呢？"),)
    found = traditional_form(replace(CASE, history=history))
    assert found is not None
    assert found.history == (Turn("user", "國家層面呢？"),)
