"""A suite, and an assistant that answers it by rule: what the tests of runs, gates and reports share."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from eval.runner import Result, run
from eval.runs import Maker, Provenance, Run, provenance
from eval.suites import Case, Gold, Nugget, Suite

FACT = "武汉运行着 101 条标准数字化产线。"
MAKER = Maker("corpus", "model", "settings", "program")


@dataclass(frozen=True)
class Said:
    values: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return self.values


def passage(text: str = FACT, number: int = 1) -> dict[str, Any]:
    return {
        "number": number,
        "quote": text,
        "text": f"前文。{text}后文。",
        "translation": None,
        "document": {"id": "paper", "title": "Paper"},
        "section": {"number": "3", "path": ["现状"]},
        "start": 3,
        "end": 3 + len(text),
        "score": 0.9,
    }


def answered(text: str = f"{FACT}[1]", *quotes: str, abstained: bool = False) -> Said:
    cited = [passage(quote, number) for number, quote in enumerate(quotes, 1)]
    return Said(
        {"text": text, "abstained": abstained, "kind": "fact", "language": "zh", "notices": [], "citations": cited}
    )


@dataclass
class Ruled:
    """Knows one fact, refuses what has "?!" in it, and breaks on the word "break"."""

    heard: list[str] = field(default_factory=list)
    mute: frozenset[str] = frozenset()

    def ask(self, question: str, history: Sequence[Mapping[str, str]] = (), documents: Collection[str] = ()) -> Said:
        self.heard.append(question)
        if "break" in question:
            raise RuntimeError("no luck")
        if "?!" in question or question in self.mute:
            return answered("文档中没有说明。", abstained=True)
        return answered(f"{FACT}[1]", FACT)

    def search(self, question: str, count: int = 10, documents: Collection[str] = ()) -> Sequence[Said]:
        return [Said(passage("别的一句话。")), Said(passage())]


def case(name: str, *, expect: str = "answer", **more: Any) -> Case:
    evidence = {"gold": (Gold(FACT, "paper"),), "sections": ("3",), "nuggets": (Nugget(numbers=("101",)),)}
    values = {"question": f"{name}{'' if expect == 'answer' else '?!'}", "kind": "fact", "language": "zh"}
    values |= (evidence if expect == "answer" else {}) | more
    return Case(schema=1, id=name, split="dev", expect=expect, **values)  # type: ignore[arg-type]


def cases(n: int) -> tuple[Case, ...]:
    """n cases, every fifth unanswerable."""
    return tuple(case(f"case-{place}", expect="abstain" if place % 5 == 4 else "answer") for place in range(n))


def suite(asked: Sequence[Case]) -> Suite:
    return Suite("tiny", None, tuple(asked))


def made(asked: Sequence[Case], repeats: int = 1, maker: Maker = MAKER) -> Provenance:
    return provenance(suite(asked), "dev", asked, maker, repeats)


def kept(asked: Sequence[Case], asker: Ruled | None = None, *, corpus: str = "corpus") -> Run:
    """A run over the cases."""
    results: tuple[Result, ...] = run(asker or Ruled(), asked)
    return Run(made(asked, maker=replace(MAKER, corpus=corpus)), results)
