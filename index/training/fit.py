"""The contrastive training of the table: each question must find its own passage among those of the batch."""

from __future__ import annotations

import ctypes
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.training.pairs import Batch
from index.training.tokens import Bag, Floats, counted


@dataclass(frozen=True)
class Schedule:
    """steps: updates in all. rate: the learning rate at its peak; it rises for 50 steps and falls to 0 in a line.

    scale: what cosines are multiplied with before the softmax (1 / temperature), at the start and at the end.
    """

    steps: int
    rate: float
    scale: tuple[float, float]


class Batches(Protocol):
    """Where the pairs come from."""

    def draw(self) -> tuple[str, Batch]:
        """The next batch and the name of its kind."""


def fit(
    table: Floats, pairs: Batches, schedule: Schedule, threads: int, report: Callable[[str], None] = print
) -> Floats:
    """Train a copy of the table, shape (vocabulary, dimension), with Adam on the symmetric InfoNCE loss."""
    import torch
    from torch.nn import functional

    _keep_freed_memory()
    torch.set_num_threads(threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    weight = torch.nn.Parameter(torch.tensor(table, device=device))
    optimizer = torch.optim.Adam([weight], lr=schedule.rate, betas=(0.9, 0.99), fused=True)
    hits: dict[str, list[float]] = defaultdict(list)

    def embed(bag: Bag, size: int) -> torch.Tensor:
        ids, offsets, weights = (torch.from_numpy(part).to(device) for part in counted(bag, size, len(table)))
        pooled = functional.embedding_bag(ids, weight, offsets, mode="sum", per_sample_weights=weights)
        return functional.normalize(pooled, dim=1)

    begun = time.monotonic()
    for step in range(schedule.steps):
        progress = step / schedule.steps
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate * min(1.0, (step + 1) / 50) * (1 - progress)
        kind, batch = pairs.draw()
        scale = (schedule.scale[0] + (schedule.scale[1] - schedule.scale[0]) * progress) * batch.softness
        similar = embed(batch.question, batch.size) @ embed(batch.passage, batch.size).T * scale
        own = torch.arange(batch.size, device=device)
        loss = functional.cross_entropy(similar, own) + 0.5 * functional.cross_entropy(similar.T, own)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        hits[kind].append(float((similar.argmax(dim=1) == own).float().mean()))
        if (step + 1) % 200 == 0:
            shown = " ".join(f"{name} {np.mean(values):.2f}" for name, values in sorted(hits.items()))
            report(f"step {step + 1}/{schedule.steps}, {time.monotonic() - begun:.0f} s, hit@1 in batch: {shown}")
            hits.clear()
    found: Floats = weight.detach().cpu().numpy()
    return found


def _keep_freed_memory() -> None:
    """Tell glibc to keep what is freed: each step frees and takes a gradient as large as the table (225 MB).

    Fetching its pages from the kernel anew took most of a step: 0.82 s, 0.23 s without (two threads, shared machine).
    """
    allocator = ctypes.CDLL(None)
    if sys.platform == "linux" and hasattr(allocator, "mallopt"):
        allocator.mallopt(-4, 0)  # M_MMAP_MAX: no allocation by mmap
        allocator.mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD
