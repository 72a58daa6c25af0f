"""Studies one below the other on one scale, in panels: what was compared filled and joined, what was not hollow.

Beside each mark stand the result in words and the unwanted effects, in the same size of text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import QuickText, width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, quiet_axes, shorten, write

HEIGHT = 2
"""Lines that a row takes on a page: its name and its detail; a heading takes one, and on a slide a row takes one too."""


@dataclass(frozen=True)
class StudyLine:
    """A heading (``head``), or a row: name, detail, result and harms in words, and marks with their intervals (NaN: none).

    ``other`` is the comparator's mark; ``hollow`` draws the row as uncontrolled. ``rough`` draws the interval dotted: not
    a 95 % interval of an estimate, but a spread of patients, or one that rests on an assumption. ``told`` marks a figure
    that is a claim, no result.
    """

    label: str
    detail: str = ""
    text: str = ""
    harm: str = ""
    head: bool = False
    value: float = np.nan
    low: float = np.nan
    high: float = np.nan
    other: float = np.nan
    other_low: float = np.nan
    other_high: float = np.nan
    hollow: bool = False
    rough: bool = False
    told: bool = False
    key: str = ""


@dataclass(frozen=True)
class StudiesView:
    """Lines from top to bottom, and the place of the opened one among them."""

    lines: Sequence[StudyLine]
    chosen: int | None = None


@dataclass(frozen=True)
class Scale:
    """Ends of the scale, the words over scale, results and harms, and where these begin, in parts of the width.

    ``zero`` draws the line of no difference.
    """

    low: float = 0
    high: float = 100
    heads: tuple[str, str, str] = ("of 100", "", "")
    page: tuple[float, float, float] = (0.45, 0.65, 0.81)
    slide: tuple[float, float, float] = (0.31, 0.58, 0.79)
    zero: bool = False


def lines_of(line: StudyLine, look: Look) -> int:
    """Return how many lines of the list a row or a heading takes."""
    return 1 if line.head or look.presenting else HEIGHT


def pages(lines: Sequence[StudyLine], capacity: int, look: Look) -> list[list[StudyLine]]:
    """Cut a list into pages of ``capacity`` lines; a panel that goes on is headed again, no heading stands alone."""
    out: list[list[StudyLine]] = [[]]
    used, head = 0, None
    for line in lines:
        need = lines_of(line, look) + (lines_of(StudyLine(""), look) if line.head else 0)
        if used + need > capacity and out[-1]:
            out.append([])
            used = 0
            if head is not None and not line.head:
                out[-1].append(head)
                used = 1
        out[-1].append(line)
        used += lines_of(line, look)
        head = line if line.head else head
    return out


class StudyRows:
    """Drawing of a StudiesView with up to ``capacity`` lines of text."""

    def __init__(self, look: Look, capacity: int, scale: Scale) -> None:
        self.look, self.capacity, self.scale = look, capacity, scale
        row, whole, colours = look.row_height, look.width, look.palette
        self._top, below = round(row * 1.2), round(row * 1.35)
        self.figure: Figure = new_figure(look, self._top + capacity * row + below)
        parts = scale.slide if look.presenting else scale.page
        left, texts, harms = (round(whole * part) for part in parts)
        self.axes = place(self.figure, left, self._top, texts - left - 24, capacity * row)
        self.axes.set(xlim=(scale.low, scale.high), ylim=(capacity, 0), yticks=[])
        quiet_axes(self.axes, look)
        if scale.zero:
            self.axes.axvline(0, color=colours.muted, lw=1, zorder=1)
        for x, words in zip((left, texts, harms), scale.heads, strict=True):
            write(self.figure, x, self._top - row * 0.55, look, color=colours.muted).set_text(words)
        self._rooms = (left - row * 0.75 - 10, harms - texts - 10, whole - harms - 6)

        def column(x: float, **style: Any) -> list[QuickText]:
            return [
                write(self.figure, x, self._top + (line + 0.5) * row, look, **style)
                for line in range(capacity)
            ]

        a_pixel = (scale.high - scale.low) / (texts - left - 24)
        self._edges = (scale.low - left * a_pixel, scale.low + (whole - left) * a_pixel)
        self._labels, self._details = column(row * 0.75), column(row * 0.75, color=colours.muted)
        self._texts, self._harms = column(texts), column(harms)
        self._rules = LineCollection([], colors=colours.line, linewidths=0.8, zorder=0, clip_on=False)
        self._joins = LineCollection(
            [], colors=colours.muted, linewidths=1, linestyles=[(0, (2, 3))], zorder=2
        )
        self._sticks = LineCollection([], colors=colours.treatment, linewidths=2, zorder=3)
        self._hollow_sticks = LineCollection([], colors=colours.uncontrolled, linewidths=1.8, zorder=3)
        self._rough = LineCollection(
            [], colors=colours.treatment, linewidths=1.6, linestyles=[(0, (1, 1.6))], zorder=3
        )
        self._other_sticks = LineCollection([], colors=colours.comparator, linewidths=2, zorder=3)
        self._other_rough = LineCollection(
            [], colors=colours.comparator, linewidths=1.6, linestyles=[(0, (1, 1.6))], zorder=3
        )
        groups = (
            self._rules,
            self._joins,
            self._sticks,
            self._hollow_sticks,
            self._rough,
            self._other_sticks,
            self._other_rough,
        )
        for group in groups:
            self.axes.add_collection(group, autolim=False)
        size = (row * 0.38) ** 2

        def marks(shape: str, face: str, edge: str) -> Any:
            return self.axes.scatter(
                [], [], s=size, marker=shape, facecolors=face, edgecolors=edge, linewidths=1.6, zorder=5, clip_on=False
            )  # fmt: skip

        self._marks = marks("o", colours.treatment, colours.treatment)
        self._hollow = marks("D", colours.paper, colours.uncontrolled)
        self._others = marks("s", colours.comparator, colours.comparator)
        self._told = marks("v", colours.claim, colours.claim)
        self._chosen = marks(">", colours.claim, colours.claim)
        self._cells = [*self._labels, *self._details, *self._texts, *self._harms]
        self.layers: list[list[Artist]] = [
            [self._rules, *self._cells],
            [*groups[1:], self._marks, self._hollow, self._others, self._told, self._chosen],
        ]
        self._shown: tuple[StudyLine, ...] | None = None

    def update(self, view: StudiesView) -> int:
        """Write other rows (1), or only move the opened row's pointer (2)."""
        lines = tuple(view.lines)
        changed = lines != self._shown
        places = self._places(lines)
        if changed:
            first, self._shown = self._shown is None, lines
            self._write(lines, places)
            self._mark(lines, places)
        self._point(None if view.chosen is None else places[view.chosen])
        return (0 if first else 1) if changed else 2

    def _places(self, lines: Sequence[StudyLine]) -> list[int]:
        """First line of text that each row takes."""
        ends = np.cumsum([0, *[lines_of(line, self.look) for line in lines]])
        return [int(end) for end in ends[:-1]]

    def _write(self, lines: Sequence[StudyLine], places: Sequence[int]) -> None:
        for text in self._cells:
            text.set_text("")
        size, palette = self.look.text, self.look.palette
        rules = []
        for line, at in zip(lines, places, strict=True):
            self._labels[at].set_color(palette.claim if line.head else palette.ink)
            if line.head:
                self._labels[at].set_text(shorten(line.label, self.look.width - 20, size))
                rules.append([(self._edges[0], at), (self._edges[1], at)])
                continue
            high = lines_of(line, self.look)
            self._labels[at].set_text(shorten(line.label, self._rooms[0], size))
            if high > 1:
                self._details[at + 1].set_text(shorten(line.detail, self._rooms[0], size))
            for cells, words, room in (
                (self._texts, line.text, self._rooms[1]),
                (self._harms, line.harm, self._rooms[2]),
            ):
                for below, part in enumerate(_wrap(words, room, size, high)):
                    cells[at + below].set_text(part)
        self._rules.set_segments(rules)

    def _mark(self, lines: Sequence[StudyLine], places: Sequence[int]) -> None:
        rows = [
            (line, at + lines_of(line, self.look) / 2)
            for line, at in zip(lines, places, strict=True)
            if not line.head
        ]

        def ends(kept: Sequence[tuple[StudyLine, float]], other: bool = False) -> list[Any]:
            pairs = [
                ((one.other_low, one.other_high) if other else (one.low, one.high), y) for one, y in kept
            ]
            shift = 0.16 if other else -0.16
            return [
                [
                    (max(low, self.scale.low), y + shift * joined),
                    (min(high, self.scale.high), y + shift * joined),
                ]
                for ((low, high), y), joined in zip(
                    pairs, (np.isfinite(one.other) for one, _ in kept), strict=True
                )
                if np.isfinite(low)
            ]

        def spots(kept: Sequence[tuple[StudyLine, float]], other: bool = False) -> Any:
            shift = 0.16 if other else -0.16
            found = [
                (one.other if other else one.value, y + shift * np.isfinite(one.other)) for one, y in kept
            ]
            return np.array([spot for spot in found if np.isfinite(spot[0])], float).reshape(-1, 2)

        filled = [row for row in rows if not row[0].hollow and not row[0].told]
        bare = [row for row in rows if row[0].hollow]
        self._sticks.set_segments(ends([row for row in filled if not row[0].rough]))
        self._rough.set_segments(ends([row for row in filled if row[0].rough]))
        self._other_sticks.set_segments(ends([row for row in filled if not row[0].rough], True))
        self._other_rough.set_segments(ends([row for row in filled if row[0].rough], True))
        self._hollow_sticks.set_segments(ends(bare))
        self._joins.set_segments(
            [[(one.value, y - 0.16), (one.other, y + 0.16)] for one, y in filled if np.isfinite(one.other)]
        )
        self._marks.set_offsets(spots(filled))
        self._hollow.set_offsets(spots(bare))
        self._others.set_offsets(spots(filled, True))
        self._told.set_offsets(spots([row for row in rows if row[0].told]))

    def _point(self, line: int | None) -> None:
        self._chosen.set_visible(line is not None)
        if line is not None:
            self._chosen.set_offsets(
                [
                    (
                        self._edges[0]
                        + (self._edges[1] - self._edges[0]) * 0.35 * self.look.row_height / self.look.width,
                        line + 0.5,
                    )
                ]
            )


def _wrap(words: str, room: float, text: float, most: int) -> list[str]:
    """Break words into at most ``most`` lines; the last one is cut where something is left over."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, text / 72 * CSS_DPI) <= room or not lines[-1] or len(lines) == most:
            lines[-1] = longer
        else:
            lines.append(word)
    return [shorten(line, room, text) for line in lines]
