"""The lexicon: words of questions, what they weigh, and what can stand for them."""

import pytest

from assistant.extractive.reading import Held
from assistant.understanding.lexicon import VAGUE, alike, cut, segmented, words_of


def test_words_that_only_ask_are_left_out() -> None:
    assert [w.text for w in words_of("企业文化有什么作用？")] == ["企业", "文化", "作用"]


def test_telling_words_weigh_more_than_vague_ones() -> None:
    weights = {w.text: w.weight for w in words_of("目前主要的数字化情况")}
    assert weights["数字化"] > 0.8 > VAGUE == weights["目前"]


def test_synonyms_cross_languages() -> None:
    assert "compani" in alike("企业")
    assert "企业" in alike("compani")


@pytest.mark.parametrize(("word", "unlike"), [("文化", "国内"), ("培训", "新郎")])  # both "civil"; both "groom"
def test_one_gloss_in_common_makes_no_synonyms(word: str, unlike: str) -> None:
    assert alike(word)
    assert unlike not in alike(word)


def test_numbers_are_words_of_their_own() -> None:
    assert {"2020", "120"} <= {w.text for w in words_of("2020年有一百二十条")}


def test_a_run_is_cut_into_words() -> None:
    assert cut("深圳的产业链") == ["深圳", "的", "产业链"]


def test_words_that_tell_the_story_say_nothing_of_the_subject() -> None:
    assert all(w.weight == VAGUE for w in words_of("听说突然已经") if len(w.text) > 1)
    assert all(w.weight == VAGUE for w in words_of("actually suddenly yesterday"))


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        ("婚假有几天", "婚假 有 几天"),  # a new word of two characters
        ("骑电瓶车走", "骑 电瓶 车 走"),  # characters that are words by themselves
        ("区块链", "区块链"),
    ],
)
def test_characters_that_no_word_takes_are_new_words_or_words_by_themselves(run: str, pieces: str) -> None:
    assert segmented(run) == pieces.split()


def test_a_word_is_vague_and_no_other_with_its_stem() -> None:
    weights = {w.text: w.weight for w in words_of("who is the line manager for the term")}
    assert weights["manag"] > VAGUE
    assert weights["term"] > VAGUE


def test_a_word_without_an_english_one_is_told_by_what_explains_it() -> None:
    assert "rais_bee" in alike("养蜂")
    assert not any("_" in other for other in alike("成本"))
    (bees,) = words_of("养蜂")
    assert Held.of("members may raise bees").match(bees) == 0.8
    assert Held.of("养殖 members may raise bees").match(bees) == 0.0  # the text is Chinese, too
