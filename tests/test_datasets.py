"""Public question sets are read from small files of each form, and become documents and a suite that lint finds nothing wrong with."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.datasets import beir, nomiracl, rgb, squad
from eval.datasets.conversion import Choice, convert
from eval.datasets.reading import is_suite, read_paragraphs, read_set
from eval.datasets.sets import Paragraph, SetError, merged
from eval.lint import lint
from eval.suites import load_suite

TRAIN = "火车须提前两天预订。*注意*：[1] 票价不退。"
HOTEL = "酒店每晚不超过400元。\n\n超出部分自付。"
MEAL = "餐费每天80元，凭票报销。"


def write(path: Path, *rows: object, lines: bool = True) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(text + ("\n" if lines else ""), encoding="utf-8")
    return path


def squad_file(folder: Path) -> Path:
    def paragraph(text: str, question: str, answer: str) -> dict[str, Any]:
        answers = [{"text": answer, "answer_start": text.find(answer)}]
        return {"context": text, "qas": [{"id": question, "question": question, "answers": answers}]}

    travel = [paragraph(TRAIN, "火车要提前几天订？", "两天"), paragraph(HOTEL, "酒店每晚最多多少钱？", "400元")]
    data = [
        {"title": "差旅", "paragraphs": travel},
        {"title": "餐费", "paragraphs": [paragraph(MEAL, "餐费多少？", "80元")]},
    ]
    return write(folder / "cmrc2018_tiny.json", {"data": data})


def beir_folder(folder: Path) -> Path:
    write(
        folder / "corpus.jsonl",
        {"_id": "d", "title": "T", "text": "Trains are booked early."},
        {"_id": "e", "text": "Nothing."},
    )
    write(folder / "queries.jsonl", {"_id": "q", "text": "When are trains booked?"}, {"_id": "r", "text": "unjudged"})
    write(folder / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore\nq\td\t2\nq\te\t0")
    return folder


def test_squad_answers_are_the_sentences_around_them(tmp_path: Path) -> None:
    one = squad.read(squad_file(tmp_path))
    assert [paragraph.article for paragraph in one.paragraphs] == ["差旅", "差旅", "餐费"]
    assert one.questions[0].quotes == {"p0": "火车须提前两天预订。"}
    assert one.questions[1].answers == (("400元",),)
    assert (one.name, one.licence, len(one.digest)) == ("cmrc2018_tiny", "CC BY-SA 4.0", 64)


def test_squad_2_has_questions_without_an_answer(tmp_path: Path) -> None:
    entry = {"context": TRAIN, "qas": [{"id": "a", "question": "飞机呢？", "is_impossible": True, "answers": []}]}
    (question,) = squad.read(write(tmp_path / "a.json", {"data": [{"paragraphs": [entry]}]})).questions
    assert not question.relevant


def test_beir_keeps_grades_and_leaves_unjudged_questions_out(tmp_path: Path) -> None:
    one = beir.read(beir_folder(tmp_path / "beir"))
    assert [(question.id, question.relevant) for question in one.questions] == [("q", {"d": 2.0})]
    assert read_set(tmp_path / "beir") == one


def test_pairs_ask_in_one_language_for_the_other(tmp_path: Path) -> None:
    one = read_set(write(tmp_path / "b.jsonl", {"en": "one", "zh": "一"}))
    assert (one.questions[0].text, one.paragraphs[0].text) == ("one", "一")


ROW = {
    "id": 7,
    "query": "几天？",
    "answer": [["两天", "2天"]],
    "positive": ["提前两天。", "要2天。"],
    "negative": list("甲乙丙丁戊"),
}


@pytest.mark.parametrize(("noise", "right"), [(0.0, 2), (0.4, 2), (0.8, 1), (1.0, 0)])
def test_rgb_gives_each_question_passages_of_its_own(tmp_path: Path, noise: float, right: int) -> None:
    one = rgb.read(write(tmp_path / "zh.json", ROW), rgb.Draw(5, noise))
    (question,) = one.questions
    assert len(question.relevant) == right
    assert len(question.within) == len(one.paragraphs) == right + min(5, -int(-5 * noise // 1))
    assert one.licence == "CC BY-NC-SA 4.0"
    assert one == rgb.read(tmp_path / "zh.json", rgb.Draw(5, noise))  # seeded


def test_rgb_parts_of_an_answer_each_get_a_passage(tmp_path: Path) -> None:
    row = ROW | {"answer": ["两天", ["400", "四百"]], "positive": [["提前两天。", "两天前。"], ["400元。"]]}
    (question,) = rgb.read(write(tmp_path / "zh_int.json", row), rgb.Draw(3, 0.8)).questions
    assert sorted(question.quotes.values()) == ["400元。", "提前两天。"]
    assert (question.kind, question.answers) == ("cross", (("两天",), ("400", "四百")))


def test_rgb_wrong_passages_stand_beside_right_ones(tmp_path: Path) -> None:
    row = ROW | {"positive_wrong": ["提前九天。", "要9天。"]}
    one = rgb.read(write(tmp_path / "zh_fact.json", row), rgb.Draw(2, 0))
    assert one.questions[0].kind == "counterfactual"
    assert sorted("9" in p.text or "九" in p.text for p in one.paragraphs) == [False, True]


def nomiracl_folder(folder: Path) -> Path:
    write(
        folder / "corpus.jsonl",
        {"docid": "1#0", "title": "火车", "text": TRAIN},
        {"docid": "2#0", "title": "酒店", "text": HOTEL},
    )
    write(folder / "topics" / "test.relevant.tsv", "a\t火车要提前几天订？")
    write(folder / "topics" / "test.non_relevant.tsv", "b\t谁是校长？")
    write(folder / "qrels" / "test.relevant.tsv", "a\tQ0\t1#0\t1\na\tQ0\t2#0\t0")
    write(folder / "qrels" / "test.non_relevant.tsv", "b\tQ0\t2#0\t0")
    return folder


def test_nomiracl_has_both_halves(tmp_path: Path) -> None:
    one = nomiracl.read(nomiracl_folder(tmp_path / "chinese"))
    assert [(question.relevant, question.within) for question in one.questions] == [
        ({"1#0": 1.0}, ("1#0", "2#0")),
        ({}, ("2#0",)),
    ]


@pytest.mark.parametrize("name", ["squad", "beir", "rgb", "nomiracl"])
def test_what_is_imported_is_a_clean_suite(tmp_path: Path, name: str) -> None:
    one = {
        "squad": lambda: squad.read(squad_file(tmp_path)),
        "beir": lambda: beir.read(beir_folder(tmp_path / "b")),
        "rgb": lambda: rgb.read(write(tmp_path / "zh.json", ROW)),
        "nomiracl": lambda: nomiracl.read(nomiracl_folder(tmp_path / "n")),
    }[name]()
    written = convert(one, tmp_path / "out", Choice(), [Paragraph("x", "# 无关\n文字")])
    suite, findings = lint(written.suite)
    assert not [finding for finding in findings if finding.level == "error"]
    assert not written.left_out
    assert len(suite.cases) == len(one.questions) == written.answerable + written.unanswerable
    if one.questions[0].within:
        assert all(case.documents for case in suite.cases)


def test_documents_hold_the_words_as_they_were(tmp_path: Path) -> None:
    written = convert(squad.read(squad_file(tmp_path)), tmp_path / "out", Choice())
    from index.documents import read_document

    travel = read_document(tmp_path / "out" / "corpus" / "差旅.md")
    assert (travel.id, travel.title) == ("差旅", "差旅")
    assert TRAIN in travel.text
    assert load_suite(written.suite).cases[0].answers == ("两天",)


def test_withheld_paragraphs_leave_their_questions_unanswerable(tmp_path: Path) -> None:
    written = convert(squad.read(squad_file(tmp_path)), tmp_path / "out", Choice(withheld=0.4, seed=1))
    assert (written.answerable, written.unanswerable) == (2, 1)
    texts = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out" / "corpus").iterdir())
    for case in load_suite(written.suite).cases:
        asked = next(q for q in squad.read(tmp_path / "cmrc2018_tiny.json").questions if q.id == case.id)
        assert (asked.answers[0][0] in texts) == case.answerable


def test_a_withheld_question_that_its_article_still_answers_is_left_out(tmp_path: Path) -> None:
    def paragraph(text: str) -> dict[str, Any]:
        return {"context": text, "qas": [{"id": text, "question": text, "answers": [{"text": "两天"}]}]}

    data = [{"title": "差旅", "paragraphs": [paragraph("须两天。"), paragraph("也是两天。")]}]
    one = squad.read(write(tmp_path / "a.json", {"data": data}))
    written = convert(one, tmp_path / "out", Choice(withheld=0.5))
    assert (written.answerable, written.unanswerable, sum(written.left_out.values())) == (1, 0, 1)


def test_a_limit_is_drawn_by_its_seed(tmp_path: Path) -> None:
    one = squad.read(squad_file(tmp_path))
    drawn = [
        [case.id for case in load_suite(convert(one, tmp_path / str(n), Choice(limit=2, seed=5)).suite).cases]
        for n in range(2)
    ]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 2


def test_several_sets_are_pooled_with_their_ids_apart(tmp_path: Path) -> None:
    one = squad.read(squad_file(tmp_path))
    both = merged([one, beir.read(beir_folder(tmp_path / "b"))])
    assert both.name == "cmrc2018_tiny+b"
    assert len({question.id for question in both.questions}) == 4
    assert both.questions[0].relevant == {"cmrc2018_tiny/p0": 1.0}


def test_paragraphs_for_distraction_come_from_many_forms(tmp_path: Path) -> None:
    rows = write(tmp_path / "n.jsonl", {"text": "甲"}, {"passages": ["乙", ["丙。", "丁。"]]})
    assert [p.text for p in read_paragraphs(rows)] == ["甲", "乙", "丙。丁。"]
    assert len(read_paragraphs(rows, 2)) == 2
    assert len(read_paragraphs(squad_file(tmp_path))) == 3
    with pytest.raises(SetError, match='expected JSON lines with "text" or "passages"'):
        read_paragraphs(write(tmp_path / "m.jsonl", {"words": "甲"}))


@pytest.mark.parametrize(
    ("name", "rows", "says"),
    [
        ("a.json", ["[]"], "a.json: found no such set .*, expected SQuAD-style JSON"),
        ("a.json", [{"data": []}], "a.json: found no question in it"),
        ("b.jsonl", [{"en": "a"}], "b.jsonl: found no such set .*'zh'.* expected JSON lines"),
        ("b.jsonl", [{"en": "a", "zh": "一"}, "{"], "b.jsonl:2: found no JSON"),
        ("b.jsonl", ["3"], "b.jsonl:1: found '3', expected an object"),
    ],
)
def test_what_is_no_set_is_named(tmp_path: Path, name: str, rows: list[object], says: str) -> None:
    with pytest.raises(SetError, match=says):
        read_set(write(tmp_path / name, *rows))


def test_a_wrong_judgement_is_named_by_its_line(tmp_path: Path) -> None:
    folder = beir_folder(tmp_path / "b")
    write(folder / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore", "q\tz\t1")
    with pytest.raises(SetError, match=r"test.tsv:2: found 'z', expected an _id of"):
        beir.read(folder)
    write(folder / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore", "q d 1")
    with pytest.raises(SetError, match=r"test.tsv:2: found 'q d 1', expected query-id"):
        beir.read(folder)


def test_a_folder_with_something_in_it_is_not_written_over(tmp_path: Path) -> None:
    squad_file(tmp_path)
    with pytest.raises(SetError, match="expected an empty folder or none; choose another --out"):
        convert(squad.read(tmp_path / "cmrc2018_tiny.json"), tmp_path, Choice())


def test_suites_are_told_from_sets(tmp_path: Path) -> None:
    assert is_suite(Path(__file__).parent.parent / "eval" / "suites" / "laws.jsonl")
    assert not is_suite(write(tmp_path / "b.jsonl", {"en": "a", "zh": "一"}))
