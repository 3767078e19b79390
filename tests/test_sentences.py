"""Sentences: nothing is lost, and stops that end no sentence do not end one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占32.06%。截至2020年。", ["占32.06%。", "截至2020年。"]),
        ("他说：“好。”然后走了！", ["他说：“好。”", "然后走了！"]),
        ("缺乏高端生产……[1]。因此", ["缺乏高端生产……[1]。", "因此"]),
        (
            "It fell to 26.29% in 2020. See Fig. 3 and e.g. the U.S. case. Next.",
            ["It fell to 26.29% in 2020.", "See Fig. 3 and e.g. the U.S. case.", "Next."],
        ),
        ("Resources matter [3]. Firms gain.", ["Resources matter [3].", "Firms gain."]),
        ("1. Managers shall report. They may ask.", ["1. Managers shall report.", "They may ask."]),
        ("（一）项目；\n\n（二）资金。", ["（一）项目；", "（二）资金。"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == expected


@given(st.text(alphabet="a1.。！？”） \n企业", max_size=60))
def test_spans_cover_all_that_is_not_space_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert spans == sorted(spans)
