"""Curves of a model in one or two panels, with measured points (hollow), ranges behind them and a place marked.

Names stand in a line above the panel, never on the curves; a curve is told by its dash, a measured point by its shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from migraine_lab.figures.quick_text import QuickText, width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, quiet_axes, shorten, write

LINES = (("-", "treatment", 2.4), ((0, (6, 3)), "comparator", 2.4))
"""Dash, colour and width of the first and second curve: the dash tells them apart without the colour."""
SHAPES = ("D", "s")
"""Marker of the first and second kind of measured points."""
RANGES = 4
MARGIN = 16
"""CSS pixels right of the last panel."""


@dataclass(frozen=True)
class Line:
    """One curve: its name ("" where the title says it) and its points (shape (points,) each)."""

    label: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]


@dataclass(frozen=True)
class Points:
    """Measured points of one kind: its name and their places (shape (points,) each)."""

    label: str
    x: Sequence[float]
    y: Sequence[float]


@dataclass(frozen=True)
class Range:
    """A labelled range of the vertical axis, or with ``upright`` of the horizontal one."""

    label: str
    low: float
    high: float
    upright: bool = False


@dataclass(frozen=True)
class Panel:
    """What one panel shows. ``ticks`` are the x axis' places with their words; ``log_x`` makes it logarithmic.

    lines, points : up to two of each; here : (x, y) of the place that the sentence speaks of.
    """

    title: str
    x_label: str
    x_limits: tuple[float, float]
    y_limits: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]
    ranges: tuple[Range, ...] = ()
    points: tuple[Points, ...] = ()
    here: tuple[float, float] | None = None
    log_x: bool = False


class _OnePanel:
    """The artists of one panel and where its words stand; ``top`` and the others are CSS pixels."""

    def __init__(
        self, figure: Figure, look: Look, left: float, top: float, width: float, height: float
    ) -> None:
        self.look, self.left, self.width, self.height = look, left, width, height
        self.beyond: float = MARGIN
        """CSS pixels to the right of the panel that its key may use."""
        colours, row = look.palette, look.row_height
        self._pixels = look.text / 72 * CSS_DPI
        self._whole = figure.get_size_inches() * CSS_DPI
        self._key_axes = place(figure, left, top - 2 * row, width, 2 * row)
        self._key_axes.set(xlim=(0, width), ylim=(2 * row, 0))
        self._key_axes.axis("off")
        self.axes: Axes = place(figure, left, top, width, height)
        quiet_axes(self.axes, look)
        self.axes.spines["left"].set_visible(True)
        self.axes.spines["left"].set_color(colours.line)
        self.axes.tick_params(axis="y", colors=colours.muted, labelsize=look.text)
        self._title = write(figure, left, top - row * 1.5, look)
        self._x_label = write(
            figure, left + width / 2, top + height + row * 1.7, look, ha="center", color=colours.muted
        )
        self._range_names = [
            write(figure, left, top - row * 0.5, look, color=colours.muted, ha="center")
            for _ in range(RANGES)
        ]
        self._boxes = [
            Rectangle((0, 0), 0, 0, facecolor=colours.panel, edgecolor=colours.line, lw=0.8)
            for _ in range(RANGES)
        ]
        for box in self._boxes:
            self.axes.add_patch(box)
        self._sticks = [
            self.axes.plot([], [], "_-", color=colours.muted, lw=1.6, ms=row * 0.35, mew=1.6, zorder=2)[0]
            for _ in range(RANGES)
        ]
        self._lines = [
            self.axes.plot([], [], ls=dash, color=getattr(colours, colour), lw=wide, zorder=3)[0]
            for dash, colour, wide in LINES
        ]
        hollow: dict[str, Any] = {
            "facecolors": colours.paper,
            "edgecolors": colours.uncontrolled,
            "linewidths": 1.7,
        }
        size = (row * 0.42) ** 2
        self._points = [
            self.axes.scatter([], [], s=size, marker=shape, zorder=5, clip_on=False, **hollow)
            for shape in SHAPES
        ]
        self._here = self.axes.plot([], [], "o", ms=row * 0.42, color=colours.ink, zorder=6, clip_on=False)[0]
        self._key_lines = [
            self._key_axes.plot([], [], ls=dash, color=getattr(colours, colour), lw=wide)[0]
            for dash, colour, wide in LINES
        ]
        self._key_points = [
            self._key_axes.scatter([], [], s=size, marker=shape, clip_on=False, **hollow) for shape in SHAPES
        ]
        self._key_names = [
            write(figure, left, top - row * 1.5, look, color=colours.muted) for _ in [*LINES, *SHAPES]
        ]
        self.moving: list[Artist] = [
            *self._sticks, *self._lines, *self._points, self._here, *self._key_lines, *self._key_points,
            *self._key_names,
        ]  # fmt: skip
        self._static: Any = None

    def show(self, panel: Panel) -> bool:
        """Move everything to ``panel``; return whether the static parts changed."""
        static = (
            panel.title, panel.x_label, panel.x_limits, panel.y_limits, panel.ticks, panel.ranges, panel.log_x,
            len(panel.lines), tuple(one.label for one in panel.points),
        )  # fmt: skip
        changed = static != self._static
        if changed:
            self._static = static
            self._frame(panel)
        for artist, line in zip(self._lines, [*panel.lines, None, None], strict=False):
            artist.set_data(line.x if line else [], line.y if line else [])
        for marks, kind in zip(self._points, [*panel.points, None, None], strict=False):
            marks.set_offsets(np.column_stack([kind.x, kind.y]) if kind else np.empty((0, 2)))
        self._here.set_data([panel.here[0]] if panel.here else [], [panel.here[1]] if panel.here else [])
        self._key(panel)
        return changed

    def _key(self, panel: Panel) -> None:
        """Write curves and points after the title, each behind its dash or shape, cut to an even share of the room.

        Points stand in a line of their own where no upright range has its name there.
        """
        drawn = zip(panel.lines, self._key_lines, strict=False)
        entries: list[tuple[str, Any, float]] = [(one.label, mark, 1.5) for one, mark in drawn if one.label]
        entries += [(one.label, mark, 0.9) for one, mark in zip(panel.points, self._key_points, strict=False)]
        for line in self._key_lines:
            line.set_data([], [])
        for marks in self._key_points:
            marks.set_offsets(np.empty((0, 2)))
        for text in self._key_names[len(entries) :]:
            text.set_text("")
        below = not any(one.upright for one in panel.ranges)
        count = len(entries) - len(panel.points) if below else len(entries)
        start = width(panel.title, self._pixels) + 0.7 * self._pixels
        self._key_row(entries[:count], self._key_names[:count], start, 0)
        self._key_row(entries[count:], self._key_names[count:], 0.0, 1)

    def _key_row(
        self, entries: list[tuple[str, Any, float]], texts: list[QuickText], x: float, row: int
    ) -> None:
        """Write entries (name, mark, width of the mark in ems) from ``x`` on, in the first or second line above the panel."""
        em, middle = self._pixels, (row + 0.5) * self.look.row_height
        spare = self.width + self.beyond - x - sum((sample + 1.4) * em for _, _, sample in entries) + em
        names = _cut_to([label for label, _, _ in entries], spare, self.look.text)
        above = 1 - (self._top() - 2 * self.look.row_height + middle) / self._whole[1]
        for text, name, (_, mark, sample) in zip(texts, names, entries, strict=False):
            if sample > 1:
                mark.set_data([x, x + sample * em], [middle, middle])
            else:
                mark.set_offsets([[x + 0.45 * em, middle]])
            text.set_position(((self.left + x + (sample + 0.4) * em) / self._whole[0], above))
            text.set_text(name)
            x += (sample + 1.4) * em + width(name, em)

    def _frame(self, panel: Panel) -> None:
        """Bring what stands still to the panel: words, axes, ranges."""
        self._title.set_text(shorten(panel.title, self.width, self.look.text))
        self._x_label.set_text(panel.x_label)
        self.axes.set_xscale("log" if panel.log_x else "linear")
        self.axes.set(xlim=panel.x_limits, ylim=panel.y_limits)
        self.axes.minorticks_off()
        self.axes.set_xticks([at for at, _ in panel.ticks], [words for _, words in panel.ticks])
        self.axes.locator_params(axis="y", nbins=5)
        for box, stick, name in zip(self._boxes, self._sticks, self._range_names, strict=True):
            box.set_visible(False)
            stick.set_data([], [])
            name.set_text("")
        taken: list[float] = []
        for number, one in enumerate(panel.ranges):
            if one.upright:
                self._upright(self._boxes[number], self._range_names[number], panel, one)
            else:
                self._level(self._sticks[number], self._range_names[number], panel, one, number, taken)

    def _upright(self, box: Rectangle, name: QuickText, panel: Panel, one: Range) -> None:
        """Draw a range of the horizontal axis as a band, its name above the band's middle."""
        (bottom, top), ends = panel.y_limits, np.clip([one.low, one.high], *panel.x_limits)
        box.set_visible(True)
        box.set_bounds(ends[0], bottom, ends[1] - ends[0], top - bottom)
        middle = self.left + self.width * self._along(panel, np.array(ends)).mean()
        above = 1 - (self._top() - self.look.row_height * 0.5) / self._whole[1]
        name.set(position=(middle / self._whole[0], above), text=one.label, ha="center")

    def _level(
        self, stick: Line2D, name: QuickText, panel: Panel, one: Range, number: int, taken: list[float]
    ) -> None:
        """Draw a range of the vertical axis as an upright stick near the right end, its name to the left of it.

        Ranges come from the lowest to the highest: a name passes above the sticks of those before.
        """
        (left, right), (bottom, top) = panel.x_limits, panel.y_limits
        low, high = max(one.low, bottom), min(one.high, top)
        em = self._pixels
        inset = (len(panel.ranges) - 1 - number) * em + 0.6 * em
        x = right - inset / self.width * (right - left)
        stick.set_data([x, x], [low, high])
        line = self.look.row_height / self.height * (top - bottom)
        before = [min(other.high, top) for other in panel.ranges[:number]]
        y = max([(low + high) / 2, bottom + line / 2, *(other + 0.6 * line for other in before)])
        y = min(y, top - line / 2)
        while any(abs(y - other) < line for other in taken):
            y += line
        taken.append(y)
        share = (y - bottom) / (top - bottom)
        above = 1 - (self._top() + self.height * (1 - share)) / self._whole[1]
        at = (self.left + self.width - inset - 0.6 * em) / self._whole[0]
        name.set(position=(at, above), text=one.label, ha="right")

    def _top(self) -> float:
        """The panel's upper edge, CSS pixels from the figure's."""
        return float(self._whole[1] * (1 - self.axes.get_position().y1))

    @staticmethod
    def _along(panel: Panel, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places along the horizontal axis, 0 at its left end and 1 at its right."""
        low, high = panel.x_limits
        if panel.log_x:
            low, high, x = np.log10(low), np.log10(high), np.log10(np.maximum(x, low))
        return np.asarray((x - low) / (high - low))


class Curves:
    """Drawing of one or two Panels side by side."""

    def __init__(self, look: Look, panels: int = 1) -> None:
        self.look = look
        row, width = look.row_height, look.width
        body = 210 if look.presenting else 300
        top, bottom, left, gap = round(row * 2.1), round(row * 2.3), round(row * 2.3), round(row * 2.4)
        self.figure: Figure = new_figure(look, top + body + bottom)
        room = (width - left - MARGIN - gap * (panels - 1)) / panels
        self._panels = [
            _OnePanel(self.figure, look, left + number * (room + gap), top, room, body)
            for number in range(panels)
        ]
        for panel in self._panels[:-1]:
            panel.beyond = gap - row / 2
        self.layers: Sequence[Sequence[Artist]] = [[one for panel in self._panels for one in panel.moving]]

    def update(self, view: tuple[Panel, ...]) -> int:
        """Show the panels; 0 where an axis, a title or a range changed, 1 where only curves and points moved."""
        changed = [panel.show(one) for panel, one in zip(self._panels, view, strict=True)]
        return 0 if any(changed) else 1


def _cut_to(names: list[str], room: float, text: float) -> list[str]:
    """Cut names to ``room`` pixels in all: those within an even share stay whole, the others divide what they leave."""
    pixels = text / 72 * CSS_DPI
    wide = {name: width(name, pixels) for name in names}
    cut = dict.fromkeys(names, "")
    left = len(names)
    for name in sorted(names, key=wide.__getitem__):
        cut[name] = shorten(name, room / left, text)
        room, left = room - min(wide[name], room / left), left - 1
    return [cut[name] for name in names]
