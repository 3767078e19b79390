"""The index as a LangChain retriever, for chains of your own: `PassageRetriever(index=assistant.index).invoke("…")`."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.passages import section_of
from index.store import PassageIndex


class PassageRetriever(BaseRetriever):
    """Passages as LangChain documents: metadata holds document, title, section, path, start, end and score."""

    index: PassageIndex
    count: int = 5

    model_config = ConfigDict(arbitrary_types_allowed=True)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = []
        for hit in self.index.search(query, self.count):
            document = self.index.documents[hit.passage.document]
            section = section_of(document, hit.passage)
            metadata: dict[str, Any] = {
                "document": document.id,
                "title": document.title,
                "section": section.number if section else "",
                "path": list(section.path) if section else [],
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": hit.score,
            }
            found.append(Document(page_content=self.index.text(hit.passage), metadata=metadata))
        return found
