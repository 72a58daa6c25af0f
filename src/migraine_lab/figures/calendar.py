"""A diary as a calendar: what each day was, what was taken, and each month's counts beside the published lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from migraine_lab.figures.quick_text import width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, shorten, write

MONTHS, WEEKS, WEEKDAYS = 3, 6, "MTWTFSS"
NONE, HEADACHE, MIGRAINE, NOT_NOTED = range(4)
"""What a day was."""
NOTHING, OTHER, CHOSEN = range(3)
"""What was taken: nothing (or not noted), something else, the class that is marked."""
KEY = ("no headache", "headache", "migraine", "not noted")
LINES = 3
"""Counts written below each month."""
LONGEST = 31


@dataclass(frozen=True)
class Count:
    """One count of a month in words, the range of days it stands for, and the published line (NaN for none)."""

    words: str
    at_least: float
    at_most: float
    line: float


@dataclass(frozen=True)
class Month:
    """One month: its name, the weekday of its first day (Monday 0), what each day was and what was taken, its counts."""

    name: str
    begins: int
    days: NDArray[np.int64]
    taken: NDArray[np.int64]
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class CalendarView:
    """Up to three months side by side; ``marked`` is the medication that the filled dots stand for, in words."""

    months: tuple[Month, ...]
    marked: str


class CalendarFigure:
    """Drawing of a CalendarView; one axes in CSS pixels from the upper left corner."""

    def __init__(self, look: Look) -> None:
        self.look = look
        tight = look.presenting
        line, whole = look.row_height, look.width
        self._line = line
        self._gap = round(line * (0.8 if tight else 1.1))
        self._column = (whole - 8 - (MONTHS - 1) * self._gap) / MONTHS
        self._cell = self._column / len(WEEKDAYS), 23 if tight else round(line * 1.4)
        # side by side where cells are flat, in opposite corners where they are narrow
        self._number_at, self._dot_at = (0.5, 0.5) if tight else (0.36, 0.71)
        self._top = round(line * (1.85 if tight else 2.1))
        below = self._top + WEEKS * self._cell[1] + line * 0.25
        self._count_height = line * (1.06 if tight else 1.55)
        self._below = below
        height = round(below + LINES * self._count_height + line * (1.0 if tight else 1.3))
        self.figure: Figure = new_figure(look, height)
        self.axes = place(self.figure, 0, 0, whole, height)
        self.axes.set(xlim=(0, whole), ylim=(height, 0))
        self.axes.set_axis_off()
        self._make_days()
        self._make_counts()
        self._make_key(height - line * 0.55)
        # the days stay when only another medicine is marked
        self.layers: list[list[Artist]] = [
            [*self._squares, *self._numbers, *self._questions, *self._names, self._bars[0]],
            [
                self._rings, self._dots, *self._bars[1:], self._ticks, *self._words,
                self._key_chosen, self._key_ring, self._key_other,
            ],
        ]  # fmt: skip
        self._days_key: Any = None
        self._static_key: Any = None

    def _left(self, month: int) -> float:
        return 4 + month * (self._column + self._gap)

    def _make_days(self) -> None:
        colours, axes, tight = self.look.palette, self.axes, self.look.presenting
        looks: tuple[dict[str, Any], ...] = (
            {"facecolors": colours.panel, "edgecolors": colours.line},
            {"facecolors": colours.paper, "edgecolors": colours.treatment, "linewidths": 2.4},
            {"facecolors": colours.treatment, "edgecolors": colours.treatment, "linewidths": 1.4},
            {"facecolors": colours.paper, "edgecolors": colours.muted, "linestyles": [(0, (2, 2))]},
        )
        self._squares = [PolyCollection([], zorder=2, **style) for style in looks]
        for group in self._squares:
            axes.add_collection(group, autolim=False)
        size = (self._cell[1] * (0.34 if tight else 0.27)) ** 2
        common: dict[str, Any] = {"s": size, "marker": "o", "zorder": 5}
        self._rings = axes.scatter(
            [], [], facecolors=colours.paper, edgecolors=colours.comparator, linewidths=2, **common
        )
        self._dots = axes.scatter(
            [], [], facecolors=colours.comparator, edgecolors=colours.paper, linewidths=1, **common
        )
        self._names = [
            write(self.figure, self._left(month), self._line * 0.55, self.look) for month in range(MONTHS)
        ]
        self._weekdays = [
            write(self.figure, self._left(month) + (at + 0.5) * self._cell[0], self._top - self._line * 0.42,
                  self.look, ha="center", color=colours.muted)
            for month in range(MONTHS)
            for at in range(len(WEEKDAYS))
        ]  # fmt: skip
        self._numbers = [write(self.figure, 0, 0, self.look) for _ in range(MONTHS * LONGEST)]
        self._questions = [
            write(self.figure, 0, 0, self.look, ha="right", color=colours.muted)
            for _ in range(MONTHS * LONGEST)
        ]

    def _make_counts(self) -> None:
        colours, axes = self.look.palette, self.axes
        self._bars = [
            PolyCollection([], facecolors=colours.panel, edgecolors=colours.line, linewidths=0.8, zorder=1),
            PolyCollection(
                [], facecolors=colours.paper, edgecolors=colours.uncontrolled, hatch="//////", zorder=2
            ),
            PolyCollection([], facecolors=colours.uncontrolled, linewidths=0, zorder=3),
        ]
        for group in self._bars:
            axes.add_collection(group, autolim=False)
        self._ticks = LineCollection([], colors=colours.ink, linewidths=2.5, zorder=4)
        axes.add_collection(self._ticks, autolim=False)
        self._words = [
            write(self.figure, self._left(month), self._below + (at + 0.36) * self._count_height, self.look)
            for month in range(MONTHS)
            for at in range(LINES)
        ]

    def _make_key(self, y: float) -> None:
        """Explain the squares and dots once, on one line."""
        colours, look = self.look.palette, self.look
        pixels = look.text / 72 * CSS_DPI
        side = self._line * 0.62
        x = 6.0
        words = write(self.figure, 0, 0, look)
        for kind, name in enumerate(KEY):
            square = _box(x, y - side / 2, side * 1.3, side)
            self._copy(self._squares[kind], square)
            x += side * 1.3 + 6
            write(self.figure, x, y, look).set_text(name)
            x += width(name, pixels) + self._line * 0.7
        self.axes.plot([x + 6], [y], "o", ms=side * 0.5, mfc=colours.comparator, mec=colours.comparator)
        self._key_chosen = words
        words.set_position(self._share(x + 18, y))
        self._key_x, self._key_y, self._key_pixels = x + 18, y, pixels
        self._key_ring = self.axes.plot(
            [], [], "o", ms=side * 0.5, mfc=colours.paper, mec=colours.comparator, mew=2
        )[0]
        self._key_other = write(self.figure, 0, y, look)

    def _copy(self, like: PolyCollection, corners: NDArray[np.float64]) -> None:
        one = PolyCollection(
            [corners], facecolors=like.get_facecolor(), edgecolors=like.get_edgecolor(),
            linewidths=like.get_linewidth(), linestyles=like.get_linestyle(),
        )  # fmt: skip
        self.axes.add_collection(one, autolim=False)

    def _share(self, x: float, y: float) -> tuple[float, float]:
        """Place in the figure (0 to 1 from the lower left) of CSS pixels from the upper left."""
        wide, tall = self.figure.get_size_inches() * CSS_DPI
        return x / wide, 1 - y / tall

    def update(self, view: CalendarView) -> int:
        """Move marks and counts (2), days too where they changed (1); the weekdays' letters are static (0)."""
        changed = len(view.months) != self._static_key
        if changed:
            self._static_key = len(view.months)
            for at, letter in enumerate(self._weekdays):
                letter.set_text(WEEKDAYS[at % 7] if at < 7 * len(view.months) else "")
        self._write_key(view.marked)
        days = tuple((month.name, month.days.tobytes()) for month in view.months)
        moved, self._days_key = days != self._days_key, days
        if moved:
            self._update_days(view)
        self._update_marks(view)
        self._update_counts(view)
        return 0 if changed else 1 if moved else 2

    def _places(self, month: Month, at: int) -> NDArray[np.float64]:
        """Upper left corners of a month's days: shape (days, 2), CSS pixels."""
        wide, tall = self._cell
        place_of = month.begins + np.arange(len(month.days))
        return np.column_stack([self._left(at) + (place_of % 7) * wide, self._top + (place_of // 7) * tall])

    def _update_marks(self, view: CalendarView) -> None:
        where = np.concatenate([self._places(month, at) for at, month in enumerate(view.months)])
        took = np.concatenate([month.taken for month in view.months])
        wide, tall = self._cell
        middle = where + np.array([wide - 10, tall * self._dot_at])
        self._rings.set_offsets(middle[took == OTHER])
        self._dots.set_offsets(middle[took == CHOSEN])

    def _write_key(self, marked: str) -> None:
        self._key_chosen.set_text(marked)
        x = self._key_x + width(marked, self._key_pixels) + self._line * 0.7
        other = "other medicine"
        fits = marked != "any medicine"
        self._key_ring.set_data(*([[x + 6], [self._key_y]] if fits else [[], []]))
        self._key_other.set_position(self._share(x + 18, self._key_y))
        self._key_other.set_text(shorten(other, self.look.width - x - 20, self.look.text) if fits else "")

    def _update_days(self, view: CalendarView) -> None:
        wide, tall = self._cell
        colours = self.look.palette
        corners, kinds = [], []
        for text in (*self._numbers, *self._questions):
            text.set_text("")
        for at, name in enumerate(self._names):
            name.set_text(view.months[at].name if at < len(view.months) else "")
        for at, month in enumerate(view.months):
            places = self._places(month, at)
            corners.append(places)
            kinds.append(month.days)
            for day, (left, top) in enumerate(places):
                number = self._numbers[at * LONGEST + day]
                number.set_position(self._share(left + 5, top + tall * self._number_at))
                number.set_text(str(day + 1))
                dark = month.days[day] == MIGRAINE
                faint = month.days[day] in (NONE, NOT_NOTED)
                number.set_color(colours.paper if dark else colours.muted if faint else colours.ink)
                if month.days[day] == NOT_NOTED:
                    asked = self._questions[at * LONGEST + day]
                    asked.set_position(self._share(left + wide - 6, top + tall * self._dot_at))
                    asked.set_text("?")
        where, kind = np.concatenate(corners), np.concatenate(kinds)
        for one, group in enumerate(self._squares):
            group.set_verts(_boxes(where[kind == one], 1.5, 1.5, wide - 3, tall - 3))

    def _update_counts(self, view: CalendarView) -> None:
        thick = self._line * (0.2 if self.look.presenting else 0.28)
        whole, maybe, sure, ticks = [], [], [], []
        for text in self._words:
            text.set_text("")
        for at, month in enumerate(view.months):
            left, one_day = self._left(at), self._column / LONGEST
            for row, count in enumerate(month.counts):
                text = self._words[at * LINES + row]
                text.set_text(shorten(count.words, self._column + 4, self.look.text))
                y = (
                    self._below
                    + (row + 0.36) * self._count_height
                    + self._line * (0.42 if self.look.presenting else 0.5)
                )
                whole.append(_box(left, y, self._column, thick))
                if count.at_most > count.at_least:
                    maybe.append(_box(left, y, count.at_most * one_day, thick))
                sure.append(_box(left, y, count.at_least * one_day, thick))
                if np.isfinite(count.line):
                    x = left + count.line * one_day
                    ticks.append([(x, y - 2), (x, y + thick + 2)])
        for group, boxes in zip(self._bars, (whole, maybe, sure), strict=True):
            group.set_verts(boxes)
            group.set_visible(bool(boxes))
        self._ticks.set_segments(ticks)


def _box(x: float, y: float, wide: float, tall: float) -> NDArray[np.float64]:
    return np.array([(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)], float)


def _boxes(
    corners: NDArray[np.float64], x: float, y: float, wide: float, tall: float
) -> list[NDArray[np.float64]]:
    """Boxes of one size at many upper left corners."""
    return list(corners[:, None, :] + _box(x, y, wide, tall)[None])
