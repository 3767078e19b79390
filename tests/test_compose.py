"""Composition: each kind of question gets its kind of answer, from documents of several kinds."""

from pathlib import Path

import pytest
from conftest import over

from assistant import Assistant
from assistant.understanding.question import understand
from index.store import build_index

RULES = """# 某法

## 第一章 总则

第一条 为了保护环境，制定本法。

第二条 本法所称单位，是指企业和机关。

## 第二章 罚则

第三条 有下列行为之一的，处五万元以下的罚款：

（一）偷排污水；

（二）伪造数据。

第四条 对处罚不服的，可以在六十日内申请复议。
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("rules"), "某法", RULES)


def sections(assistant: Assistant, question: str) -> list[str]:
    return [c.section.number for c in assistant.ask(question).citations]


@pytest.mark.parametrize("question", ["第三条规定了什么？", "第3条规定了什么", "What does Article 3 say?"])
def test_an_article_is_found_however_it_is_written(rules: Assistant, question: str) -> None:
    assert sections(rules, question)[0] == "第三条"


def test_a_definition_is_found_by_its_words(rules: Assistant) -> None:
    assert sections(rules, "什么是单位？") == ["第二条"]


def test_a_line_of_a_list_comes_with_its_introduction(rules: Assistant) -> None:
    text = rules.ask("伪造数据怎么处罚？").text
    assert "五万元以下的罚款" in text
    assert "伪造数据" in text


def test_a_list_is_whole(rules: Assistant) -> None:
    text = rules.ask("哪些行为会被罚款？").text
    assert "偷排污水" in text
    assert "伪造数据" in text


def test_a_time_limit_is_one_sentence(rules: Assistant) -> None:
    assert sections(rules, "不服处罚，多久内可以申请复议？") == ["第四条"]


def test_all_recommendations_of_every_level(paper: Assistant) -> None:
    assert len(paper.ask("论文提出了哪七条建议？").citations) == 7
    assert len(paper.ask("What are all six problems?").citations) == 6


def test_one_item_by_its_place(paper: Assistant) -> None:
    assert {c.section.path[-1] for c in paper.ask("4.1的第二个问题是什么？").citations} == {"创新要素配置导向存在偏差"}


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("国家层面的第一条建议是什么", "完善技术供给和高端人才引进政策"),
        ("企业层面最后一条建议是什么", "培育良好的企业文化"),
        ("What is the third recommendation?", "培育良好的企业文化"),
        ("What's the last problem?", "持续嵌入全球创新体系受阻"),
        ("第二条建议是什么", "加强制造业上下游合作和产业链建设"),
    ],
)
def test_an_item_of_a_list_in_any_order_of_words(paper: Assistant, question: str, title: str) -> None:
    assert {c.section.path[-1] for c in paper.ask(question).citations} == {title}


def test_an_item_that_is_not_there_is_refused(paper: Assistant) -> None:
    assert paper.ask("国家层面第三条建议").abstained
    assert paper.ask("What is the tenth recommendation?").abstained


def test_all_of_one_level_is_not_all(paper: Assistant) -> None:
    assert len(paper.ask("所有企业层面的建议").citations) == 3


def test_an_article_within_a_chapter(rules: Assistant) -> None:
    assert sections(rules, "第二章第四条规定了什么") == ["第四条"]
    assert rules.ask("第一章第四条规定了什么").abstained
    assert sections(rules, "第一、二条")[-1] == "第二条"


def test_a_line_of_a_list_by_its_place(rules: Assistant) -> None:
    (citation,) = rules.ask("第三条的第二种行为是什么？").citations
    assert "伪造数据" in citation.quote


def test_a_comparison_has_both_sides(paper: Assistant) -> None:
    assert {c.section.number for c in paper.ask("企业该做的和政府该做的有什么区别？").citations} == {"5.1", "5.3"}


def test_a_problem_gets_its_remedy(paper: Assistant) -> None:
    assert {c.section.number for c in paper.ask("人才短缺怎么解决？").citations} == {"4.3", "5.3"}


def test_a_summary_has_both_ends_of_the_paper(paper: Assistant) -> None:
    assert {c.section.path[0] for c in paper.ask("总结一下这篇论文").citations} == {"摘要", "结束语"}


def test_a_reference_mark_finds_its_sentence(paper: Assistant) -> None:
    (citation,) = paper.ask("文献[8]支持什么观点？").citations
    assert "[8]" in citation.quote


def test_the_work_behind_a_mark_is_not_the_sentence_that_cites_it(paper: Assistant) -> None:
    assert paper.ask("文献[5]是谁写的").abstained
    assert paper.ask("What is the title of the work cited as [8]?").abstained


PORTS = """# Notes on ports

