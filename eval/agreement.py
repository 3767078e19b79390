"""Agreement between verdicts and people: Cohen's kappa, the confusion matrix, and correlation on pairs of answers."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np

from eval.errors import EvaluationError
from eval.judge import VALUES
from eval.metrics.answers import token_f1

LABELS = tuple(VALUES)


class LabelError(EvaluationError):
    """A file of human labels cannot be read; the message names the line."""


@dataclass(frozen=True)
class Agreement:
    """How two raters agree on n items. matrix: how often the first said the row's label and the second the column's."""

    n: int
    observed: float
    kappa: float | None
    matrix: tuple[tuple[int, ...], ...]


def agreement(pairs: Sequence[tuple[str, str]], labels: Sequence[str] = LABELS) -> Agreement:
    """Cohen's kappa (1960) of pairs (one's label, the other's): (observed - chance) / (1 - chance).

    None where chance alone agrees on everything, since both have used one label only.
    """
    counts = Counter(pairs)
    matrix = tuple(tuple(counts[one, other] for other in labels) for one in labels)
    n = len(pairs)
    observed = sum(one == other for one, other in pairs) / n
    chance = sum(sum(matrix[i]) * sum(row[i] for row in matrix) for i in range(len(labels))) / n**2
    return Agreement(n, observed, None if chance == 1 else (observed - chance) / (1 - chance), matrix)


def read_labels(path: Path) -> dict[tuple[str, str], str]:
    """Human labels from CSV with columns case, aspect and label; lines without a label are passed over.

    Raises LabelError naming the line.
    """
    try:
        reader = csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(f"{path}: found no CSV that can be read ({error})") from error
    if not {"case", "aspect", "label"} <= set(reader.fieldnames or ()):
        raise LabelError(f"{path}:1: found columns {reader.fieldnames}, expected case, aspect and label among them")
    found = {}
    for row in reader:
        label = (row["label"] or "").strip().lower()
        if label and label not in VALUES:
            raise LabelError(f"{path}:{reader.line_num}: label: found {label!r}, expected one of: {', '.join(VALUES)}")
        if label:
            found[row["case"], row["aspect"]] = label
    if not found:
        raise LabelError(f"{path}: found no label in it, expected {', '.join(VALUES)} in the column label")
    return found


def compared(verdicts: Mapping[tuple[str, str], str], labels: Mapping[tuple[str, str], str]) -> dict[str, Agreement]:
    """For each aspect the agreement of labels and verdicts, over what has both."""
    found: dict[str, list[tuple[str, str]]] = {}
    for (case, aspect), label in labels.items():
        verdict = verdicts.get((case, aspect))
        if verdict in VALUES:
            found.setdefault(aspect, []).append((label, str(verdict)))
    return {aspect: agreement(pairs) for aspect, pairs in found.items()}


@dataclass(frozen=True)
class Correlation:
    """Pearson's r, its 95 % interval by Fisher's z, and Spearman's rho over n labels. None where one side never varies."""

    pearson: float | None
    low: float | None
    high: float | None
    spearman: float | None
    n: int


def human_pairs(path: Path) -> dict[str, tuple[Correlation, Correlation]]:
    """How the offline answer score agrees with people who compared two answers, for each thing they were asked.

    Reads RAGChecker's human_labeled_data.json (Ru et al. 2024): a question, a reference, two answers, and labels from -2
    (the first is better) to 2. Scored is the difference of the answers' content-token F1, and beside it, as what is had
    without looking, the difference of their lengths. Raises LabelError.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        scores = [
            token_f1(row["model2"]["response"], row["gt_answer"])
            - token_f1(row["model1"]["response"], row["gt_answer"])
            for row in rows
        ]
        longer = [float(len(row["model2"]["response"]) - len(row["model1"]["response"])) for row in rows]
        labels = {
            name.removesuffix("_label"): [float(row[name]) for row in rows]
            for name in ("correctness_label", "completeness_label", "overall_label")
        }
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise LabelError(
            f"{path}: found no pairs ({type(error).__name__}: {error}), expected RAGChecker's human_labeled_data.json"
        ) from error
    if not rows:
        raise LabelError(f"{path}: found no pairs in it, expected RAGChecker's human_labeled_data.json")
    return {name: (correlation(scores, values), correlation(longer, values)) for name, values in labels.items()}


def correlation(one: Sequence[float], other: Sequence[float]) -> Correlation:
    """Pearson's and Spearman's (ties share their mean rank) correlation of two lists of one length."""
    a, b, n = np.array(one, float), np.array(other, float), len(one)
    if n < 2 or not (np.ptp(a) and np.ptp(b)):
        return Correlation(None, None, None, None, n)
    pearson, spearman = float(np.corrcoef(a, b)[0, 1]), float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])
    if n < 4 or abs(pearson) >= 1 - 1e-12:
        return Correlation(pearson, None, None, spearman, n)
    z, half = np.arctanh(pearson), 1.96 / np.sqrt(n - 3)
    return Correlation(pearson, float(np.tanh(z - half)), float(np.tanh(z + half)), spearman, n)


def _ranks(values: np.ndarray) -> np.ndarray:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return ((2 * last - counts + 1) / 2)[inverse]
