"""Advice: who is to do what a question asks for, and for whom."""

import pytest

from assistant.understanding.advice import actor_of, asks_advice, asks_how_to_serve, without_advising


@pytest.mark.parametrize(
    ("asked", "actor", "advice"),
    [
        ("政府应该怎么帮企业？", "政府", True),
        ("企业自身该做哪三件事", "企业", True),
        ("对政府提出了哪些建议", "政府", False),
        ("what should the state do for firms?", "state", True),
        ("what are landlords themselves told to do?", "landlords", True),
        ("what does the council ask of the tenants?", "tenants", True),
        ("which measures are meant for small schools?", "small schools", False),
        ("what role should the council play?", "council", True),
        ("what is the role of the state in training?", "state", True),
        ("政府在培训中应该扮演什么角色？", "政府在培训中", True),
        ("企业文化有什么作用？", "", False),
        ("政府应当如何支持养蜂业？", "政府", True),
        ("政府怎样扶持养蜂户", "政府", True),
        ("合作社层面如何改进？", "", True),
        ("合作社如何推进养蜂业", "合作社", False),
        ("how can the council help tenants?", "council", False),
        ("how should tenants improve their homes?", "tenants", True),
        ("how does the lease help tenants?", "", False),
        ("which two things are landlords told to do?", "landlords", True),
        ("列出给出的全部对策建议", "", False),
        ("problems at the level of the state", "state", False),
        ("how long is the lease?", "", False),
        ("租期多长？", "", False),
    ],
)
def test_who_is_to_act(asked: str, actor: str, advice: bool) -> None:
    assert actor_of(asked) == actor
    assert asks_advice(asked) is advice


def test_for_whom_is_no_part_of_what_is_looked_for() -> None:
    assert without_advising("what should the state do for firms?") == "what should the state do?"
    assert without_advising("政府该为企业做什么") == "政府该做什么"
    assert without_advising("what is rent for?") == "what is rent for?"


@pytest.mark.parametrize(
    ("asked", "serves"),
    [("合作社如何推进养蜂业", True), ("how can tenants improve their homes?", True), ("how long is the lease?", False)],
)
def test_how_somebody_may_serve_a_subject(asked: str, serves: bool) -> None:
    assert asks_how_to_serve(asked) is serves