## 1. Background

Container traffic doubled between 2010 and 2020 [3,4]. Dwell times fell by a third [5-7].

## References

[6] Ng, A. Waiting at the quay. Port Economics, 2019.

[8] Ito, B. Slow growth. Harbour Review, 2021.
"""


def test_rows_and_ranges_of_marks(tmp_path: Path) -> None:
    ports = over(tmp_path, "ports", PORTS)
    assert "Dwell times" in ports.ask("What does reference 6 say?").text
    assert "(ref. 3,4). [1]" in ports.ask("How did container traffic change?").text
    assert "Waiting at the quay" in ports.ask("What is the title of the work cited as [6]?").text


def test_two_questions_at_once(paper: Assistant) -> None:
    text = paper.ask("武汉有多少条数字化产线？高技术制造业投资占比是多少？").text
    assert "101" in text
    assert "46%" in text


def test_what_counts_as_something_is_answered_by_its_definition(rules: Assistant) -> None:
    assert "企业和机关" in rules.ask("哪些东西算作单位？").text


def test_everyday_words_find_the_words_of_the_law(rules: Assistant) -> None:
    assert "六十日内申请复议" in rules.ask("对处罚有异议，几天内申诉？").text
    assert rules.ask("食堂几点开饭？").abstained


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("请把企业、行业、政府的全部问题逐条列出来", 6),
        ("你直说给企业、行业、政府开了些什么药方", 7),
        ("What are all the recomendations?", 7),
        ("给我所有问题+所有建议", 13),
    ],
)
def test_a_whole_chapter_is_listed_whole(paper: Assistant, question: str, count: int) -> None:
    assert len(paper.ask(question).citations) == count


def test_strengths_and_weaknesses_are_all_that_is_said_of_a_name(paper: Assistant) -> None:
    answer = paper.ask("Compare Wuhan's achievements with its remaining weaknesses.")
    assert "101" in answer.text
    assert "6.9%" in answer.text
    assert "责任界定不清楚" in " ".join(
        c.quote for c in answer.citations
    )  # of the paragraph that takes it for its example
    assert len(answer.citations) == 5


def test_a_mention_is_shown(paper: Assistant) -> None:
    assert "德国" in paper.ask("Is Germany mentioned anywhere?").citations[0].quote


ACT = """# 示例管理条例

第一条 为了规范示例活动，制定本条例。

第二条 示例单位应当每年实施一次检查。

第三条 本条例自2021年5月1日起施行。
"""


@pytest.fixture(scope="module")
def act(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("act"), "条例", ACT)


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("这部条例从哪天开始实行？", "第三条"),
        ("When did the regulations take effect?", "第三条"),
        ("为什么要制定这个条例？", "第一条"),
        ("多久实施一次检查？", "第二条"),
    ],
)
def test_what_laws_say_in_set_words_is_found_in_any_words(act: Assistant, question: str, article: str) -> None:
    assert sections(act, question) == [article]


@pytest.mark.parametrize("question", ["这项研究有什么现实意义？", "What is the significance of this study?"])
def test_what_a_work_is_good_for_is_said_at_its_end(paper: Assistant, question: str) -> None:
    assert {c.section.path[0] for c in paper.ask(question).citations} == {"结束语"}


def test_an_item_is_told_by_what_is_wrong_or_what_to_do(paper: Assistant) -> None:
    assert "应该放到" in paper.ask("企业层面有哪些建议？").citations[-1].quote
    assert "丧失了自主创新能力" in paper.ask("论文指出了哪六个问题？").citations[0].quote


def test_a_summary_of_rules_is_of_all_of_them(act: Assistant) -> None:
    assert sections(act, "总结一下这部条例") == ["第一条", "第二条", "第三条"]


ADVANCES = """# 差旅办法

