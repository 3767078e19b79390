"""The recipe of the embedding model on toy data: bags, translation, batches, and that training teaches something."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from index.training import corpus
from index.training.answering import POLICIES, QUESTIONS
from index.training.encoder import kept_tokens
from index.training.evaluate import TRANSLATED_QUESTIONS, Questions, evaluate
from index.training.packed import Levels, PackedModel
from index.training.tokens import Ragged, counted, encode, joined
from index.training.translation import aligned, spoken


def ragged(*rows: list[int]) -> Ragged:
    return Ragged(np.concatenate([np.array(row, np.int32) for row in rows]), np.cumsum([0, *map(len, rows)]))


def words(*vocabulary: str) -> Tokenizer:
    tokenizer = Tokenizer(
        models.WordLevel({word: i for i, word in enumerate(("[PAD]", "[UNK]", *vocabulary))}, "[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer


def test_rows_become_bags_and_bags_join() -> None:
    found = ragged([5, 6], [], [7, 7, 8])
    rows, ids = joined(found.bag(np.array([2, 0])), found.bag(np.array([0]), np.array([1])))
    assert rows.tolist() == [0, 0, 0, 1, 1, 1, 1]
    assert ids.tolist() == [7, 7, 8, 5, 6, 5, 6]
    unique, offsets, weights = counted((rows, ids), 2, 10)
    assert unique.tolist() == [7, 8, 5, 6]
    assert offsets.tolist() == [0, 2]
    assert weights == pytest.approx(1 + np.log([2, 1, 2, 2]))


def test_unknown_tokens_fall_out() -> None:
    assert encode(words("a", "b"), ["a c b", "c", ""]).lengths.tolist() == [2, 0, 0]


def test_alignment_tells_words_apart_by_what_they_occur_with() -> None:
    # 0 = house, 1 = blue, 2 = red; English 0 = house, 1 = blue, 2 = red, 3 = the
    chinese = ragged([0, 1], [0, 2], [1], [2], [0])
    english = ragged([3, 1, 0], [3, 2, 0], [3, 1], [3, 2], [3, 0])
    word, token, probability, counts = aligned(chinese, english, 3, 4)
    best = {w: max((p, t) for v, t, p in zip(word, token, probability, strict=True) if v == w)[1] for w in range(3)}
    assert best == {0: 0, 1: 1, 2: 2}
    assert counts.tolist() == [3, 2, 2]


def test_glosses_are_said_as_one_would_say_them() -> None:
    assert spoken(["warsaw, capital of poland", "a very long description of nothing at all"]) == ["warsaw"]


def test_scores_mean_what_they_say() -> None:
    one = Questions("toy", ["甲", "乙"], ["一", "二"], np.array([0, 1]))
    vectors = {"甲": [1, 0], "乙": [0, 1], "一": [1, 0], "二": [1, 0]}
    found = evaluate(lambda texts: np.array([vectors[text] for text in texts], np.float32), [one], [], [])
    assert str(found["toy"]) == "50.0 / 100.0 / 75.0"


def test_training_brings_questions_to_their_passages(tmp_path: Path) -> None:
    from index.training.fit import Schedule, fit
    from index.training.pairs import Batch

    class Toy:
        """Token i asks for token i + 20."""

        def draw(self) -> tuple[str, Batch]:
            row = np.arange(20)
            return "toy", Batch((row, row), (row, row + 20), 20)

    table = np.random.default_rng(0).standard_normal((40, 16)).astype(np.float32)
    trained = fit(table, Toy(), Schedule(steps=60, rate=0.05, scale=(10, 10)), threads=1, report=lambda _: None)
    trained /= np.linalg.norm(trained, axis=1, keepdims=True)
    assert ((trained[:20] @ trained[20:].T).argmax(axis=1) == np.arange(20)).all()


def test_translated_questions_are_each_there_once() -> None:
    rows = list(corpus.rows(TRANSLATED_QUESTIONS))
    assert len({row["id"] for row in rows}) == len(rows) == 180
    assert all(row["question"].isascii() for row in rows)


def test_questions_point_at_sentences_of_their_passage_and_none_both_answers_and_tempts() -> None:
    policies = [row["passages"][0] for row in corpus.rows(POLICIES)]
    told = set()
    for row in corpus.rows(QUESTIONS):
        for one in row["questions"]:
            places = [*one["answers"], *one["tempting"]]
            assert sorted(set(places)) == sorted(places), one
            assert all(0 <= place < len(row["sentences"]) for place in places), one
        if row["source"] == "policies":
            told |= {(number, place) for number, place in row["sentences"]}
    assert told == {(number, place) for number, policy in enumerate(policies) for place in range(len(policy))}


def test_no_policy_of_the_training_is_one_that_a_suite_asks_about() -> None:
    root = Path(__file__).parents[1]
    asked = "".join(path.read_text(encoding="utf-8") for path in root.glob("*/corp[ou]*/*.md"))
    assert "第三梯队" in asked
    assert "allotment" in asked
    sentences = [sentence for row in corpus.rows(POLICIES) for policy in row["passages"] for sentence in policy]
    assert len(sentences) > 1000
    assert not [sentence for sentence in sentences if sentence in asked]


def test_packed_numbers_are_levels_around_eight_times_their_blocks_scale() -> None:
    levels = np.array([[8] * 31 + [15], [0] + [8] * 31], np.uint8)
    values = Levels(levels, np.array([0.5, 2.0], np.float32)).values
    assert (values[31], values[32], np.count_nonzero(values)) == (3.5, -16.0, 2)


def test_a_file_that_is_no_packed_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match="found b'GGUF' at its start, expected b'E5S1'"):
        PackedModel(tmp_path / "model.bin")


def test_chinese_tokens_are_kept_and_others_where_english_texts_have_them_twice() -> None:
    special = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), (",", -3.0)]
    pieces = [*special, ("▁rent", -5.0), ("▁renta", -6.0), ("租", -7.0), ("!", -4.0), ("▁haus", -8.0)]
    kept = kept_tokens(pieces, ["rent", "rent, renta"])
    assert [pieces[token][0] for token in kept[len(special) :]] == ["▁rent", "租", "!"]
