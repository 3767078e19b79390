"""Plots as inline SVG: no script, no file beside, and colours from the page's own style."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from markupsafe import Markup

from eval.statistics import Interval

WIDTH, HEIGHT = 180, 18


def interval_bar(cell: Interval, baseline: float | None = None) -> Markup:
    """A share and its interval on a line from 0 to 1, and a tick where the baseline is."""
    inside = WIDTH - 10

    def x(value: float) -> float:
        return round(5 + inside * min(1.0, max(0.0, value)), 1)

    tick = Markup('<path class="tick" d="M{0} 2V16"/>').format(x(baseline)) if baseline is not None else ""
    return Markup(
        '<svg class="interval" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-label="{mean:.3f}, from {low:.3f} to {high:.3f}"><path class="axis" d="M5 9H{end}"/>{tick}'
        '<path class="range" d="M{a} 9H{b}"/><circle class="mean" cx="{m}" cy="9" r="4"/></svg>'
    ).format(
        w=WIDTH,
        h=HEIGHT,
        end=WIDTH - 5,
        tick=tick,
        a=x(cell.low),
        b=x(cell.high),
        m=x(cell.mean),
        mean=cell.mean,
        low=cell.low,
        high=cell.high,
    )


def stacked(parts: Sequence[tuple[str, int]], total: int) -> Markup:
    """Counts beside each other as shares of a total. parts: (CSS class, count)."""
    at, drawn = 0.0, []
    for name, count in parts:
        wide = 100 * count / total if total else 0.0
        drawn.append(
            Markup('<rect class="{0}" x="{1:.2f}" width="{2:.2f}" y="0" height="10"><title>{3}</title></rect>').format(
                name, at, wide, f"{name}: {count}"
            )
        )
        at += wide
    return Markup('<svg class="stacked" viewBox="0 0 100 10" preserveAspectRatio="none" role="img">{0}</svg>').format(
        Markup("").join(drawn)
    )


def histogram(milliseconds: Sequence[float], bins: int = 32) -> Markup:
    """How many answers took how long, on a logarithmic scale from the quickest to the slowest."""
    logs = [log10(max(value, 0.01)) for value in milliseconds]
    low, high = min(logs), max(logs)
    step = (high - low) / bins or 1.0
    counts = [0] * bins
    for value in logs:
        counts[min(bins - 1, int((value - low) / step))] += 1
    tallest = max(counts)
    bars = Markup("").join(
        Markup('<rect x="{0}" y="{1:.1f}" width="8" height="{2:.1f}"><title>{3}</title></rect>').format(
            10 * place, 60 - 60 * count / tallest, 60 * count / tallest, f"{10 ** (low + place * step):.1f} ms: {count}"
        )
        for place, count in enumerate(counts)
    )
    return Markup(
        '<svg class="histogram" viewBox="0 0 {w} 76" role="img" aria-label="answers by time">{bars}'
        '<text x="0" y="74">{a:.1f} ms</text><text x="{w}" y="74" text-anchor="end">{b:.1f} ms</text></svg>'
    ).format(w=10 * bins, bars=bars, a=10**low, b=10**high)
