"""Documents: text, headings and offsets of Markdown and plain text, and clear errors for what cannot be read."""

from pathlib import Path

import pytest

from index.documents import Document, find_documents, read_document
from index.errors import DocumentError


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def outline(document: Document) -> list[tuple[int, str, str, str]]:
    return [(s.depth, s.number, s.label, s.title) for s in document.sections]


def test_markdown_headings_make_a_tree(tmp_path: Path) -> None:
    document = read_document(
        write(
            tmp_path,
            "a.md",
            "# 1. 总体\n\n开头。\n\n## 1.1 企业\n\n### 1) 制度\n\n**完善**制度。\n\n# 2. 其他\n\n完。\n",
        )
    )
    assert outline(document) == [
        (0, "1", "1", "总体"),
        (1, "1.1", "1.1", "企业"),
        (2, "1.1", "1)", "制度"),
        (0, "2", "2", "其他"),
    ]
    assert document.sections[2].path == ("总体", "企业", "制度")
    assert "完善制度。" in document.text


def test_section_offsets_hold_their_words(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, "a.md", "# A\n\none.\n\n## B\n\ntwo.\n\n# C\n\nthree.\n"))
    first = document.sections[0]
    assert document.text[first.start : first.body] == "A"
    assert document.text[first.body : first.end].split() == ["one.", "B", "two."]


def test_articles_of_a_law_are_sections_with_their_words(tmp_path: Path) -> None:
    law = "# 某法\n\n## 第一章 总则\n\n第一条 为了发展。\n\n本法所称企业。\n\n第二条 依照第一条办理。\n\n第一条规定的企业除外。\n"
    document = read_document(write(tmp_path, "law.md", law))
    assert [s.number for s in document.sections] == ["", "第一章", "第一条", "第二条"]
    last = document.sections[-1]
    assert document.text[last.body : last.end].startswith("第二条 依照第一条办理。")
    assert "第一条规定的企业除外。" in document.text[last.body : last.end]


def test_plain_text_headings_and_wrapped_lines(tmp_path: Path) -> None:
    text = "1. 总则\n\n本办法适用于\n所有企业。\n\n1.1 范围\n\nIt applies to\nall staff.\n\n第二章 附则\n\n施行。\n"
    document = read_document(write(tmp_path, "a.txt", text))
    assert [s.title for s in document.sections] == ["总则", "范围", "附则"]
    assert "本办法适用于所有企业。" in document.text
    assert "It applies to all staff." in document.text


def test_tables_and_lists_keep_their_words(tmp_path: Path) -> None:
    document = read_document(
        write(tmp_path, "a.md", "# T\n\n- first item\n- second item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    )
    assert "- first item" in document.text
    assert "1 | 2" in document.text


def test_scripts_and_comments_are_words_or_nothing(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, "a.md", "# T\n\nsafe <!-- hidden --> text ![alt](https://x.test/i.png)\n"))
    assert document.text == "T\n\nsafe  text alt"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("a.pdf", b"%PDF", ".pdf"), ("a.md", b"", "no text"), ("a.txt", b"\xff\xfe\x00\x01\x00", "UTF-8")],
)
def test_unreadable_files_say_what_was_found(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=says):
        read_document(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        read_document(tmp_path / "gone.md")


def test_gb18030_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("政策文件。".encode("gb18030"))
    assert read_document(path).text == "政策文件。"


def test_a_translation_stands_beside_its_original(tmp_path: Path) -> None:
    write(tmp_path, "a.en.md", "---\ntranslation_of: a\n---\n# One\n\nFirst. Second.\n")
    path = write(tmp_path, "a.md", "---\ntranslation: a.en.md\n---\n# 一\n\n甲。乙。\n")
    document = read_document(path)
    assert document.translation is not None
    assert find_documents([tmp_path]) == [path]


def test_a_translation_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.en.md", "# One\n\nFirst.\n")
    path = write(tmp_path, "a.md", "---\ntranslation: a.en.md\n---\n# 一\n\n甲。乙。\n")
    with pytest.raises(DocumentError, match="found 1 sentences, expected 2"):
        read_document(path)


def test_numbered_paragraphs_are_sections_and_amounts_are_not(tmp_path: Path) -> None:
    text = "# Rules\n\n## 4. Records\n\n4.1 Staff shall keep logs.\n\nThey are private.\n\n4.2 Logs last 30 days.\n\n4.5 million were spent.\n"
    document = read_document(write(tmp_path, "rules.md", text))
    assert [s.number for s in document.sections] == ["", "4", "4.1", "4.2"]
    first = document.sections[2]
    assert document.text[first.body : first.end].split("\n\n")[:2] == [
        "4.1 Staff shall keep logs.",
        "They are private.",
    ]


@pytest.mark.parametrize(
    ("heading", "number"), [("## 1 Records", "1"), ("## 第一章 Records", "第一章"), ("## 1. Records", "1")]
)
def test_a_numbered_paragraph_belongs_to_the_chapter_of_its_first_number(
    tmp_path: Path, heading: str, number: str
) -> None:
    path = tmp_path / "rules.md"
    path.write_text(f"# Rules\n\n{heading}\n\n1.1 Staff shall keep logs.\n\n1.2 Logs last 30 days.\n", encoding="utf-8")
    assert [s.number for s in read_document(path).sections] == ["", number, "1.1", "1.2"]


@pytest.mark.parametrize("heading", ["## 30 天内缴费的规定", "## 12 March 2024", "## 10 Tips"])
def test_a_heading_that_opens_with_a_number_is_numbered_only_in_a_row(tmp_path: Path, heading: str) -> None:
    document = read_document(write(tmp_path, "a.md", f"# A\n\n{heading}\n\nText.\n"))
    assert [s.number for s in document.sections] == ["", ""]
