"""People before and after, responders by what they were given, and responders by how bad a month enrolled them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, quiet_axes, shorten, write

ARMS = ("nothing", "placebo", "drug")
GAP = 0.34
"""Distance of a bar's middle from the line of its words, in rows."""


@dataclass(frozen=True)
class RegressionView:
    """What is shown: some people of one arm (days before and after, whether halved), three arms, curves by threshold.

    ``before``, ``after`` (days a month), ``halved`` (bool): shape (people,). ``means``: of all enrolled in that arm.
    ``percent``, ``low``, ``high``, ``counts`` (words): by arm. ``thresholds`` (days) and ``curves`` (%, NaN where too
    few are enrolled; a row for each number of baseline months, from one), of which ``baseline`` is the chosen one.
    """

    before: NDArray[np.float64]
    after: NDArray[np.float64]
    halved: NDArray[np.bool_]
    means: tuple[float, float]
    arm: int
    percent: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    counts: tuple[str, ...]
    threshold: float
    thresholds: NDArray[np.float64]
    curves: NDArray[np.float64]
    baseline: int


class RegressionFigure:
    """Drawing of a RegressionView: slopes, a staircase of three arms, and a curve."""

    def __init__(self, look: Look, days: int, longest: int) -> None:
        self.look = look
        width, line = look.width, look.row_height
        height = round(line * (10 if look.presenting else 14))
        self.figure: Figure = new_figure(look, height)
        self._line = line
        top = round(line * 1.5)
        room = height - top - round(line * 2.1)
        edges = [round(width * share) for share in (0.0, 0.29, 0.66)]
        self._titles = [write(self.figure, x + 8, line * 0.7, look) for x in edges]
        self._rooms = [right - left - 20 for left, right in zip(edges, [*edges[1:], width], strict=True)]
        number = round(line * 1.9)
        self._slopes = place(self.figure, edges[0] + number, top, edges[1] - 2 * number - 16, room)
        self._steps = place(self.figure, edges[1] + 10, top, edges[2] - edges[1] - 44, room)
        self._curve = place(
            self.figure, edges[2] + number + 6, top, width - edges[2] - number - line - 6, room
        )
        self._make_slopes(days)
        self._make_steps()
        self._make_curve(longest)
        self.layers: list[list[Artist]] = [
            [*self._slope_artists, *self._step_artists, *self._curve_artists, *self._words, self._titles[0]]
        ]
        self._fresh = True

    def _make_slopes(self, days: int) -> None:
        axes, look, colours = self._slopes, self.look, self.look.palette
        quiet_axes(axes, look)
        axes.set(xlim=(0, 1), ylim=(0, days), xticks=[0, 1], yticks=range(0, days + 1, 7))
        axes.set_xticklabels(["before", "after"])
        axes.set_xlabel("with a dot: halved")
        axes.tick_params(axis="y", colors=colours.muted, labelsize=look.text)
        self._others = LineCollection([], colors=colours.muted, linewidths=0.6, zorder=2)
        self._halved = LineCollection([], colors=colours.claim, linewidths=1.3, zorder=3)
        for group in (self._others, self._halved):
            axes.add_collection(group, autolim=False)
        self._ends = axes.plot([], [], "o", ms=4, color=colours.claim, clip_on=False, zorder=4)[0]
        self._enrol = axes.plot([0, 0.32], [0, 0], color=colours.ink, lw=1.6, ls=(0, (3, 2)), zorder=4)[0]
        self._mean = axes.plot([0, 1], [0, 0], "-s", color=colours.ink, lw=3, ms=8, clip_on=False, zorder=5)[
            0
        ]
        self._slope_artists = [self._others, self._halved, self._ends, self._enrol, self._mean]

    def _make_steps(self) -> None:
        axes, look, colours = self._steps, self.look, self.look.palette
        quiet_axes(axes, look)
        axes.set(xlim=(0, 100), ylim=(len(ARMS), 0), yticks=[], xticks=[0, 25, 50, 75, 100])
        axes.set_xlabel("of 100 enrolled")
        fills = (colours.paper, colours.comparator, colours.treatment)
        edges = (colours.uncontrolled, colours.comparator, colours.treatment)
        self._bars = [
            PolyCollection(
                [], facecolors=fill, edgecolors=edge, linewidths=1.2, hatch="" if step else "////", zorder=2
            )
            for step, (fill, edge) in enumerate(zip(fills, edges, strict=True))
        ]
        for bar in self._bars:
            axes.add_collection(bar, autolim=False)
        self._sticks = LineCollection([], colors=colours.ink, linewidths=1.6, zorder=4)
        self._links = LineCollection(
            [], colors=colours.muted, linewidths=1, linestyles=[(0, (2, 2))], zorder=1
        )
        for group in (self._sticks, self._links):
            axes.add_collection(group, autolim=False)
        self._marks = [
            axes.plot([], [], mark, ms=8, mfc=fill, mec=colours.ink, mew=1.3, clip_on=False, zorder=5)[0]
            for mark, fill in zip("DSo".lower(), fills, strict=True)
        ]
        left, top, wide, tall = self._pixels(axes)
        rows = [top + tall * (step + 0.5 - GAP) / len(ARMS) for step in range(len(ARMS))]
        self._names = [write(self.figure, left, y, look) for y in rows]
        self._counts = [write(self.figure, left + wide + 24, y, look, ha="right") for y in rows]
        for name, words in zip(self._names, ARMS, strict=True):
            name.set_text(words)
        self._step_artists = [*self._bars, self._links, self._sticks, *self._marks]

    def _make_curve(self, longest: int) -> None:
        axes, look, colours = self._curve, self.look, self.look.palette
        quiet_axes(axes, look)
        room = self._pixels(axes)[3]
        axes.set(ylim=(0, 100 / (1 - 2.1 * self._line / room)), yticks=[0, 25, 50, 75, 100])  # the key on top
        axes.set_xticks(range(0, longest + 1, 5))
        axes.set_xlim(1, longest)
        axes.set_xlabel("enrolled from (days)")
        axes.tick_params(axis="y", colors=colours.muted, labelsize=look.text)
        self._thin = axes.plot([], [], color=colours.muted, lw=1.2, zorder=2)[0]
        self._thick = axes.plot([], [], color=colours.uncontrolled, lw=3, zorder=3)[0]
        self._here = axes.plot([0, 0], [0, 100], color=colours.ink, lw=1.2, ls=(0, (3, 2)), zorder=1)[0]
        self._dot = axes.plot([], [], "D", ms=9, mfc=colours.paper, mec=colours.ink, mew=1.6, zorder=5)[0]
        left, top, wide, _ = self._pixels(axes)
        rows = [top + self._line * (0.5 + at) for at in range(2)]
        dash = 0.1 * wide
        self._tags = [write(self.figure, left + 6 + dash + 8, y, look) for y in rows]
        for y, lw, colour in zip(rows, (3, 1.2), (colours.uncontrolled, colours.muted), strict=True):
            self.figure.add_artist(self._stroke(left + 6, left + 6 + dash, y, color=colour, lw=lw))
        self._curve_artists = [self._thin, self._thick, self._here, self._dot]
        self._words = [
            *(write(self.figure, 0, 0, look, ha=ha) for ha in ("left", "right")),
            *self._tags,
            *self._counts,
        ]

        for text in (*self._words[:2], *self._tags):
            text.backing = colours.paper

    def _pixels(self, axes: Axes) -> tuple[float, float, float, float]:
        """Left, top, width and height of axes, CSS pixels from the figure's upper left corner."""
        box = axes.get_position()
        wide, tall = self.figure.get_size_inches() * CSS_DPI
        return box.x0 * wide, (1 - box.y1) * tall, box.width * wide, box.height * tall

    def _stroke(self, left: float, right: float, y: float, **style: Any) -> Line2D:
        """Return a level line between places given in CSS pixels from the figure's upper left corner."""
        wide, tall = self.figure.get_size_inches() * CSS_DPI
        return Line2D(
            [left / wide, right / wide], [1 - y / tall] * 2, transform=self.figure.transFigure, **style
        )

    def _at(self, axes: Axes, x: float, y: float) -> tuple[float, float]:
        """Place of a point of axes in the figure (both 0 to 1)."""
        box = axes.get_position()
        (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
        return box.x0 + box.width * (x - x0) / (x1 - x0), box.y0 + box.height * (y - y0) / (y1 - y0)

    def update(self, view: RegressionView) -> int:
        """Move everything (1); what stays is drawn at the first call (0)."""
        first, self._fresh = self._fresh, False
        titles = (f"Days, given {ARMS[view.arm]}", "Days halved, or better", "All given nothing: % halved")
        for text, words, room in zip(self._titles, titles, self._rooms, strict=True):
            text.set_text(shorten(words, room, self.look.text))
        self._update_slopes(view)
        self._update_steps(view)
        self._update_curve(view)
        return 0 if first else 1

    def _update_slopes(self, view: RegressionView) -> None:
        people = np.empty((len(view.before), 2, 2))
        people[:, 0, 0], people[:, 1, 0] = 0, 1
        people[:, 0, 1], people[:, 1, 1] = view.before, view.after
        self._others.set_segments(list(people[~view.halved]))
        self._halved.set_segments(list(people[view.halved]))
        self._ends.set_data(np.ones(int(view.halved.sum())), view.after[view.halved])
        self._enrol.set_ydata([view.threshold, view.threshold])
        self._mean.set_ydata(view.means)
        above = 0.75 * self._line / (self.figure.get_size_inches()[1] * CSS_DPI)
        for text, x, mean in zip(self._words[:2], (0, 1), view.means, strict=True):
            place_x, place_y = self._at(self._slopes, x, mean)
            text.set_position((place_x, place_y + above))
            text.set_text(f"{mean:.1f}")

    def _update_steps(self, view: RegressionView) -> None:
        starts = np.concatenate([[0.0], view.percent[:-1]])
        middle = np.arange(len(ARMS)) + 0.5 + GAP / 2
        for step, bar in enumerate(self._bars):
            left, right = starts[step], view.percent[step]
            low, high = middle[step] - 0.13, middle[step] + 0.13
            bar.set_verts([[(left, low), (right, low), (right, high), (left, high)]])
            self._marks[step].set_data([right], [middle[step]])
            self._counts[step].set_text(view.counts[step])
        self._sticks.set_segments(
            [[(low, y), (high, y)] for low, high, y in zip(view.low, view.high, middle, strict=True)]
        )
        self._links.set_segments(
            [
                [(view.percent[step], middle[step]), (view.percent[step], middle[step + 1])]
                for step in range(2)
            ]
        )

    def _update_curve(self, view: RegressionView) -> None:
        chosen, other = view.curves[view.baseline - 1], len(view.curves) if view.baseline == 1 else 1
        self._thick.set_data(view.thresholds, chosen)
        self._thin.set_data(view.thresholds, view.curves[other - 1])
        self._here.set_xdata([view.threshold, view.threshold])
        at = np.flatnonzero(view.thresholds == view.threshold)
        self._dot.set_data([view.threshold] * len(at), chosen[at])
        for text, months in zip(self._tags, (view.baseline, other), strict=True):
            text.set_text("1 month before" if months == 1 else f"{months} months before")
