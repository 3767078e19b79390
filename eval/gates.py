"""Gates: whether a run may pass, held against a baseline by rules that stand in a file beside the suite.

    min_cases = 200                # fewer that are the same in both: not comparable
    max_errors = 0                 # cases that may raise an error
    must_pass = ["paper-zh-01"]    # cases that may have no fault

    [metrics.right]
    max_drop = 0.01                # a worsening is let pass up to this, and where chance may be behind it
    min_value = 0.80               # of the mean; max_value likewise

RulesError   the rules cannot be read
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from eval.comparison import LEVEL, Comparison, compare
from eval.errors import EvaluationError
from eval.metrics.registry import BY_KEY
from eval.scorecards import Scorecard

_CLOSED = ConfigDict(extra="forbid")
# Sums over cases in another order differ by less than this.
NOISE = 1e-9


class RulesError(EvaluationError):
    """The rules of a gate cannot be read."""


class Code(IntEnum):
    """Exit codes of `assistant eval gate`; 2 is an error in what was asked for."""

    PASSED = 0
    REGRESSION = 1
    NOT_COMPARABLE = 3
    ERRORS = 4


@dataclass(frozen=True)
class Rule:
    """What one metric may do. direction: which side is better, where it is another than the metric's own."""

    __pydantic_config__ = _CLOSED

    direction: Literal["higher", "lower"] | None = None
    max_drop: float | None = None
    min_value: float | None = None
    max_value: float | None = None


@dataclass(frozen=True)
class Rules:
    """What a run is held to."""

    __pydantic_config__ = _CLOSED

    min_cases: int = 30
    max_errors: int = 0
    must_pass: tuple[str, ...] = ()
    metrics: dict[str, Rule] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What a gate says: a code, and its reasons, a line each; none where the run passes."""

    code: Code
    reasons: tuple[str, ...]
    comparison: Comparison


# Without a file: nothing that matters may be found worse.
DEFAULT = Rules(
    metrics={key: Rule(max_drop=0.0) for key in ("right", "nugget_recall", "citation_recall", "citation_precision")}
)


def read_rules(path: Path) -> Rules:
    """Read a file of rules (TOML). Raises RulesError, naming what is wrong in it."""
    try:
        rules = TypeAdapter(Rules).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: found no file that can be read ({error}), expected rules in TOML") from error
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{path}: found what is no TOML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise RulesError(
            f"{path}: {where}: found {first['input']!r:.80}, expected otherwise: {first['msg']}"
        ) from error
    unknown = rules.metrics.keys() - BY_KEY.keys()
    if unknown:
        raise RulesError(f"{path}: metrics: found {', '.join(sorted(unknown))}, expected some of {', '.join(BY_KEY)}")
    return rules


def decide(run: Scorecard, baseline: Scorecard, rules: Rules) -> Decision:
    """Hold a run against a baseline. Errors over budget go first, then what keeps from comparing, then regressions."""
    comparison = compare(baseline, run)
    if run.errors > rules.max_errors:
        return Decision(
            Code.ERRORS, (f"{run.errors} cases raised an error, at most {rules.max_errors} may",), comparison
        )
    if obstacles := [*comparison.obstacles, *_too_few(run, comparison, rules)]:
        return Decision(Code.NOT_COMPARABLE, tuple(obstacles), comparison)
    reasons = [f"{name} must pass: {run.cases[name].cause}" for name in rules.must_pass if run.cases[name].cause]
    for key, rule in rules.metrics.items():
        reasons += _broken(key, rule, run, comparison)
    return Decision(Code.REGRESSION if reasons else Code.PASSED, tuple(reasons), comparison)


def _too_few(run: Scorecard, comparison: Comparison, rules: Rules) -> list[str]:
    found = []
    if len(comparison.matched) < rules.min_cases:
        found.append(
            f"{len(comparison.matched)} cases are the same in both, expected {rules.min_cases} or more "
            f"({len(comparison.changed)} changed, {len(comparison.only_before)} gone, {len(comparison.only_after)} new)"
        )
    found += [f"{name} must pass and was not asked" for name in rules.must_pass if name not in run.cases]
    return found


def _broken(key: str, rule: Rule, run: Scorecard, comparison: Comparison) -> list[str]:
    metric, reasons = BY_KEY[key], []
    values = [one.values[key] for one in run.cases.values() if key in one.values]
    mean = sum(values) / len(values) if values else None
    if mean is not None and rule.min_value is not None and mean < rule.min_value - NOISE:
        reasons.append(f"{metric.title}: found {mean:.4f}, expected {rule.min_value} or more")
    if mean is not None and rule.max_value is not None and mean > rule.max_value + NOISE:
        reasons.append(f"{metric.title}: found {mean:.4f}, expected {rule.max_value} or less")
    compared = comparison.of(key)
    if compared and rule.max_drop is not None:
        better = {"higher": +1, "lower": -1, None: metric.better}[rule.direction]
        gap = compared.difference
        least = -gap.high if better > 0 else gap.low  # the drop is at least this, with 97.5 % confidence
        if better and least > rule.max_drop + NOISE and compared.p < LEVEL:
            reasons.append(
                f"{metric.title}: {metric.written(compared.before)} before, {metric.written(compared.after)} now "
                f"(n={gap.n}, worse by {metric.written(least)} at least, {metric.written(rule.max_drop)} allowed)"
            )
    return reasons
