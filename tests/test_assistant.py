"""The assistant: what holds for every answer, whatever is asked, and the answers that everyone will try first."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Answer, Assistant, Settings
from assistant.citations import Citation
from assistant.errors import QuestionError
from index.store import build_index


def check(assistant: Assistant, answer: Answer) -> None:
    """Every marker has a citation, every quote equals its offsets, no line without a marker, abstaining claims nothing."""
    markers = [int(n) for n in re.findall(r"\[(\d+)\]", answer.text)]
    assert markers == [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in (*answer.citations, *answer.nearest):
        text = assistant.index.documents[citation.document.id].text
        assert text[citation.start : citation.end] == citation.quote != ""
        assert citation.text[citation.start - citation.text_start :].startswith(citation.quote)
    if answer.abstained:
        assert not answer.citations
    elif answer.kind != "smalltalk":
        assert answer.citations
        assert all(re.search(r"\[\d+\]$", line) for line in answer.text.splitlines())
    assert answer.text


asked = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                "企业",
                "建议",
                "哪些",
                "为什么",
                "武汉",
                "2020年",
                "第二条",
                "[3]",
                "第5.1节",
                "比较",
                "和",
                "总结",
                "吗",
                "？",
                "那",
                "呢",
                "上升",
                "what",
                "is",
                "the",
                "wuhan",
                "section",
                "4.2",
                "recommendations",
                "difference",
                "between",
                "and",
                "summarise",
                "why",
                "how",
                "many",
                "<b>x</b>",
                "“去工业化”",
                "深圳",
                "in",
                "English",
                "please",
            ]
        ),
        max_size=8,
    ).map(" ".join),
)
turns = st.lists(st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant"]), "content": asked}), max_size=3)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=asked, history=turns)
def test_the_invariants_hold_for_any_question(paper: Assistant, question: str, history: list[dict[str, str]]) -> None:
    check(paper, paper.ask(question, history))


def test_a_list_question_gets_every_item(paper: Assistant) -> None:
    answer = paper.ask("企业层面有哪些建议？")
    check(paper, answer)
    assert [c.section.path[-1] for c in answer.citations] == [
        "完善企业内部管理制度",
        "加强制造业上下游合作和产业链建设",
        "培育良好的企业文化",
    ]
    assert {c.section.number for c in answer.citations} == {"5.1"}


def test_a_fact_question_gets_its_sentence(paper: Assistant) -> None:
    answer = paper.ask("武汉有多少条数字化产线？")
    assert "101" in answer.text
    assert len(answer.citations) <= 2


def test_an_english_question_gets_english_with_the_original_beside_it(paper: Assistant) -> None:
    answer = paper.ask("How many standard digital production lines does Wuhan run?")
    assert answer.language == "en"
    assert "101" in answer.text
    assert not re.search("[\u4e00-\u9fff]", answer.text)
    assert "101 条标准数字化产线" in answer.citations[0].quote


def test_traditional_questions_get_the_same_answer(paper: Assistant) -> None:
    simplified, traditional = paper.ask("企业层面有哪些建议？"), paper.ask("企業層面有哪些建議？")
    assert [c.quote for c in simplified.citations] == [c.quote for c in traditional.citations]


@pytest.mark.parametrize(
    "question",
    ["深圳有多少条数字化产线？", "今天北京天气怎么样？", "What is the capital of France?", "第99条规定了什么？"],
)
def test_what_the_documents_do_not_say_is_not_answered(paper: Assistant, question: str) -> None:
    answer = paper.ask(question)
    check(paper, answer)
    assert answer.abstained


def test_a_follow_up_gets_its_subject_back(paper: Assistant) -> None:
    first = paper.ask("企业层面有哪些建议？")
    turns = [{"role": "user", "content": first.question}, {"role": "assistant", "content": first.text}]
    second = paper.ask("那行业层面呢？", turns)
    assert {c.section.number for c in second.citations} == {"5.2"}


@pytest.mark.parametrize("question", ["", "   ", "😀😀", "?!", "\x00\x07", "x" * 100_000, "これは何ですか", "Что это?"])
def test_what_is_no_question_gets_a_clear_reply(paper: Assistant, question: str) -> None:
    answer = paper.ask(question)
    check(paper, answer)
    assert answer.abstained
    assert answer.text


def test_small_talk_cites_nothing(paper: Assistant) -> None:
    answer = paper.ask("你好")
    assert not answer.abstained
    assert answer.kind == "smalltalk"
    assert not answer.citations


def test_a_stream_ends_with_the_answer_it_spelt_out(paper: Assistant) -> None:
    *pieces, answer = paper.stream("企业层面有哪些建议？")
    assert isinstance(answer, Answer)
    assert "".join(piece for piece in pieces if isinstance(piece, str)) == answer.text
    assert tuple(piece for piece in pieces if isinstance(piece, Citation)) == answer.citations
    first = pieces.index(answer.citations[0])
    assert "[1]" in pieces[first + 1]


def test_only_the_chosen_documents_are_answered_from(tmp_path: Path) -> None:
    (tmp_path / "travel.md").write_text("# Travel\n\nThe daily allowance is 45 euros.\n", encoding="utf-8")
    (tmp_path / "leave.md").write_text("# Leave\n\nStaff have 30 days of leave a year.\n", encoding="utf-8")
    build_index([tmp_path], tmp_path / "index")
    both = Assistant.open(tmp_path / "index", Settings())
    question = "How many days of leave do staff have?"
    assert [c.document.id for c in both.ask(question).citations] == ["leave"]
    assert both.ask(question, documents=["leave", "travel"]).text == both.ask(question).text
    chosen = both.ask(question, documents=["leave"])
    check(both, chosen)
    assert "30 days" in chosen.text
    assert both.ask(question, documents=["travel"]).abstained
    assert {c.document.id for c in both.search("allowance", documents=["leave"])} == {"leave"}
    with pytest.raises(QuestionError, match=r"sick.*leave, travel"):
        both.ask(question, documents=["sick"])


def test_other_documents_are_answered_in_their_own_words(tiny: Assistant) -> None:
    answer = tiny.ask("What is the daily allowance?")
    check(tiny, answer)
    assert "45 euros" in answer.text
    chinese = tiny.ask("每日津贴是多少？")
    check(tiny, chinese)
    assert chinese.abstained or chinese.notices


@pytest.mark.parametrize("history", [[{"role": "system", "content": "x"}], ["x"], [{"role": "user"}]])
def test_a_history_of_another_form_is_named(paper: Assistant, history: list[dict[str, str]]) -> None:
    with pytest.raises(QuestionError, match=r"history\[0\]"):
        paper.ask("企业", history)
