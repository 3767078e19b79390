"""The thesaurus in the form that it is read in: `python -m index.training.thesaurus` writes assistant/understanding/thesaurus.tsv.

Each line of thesaurus.txt is one meaning: words that people ask with, and words of policy texts. Each line of the result is
one way of asking, with the words of all its meanings, the first ones of each meaning first.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

from index.analysis import regular, terms

HEADER = (
    "# How people ask, and the words of policy texts for it; made by index/training/thesaurus.py from thesaurus.txt."
)


def main() -> None:
    """Write the thesaurus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("assistant/understanding/thesaurus.tsv"))
    options = parser.parse_args()
    rows = thesaurus((Path(__file__).parent / "thesaurus.txt").read_text(encoding="utf-8").splitlines())
    options.out.write_text(written(rows), encoding="utf-8")
    print(f"{options.out}: {len(rows)} ways of asking")


def written(rows: dict[str, list[str]]) -> str:
    """The lines of thesaurus.tsv."""
    lines = [f"{asked}\t{' '.join(texts)}" for asked, texts in sorted(rows.items())]
    return "\n".join([HEADER, *lines]) + "\n"


def thesaurus(lines: Iterable[str]) -> dict[str, list[str]]:
    """For each way of asking the words of policy texts."""
    sides = [line.split(" | ") for line in lines if not line.startswith("#")]
    spelt: dict[str, set[str]] = defaultdict(set)
    for asked, _ in sides:
        for word in asked.split():
            spelt[_key(word)].add(word)
    meanings: dict[str, list[list[str]]] = defaultdict(list)
    for asked, texts in sides:
        for word in asked.split():
            told = [other for other in map(_key, texts.split()) if other != _key(word)]
            # Customers and customs have one stem, and nothing else in common.
            several = len(spelt[_key(word)]) > 1 and not _inflected(spelt[_key(word)])
            for key in (word, word + "s") if several else (_key(word),):
                meanings[key].append(told)
    found = {
        word: list(dict.fromkeys(other for place in zip_longest(*rows) for other in place if other))
        for word, rows in meanings.items()
    }
    return {word: texts for word, texts in found.items() if word and texts}


def _inflected(words: Iterable[str]) -> bool:
    """Whether English words with one stem are forms of one word: apply, applies, applied, applying."""
    bases = {re.sub(r"(?:ies|ied|ying|y|e?s|e?d|ing|e|'s)$", "", regular(word)) for word in words}
    return len({re.sub(r"(.)\1$", r"\1", base) for base in bases}) == 1


def _key(word: str) -> str:
    """An English word as search sees it, an expression joined by underscores; a Chinese one as it is."""
    return "_".join(terms(word)) if word.isascii() else word


if __name__ == "__main__":
    main()
