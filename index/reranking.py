"""A reranker: passages found are ranked again by a cross-encoder, which reads question and passage together. Optional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.embeddings import model_folder
from index.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

    from index.store import Hit, PassageIndex


@dataclass(frozen=True)
class Reranker:
    """A sentence-transformers cross-encoder. Hits keep their scores; only their order is the reranker's."""

    model: CrossEncoder

    def ranked(self, question: str, hits: Sequence[Hit], index: PassageIndex) -> list[Hit]:
        """Hits in the order of how well their passage answers a question, best first; a translation counts as well."""
        pairs, owners = [], []
        for place, hit in enumerate(hits):
            translated = " ".join(s.translation for s in hit.passage.sentences if s.translation)
            for text in filter(None, (index.text(hit.passage), translated)):
                pairs.append((question, text))
                owners.append(place)
        best = [float("-inf")] * len(hits)
        for place, score in zip(
            owners, self.model.predict(pairs, show_progress_bar=False) if pairs else [], strict=True
        ):
            best[place] = max(best[place], float(score))
        return [hits[place] for place in sorted(range(len(hits)), key=lambda place: (-best[place], place))]


def load_reranker(source: str) -> Reranker | None:
    """The cross-encoder in a folder, or of a Hugging Face id; None for "". From safetensors, with no code of its own.

    Raises EmbeddingError where it cannot be loaded.
    """
    if not source:
        return None
    folder = model_folder(source)
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(
            str(folder), trust_remote_code=False, local_files_only=True, model_kwargs={"use_safetensors": True}
        )
    except (
        Exception
    ) as error:  # transformers raises OSError, ValueError, ImportError, KeyError and more for a bad folder
        raise EmbeddingError(
            f"{folder} cannot be loaded as a cross-encoder ({type(error).__name__}: {error}); expected safetensors weights "
            "of a model for sequence classification, and no code of its own"
        ) from error
    return Reranker(model)
