"""The retrieval benchmark: sets of each form are read, and its measures mean what they say."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.retrieval import SetError, main, measured, rank, read_set
from index.embeddings import load_embedder


def test_measures_of_a_ranking() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.1], np.float32)
    assert measured(scores, {0: 1.0}).tolist() == [1, 1, 1, 1]
    hit1, hit5, mrr, ndcg = measured(scores, {1: 1.0}).tolist()
    assert (hit1, hit5, mrr) == (0, 1, 0.5)
    assert ndcg == pytest.approx(1 / np.log2(3))


def test_equal_scores_count_as_lost() -> None:
    assert measured(np.zeros(20, np.float32), {0: 1.0}).tolist() == [0, 0, 0, 0]


def test_squad_pairs_and_beir_are_read(tmp_path: Path) -> None:
    squad = {"data": [{"paragraphs": [{"context": "甲。", "qas": [{"question": "何为甲？"}]}]}]}
    (tmp_path / "a.json").write_text(json.dumps(squad), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"en": "one", "zh": "一"}) + "\n", encoding="utf-8")
    beir = tmp_path / "beir"
    (beir / "qrels").mkdir(parents=True)
    (beir / "corpus.jsonl").write_text('{"_id": "d", "title": "T", "text": "words"}\n', encoding="utf-8")
    (beir / "queries.jsonl").write_text(
        '{"_id": "q", "text": "which"}\n{"_id": "r", "text": "none"}\n', encoding="utf-8"
    )
    (beir / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td\t2\n", encoding="utf-8")
    assert read_set(tmp_path / "a.json").relevant == [{0: 1.0}]
    assert read_set(tmp_path / "b.jsonl").questions == ["one"]
    assert read_set(beir).relevant == [{0: 2.0}]
    assert read_set(beir).passages == ["T words"]


def test_what_is_no_set_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(SetError, match="expected SQuAD-style"):
        read_set(tmp_path / "a.json")
    assert main([str(tmp_path / "a.json")]) == 2


def test_a_question_that_is_its_passage_is_found(tmp_path: Path) -> None:
    pairs = [{"en": text, "zh": text} for text in ("企业文化建设", "人才引进政策", "digital lines")]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(p) + "\n" for p in pairs), encoding="utf-8")
    ranked = rank(load_embedder(), read_set(tmp_path / "a.jsonl"))
    assert ranked.dense[:, 0].tolist() == ranked.bm25[:, 0].tolist() == ranked.fused[:, 0].tolist() == [1, 1, 1]
