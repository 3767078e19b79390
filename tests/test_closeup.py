"""Close-up: of two passages the one whose one sentence says it all comes first."""

from pathlib import Path

from index.closeup import WEIGHT, CloseUp
from index.embeddings import load_embedder
from index.lexical import Lexical
from index.store import PassageIndex, build_index


def test_a_sentence_that_is_the_question_scores_twice_the_weight() -> None:
    embedder, sentences = load_embedder(), ["企业文化建设", "人才引进政策"]
    closeup = CloseUp(embedder, Lexical.build(sentences))
    (score,) = closeup.scores("企业文化建设", embedder.encode(["企业文化建设"])[0], [("p", lambda: sentences)])
    assert abs(score - 2 * WEIGHT) < 1e-5


def test_a_passage_without_sentences_scores_nothing_better_than_any() -> None:
    closeup = CloseUp(load_embedder(), Lexical.build(["a"]))
    assert closeup.scores("a", load_embedder().encode(["a"])[0], [("p", list)])[0] == -WEIGHT


def test_one_telling_sentence_beats_words_scattered_over_a_passage(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# 甲\n\n企业应当登记。补贴另行规定。申请自愿。期限不限。\n\n# 乙\n\n天气晴朗。企业申请补贴的期限为三十日。风力不大。\n",
        encoding="utf-8",
    )
    build_index([tmp_path / "a.md"], tmp_path / "index")
    index = PassageIndex.open(tmp_path / "index")
    assert "三十日" in index.text(index.search("企业申请补贴的期限")[0].passage)
