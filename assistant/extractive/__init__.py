"""Answering without a model: sentences of the documents, chosen and put together, or a refusal."""
