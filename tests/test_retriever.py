"""The LangChain retriever finds what the index finds, with offsets that hold its words."""

from assistant import Assistant
from assistant.retriever import PassageRetriever


def test_documents_are_the_passages_found(tiny: Assistant) -> None:
    found = PassageRetriever(index=tiny.index, count=2).invoke("daily allowance")
    assert "45 euros" in found[0].page_content
    assert len(found) == 2
    text = tiny.index.documents[found[0].metadata["document"]].text
    assert text[found[0].metadata["start"] : found[0].metadata["end"]] == found[0].page_content
    assert found[0].metadata["section"] == "2"
