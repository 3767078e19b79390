"""Models in this process: a chat model, a reranker and an embedding model, each tiny, random and made here, read safely."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, Settings
from assistant.errors import SettingsError
from index.errors import EmbeddingError
from index.reranking import load_reranker
from index.store import PassageIndex, build_index
from prompts import phrase

QUESTION = "What is the daily allowance?"
# The tiny model writes at random; whatever it says is no sentence of the documents.
WORDS = "the daily allowance is forty five euros and trains shall be booked by staff"


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    vocabulary = {word: n for n, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *dict.fromkeys(WORDS.split())])}
    own = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    own.pre_tokenizer = pre_tokenizers.Whitespace()
    return PreTrainedTokenizerFast(
        tokenizer_object=own,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        eos_token="[SEP]",
    )


@pytest.fixture(scope="module")
def chat(tokenizer: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("chat")
    sizes = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = LlamaConfig(
        vocab_size=len(tokenizer), max_position_embeddings=4096, eos_token_id=3, pad_token_id=0, **sizes
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.chat_template = "{% for m in messages %}{{ m.role }} {{ m.content }}{% endfor %}"
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def bert(tokenizer: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("bert")
    sizes = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    BertForSequenceClassification(BertConfig(vocab_size=len(tokenizer), num_labels=1, **sizes)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_a_local_chat_model_is_asked_and_what_it_says_is_checked(tiny: Assistant, chat: Path) -> None:
    # Random words for at most ANSWER tokens would take long: the wait is cut, which is what a slow model gets, too.
    assistant = Assistant(tiny.index, Settings(model=f"huggingface:{chat}", model_timeout=2, model_retries=0))
    *pieces, answer = assistant.stream(QUESTION)
    assert any(isinstance(piece, str) and piece.strip() for piece in pieces)
    assert answer.text == tiny.ask(QUESTION).text  # type: ignore[union-attr]
    assert answer.model == "extractive"  # type: ignore[union-attr]
    assert answer.notices  # type: ignore[union-attr]


def test_a_folder_without_safe_weights_is_refused(tiny: Assistant, chat: Path, tmp_path: Path) -> None:
    shutil.copytree(chat, tmp_path / "pickled")
    (tmp_path / "pickled" / "model.safetensors").rename(tmp_path / "pickled" / "pytorch_model.bin")
    with pytest.raises(SettingsError, match="no safetensors"):
        Assistant(tiny.index, Settings(model=f"huggingface:{tmp_path / 'pickled'}"))
    with pytest.raises(EmbeddingError, match="no safetensors"):
        load_reranker(str(tmp_path / "pickled"))


def test_a_reranker_orders_what_was_found_and_keeps_its_scores(tiny_index: Path, bert: Path) -> None:
    index = PassageIndex.open(tiny_index)
    hits = index.search(QUESTION, 10)
    reranker = load_reranker(str(bert))
    assert reranker is not None
    ranked = reranker.ranked(QUESTION, hits, index)
    scores = reranker.model.predict([(QUESTION, index.text(hit.passage)) for hit in ranked], show_progress_bar=False)
    assert sorted(scores, reverse=True) == pytest.approx(list(scores))
    assert {hit.score for hit in ranked} == {hit.score for hit in hits}
    assert load_reranker("") is None


def test_an_assistant_with_a_reranker_answers(tiny: Assistant, bert: Path) -> None:
    assistant = Assistant(tiny.index, Settings(reranker=str(bert)))
    assert "45 euros" in assistant.ask(QUESTION).text


def test_a_folder_that_is_no_cross_encoder_is_named(bert: Path, tmp_path: Path) -> None:
    shutil.copytree(bert, tmp_path / "broken")
    (tmp_path / "broken" / "config.json").write_text('{"model_type": "nothing"}', encoding="utf-8")
    with pytest.raises(EmbeddingError, match="cannot be loaded as a cross-encoder"):
        load_reranker(str(tmp_path / "broken"))
    with pytest.raises(EmbeddingError, match="there is no folder"):
        load_reranker("/no/such/folder")


def test_an_index_is_built_with_another_embedding_model(tokenizer: Any, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer.backend_tokenizer, embedding_dim=8)], device="cpu")
    model.save_pretrained(str(tmp_path / "model"))
    (tmp_path / "travel.md").write_text("# Travel\n\nThe daily allowance is 45 euros.\n", encoding="utf-8")
    manifest = build_index([tmp_path / "travel.md"], tmp_path / "index", tmp_path / "model")
    assert (manifest.model, manifest.dimension) == (str(tmp_path / "model"), 8)
    opened = Assistant.open(tmp_path / "index", Settings())
    assert "45 euros" in opened.ask(QUESTION).text
    assert phrase("abstain", "en")[:13] in opened.ask("What is the capital of France?").text
