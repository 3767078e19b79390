"""The sentence encoder and the readings that an index keeps of its sentences."""

import json

import numpy as np
import pytest

from assistant import Assistant
from index import readings
from index.encoder import DIMENSION, GRAPH, SentenceEncoder, encoder_fingerprint
from index.errors import EmbeddingError, IndexMismatch
from index.readings import encoder
from index.store import PassageIndex, build_index

MIXED = """# Leave

A tenant may keep up to six hens.

租户可以种菜。Rent is due in April.
"""


@pytest.fixture
def index(tmp_path):
    (tmp_path / "a.md").write_text(MIXED, encoding="utf-8")
    told = []
    build_index([tmp_path / "a.md"], tmp_path / "index", progress=lambda *told_of: told.append(told_of))
    assert ("sentences", 3, 3) in told
    return PassageIndex.open(tmp_path / "index")


@pytest.mark.parametrize(
    ("question", "meant", "worded"),
    [
        ("Are chickens allowed?", "Poultry may be kept.", "Visitors are allowed in the car park."),
        ("可以养鸡吗？", "允许饲养家禽。", "访客可以停车。"),
        ("可以养鸡吗？", "Poultry may be kept.", "Visitors are allowed in the car park."),
        ("Are chickens allowed?", "允许饲养家禽。", "访客可以停车。"),
    ],
)
def test_other_words_for_the_same_are_nearer_than_the_same_words_for_something_else(question, meant, worded):
    (asked,) = encoder().encode([question], "query")
    right, wrong = encoder().encode([meant, worded], "passage")
    assert asked @ right > asked @ wrong


def test_script_and_width_make_no_difference():
    one, other = encoder().encode(["製造業如何轉型？ＡＩ", "制造业如何转型?AI"], "query")
    assert np.array_equal(one, other)


def test_a_sentence_is_read_alike_on_every_processor():
    """Weights of whole eight bits, signed, overflow on processors without VNNI; these have seven."""
    chickens, poultry, visitors = encoder().encode(
        ["Are chickens allowed?", "Poultry may be kept.", "Visitors are allowed in the car park."], "passage"
    )
    found = [chickens @ poultry, chickens @ visitors, poultry @ visitors]
    assert np.allclose(found, [0.8682, 0.8176, 0.8182], atol=0.003)


def test_a_vector_has_length_one_and_does_not_depend_on_what_is_read_beside_it():
    texts = ["Rent is due in April.", "", "A much longer sentence, so that the first is padded: " + "and so on " * 300]
    together = encoder().encode(texts, "passage")
    assert together.shape == (3, DIMENSION)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(encoder().encode([text], "passage")[0], vector)
    assert encoder().encode([], "query").shape == (0, DIMENSION)


def test_an_encoder_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(EmbeddingError, match=f"expected {GRAPH}"):
        SentenceEncoder(tmp_path)
    with pytest.raises(EmbeddingError, match="no whole sentence encoder"):
        encoder_fingerprint(tmp_path)


def test_an_index_reads_its_sentences_in_both_languages(index):
    for question, language, meant in (
        ("Are chickens allowed?", "en", "A tenant may keep up to six hens."),
        ("能自己种点蔬菜吗？", "zh", "租户可以种菜。"),
    ):
        near = index.readings.nearness(index.passages, question, language)
        found = {
            index.documents[p.document].text[s.start : s.end]: value
            for p, values in zip(index.passages, near, strict=True)
            for s, value in zip(p.sentences, values, strict=True)
        }
        assert max(found, key=found.__getitem__) == meant
    assert index.readings.nearness([], "Are chickens allowed?", "en") == []


def test_readings_follow_the_passages_that_are_kept(tmp_path):
    for name, text in (("a", "# A\n\nRent is due in April."), ("b", "# B\n\nHens may be kept.")):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    build_index([tmp_path / "a.md", tmp_path / "b.md"], tmp_path / "index")
    whole = PassageIndex.open(tmp_path / "index")
    (second,) = [d for d in whole.documents if whole.documents[d].title == "B"]
    part = whole.only([second])
    question = "Are chickens allowed?"
    (kept,) = part.passages
    (original,) = [p for p in whole.passages if p.document == second]
    assert part.readings.nearness([kept], question, "en") == whole.readings.nearness([original], question, "en")


def test_an_index_of_an_older_version_opens_without_readings_and_one_of_another_encoder_does_not(index, tmp_path):
    manifest = tmp_path / "index" / "manifest.json"
    values = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**values, "encoder": "0" * 16}), encoding="utf-8")
    with pytest.raises(IndexMismatch, match="read by an encoder with fingerprint 0000"):
        PassageIndex.open(tmp_path / "index")
    del values["encoder"]
    manifest.write_text(json.dumps(values), encoding="utf-8")
    assert PassageIndex.open(tmp_path / "index").readings is None


def test_what_reads_the_sentences_is_part_of_what_decided_an_answer(index, tmp_path):
    def digest() -> str:
        return Assistant.open(tmp_path / "index").ask("When is rent due?").digest

    with_readings = digest()
    manifest = tmp_path / "index" / "manifest.json"
    values = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**values, "encoder": ""}), encoding="utf-8")
    assert digest() != with_readings


def test_readings_of_other_passages_are_a_damaged_file(index, tmp_path):
    data = next((tmp_path / "index").glob("data-*"))
    np.save(data / readings.FILES[1], np.full_like(index.readings.rows, 99))
    with pytest.raises(IndexMismatch, match="damaged file"):
        PassageIndex.open(tmp_path / "index")
