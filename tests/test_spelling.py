"""English slips are read as the documents, else the lexicon, spell the word; what is a word is left alone."""

import pytest

from assistant.understanding.spelling import contracted, corrected


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("who can apply for an alotment", "who can apply for an allotment"),  # a doubled letter written once
        ("Alotment rules", "allotment rules"),
        ("what about the tenatns", "what about the tenants"),  # two letters exchanged
        ("what about the tenantts", "what about the tenants"),
        ("how do I recieve it", "how do I receive it"),  # the lexicon knows it
        ("is it cheaper for tenants", "is it cheap for tenants"),  # a form of a word
        ("the tenants of Alotment", "the tenants of Alotment"),  # a name
        ("keep bees on a plot", "keep bees on a plot"),
    ],
)
def test_slips(asked: str, read: str) -> None:
    assert corrected(asked, {"allot", "tenant", "plot", "rule"}) == read


def test_a_word_that_the_documents_have_is_no_slip() -> None:
    assert corrected("the bonfires", {"bonfir", "bonfire"}) == "the bonfires"


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("why isnt the kiln hot", "why isn't the kiln hot"),
        ("Whats the fee, im new and cant tell", "What's the fee, i'm new and can't tell"),
        ("we were well and its rules are there", "we were well and its rules are there"),
        ("the want of won pots", "the want of won pots"),
        ("IM 工具和 im 工具", "IM 工具和 im 工具"),
    ],
)
def test_contractions_without_their_apostrophes(typed: str, spelt: str) -> None:
    assert contracted(typed) == spelt


def test_what_is_longer_than_any_word_is_no_slip() -> None:
    long = "a" * 1900  # what is one letter away from it would take a minute to try
    assert corrected(f"what is {long}", ()) == f"what is {long}"
