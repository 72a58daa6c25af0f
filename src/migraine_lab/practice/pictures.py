"""Small inline pictures: a guess beside the truth on one scale. Shape and place carry what colour shows."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .look import escape

WIDTH, LEFT, RIGHT = 620.0, 30.0, 590.0
LETTER = 7.6  # mean width of a letter at 15 px, for keeping labels inside the picture


@dataclass(frozen=True)
class Mark:
    """A named point on the scale, e.g. Mark("your guess", 40, "40 %")."""

    name: str
    value: float
    text: str
    hollow: bool = False


def ends(values: list[float]) -> tuple[float, float]:
    """Round ends of a scale that holds all values; zero is kept in sight unless values are negative."""
    low, high = min(0.0, *values), max(0.0, *values)
    if high - low < 1e-9:
        return low, low + 1
    step: float = 10.0 ** math.floor(math.log10(high - low))
    step = step / 2 if (high - low) / step < 2.5 else step
    return math.floor(low / step) * step, math.ceil(high / step) * step


def scale(marks: list[Mark], low: float, high: float, unit: str, title: str) -> str:
    """Return the SVG of a scale from low to high, a labelled row a mark; ``title`` is its text form."""
    height = 30.0 + 34.0 * len(marks)
    base = height - 26.0
    parts = [
        f'<svg class="mlp-picture" role="img" aria-label="{escape(title)}" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.0f}">',
        f'<line class="mlp-line" x1="{LEFT}" y1="{base}" x2="{RIGHT}" y2="{base}"/>',
    ]
    for value in (low, (low + high) / 2, high):
        x = _place(value, low, high)
        parts.append(f'<line class="mlp-line" x1="{x:.1f}" y1="{base}" x2="{x:.1f}" y2="{base + 6}"/>')
        parts.append(f'<text x="{x:.1f}" y="{base + 21}" text-anchor="middle">{value:g}{escape(unit)}</text>')
    for place, mark in enumerate(marks):
        parts.append(_mark(mark, 18.0 + 34.0 * place, base, low, high))
    return "".join(parts) + "</svg>"


def _place(value: float, low: float, high: float) -> float:
    inside = min(max(value, low), high)
    return LEFT + (RIGHT - LEFT) * (inside - low) / (high - low)


def _mark(mark: Mark, y: float, base: float, low: float, high: float) -> str:
    x = _place(mark.value, low, high)
    dashes = ' stroke-dasharray="3 4"' if mark.hollow else ""
    stem = f'<line class="mlp-line" x1="{x:.1f}" y1="{y}" x2="{x:.1f}" y2="{base}"{dashes}/>'
    if mark.hollow:
        points = f"{x:.1f},{y - 7} {x + 7:.1f},{y} {x:.1f},{y + 7} {x - 7:.1f},{y}"
        sign = f'<polygon class="mlp-guess" points="{points}"/>'
    else:
        sign = f'<circle class="mlp-truth" cx="{x:.1f}" cy="{y}" r="7"/>'
    words = f"{mark.name} {mark.text}"
    turned = x + 14 + LETTER * len(words) > WIDTH
    anchor, at = ("end", x - 14) if turned else ("start", x + 14)
    return stem + sign + f'<text x="{at:.1f}" y="{y + 5}" text-anchor="{anchor}">{escape(words)}</text>'
