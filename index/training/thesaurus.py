"""The thesaurus in the form that it is read in: `python -m index.training.thesaurus` writes assistant/understanding/thesaurus.tsv.

Each line of thesaurus.txt is one meaning: words that people ask with, and words of policy texts. Each line of the result is
one way of asking, with the words of all its meanings, the first ones of each meaning first.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

from index.analysis import terms

HEADER = (
    "# How people ask, and the words of policy texts for it; made by index/training/thesaurus.py from thesaurus.txt."
)


def main() -> None:
    """Write the thesaurus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("assistant/understanding/thesaurus.tsv"))
    options = parser.parse_args()
    rows = thesaurus((Path(__file__).parent / "thesaurus.txt").read_text(encoding="utf-8").splitlines())
    lines = [f"{asked}\t{' '.join(texts)}" for asked, texts in sorted(rows.items())]
    options.out.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    print(f"{options.out}: {len(rows)} ways of asking")


def thesaurus(lines: Iterable[str]) -> dict[str, list[str]]:
    """For each way of asking the words of policy texts."""
    meanings: dict[str, list[list[str]]] = defaultdict(list)
    for line in lines:
        if not line.startswith("#"):
            asked, texts = ([_key(word) for word in side.split()] for side in line.split(" | "))
            for word in asked:
                meanings[word].append([other for other in texts if other != word])
    found = {
        word: list(dict.fromkeys(other for place in zip_longest(*rows) for other in place if other))
        for word, rows in meanings.items()
    }
    return {word: texts for word, texts in found.items() if word and texts}


def _key(word: str) -> str:
    """An English word as search sees it, an expression joined by underscores; a Chinese one as it is."""
    return "_".join(terms(word)) if word.isascii() else word


if __name__ == "__main__":
    main()
