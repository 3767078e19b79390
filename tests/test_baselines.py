"""Baselines answer by rule, and the metrics tell them from an answer: that is what they are for."""

from copy import copy

from assistant import Assistant
from eval.baselines import baselines
from eval.metrics import score
from eval.metrics.refusals import balanced_accuracy
from eval.replies import read_reply
from eval.suites import Case, Gold, Nugget

ASKED = Case(
    1, "a", "What is the daily allowance?", "en", "dev", "fact", "answer",
    gold=(Gold("The daily allowance is 45 euros.", "travel"),), nuggets=(Nugget(numbers=("45",)),), sections=("2",),
)  # fmt: skip
SILENT = Case(1, "b", "Who is the rector?", "en", "dev", "unanswerable", "abstain")


def test_each_baseline_answers_by_its_rule(tiny: Assistant) -> None:
    replies = {one.name: one.ask(ASKED.question) for one in baselines(tiny.index)}
    assert "45 euros" in replies["bm25"].text
    assert "45 euros" in replies["dense"].text
    assert replies["lead"].text.startswith("Employees shall book trains")
    assert replies["refuse"].abstained
    assert len(replies["dump"].citations) == len(tiny.index.passages)


def test_no_baseline_is_good_at_everything(tiny: Assistant) -> None:
    for one in baselines(tiny.index):
        answered = score(ASKED, read_reply(one.ask(ASKED.question).to_dict()))
        refused = score(SILENT, read_reply(one.ask(SILENT.question).to_dict()))
        assert answered.false_refusal is not None
        assert refused.false_answer is not None
        if one.name in ("lead", "refuse", "dump"):
            assert balanced_accuracy([refused.false_answer], [answered.false_refusal]) == 0.5
        if one.name == "dump":
            assert (answered.nugget_recall, answered.citation_precision) == (1.0, 1 / 6)


def test_baselines_keep_to_the_documents_asked_for(tiny: Assistant) -> None:
    assert all(one.ask(ASKED.question, documents=("other",)).abstained for one in baselines(tiny.index))


def test_words_that_occur_nowhere_find_nothing_by_words(tiny: Assistant) -> None:
    assert next(one for one in baselines(tiny.index) if one.name == "bm25").ask("xylophone").abstained


def test_everything_is_left_out_where_that_is_too_much(tiny: Assistant) -> None:
    many = copy(tiny.index)
    many.passages = [*tiny.index.passages] * 1000
    assert "dump" not in [one.name for one in baselines(many)]
