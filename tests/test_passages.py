"""Passages: all words once, in order, none across a heading, and each sentence where it says it is."""

from pathlib import Path

from index.documents import read_document
from index.passages import PASSAGE_LENGTH, split, width
from index.store import SHIPPED_CORPUS


def test_the_passages_of_the_paper_hold_each_of_its_paragraphs_once() -> None:
    document = read_document(SHIPPED_CORPUS / "dual-circulation.md")
    covered = [False] * len(document.text)
    for passage in split(document):
        for sentence in passage.sentences:
            for i in range(sentence.start, sentence.end):
                assert not covered[i]
                covered[i] = True
    paragraphs = {
        i for b in document.blocks if not b.heading for i in range(b.start, b.end) if not document.text[i].isspace()
    }
    assert paragraphs == {i for i, c in enumerate(covered) if c and not document.text[i].isspace()}


def test_passages_stay_within_one_section_and_know_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# A\n\n甲。\n\n# B\n\n乙。\n\n丙。\n", encoding="utf-8")
    document = read_document(path)
    passages = split(document)
    assert [document.text[p.start : p.end] for p in passages] == ["甲。", "乙。\n\n丙。"]
    assert [document.sections[p.section].title for p in passages] == ["A", "B"]


def test_a_long_section_is_cut_between_sentences(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("企业应当公开信息。" * 400, encoding="utf-8")
    passages = split(read_document(path))
    assert len(passages) > 3
    document = read_document(path)
    for passage in passages:
        assert document.text[passage.end - 1] == "。"
        assert width(document.text[passage.start : passage.end]) <= 2.1 * PASSAGE_LENGTH


def test_each_sentence_has_its_translation() -> None:
    document = read_document(SHIPPED_CORPUS / "dual-circulation.md")
    assert all(sentence.translation for passage in split(document) for sentence in passage.sentences)
