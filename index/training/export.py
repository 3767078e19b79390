"""The trained table as the folder that ships: four-bit safetensors, tokenizer, and what sentence-transformers reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embeddings import MODULES, OWN_MODULE, TOKENIZER, WEIGHTS, pack, save_tensors


def export(table: NDArray[np.float32], tokenizer: Path, folder: Path) -> None:
    """Write the model folder; a model card (README.md) that is there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    # Unit mean length: only the direction of a text's vector counts, and round figures are easier to look at.
    save_tensors(folder / WEIGHTS, pack(table / np.linalg.norm(table, axis=1).mean()))
    shutil.copyfile(tokenizer, folder / TOKENIZER)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": OWN_MODULE},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    _write(folder / MODULES, modules)
    _write(folder / "config_sentence_transformers.json", {"prompts": {}, "similarity_fn_name": "cosine"})
    for path in folder.iterdir():
        path.chmod(0o644)


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
