"""The answer of a chat model: asked with passages, streamed, each sentence checked against them before it counts."""
