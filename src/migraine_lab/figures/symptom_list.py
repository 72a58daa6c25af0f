"""How often a symptom was reported, survey by survey: a percentage, its interval where a count allows one, and of whom.

Rows stand in groups with a heading each, so that surveys of different kinds are not read as one list. All markers are
hollow: nobody was compared with anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from migraine_lab.figures.style import PHASE_COLOURS, Look, new_figure, place, quiet_axes, shorten, write

MARKERS = {"patients": "o", "attacks": "s"}
"""Shape by what was counted, as the heading of the list says."""


@dataclass(frozen=True)
class SymptomView:
    """One page: group, label, source, text, named, phase_id, unit_counted, percent, low, high; ``overlay`` heads "named"."""

    rows: pd.DataFrame
    overlay: str = ""


class SymptomList:
    """Drawing of a SymptomView with up to ``lines`` lines, headings included."""

    def __init__(self, look: Look, lines: int) -> None:
        self.look, self.lines = look, lines
        row, width = look.row_height, look.width
        top, bottom = round(row * 1.25), round(row * (2.3 if not look.presenting else 1.5))
        self.figure: Figure = new_figure(look, top + lines * row + bottom)
        left, column, third = round(width * 0.365), round(width * 0.18), round(width * 0.185)
        self._flag = round(width * 0.028)
        self._rooms = {"label": left - self._flag - 22, "source": third - 6, "text": column - 12}
        span = width - left - column - third - 22
        self.axes = place(self.figure, left, top, span, lines * row)
        self.axes.set(xlim=(0, 100), ylim=(lines, 0), yticks=[], xticks=range(0, 101, 25), autoscale_on=False)
        if not look.presenting:
            self.axes.set_xlabel("of 100")
        quiet_axes(self.axes, look)
        palette = look.palette
        middles = [top + (line + 0.5) * row for line in range(lines)]
        self._labels = [write(self.figure, 8 + self._flag, y, look) for y in middles]
        self._flags = [write(self.figure, 8, y, look, color=palette.claim) for y in middles]
        self._texts = [
            write(self.figure, width - 8, y, look, ha="right", color=palette.muted) for y in middles
        ]
        self._sources = [write(self.figure, left + span + 22, y, look, color=palette.muted) for y in middles]
        self._head = write(self.figure, 8, top * 0.5, look, color=palette.muted)
        self._head_right = write(self.figure, width - 8, top * 0.5, look, ha="right", color=palette.muted)
        self._head_right.set_text("● people   ■ attacks")
        ends = {"xmin": -left / span, "xmax": (width - left) / span}  # across the whole list
        self._bands = [
            self.axes.axhspan(line, line + 1, color=palette.panel, lw=0, zorder=0, clip_on=False, **ends)
            for line in range(lines)
        ]
        for tick in (25, 50, 75):
            self.axes.axvline(tick, color=palette.line, lw=0.6, zorder=1)
        self._sticks = LineCollection([], linewidths=2, zorder=3)
        self.axes.add_collection(self._sticks, autolim=False)
        size = (row * 0.34) ** 2
        self._marks = {
            unit: self.axes.scatter([], [], s=size, marker=marker, linewidths=1.7, zorder=5, clip_on=False)
            for unit, marker in MARKERS.items()
        }
        self.layers: list[list[Artist]] = [
            [self._sticks, *self._marks.values(), *self._labels, *self._flags, *self._sources, *self._texts]
        ]
        self._static_key: Any = None

    def update(self, view: SymptomView) -> int:
        """Move and rewrite the rows (1); the headings' bands and the head only when they changed (0)."""
        rows = view.rows
        groups = list(rows["group"])
        heads, places = _lay_out(groups, self.lines)
        static = (tuple(heads.items()), view.overlay)
        changed = static != self._static_key
        if changed:
            self._static_key = static
            for line, band in enumerate(self._bands):
                band.set_visible(line in heads)
            self._head.set_text(view.overlay)
        self._write(rows, heads, places)
        self._move(rows, np.array(places, dtype=float) + 0.5)
        return 0 if changed else 1

    def _write(self, rows: pd.DataFrame, heads: dict[int, str], places: Sequence[int]) -> None:
        palette = self.look.palette
        shown = rows[["label", "source", "text", "named"]].itertuples(index=False)
        where = dict(zip(places, shown, strict=True))
        columns = {"label": self._labels, "source": self._sources, "text": self._texts}
        for line, flag in enumerate(self._flags):
            row = where.get(line)
            for name, texts in columns.items():
                words = "" if row is None else shorten(getattr(row, name), self._rooms[name], self.look.text)
                texts[line].set_text(words)
            if row is None:
                flag.set(text=heads.get(line, ""), color=palette.muted, style="italic")
            else:
                flag.set(text="▲" if row.named else "", color=palette.claim, style="normal")

    def _move(self, rows: pd.DataFrame, y: np.ndarray) -> None:
        palette = self.look.palette
        values = rows[["low", "percent", "high"]].to_numpy(float)
        colours = np.array(
            [getattr(palette, PHASE_COLOURS[phase]) for phase in rows["phase_id"]], dtype=object
        )
        known = np.isfinite(values).all(axis=1)
        ends = np.stack([np.column_stack([values[:, 0], y]), np.column_stack([values[:, 2], y])], axis=1)
        self._sticks.set(segments=list(ends[known]), color=list(colours[known]))
        for unit, marks in self._marks.items():
            chosen = (rows["unit_counted"] == unit).to_numpy()
            marks.set_offsets(np.column_stack([values[chosen, 1], y[chosen]]))
            marks.set(facecolor=palette.paper, edgecolor=list(colours[chosen]) or "none")


def _lay_out(groups: Sequence[str], lines: int) -> tuple[dict[int, str], list[int]]:
    """Return the heading of each heading's line, and the line of each row."""
    heads: dict[int, str] = {}
    places: list[int] = []
    line, last = 0, None
    for group in groups:
        if group != last:
            heads[line] = group
            line, last = line + 1, group
        places.append(line)
        line += 1
    if line > lines:
        raise ValueError(f"a page of {line} lines does not fit a list of {lines}")
    return heads, places


def pages(groups: Sequence[str], lines: int) -> list[slice]:
    """Cut rows (given by their groups, in order) into pages of at most ``lines`` lines, headings counted."""
    cut: list[slice] = []
    start, used, last = 0, 0, None
    for place_, group in enumerate(groups):
        needs = 1 + (group != last)
        if used + needs > lines:
            cut.append(slice(start, place_))
            start, used, needs = place_, 0, 2
        used, last = used + needs, group
    cut.append(slice(start, len(groups)))
    return cut
