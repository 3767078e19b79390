"""Syllables and their characters: `python -m index.training.pinyin` writes assistant/understanding/pinyin.tsv.

The 6,763 characters of GB 2312 with all their readings by pypinyin (MIT), without tones.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HEADER = "# Syllables of pinyin and the characters read so; made by index/training/pinyin.py with pypinyin (MIT)."


def main() -> None:
    """Write the table."""
    from pypinyin import Style, pinyin

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("assistant/understanding/pinyin.tsv"))
    options = parser.parse_args()
    read: dict[str, list[str]] = defaultdict(list)
    for character in _characters():
        for syllable in pinyin(character, style=Style.NORMAL, heteronym=True)[0]:
            read[syllable.replace("ü", "v")].append(character)
    rows = [f"{syllable}\t{''.join(characters)}" for syllable, characters in sorted(read.items())]
    options.out.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    print(f"{options.out}: {len(rows)} syllables")


def _characters() -> Iterator[str]:
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                continue  # the last row of the common characters is not full


if __name__ == "__main__":
    main()
