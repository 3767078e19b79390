"""A word-by-word translation of Chinese: CC-CEDICT's glosses, weighted by what sentence pairs show to be in use.

The probabilities are those of IBM model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation"),
fitted on the sentence pairs. Word order does not matter to a model that pools bags of tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.tokens import Bag, Ints, Ragged, encode
from index.training.vocabulary import HAN

LONGEST = 40  # tokens of a sentence that are looked at: the cost is quadratic
ROUNDS = 5


@dataclass(frozen=True)
class Translations:
    """For each dictionary word the English phrases it may become: phrases choices[w]:choices[w + 1] with their weights."""

    phrases: Ragged  # in model tokens
    choices: Ints
    cumulative: NDArray[np.float64]  # of the weights, plus the word's number: one sorted array to draw from

    def draw(self, bag: Bag, rng: np.random.Generator) -> Bag:
        """A bag of dictionary words with each word put into English, at random; words without English fall out."""
        rows, words = bag
        has = self.choices[words + 1] > self.choices[words]
        rows, words = rows[has], words[has]
        picked = np.searchsorted(self.cumulative, words + rng.random(len(words)), side="right")
        return self.phrases.bag(np.minimum(picked, self.choices[words + 1] - 1), rows)


def aligned(chinese: Ragged, english: Ragged, words: int, tokens: int) -> tuple[Ints, Ints, NDArray[np.float64], Ints]:
    """Fit IBM model 1: (word, English token, probability) for all pairs that occur together, and each word's count.

    chinese and english are translations row by row; words and tokens are the sizes of the two vocabularies.
    """
    null = words  # stands for what English says and Chinese does not: articles, most prepositions
    rows = np.flatnonzero((chinese.lengths > 0) & (english.lengths > 0))
    zh_length = np.minimum(chinese.lengths[rows], LONGEST)
    en_length = np.minimum(english.lengths[rows], LONGEST)
    # One block a sentence, English-major, so that the Chinese side of each English token lies together.
    block = zh_length + 1
    owner = np.repeat(np.arange(len(rows)), en_length)
    position = np.arange(len(owner)) - np.repeat(np.cumsum(en_length) - en_length, en_length)
    token = english.values[english.offsets[rows][owner] + position].astype(np.int64)
    group = np.repeat(np.arange(len(owner)), block[owner])
    starts = np.cumsum(block[owner]) - block[owner]
    inner = np.arange(len(group)) - starts[group]
    source = np.minimum(chinese.offsets[rows][owner][group] + inner, len(chinese.values) - 1)
    word = np.where(inner == zh_length[owner][group], null, chinese.values[source].astype(np.int64))
    keys, which = np.unique(word * tokens + token[group], return_inverse=True)
    key_word = keys // tokens
    probability = np.ones(len(keys))
    for _ in range(ROUNDS):
        share = probability[which]
        share /= np.add.reduceat(share, starts)[group]
        expected = np.bincount(which, share, len(keys))
        probability = expected / np.bincount(key_word, expected, words + 1)[key_word]
    counts = np.bincount(chinese.values[: chinese.offsets[-1]], minlength=words)
    real = key_word != null
    return key_word[real], keys[real] % tokens, probability[real], counts


def translations(
    entries: dict[str, list[str]], dictionary: Tokenizer, model: Tokenizer, chinese: Ragged, english: Ragged
) -> Translations:
    """The translations of every dictionary word: its glosses, and single tokens that the sentence pairs align it with."""
    words, tokens = dictionary.get_vocab_size(), model.get_vocab_size()
    word, token, probability, counts = aligned(chinese, english, words, tokens)
    clear = (probability > 0.04) & (counts[word] >= 3)
    word, token, probability = word[clear], token[clear], probability[clear]
    likely = {(w, t): p for w, t, p in zip(word.tolist(), token.tolist(), probability.tolist(), strict=True)}
    # The more often the pairs show a word, the more they are believed over the dictionary.
    trust = 0.7 * counts / (counts + 10)
    owners, weights = [word], [probability * trust[word]]
    ids = dictionary.get_vocab()
    known = [
        (ids[entry], rank, phrase)
        for entry, glosses in entries.items()
        if entry in ids
        for rank, phrase in enumerate(spoken(glosses))
    ]
    known += [(ids[name], 0, name) for name in model.get_vocab() if name in ids and not HAN.search(name)]
    encoded = encode(model, [phrase for _, _, phrase in known])
    gloss_weight = np.zeros(len(known))
    for i, (w, rank, _) in enumerate(known):
        own = encoded.values[encoded.offsets[i] : encoded.offsets[i + 1]].tolist()
        if own:
            seen = sum(likely.get((w, t), 0.0) for t in own) / len(own)
            gloss_weight[i] = (seen + 0.05) / (rank + 2)
    gloss_word = np.array([w for w, _, _ in known], np.int64)
    totals = np.bincount(gloss_word, gloss_weight, words)
    gloss_weight *= (1 - trust[gloss_word]) / np.maximum(totals[gloss_word], 1e-9)
    owners.append(gloss_word)
    weights.append(gloss_weight)
    owner, weight = np.concatenate(owners), np.concatenate(weights)
    inventory = Ragged(
        np.concatenate([token.astype(np.int32), encoded.values]),
        np.concatenate([np.arange(len(token)), len(token) + encoded.offsets]),
    )
    order = np.argsort(owner, kind="stable")
    order = order[weight[order] > 0]
    owner, weight = owner[order], weight[order]
    choices = np.searchsorted(owner, np.arange(words + 1))
    totals = np.bincount(owner, weight, words)
    running = np.cumsum(weight)
    before = np.concatenate([[0.0], running])[choices[owner]]
    cumulative = owner + (running - before) / totals[owner]
    starts, ends = inventory.offsets[order], inventory.offsets[order + 1]
    lengths = ends - starts
    _, values = inventory.span(starts, ends)
    kept = Ragged(values.astype(np.int32), np.concatenate([[0], np.cumsum(lengths)]))
    return Translations(kept, choices, cumulative)


def spoken(glosses: Sequence[str]) -> list[str]:
    """Glosses as one would say them: what stands before a comma first, long descriptions only where there is no other."""
    short = [gloss.split(",")[0].strip() for gloss in glosses]
    brief = [gloss for gloss in dict.fromkeys(short) if 0 < len(gloss.split()) <= 4]
    return brief[:6] or [" ".join(gloss.split()[:5]) for gloss in short[:1]]
