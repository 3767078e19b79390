"""Reports for programs: JSON, CSV, JUnit's XML, and Markdown for a pull request."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

from eval.battery.planted import rates
from eval.causes import cause, complaints
from eval.comparison import Comparison
from eval.metrics.registry import METRICS
from eval.report.summary import balanced, latency, more_rows, rows, tokens
from eval.runs import Run

# What no XML 1.0 document may hold.
_NO_XML = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
_NO_XML |= dict.fromkeys(range(0xD800, 0xE000))
# A cell that begins so would be a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(run: Run, comparison: Comparison | None = None) -> dict[str, Any]:
    """Slices with intervals, every case with its answer and scores, and the comparison with a baseline."""
    slices = [
        {"by": row.by, "name": row.name, "n": row.n}
        | {m.key: asdict(cell) if cell else None for m, cell in zip(METRICS, row.cells, strict=True)}
        for row in (*rows(run.results), *more_rows(run.results))
    ]
    values = {
        "schema": 2,
        "provenance": asdict(run.provenance),
        "complete": run.complete,
        "n": len(run.results),
        "errors": sum(bool(r.error) for r in run.results),
        "balanced_accuracy": balanced(run.results),
        "latency": latency(run.results),
        "tokens": dict(zip(("read", "written", "answers"), told, strict=True))
        if (told := tokens(run.results))
        else None,
        "slices": slices,
        "planted": {key: asdict(found) for key, found in rates(run.results).items()},
        "cases": [_case(run, place) for place in range(len(run.results))],
    }
    if comparison:
        values["comparison"] = comparison_json(comparison)
    return values


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """A comparison: its verdict, each metric, and the cases that changed."""
    values = asdict(comparison)
    values["metrics"] = [
        {"metric": one.metric.key} | {k: v for k, v in asdict(one).items() if k != "metric"}
        for one in comparison.metrics
    ]
    return {"verdict": comparison.verdict} | values


def _case(run: Run, place: int) -> dict[str, Any]:
    result = run.results[place]
    return {
        "id": result.case.id,
        "repeat": result.repeat,
        "question": result.case.question,
        "language": result.case.language,
        "split": result.case.split,
        "kind": result.case.kind,
        "expect": result.case.expect,
        "outcome": result.reply.outcome,
        "cause": cause(result),
        "scores": asdict(result.score),
        "complaints": list(complaints(result)),
        "milliseconds": round(result.seconds * 1000, 3),
        "error": result.error or None,
        "answer": result.answer or None,
    }


def as_csv(run: Run) -> str:
    """A line for each case; an empty cell is a metric that does not apply to it."""
    text = io.StringIO()
    keys = [metric.key for metric in METRICS]
    writer = csv.writer(text, lineterminator="\n")
    head = ("id", "repeat", "language", "split", "kind", "expect", "outcome", "cause")
    writer.writerow((*head, *keys, "milliseconds", "error", "question", "answer"))
    for one in run.results:
        case, scores = one.case, asdict(one.score)
        cells = [case.id, one.repeat, case.language, case.split, case.kind, case.expect, one.reply.outcome]
        cells += [cause(one) or "", *("" if scores[key] is None else scores[key] for key in keys)]
        cells += [round(one.seconds * 1000, 3), one.error, case.question, one.reply.text]
        writer.writerow([_cell(cell) for cell in cells])
    return text.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def as_junit(run: Run) -> str:
    """A test case for each case, as build servers show them: a fault is a failure, an error an error."""
    faults = [cause(result) for result in run.results]
    suite = ElementTree.Element(
        "testsuite",
        name=_xml(run.provenance.suite),
        tests=str(len(faults)),
        failures=str(sum(fault is not None and fault != "error" for fault in faults)),
        errors=str(faults.count("error")),
        time=f"{sum(result.seconds for result in run.results):.3f}",
        timestamp=run.provenance.started,
    )
    for result, fault in zip(run.results, faults, strict=True):
        repeat = f" ({result.repeat + 1})" if result.repeat else ""
        entry = ElementTree.SubElement(
            suite,
            "testcase",
            name=_xml(result.case.id + repeat),
            classname=_xml(f"{run.provenance.suite}.{result.case.kind}"),
            time=f"{result.seconds:.3f}",
        )
        if fault:
            told = ElementTree.SubElement(entry, "error" if fault == "error" else "failure", message=fault)
            lines = (result.case.question, *complaints(result), result.reply.text)
            told.text = _xml("\n".join(lines))
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _xml(text: str) -> str:
    return text.translate(_NO_XML)


def as_markdown(run: Run, comparison: Comparison | None = None, most: int = 20) -> str:
    """A summary for a pull request: the metrics, the verdicts, and the first `most` cases that broke."""
    made = run.provenance
    head = ["metric", "value", "95 %", "n", "n.a."] + (["baseline", "change", "verdict"] if comparison else [])
    lines = [f"### {_escaped(made.suite)}, {made.split}: {len(run.results)} cases", "", _line(head)]
    lines.append(_line(["---"] + ["---:"] * 4 + (["---:", "---:", "---"] if comparison else [])))
    whole = rows(run.results)[0]
    for metric, cell in zip(METRICS, whole.cells, strict=True):
        if cell is None:
            continue
        row = [metric.title, metric.written(cell.mean)]
        row += [f"{metric.written(cell.low)}–{metric.written(cell.high)}", str(cell.n), str(whole.n - cell.n)]
        if comparison:
            one = comparison.of(metric.key)
            change = one and f"{'+' if one.difference.mean > 0 else ''}{metric.written(one.difference.mean)}"
            row += [metric.written(one.before), change or "", one.verdict] if one else ["", "", ""]
        lines.append(_line(row))
    if comparison:
        joined = f"{len(comparison.matched)} cases are the same in both"
        lines += ["", f"**{comparison.verdict}**: " + ("; ".join(comparison.obstacles) or joined) + "."]
        for title, names in (("Newly broken", comparison.broken), ("Mended", comparison.fixed)):
            if names:
                shown = ", ".join(map(_escaped, names[:most]))
                lines += ["", f"{title} ({len(names)}): {shown}" + (" …" if len(names) > most else "")]
    return "\n".join(lines) + "\n"


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in text if c.isprintable())
