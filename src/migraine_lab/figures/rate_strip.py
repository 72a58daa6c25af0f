"""A short list of single rates (or mean scores) on one scale, each with its interval: hollow, for none has a comparator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import QuickText
from migraine_lab.figures.style import Look, new_figure, place, quiet_axes, shorten, write


@dataclass(frozen=True)
class StripView:
    """Rows with label, text (counts), percent, low, high; ``own`` marks the student's row; ``joined`` draws the path."""

    rows: pd.DataFrame
    own: int | None = None
    joined: bool = False


class RateStrip:
    """Drawing of a StripView with up to ``capacity`` rows; ``most`` ends the scale, and ``shape`` tells scores from rates."""

    def __init__(
        self, look: Look, capacity: int, most: float = 100, unit: str = "of 100", shape: str = "D"
    ) -> None:
        self.look, self.capacity, self.shape = look, capacity, shape
        row, width = look.row_height, look.width
        top, bottom = round(row * 0.4), round(row * 2.3)
        height = top + capacity * row + bottom
        self.figure: Figure = new_figure(look, height)
        left, column = round(width * 0.46), round(width * 0.14)
        self.axes = place(self.figure, left, top, width - left - column - 14, capacity * row)
        self.axes.set(xlim=(0, most), ylim=(capacity, 0), yticks=[])
        self.axes.set_xlabel(unit)
        quiet_axes(self.axes, look)
        colours = look.palette

        def words(x: float, line: int, **style: Any) -> QuickText:
            return write(self.figure, x, top + (line + 0.5) * row, look, **style)

        self._labels = [words(8, line) for line in range(capacity)]
        self._texts = [words(width - 8, line, ha="right") for line in range(capacity)]
        self._label_width = left - 20
        self._sticks = LineCollection([], colors=colours.uncontrolled, linewidths=1.8, zorder=3)
        self._own_stick = LineCollection([], colors=colours.guess, linewidths=4, zorder=4)
        for group in (self._sticks, self._own_stick):
            self.axes.add_collection(group, autolim=False)
        size = (row * 0.36) ** 2
        self._marks = self.axes.scatter(
            [],
            [],
            s=size,
            marker=shape,
            facecolors=colours.paper,
            edgecolors=colours.uncontrolled,
            linewidths=1.6,
            zorder=5,
            clip_on=False,
        )
        self._own_mark = self.axes.scatter(
            [],
            [],
            s=size * 1.3,
            marker="o",
            facecolors=colours.guess,
            edgecolors=colours.guess,
            zorder=6,
            clip_on=False,
        )
        self._path = self.axes.plot([], [], color=colours.muted, lw=1, ls=(0, (2, 3)), zorder=2)[0]
        self.layers: list[list[Artist]] = [
            [self._path, self._sticks, self._own_stick, self._marks, self._own_mark, *self._texts]
        ]
        self._static_key: Any = None

    def update(self, view: StripView) -> int:
        """Move markers, intervals and counts (1); rewrite the labels only when they changed (0)."""
        rows = view.rows.head(self.capacity)
        labels = tuple(rows["label"])
        changed = labels != self._static_key
        if changed:
            self._static_key = labels
            for line, text in enumerate(self._labels):
                text.set_text(
                    shorten(labels[line], self._label_width, self.look.text) if line < len(labels) else ""
                )
        for line, text in enumerate(self._texts):
            text.set_text(rows["text"].iloc[line] if line < len(rows) else "")
        values = rows[["low", "percent", "high"]].to_numpy(float)
        y = np.arange(len(rows)) + 0.5
        own = np.arange(len(rows)) == (-1 if view.own is None else view.own)
        known = np.isfinite(values).all(axis=1)
        ends = np.stack([np.column_stack([values[:, 0], y]), np.column_stack([values[:, 2], y])], axis=1)
        self._sticks.set_segments(list(ends[known & ~own]))
        self._own_stick.set_segments(list(ends[known & own]))
        self._marks.set_offsets(np.column_stack([values[~own, 1], y[~own]]))
        self._own_mark.set_offsets(np.column_stack([values[own, 1], y[own]]))
        self._path.set_data(values[:, 1], y) if view.joined else self._path.set_data([], [])
        return 0 if changed else 1
