"""Statistics: intervals around means, and what can be said of the difference between two runs over the same cases.

Values come with clusters: paraphrases and repeats of one question stand or fall together, so they are resampled together.
Bounds are 95 %; draws are seeded, so that a run's figures are the same each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

DRAWS = 4000
Z = 1.959964  # the normal quantile of a two-sided 95 %
POWER = 0.841621  # … and of a power of 80 %


@dataclass(frozen=True)
class Interval:
    """A mean over n values and its 95 % interval."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Difference:
    """The mean of paired differences (second less first) over n cases, and its 95 % interval.

    wins, losses, ties: cases in which the second is higher, lower, the same. p: two-sided, not yet adjusted.
    detectable: the smallest true change that as many cases of this kind would show with a probability of 80 %.
    """

    mean: float
    low: float
    high: float
    n: int
    wins: int
    losses: int
    ties: int
    p: float
    detectable: float


def wilson(successes: float, n: int) -> Interval:
    """A share and its Wilson score interval (Wilson 1927), fit for small n and for shares of 0 and 1."""
    share = successes / n
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half), n)


def bootstrap(values: Sequence[float], clusters: Sequence[str], draws: int = DRAWS, seed: int = 0) -> Interval:
    """A mean and its percentile bootstrap interval. Clusters are resampled whole."""
    means = _resampled(values, clusters, draws, seed)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(np.mean(values)), float(low), float(high), len(values))


def interval(values: Sequence[float], clusters: Sequence[str], *, share: bool) -> Interval:
    """The mean of some values with the interval that fits them. share: the values are 0 or 1.

    Wilson's for independent shares; else a bootstrap over clusters. Resampling values that are all the same would claim to
    know the mean exactly: there it is Wilson's over as many cases as there are clusters, where the values are 0 or 1.
    """
    alone = len(set(clusters))
    if share and alone == len(values):
        return wilson(sum(values), len(values))
    if set(values) in ({0.0}, {1.0}):
        bounds = wilson(values[0] * alone, alone)
        return Interval(bounds.mean, bounds.low, bounds.high, len(values))
    return bootstrap(values, clusters)


def difference(
    pairs: Sequence[tuple[float, float]], clusters: Sequence[str], *, share: bool, draws: int = DRAWS, seed: int = 0
) -> Difference:
    """Compare two runs over the same cases. pairs: (first, second) of each case.

    The interval is a percentile bootstrap of the mean difference over clusters. p is the exact McNemar test where the
    values are 0 or 1 (a cluster counts once, by its sum), else the share of the bootstrap's draws, centred at no
    difference, that are as far out as what was seen (Efron and Tibshirani 1993, chapter 16).
    """
    gaps = [second - first for first, second in pairs]
    names = sorted(set(clusters))
    sums = dict.fromkeys(names, 0.0)
    for gap, cluster in zip(gaps, clusters, strict=True):
        sums[cluster] += gap
    means = _resampled(gaps, clusters, draws, seed)
    mean = float(np.mean(gaps))
    low, high = (float(bound) for bound in np.percentile(means, [2.5, 97.5]))
    if share:
        p = mcnemar(sum(s > 1e-9 for s in sums.values()), sum(s < -1e-9 for s in sums.values()))
    else:
        p = float((1 + np.sum(np.abs(means - mean) >= abs(mean) - 1e-12)) / (draws + 1))
    spread = float(np.std(means))
    # Without a single change there is no spread to go by: any that happens in more cases than this would have been seen.
    detectable = (Z + POWER) * spread if spread > 1e-12 else 1 - 0.05 ** (1 / len(names))
    wins, losses = sum(gap > 1e-9 for gap in gaps), sum(gap < -1e-9 for gap in gaps)
    return Difference(mean, low, high, len(gaps), wins, losses, len(gaps) - wins - losses, p, detectable)


def mcnemar(wins: int, losses: int) -> float:
    """The exact McNemar test (1947) on the discordant pairs: the two-sided binomial probability of so uneven a split."""
    if not wins + losses:
        return 1.0
    from scipy.stats import binomtest

    return float(binomtest(wins, wins + losses).pvalue)


def holm(ps: Sequence[float]) -> list[float]:
    """p-values adjusted for having looked at all of them (Holm 1979), in the order given."""
    adjusted = [0.0] * len(ps)
    least = 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda place: ps[place])):
        least = max(least, min(1.0, (len(ps) - rank) * ps[place]))
        adjusted[place] = least
    return adjusted


def _resampled(values: Sequence[float], clusters: Sequence[str], draws: int, seed: int) -> NDArray[np.float64]:
    """The means of `draws` samples of as many clusters, drawn with replacement."""
    names = {name: place for place, name in enumerate(sorted(set(clusters)))}
    places = np.array([names[cluster] for cluster in clusters])
    sums, sizes = np.bincount(places, weights=np.asarray(values, float)), np.bincount(places)
    picks = np.random.default_rng(seed).integers(len(names), size=(draws, len(names)))
    found: NDArray[np.float64] = sums[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    return found
