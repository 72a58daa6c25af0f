"""Statements in a list, each with a mark in one of a few columns: kinds of evidence, or verdicts.

The column says where a statement stands, the mark's shape and the word at the end of the row how firmly. A hollow
triangle is the student's own guess. One row is open: a frame and a pointer mark it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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
_cut = lru_cache(maxsize=1024)(shorten)
GUESS, GUESS_AT = "^", 0.24
"""Marker of the student's guess, and where in its column it stands: beside a verdict, not on it."""


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
    """Drawing of a RungsView; of more than ``capacity`` statements those around the open one are shown.

    ``labels`` is the statements' share of the width.
    """

    def __init__(self, look: Look, capacity: int, columns: int, labels: float = 0.39) -> None:
        self.look, self.capacity = look, capacity
        row, wide, palette = look.row_height, look.width, look.palette
        top = round(row * 1.3)
        self.figure: Figure = new_figure(look, round(top + (capacity + 0.9) * row))
        left, last = round(wide * labels), round(wide * 0.155)
        span = wide - left - last
        self._rooms = (left - row - 12, last - 16, span / columns - 2)
        self.axes = place(self.figure, left, top, span, capacity * row)
        self.axes.set(xlim=(0, columns), ylim=(capacity, 0))
        self.axes.axis("off")
        middles = [top + (line + 0.5) * row for line in range(capacity)]
        ends = (-left / span * columns, (wide - left) / span * columns)
        inset = 2 / span * columns
        self._frame = Rectangle(
            (ends[0] + inset, -2), ends[1] - ends[0] - 2 * inset, 1, facecolor="none", edgecolor=palette.muted, lw=1.2,
            clip_on=False,
        )  # fmt: skip
        self.axes.add_patch(self._frame)
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
            [*self._marks.values(), self._guesses, *self._labels, *self._words, self._foot],
            [self._frame, self._pointer],
        ]
        self._static: Any = None
        self._shown: Any = None

    def update(self, view: RungsView) -> int:
        """Write headings where they changed (0), rows and marks where they did (1), else move the open row's frame (2)."""
        first = min(max(view.chosen - self.capacity // 2, 0), max(len(view.rows) - self.capacity, 0))
        rows = tuple(view.rows[first : first + self.capacity])
        at = view.chosen - first
        self._frame.set_y(at)
        self._pointer.set_data([self._pointer_x], [at + 0.5])
        static, shown = (view.columns, view.last), (rows, first, len(view.rows))
        lowest = 0 if static != self._static else 1 if shown != self._shown else 2
        if static != self._static:
            for text, words in zip(self._heads, view.columns, strict=True):
                text.set_text(_cut(words, self._rooms[2], self.look.text))
            self._last_head.set_text(_cut(view.last, self._rooms[1], self.look.text))
        if shown != self._shown:
            self._write(rows, first, len(view.rows))
        self._static, self._shown = static, shown
        return lowest

    def _write(self, rows: Sequence[Rung], first: int, total: int) -> None:
        for place_, (label, word) in enumerate(zip(self._labels, self._words, strict=True)):
            one = rows[place_] if place_ < len(rows) else None
            label.set_text(_cut(one.label, self._rooms[0], self.look.text) if one else "")
            word.set_text(_cut(one.word, self._rooms[1], self.look.text) if one else "")
        for name, marks in self._marks.items():
            marks.set_offsets(_places((one.column if one.mark == name else None) for one in rows))
        self._guesses.set_offsets(_places((one.guess for one in rows), GUESS_AT))
        part = f"{first + 1} to {first + len(rows)} of {total}; choose another to see the rest"
        self._foot.set_text(part if total > len(rows) else "")


def _places(columns: Any, across: float = 0.5) -> Any:
    """Places of the marks of rows whose column is known, ``across`` the column (0-1), shape (marks, 2)."""
    found = [(column + across, place + 0.5) for place, column in enumerate(columns) if column is not None]
    return np.array(found, dtype=float).reshape(-1, 2)
