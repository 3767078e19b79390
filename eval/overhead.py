"""What the assistant adds to a chat model's own stream: `python -m eval.overhead`.

The same reply comes from one server in this process, at a model's pace, to LangChain's bare client and to the assistant by
turns. Retrieval is timed apart: the ratios are of what comes after it. The reply's sentences are those of the documents,
so each is checked and cited.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, replace
from statistics import median

from assistant import Answer, Assistant, Settings
from assistant.generation.model import open_model
from eval.modelserver import Script, serving

QUESTIONS = ("企业层面有哪些建议？", "What does the paper recommend for enterprises?")
# Seconds between two pieces of a few characters: some 50 tokens a second, what a hosted model writes at.
PAUSE, PIECE = 0.02, {"zh": 2, "en": 5}
# Seconds until the first of them. A hosted model takes some 0.2 to 1 to read ten passages: the shortest of it.
READING = 0.2


@dataclass(frozen=True)
class Run:
    """Seconds until the first words, and until the end; `found` of them went into retrieval."""

    first: float
    total: float
    found: float = 0.0


def bare(settings: Settings, messages: list[dict[str, str]]) -> Run:
    """One reply read by LangChain's own client."""
    chat = open_model(settings)
    assert chat is not None
    started = time.perf_counter()
    first = 0.0
    for chunk in chat.stream([(message["role"], message["content"]) for message in messages]):
        if chunk.text and not first:
            first = time.perf_counter() - started
    return Run(first, time.perf_counter() - started)


def ours(assistant: Assistant, question: str) -> Run:
    """The same reply read by the assistant."""
    started = time.perf_counter()
    first = found = 0.0
    for piece in assistant.stream(question):
        if isinstance(piece, str) and piece and not first:
            first = time.perf_counter() - started
        if isinstance(piece, Answer):
            found = piece.timings["find"] / 1000
            assert piece.model != "extractive", piece.notices
    return Run(first, time.perf_counter() - started, found)


def measured(extractive: Assistant, question: str, runs: int) -> tuple[list[Run], list[Run], int]:
    """Pairs of runs, the bare client's and ours, and how many characters the reply has."""
    answer = extractive.ask(question)
    reply = "\n".join(
        f"{(c.translation if answer.language == 'en' else None) or c.quote} [{c.number}]" for c in answer.citations
    )
    size = PIECE[answer.language]
    script = Script(tuple(reply[i : i + size] for i in range(0, len(reply), size)), PAUSE, READING)
    with serving(script) as server:
        settings = replace(extractive.settings, model="openai:scripted", model_url=server.url)
        assistant = Assistant(extractive.index, settings)
        assistant.ask(question)
        messages = server.requests[0]["messages"]
        bare(settings, messages)
        pairs = [(bare(settings, messages), ours(assistant, question)) for _ in range(runs)]
    return [one for one, _ in pairs], [other for _, other in pairs], len(reply)


def main(arguments: list[str] | None = None) -> int:
    """Print the ratios as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7, help="pairs of runs for each question (default: 7)")
    options = parser.parse_args(arguments)
    extractive = Assistant.open(settings=Settings())
    print("| question | first words, ratio | later by | total, ratio | bare client | retrieval before it | runs |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for question in QUESTIONS:
        alone, added, length = measured(extractive, question, options.runs)
        pairs = list(zip(alone, added, strict=True))
        first = median((run.first - run.found) / client.first for client, run in pairs)
        later = median(run.first - run.found - client.first for client, run in pairs)
        total = [(run.total - run.found) / client.total for client, run in pairs]
        print(
            f"| {question} ({length} characters) | {first:.2f} | {later * 1000:.1f} ms "
            f"| {median(total):.3f} ({min(total):.3f}–{max(total):.3f}) "
            f"| {median(run.first for run in alone) * 1000:.0f} ms, {median(run.total for run in alone):.2f} s "
            f"| {median(run.found for run in added) * 1000:.0f} ms | n={len(pairs)} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
