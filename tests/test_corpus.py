"""The shipped corpus says what the paper says: the Chinese text equals the extract, and the translation pairs with it
heading by heading, paragraph by paragraph and sentence by sentence. How good the translation reads is not tested."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXTRACT = ROOT / "tests" / "data" / "paper_extract.txt"
CHINESE = ROOT / "index" / "corpus" / "dual-circulation.md"
ENGLISH = ROOT / "index" / "corpus" / "dual-circulation.en.md"

HEADING = re.compile(r"(#+) (?:(\d+(?:\.\d+)*\.|\d+\)) )?(.+)")
SENTENCE = re.compile(r"\S.*?(?:[。！？]”?|[.!?]”?(?=\s|$))")
REFERENCE = re.compile(r"\[\d+\]")
NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
# Numbers that Chinese writes in words and English in digits.
NUMBER_WORDS = {"十四五": "14"}


@dataclass
class Section:
    level: int
    number: str
    heading: str
    paragraphs: list[str] = field(default_factory=list)


def split_front_matter(path: Path) -> tuple[dict[str, str], str]:
    _, front, body = re.split(r"^---\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
    pairs = (line.partition(": ") for line in front.splitlines())
    return {key: value for key, _, value in pairs}, body


def read_sections(path: Path) -> list[Section]:
    sections: list[Section] = []
    for block in split_front_matter(path)[1].strip().split("\n\n"):
        assert "\n" not in block, f"one block, one line: {block}"
        if heading := HEADING.fullmatch(block):
            sections.append(Section(len(heading[1]), heading[2] or "", heading[3]))
        else:
            sections[-1].paragraphs.append(block)
    return sections


def split_sentences(paragraph: str) -> list[str]:
    return SENTENCE.findall(paragraph)


def find_numbers(sentence: str) -> list[str]:
    for words, digits in NUMBER_WORDS.items():
        sentence = sentence.replace(words, digits)
    return sorted(NUMBER.findall(sentence))


def without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)


def sentence_pairs() -> list[tuple[str, str]]:
    return [
        pair
        for chinese, english in zip(read_sections(CHINESE), read_sections(ENGLISH), strict=True)
        for source, translation in zip(chinese.paragraphs, english.paragraphs, strict=True)
        for pair in zip(split_sentences(source), split_sentences(translation), strict=True)
    ]


def test_chinese_text_equals_the_extract() -> None:
    extract = re.sub(r"(?<=[a-z])-\s*\n\s*(?=[a-z])", "", EXTRACT.read_text(encoding="utf-8"))
    body = re.sub(r"^#+ ", "", split_front_matter(CHINESE)[1], flags=re.MULTILINE)
    assert without_space(body) == without_space(extract)


def test_chinese_heading_tree_is_the_papers() -> None:
    tree = [f"{section.level} {section.number or section.heading}" for section in read_sections(CHINESE)]
    assert tree == [
        *["1 摘要", "1 Abstract", "1 1."],
        *["1 2.", "2 2.1.", "2 2.2.", "2 2.3."],
        "1 3.",
        *["1 4.", "2 4.1.", "3 1)", "3 2)", "2 4.2.", "3 1)", "3 2)", "2 4.3.", "3 1)", "3 2)"],
        *["1 5.", "2 5.1.", "3 1)", "3 2)", "3 3)", "2 5.2.", "3 1)", "3 2)", "2 5.3.", "3 1)", "3 2)"],
        "1 6.",
    ]


def test_translation_has_the_same_sections_and_paragraphs() -> None:
    def shape(path: Path) -> list[tuple[int, str, int]]:
        return [(section.level, section.number, len(section.paragraphs)) for section in read_sections(path)]

    assert shape(ENGLISH) == shape(CHINESE)


def test_translation_has_the_same_sentences_per_paragraph() -> None:
    def shape(path: Path) -> list[list[int]]:
        return [[len(split_sentences(text)) for text in section.paragraphs] for section in read_sections(path)]

    assert shape(ENGLISH) == shape(CHINESE)


@pytest.mark.parametrize("path", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_sentences_cover_each_paragraph(path: Path) -> None:
    for section in read_sections(path):
        for paragraph in section.paragraphs:
            assert without_space("".join(split_sentences(paragraph))) == without_space(paragraph)


def test_each_sentence_pair_has_the_same_numbers_and_reference_marks() -> None:
    for chinese, english in sentence_pairs():
        assert REFERENCE.findall(english) == REFERENCE.findall(chinese), english
        assert find_numbers(english) == find_numbers(chinese), english


def test_the_papers_own_english_abstract_is_left_alone() -> None:
    chinese, english = ({s.heading: s.paragraphs for s in read_sections(path)} for path in (CHINESE, ENGLISH))
    assert english["Abstract"] == chinese["Abstract"]
    assert english["Abstract (translated from the Chinese)"] != chinese["Abstract"]


def test_translation_is_english_and_marked_as_unofficial() -> None:
    metadata, body = split_front_matter(ENGLISH)
    assert not re.search(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", body)
    assert (metadata["id"], metadata["translation_of"]) == ("dual-circulation.en", "dual-circulation")
    assert metadata["note"].startswith("Unofficial translation made by this project")


@pytest.mark.parametrize("path", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_metadata_invents_nothing(path: Path) -> None:
    metadata, _ = split_front_matter(path)
    known = {"id", "title", "title_en", "title_note", "language", "source"}
    known |= {"translation", "translation_of", "note", "abstract_note"}
    assert set(metadata) <= known, "the extract carries no authors, date, journal or DOI"
    assert "given by this project" in metadata["title_note"]
    assert all(metadata.values())
