"""Proper names for the refusal check: `python -m index.training.names --data DIR` writes assistant/understanding/names.tsv.

From CC-CEDICT (CC BY-SA 4.0): headwords whose every gloss is a name; jieba (MIT) says which short ones are places, and
lends the places that the dictionary lacks. English forms are glosses, or pinyin for places that have none.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import defaultdict
from pathlib import Path

PLACE = re.compile(
    r"\b(?:city|cities|province|prefecture|county|municipality|country|republic|kingdom|island|state|continent|capital|"
    r"autonomous region|river|mountain|town|district)\b.{0,40}\b(?:in|of|on|near|,)|provincial (?:level )?city|economic zone",
    re.IGNORECASE,
)
# 馆里, 馆内: a place, and no name of one.
_INSIDE = frozenset("里内外上下间旁")
_ALSO = re.compile(r"(?:abbr|old name|also written|variant|see|surname|same as|used in)")
_CAPITAL = re.compile(r"[A-Z][^\W\d_A-Z]")
_ENGLISH = re.compile(r"[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|of|and|the)){0,4}")
# Capitals that tell no name of anybody or anywhere: days, months, the net, the currency.
_COMMON = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Internet|Renminbi"
)
HEADER = "# Proper names, Chinese and English; made by index/training/names.py from CC-CEDICT (CC BY-SA 4.0) and jieba (MIT)."


def main() -> None:
    """Write the list."""
    import jieba

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/dictionary_zh_en.jsonl.gz")
    parser.add_argument("--out", type=Path, default=Path("assistant/understanding/names.tsv"))
    options = parser.parse_args()
    glosses: dict[str, list[str]] = defaultdict(list)
    with gzip.open(options.data / "train" / "dictionary_zh_en.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            glosses[entry["zh"]] += entry["en"]
    with (Path(jieba.__file__).parent / "dict.txt").open(encoding="utf-8") as file:
        tags = {word: (int(count), tag) for word, count, tag in (line.split() for line in file)}
    names = proper_names(glosses, tags)
    rows = [f"{name}\t{english}" for name, english in sorted(names.items())]
    options.out.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    print(f"{options.out}: {len(rows)} names")


def proper_names(glosses: dict[str, list[str]], tags: dict[str, tuple[int, str]]) -> dict[str, str]:
    """Chinese name -> English name."""
    found: dict[str, str] = {}
    for word, meanings in glosses.items():
        if not re.fullmatch("[\u4e00-\u9fff]{2,8}", word) or word.endswith("化"):
            continue
        named = all(_CAPITAL.match(m) or PLACE.search(m) or _ALSO.match(m) for m in meanings)
        tag = tags.get(word, (0, ""))[1]
        if not named or _ALSO.match(meanings[0]) or (len(word) == 2 and not tag.startswith(("ns", "nt", "nr"))):
            continue
        english = _english(meanings[0])
        if _COMMON.fullmatch(english) or word.endswith("主义"):
            continue
        # A kind of place, or a saying about rivers, is glossed in small letters: special economic zone.
        place = [m for m in meanings if PLACE.search(m)]
        if english or (place and tag.startswith("ns")) or any(map(_CAPITAL.match, place)):
            found[word] = english or _pinyin(word)
    for word, (count, tag) in tags.items():
        if tag != "ns" or word in found or not re.fullmatch("[\u4e00-\u9fff]{2,6}", word) or word.endswith("化"):
            continue
        known = glosses.get(word)
        if any(map(_COMMON.match, known or [])) or (len(word) == 2 and word[-1] in _INSIDE):
            continue
        if (known is None and count >= 30) or (
            known and count >= 100 and any(PLACE.search(m) or _CAPITAL.match(m) for m in known)
        ):
            found[word] = _pinyin(word)
    return found


def _english(gloss: str) -> str:
    short = re.split(r"[,;(]| municipality| province| city| county| or ", gloss)[0].strip()
    short = short.removeprefix("the ").removeprefix("The ")
    return short if _ENGLISH.fullmatch(short) and short.isascii() else ""


def _pinyin(word: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(re.sub(r"(?<=..)[省市县区]$", "", word))).capitalize()


if __name__ == "__main__":
    main()
