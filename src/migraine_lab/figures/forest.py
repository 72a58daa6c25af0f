"""A forest plot: one row a trial, its square as large as its weight, a diamond for all together, a bar for the next trial.

Nothing is computed here: the view brings every number, text and axis end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from migraine_lab.figures.quick_text import QuickText, width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, quiet_axes, shorten, write

TICKS = (
    (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20),
    (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100),
    (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100),
    (0.001, 0.01, 0.1, 1, 10, 100, 1000),
)
STEPS = (1, 2, 5, 10, 20, 50)
WIDEST = ("967/1772", "2.00 (2.00 to 2.00)", "10.0 %")
"""Usual texts of the columns: counts, effects, weights."""
LINES_BELOW = 2
"""Diamond and prediction bar stand under the trials."""
TALLEST = 1.45
"""Rows may be spread to this many times their usual height where there are few."""


@dataclass(frozen=True)
class ForestRows:
    """The trials from top to bottom: texts of the columns, and what is drawn.

    points: low, estimate, high, shape (trials, 3), a row of NaN has no mark; weight: percent, or NaN. left_out trials are
    crossed out; unlike ones (asked to be added) are hollow.
    """

    labels: tuple[str, ...]
    treated: tuple[str, ...]
    control: tuple[str, ...]
    effects: tuple[str, ...]
    shares: tuple[str, ...]
    points: NDArray[np.float64]
    weight: NDArray[np.float64]
    left_out: NDArray[np.bool_]
    unlike: NDArray[np.bool_]


@dataclass(frozen=True)
class ForestView:
    """What the plot shows now.

    ``pooled`` and ``before`` (as it was with the trial left out) are (estimate, low, high), ``prediction`` is (low, high).
    ``lines`` are the texts of the last two rows: label, effect, weight.
    """

    rows: ForestRows
    ends: tuple[float, float]
    log: bool = True
    scale: str = ""
    sides: tuple[str, str] = ("", "")
    pooled: tuple[float, float, float] | None = None
    before: tuple[float, float, float] | None = None
    prediction: tuple[float, float] | None = None
    lines: tuple[tuple[str, str, str], tuple[str, str, str]] = (("", "", ""), ("", "", ""))
    heterogeneity: str = ""
    warning: str = ""
    heads: tuple[str, ...] = ("trial", "treated", "control", "", "weight")


class ForestFigure:
    """Drawing of a ForestView with up to ``capacity`` trials."""

    def __init__(self, look: Look, capacity: int) -> None:
        self.look, self.capacity = look, capacity
        self._row = row = 28 if look.presenting else look.row_height
        whole = look.width
        self._top = top = round(row * 1.2)
        self._room = (capacity + LINES_BELOW) * row
        below = round(row * (3.35 if look.presenting else 3.6))
        self.figure: Figure = new_figure(look, top + self._room + below)
        self._height = top + self._room + below
        self._columns(whole)
        self.axes = place(self.figure, self._left, top, self._right - self._left, self._room)
        quiet_axes(self.axes, look)
        self.axes.set(yticks=[], autoscale_on=False)
        self._make_texts(top + self._room)
        self._make_marks()
        self._static: Any = None
        self._middles: NDArray[Any] = np.empty(0)

    def _columns(self, whole: int) -> None:
        """Right ends of the columns of numbers, as wide as their texts need; trials' names and plot share the rest."""
        pixels = self.look.text / 72 * CSS_DPI
        counts, effects, weights = (width(words, pixels) + 0.6 * pixels for words in WIDEST)
        self._label_room = round(0.56 * (whole - 2 * counts - effects - weights))
        self._edges = (self._label_room + counts, self._label_room + 2 * counts)
        self._weight, self._text = whole - 8.0, whole - 8 - weights
        self._left, self._right = round(self._edges[1] + pixels), round(self._text - effects)

    def _write(self, x: float, **style: Any) -> QuickText:
        return write(self.figure, x, 0, self.look, **style)

    def _make_texts(self, bottom: int) -> None:
        look, row = self.look, self._row
        muted = look.palette.muted
        many = self.capacity + LINES_BELOW
        starts = (8.0, *self._edges, self._text, self._weight)
        sides = ("left", "right", "right", "right", "right")
        self._texts = [
            [self._write(x, ha=side) for _ in range(many)] for x, side in zip(starts, sides, strict=True)
        ]
        self._heads = [self._write(x, ha=side, color=muted) for x, side in zip(starts, sides, strict=True)]
        for head in self._heads:
            self._move_text(head, self._top * 0.45)
        self._heads.append(self._write((self._left + self._right) / 2, ha="center", color=muted))
        self._move_text(self._heads[-1], self._top * 0.45)
        middle = (self._left + self._right) / 2
        self._favours = [
            self._write(middle - 8, ha="right", color=muted),
            self._write(middle + 8, color=muted),
        ]
        for text in self._favours:
            self._move_text(text, bottom + row * (1.9 if look.presenting else 1.75))
        self._spread = self._write(8)
        self._move_text(self._spread, bottom + row * 2.9)
        self._warning = self._write(8, color=look.palette.claim)
        self._warning.backing = look.palette.panel

    def _move_text(self, text: QuickText, y: float) -> None:
        text.set_y(1 - y / self._height)

    def _make_marks(self) -> None:
        colours, axes = self.look.palette, self.axes

        def sticks(colour: str, wide: float, zorder: float, style: Any = "solid") -> LineCollection:
            made = LineCollection([], colors=colour, linewidths=wide, linestyles=style, zorder=zorder)
            axes.add_collection(made, autolim=False)
            return made

        def marks(colour: str, marker: str, zorder: float = 5) -> Any:
            return axes.scatter(
                [], [], marker=marker, color=colour, linewidths=1.4, zorder=zorder, clip_on=False
            )

        def lozenge(colour: str, face: str, zorder: float, **style: Any) -> PolyCollection:
            made = PolyCollection(
                [], facecolors=face, edgecolors=colour, linewidths=1.6, zorder=zorder, **style
            )
            axes.add_collection(made, autolim=False)
            return made

        self._null = axes.axvline(1, color=colours.muted, lw=1.2, zorder=1)
        self._rule = sticks(colours.line, 1, 1)
        self._centre = sticks(colours.treatment, 1.2, 2, (0, (2, 3)))
        self._sticks = sticks(colours.treatment, 1.8, 3)
        self._out_sticks = sticks(colours.uncontrolled, 1.2, 3, (0, (3, 2)))
        self._squares = marks(colours.treatment, "s")
        self._unlike = axes.scatter(
            [],
            [],
            marker="s",
            facecolors=colours.paper,
            edgecolors=colours.claim,
            linewidths=1.8,
            zorder=5,
            clip_on=False,
        )
        self._out_marks = marks(colours.uncontrolled, "x", zorder=6)
        self._arrows = {side: marks(colours.treatment, side) for side in "<>"}
        self._before = lozenge(colours.muted, "none", 6)
        self._diamond = lozenge(colours.treatment, colours.treatment, 5)
        self._doubtful = lozenge(colours.claim, colours.paper, 5, hatch="////")
        self._bar = sticks(colours.muted, 5, 4)
        self._caps = sticks(colours.muted, 2, 4)
        self._bar_arrows = {side: marks(colours.muted, side) for side in "<>"}
        moving_texts = [*self._texts[3][-LINES_BELOW:], *self._texts[4]]
        self.layers: list[list[Artist]] = [
            [
                self._centre, self._sticks, self._out_sticks, self._bar, self._caps, self._before, self._diamond,
                self._doubtful, self._squares, self._unlike, self._out_marks, *self._arrows.values(), *self._bar_arrows.values(),
                *moving_texts, *self._texts[0][-LINES_BELOW:], self._spread,
            ]
        ]  # fmt: skip

    # -- moving ----------------------------------------------------------------------------------------------------
    def update(self, view: ForestView) -> int:
        """Rewrite trials with their effects, and the axis, where they changed (0); else move weights, diamond and bar (1)."""
        rows = view.rows
        static = (
            rows.labels, rows.treated, rows.control, rows.effects, view.ends, view.log, view.scale,
            view.sides, view.warning, view.heads,
        )  # fmt: skip
        changed = static != self._static
        if changed:
            self._static = static
            self._rewrite(view)
        self._move(view)
        return 0 if changed else 1

    def _rewrite(self, view: ForestView) -> None:
        rows, many = view.rows, len(view.rows.labels)
        extra = 1 if view.warning else 0
        lines = many + LINES_BELOW + extra
        pitch = min(self._room / lines, TALLEST * self._row)
        self._pitch = pitch
        self._middles = (np.arange(many + LINES_BELOW) + 0.5 + extra) * pitch
        # a little air between the trials and what is made of them
        self.axes.set_ylim(self._room, 0)
        self._rule.set_segments([[(view.ends[0], y), (view.ends[1], y)] for y in [(many + extra) * pitch]])
        places = [
            *self._middles[:many],
            *[0.0] * (self.capacity - many),
            *self._middles[many:],
        ]
        for column in self._texts:
            for text, y in zip(column, places, strict=True):
                self._move_text(text, self._top + y)
                text.set_text("")
        for at, words in enumerate(rows.labels):
            self._texts[0][at].set_text(shorten(words, self._label_room - 12, self.look.text))
            self._texts[1][at].set_text(rows.treated[at])
            self._texts[2][at].set_text(rows.control[at])
            self._texts[3][at].set_text(rows.effects[at])
        for head, words in zip(self._heads, (*view.heads, view.scale), strict=True):
            head.set_text(words)
        self._warning.set_text(shorten(view.warning, self.look.width - 24, self.look.text))
        self._move_text(self._warning, self._top + 0.5 * pitch)
        for text, words in zip(self._favours, view.sides, strict=True):
            text.set_text(words)
        self._write_axis(view)

    def _write_axis(self, view: ForestView) -> None:
        low, high = view.ends
        none = 1.0 if view.log else 0.0
        self._null.set_xdata([none, none])  # first, for zero has no place on a log scale
        if not view.log:
            self.axes.set_xscale("linear")
        self.axes.set_xlim(low, high)
        room = (self._right - self._left) / (5.2 if self.look.presenting else 3.6) / self.look.text
        if view.log:
            self.axes.set_xscale("log")
            widest = np.log(high / low) / room
            inside = [[one for one in ticks if low <= one <= high] for ticks in TICKS]
            ticks = next((some for some in inside if (np.diff(np.log(some)) >= widest).all()), inside[-1])
        else:
            step = next((one for one in STEPS if (high - low) / one <= room), STEPS[-1])
            ticks = [
                float(one) for one in range(int(np.ceil(low / step)) * step, int(np.floor(high)) + 1, step)
            ]
        self.axes.set_xticks(ticks, [f"{tick:g}".replace("-", "−") for tick in ticks])
        self.axes.minorticks_off()
        self._place_favours(view, none)

    def _place_favours(self, view: ForestView, none: float) -> None:
        """Set the two sides' names left and right of no difference, as near to it as they stay on the picture."""
        at = self._left + (self._right - self._left) * self._share(none, view)
        self._favours[0].set_x((at - 8) / self.look.width)
        self._favours[1].set_x((at + 8) / self.look.width)

    @staticmethod
    def _share(value: float, view: ForestView) -> float:
        low, high = np.log(view.ends) if view.log else view.ends
        return float(((np.log(value) if view.log else value) - low) / (high - low))

    def _move(self, view: ForestView) -> None:
        rows, values, out = view.rows, view.rows.points, view.rows.left_out
        y, known = self._middles[: len(values)], np.isfinite(values).all(axis=1)
        stick = np.stack([np.column_stack([values[:, 0], y]), np.column_stack([values[:, 2], y])], axis=1)
        _lines(self._sticks, stick[known & ~out])
        _lines(self._out_sticks, stick[known & out])
        inside = known & (values[:, 1] >= view.ends[0]) & (values[:, 1] <= view.ends[1])
        largest = (0.72 * min(self._pitch, 30) * 72 / CSS_DPI) ** 2
        weighed = rows.weight[np.isfinite(rows.weight)]
        sizes = largest * np.nan_to_num(rows.weight / (weighed.max() if len(weighed) else 1.0), nan=0.25)
        place_ = np.column_stack([values[:, 1], y])
        for made, shown in (
            (self._squares, inside & ~out & ~rows.unlike),
            (self._unlike, inside & ~out & rows.unlike),
        ):
            _dots(made, place_[shown], np.maximum(sizes[shown], 5.0))
        _dots(self._out_marks, place_[inside & out], largest / 3)
        for side, edge, beyond in (
            ("<", view.ends[0], values[:, 0] < view.ends[0]), (">", view.ends[1], values[:, 2] > view.ends[1]),
        ):  # fmt: skip
            here = y[beyond & known]
            _dots(self._arrows[side], np.column_stack([np.full(len(here), edge), here]), largest / 5)
        for at, share in enumerate(rows.shares):
            self._texts[4][at].set_text(share)
        self._move_pooled(view, len(values))
        self._move_prediction(view)
        self._spread.set_text(view.heterogeneity)

    def _move_pooled(self, view: ForestView, many: int) -> None:
        y, half = self._middles[many], 0.33 * min(self._pitch, 30)
        doubtful = bool(view.warning)
        for made, value in (
            (self._diamond, None if doubtful else view.pooled), (self._doubtful, view.pooled if doubtful else None),
            (self._before, view.before),
        ):  # fmt: skip
            made.set_visible(value is not None)
            made.set_verts([] if value is None else [_lozenge(value, y, half, view.ends)])
        top = self._middles[0] - self._pitch / 2
        at = None if view.pooled is None else view.pooled[0]
        _lines(self._centre, [] if at is None else [[(at, top), (at, y)]])
        for line, (label, effect, weight) in enumerate(view.lines):
            for column, words in ((0, label), (3, effect), (4, weight)):
                self._texts[column][self.capacity + line].set_text(words)

    def _move_prediction(self, view: ForestView) -> None:
        y, half, (least, most) = self._middles[-1], 0.33 * min(self._pitch, 30), view.ends
        low, high = view.prediction or (np.nan, np.nan)
        _lines(self._bar, [[(max(low, least), y), (min(high, most), y)]] if view.prediction else [])
        caps = [end for end in (low, high) if least <= end <= most]
        _lines(self._caps, [[(end, y - half), (end, y + half)] for end in caps])
        for side, edge, beyond in (("<", least, low < least), (">", most, high > most)):
            _dots(
                self._bar_arrows[side],
                np.array([[edge, y]] if beyond else np.empty((0, 2))),
                (0.3 * self._row) ** 2,
            )


def _lines(made: LineCollection, segments: Any) -> None:
    """Set segments; without any the artist is not drawn at all, which saves time at every step."""
    made.set_visible(len(segments) > 0)
    made.set_segments(list(segments))


def _dots(made: PathCollection, places: NDArray[np.float64], sizes: Any) -> None:
    """Set places and sizes (points squared) of marks; without any the artist is not drawn at all."""
    made.set_visible(len(places) > 0)
    made.set_offsets(places)
    made.set_sizes(np.atleast_1d(sizes))


def _lozenge(
    value: tuple[float, float, float], y: float, half: float, ends: tuple[float, float]
) -> list[tuple[float, float]]:
    estimate, low, high = (min(max(one, ends[0]), ends[1]) for one in value)
    return [(low, y), (estimate, y - half), (high, y), (estimate, y + half)]
