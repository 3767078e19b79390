"""Problems and what is to be done about them, where an index has several documents."""

from pathlib import Path

from assistant.extractive.evidence import scored
from assistant.extractive.pairs import ends
from assistant.extractive.reading import Reader
from assistant.understanding.question import understand
from index.store import Hit, PassageIndex, build_index

REPORT = """# Rural buses

## 1. Problems

### 1.1 Drivers

Too few drivers apply for rural bus routes because the pay is low.

## 2. Recommendations

### 2.1 Pay

Councils should raise the pay of drivers on rural bus routes.
"""
MANUAL = "# Depot manual\n" + "".join(
    f"\n## {number}. Bay {number}\n\nDrivers of rural bus routes park in bay {number}.\n" for number in range(1, 10)
)


def test_a_remedy_is_sought_beside_the_problem_of_its_own_document(tmp_path: Path) -> None:
    for name, text in (("buses", REPORT), ("depot", MANUAL)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    build_index([tmp_path / "buses.md", tmp_path / "depot.md"], tmp_path / "index")
    index = PassageIndex.open(tmp_path / "index")
    reader = Reader(index)
    question = understand("What solution is there to the problem of too few rural bus drivers?")
    found = scored(reader, question.text, "en", [Hit(passage, 0.0, 0.0, 0.0) for passage in index.passages])
    report = index.passages[0].document
    remedy = [c for c in found if "raise the pay" in c.original]
    elsewhere = sorted((c for c in found if c.passage.document != report), key=lambda c: -c.passage.section)
    told = ends(reader, question, [*remedy, *elsewhere])
    assert {claim.passage.document for claim in told} == {report}
    assert "raise the pay" in index.documents[report].text[told[-1].sentences[0].start : told[-1].sentences[-1].end]
