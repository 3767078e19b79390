"""Agreement with people: known values of kappa and correlation, and labels read by their lines."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.agreement import LabelError, agreement, compared, correlation, human_pairs, read_labels


def test_kappa_has_its_textbook_value() -> None:
    """50 items, 20 + 15 agreed, 5 and 10 not: observed 0.7, by chance 0.5, kappa 0.4."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    found = agreement(pairs, ("yes", "no"))
    assert found.kappa == pytest.approx(0.4)
    assert (found.n, found.observed, found.matrix) == (50, 0.7, ((20, 5), (10, 15)))


def test_kappa_says_nothing_where_both_always_say_the_same() -> None:
    assert agreement([("yes", "yes")] * 5).kappa is None
    assert agreement([("yes", "yes"), ("no", "no")]).kappa == 1.0
    assert agreement([("yes", "no"), ("no", "yes")]).kappa == -1.0


def test_only_what_both_have_said_is_compared() -> None:
    verdicts = {("a", "correct"): "yes", ("b", "correct"): "undetermined", ("c", "supported"): "no"}
    labels = {("a", "correct"): "yes", ("b", "correct"): "no", ("d", "correct"): "no", ("c", "supported"): "yes"}
    found = compared(verdicts, labels)
    assert {aspect: one.n for aspect, one in found.items()} == {"correct": 1, "supported": 1}


def labels(folder: Path, text: str) -> Path:
    (folder / "labels.csv").write_text(text, encoding="utf-8")
    return folder / "labels.csv"


def test_labels_come_from_a_spreadsheet(tmp_path: Path) -> None:
    path = labels(tmp_path, "case,aspect,answer,label\na,correct,x,Yes\nb,correct,y,\n")
    assert read_labels(path) == {("a", "correct"): "yes"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("case,label\na,yes\n", "labels.csv:1: found columns .*, expected case, aspect and label"),
        (
            "case,aspect,label\na,correct,maybe\n",
            "labels.csv:2: label: found 'maybe', expected one of: yes, partly, no",
        ),
        ("case,aspect,label\na,correct,\n", "found no label in it"),
    ],
)
def test_bad_labels_are_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(LabelError, match=says):
        read_labels(labels(tmp_path, text))


def test_correlation_with_ties() -> None:
    found = correlation([1, 2, 3, 4], [1, 2, 2, 3])
    assert found.pearson == pytest.approx(np.corrcoef([1, 2, 3, 4], [1, 2, 2, 3])[0, 1])
    assert found.spearman == pytest.approx(np.corrcoef([1, 2, 3, 4], [1, 2.5, 2.5, 4])[0, 1])


def test_a_correlation_has_its_interval_or_says_nothing() -> None:
    """By Fisher's z its half-width is 1.96 / sqrt(n - 3)."""
    one = np.linspace(-1, 1, 28)
    noise = np.resize([1.0, -1.0, -1.0, 1.0], 28)
    found = correlation(list(one), list(one + noise))
    assert found.pearson is not None
    assert found.low is not None
    assert found.high is not None
    assert np.arctanh(found.high) - np.arctanh(found.pearson) == pytest.approx(1.96 / 5)
    assert found.low < found.pearson < found.high
    assert correlation([1, 2, 3], [0, 0, 0]).pearson is correlation([], []).pearson is None


def test_pairs_labelled_by_people_are_read(tmp_path: Path) -> None:
    def pair(first: str, second: str, label: int) -> dict[str, object]:
        judged = dict.fromkeys(("correctness_label", "completeness_label", "overall_label"), label)
        return {"gt_answer": "two days leave", "model1": {"response": first}, "model2": {"response": second}} | judged

    pairs = [pair("two days leave", "none", -2), pair("none", "two days leave", 2), pair("two days", "days two", 0)]
    path = tmp_path / "human_labeled_data.json"
    path.write_text(json.dumps(pairs), encoding="utf-8")
    found = human_pairs(path)
    assert set(found) == {"correctness", "completeness", "overall"}
    score, longer = found["overall"]
    assert score.pearson == pytest.approx(1.0)
    assert longer.n == 3
    for nothing in ('{"data": []}', "[]"):
        path.write_text(nothing, encoding="utf-8")
        with pytest.raises(LabelError, match="expected RAGChecker's"):
            human_pairs(path)
