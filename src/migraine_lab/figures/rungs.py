"""Statements in a list, each with a mark in one of a few columns: kinds of evidence, or verdicts.

The column says where a statement stands, the mark's shape and the word at the end of the row how firmly. A hollow
triangle is the student's own guess. One row is open: a band and a pointer mark it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migraine_lab.figures.style import Look, new_figure, place, shorten, write

FIRM, SOME, WEAK, DISPUTED = "firm", "some", "weak", "disputed"
MARKS: dict[str, tuple[str, str, bool]] = {
    FIRM: ("o", "treatment", True),
    SOME: ("o", "treatment", False),
    WEAK: ("v", "uncontrolled", False),
    DISPUTED: ("X", "comparator", True),
}
"""Marker, name of its colour and whether it is filled, by how firmly a statement stands."""
GUESS = "^"


@dataclass(frozen=True)
class Rung:
    """One statement: its words, the column of its mark (None while hidden), the mark, the last word, the guess' column."""

    label: str
    column: int | None
    mark: str
    word: str
    guess: int | None = None


@dataclass(frozen=True)
class RungsView:
    """Columns' headings from left to right, all statements, the open one's place, and what the last column is called."""

    columns: tuple[str, ...]
    rows: Sequence[Rung]
    chosen: int
    last: str = ""


class Rungs:
    """Drawing of a RungsView; of more than ``capacity`` statements those around the open one are shown."""

    def __init__(self, look: Look, capacity: int, columns: int) -> None:
        self.look, self.capacity = look, capacity
        row, wide, palette = look.row_height, look.width, look.palette
        top = round(row * 1.3)
        self.figure: Figure = new_figure(look, round(top + (capacity + 0.9) * row))
        left, last = round(wide * 0.43), round(wide * 0.15)
        span = wide - left - last
        self._rooms = (left - row - 12, last - 16, span / columns - 6)
        self.axes = place(self.figure, left, top, span, capacity * row)
        self.axes.set(xlim=(0, columns), ylim=(capacity, 0))
        self.axes.axis("off")
        middles = [top + (line + 0.5) * row for line in range(capacity)]
        ends = (-left / span * columns, (wide - left) / span * columns)
        self._band = Rectangle((ends[0], -2), ends[1] - ends[0], 1, color=palette.panel, lw=0, clip_on=False)
        self.axes.add_patch(self._band)
        for column in range(columns):
            self.axes.plot([column + 0.5] * 2, [0, capacity], color=palette.line, lw=0.7, zorder=1)
        self._heads = [
            write(self.figure, left + (column + 0.5) * span / columns, top / 2, look, ha="center", color=palette.muted)
            for column in range(columns)
        ]  # fmt: skip
        self._last_head = write(self.figure, wide - last + 8, top / 2, look, color=palette.muted)
        self._labels = [write(self.figure, row, y, look) for y in middles]
        self._words = [write(self.figure, wide - last + 8, y, look, color=palette.ink) for y in middles]
        self._pointer = self.axes.plot([], [], ">", ms=row * 0.3, color=palette.ink, clip_on=False)[0]
        self._pointer_x = ends[0] + 0.45 * row / span * columns
        size = (row * 0.42) ** 2
        self._marks = {
            name: self.axes.scatter(
                [], [], s=size, marker=shape, linewidths=1.8, zorder=5, edgecolors=getattr(palette, colour),
                facecolors=getattr(palette, colour) if filled else palette.paper,
            )
            for name, (shape, colour, filled) in MARKS.items()
        }  # fmt: skip
        self._guesses = self.axes.scatter(
            [],
            [],
            s=size,
            marker=GUESS,
            linewidths=1.8,
            zorder=6,
            facecolors="none",
            edgecolors=palette.guess,
        )
        self._foot = write(self.figure, row, top + (capacity + 0.45) * row, look, color=palette.muted)
        self.layers: list[list[Artist]] = [
            [self._band, self._pointer, *self._marks.values(), self._guesses, *self._labels, *self._words, self._foot]
        ]  # fmt: skip
        self._static: Any = None

    def update(self, view: RungsView) -> int:
        """Move the band and the marks and write the rows (1); write the headings where they changed (0)."""
        changed = (view.columns, view.last) != self._static
        if changed:
            self._static = (view.columns, view.last)
            for text, words in zip(self._heads, view.columns, strict=True):
                text.set_text(shorten(words, self._rooms[2], self.look.text))
            self._last_head.set_text(shorten(view.last, self._rooms[1], self.look.text))
        first = min(max(view.chosen - self.capacity // 2, 0), max(len(view.rows) - self.capacity, 0))
        rows = view.rows[first : first + self.capacity]
        for place_, (label, word) in enumerate(zip(self._labels, self._words, strict=True)):
            one = rows[place_] if place_ < len(rows) else None
            label.set_text(shorten(one.label, self._rooms[0], self.look.text) if one else "")
            word.set_text(shorten(one.word, self._rooms[1], self.look.text) if one else "")
        at = view.chosen - first
        self._band.set_y(at)
        self._pointer.set_data([self._pointer_x], [at + 0.5])
        for name, marks in self._marks.items():
            marks.set_offsets(_places((one.column if one.mark == name else None) for one in rows))
        self._guesses.set_offsets(_places(one.guess for one in rows))
        part = f"{first + 1} to {first + len(rows)} of {len(view.rows)}; choose another to see the rest"
        self._foot.set_text(part if len(view.rows) > self.capacity else "")
        return 0 if changed else 1


def _places(columns: Any) -> Any:
    """Centres of the marks of rows whose column is known, shape (marks, 2)."""
    found = [(column + 0.5, place + 0.5) for place, column in enumerate(columns) if column is not None]
    return np.array(found, dtype=float).reshape(-1, 2)
