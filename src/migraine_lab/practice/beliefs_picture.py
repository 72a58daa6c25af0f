"""Ten beliefs before and after the course, one figure: a row a sentence, hollow for before, filled for now."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from .look import escape

WIDTH, ROW, HEAD = 868, 42, 34
LEFT, RIGHT = 500, 770
LETTERS = 62  # of a line of a sentence, at 15 px


def picture(
    items: Sequence[Mapping[str, str]],
    scale: Sequence[str],
    before: Mapping[str, str],
    now: Mapping[str, str],
) -> str:
    """SVG of all sentences; ``before`` and ``now`` hold steps of ``scale`` by belief_id, and may lack any of them."""
    height = HEAD + ROW * len(items) + 8
    parts = [
        f'<svg class="mlp-picture mlp-whole" role="img" aria-label="{escape(words(items, scale, before, now))}" '
        f'viewBox="0 0 {WIDTH} {height}">',
        f'<text x="{LEFT}" y="16" text-anchor="middle">{escape(scale[0])}</text>',
        f'<text x="{RIGHT}" y="16" text-anchor="middle">{escape(scale[-1])}</text>',
    ]
    for place, item in enumerate(items):
        parts += _row(item, HEAD + ROW * (place + 0.5), place + 1, scale, before, now)
    return "".join(parts) + "</svg>"


def words(
    items: Sequence[Mapping[str, str]],
    scale: Sequence[str],
    before: Mapping[str, str],
    now: Mapping[str, str],
) -> str:
    """The figure as text: how many answers moved, then every sentence with both answers."""
    told = [
        f"{place}. {item['sentence']} Before: {before.get(item['belief_id'], 'not answered')}; "
        f"now: {now.get(item['belief_id'], 'not answered')}."
        for place, item in enumerate(items, start=1)
    ]
    return " ".join([moved(items, scale, before, now), *told])


def moved(
    items: Sequence[Mapping[str, str]],
    scale: Sequence[str],
    before: Mapping[str, str],
    now: Mapping[str, str],
) -> str:
    """How many answers moved, as one sentence; nothing is called right or wrong."""
    both = [
        (scale.index(before[key]), scale.index(now[key]))
        for item in items
        if (key := item["belief_id"]) in before and key in now
    ]
    if not both:
        return "No answer from the start of the course was found, so only what you say now is shown."
    up, down = sum(a < b for a, b in both), sum(a > b for a, b in both)
    said = f"Of {len(both)} sentences answered both times, you agree more with {up} and less with {down}"
    return f"{said}; {len(both) - up - down} stayed where they were."


def _row(
    item: Mapping[str, str],
    y: float,
    number: int,
    scale: Sequence[str],
    before: Mapping[str, str],
    now: Mapping[str, str],
) -> list[str]:
    lines = textwrap.wrap(f"{number}. {item['sentence']}", LETTERS)
    top = y + 5 - 9 * (len(lines) - 1)
    parts = [f'<text x="0" y="{top + 18 * at:.0f}">{escape(line)}</text>' for at, line in enumerate(lines)]
    parts.append(f'<line class="mlp-line" x1="{LEFT}" y1="{y:.0f}" x2="{RIGHT}" y2="{y:.0f}"/>')
    parts += [
        f'<line class="mlp-line" x1="{_x(step, scale):.1f}" y1="{y - 4:.0f}" x2="{_x(step, scale):.1f}" y2="{y + 4:.0f}"/>'
        for step in scale
    ]
    parts.append(
        f'<text x="{WIDTH}" y="{y + 5:.0f}" text-anchor="end">lesson {escape(item["lesson"])}</text>'
    )
    then, today = before.get(item["belief_id"], ""), now.get(item["belief_id"], "")
    if then in scale and today in scale and then != today:
        x, end = _x(then, scale), _x(today, scale)
        parts.append(f'<line class="mlp-move" x1="{x:.1f}" y1="{y:.0f}" x2="{end:.1f}" y2="{y:.0f}"/>')
    if then in scale:
        x = _x(then, scale)
        points = f"{x - 11:.1f},{y:.0f} {x:.1f},{y - 11:.0f} {x + 11:.1f},{y:.0f} {x:.1f},{y + 11:.0f}"
        parts.append(f'<polygon class="mlp-guess" points="{points}"/>')
    if today in scale:
        parts.append(f'<circle class="mlp-truth" cx="{_x(today, scale):.1f}" cy="{y:.0f}" r="6"/>')
    return parts


def _x(step: str, scale: Sequence[str]) -> float:
    return LEFT + (RIGHT - LEFT) * scale.index(step) / (len(scale) - 1)
