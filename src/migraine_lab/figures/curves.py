"""Curves of a model in one or two panels, with measured points (hollow), ranges behind them and a place marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from migraine_lab.figures.quick_text import QuickText
from migraine_lab.figures.style import Look, new_figure, place, quiet_axes, shorten, write

LINES = (("-", "treatment", 2.4), ((0, (6, 3)), "comparator", 2.4), ((0, (1.5, 2)), "claim", 2.6))
"""Dash, colour and width of the first, second and third curve: the dash tells them apart without the colour."""
POINTS, RANGES = 8, 4


@dataclass(frozen=True)
class Line:
    """One curve: its name, its points (shape (points,) each) and where along the axis (0-1) its name stands."""

    label: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    name_at: float | None = None


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

    measured : (x, y, label) of measured points, drawn hollow; here : (x, y) of the place that the sentence speaks of.
    """

    title: str
    x_label: str
    x_limits: tuple[float, float]
    y_limits: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]
    ranges: tuple[Range, ...] = ()
    measured: tuple[tuple[float, float, str], ...] = ()
    here: tuple[float, float] | None = None
    log_x: bool = False


class _OnePanel:
    """The artists of one panel and where its words stand."""

    def __init__(
        self, figure: Figure, look: Look, left: float, top: float, width: float, height: float
    ) -> None:
        self.look, self.width, self.height = look, width, height
        colours = look.palette
        self.axes: Axes = place(figure, left, top, width, height)
        quiet_axes(self.axes, look)
        self.axes.spines["left"].set_visible(True)
        self.axes.spines["left"].set_color(colours.line)
        self.axes.tick_params(axis="y", colors=colours.muted, labelsize=look.text)
        row = look.row_height
        self._title = write(figure, left, top - row * 0.75, look)
        self._x_label = write(
            figure, left + width / 2, top + height + row * 1.7, look, ha="center", color=colours.muted
        )
        self._boxes = [
            Rectangle((0, 0), 0, 0, facecolor=colours.panel, edgecolor=colours.line, lw=0.8)
            for _ in range(RANGES)
        ]
        for box in self._boxes:
            self.axes.add_patch(box)
        self._lines = [
            self.axes.plot([], [], ls=dash, color=getattr(colours, colour), lw=wide, zorder=3)[0]
            for dash, colour, wide in LINES
        ]
        self._measured = self.axes.scatter(
            [], [], s=(row * 0.42) ** 2, marker="D", facecolors=colours.paper, edgecolors=colours.uncontrolled,
            linewidths=1.7, zorder=5, clip_on=False,
        )  # fmt: skip
        self._here = self.axes.plot([], [], "o", ms=row * 0.42, color=colours.ink, zorder=6, clip_on=False)[0]
        self._names = [self._text() for _ in LINES]
        self._range_names = [self._text(color=colours.muted) for _ in range(RANGES)]
        self._point_names = [self._text(color=colours.uncontrolled) for _ in range(POINTS)]
        self.moving: list[Artist] = [
            *self._lines, self._measured, self._here, *self._range_names, *self._names, *self._point_names,
        ]  # fmt: skip
        self._key: Any = None

    def _text(self, **style: Any) -> QuickText:
        colours = self.look.palette
        text = QuickText(
            0, 0, "", transform=self.axes.transData,
            **{"color": colours.ink, "fontsize": self.look.text, "va": "center", "zorder": 7, **style},
        )  # fmt: skip
        text.backing = colours.paper
        self.axes.add_artist(text)
        return text

    def show(self, panel: Panel) -> bool:
        """Move everything to ``panel``; return whether the static parts changed."""
        key = (
            panel.title, panel.x_label, panel.x_limits, panel.y_limits, panel.ticks, panel.ranges, panel.log_x
        )  # fmt: skip
        changed = key != self._key
        if changed:
            self._key = key
            self._frame(panel)
        for artist, line in zip(self._lines, [*panel.lines, None, None, None], strict=False):
            artist.set_data(line.x if line else [], line.y if line else [])
        self._name_lines(panel)
        self._measured.set_offsets(np.array([point[:2] for point in panel.measured]).reshape(-1, 2))
        self._here.set_data([panel.here[0]] if panel.here else [], [panel.here[1]] if panel.here else [])
        for text, point in zip(self._point_names, [*panel.measured, *[None] * POINTS], strict=False):
            self._beside(text, panel, point)
        return changed

    def _frame(self, panel: Panel) -> None:
        """Bring what stands still to the panel: words, axes, ranges."""
        self._title.set_text(shorten(panel.title, self.width, self.look.text))
        self._x_label.set_text(panel.x_label)
        self.axes.set_xscale("log" if panel.log_x else "linear")
        self.axes.set(xlim=panel.x_limits, ylim=panel.y_limits)
        self.axes.minorticks_off()
        self.axes.set_xticks([at for at, _ in panel.ticks], [words for _, words in panel.ticks])
        self.axes.locator_params(axis="y", nbins=5)
        upright = 0
        for box, name, one in zip(
            self._boxes, self._range_names, [*panel.ranges, *[None] * RANGES], strict=False
        ):
            box.set_visible(False)
            name.set_text("")
            if one is not None:
                self._range(box, name, panel, one, upright)
                upright += one.upright

    def _range(self, box: Rectangle, name: QuickText, panel: Panel, one: Range, line: int) -> None:
        """Draw one range; names of upright ones stand one above another at the foot of the panel."""
        (left, right), (bottom, top) = panel.x_limits, panel.y_limits
        ends = (left, right) if one.upright else (bottom, top)
        low, high = max(one.low, ends[0]), min(one.high, ends[1])
        if low >= high:
            return
        box.set_visible(True)
        name.backing = None
        name.set_text(one.label)
        if one.upright:
            late = bool(self._along(panel, np.array(low)) > 0.6)
            box.set_bounds(low, bottom, high - low, top - bottom)
            name.set_horizontalalignment("right" if late else "left")
            name.set_position((high if late else low, bottom + (0.6 + line) * self._line(panel)))
        else:
            box.set_bounds(left, low, right - left, high - low)
            name.set_horizontalalignment("right")
            name.set_position((right, (low + high) / 2))

    def _name_lines(self, panel: Panel) -> None:
        """Write each curve's name above its highest point, or above the place it asks for, clear of the names before it."""
        taken: list[float] = []
        (left, right), (_, top) = panel.x_limits, panel.y_limits
        step = self._line(panel)
        for number, (text, line) in enumerate(
            zip(self._names, [*panel.lines, None, None, None], strict=False)
        ):
            if line is None or len(panel.lines) < 2:
                text.set_text("")
                continue
            along = self._along(panel, line.x)
            inside = np.where((line.x >= left) & (line.x <= right), line.y, -np.inf)
            at = int(np.argmax(inside) if line.name_at is None else np.argmin(np.abs(along - line.name_at)))
            y = min(float(line.y[at]) + 0.8 * step, top - 0.5 * step)
            while any(abs(y - other) < step for other in taken):
                y -= step
            taken.append(y)
            text.set_horizontalalignment("right" if along[at] > 0.55 else "left")
            text.set_position((float(line.x[at]), y))
            text.set_color(getattr(self.look.palette, LINES[number][1]))
            text.set_text(line.label)

    def _line(self, panel: Panel) -> float:
        """Height of a line of text in the panel's vertical units."""
        bottom, top = panel.y_limits
        return self.look.row_height / self.height * (top - bottom)

    @staticmethod
    def _along(panel: Panel, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places along the horizontal axis, 0 at its left end and 1 at its right."""
        low, high = panel.x_limits
        if panel.log_x:
            low, high, x = np.log10(low), np.log10(high), np.log10(np.maximum(x, low))
        return np.asarray((x - low) / (high - low))

    def _beside(self, text: QuickText, panel: Panel, point: tuple[float, float, str] | None) -> None:
        """Write a measured point's name beside it, on the side where there is room."""
        if point is None:
            text.set_text("")
            return
        late = bool(self._along(panel, np.array(point[0])) > 0.6)
        text.set_horizontalalignment("right" if late else "left")
        text.set_position((point[0], point[1]))
        text.set_text(f"{point[2]}   " if late else f"   {point[2]}")
        text.backing = None


class Curves:
    """Drawing of one or two Panels side by side."""

    def __init__(self, look: Look, panels: int = 1) -> None:
        self.look = look
        row, width = look.row_height, look.width
        body = 250 if look.presenting else 300
        top, bottom, left, gap = round(row * 1.5), round(row * 2.4), round(row * 2.3), round(row * 2.4)
        self.figure: Figure = new_figure(look, top + body + bottom)
        room = (width - left - 16 - gap * (panels - 1)) / panels
        self._panels = [
            _OnePanel(self.figure, look, left + number * (room + gap), top, room, body)
            for number in range(panels)
        ]
        self.layers: Sequence[Sequence[Artist]] = [[one for panel in self._panels for one in panel.moving]]

    def update(self, view: tuple[Panel, ...]) -> int:
        """Show the panels; 0 where an axis, a title or a range changed, 1 where only curves and points moved."""
        changed = [panel.show(one) for panel, one in zip(self._panels, view, strict=True)]
        return 0 if any(changed) else 1
