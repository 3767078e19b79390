"""The lexicon: words of questions, what they weigh, and what can stand for them."""

from assistant.understanding.lexicon import VAGUE, alike, cut, words_of


def test_words_that_only_ask_are_left_out() -> None:
    assert [w.text for w in words_of("企业文化有什么作用？")] == ["企业", "文化", "作用"]


def test_telling_words_weigh_more_than_vague_ones() -> None:
    weights = {w.text: w.weight for w in words_of("目前主要的数字化情况")}
    assert weights["数字化"] > 0.8 > VAGUE == weights["目前"]


def test_synonyms_cross_languages() -> None:
    assert "compani" in alike("企业")
    assert "企业" in alike("compani")


def test_numbers_are_words_of_their_own() -> None:
    assert {"2020", "120"} <= {w.text for w in words_of("2020年有一百二十条")}


def test_a_run_is_cut_into_words() -> None:
    assert cut("深圳的产业链") == ["深圳", "的", "产业链"]