## 第一章 借款

1.1 员工出差可以申请借款，借款金额不得超过批准预算的80%。

1.2 借款应当在出差结束后10个工作日内归还。

## 第二章 报销

2.1 员工应当在出差结束之日起15个工作日内提交报销申请，预算超过20000元的，由总经理审批。

2.2 校长是食品安全第一责任人。
"""


@pytest.fixture(scope="module")
def advances(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("advances"), "差旅办法", ADVANCES)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("借款不得超过批准预算的多少？", "80%"),
        ("出差结束后多久内应当归还借款？", "10个工作日"),
        ("谁是第一责任人？", "校长"),
    ],
)
def test_the_form_of_an_amount_is_read_from_what_is_asked(advances: Assistant, question: str, held: str) -> None:
    answer = advances.ask(question)
    assert len(answer.citations) == 1
    assert held in answer.text


def test_a_risk_is_what_may_go_wrong_not_what_is_made_less(paper: Assistant) -> None:
    text = paper.ask("开放式创新有哪些风险？").text
    assert "泄露" in text
    assert "降低企业的创新风险" not in text


def test_a_role_is_told_by_the_sentence_that_says_it(paper: Assistant) -> None:
    answer = paper.ask("企业文化的作用有哪些？")
    assert {c.section.path[-1] for c in answer.citations} == {"培育良好的企业文化"}
    assert "凝聚作用" in answer.text


@pytest.mark.parametrize("question", ["武汉的情况怎么样？", "What evidence does the paper give from Wuhan?"])
def test_what_about_a_name_is_told_by_its_mentions(paper: Assistant, question: str) -> None:
    answer = paper.ask(question)
    assert len(answer.citations) == 5
    assert "101" in answer.text


@pytest.mark.parametrize(
    ("question", "count"),
    [("论文一共提了几条建议？", 7), ("How many problems does the paper identify?", 6), ("企业层面有几个问题？", 2)],
)
def test_how_many_there_are_is_told_by_all_of_them(paper: Assistant, question: str, count: int) -> None:
    assert len(paper.ask(question).citations) == count


DUTIES = """# 中华人民共和国产品法

## 第一章 总则

第一条 为了加强监督管理，制定本法。

## 第二章 生产者、销售者的责任和义务

### 第一节 生产者的责任和义务

第二条 生产者应当对其生产的产品质量负责。

第三条 生产者不得伪造产地。

### 第二节 销售者的责任和义务

第四条 销售者应当建立并执行进货检查验收制度。

第五条 销售者应当采取措施，保持销售产品的质量。
"""


@pytest.fixture(scope="module")
def duties(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("duties"), "产品法", DUTIES)


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("销售者的义务有哪些？", ["第四条", "第五条"]),
        ("生产者的义务有哪些", ["第二条", "第三条"]),
        ("生产者、销售者的义务有哪些？", ["第二条", "第四条"]),
    ],
)
def test_the_duties_of_one_party_are_the_articles_of_its_own_section(
    duties: Assistant, question: str, articles: list[str]
) -> None:
    assert sections(duties, question) == articles


POINTS = """# 养老意见

## 一、主要问题

社区养老服务仍存在一些短板。

一是供需错位。床位闲置，助餐不足。

二是人才短缺。护理员平均年龄偏大。

（二）其他方面。

一是资金不足。

## 二、使用规定

服务用房供老年人活动使用，由社区负责管理。

