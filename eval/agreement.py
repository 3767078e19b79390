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
    """Pearson's r and Spearman's rho over n labels."""

    pearson: float
    spearman: float
    n: int


def human_pairs(path: Path) -> dict[str, Correlation]:
    """How the offline answer score agrees with people who compared two answers, for each thing they were asked.

    Reads RAGChecker's human_labeled_data.json (Ru et al. 2024): a question, a reference, two answers, and labels from -2
    (the first is better) to 2. Scored is the difference of the answers' content-token F1. Raises LabelError.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        scores = [
            token_f1(row["model2"]["response"], row["gt_answer"])
            - token_f1(row["model1"]["response"], row["gt_answer"])
            for row in rows
        ]
        labels = {
            name.removesuffix("_label"): [float(row[name]) for row in rows]
            for name in ("correctness_label", "completeness_label", "overall_label")
        }
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise LabelError(
            f"{path}: found no pairs ({type(error).__name__}: {error}), expected RAGChecker's human_labeled_data.json"
        ) from error
    return {name: correlation(scores, values) for name, values in labels.items()}


def correlation(one: Sequence[float], other: Sequence[float]) -> Correlation:
    """Pearson's and Spearman's (ties share their mean rank) correlation of two lists of one length."""
    a, b = np.array(one, float), np.array(other, float)
    return Correlation(float(np.corrcoef(a, b)[0, 1]), float(np.corrcoef(_ranks(a), _ranks(b))[0, 1]), len(one))


def _ranks(values: np.ndarray) -> np.ndarray:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return ((2 * last - counts + 1) / 2)[inverse]
