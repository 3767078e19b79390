"""Everything training needs, made once from the data and kept in the work folder: tokenizers, token arrays, start vectors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training import corpus, start, vocabulary
from index.training.corpus import Pair
from index.training.tokens import Collection, Ints, Ragged, collect, encode
from index.training.translation import Translations, spoken, translations


@dataclass(frozen=True)
class Material:
    """The tokenised training data. Rows with the same number belong together."""

    news: Collection
    laws: Collection
    english: Ragged  # sentence pairs, in model tokens
    chinese: Ragged
    sources: Ints  # of the sentence pairs, sorted: pairs of one collection lie together
    headwords: Ragged  # dictionary entries: the Chinese word, in model tokens
    glosses: Ragged
    names: Ragged  # English names, spelled in pieces
    named: Ragged  # the same names in Chinese, character by character
    questions: Ragged
    question_words: Ragged  # the same in dictionary words
    answers: Ragged  # the passage that answers
    answer_words: Ragged
    answer_of: Ints  # questions with the same number have the same passage
    curated: Ints  # 1 where a person wrote the question
    translations: Translations


def prepare(data: Path, work: Path, teacher: Path) -> None:
    """Write tokenizer.json, dictionary.json, material.npz and taught.npz into the work folder, as far as missing."""
    work.mkdir(parents=True, exist_ok=True)
    entries, sentence_pairs = corpus.dictionary(data), corpus.pairs(data)
    pieces = (teacher / "vocab.txt").read_text(encoding="utf-8").split("\n")
    english = [pair.english for pair in sentence_pairs] + [gloss for glosses in entries.values() for gloss in glosses]
    latin = vocabulary.english_counts(english, pieces)
    if not (work / "dictionary.json").exists():
        _tokenizers(data, work, entries, sentence_pairs, latin, pieces)
    model, dictionary = tokenizers(work)
    if not (work / "material.npz").exists():
        save(material(data, entries, sentence_pairs, model, dictionary), work / "material.npz")
    if not (work / "taught.npz").exists():
        words = start.taught_words(model)
        frequency = np.array([latin.get(token, 0) for token in _by_id(model)])
        np.savez(work / "taught.npz", words=words, vectors=start.teacher_vectors(words, teacher), latin=frequency)


def tokenizers(work: Path) -> tuple[Tokenizer, Tokenizer]:
    """The tokenizers of the model and of the dictionary that `prepare` wrote."""
    return Tokenizer.from_file(str(work / "tokenizer.json")), Tokenizer.from_file(str(work / "dictionary.json"))


def start_table(work: Path, dimension: int, seed: int) -> NDArray[np.float32]:
    """The start vectors for the prepared material, shape (vocabulary, dimension)."""
    model, dictionary = tokenizers(work)
    read = load(work / "material.npz")
    taught = np.load(work / "taught.npz")
    size = model.get_vocab_size()
    counts = np.zeros(size, np.int64)
    for part in (read.news.sentences, read.laws.sentences, read.answers):
        counts += np.bincount(part.values, minlength=size)
    weights = start.importance(counts, taught["latin"])
    rng = np.random.default_rng(seed)
    words = [str(word) for word in taught["words"]]
    return start.start_vectors(model, dictionary, read.translations, words, taught["vectors"], weights, dimension, rng)


def material(
    data: Path, entries: dict[str, list[str]], sentence_pairs: list[Pair], model: Tokenizer, dictionary: Tokenizer
) -> Material:
    """Tokenise all sources."""
    ordered = sorted(sentence_pairs, key=lambda pair: pair.source)
    english = encode(model, [pair.english for pair in ordered])
    sources = sorted({pair.source for pair in ordered})
    glosses = [(word, gloss) for word, found in entries.items() for gloss in dict.fromkeys([*found, *spoken(found)])]
    questions = corpus.questions(data)
    passages = {text: number for number, text in enumerate(dict.fromkeys(row.passage for row in questions))}
    asked, answers = [row.question for row in questions], list(passages)
    names = corpus.names(data)
    spelling = vocabulary.spelling_tokenizer(model)
    return Material(
        news=collect(model, dictionary, corpus.news(data)),
        laws=collect(model, dictionary, corpus.laws(data)),
        english=english,
        chinese=encode(model, [pair.chinese for pair in ordered]),
        sources=np.array([sources.index(pair.source) for pair in ordered]),
        headwords=encode(model, [word for word, _ in glosses]),
        glosses=encode(model, [gloss for _, gloss in glosses]),
        names=encode(spelling, [english for english, _ in names]),
        named=encode(spelling, [chinese for _, chinese in names]),
        questions=encode(model, asked),
        question_words=encode(dictionary, asked),
        answers=encode(model, answers),
        answer_words=encode(dictionary, answers),
        answer_of=np.array([passages[row.passage] for row in questions]),
        curated=np.array([row.curated for row in questions], np.int64),
        translations=translations(
            entries, dictionary, model, encode(dictionary, [pair.chinese for pair in ordered]), english
        ),
    )


def save(read: Material, path: Path) -> None:
    """Write the arrays under their dotted names."""
    np.savez(path, allow_pickle=False, **dict(_flat(read)))


def load(path: Path) -> Material:
    """Read what `save` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        found: Material = _built(Material, dict(arrays), "")
    return found


_PARTS: dict[str, type] = {"Ragged": Ragged, "Collection": Collection, "Translations": Translations}


def _flat(part: Any, prefix: str = "") -> list[tuple[str, NDArray[Any]]]:
    found = []
    for field in fields(part):
        value = getattr(part, field.name)
        if str(field.type) in _PARTS:
            found += _flat(value, f"{prefix}{field.name}.")
        else:
            found.append((prefix + field.name, value))
    return found


def _built(kind: type, arrays: dict[str, NDArray[Any]], prefix: str) -> Any:
    values = {}
    for field in fields(kind):
        part = _PARTS.get(str(field.type))
        name = prefix + field.name
        values[field.name] = _built(part, arrays, f"{name}.") if part else arrays[name]
    return kind(**values)


def _tokenizers(
    data: Path, work: Path, entries: dict[str, list[str]], pairs: list[Pair], latin: Counter[str], pieces: list[str]
) -> None:
    # Every sixth document is enough to count words: 10 million characters, 20 seconds of jieba.
    documents = corpus.news(data)[::6] + corpus.laws(data)[::6]
    texts = [sentence for document in documents for passage in document.passages for sentence in passage]
    texts += [pair.chinese for pair in pairs[::4]] + [row.passage for row in corpus.questions(data)]
    model = vocabulary.model_tokenizer(texts, latin, set(entries), pieces)
    vocabulary.save(model, work / "tokenizer.json")
    vocabulary.save(vocabulary.dictionary_tokenizer(entries, model), work / "dictionary.json")


def _by_id(tokenizer: Tokenizer) -> list[str]:
    return [token for token, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]