服务用房不得出租，不得存放易燃物品。
"""


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("points"), "养老意见", POINTS)


def test_points_told_in_paragraphs_are_a_list(points: Assistant) -> None:
    text = points.ask("社区养老服务存在哪些短板？").text
    assert "一是供需错位" in text
    assert "二是人才短缺" in text
    assert "一是资金不足" not in text


def test_what_is_forbidden_is_told_by_what_must_not_be(points: Assistant) -> None:
    assert "不得出租" in points.ask("服务用房禁止做什么？").text.splitlines()[0]


TABLE = """# 差旅标准

## 第一章 住宿

1.1 住宿费在下列标准以内报销（单位：元/晚）：

| 职级 | 一类城市 | 其他地区 |
| --- | --- | --- |
| 总监 | 700 | 450 |
| 员工 | 500 | 320 |

1.2 超标部分由个人承担。
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("table"), "差旅标准", TABLE)


def test_a_table_is_told_with_its_introduction_and_its_head(table: Assistant) -> None:
    lines = table.ask("住宿费的标准是多少？").text.splitlines()
    assert ["住宿费" in lines[0], "职级" in lines[1], "700" in lines[2], "500" in lines[3]] == [True] * 4


def test_a_row_comes_with_the_head_of_its_table(table: Assistant) -> None:
    text = table.ask("总监住宿一类城市多少元？").text
    assert "职级" in text
    assert "700" in text


OFFICE = """# Office policy

## 4 Presence

4.1 Staff shall be in the office at least 2 days a week.

4.3 Days in the office do not carry over from one week to the next.

## 5 Roles

5.1 The Office Manager keeps the list of staff who are in the office.

5.2 Parental leave lasts 18 weeks. It is approved by the Head of People.

5.3 Requests to work elsewhere are sent to the People Team.

5.4 The Reception Desk, extension 4417, gives out parking permits.
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("office"), "office", OFFICE)


def test_the_number_of_a_paragraph_is_no_amount(office: Assistant) -> None:
    assert "2 days" in office.ask("How many days a week do I have to be in the office?").text


def test_whoever_holds_an_office_is_told_only_by_a_sentence_that_names_somebody(office: Assistant) -> None:
    assert office.ask("Who is the current Office Manager?").abstained


def test_a_fact_is_told_with_the_sentence_that_goes_on_to_say_it(office: Assistant) -> None:
    assert "Head of People" in office.ask("Who approves parental leave?").text


def test_a_number_to_ring_is_told_only_by_a_sentence_that_has_one(office: Assistant) -> None:
    assert "4417" in office.ask("What is the phone number of the Reception Desk?").text
    assert office.ask("What is the phone number of the People Team?").abstained
    assert office.ask("People Team 的电话号码是多少？").abstained


def test_the_sides_of_a_comparison_are_told_by_sentences_that_are_alike(tmp_path: Path) -> None:
    kilns = (
        "# Kilns\n\nA gas kiln is for firing large pots and reaches 1,300 degrees in eight hours.\n\n"
        "Neither the gas kiln nor the electric kiln may be moved, and gas kiln users pay in advance.\n\n"
        "An electric kiln is for firing small pots and reaches 1,200 degrees in five hours.\n"
    )
    answer = over(tmp_path, "kilns", kilns).ask("What is the difference between a gas kiln and an electric kiln?")
    assert "1,300" in answer.text
    assert "1,200" in answer.text


def test_a_side_is_told_in_other_words(tmp_path: Path) -> None:
    text = (
        "# Studio cards\n\nThis guide is one of several, and it is out of date.\n\n"
        "A bench card is for working at a bench while a teacher is present.\n\n"
        "A key card is for using the whole of the studio while nobody else is there.\n\nCards cost 9 pounds.\n"
    )
    answer = over(tmp_path, "cards", text).ask(
        "Whats the difference between the card for a bench when a teacher is in and the one for having the entire place "
        "when nobody is in?"
    )
    assert [c.quote.split(" is for ")[0] for c in answer.citations] == ["A bench card", "A key card"]


def test_no_heading_is_about_a_word_that_no_document_has(paper: Assistant) -> None:
    assert paper.ask("Which are the 3 industries where China is in the upper part of the value chain?").abstained


def test_benefits_are_no_list_of_problems(paper: Assistant) -> None:
    answer = paper.ask("benefits of open innovation for a manufacturing company?")
    assert "Neglect of the Development" not in answer.text
    assert "忽视自主创新能力的发展" in paper.ask("廠商層級之開放式創新，其現存缺失有哪些？").text


def test_what_good_a_study_does_is_told_by_its_conclusion(paper: Assistant) -> None:
    assert "加快建设科技强国" in " ".join(c.quote for c in paper.ask("What good does this research do?").citations)


TERMS = """# Allotments

