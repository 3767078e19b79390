"""The index folder: it explains itself, is replaced in one step, and says what mends it when it does not fit."""

import json
import os
from pathlib import Path

import pytest

from index.errors import DocumentError, IndexMismatch, IndexMissing
from index.store import PassageIndex, build_index


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text("# 总则\n\n企业应当公开信息。\n\n# 罚则\n\n违者罚款一百二十元。\n", encoding="utf-8")
    build_index([tmp_path / "a.md"], tmp_path / "index")
    return tmp_path / "index"


def test_an_index_finds_the_passage_that_a_question_quotes(folder: Path) -> None:
    index = PassageIndex.open(folder)
    assert index.text(index.search("罚款120元")[0].passage) == "违者罚款一百二十元。"
    assert index.search("罚款")[0].score >= index.search("罚款")[1].score


def test_traditional_questions_rank_the_same(folder: Path) -> None:
    index = PassageIndex.open(folder)
    ranked = [[(h.passage.id, h.score) for h in index.search(q)] for q in ("企业应当公开什么", "企業應當公開什麼")]
    assert ranked[0] == ranked[1]


def test_there_is_no_pickle_in_it(folder: Path) -> None:
    assert {p.suffix for p in folder.rglob("*") if p.is_file()} == {".json", ".jsonl", ".npy", ".faiss"}


def test_building_again_replaces_the_index_and_leaves_nothing_behind(folder: Path) -> None:
    reader = PassageIndex.open(folder)
    other = folder.parent / "b.md"
    other.write_text("# 新\n\n新的规定。\n", encoding="utf-8")
    build_index([other], folder)
    assert list(PassageIndex.open(folder).documents) == ["b"]
    assert len(list(folder.glob("data-*"))) == 1
    assert reader.search("罚款")  # what was open goes on


def test_what_another_process_is_writing_is_left_alone_and_what_one_left_behind_is_not(folder: Path) -> None:
    writing, left = folder / "data-writing", folder / "data-left"
    writing.mkdir()
    left.mkdir()
    os.utime(left, (0, 0))
    build_index([folder.parent / "a.md"], folder)
    assert writing.is_dir()
    assert not left.exists()


def test_a_missing_index_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="assistant index build"):
        PassageIndex.open(tmp_path / "none")


@pytest.mark.parametrize("name", ["passages.jsonl", "vectors.faiss", "lexical/vocabulary.json"])
def test_a_truncated_file_is_named(folder: Path, name: str) -> None:
    (data,) = folder.glob("data-*")
    path = data / name
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(IndexMismatch, match=rf"{name}.*expected.*assistant index build"):
        PassageIndex.open(folder)


@pytest.mark.parametrize(("key", "value"), [("format", 99), ("model_fingerprint", "other"), ("passages", 7)])
def test_another_version_or_model_is_named(folder: Path, key: str, value: object) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, key: value}))
    with pytest.raises(IndexMismatch, match="assistant index build"):
        PassageIndex.open(folder)


def test_a_manifest_that_is_no_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("[]")
    with pytest.raises(IndexMismatch, match="format"):
        PassageIndex.open(folder)


def test_a_folder_with_other_things_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "keep").mkdir()
    (tmp_path / "keep" / "mine.txt").write_text("x")
    (tmp_path / "a.md").write_text("# A\n\nx.\n")
    with pytest.raises(IndexMismatch, match="no index"):
        build_index([tmp_path / "a.md"], tmp_path / "keep")


def test_two_documents_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.md").write_text("# A\n\nx.\n")
    with pytest.raises(DocumentError, match="second document called a"):
        build_index([tmp_path], tmp_path / "index")
