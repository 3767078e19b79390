"""The two tokenizers: the model's own vocabulary, and the dictionary's headwords for word-by-word translation.

Both are Unigram models put together by hand from word frequencies: a search that minimises the corpus' length (what a
trained Unigram does) spends its vocabulary on fragments, and a static model wants words.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

# Sizes that, with 512 dimensions of int8, keep the model folder below 31 MB.
CHINESE_WORDS = 23_200
CHARACTERS = 6_300
ENGLISH_WORDS = 21_500
UNKNOWN = 1  # id of [UNK], whose row is zero
HAN = re.compile(r"[㐀-䶿一-鿿]+")
LATIN_WORD = re.compile(r"[a-z]{2,}")


def model_tokenizer(texts: Sequence[str], latin: Counter[str], headwords: set[str], pieces: list[str]) -> Tokenizer:
    """Tokenizer of the model.

    texts: Chinese sentences, counted with jieba; latin: English words with their counts; headwords: words of the
    dictionary; pieces: the WordPiece vocabulary of the English teacher, most frequent words first.
    """
    chinese = chinese_counts(texts)
    total, total_latin = sum(chinese.values()), sum(latin.values())
    known = {word for word, _ in latin.most_common(ENGLISH_WORDS)}
    scores: dict[str, float] = {}
    for word in _chinese_words(chinese, headwords):
        scores[word] = math.log(chinese[word] / total)
    characters: Counter[str] = Counter()
    for word, count in chinese.items():
        for character in word:
            characters[character] += count
    for character, _ in characters.most_common(CHARACTERS):
        # One character alone is the fallback: cheaper than two of them, dearer than the word they make.
        scores[character] = max(math.log(0.5 / total) - 2, math.log((chinese[character] + 0.3) / total) - 1)
    for word in known:
        scores[word] = math.log(latin[word] / total_latin)
    for piece in pieces:
        bare = piece.removeprefix("##")
        if re.fullmatch(r"[a-z]{2,6}", bare):
            scores.setdefault(bare, -15 - 0.1 * (6 - len(bare)))
    scores |= dict.fromkeys("abcdefghijklmnopqrstuvwxyz", -17.0)
    # Kana, Greek and Cyrillic letters, enough to match names; other scripts are unknown to the model.
    scores |= {chr(code): -17.0 for span in ((0x3041, 0x3097), (0x30A1, 0x30FB), (0x3B1, 0x3CA), (0x430, 0x450))
               for code in range(*span)}  # fmt: skip
    scores |= {str(number): -8.0 if number < 10 else -9.0 for number in range(1000)}
    scores |= {str(year): -9.0 for year in range(1800, 2036)}
    scores |= {f"{number:02d}": -9.5 for number in range(10)}
    return _tokenizer(scores)


def dictionary_tokenizer(headwords: Iterable[str], model: Tokenizer) -> Tokenizer:
    """Tokenizer over all headwords of the dictionary, and the tokens of the model that are not Chinese."""
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    scores = {token: -9.0 for token in model.get_vocab() if not HAN.search(token) and not token.startswith("[")}
    for word in headwords:
        if HAN.fullmatch(word):
            # The floor keeps rare names whole: one word of any frequency is better than two.
            floor = -11.0 if len(word) > 1 else -14.0
            scores[word] = max(floor, math.log((jieba.dt.FREQ.get(word, 0) + 0.1) / jieba.dt.total))
    return _tokenizer(scores)


def spelling_tokenizer(model: Tokenizer) -> Tokenizer:
    """The model's tokenizer with words made dear: names come out in pieces and in single characters, as new ones do."""
    state = json.loads(model.to_str())
    for entry in state["model"]["vocab"]:
        if len(entry[0]) > (1 if HAN.match(entry[0]) else 4):
            entry[1] = -100.0
    return Tokenizer.from_str(json.dumps(state))


def chinese_counts(texts: Sequence[str]) -> Counter[str]:
    """How often each Chinese word occurs: half from the texts, half from jieba's own general-language list."""
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    counts = Counter(word for text in texts for word in jieba.cut(text) if HAN.fullmatch(word))
    general = Counter({word: count for word, count in jieba.dt.FREQ.items() if count and HAN.fullmatch(word)})
    share = sum(counts.values()) / sum(general.values())
    for word, count in general.items():
        counts[word] += count * share  # type: ignore[assignment]
    return counts


def english_counts(texts: Iterable[str], pieces: list[str]) -> Counter[str]:
    """How often each English word occurs, the teacher's whole words given a Zipf count from their rank."""
    counts = Counter(word for text in texts for word in LATIN_WORD.findall(text))
    total = sum(counts.values())
    words = [piece for piece in pieces if LATIN_WORD.fullmatch(piece)]
    for rank, word in enumerate(words):
        counts[word] += round(0.1 * total / (rank + 3)) + 1
    return counts


def _chinese_words(counts: Counter[str], headwords: set[str]) -> list[str]:
    """The words of two to five characters worth a row: no four-character joins of two words, unless in the dictionary."""
    candidates = [
        w
        for w, n in counts.most_common(80_000)
        if 2 <= len(w) <= (5 if w in headwords else 4) and (w in headwords or n > 30)
    ]
    known = set(candidates)
    joined = {w for w in candidates if len(w) == 4 and w not in headwords and w[:2] in known and w[2:] in known}
    return [word for word in candidates if word not in joined][:CHINESE_WORDS]


def _tokenizer(scores: dict[str, float]) -> Tokenizer:
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    tokenizer = Tokenizer(models.Unigram([("[PAD]", 0.0), ("[UNK]", -30.0), *ranked], unk_id=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFD(),
            normalizers.StripAccents(),
            normalizers.NFC(),
            normalizers.Replace(Regex(r"(?<=[0-9]),(?=[0-9]{3})"), ""),  # 3,400 is 3400
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed"),
            pre_tokenizers.Split(Regex(r"\p{Han}+|[0-9]+|[^\p{Han}0-9]+"), "isolated"),
        ]
    )
    return tokenizer


def save(tokenizer: Tokenizer, path: Path) -> None:
    """Write the tokenizer as one JSON file without white space: it is parsed at every cold start."""
    tokenizer.save(str(path), pretty=False)