## 1. Definitions

"Tenant" means the person named in the agreement.

"Co-worker" means a person who helps a tenant to dig and has no agreement of their own.

## 2. Cities and data

The three cities were chosen for their size. The survey took a year.

## 3. Recommendations

Recommendation 1: Mow the paths. Paths are shared.

Recommendation 2: Lend out tools every quarter. The office keeps a register of them.

High rents have moved sheds out of town.
"""


@pytest.fixture(scope="module")
def allotments(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("allotments"), "allotments", TERMS)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("How does a co-worker differ from a tenant?", ['"Co-worker" means', '"Tenant" means']),
        ("What is recommendation 2?", ["Recommendation 2: Lend out", "The office keeps"]),
        ("What has driven sheds so far out of town?", ["High rents have moved"]),
    ],
)
def test_what_has_words_of_its_own_in_a_document(allotments: Assistant, question: str, quotes: list[str]) -> None:
    told = [c.quote for c in allotments.ask(question).citations]
    assert len(told) == len(quotes)
    assert all(quote.startswith(start) for quote, start in zip(told, quotes, strict=True))


def test_what_good_and_what_bad_is_told_of_a_city(paper: Assistant) -> None:
    text = paper.ask("Set Wuhan's successes against its weak points.").text
    assert "101" in text
    assert "responsibilities" in text


def test_a_single_item_is_told_in_full(paper: Assistant) -> None:
    history = [
        {"role": "user", "content": "What problems do individual companies have with open innovation?"},
        {
            "role": "assistant",
            "content": "Some enterprises treat bringing in external resources as the only path to innovation, and so lose their "
            "independent innovation capability.",
        },
    ]
    answer = paper.ask("And the other problem at company level?", history=history)
    assert {c.section.number for c in answer.citations} == {"4.1"}
    assert len(answer.citations) > 1


@pytest.mark.parametrize("question", ["武汉的例子暴露出企业哪些普遍问题？", "What goes wrong in Wuhan's companies?"])
def test_all_that_is_wrong_with_one_that_is_named(paper: Assistant, question: str) -> None:
    quotes = [c.quote for c in paper.ask(question).citations]
    assert [("责任界定不清楚" in q, "用工缺口大" in q) for q in quotes] == [(True, False), (False, True)]


def test_gains_are_told_by_what_says_most_of_them(paper: Assistant) -> None:
    assert "降低企业的创新风险" in paper.ask("搞开放式创新对我们这种制造企业能有什么好处？").text


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("In what way does training support trade?", "Training as a support of trade"),
        ("How does trade support training?", "Trade as a support of training"),
        ("培训如何促进贸易？", "培训对贸易的促进"),
    ],
)
def test_which_of_two_serves_the_other(tmp_path: Path, question: str, section: str) -> None:
    text = (
        "# Report\n\n## Trade as a support of training\n\nTrade and training go together, and trade pays for courses.\n\n"
        "## Training as a support of trade\n\nTraining and trade go together, and training makes better goods.\n\n"
        "## 贸易对培训的促进\n\n贸易同培训相连，贸易为培训付钱。\n\n## 培训对贸易的促进\n\n培训同贸易相连，培训让货物更好。\n"
    )
    answer = over(tmp_path, "report", text).ask(question)
    assert answer.citations[0].section.path[-1] == section


def test_a_paragraph_of_a_chapter_is_summed_up(paper: Assistant) -> None:
    answer = paper.ask("请概括第三章里国家层面的开放式创新现状。")
    assert "创新型国家行列" in answer.text
    assert "贸易摩擦" in answer.text
    assert {c.section.number for c in paper.ask("概括第四章指出的三个层面的问题。").citations} == {"4.1", "4.2", "4.3"}


WATER = """# Harrow Water Plan

