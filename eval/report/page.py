"""A run as one HTML file: no other file, no request, and nothing in it that came from a document or a question can run.

Every text is escaped by the template engine, and the page's policy lets only its own script run, by its digest.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from eval.battery.planted import Rates, rates
from eval.causes import MEANINGS, cause, complaints
from eval.comparison import Comparison
from eval.metrics.registry import METRICS
from eval.report.claims import claims
from eval.report.plots import histogram, interval_bar, stacked
from eval.report.summary import Row, balanced, latency, more_rows, rows, tokens
from eval.runner import Result
from eval.runs import Run

_ASSETS = Path(__file__).parent / "assets"
# What goes first in the list of cases; what broke anew goes before all of it.
_WORST = (
    "error",
    "wrongly answered",
    "wrongly refused",
    "premise",
    "wrong outcome",
    "not retrieved",
    "retrieved but unused",
    "incomplete",
    "wrong citation",
    "",
)
_TILES = ("right", "false_answer", "false_refusal", "nugget_recall", "citation_precision", "hit_5")
_SLICED = ("right", "false_answer", "false_refusal", "section_hit", "nugget_recall", "citation_precision")


def as_html(run: Run, comparison: Comparison | None = None) -> str:
    """The page. Where a comparison is given, baselines stand beside the values, and cases that broke go first."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = (_ASSETS / "page.js").read_text(encoding="utf-8")
    broken = frozenset(comparison.broken) if comparison else frozenset()
    fixed = frozenset(comparison.fixed) if comparison else frozenset()
    cases = [_case(result, broken, fixed) for result in run.results]
    cases.sort(key=lambda one: (not one["broken"], _WORST.index(one["cause"]), one["merit"]))
    for place, one in enumerate(cases):
        one["place"] = place
    planted = rates(run.results)
    whole, *slices = (*rows(run.results), *more_rows(run.results))
    return environment.get_template("page.html").render(
        title=f"{run.provenance.suite}, {run.provenance.split}",
        made=asdict(run.provenance),
        complete=run.complete,
        n=len(run.results),
        faultless=sum(not one["cause"] for one in cases),
        tiles=[_metric(whole, key, comparison, None) for key in _TILES if whole.cell(key)],
        metrics=[_metric(whole, metric.key, comparison, planted.get(metric.key)) for metric in METRICS],
        balanced=balanced(run.results),
        times=latency(run.results),
        used=tokens(run.results),
        histogram=histogram([1000 * result.seconds for result in run.results]),
        comparison=comparison,
        causes=_causes(cases),
        slices=_slices(slices, run.results),
        sliced=[metric.title for metric in METRICS if metric.key in _SLICED],
        cases=cases,
        choices={
            key: sorted({str(one[key]) for one in cases} - {""}) for key in ("language", "kind", "expect", "split")
        },
        style=(_ASSETS / "page.css").read_text(encoding="utf-8"),
        script=script,
        script_digest=b64encode(sha256(script.encode()).digest()).decode(),
    )


def _metric(whole: Row, key: str, comparison: Comparison | None, planted: Rates | None) -> dict[str, Any]:
    metric = next(one for one in METRICS if one.key == key)
    cell = whole.cell(key)
    compared = comparison.of(key) if comparison else None
    return {
        "metric": metric,
        "cell": cell,
        "missing": whole.n - (cell.n if cell else 0),
        "compared": compared,
        "planted": planted,
        "plot": interval_bar(cell, compared.before if compared else None) if cell and metric.percent else "",
    }


def _causes(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counts = Counter(one["cause"] for one in cases)
    most = max((counts[name] for name in MEANINGS), default=0)
    return [
        {"name": name, "meaning": meaning, "n": counts[name], "wide": 100 * counts[name] / most}
        for name, meaning in MEANINGS.items()
        if counts[name]
    ]


def _slices(found: list[Row], results: tuple[Result, ...]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        cells = [(row.cell(metric.key), metric) for metric in METRICS if metric.key in _SLICED]
        right = row.cell("right")
        good = round(right.mean * right.n) if right else 0
        bar = stacked((("good", good), ("bad", row.n - good)), row.n)
        groups.setdefault(row.by, []).append({"name": row.name, "n": row.n, "cells": cells, "bar": bar})
    return [{"by": by, "rows": group} for by, group in groups.items()]


def _case(result: Result, broken: frozenset[str], fixed: frozenset[str]) -> dict[str, Any]:
    case, answer = result.case, result.answer
    cited = answer.get("citations", [])
    scores = [(metric, value) for metric in METRICS if (value := metric.of(result.score)) is not None]
    merits = [value if metric.better > 0 else 1 - value for metric, value in scores if metric.better]
    return {
        "id": case.id,
        "repeat": result.repeat,
        "question": case.question,
        "history": case.history,
        "language": case.language,
        "kind": case.kind,
        "split": case.split,
        "expect": case.expect,
        "tags": case.tags,
        "sections": case.sections,
        "outcome": result.reply.outcome,
        "cause": cause(result) or "",
        "complaints": list(complaints(result)),
        "broken": case.id in broken,
        "fixed": case.id in fixed,
        "merit": sum(merits) / len(merits),
        "scores": [(metric.title, metric.written(value)) for metric, value in scores],
        "milliseconds": 1000 * result.seconds,
        "error": result.error,
        "claims": claims(result.reply),
        "citations": [_citation(number, one) for number, one in enumerate(cited, 1)],
        "gold": case.gold,
        "nuggets": case.nuggets,
        "notices": answer.get("notices", []),
        "retrieved": [_passage(one) for one in result.retrieved or ()],
    }


def _citation(number: int, citation: dict[str, Any]) -> dict[str, Any]:
    """A cited passage, cut into what is before the quote, the quote, and what is after it."""
    text, quote = citation.get("text") or citation["quote"], citation["quote"]
    before, found, after = text.partition(quote)
    if not found:
        before, found, after = "", quote, ""
    return {
        "number": number,
        "before": before,
        "quote": found,
        "after": after,
        "translation": citation.get("translation") or "",
        "place": _place(citation),
    }


def _passage(passage: dict[str, Any]) -> dict[str, Any]:
    return {"score": passage["score"], "place": _place(passage), "text": passage["text"]}


def _place(citation: dict[str, Any]) -> str:
    section = citation["section"]
    title = section["path"][-1] if section["path"] else ""
    return " ".join(filter(None, (citation["document"]["title"], "·", section["number"], title)))
