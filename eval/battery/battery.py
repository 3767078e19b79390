"""The battery's run: every sentence swapped and reworded, each put to the check, and what share was caught or let pass."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.support.check import Support, check
from eval.battery.rewordings import merged, reworded
from eval.battery.swaps import swapped
from eval.battery.texts import Text, others
from eval.statistics import Interval, wilson
from index.embeddings import Embedder

Half = Literal["dev", "test", "all"]
# A shorter sentence is a heading or a fragment; a swap in it would be most of it.
SHORTEST = {"zh": 12, "en": 40}
CITATION, MERGED, CROSSING = "citation moved", "merged with the next", "other language"


@dataclass(frozen=True)
class Trial:
    """One claim put to the check. turned: it says something that its sources do not; else it is a faithful rewording."""

    kind: str
    turned: bool
    language: str
    claim: str
    sentence: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """A trial and what the check said. Caught is what is not "supported": "unsure" is shown as a doubt as well."""

    trial: Trial
    support: Support

    @property
    def caught(self) -> bool:
        """Whether the claim was doubted."""
        return self.support.verdict != "supported"

    @property
    def wrong(self) -> bool:
        """Whether a turned claim passed, or a faithful one was doubted."""
        return self.caught != self.trial.turned


def trials(texts: Sequence[Text], half: Half = "test", seed: int = 0) -> Iterator[Trial]:
    """The trials over the texts of one half. The sources are the sentence's passage and the next one of its document."""
    for place, text in enumerate(texts):
        if half not in ("all", text.split):
            continue
        near = others(texts, place, 1)
        sources = (text.passage, *(other.passage for other in near))
        for position, sentence in enumerate(text.sentences):
            if len(sentence) < SHORTEST[text.language]:
                continue
            rng = random.Random(f"{seed} {sentence}")
            whole = " ".join(text.sentences)
            for kind, claim in swapped(sentence, rng, (sentence, whole)):
                yield Trial(kind, True, text.language, claim, sentence, sources)
            elsewhere = tuple(other.passage for other in near if sentence not in other.passage)
            if elsewhere:
                yield Trial(CITATION, True, text.language, sentence, sentence, elsewhere)
            for kind, claim in reworded(sentence, rng):
                yield Trial(kind, False, text.language, claim, sentence, sources)
            if position + 1 < len(text.sentences) and len(text.sentences[position + 1]) >= SHORTEST[text.language]:
                claim = merged(sentence, text.sentences[position + 1])
                yield Trial(MERGED, False, text.language, claim, sentence, sources)


def crossing_trials(texts: Sequence[Text], half: Half = "test", seed: int = 0) -> Iterator[Trial]:
    """The translations of sentences, as they are and with one thing changed, against passages in the other language alone."""
    for place, text in enumerate(texts):
        if half not in ("all", text.split) or not text.translations:
            continue
        near = others(texts, place, 1)
        for sentence, claim in zip(text.sentences, text.translations, strict=True):
            language = "en" if text.language == "zh" else "zh"
            if len(claim) < SHORTEST[language]:
                continue
            rng = random.Random(f"{seed} {claim}")
            yield Trial(CROSSING, False, language, claim, sentence, (text.passage,))
            for kind, turned in swapped(claim, rng, (claim, claim)):
                yield Trial(kind, True, language, turned, sentence, (text.passage,))
            if near:
                yield Trial(CITATION, True, language, claim, sentence, (near[0].passage,))


def put(tried: Iterator[Trial], embedder: Embedder | None, progress: Callable[[int], None]) -> list[Result]:
    """Each trial with the check's word on it."""
    found = []
    for number, trial in enumerate(tried, 1):
        found.append(Result(trial, check(trial.claim, trial.sources, embedder)))
        progress(number)
    return found


def rates(results: Sequence[Result], turned: bool) -> dict[str, dict[str, Interval]]:
    """Kind -> language -> share doubted with its Wilson interval; "all" is the last kind."""
    chosen = [result for result in results if result.trial.turned == turned]
    found: dict[str, dict[str, Interval]] = {}
    for kind in [*dict.fromkeys(result.trial.kind for result in chosen), "all"]:
        for language in ("zh", "en"):
            some = [r.caught for r in chosen if r.trial.language == language and kind in (r.trial.kind, "all")]
            if some:
                found.setdefault(kind, {})[language] = wilson(sum(some), len(some))
    return found
