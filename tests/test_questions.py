"""Questions that a text asks and answers itself: headings over their answers, and alike to what people ask."""

from pathlib import Path

import pytest
from conftest import over

from assistant import Assistant
from index.documents import read_document

FAQ = """# 泊宁市图书证办事问答

## 一、办理

**问：哪些人可以办证？**

答：凡年满六岁的市民都可以办理。

问：中途停借了还能再借吗？ 答：停借三个月以内恢复的，押金不变。

超过三个月的，要重新登记，并等待十日。

## 二、费用

Q3: How much is a card?

A: A card costs 20 yuan.

## 三、申请

**问：在哪里申请？**

答：到总馆申请。分馆代收。

**问：需要带哪些材料？**

答：（1）申请表；

（2）身份证；

（3）照片两张。

材料不齐的，当场告知。

**问：能不能代办？**

答：可以。代办人要带委托书。

## 四、附则

会议提出的问题：是否收费？尚无结论。
"""


def test_what_asks_is_a_heading_and_its_answer_stands_below(tmp_path: Path) -> None:
    (tmp_path / "faq.md").write_text(FAQ, encoding="utf-8")
    document = read_document(tmp_path / "faq.md")
    assert [s.path[1:] for s in document.sections[1:]] == [
        ("办理",),
        ("办理", "哪些人可以办证？"),
        ("办理", "中途停借了还能再借吗？"),
        ("费用",),
        ("费用", "How much is a card?"),
        ("申请",),
        ("申请", "在哪里申请？"),
        ("申请", "需要带哪些材料？"),
        ("申请", "能不能代办？"),
        ("附则",),
    ]
    below = document.text[document.sections[3].body : document.sections[3].end]
    assert below.split() == ["停借三个月以内恢复的，押金不变。", "超过三个月的，要重新登记，并等待十日。"]


MARKED = """# 调研

## 问题1：供需错配

### 常见问题：如何报名？

问：怎么回复？

经办人的回答：可以当面取，也可以寄。See annex A: forms.
"""


def test_only_what_a_question_or_its_answer_opens_with_is_a_mark(tmp_path: Path) -> None:
    (tmp_path / "marked.md").write_text(MARKED, encoding="utf-8")
    document = read_document(tmp_path / "marked.md")
    assert [s.title for s in document.sections[1:]] == ["问题1：供需错配", "常见问题：如何报名？", "怎么回复？"]
    assert document.text.endswith("经办人的回答：可以当面取，也可以寄。See annex A: forms.")


@pytest.fixture(scope="module")
def faq(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("faq"), "faq", FAQ)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("哪些人能办图书证？", "凡年满六岁的市民都可以办理"),
        ("停借以后要重新登记吗", "要重新登记"),
        ("how much does a card cost", "20 yuan"),
    ],
)
def test_the_answer_is_told_and_never_the_question(faq: Assistant, question: str, told: str) -> None:
    quotes = [c.quote for c in faq.ask(question).citations]
    assert any(told in quote for quote in quotes)
    assert not any("问：" in quote or "Q3" in quote for quote in quotes)


@pytest.mark.parametrize("question", ["去窗口要带什么东西？", "申请要准备什么材料"])
def test_a_heading_that_asks_introduces_the_list_below_it_and_is_no_item_of_one(faq: Assistant, question: str) -> None:
    assert [c.quote for c in faq.ask(question).citations] == ["（1）申请表；", "（2）身份证；", "（3）照片两张。"]


def test_a_bare_yes_comes_with_what_it_says_yes_to(faq: Assistant) -> None:
    assert [c.quote for c in faq.ask("我能请人代办吗").citations] == ["可以。代办人要带委托书。"]
