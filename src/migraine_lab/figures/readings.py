"""Several readings of the same trials on one axis: what each says, its arms, its difference with the interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from migraine_lab.figures.style import Look, new_figure, place, quiet_axes, shorten, write


@dataclass(frozen=True)
class ReadingRow:
    """One reading: its name, the arms in words, the difference with limits (NaN where unknown), planned first or not."""

    name: str
    arms: str
    difference: float
    low: float
    high: float
    text: str
    planned: bool


@dataclass(frozen=True)
class ReadingsView:
    """Readings from top to bottom, the axis's name and the word for the comparator ("placebo")."""

    rows: Sequence[ReadingRow]
    axis: str
    comparator: str
    treated: str = "treatment"


class ReadingsFigure:
    """Drawing of a ReadingsView with up to ``capacity`` readings; filled marks were planned first, hollow ones not."""

    def __init__(self, look: Look, capacity: int) -> None:
        self.look, self.capacity = look, capacity
        row, width, palette = look.row_height, look.width, look.palette
        block, top = row * 2.0, row * 1.2
        tall = capacity * block
        self.figure: Figure = new_figure(look, round(top + tall + row * 2.2))
        left, column = round(width * 0.51), round(width * 0.19)
        self._room = left - 24
        self.axes = place(self.figure, left, top, width - left - column - 10, tall)
        self.axes.set(ylim=(capacity, 0), yticks=[])
        quiet_axes(self.axes, look)
        tops = [top + at * block for at in range(capacity)]
        self._names = [write(self.figure, 8, y + row * 0.5, look) for y in tops]
        self._arms = [write(self.figure, 8, y + row * 1.4, look, color=palette.muted) for y in tops]
        self._texts = [write(self.figure, width - 8, y + row, look, ha="right") for y in tops]
        self._sides = [
            write(self.figure, left, row * 0.6, look, color=palette.muted),
            write(self.figure, width - column - 10, row * 0.6, look, ha="right", color=palette.muted),
        ]
        self._key = write(self.figure, 8, top + tall + row * 1.3, look, color=palette.muted)
        key = (
            "filled: put first, hollow: not",
            "filled: put first, hollow: another or a later choice",
        )
        self._key.set_text(shorten(key[not look.presenting], left - 20, look.text))
        self._zero = self.axes.axvline(0, color=palette.muted, lw=1.2, ls=(0, (3, 2)), zorder=1)
        self._sticks = LineCollection([], colors=palette.treatment, linewidths=2.2, zorder=2)
        self.axes.add_collection(self._sticks, autolim=False)
        style: dict[str, Any] = {"ms": row * 0.42, "mec": palette.treatment, "mew": 1.8, "clip_on": False}
        self._first = self.axes.plot([], [], "D", mfc=palette.treatment, zorder=3, **style)[0]
        self._other = self.axes.plot([], [], "D", mfc=palette.paper, zorder=3, **style)[0]
        self.layers: list[list[Artist]] = [[self._sticks, self._first, self._other, *self._texts]]
        self._shown: Any = None

    def update(self, view: ReadingsView) -> int:
        """Move intervals and figures (1); another case writes its names and its axis anew (0)."""
        rows = list(view.rows)[: self.capacity]
        values = np.array([(one.difference, one.low, one.high) for one in rows])
        far = max(1.0, float(np.nanmax(np.abs(values))))
        reach = next(
            end
            for end in (1.5, 2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 60, 100)
            if end >= far * 1.02 or end == 100
        )
        shown = (tuple((one.name, one.arms) for one in rows), view.axis, view.comparator, view.treated, reach)
        changed = shown != self._shown
        if changed:
            self._shown = shown
            self.axes.set_xlim(-reach, reach)
            self.axes.set_xlabel(view.axis)
            sides = (f"← {view.comparator}", f"{view.treated} →")
            for text, words in zip(self._sides, sides, strict=True):
                text.set_text(words)
            for at, (name, arms) in enumerate(zip(self._names, self._arms, strict=True)):
                there = at < len(rows)
                name.set_text(shorten(rows[at].name, self._room, self.look.text) if there else "")
                arms.set_text(shorten(rows[at].arms, self._room, self.look.text) if there else "")
        for at, text in enumerate(self._texts):
            text.set_text(rows[at].text if at < len(rows) else "")
        y = np.arange(len(rows)) + 0.5
        known = np.isfinite(values).all(axis=1)
        ends = np.stack([np.column_stack([values[:, 1], y]), np.column_stack([values[:, 2], y])], axis=1)
        self._sticks.set_segments(list(ends[known]))
        planned = np.array([one.planned for one in rows])
        self._first.set_data(values[planned, 0], y[planned])
        self._other.set_data(values[~planned, 0], y[~planned])
        return 0 if changed else 1
