"""A run as DeepEval reads it, and DeepEval's own metrics over it (the extra `deepeval`)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from eval.adapters.samples import Sample
from eval.errors import EvaluationError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def rows(samples: Sequence[Sample]) -> list[dict[str, Any]]:
    """The fields of DeepEval's LLMTestCase."""
    return [
        {
            "name": sample.case,
            "input": sample.question,
            "actual_output": sample.answer,
            "expected_output": sample.reference or None,
            "retrieval_context": list(sample.contexts),
            "context": list(sample.reference_contexts) or None,
        }
        for sample in samples
    ]


def score(samples: Sequence[Sample], model: BaseChatModel) -> dict[str, list[float | None]]:
    """Faithfulness of every sample, and contextual recall of those with a reference, judged by a chat model.

    None where the model's words could not be read. Raises EvaluationError where the extra is not installed.
    """
    # It would otherwise report each use to its makers.
    os.environ.setdefault("DEEPEVAL_TELEMETRY_OPT_OUT", "YES")
    try:
        from deepeval.metrics import ContextualRecallMetric, FaithfulnessMetric
        from deepeval.models import DeepEvalBaseLLM
        from deepeval.test_case import LLMTestCase
    except ImportError as error:
        raise EvaluationError(
            f"deepeval cannot be imported ({error}); run: pip install 'policy-assistant[deepeval]'"
        ) from error

    class Judge(DeepEvalBaseLLM):  # type: ignore[misc]  # deepeval has no types where it is not installed
        """A LangChain chat model. Without the argument `schema`, DeepEval reads the JSON in the text itself."""

        def load_model(self) -> BaseChatModel:
            return model

        def get_model_name(self) -> str:
            return type(model).__name__

        def generate(self, prompt: str) -> str:
            return str(model.invoke(prompt).text)

        async def a_generate(self, prompt: str) -> str:
            return self.generate(prompt)

    found: dict[str, list[float | None]] = {}
    for kind in (FaithfulnessMetric, ContextualRecallMetric):
        for row in rows(samples):
            if kind is FaithfulnessMetric or row["expected_output"]:
                metric = kind(model=Judge(), async_mode=False)
                try:
                    value = metric.measure(LLMTestCase(**row), _show_indicator=False)
                except ValueError:  # the model's JSON cannot be read
                    value = None
                found.setdefault(metric.__name__, []).append(value)
    return found
