"""The steps of a supervised visit from top to bottom, and beside each who speaks of it.

Who speaks is said by a mark's shape, its colour and a word; the chosen step is framed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migraine_lab.figures.style import Look, new_figure, place, shorten, write

SAYS, UNREAD, SILENT, NOTED, NONE = "says", "not read", "silent", "noted", "none"
SHAPES = {SAYS: "o", UNREAD: "o", SILENT: "_", NOTED: "^", NONE: "_"}
COLUMNS = ("articles", "guideline", "others", "apart")
MARGIN = 8
_cut = lru_cache(maxsize=512)(shorten)


@dataclass(frozen=True)
class Step:
    """One step: its part of the visit, its name, how each column stands, and whether the chosen teller has it."""

    stage: str
    name: str
    standings: tuple[str, ...]
    told: bool = True


@dataclass(frozen=True)
class CourseView:
    """All steps in order; the rows around ``chosen`` (counted from 0) are shown where there is no room for all."""

    steps: tuple[Step, ...]
    chosen: int


class VisitCourse:
    """Drawing of a CourseView on ``capacity`` rows; the last column falls away on a slide, where words say it."""

    def __init__(self, look: Look, capacity: int) -> None:
        self.look, self.capacity = look, capacity
        self._row = look.row_height
        self._columns = COLUMNS[:3] if look.presenting else COLUMNS
        self._pitch, self._stage = (160, 176) if look.presenting else (92, 108)
        self._pixels = look.text * 4 / 3
        height = (capacity + 1) * self._row + 2 * MARGIN
        self.figure: Figure = new_figure(look, height)
        axes = place(self.figure, 0, MARGIN, look.width, height - 2 * MARGIN)
        axes.set(xlim=(0, look.width), ylim=(capacity + 1, 0))
        axes.axis("off")
        colours, size = look.palette, (self._pixels * 0.6) ** 2
        self._line_at = self._stage + 12
        self._names_at = self._line_at + self._pixels
        self._marks_at = look.width - MARGIN - len(self._columns) * self._pitch
        (self._thread,) = axes.plot([], [], color=colours.muted, lw=1.5, zorder=0)
        self._dots = axes.scatter([], [], s=size, color=colours.muted, zorder=1)
        self._colours = {
            SAYS: colours.treatment, UNREAD: colours.muted, SILENT: colours.muted, NOTED: colours.comparator,
            NONE: colours.muted,
        }  # fmt: skip
        self._marks = {
            state: axes.scatter(
                [], [], s=size, marker=SHAPES[state], facecolors="none" if state == UNREAD else colour,
                edgecolors=None if SHAPES[state] == "_" else colour, linewidths=1.5,
            )
            for state, colour in self._colours.items()
        }  # fmt: skip
        for number, words in enumerate(self._columns):
            write(
                self.figure, self._marks_at + number * self._pitch, self._down(0), look, color=colours.muted
            ).set_text(words)
        self._texts = [write(self.figure, 0, 0, look) for _ in range(capacity * 6)]
        self._frame = Rectangle(
            (MARGIN / 2, 0),
            look.width - MARGIN,
            1,
            fill=False,
            edgecolor=colours.claim,
            linewidth=2,
            clip_on=False,
        )
        axes.add_patch(self._frame)
        self._here = axes.scatter(
            [], [], s=2.4 * size, marker="D", color=colours.claim, zorder=3, clip_on=False
        )
        self.layers: list[list[Artist]] = [[self._frame, self._here]]
        self._shown: tuple[int, tuple[Step, ...]] | None = None

    def update(self, view: CourseView) -> int:
        """Move the frame (1); write other steps, or others marked as told, anew (0)."""
        first = min(max(view.chosen - self.capacity // 2, 0), max(len(view.steps) - self.capacity, 0))
        row = view.chosen - first + 1
        self._frame.set_y(row + 0.02)
        self._frame.set_height(0.96)
        self._here.set_offsets([[self._line_at, row + 0.5]])
        shown = view.steps[first : first + self.capacity]
        if (first, shown) == self._shown:
            return 1
        self._shown = (first, shown)
        self._write(view.steps, first, shown)
        return 0

    def _write(self, steps: tuple[Step, ...], first: int, shown: tuple[Step, ...]) -> None:
        colours = self.look.palette
        more_below = first + len(shown) < len(steps)
        self._thread.set_data(
            [self._line_at] * 2, [1 if first else 1.5, len(shown) + (1 if more_below else 0.5)]
        )
        self._dots.set_offsets([(self._line_at, row + 1.5) for row in range(len(shown))])
        points: dict[str, list[tuple[float, float]]] = {state: [] for state in self._marks}
        said: list[tuple[float, int, str, str]] = []
        for row, step in enumerate(shown, start=1):
            if row == 1 or step.stage != shown[row - 2].stage:
                said.append((MARGIN, row, step.stage, colours.ink))
            name = _cut(step.name, self._marks_at - self._names_at - 12, self.look.text)
            said.append((self._names_at, row, name, colours.ink if step.told else colours.muted))
            for number, standing in enumerate(step.standings[: len(self._columns)]):
                x = self._marks_at + number * self._pitch + self._pixels * 0.4
                points[standing].append((x, row + 0.5))
                said.append((x + self._pixels * 0.8, row, standing, self._colours[standing]))
        for state, marks in self._marks.items():
            marks.set_offsets(np.array(points[state]).reshape(-1, 2))
        height = self.figure.get_size_inches()[1] * 96
        for text, (x, row, words, colour) in zip(self._texts, said, strict=False):
            text.set_position((x / self.look.width, 1 - self._down(row) / height))
            text.set(text=words, color=colour)
        for text in self._texts[len(said) :]:
            text.set_text("")

    def _down(self, row: int) -> float:
        """Middle of a row, in CSS pixels from the top."""
        return MARGIN + (row + 0.5) * self._row
