"""Simulated people by pain before and after, responders under one definition filled, beside the rates of four definitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, quiet_axes, write

POINTS = 11


@dataclass(frozen=True)
class DefinitionLine:
    """One definition: words, simulated rate (percent), and the study's own rate with its ends (NaN: not printed)."""

    label: str
    simulated: float
    printed: float = np.nan
    low: float = np.nan
    high: float = np.nan
    text: str = ""


@dataclass(frozen=True)
class DefinitionsView:
    """People by score (rows: after, columns: before), who of the cells responds, four rates, the chosen one, a heading."""

    people: NDArray[np.int64]
    responds: NDArray[np.bool_]
    rates: Sequence[DefinitionLine]
    chosen: int
    heading: str


class Definitions:
    """Drawing of a DefinitionsView with ``count`` definitions."""

    def __init__(self, look: Look, count: int) -> None:
        self.look, self.count = look, count
        row, whole, colours = look.row_height, look.width, look.palette
        top = round(row * 1.2)
        side = round(row * 1.72 * count) if look.presenting else round(row * 11.5)
        below = round(row * 2.1)
        self.figure: Figure = new_figure(look, top + side + below)
        left = round(row * 2.4)
        across = round(min(side * 1.25, whole * 0.36))
        self.axes = place(self.figure, left, top, across, side)
        self.axes.set(xlim=(-0.7, 10.7), ylim=(-0.7, 10.7), xticks=[0, 2, 4, 6, 8, 10], yticks=[0, 5, 10])
        quiet_axes(self.axes, look)
        self.axes.set_xlabel("pain before")
        self.axes.set_ylabel("pain after", color=colours.muted, fontsize=look.text)
        self.axes.plot([0, 10], [0, 10], color=colours.line, lw=1.2, zorder=1)
        before, after = np.meshgrid(np.arange(POINTS), np.arange(POINTS))
        self._spots = np.column_stack([before.ravel(), after.ravel()])
        self._largest = (side / POINTS * 0.74) ** 2
        self._others = self.axes.scatter(
            [], [], facecolors=colours.paper, edgecolors=colours.muted, linewidths=1.3, zorder=3
        )
        self._those = self.axes.scatter(
            [], [], facecolors=colours.guess, edgecolors=colours.guess, linewidths=1.3, zorder=4
        )

        start = left + across + round(row * 1.3)
        pixels = look.text / 72 * CSS_DPI
        track, texts = start + round(pixels * 13.2), whole - round(pixels * 9)  # as wide as their words
        step = side / count
        self.rates = place(self.figure, track, top, texts - track - round(row * 0.6), side)
        self.rates.set(xlim=(0, 100), ylim=(count, 0), yticks=[])
        quiet_axes(self.rates, look)
        self.rates.set_xlabel("of 100 people")
        self._bars = LineCollection(
            [], colors=colours.guess, linewidths=row * 0.42, capstyle="butt", zorder=2
        )
        self._sticks = LineCollection([], colors=colours.uncontrolled, linewidths=1.8, zorder=3)
        for group in (self._bars, self._sticks):
            self.rates.add_collection(group, autolim=False)
        size = (row * 0.36) ** 2
        self._printed = self.rates.scatter(
            [], [], s=size, marker="D", facecolors=colours.paper, edgecolors=colours.uncontrolled, linewidths=1.6, zorder=5,
            clip_on=False,
        )  # fmt: skip
        lines = [top + (place_ + 0.32) * step for place_ in range(count)]
        self._labels = [write(self.figure, start, y, look) for y in lines]
        self._numbers = [write(self.figure, texts, y, look) for y in lines]
        self._says = [
            write(self.figure, texts, y + row * (0.8 if look.presenting else 1), look, color=colours.muted)
            for y in lines
        ]
        self._heading = write(self.figure, 8, row * 0.55, look, color=colours.claim)
        self.layers: list[list[Artist]] = [
            [self._heading, *self._labels, *self._says],  # these stay while people are drawn anew
            [self._others, self._those, self._bars, self._sticks, self._printed, *self._numbers],
        ]
        self._worded: tuple[object, ...] = ()

    def update(self, view: DefinitionsView) -> int:
        """Move people, bars and numbers (2), or the words as well (1); 0 the first time."""
        people = view.people.ravel()
        sizes = self._largest * people / max(people.max(), 1)
        for marks, kept in ((self._those, view.responds.ravel()), (self._others, ~view.responds.ravel())):
            shown = kept & (people > 0)
            marks.set_offsets(self._spots[shown])
            marks.set_sizes(sizes[shown])
        high = np.arange(self.count)
        self._bars.set_segments(
            [[(0, y + 0.32), (one.simulated, y + 0.32)] for y, one in zip(high, view.rates, strict=True)]
        )
        known = [(y + 0.66, one) for y, one in zip(high, view.rates, strict=True) if np.isfinite(one.printed)]
        self._printed.set_offsets(np.array([(one.printed, y) for y, one in known]).reshape(-1, 2))
        self._sticks.set_segments([[(one.low, y), (one.high, y)] for y, one in known if np.isfinite(one.low)])
        for number, one in zip(self._numbers, view.rates, strict=True):
            number.set_text(f"{one.simulated:.0f} simulated")
        worded = (view.heading, view.chosen, *[(one.label, one.text) for one in view.rates])
        before, self._worded = self._worded, worded
        if worded == before:
            return 2
        self._heading.set_text(view.heading)
        for place_, one in enumerate(view.rates):
            chosen = place_ == view.chosen
            self._labels[place_].set(text=f"▸ {one.label}" if chosen else one.label)
            self._labels[place_].set_color(self.look.palette.claim if chosen else self.look.palette.ink)
            self._says[place_].set_text(one.text)
        return 1 if before else 0
