"""Published reasons against a treatment as a board: features down, publishers across, a mark where one names the other.

How strongly a text speaks is a mark's shape; whether the feature is there is its filling and the word in front of the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import width
from migraine_lab.figures.style import Look, new_figure, place, shorten, write

YES, NO, UNKNOWN = "yes", "no", "?"
STRENGTHS = {
    "do not use": "s", "avoid": "D", "only with care": "^", "excluded in a trial": "o", "named by an article": "P",
}  # fmt: skip
"""Mark of each strength, the strongest first."""
FILLINGS = {YES: "yes: met", UNKNOWN: "not known: open", NO: "no"}
SIZES = {YES: 1.0, UNKNOWN: 0.8, NO: 0.09}
"""Size of a mark by the answer, as a part of the full one."""
MARGIN = 8
_cut = lru_cache(maxsize=512)(shorten)


@dataclass(frozen=True)
class Row:
    """A feature: its name, the answer (YES, NO, UNKNOWN), and the strength in each publisher's column ("" for none)."""

    name: str
    answer: str
    strengths: tuple[str, ...]


@dataclass(frozen=True)
class BoardView:
    """Features from top to bottom; those beyond the board's room are left out."""

    rows: tuple[Row, ...]


class ReasonsBoard:
    """Drawing of a BoardView with ``capacity`` rows; ``publishers`` are the columns' headings, of two lines each."""

    def __init__(self, look: Look, capacity: int, publishers: tuple[tuple[str, str], ...]) -> None:
        self.look, self.capacity = look, capacity
        self._row, self._pixels = look.row_height, look.text * 4 / 3
        lines = 2 + capacity + (1 if look.presenting else 3)
        height = lines * self._row + 2 * MARGIN
        self.figure: Figure = new_figure(look, height)
        axes = place(self.figure, 0, MARGIN, look.width, height - 2 * MARGIN)
        axes.set(xlim=(0, look.width), ylim=(lines, 0))
        axes.axis("off")
        self._pitch = 116 if look.presenting else 74
        self._names_at = MARGIN + 2.4 * self._pixels
        self._marks_at = look.width - MARGIN - (len(publishers) - 0.5) * self._pitch
        colours = look.palette
        self._size = (self._pixels * 0.66) ** 2
        self._colours = dict(
            zip(
                STRENGTHS,
                (colours.comparator, colours.claim, colours.treatment, colours.guess, colours.uncontrolled),
                strict=True,
            )
        )
        for number, heading in enumerate(publishers):
            for line, words in enumerate(heading):
                text = write(
                    self.figure,
                    self._marks_at + number * self._pitch,
                    self._down(line),
                    look,
                    color=colours.muted,
                    ha="center",
                )
                text.set_text(words)
        self._rules = axes.hlines(
            [2 + row for row in range(capacity + 1)],
            MARGIN,
            look.width - MARGIN,
            color=colours.line,
            lw=0.6,
        )
        self._write_keys(axes, 2 + capacity)
        self._names = [
            write(self.figure, self._names_at, self._down(2 + row), look) for row in range(capacity)
        ]
        self._answers = [write(self.figure, MARGIN, self._down(2 + row), look) for row in range(capacity)]
        self._marks = {
            strength: axes.scatter([], [], marker=shape, linewidths=1.4)
            for strength, shape in STRENGTHS.items()
        }
        self.layers: list[list[Artist]] = [[*self._marks.values(), *self._answers]]
        self._shown: tuple[str, ...] = ()

    def update(self, view: BoardView) -> int:
        """Fill, empty or shrink marks and write the answers (1); write the features anew when others are shown (0)."""
        rows = view.rows[: self.capacity]
        colours = self.look.palette
        points: dict[str, list[tuple[float, float, str]]] = {strength: [] for strength in self._marks}
        for line, row in enumerate(rows):
            for number, strength in enumerate(row.strengths):
                if strength:
                    points[strength].append((self._marks_at + number * self._pitch, line + 2.5, row.answer))
            self._answers[line].set(
                text=row.answer, color=colours.ink if row.answer == YES else colours.muted
            )
        for text in self._answers[len(rows) :]:
            text.set_text("")
        for strength, marks in self._marks.items():
            colour, found = self._colours[strength], points[strength]
            marks.set_offsets(np.array([one[:2] for one in found]).reshape(-1, 2))
            marks.set_sizes([self._size * SIZES[answer] for _, _, answer in found])
            marks.set_facecolor([colour if answer == YES else "none" for _, _, answer in found])
            marks.set_edgecolor([colours.muted if answer == NO else colour for _, _, answer in found])
        names = tuple(row.name for row in rows)
        if names == self._shown:
            return 1
        self._shown = names
        for text, words in zip(self._names, [*names, *[""] * self.capacity], strict=False):
            text.set_text(_cut(words, self._marks_at - self._pitch / 2 - self._names_at, self.look.text))
        return 0

    def _write_keys(self, axes: Axes, line: int) -> None:
        """Write under the board what shapes and (on a page) fillings mean."""
        colours, third = self.look.palette, (self.look.width - 2 * MARGIN) / 3
        x = MARGIN + self._pixels / 2
        for number, (strength, shape) in enumerate(STRENGTHS.items()):
            if not self.look.presenting:
                x = MARGIN + self._pixels / 2 + number % 3 * third
            down = line if self.look.presenting else line + number // 3
            axes.scatter([x], [down + 0.5], s=self._size, marker=shape, color=self._colours[strength])
            self._key(x, down, strength)
            x += 2.2 * self._pixels + width(strength, self._pixels)
        if self.look.presenting:  # the words in front of the rows have to do
            return
        for number, (answer, words) in enumerate(FILLINGS.items()):
            x = MARGIN + self._pixels / 2 + number * third
            edge = colours.muted if answer == NO else colours.ink
            axes.scatter(
                [x], [line + 2.5], s=self._size * SIZES[answer], marker="s", linewidths=1.4,
                facecolors=edge if answer == YES else "none", edgecolors=edge,
            )  # fmt: skip
            self._key(x, line + 2, words)

    def _key(self, x: float, line: int, words: str) -> None:
        write(self.figure, x + self._pixels, self._down(line), self.look).set_text(words)

    def _down(self, line: float) -> float:
        """Middle of a line, in CSS pixels from the top."""
        return MARGIN + (line + 0.5) * self._row
