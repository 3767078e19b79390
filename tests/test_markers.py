"""Markers and sentences of a streamed answer: every form is read, code is left alone, and the cutting makes no difference."""

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.generation.sentences import Cited, Sentence, SentenceReader
from assistant.generation.streaming import Thoughts


def read(*pieces: str) -> tuple[str, list[Sentence]]:
    """The text that is shown, and the sentences in it."""
    reader = SentenceReader()
    events = [event for piece in pieces for event in reader.feed(piece)] + reader.close()
    return "".join(e for e in events if isinstance(e, str)), [e for e in events if isinstance(e, Sentence)]


def numbers(text: str) -> list[list[int]]:
    return [[n for cited in sentence.cited for n in cited.numbers] for sentence in read(text)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("句子[1]。", [[1]]),
        ("句子。[1]", [[1]]),
        ("句子。 【1】另一句［２］。", [[1], [2]]),
        ("A sentence [1][2]. Another. [1, 3] Third.", [[1, 2], [1, 3], []]),
        ("A sentence [1-3].", [[1, 2, 3]]),
        ("一句【1、3】。二句[2–4]。", [[1, 3], [2, 3, 4]]),
        ("It rose 3.5% [1], e.g. in 2021. [2] Then fell.", [[1, 2], []]),
        ("1. **A**: one. [1]\n2. **B**: two [2]", [[1], [2]]),
        ("**Bold sentence.** [4] Next.", [[4], []]),
        ("“引语。”[2]然后", [[2], []]),
        ("[5] leads its sentence.", [[5]]),
        ("one [^7]. two", [[7], []]),
        ("One [[1]]. Two [[2][3]].", [[1], [2, 3]]),
        ("One [passage 1]. Two [Passages 2, 3]. Three [Source 4].", [[1], [2, 3], [4]]),
        ("一句[段落1]。二句【来源2、3】。三句[第4段]。", [[1], [2, 3], [4]]),
    ],
)
def test_every_form_of_marker_belongs_to_its_sentence(text: str, expected: list[list[int]]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("句子 [1]。", "句子。"),
        ("A rose [1], and B fell [2].", "A rose, and B fell."),
        ("[x] [1a] [] 【】 stay", "[x] [1a] [] 【】 stay"),
        ("国发[2021]5号", "国发〔2021〕5号"),
        ("an open bracket [12", "an open bracket [12"),
        ("`a[1]` is code", "`a［1］` is code"),
        ("```\nb[2].\n```\n", "```\nb［2］.\n```\n"),
        ("`a[[1]]` is code", "`a[［1］]` is code"),
        ("[[2]1] and [[2021]] are none", "1] and [〔2021〕] are none"),
        ("[见第3段] [第3条] [passages] [source code] stay", "[见第3段] [第3条] [passages] [source code] stay"),
    ],
)
def test_what_is_no_marker_stays_and_nothing_looks_like_ours(text: str, shown: str) -> None:
    assert read(text)[0] == shown


def test_a_marker_knows_where_it_stood() -> None:
    (sentence,) = read("A rose 5% [1], B fell [2].")[1]
    assert sentence == Sentence("A rose 5%, B fell.", (Cited(9, (1,)), Cited(17, (2,))))


answers = st.lists(
    st.sampled_from(
        [
            "企业",
            "rose",
            "3.5%",
            "。",
            ". ",
            "！",
            "[1]",
            "【2】",
            "[",
            "]",
            "［3］",
            "[1-",
            "1,2]",
            " ",
            "\n",
            "`",
            "```",
            "**",
            "1. ",
            "e.g. ",
            "”",
            "(",
            "[2021]",
            "[[1]]",
            "[pass",
            "age 2]",
            "?",
        ]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(answers, st.text(max_size=60)), data=st.data())
def test_any_cutting_of_a_text_reads_the_same(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert read(*pieces) == read(text) == read(*text)


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(answers, st.text(alphabet="[]0123456789【】［］`１２ ,-", max_size=40)))
def test_no_text_shown_holds_a_marker_of_ours(text: str) -> None:
    assert not re.search(r"\[\d+\]", read(text)[0])


@pytest.mark.parametrize("piece", ["[1", "e.g. ", "a. ", "`", "[", "。", "一"])
def test_the_work_is_in_proportion_to_the_text(piece: str) -> None:
    def work(count: int) -> int:
        calls = 0

        def counted(*_: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(counted)
        try:
            read(piece * count)
        finally:
            sys.setprofile(None)
        return calls

    assert work(8000) < 9 * work(1000)


@pytest.mark.parametrize(
    ("pieces", "spoken"),
    [
        (["<think>let me [1] see</think>\nYes."], "Yes."),
        (["\n<th", "ink>a</thi", "nk>", "Yes."], "Yes."),
        (["<thin", " air"], "<thin air"),
        (["<thi"], "<thi"),
        (["No <think>x</think>"], "No <think>x</think>"),
        (["<think>never ends"], ""),
    ],
)
def test_what_a_model_thinks_aloud_first_is_left_out(pieces: list[str], spoken: str) -> None:
    thoughts = Thoughts()
    assert "".join(map(thoughts.spoken, pieces)) + thoughts.close() == spoken
