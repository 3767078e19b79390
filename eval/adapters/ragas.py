"""A run as ragas reads it, and ragas' own metrics over it (the extra `ragas`)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from eval.adapters.samples import Sample
from eval.errors import EvaluationError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def rows(samples: Sequence[Sample]) -> list[dict[str, Any]]:
    """The rows of ragas' EvaluationDataset (single-turn samples)."""
    return [
        {
            "user_input": sample.question,
            "response": sample.answer,
            "retrieved_contexts": list(sample.contexts),
            "reference": sample.reference,
            "reference_contexts": list(sample.reference_contexts),
        }
        for sample in samples
    ]


def score(samples: Sequence[Sample], model: BaseChatModel) -> dict[str, list[float | None]]:
    """Faithfulness of every sample, and context recall of those with a reference, judged by a chat model.

    None where ragas could not tell (its NaN). Raises EvaluationError where the extra is not installed.
    """
    os.environ.setdefault("RAGAS_DO_NOT_TRACK", "true")
    try:
        from ragas import EvaluationDataset, evaluate
        from ragas.llms import LangchainLLMWrapper
        from ragas.metrics import Faithfulness, LLMContextRecall
    except ImportError as error:
        raise EvaluationError(
            f"ragas cannot be imported ({error}); run: pip install 'policy-assistant[ragas]'"
        ) from error
    judge = LangchainLLMWrapper(model)
    referenced = [sample for sample in samples if sample.reference]
    found: dict[str, list[float | None]] = {}
    for metric, over in ((Faithfulness(llm=judge), samples), (LLMContextRecall(llm=judge), referenced)):
        if over:
            scored = evaluate(EvaluationDataset.from_list(rows(over)), metrics=[metric], show_progress=False)
            found[metric.name] = [_number(row[metric.name]) for row in scored.scores]
    return found


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)