## 1 The problems we face

Summer rainfall has fallen by a tenth. Old pipes burst in dry years.

## 2 Targets

| Measure | 2023 | Target for 2027 | Target for 2030 |
|---|---|---|---|
| Use per resident | 149 litres | 135 litres | 122 litres |
| Homes with a meter | 46 per cent | 65 per cent | 85 per cent |

## 3 Grants

### 3.1 Who can apply

Owners and tenants can apply.

### 3.2 How to apply

Applications are made online or on a paper form. A quotation must be enclosed.

## 4 Drought

### 4.1 How a stage begins

Stage 2 begins when the reservoir falls below 55 per cent.

### 4.2 Stage 1: alert

There are no bans.

### 4.3 Stage 2: hosepipe ban

A hosepipe may not be used. Watering cans are allowed.
"""


@pytest.fixture(scope="module")
def water(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return over(tmp_path_factory.mktemp("water"), "water", WATER)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("What are the main problems?", ["Summer rainfall has fallen by a tenth.", "Old pipes burst in dry years."]),
        (
            "What are the targets for 2030?",
            [
                "Measure | 2023 | Target for 2027 | Target for 2030",
                "Use per resident | 149 litres | 135 litres | 122 litres",
                "Homes with a meter | 46 per cent | 65 per cent | 85 per cent",
            ],
        ),
        (
            "How do I apply for a grant?",
            ["Applications are made online or on a paper form.", "A quotation must be enclosed."],
        ),
        ("Who can apply for a grant?", ["Owners and tenants can apply."]),
        ("What is banned at drought stage 2?", ["A hosepipe may not be used.", "Watering cans are allowed."]),
        ("干旱第二阶段有哪些限制？", ["A hosepipe may not be used.", "Watering cans are allowed."]),
        (
            "Below what level does the reservoir fall when stage 2 begins?",
            ["Stage 2 begins when the reservoir falls below 55 per cent."],
        ),
        (
            "What is the difference between drought stage 1 and stage 2?",
            ["There are no bans.", "A hosepipe may not be used.", "Watering cans are allowed."],
        ),
    ],
)
def test_what_stands_below_the_heading_that_is_meant(water: Assistant, question: str, quotes: list[str]) -> None:
    assert [c.quote.strip("| ") for c in water.ask(question).citations] == quotes


@pytest.mark.parametrize(
    "question",
    [
        "论文引用了哪些学者来说明开放式创新的好处？",
        "Which scholars are cited for the finding that open innovation cuts risk?",
    ],
)
def test_scholars_are_told_by_the_sentence_that_cites_them(paper: Assistant, question: str) -> None:
    assert "Lichtenthalaer" in paper.ask(question).citations[0].quote


def test_where_something_stands_is_its_current_state(paper: Assistant) -> None:
    answer = paper.ask("Sum up where open innovation stands today for the country, the industry and individual firms.")
    assert {c.section.number for c in answer.citations} == {"3"}


def test_a_label_is_one_of_the_document_that_is_named(tmp_path: Path) -> None:
    for name, text in (
        ("Alpha bus", "Add bus lanes in the centre."),
        ("Beta housing", "Cap the rents at five per cent."),
    ):
        path = tmp_path / f"{name.split()[0]}.md"
        path.write_text(f"# {name} report\n\nRecommendation 3: {text}\n", encoding="utf-8")
    build_index(sorted(tmp_path.glob("*.md")), tmp_path / "index")
    both = Assistant.open(tmp_path / "index")
    assert "rents" in both.ask("What does Recommendation 3 of the Beta housing report say?").text
    assert "lanes" in both.ask("What does Recommendation 3 of the Alpha bus report say?").text
    assert understand("各区的目标一致吗？").label is None
