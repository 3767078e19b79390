"""Lists: lines of more than one sentence are lines, and a title is told with what its line says."""

import pytest
from conftest import over

from assistant import Assistant

DUTIES = """# Riverside Pottery

The manager must see to the following duties:

1. Better kilns. Old kilns are replaced within two years.
2. Longer hours. A class is added each week. It may be cancelled in summer.
3. A register of every learner is kept in the office. It is shown to the inspector.

馆方应当做到以下几点：

1. 更换窑炉。分两年更换全部窑炉。
2. 调整课时。每周增加一次晚课。
"""


@pytest.fixture(scope="module")
def duties(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("duties"), "duties", DUTIES)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        (
            "What duties must the manager see to?",
            ["Better kilns", "two years", "Longer hours", "each week", "register"],
            "inspector",
        ),
        ("馆方应当做到哪几点？", ["更换窑炉", "分两年", "调整课时", "一次晚课"], "inspector"),
    ],
)
def test_all_lines_of_a_list_are_told(duties: Assistant, question: str, told: list[str], untold: str) -> None:
    text = duties.ask(question).text
    assert [words for words in told if words not in text] == []
    assert untold not in text
