"""Retrieval metrics mean what they say (and agree with ir-measures), and rank a set and a suite."""

from pathlib import Path

import ir_measures
import numpy as np
import pytest

from eval.datasets.sets import Paragraph, Question, QuestionSet
from eval.metrics.retrieval import Ranking, context_precision, from_order, hit, ndcg, recall, reciprocal_rank
from eval.retrieval import rank_set, rank_suite, ranking, searchable
from eval.suites import Case, Gold, Turn
from index.embeddings import load_embedder
from index.store import PassageIndex


def test_known_values() -> None:
    second_and_fourth = from_order([0, 1, 0, 2])
    assert (hit(second_and_fourth, 1), hit(second_and_fourth, 2)) == (0, 1)
    assert (recall(second_and_fourth, 2), recall(second_and_fourth, 4)) == (0.5, 1)
    assert (reciprocal_rank(second_and_fourth, 10), reciprocal_rank(second_and_fourth, 1)) == (0.5, 0)
    assert ndcg(second_and_fourth, 10) == pytest.approx((1 / np.log2(3) + 2 / np.log2(5)) / (2 + 1 / np.log2(3)))
    assert context_precision(second_and_fourth, 10) == pytest.approx((1 / 2 + 2 / 4) / 2)


def test_what_is_not_found_counts() -> None:
    lost = Ranking((None, 3), ((3, 1.0),), (1.0, 1.0))
    assert (recall(lost, 10), hit(lost, 10), reciprocal_rank(lost, 10)) == (0.5, 1, 1 / 3)
    nothing = Ranking((None,), (), (1.0,))
    assert recall(nothing, 10) == hit(nothing, 10) == ndcg(nothing, 10) == context_precision(nothing, 10) == 0


@pytest.mark.parametrize("seed", range(3))
def test_metrics_agree_with_ir_measures(seed: int) -> None:
    chance = np.random.default_rng(seed)
    order = [float(grade) for grade in chance.choice([0, 0, 0, 1, 2], size=12)]
    order[int(chance.integers(12))] = 1.0
    graded = [ir_measures.Qrel("q", str(place), int(grade)) for place, grade in enumerate(order)]
    run = [ir_measures.ScoredDoc("q", str(place), 100.0 - place) for place in range(12)]
    wanted = {"Success@5": hit, "R@5": recall, "RR@5": reciprocal_rank, "nDCG@5": ndcg}
    measures = {name: ir_measures.parse_measure(name) for name in wanted}
    found = ir_measures.calc_aggregate(list(measures.values()), graded, run)
    for name, ours in wanted.items():
        assert ours(from_order(order), 5) == pytest.approx(found[measures[name]]), name


def test_equal_scores_count_as_lost() -> None:
    assert ranking(np.zeros(20, np.float32), {0: 1.0}).golds == (20,)


def test_a_question_that_is_its_passage_is_found() -> None:
    texts = ("企业文化建设", "人才引进政策", "digital lines")
    one = QuestionSet(
        "tiny",
        tuple(Paragraph(text, text) for text in texts),
        (*(Question(text, text, {text: 1.0}, {}) for text in texts), Question("x", "未回答", {}, {})),
    )
    ranked = rank_set(load_embedder(), one, ["别的"])
    for way in (ranked.dense, ranked.bm25, ranked.fused):
        assert [found.golds for found in way] == [(1,), (1,), (1,)]


def case(question: str, *gold: Gold, history: tuple[Turn, ...] = ()) -> Case:
    return Case(1, question, question, "en", "dev", "fact", "answer", gold=gold, history=history)


def test_gold_is_found_by_its_words_however_the_documents_are_cut(tiny_index: Path) -> None:
    index = PassageIndex.open(tiny_index)
    trains = Gold("Employees shall book trains for   journeys under 500 kilometres.", "travel")
    both = case("Which trains need approval?", trains, Gold("Night trains may be booked without approval.", "travel"))
    found = rank_suite(
        index, [both, case("What is the daily allowance?", Gold("The daily allowance is 45 euros.", "travel"))]
    )
    assert recall(found[0], 10) == 1
    assert len(found[0].relevant) == 2
    assert hit(found[1], 1) == 1
    lost = rank_suite(index, [case("x", Gold("never said", "travel"), trains)])[0]
    assert recall(lost, 10) == 0.5


def test_follow_ups_and_refusals_are_not_for_retrieval_alone() -> None:
    alone, later = case("a"), case("b", history=(Turn("user", "c"),))
    silent = Case(1, "s", "s", "en", "dev", "x", "abstain")
    assert searchable([alone, later, silent]) == (alone,)
