"""An optional judge: a chat model that is asked whether answers are correct and supported. Never needed, never trusted unchecked.

A verdict is kept under what was asked, word for word, and of whom, so that nothing is asked twice and a changed prompt or
answer is asked again. What cannot be read as a verdict, after one repair, is "undetermined", and never 0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.generation.faults import fault_of
from eval.errors import EvaluationError
from eval.runner import Result
from index.analysis import HAN
from prompts import fill, judging

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Aspect = Literal["correct", "supported"]
ASPECTS: tuple[Aspect, ...] = ("correct", "supported")
VALUES = {"yes": 1.0, "partly": 0.5, "no": 0.0}
UNDETERMINED = "undetermined"
Progress = Callable[[int, int], None]
_ANSWER_TOKENS = 60  # of a verdict, for the estimate


class JudgeError(EvaluationError):
    """The judge cannot be opened, or its verdicts cannot be read."""


@dataclass(frozen=True)
class Inquiry:
    """One thing to ask of the judge about one case."""

    case: str
    aspect: Aspect
    language: str
    prompt: str


@dataclass(frozen=True)
class Verdict:
    """What the judge said. verdict: "yes", "partly", "no", or "undetermined"; key: of what was asked, and of whom."""

    case: str
    aspect: Aspect
    verdict: str
    reason: str
    judge: str
    key: str

    @property
    def value(self) -> float | None:
        """1, 0.5 or 0; None where undetermined."""
        return VALUES.get(self.verdict)


@dataclass(frozen=True)
class Estimate:
    """What asking would take: calls, and tokens in and out, with a Han character counted as one and four letters as one."""

    calls: int
    tokens_in: int
    tokens_out: int

    def cost(self, price_in: float, price_out: float) -> float:
        """The cost at prices for a million tokens."""
        return (self.tokens_in * price_in + self.tokens_out * price_out) / 1e6


def inquiries(results: Sequence[Result]) -> tuple[Inquiry, ...]:
    """What to ask about a run: of every answer whether it is supported, and where one was due whether it is correct."""
    found: list[Inquiry] = []
    for result in results:
        case, reply = result.case, result.reply
        if reply.outcome != "answer":
            continue
        texts = {
            "question": case.question,
            "answer": reply.text,
            "reference": "\n".join(case.answers or (gold.quote for gold in case.gold if gold.required)),
            "sources": "\n\n".join(cited.passage or cited.quote for cited in reply.citations),
        }
        for aspect in ASPECTS if case.answerable else ASPECTS[1:]:
            template = judging(case.language)[aspect]
            used = {name: _quoted(text) for name, text in texts.items() if "{" + name + "}" in template}
            found.append(Inquiry(case.id, aspect, case.language, fill(aspect, template, **used)))
    return tuple(found)


def _quoted(text: str) -> str:
    """A text that cannot close the tag it stands in."""
    return text.replace("<", "&lt;").strip()


def key(judge: str, inquiry: Inquiry) -> str:
    """What a verdict is kept under: a digest of the judge's name and of all that it reads."""
    words = judging(inquiry.language)
    return sha256("\0".join((judge, words["system"], words["repair"], inquiry.prompt)).encode()).hexdigest()


def estimate(asked: Sequence[Inquiry]) -> Estimate:
    """What these would take, without repairs."""
    texts = [judging(one.language)["system"] + one.prompt for one in asked]
    return Estimate(len(asked), sum(map(tokens, texts)), _ANSWER_TOKENS * len(asked))


def tokens(text: str) -> int:
    """Roughly how many tokens a text is."""
    han = len(re.findall(f"[{HAN}]", text))
    return han + (len(text) - han + 3) // 4


def ask(
    model: BaseChatModel,
    judge: str,
    asked: Sequence[Inquiry],
    concurrency: int = 4,
    progress: Progress = lambda done, total: None,
) -> Iterator[Verdict]:
    """Ask each, a few at a time, and give the verdicts in order as they come. A call that fails is undetermined."""
    with ThreadPoolExecutor(max_workers=concurrency) as pool:
        try:
            for done, (inquiry, (verdict, reason)) in enumerate(
                zip(asked, pool.map(lambda one: _verdict(model, one), asked), strict=True), 1
            ):
                yield Verdict(inquiry.case, inquiry.aspect, verdict, reason, judge, key(judge, inquiry))
                progress(done, len(asked))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _verdict(model: BaseChatModel, inquiry: Inquiry) -> tuple[str, str]:
    words = judging(inquiry.language)
    messages: list[tuple[str, str]] = [("system", words["system"]), ("user", inquiry.prompt)]
    try:
        said = str(model.invoke(messages).text)
        try:
            return parse(said)
        except ValueError as problem:
            messages += [("assistant", said), ("user", fill("repair", words["repair"], problem=problem))]
        said = str(model.invoke(messages).text)
    except Exception as error:  # whatever a client of a service raises: the case must stay in the count
        # Not the error's own text: providers repeat keys in it, and this is kept and printed.
        return UNDETERMINED, f"{fault_of(error).reason('en')} ({type(error).__name__})"
    try:
        return parse(said)
    except ValueError as problem:
        return UNDETERMINED, str(problem)


def parse(said: str) -> tuple[str, str]:
    """(verdict, reason) in a reply: one JSON object, bare or in a code fence. Raises ValueError with what is wrong."""
    found = re.fullmatch(r"(?:```(?:json)?)?\s*(\{.*\})\s*(?:```)?", said.strip(), re.DOTALL)
    try:
        values: Any = json.loads(found[1] if found else "")
    except ValueError:
        raise ValueError("no JSON object") from None
    verdict = values.get("verdict")
    if verdict not in VALUES:
        raise ValueError(f'verdict {json.dumps(verdict, ensure_ascii=False)}, not "yes", "partly" or "no"')
    return str(verdict), str(values.get("reason", ""))


def load_verdicts(path: Path) -> dict[str, Verdict]:
    """Verdicts by their key, none where there is no file yet. Raises JudgeError for a line that is none."""
    if not path.exists():
        return {}
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            verdict = Verdict(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise JudgeError(f"{path}:{number}: found no verdict ({error}); delete the line") from error
        found[verdict.key] = verdict
    return found


def keep(path: Path, verdict: Verdict) -> None:
    """Add a verdict to a file. What is undetermined is not kept: it is asked again."""
    if verdict.value is not None:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(verdict), ensure_ascii=False) + "\n")


def open_judge(name: str) -> BaseChatModel:
    """A chat model by its name, provider:model, opened as the assistant opens its own but for the name. Raises JudgeError."""
    from dataclasses import replace

    from assistant.errors import SettingsError
    from assistant.generation.model import open_model
    from assistant.settings import Settings

    try:
        model = open_model(replace(Settings.load(), model=name))
    except SettingsError as error:
        raise JudgeError(f"the judge cannot be opened. {error}") from error
    if model is None:
        raise JudgeError(f"found judge {name!r}, expected a chat model: provider:model, such as openai:NAME")
    return model
