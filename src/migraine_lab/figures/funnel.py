"""A funnel plot: each trial by its gain and by how unsure it is; below it, what the trials come to when pooled.

Filled marks were printed, hollow ones stayed in the drawer. Nothing is computed here: the view brings every number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from migraine_lab.figures.quick_text import QuickText
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, quiet_axes, write

WIDE = 1.96
"""Two-sided 5 %: the funnel's walls, and where a gain becomes significant, in standard errors."""
STEPS = (1, 2, 5, 10, 20)
ROWS = 2


@dataclass(frozen=True)
class PooledLine:
    """A pooled gain under the funnel: its text, estimate, low and high (points); no estimate, no diamond."""

    label: str
    text: str = ""
    values: tuple[float, float, float] | None = None
    printed: bool = False


@dataclass(frozen=True)
class FunnelView:
    """What the plot shows now: gains and standard errors in points, and whether each trial was printed.

    centre is where the funnel stands (a truth, or a pooled gain) and ``centre_label`` says which. ends are those of the
    axis of gains, depth is the largest standard error shown. Where ``simulated``, the picture says so.
    """

    gains: NDArray[np.float64]
    errors: NDArray[np.float64]
    printed: NDArray[np.bool_]
    centre: float
    centre_label: str
    ends: tuple[float, float]
    depth: float
    pooled: Sequence[PooledLine]
    simulated: bool = True


