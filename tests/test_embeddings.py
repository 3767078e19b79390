"""The embedding model: what its vectors mean, that both readers agree, and what is said when a model cannot be loaded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embeddings import SHIPPED_MODEL, WEIGHTS, Embedder, StaticEmbedder, load_embedder, pack, unpack
from index.encoder import SHIPPED_ENCODER
from index.errors import EmbeddingError

TEXTS = [
    "双循环新发展格局下制造业企业如何开放创新？",
    "How can manufacturing enterprises innovate openly under the dual circulation pattern?",
    "加强 R&D 投入,促进 open innovation(开放式创新)的 12 条建议",
    "",
    "🙂🚀",
    "第一条 为了规范市场秩序，制定本条例。" * 400,
]


@pytest.fixture(scope="module")
def shipped() -> Embedder:
    return load_embedder()


def test_a_text_is_a_unit_vector_and_equals_itself(shipped: Embedder) -> None:
    vectors = shipped.encode(TEXTS[:3])
    assert vectors.shape == (3, shipped.dimension)
    assert vectors.dtype == np.float32
    assert np.diag(vectors @ vectors.T) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("企业应当加强創新能力與國際合作", "企业应当加强创新能力与国际合作"),
        ("ＡＢＣ１２３", "abc123"),
        ("Open Innovation", "open innovation"),
    ],
)
def test_script_width_and_case_make_no_difference(shipped: Embedder, one: str, other: str) -> None:
    first, second = shipped.encode([one, other])
    assert np.array_equal(first, second)


@pytest.mark.parametrize("text", ["", "  \n", "🙂🚀", "？！……", "ᚠᚢᚦ", "\x00"])
def test_nothing_known_is_the_zero_vector(shipped: Embedder, text: str) -> None:
    assert not shipped.encode([text]).any()


def test_a_hundred_thousand_characters_are_read_whole(shipped: Embedder) -> None:
    text = "制造业企业开放创新。" * 10_000
    whole, ended, panda = shipped.encode([text, text + "最后一句谈的是熊猫。", "熊猫"])
    assert np.linalg.norm(ended) == pytest.approx(1.0, abs=1e-5)
    assert ended @ panda > whole @ panda


def test_no_texts_are_no_rows(shipped: Embedder) -> None:
    assert shipped.encode([]).shape == (0, shipped.dimension)


def test_each_language_finds_the_other(shipped: Embedder) -> None:
    chinese = ["政府应当加大对中小企业的财政支持", "大熊猫生活在四川的竹林里", "这部电影获得了最佳导演奖"]
    english = ["fiscal support for small enterprises", "Where do giant pandas live?", "the film won an award"]
    similar = shipped.encode(english) @ shipped.encode(chinese).T
    assert similar.argmax(axis=1).tolist() == [0, 1, 2]
    assert similar.argmax(axis=0).tolist() == [0, 1, 2]


def test_both_readers_give_the_same_vectors(shipped: Embedder) -> None:
    from index.embeddings import sentence_transformer

    slow = sentence_transformer(SHIPPED_MODEL).encode(TEXTS, batch_size=4)
    assert np.abs(slow - shipped.encode(TEXTS)).max() < 1e-6


def test_sentence_transformers_names_our_class_and_loads_it_where_code_is_trusted(shipped: Embedder) -> None:
    from sentence_transformers import SentenceTransformer

    with pytest.raises(ValueError, match="LogFrequencyEmbedding"):
        SentenceTransformer(str(SHIPPED_MODEL), device="cpu", local_files_only=True)
    model = SentenceTransformer(str(SHIPPED_MODEL), device="cpu", local_files_only=True, trust_remote_code=True)
    assert np.abs(model.encode(TEXTS) - shipped.encode(TEXTS)).max() < 1e-6


def test_a_saved_model_reads_back_as_it_was(shipped: Embedder, tmp_path: Path) -> None:
    from index.embeddings import sentence_transformer

    sentence_transformer(SHIPPED_MODEL).save(str(tmp_path), create_model_card=False)
    again = load_embedder(tmp_path)
    assert isinstance(again, StaticEmbedder)
    assert np.abs(again.encode(TEXTS) - shipped.encode(TEXTS)).max() < 1e-3


def test_the_light_reader_needs_no_torch() -> None:
    code = (
        "import sys; from index.embeddings import load_embedder; load_embedder().encode(['双循环']); "
        "print(sorted({'torch', 'transformers', 'scipy', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_folders_are_small_readable_and_free_of_pickles() -> None:
    for folder, most, kinds in (
        (SHIPPED_MODEL, 31_000_000, {".json", ".safetensors", ".md"}),
        (SHIPPED_ENCODER, 68_000_000, {".json", ".onnx"}),
    ):
        files = [path for path in folder.iterdir() if path.is_file()]
        assert sum(path.stat().st_size for path in files) <= most
        assert {path.suffix for path in files} == kinds
        assert all(path.stat().st_mode & 0o444 == 0o444 for path in files)


def test_four_bits_lose_less_than_a_hundredth_of_the_energy() -> None:
    table = np.random.default_rng(0).standard_normal((50, 64)).astype(np.float32)
    table[7] = 0
    packed = pack(table)
    back = unpack(packed["rows"], packed["scales"])
    assert packed["rows"].nbytes * 8 == table.nbytes
    assert not back[7].any()
    assert ((back - table) ** 2).sum() < 0.015 * (table**2).sum()


def test_the_fingerprint_follows_the_weights(shipped: Embedder, tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(SHIPPED_MODEL, copy)
    assert load_embedder(copy).fingerprint == shipped.fingerprint
    changed = bytearray((copy / WEIGHTS).read_bytes())
    changed[-1] ^= 1
    (copy / WEIGHTS).write_bytes(changed)
    assert load_embedder(copy).fingerprint != shipped.fingerprint


@pytest.mark.parametrize("kept", [0, 5, 100, 1_000_000])
def test_truncated_weights_are_named(tmp_path: Path, kept: int) -> None:
    copy = tmp_path / "model"
    shutil.copytree(SHIPPED_MODEL, copy)
    (copy / WEIGHTS).write_bytes((copy / WEIGHTS).read_bytes()[:kept])
    with pytest.raises(EmbeddingError, match=r"model\.safetensors cannot be read.*copy the folder again"):
        load_embedder(copy)


def test_a_tokenizer_of_another_model_is_named(tmp_path: Path) -> None:
    from tokenizers import Tokenizer, models

    copy = tmp_path / "model"
    shutil.copytree(SHIPPED_MODEL, copy)
    Tokenizer(models.WordLevel({"[UNK]": 0}, "[UNK]")).save(str(copy / "tokenizer.json"))
    with pytest.raises(EmbeddingError, match="1 tokens"):
        load_embedder(copy)
    (copy / "tokenizer.json").write_text("{}")
    with pytest.raises(EmbeddingError, match=r"tokenizer\.json cannot be read"):
        load_embedder(copy)


def test_other_models_go_through_sentence_transformers(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "open": 1, "innovation": 2}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)], device="cpu").save(
        str(tmp_path), create_model_card=False
    )
    model = load_embedder(tmp_path)
    vectors = model.encode(["open innovation", ""])
    assert vectors.shape == (2, model.dimension) == (2, 8)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0], abs=1e-6)
    assert len(model.fingerprint) == 16


def test_what_cannot_be_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="there is no folder"):
        load_embedder(tmp_path / "nowhere")
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(EmbeddingError, match="no safetensors"):
        load_embedder(tmp_path)


def test_code_that_comes_with_a_model_is_never_run(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text(
        json.dumps([{"idx": 0, "name": "0", "path": "", "type": "surprise.Module"}]), encoding="utf-8"
    )
    (tmp_path / "surprise.py").write_text("raise SystemExit('ran')")
    shutil.copy(SHIPPED_MODEL / WEIGHTS, tmp_path)
    with pytest.raises(EmbeddingError, match="no code of its own"):
        load_embedder(tmp_path)
