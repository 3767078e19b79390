"""Counts for Prometheus: questions by surface, outcome and language, and how long answers took. Never what was asked."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest

from assistant.answer import Answer

MEDIA_TYPE = "text/plain; version=1.0.0; charset=utf-8"
# Seconds: extractive answers take milliseconds, chat models up to minutes.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)


class Metrics:
    """The counts of one application. Safe to share between threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._questions = Counter(
            "assistant_questions",
            "Questions, by where they came from and how they ended",
            ("surface", "outcome", "language"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "assistant_answer_seconds",
            "Seconds from a question to the end of its answer, waiting included",
            ("surface",),
            buckets=_BUCKETS,
            registry=self._registry,
        )

    def answered(self, surface: str, answer: Answer, seconds: float) -> None:
        """Count an answer, whatever it says."""
        outcome = "abstained" if answer.abstained else "answered"
        if answer.kind in ("invalid", "smalltalk"):
            outcome = answer.kind
        self._questions.labels(surface, outcome, answer.language).inc()
        self._seconds.labels(surface).observe(seconds)

    def ended(self, surface: str, outcome: str) -> None:
        """Count a question without an answer: "failed", or "stopped" where nobody waited for it any more."""
        self._questions.labels(surface, outcome, "").inc()

    def text(self) -> bytes:
        """All counts in Prometheus' text format."""
        return generate_latest(self._registry)
