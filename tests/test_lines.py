"""Lists: lines of more than one sentence are lines, and a title is told with what its line says."""

from pathlib import Path

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


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        (
            "What does the pottery plan to change?",
            "The pottery plans to change three things. First, the kilns will burn gas. It is cheaper. Second, members may come "
            "at night. Third, beginners pay half.\n",
            ["gas", "at night", "half"],
        ),
        (
            "陶艺馆打算做哪些改变？",
            "陶艺馆打算做三项改变。首先，窑炉改烧煤气。煤气便宜。其次，会员可以夜里来。最后，新手半价。\n",
            ["煤气", "夜里", "半价"],
        ),
    ],
)
def test_points_told_in_prose_are_a_list(tmp_path: Path, question: str, text: str, told: list[str]) -> None:
    answer = over(tmp_path, "plan", text).ask(question).text
    assert [words for words in told if words not in answer] == []
    assert "cheaper" not in answer
    assert "便宜" not in answer


def test_what_counts_the_lines_right_after_it_heads_them(tmp_path: Path) -> None:
    text = (
        "# Kilns\n\nFour lessons emerge from the three studios.\n\n- Fire at night.\n- Hire a warden.\n- Charge by weight.\n"
        "- Keep a log.\n\nWe visited four studios in spring.\n"
    )
    told = over(tmp_path, "kilns", text).ask("What lessons do the authors draw from the studios?").text
    assert [words for words in ("at night", "warden", "by weight", "a log") if words not in told] == []


def test_a_line_is_found_by_what_introduces_it_and_a_row_by_its_head(tmp_path: Path) -> None:
    text = (
        "# Plots\n\n| Plot | Full rent | Reduced rent |\n|---|---|---|\n| Half plot | £46 | £23 |\n| Whole plot | £90 | £45 |\n\n"
        "The following may not rent a plot:\n\n- anyone who owes the council rent;\n- anyone under 18.\n"
    )
    plots = over(tmp_path, "plots", text)
    assert "£23" in plots.ask("What is the reduced rent of half a plot?").text
    assert "under 18" in plots.ask("Who may not rent a plot?").text
