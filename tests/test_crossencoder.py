"""The cross-encoder: whether a sentence answers a question, and not only is about the same."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from index.crossencoder import GRAPH, LONGEST_QUESTION, LONGEST_SENTENCE, CrossEncoder, cross_encoder, joined
from index.errors import EmbeddingError

LEAVE = [
    "Staff with a newborn child may stay at home for sixteen weeks on full pay.",
    "Requests for parental leave are made to the head of department.",
    "Parental leave was last reviewed by the board.",
]
GRANT = [
    "企业为残疾职工改造工位的，可以申请最高五万元的补助。",
    "补助申请由区残联受理。",
    "区残联每年公布补助名单。",
]


@pytest.mark.parametrize(
    ("question", "sentences", "right"),
    [
        ("How long can a new mother stay away from work?", LEAVE, 0),
        ("Whom do I ask for parental leave?", LEAVE, 1),
        ("给残疾员工改工位能拿多少钱？", GRANT, 0),
        ("谁受理补助申请？", GRANT, 1),
        ("新生儿父母可以休息多久？", LEAVE, 0),
        ("How much money is there for adapting a disabled worker's desk?", GRANT, 0),
    ],
)
def test_the_sentence_that_answers_is_above_those_about_the_same(question, sentences, right):
    odds = cross_encoder().odds(question, [("", sentence) for sentence in sentences])
    assert max(range(len(odds)), key=odds.__getitem__) == right


@pytest.mark.parametrize(
    ("question", "sentences", "asked"),
    [
        ("Whom do I ask for parental leave?", LEAVE, "How many members has the board?"),
        ("申请补助要去哪个部门？", GRANT, "区残联有多少名工作人员？"),
    ],
)
def test_a_question_that_nothing_answers_has_lower_odds_than_one_that_something_does(question, sentences, asked):
    told = [("", sentence) for sentence in sentences]
    assert max(cross_encoder().odds(asked, told)) < max(cross_encoder().odds(question, told))


def test_a_pair_reads_alike_whatever_is_read_beside_it_and_however_it_is_written():
    question, told = "残疾职工的补助找谁办？", [("", sentence) for sentence in GRANT]
    odds = cross_encoder().odds(question, told)
    assert [cross_encoder().odds("殘疾職工的補助找誰辦？", [one])[0] for one in told] == odds
    assert cross_encoder().odds(question, []) == []


def test_long_texts_are_cut():
    assert len(joined(list(range(500)), list(range(500)))) == LONGEST_QUESTION + LONGEST_SENTENCE
    assert len(cross_encoder().odds("why " * 900, [("", "because " * 900), ("", "")])) == 2


def test_a_cross_encoder_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(EmbeddingError, match=f"expected {GRAPH}"):
        CrossEncoder(tmp_path)


def test_many_who_ask_at_once_read_the_file_once():
    with ThreadPoolExecutor(8) as people:
        made = list(people.map(lambda _: CrossEncoder(), range(8)))
    assert len({id(one._session) for one in made}) == 1
