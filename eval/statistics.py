"""Statistics: intervals around the means of scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np


@dataclass(frozen=True)
class Interval:
    """A mean over n values and its 95 % interval."""

    mean: float
    low: float
    high: float
    n: int


def wilson(successes: float, n: int) -> Interval:
    """A share and its Wilson score interval at 95 % (Wilson 1927), fit for small n and for shares of 0 and 1."""
    z = 1.959964
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half), n)


def bootstrap(values: Sequence[float], clusters: Sequence[str], draws: int = 2000, seed: int = 0) -> Interval:
    """A mean and its percentile bootstrap interval at 95 %. Clusters (paraphrases) are resampled whole."""
    names = sorted(set(clusters))
    places = {name: place for place, name in enumerate(names)}
    sums, sizes = np.zeros(len(names)), np.zeros(len(names))
    for value, cluster in zip(values, clusters, strict=True):
        sums[places[cluster]] += value
        sizes[places[cluster]] += 1
    picks = np.random.default_rng(seed).integers(len(names), size=(draws, len(names)))
    means = sums[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(sums.sum() / sizes.sum()), float(low), float(high), len(values))
