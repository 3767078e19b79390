"""The metrics by name: what a report, a comparison and a gate know of each column of scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.metrics import Score


@dataclass(frozen=True)
class Metric:
    """One column. key: the field of Score.

    share: its values are 0 or 1. better: +1 where higher is better, -1 where lower is, 0 where neither is.
    percent: values are shares of one, shown as percentages.
    """

    key: str
    title: str
    share: bool
    better: int
    help: str
    percent: bool = True

    def of(self, score: Score) -> float | None:
        """This metric of a reply; None where it is not applicable."""
        value: float | None = getattr(score, self.key)
        return value

    def written(self, value: float) -> str:
        """A value for people, without a unit."""
        places = 1 if self.percent else 0
        return f"{round(100 * value if self.percent else value, places) + 0.0:.{places}f}"  # + 0.0: no "-0.0"


METRICS = (
    Metric("right", "right outcome", True, +1, "answered, refused or chatted as expected"),
    Metric("false_answer", "false answers", True, -1, "answered what the documents do not say"),
    Metric("false_refusal", "false refusals", True, -1, "did not answer what they do say"),
    Metric("hit_1", "hit@1", True, +1, "the first passage found holds evidence"),
    Metric("hit_5", "hit@5", True, +1, "one of the first five passages found holds evidence"),
    Metric("recall_10", "recall@10", False, +1, "share of the evidence among the first ten passages"),
    Metric("mrr_10", "MRR@10", False, +1, "1 / the place of the first evidence"),
    Metric(
        "ndcg_10", "nDCG@10", False, +1, "the evidence found, less the further down it stands, over the best order's"
    ),
    Metric("context_precision", "context precision", False, +1, "mean precision at the places of the evidence, of ten"),
    Metric(
        "context_recall", "context recall", False, +1, "share of what a full answer says among the first ten passages"
    ),
    Metric("section_hit", "section hit", True, +1, "something cited stands in an expected section"),
    Metric("nugget_recall", "nugget recall", False, +1, "share of what a full answer says that is said or cited"),
    Metric(
        "lexical_support", "lexical support", False, +1, "share of the answer's sentences that what they cite supports"
    ),
    Metric("evidence_f1", "evidence F1", False, +1, "content tokens of the answer against those of the evidence"),
    Metric("exact", "exact match", True, +1, "the answer is one of the short answers"),
    Metric("cmrc_f1", "CMRC F1", False, +1, "longest common substring with a short answer (CMRC2018)"),
    Metric("bag_f1", "bag F1", False, +1, "tokens shared with a short answer (SQuAD, DRCD)"),
    Metric("citation_recall", "citation recall", False, +1, "share of the evidence that is cited"),
    Metric("citation_precision", "citation precision", False, +1, "share of the cited sentences that are evidence"),
    Metric("citation_validity", "citation validity", False, +1, "share of the markers that point at verbatim words"),
    Metric("premise_denied", "premise denied", True, +1, "a false premise was called one"),
    Metric("premise_alarm", "premise alarms", True, -1, "a sound premise was called false"),
    Metric("consistency", "consistency", False, +1, "share of the same question's variants answered alike"),
    Metric("length", "length, characters", False, 0, "characters of the answers", percent=False),
)
BY_KEY: Mapping[str, Metric] = {metric.key: metric for metric in METRICS}
