"""The lexicon of the evidence check: `python -m index.training.lexicon --data DIR` writes assistant/understanding/lexicon.tsv.

Each line is a word (Chinese, or an English stem), how rare it is in the language at large (-ln of its share of running
text), and words of either language that can stand for it: those of synonyms.txt first, then those that share a gloss in
CC-CEDICT (CC BY-SA 4.0), rarest gloss first. Chinese counts are jieba's (MIT), English ones the open sentence pairs'. One
gloss makes two Chinese words alike only where a character or the shipped model's vectors say so too: 文化 and 国内 are both
"civil", 培训 and 新郎 both "groom".
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from math import log
from pathlib import Path
from typing import Any

from index.analysis import STOPWORDS_EN, terms
from index.embeddings import load_embedder

HEADER = (
    "# Words, their rarity, and words that can stand for them; made by index/training/lexicon.py "
    "from CC-CEDICT (CC BY-SA 4.0), jieba (MIT) and the pairs named there."
)
_HAN = re.compile("[\u4e00-\u9fff]{2,4}")
# A gloss that this many words share says little ("good", "to go").
_COMMON_GLOSS = 12
# Similarity from which two words with one gloss in common are taken to say the same. On development questions 0.2 gains
# 0.3 of citation precision and loses no nugget; at 0.1 half of what it drops stays.
_NEAR = 0.2
_KEPT = 8
# A Chinese word with fewer English words than this has expressions too, so many at most.
_ENOUGH, _EXPRESSIONS = 2, 3


def main() -> None:
    """Write the lexicon."""
    import jieba

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/*.jsonl.gz")
    parser.add_argument("--out", type=Path, default=Path("assistant/understanding/lexicon.tsv"))
    options = parser.parse_args()
    with (Path(jieba.__file__).parent / "dict.txt").open(encoding="utf-8") as file:
        chinese = Counter({word: int(count) for word, count, _ in (line.split() for line in file)})
    english = _english_counts(options.data / "train")
    glosses = _glosses(options.data / "train", chinese)
    groups = [
        [_key(word) for word in line.split()]
        for line in (Path(__file__).parent / "synonyms.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    words = sorted(glosses)
    vectors = dict(zip(words, load_embedder().encode(words), strict=True))

    def near(word: str, other: str) -> bool:
        return float(vectors[word] @ vectors[other]) >= _NEAR

    rows = lexicon(chinese, english, glosses, groups, near)
    text = "\n".join([HEADER, *(f"{word}\t{rarity:.1f}\t{' '.join(others)}" for word, rarity, others in rows)])
    options.out.write_text(text + "\n", encoding="utf-8")
    print(f"{options.out}: {len(rows)} words")


def lexicon(
    chinese: Counter[str],
    english: Counter[str],
    glosses: dict[str, set[str]],
    groups: list[list[str]],
    near: Callable[[str, str], bool],
) -> list[tuple[str, float, list[str]]]:
    """(word, rarity, words that can stand for it), Chinese first, each in order.

    near: whether two Chinese words that share one gloss, and nothing else, are taken to say the same.
    """

    def same(word: str, other: str) -> bool:
        by_form = other.isascii() or set(word) & set(other)
        return bool(by_form) or len(glosses[word] & glosses[other]) > 1 or near(word, other)

    by_gloss: dict[str, set[str]] = defaultdict(set)
    for word, meanings in glosses.items():
        for meaning in meanings:
            by_gloss[meaning].add(word)
    alike: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        for word in group:
            alike[word] += [other for other in group if other != word]
    for word, meanings in glosses.items():
        shared: dict[str, float] = defaultdict(float)
        for meaning in meanings:
            if " " not in meaning and english[meaning]:
                shared[meaning] += 1
            if len(by_gloss[meaning]) <= _COMMON_GLOSS:
                for other in by_gloss[meaning] - {word}:
                    shared[other] += 1 / len(by_gloss[meaning])
        likest = sorted(shared, key=lambda o: (-shared[o], -chinese[o] - english[o], o))[:_KEPT]
        alike[word] += [other for other in likest if same(word, other)]
        if sum(other.isascii() for other in alike[word]) < _ENOUGH:
            alike[word] += _expressions(meanings, english)
    for meaning, words in by_gloss.items():
        if " " not in meaning and english[meaning] and len(words) <= 3 * _COMMON_GLOSS:
            alike[meaning] += sorted(words, key=lambda w: (-chinese[w], w))[:_KEPT]
    totals = sum(chinese.values()), sum(english.values())
    kept = {w for w, n in chinese.items() if _HAN.fullmatch(w) and (n >= 200 or (w in alike and n >= 20))}
    # 人才短缺 is two words to cut a question into, and may still stand for one.
    kept |= {w for group in groups for w in group if _HAN.fullmatch(w) and not {w[:2], w[2:]} <= kept}
    rows = [(w, log(totals[0] / max(chinese[w], 3)), _unique(alike[w])) for w in sorted(kept)]
    stems = {w for w, n in english.items() if n >= 20} | {w for group in groups for w in group if w.isascii()}
    rows += [(w, log(totals[1] / max(english[w], 3)), _unique(alike[w])) for w in sorted(stems)]
    return rows


def _expressions(meanings: set[str], english: Counter[str]) -> list[str]:
    """What glosses of several words say, each joined by underscores: 养蜂 is told by "raise" and "bees" together."""
    told = ([w for w in meaning.split() if w not in STOPWORDS_EN] for meaning in sorted(meanings) if " " in meaning)
    return ["_".join(words) for words in told if len(words) > 1 and all(english[w] for w in words)][:_EXPRESSIONS]


def _unique(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))[: 3 * _KEPT]


def _key(word: str) -> str:
    """An English word as search sees it; a Chinese one as it is."""
    return terms(word)[0] if word.isascii() else word


def _glosses(folder: Path, chinese: Counter[str]) -> dict[str, set[str]]:
    """For each Chinese word its short English glosses, stemmed."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in _lines(folder / "dictionary_zh_en.jsonl.gz"):
        word = entry["zh"]
        if not _HAN.fullmatch(word) or chinese[word] < 20:
            continue
        for gloss in entry["en"]:
            if re.match(r"[A-Z]|abbr|variant|CL:|see |also ", gloss):
                continue
            for part in re.split(r"[;,/]", re.sub(r"\([^)]*\)", "", gloss)):
                words = re.sub(r"^(?:to be |to |a |an |the )", "", part.strip().lower()).strip()
                if re.fullmatch(r"[a-z]+(?: [a-z]+)?", words) and len(words) > 2:
                    found[word].add(" ".join(terms(words)))
    return found


def _english_counts(folder: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name in ("pairs_en_zh_open", "pairs_en_zh_tatoeba"):
        for number, pair in enumerate(_lines(folder / f"{name}.jsonl.gz")):
            # More than half of the open pairs are statutes: every fifth is enough to know the words of law.
            if pair.get("source") != "tw_law" or number % 5 == 0:
                counts.update(t for t in terms(pair["en"]) if t.isalpha() and t.isascii())
    return counts


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


if __name__ == "__main__":
    main()
