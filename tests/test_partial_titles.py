"""A heading over several subjects: what is asked about is told, and not the others."""

import pytest
from conftest import over

from assistant import Assistant

RULES = """# Riverside Pottery Rules

## 1. Lockers, gifts and parking

1.1 A locker costs two pounds. The key must be returned in June.

1.2 No gift may be accepted from a learner. A card is no gift.

1.3 Parking is free in the evening. The gate closes at ten.

## 2. 钥匙与釉料

2.1 钥匙由值班员保管。遗失钥匙应当当日报告。

2.2 釉料每次限领两份。余料应当退回。
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("rules"), "rules", RULES)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Summarise the rules on gifts.", ["1.2", "1.2"]),
        ("What are the rules on lockers, gifts and parking?", ["1.1", "1.2", "1.3"]),
        ("总结一下釉料的规定", ["2.2", "2.2"]),
    ],
)
def test_only_what_is_asked_of_a_heading_over_several_subjects(
    rules: Assistant, question: str, numbers: list[str]
) -> None:
    assert [c.section.number for c in rules.ask(question).citations] == numbers