class FunnelFigure:
    """Drawing of a FunnelView."""

    def __init__(self, look: Look) -> None:
        self.look = look
        row = 28 if look.presenting else look.row_height
        self._side, self._right = (
            round(look.width * 0.3),
            round(look.width * (0.2 if look.presenting else 0.19)),
        )
        top, body, below = round(row * 0.5), 190 if look.presenting else 230, ROWS * row + 8
        height = top + body + below + round(row * 2.35)
        self.figure: Figure = new_figure(look, height)
        wide = look.width - self._side - self._right
        self.axes = place(self.figure, self._side, top, wide, body)
        self.below = place(self.figure, self._side, top + body, wide, below)
        for axes in (self.axes, self.below):
            quiet_axes(axes, look)
            axes.set(autoscale_on=False)
        self.axes.tick_params(axis="x", length=0, labelbottom=False)
        self.axes.tick_params(axis="y", colors=look.palette.muted)
        self.below.set(yticks=[], ylim=(ROWS, 0))
        self._row, self._top, self._body = row, top, body
        self._make_texts(height)
        self._make_marks()
        self._static: Any = None

    def _make_texts(self, height: int) -> None:
        look, row = self.look, self._row
        muted = look.palette.muted

        def text(x: float, y: float, **style: Any) -> QuickText:
            return write(self.figure, x, y, look, **style)

        start = self._top + 0.5 * row
        self._marked = text(8, start, color=look.palette.claim)
        keys = ("printed", "in the drawer")
        self._key_texts = [text(30, start + (at + 1.2) * row) for at in range(len(keys))]
        self._key_words = keys
        self._centre_text = text(30, start + 3.2 * row)
        self._wall_text = text(30, start + 4.2 * row, color=muted)
        self._depth_text = text(8, start + 5.7 * row, color=muted)
        self._depth_text.set_text("↑ surer" if look.presenting else "↑ surer: smaller error")
        first = self._top + self._body + 4
        self._labels = [text(8, first + (at + 0.5) * row) for at in range(ROWS)]
        self._values = [text(look.width - 8, first + (at + 0.5) * row, ha="right") for at in range(ROWS)]
        middle = self._side + (look.width - self._side - self._right) / 2
        self._scale = text(middle, height - 0.55 * row, ha="center", color=muted)
        self._scale.set_text("gain over placebo, of 100 people")
        self._key_places = [start + (at + 1.2) * row for at in range(len(keys))] + [
            start + 3.2 * row,
            start + 4.2 * row,
        ]

    def _make_marks(self) -> None:
        colours = self.look.palette
        size = (self._row * 0.28) ** 2
        key = place(self.figure, 0, 0, self._side - 50, self._height)
        key.set(xlim=(0, self._side - 50), ylim=(self._height, 0))
        key.axis("off")
        filled: dict[str, Any] = {"facecolors": colours.treatment, "edgecolors": colours.treatment}
        hollow: dict[str, Any] = {"facecolors": colours.paper, "edgecolors": colours.uncontrolled}
        for style, y in ((filled, self._key_places[0]), (hollow, self._key_places[1])):
            key.scatter([16], [y], s=size * 1.2, marker="o", linewidths=1.6, **style)
        key.plot([8, 24], [self._key_places[2]] * 2, color=colours.ink, lw=1.6, ls=(0, (5, 2)))
        key.plot([8, 24], [self._key_places[3]] * 2, color=colours.muted, lw=1.2, ls=(0, (1, 2)))
        self._null = [
            axes.axvline(0, color=colours.line, lw=1.2, zorder=1) for axes in (self.axes, self.below)
        ]
        self._walls = [self.axes.plot([], [], color=colours.line, lw=1.4, zorder=1)[0] for _ in range(2)]
        self._border = self.axes.plot([], [], color=colours.muted, lw=1.2, ls=(0, (1, 2)), zorder=2)[0]
        self._centre = [
            axes.plot([], [], color=colours.ink, lw=1.6, ls=(0, (5, 2)), zorder=2)[0]
            for axes in (self.axes, self.below)
        ]
        self._hollow = self.axes.scatter([], [], s=size, linewidths=1.5, zorder=4, **hollow)
        self._filled = self.axes.scatter([], [], s=size, linewidths=1.5, zorder=5, **filled)
        self._diamonds = [
            PolyCollection([], facecolors=face, edgecolors=edge, linewidths=1.6, zorder=4)
            for face, edge in ((colours.paper, colours.uncontrolled), (colours.treatment, colours.treatment))
        ]
        for made in self._diamonds:
            self.below.add_collection(made, autolim=False)
        self.layers: list[list[Artist]] = [
            [self._hollow, self._filled, *self._diamonds, *self._labels, *self._values]
        ]

    @property
    def _height(self) -> float:
        return float(self.figure.get_size_inches()[1]) * CSS_DPI

    def update(self, view: FunnelView) -> int:
        """Redraw funnel and axes where they changed (0); else move trials and diamonds (1)."""
        static = (view.centre, view.centre_label, view.ends, view.depth, view.simulated)
        changed = static != self._static
        if changed:
            self._static = static
            self._rewrite(view)
        for made, shown in ((self._filled, view.printed), (self._hollow, ~view.printed)):
            made.set_offsets(np.column_stack([view.gains[shown], view.errors[shown]]))
        for lozenge in self._diamonds:
            lozenge.set_verts([])
        for at, line in enumerate(view.pooled):
            self._labels[at].set_text(line.label)
            self._values[at].set_text(line.text)
            if line.values is not None:
                middle, low, high = line.values
                y = at + 0.5
                self._diamonds[line.printed].set_verts(
                    [[(low, y), (middle, y - 0.32), (high, y), (middle, y + 0.32)]]
                )
        for at in range(len(view.pooled), ROWS):
            self._labels[at].set_text("")
            self._values[at].set_text("")
        return 0 if changed else 1

    def _rewrite(self, view: FunnelView) -> None:
        low, high = view.ends
        step = next((one for one in STEPS if (high - low) / one <= 9), STEPS[-1])
        for axes in (self.axes, self.below):
            axes.set_xlim(low, high)
        ticks = range(int(np.ceil(low / step)) * step, int(high) + 1, step)
        self.below.set_xticks(list(ticks), [f"{tick:g}".replace("-", "−") for tick in ticks])
        self.axes.set_ylim(view.depth, 0)
        step = next((one for one in STEPS if view.depth / one <= 4), STEPS[-1])
        self.axes.set_yticks([float(one) for one in range(0, int(view.depth) + 1, step)])
        for side, wall in zip((-1, 1), self._walls, strict=True):
            wall.set_data([view.centre, view.centre + side * WIDE * view.depth], [0, view.depth])
        self._border.set_data([0, WIDE * view.depth], [0, view.depth])
        for line, ends in zip(self._centre, ((0, view.depth), (0, ROWS)), strict=True):
            line.set_data([view.centre] * 2, ends)
        self._marked.set_text("SIMULATED" if view.simulated else "REAL TRIALS")
        for text, words in zip(self._key_texts, self._key_words, strict=True):
            text.set_text(words)
        if not view.simulated:
            self._key_texts[1].set_text("drawer: unknown")
        self._centre_text.set_text(view.centre_label)
        self._wall_text.set_text(
            "right of it: significant" if not self.look.presenting else "right: significant"
        )
