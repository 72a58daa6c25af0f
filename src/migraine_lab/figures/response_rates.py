"""The list of reported response rates: one line a comparison, a treated arm joined to its own comparator.

Controlled comparisons stand in the upper panel with filled markers, rates without a comparator in a panel of their
own with hollow ones, so that the two never look alike. Nothing is computed here: the frame brings every number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migraine_lab.figures.quick_text import QuickText
from migraine_lab.figures.style import Look, new_figure, place, quiet_axes, shorten, write

OFFSET = 0.17
"""Treated arm above, comparator below the middle of their line, in line heights, so that intervals never overlap."""

SCALES = {
    "percent": "of 100 in each arm",
    "RD": "risk difference, percentage points",
    "RR": "risk ratio (log scale)",
    "OR": "odds ratio (log scale)",
}
MOVING_COLUMNS = (
    "percent", "low", "high", "comparator_percent", "comparator_low", "comparator_high", "effect", "effect_low", "effect_high"
)  # fmt: skip
"""Columns that move markers and intervals, but neither texts nor axis."""
PANELS = {
    True: "Compared in the same study",
    False: "No comparator in the study: not to be set beside the rates above",
}


@dataclass(frozen=True)
class ListView:
    """What the list shows now.

    ``rows`` is one page: label, events_text, comparator_text, controlled, randomised; for scale "percent" the columns
    percent, low, high and comparator_percent, comparator_low, comparator_high; otherwise effect, effect_low,
    effect_high (RD in percentage points). ``chosen`` is a position in the page. Claim and guess are percentages.
    """

    rows: pd.DataFrame
    scale: str = "percent"
    better: str = "higher"
    hide_comparators: bool = False
    claim: float | None = None
    claim_label: str = ""
    guess: float | None = None
    chosen: int | None = None


class ResponseRatesFigure:
    """Drawing of a ListView; ``capacity`` rows at the most, plus a line for each panel's heading."""

    def __init__(self, look: Look, capacity: int) -> None:
        self.look, self.capacity = look, capacity
        self.lines = capacity + 2
        row, width = look.row_height, look.width
        top, bottom = round(row * 1.25), round(row * 2.3)
        self.figure: Figure = new_figure(look, top + self.lines * row + bottom)
        column = round(width * 0.11)
        left = round(width * 0.46)
        self.axes = place(self.figure, left, top, width - left - 2 * column - 14, self.lines * row)
        self.axes.set(ylim=(self.lines, 0), autoscale_on=False)
        quiet_axes(self.axes, look)
        self.axes.set_yticks([])
        self._label_width = left - 16
        self._make_texts(left, column, top)
        self._make_moving()
        self._static_key: Any = None
        self._lines_of: list[float] = []

    # -- building, once ------------------------------------------------------------------------------------------
    def _text(self, x: float, y: float, **style: Any) -> QuickText:
        return write(self.figure, x, y, self.look, **style)

    def _make_texts(self, left: int, column: int, top: int) -> None:
        look, row, width = self.look, self.look.row_height, self.look.width
        edges = (width - column - 10, width - 8)
        middles = [top + (line + 0.5) * row for line in range(self.lines)]
        self._labels = [self._text(8, y) for y in middles]
        self._treated = [self._text(edges[0], y, ha="right") for y in middles]
        self._compared = [self._text(edges[1], y, ha="right") for y in middles]
        muted = look.palette.muted
        self._heads = [
            self._text(8, top * 0.5, color=muted),
            self._text(edges[0], top * 0.5, ha="right", color=muted),
            self._text(edges[1], top * 0.5, ha="right", color=muted),
        ]
        middle = (left + width - 2 * column - 14) / 2
        axis_y = top + self.lines * row + row * 1.85
        self._favours = [
            self._text(middle - 6, axis_y, ha="right", color=muted),
            self._text(middle + 6, axis_y, ha="left", color=muted),
        ]
        self._scale = self._text(middle, axis_y, ha="center", color=muted)
        self._bands = [self.axes.axhspan(0, 1, color=look.palette.panel, lw=0, zorder=0) for _ in range(2)]
        self._null = self.axes.axvline(0, color=look.palette.muted, lw=1, zorder=1)

    def _make_moving(self) -> None:
        colours = self.look.palette
        size = (self.look.row_height * 0.3) ** 2

        def sticks(colour: str, width: float, style: Any = "solid", zorder: float = 3) -> LineCollection:
            made = LineCollection([], colors=colour, linewidths=width, linestyles=style, zorder=zorder)
            self.axes.add_collection(made, autolim=False)
            return made

        def marks(colour: str, marker: str, hollow: bool = False) -> Any:
            face = colours.paper if hollow else colour
            style: dict[str, Any] = {
                "facecolors": face,
                "edgecolors": colour,
                "linewidths": 1.6,
                "clip_on": False,
            }
            return self.axes.scatter([], [], s=size, marker=marker, zorder=5, **style)

        loose: Any = (0, (3, 3))  # dashes: arms that were not formed by chance
        self._joins = [sticks(colours.muted, 1.1, zorder=2), sticks(colours.muted, 1.1, loose, zorder=2)]
        self._intervals = {
            "treated": sticks(colours.treatment, 1.8),
            "compared": sticks(colours.comparator, 1.8),
            "alone": sticks(colours.uncontrolled, 1.8),
        }
        self._marks = {
            "treated": marks(colours.treatment, "o"),
            "compared": marks(colours.comparator, "s"),
            "alone": marks(colours.uncontrolled, "D", hollow=True),
        }
        self._arrows = {
            "left": marks(colours.treatment, "<"),
            "right": marks(colours.treatment, ">"),
        }
        self._chosen = Rectangle(
            (0, 0),
            1,
            1,
            transform=self.axes.get_yaxis_transform(),
            fill=False,
            lw=1.4,
            ec=colours.ink,
            zorder=6,
        )
        self.axes.add_patch(self._chosen)
        self._claim = self.axes.plot([], [], color=colours.claim, lw=2, ls=(0, (6, 3)), zorder=4)[0]
        self._guess = self.axes.plot([], [], color=colours.guess, lw=2, ls=(0, (1, 2)), zorder=4)[0]
        self._claim_text = self._over(colours.claim, "bottom")
        self._guess_text = self._over(colours.guess, "center")
        self._guess_text.backing = colours.paper
        arms = [*self._joins, *self._intervals.values(), *self._marks.values(), *self._arrows.values()]
        self.layers: list[list[Artist]] = [
            sorted(arms, key=lambda one: one.get_zorder()),
            [self._claim, self._guess, self._chosen, self._claim_text, self._guess_text],
        ]
        self._arms_key: Any = None

    def _over(self, colour: str, place: str) -> QuickText:
        text = QuickText(
            0,
            0,
            "",
            transform=self.axes.transData,
            color=colour,
            fontsize=self.look.text,
            ha="center",
            va=place,
        )
        self.figure.add_artist(text)
        return text

    # -- moving ------------------------------------------------------------------------------------------------
    def update(self, view: ListView) -> int:
        """Rewrite texts and axis when rows, scale or hiding changed (0), move the arms (1), or only the lines (2)."""
        rows = view.rows
        static = (
            view.scale, view.better, view.hide_comparators, tuple(rows.index), tuple(rows["label"]), self._range(view)
        )  # fmt: skip
        arms = tuple(rows[name].to_numpy().tobytes() for name in MOVING_COLUMNS if name in rows)
        level = 0 if static != self._static_key else 1 if arms != self._arms_key else 2
        if level == 0:
            self._rewrite(view)
        if level <= 1:
            self._move(view)
        self._move_lines(view)
        self._static_key, self._arms_key = static, arms
        return level

    def _range(self, view: ListView) -> tuple[float, float]:
        """Ends of the axis. They follow the estimates, not the intervals, so a change of level moves no axis."""
        if view.scale == "percent":
            return (0.0, 100.0)
        effects = view.rows["effect"].to_numpy(float)
        effects = effects[np.isfinite(effects)]
        if view.scale == "RD":
            low, high = (effects.min(), effects.max()) if len(effects) else (0.0, 0.0)
            return (
                max(-100.0, 10 * np.floor(min(low, 0) / 10) - 20),
                min(100.0, 10 * np.ceil(max(high, 0) / 10) + 20),
            )
        effects = effects[effects > 0]
        low, high = (effects.min(), effects.max()) if len(effects) else (1.0, 1.0)
        return (float(min(0.5, low / 2)), float(max(2.0, high * 2)))

    def _rewrite(self, view: ListView) -> None:
        rows, scale = view.rows, view.scale
        for text in (*self._labels, *self._treated, *self._compared):
            text.set_text("")
        for band in self._bands:
            band.set_visible(False)
        self._lines_of = []
        line = 0
        controlled = rows["controlled"].to_numpy(bool)
        for panel, band in zip((True, False), self._bands, strict=True):
            members = np.flatnonzero(controlled == panel)
            if not len(members):
                continue
            self._labels[line].set(text=PANELS[panel], color=self.look.palette.muted, style="italic")
            band.set(xy=(0, line), height=1, visible=True)
            line += 1
            for position in members:
                row = rows.iloc[position]
                self._labels[line].set(
                    text=shorten(row["label"], self._label_width, self.look.text),
                    color=self.look.palette.ink,
                    style="normal",
                )
                self._treated[line].set(text=row["events_text"])
                self._compared[line].set(
                    text="?" if view.hide_comparators and panel else row["comparator_text"]
                )
                self._lines_of.append(line + 0.5)
                line += 1
        self._write_axis(view)
        if scale == "percent":
            heads = ("study and treated arm", "● treated", "■ control")
        else:
            heads = ("study and treated arm", "treated", "control")
        for text, words in zip(self._heads, heads, strict=True):
            text.set_text(words)

    def _write_axis(self, view: ListView) -> None:
        low, high = self._range(view)
        ratio = view.scale in ("RR", "OR")
        self._null.set_xdata([1.0 if ratio else 0.0] * 2)  # first, for zero has no place on a log scale
        if not ratio:
            self.axes.set_xscale("linear")
        self.axes.set_xlim(low, high)
        if ratio:  # the ends of the axis are positive by now
            self.axes.set_xscale("log")
        self.axes.set_ylim(self.lines, 0)
        if ratio:
            steps = [tick for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if low <= tick <= high]
            self.axes.set_xticks(steps, [f"{tick:g}" for tick in steps])
            self.axes.minorticks_off()
        else:
            step = 20 if view.scale == "percent" or high - low > 80 else 10
            steps = list(np.arange(np.ceil(low / step) * step, high + 1, step))
            self.axes.set_xticks(steps, [f"{tick:g}" for tick in steps])
        self._null.set_visible(view.scale != "percent")
        self._scale.set_text("")
        if view.scale == "percent":
            for text in self._favours:
                text.set_text("")
            self._scale.set_text(SCALES["percent"])
        else:
            sides = ["favours control", "favours treatment"]
            if view.better == "lower":
                sides.reverse()
            self._favours[0].set_text("← " + sides[0])
            self._favours[1].set_text(sides[1] + " →")
            self._heads[0].set_text(SCALES[view.scale])

    def _move(self, view: ListView) -> None:
        rows = view.rows.sort_values("controlled", ascending=False, kind="stable")
        middle = np.array(self._lines_of)
        controlled = rows["controlled"].to_numpy(bool)
        empty: list[Any] = []
        for group in (*self._intervals.values(), *self._joins):
            group.set_segments(empty)
        for mark in (*self._marks.values(), *self._arrows.values()):
            mark.set_offsets(np.empty((0, 2)))
        if view.scale == "percent":
            self._move_arms(rows, middle, controlled, view.hide_comparators)
        else:
            self._move_effects(rows, middle, self._range(view))

    def _move_arms(
        self, rows: pd.DataFrame, middle: np.ndarray, controlled: np.ndarray, hidden: bool
    ) -> None:
        treated = rows[["low", "percent", "high"]].to_numpy(float)
        compared = rows[["comparator_low", "comparator_percent", "comparator_high"]].to_numpy(float)
        up, down = middle - OFFSET, middle + OFFSET
        both = controlled & (not hidden)
        self._spread("treated", treated[controlled], (up if not hidden else middle)[controlled])
        self._spread("compared", compared[both], down[both])
        self._spread("alone", treated[~controlled], middle[~controlled])
        randomised = rows["randomised"].to_numpy(bool)
        for group, chosen in zip(self._joins, (both & randomised, both & ~randomised), strict=True):
            ends = np.stack(
                [np.column_stack([compared[:, 1], down]), np.column_stack([treated[:, 1], up])], axis=1
            )
            group.set_segments(list(ends[chosen]))

    def _move_effects(self, rows: pd.DataFrame, middle: np.ndarray, ends: tuple[float, float]) -> None:
        effects = rows[["effect_low", "effect", "effect_high"]].to_numpy(float)
        self._spread("treated", effects, middle)
        for side, beyond in (("left", effects[:, 0] < ends[0]), ("right", effects[:, 2] > ends[1])):
            edge = ends[0] if side == "left" else ends[1]
            self._arrows[side].set_offsets(np.column_stack([np.full(beyond.sum(), edge), middle[beyond]]))

    def _spread(self, group: str, values: np.ndarray, y: np.ndarray) -> None:
        """Put markers at the middle column of ``values`` (low, estimate, high) and sticks over their intervals."""
        shown = np.isfinite(values[:, 1])
        self._marks[group].set_offsets(np.column_stack([values[shown, 1], y[shown]]))
        known = shown & np.isfinite(values[:, 0]) & np.isfinite(values[:, 2])
        ends = np.stack([np.column_stack([values[:, 0], y]), np.column_stack([values[:, 2], y])], axis=1)
        self._intervals[group].set_segments(list(ends[known]))

    def _move_lines(self, view: ListView) -> None:
        middle = np.array(self._lines_of)
        percent = view.scale == "percent"
        for line, text, value, words, y in (
            (self._claim, self._claim_text, view.claim, view.claim_label, -0.05),
            (self._guess, self._guess_text, view.guess, "your guess", self.lines - 0.5),
        ):
            shown = percent and value is not None
            line.set_visible(shown)
            text.set_visible(shown)
            if shown and value is not None:
                line.set_data([value, value], [0, self.lines])
                # near the ends the words lean inwards, so that they stay on the picture
                text.set(
                    position=(value, y),
                    text=words,
                    ha="right" if value > 80 else "left" if value < 20 else "center",
                )
        self._chosen.set_visible(view.chosen is not None)
        if view.chosen is not None:
            order = np.argsort(~view.rows["controlled"].to_numpy(bool), kind="stable")
            y = middle[int(np.flatnonzero(order == view.chosen)[0])]
            self._chosen.set(xy=(0, y - 0.5), height=1, width=1)
