"""The figure of a brief: each treated arm beside its own comparator, and beside them the difference with its interval.

Rates without a comparator stand in a panel of their own, hollow, with no difference. It is drawn once and printed, so
every artist is still; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import width
from migraine_lab.figures.style import (
    CSS_DPI,
    Look,
    new_figure,
    place,
    quiet_axes,
    shorten,
    write,
)

OFFSET = 0.18
"""Treated arm above, comparator below the middle of their line, in line heights."""
STEPS = (5, 10, 20, 25, 50)


@dataclass(frozen=True)
class Panel:
    """One question's rows under a heading.

    ``rows``: label, percent, low, high, comparator_percent, comparator_low, comparator_high (of 100), effect, effect_low,
    effect_high (points), randomised. ``together`` is (difference, low, high) in points of the trials put together.
    """

    heading: str
    rows: pd.DataFrame
    controlled: bool
    together: tuple[float, float, float] | None = None
    together_label: str = ""

    @property
    def lines(self) -> int:
        """Lines that it takes: heading, rows, the trials put together."""
        return 1 + len(self.rows) + (self.together is not None)


class BriefRows:
    """Drawing of some Panels, as tall as they need."""

    layers: Sequence[Sequence[Artist]] = ()

    def __init__(self, look: Look, panels: Sequence[Panel], comparator: str = "comparator") -> None:
        self.look = look
        self.row = row = look.row_height
        self.lines = sum(panel.lines for panel in panels)
        self.top, bottom = round(row * 1.3), round(row * 2.3)
        self.figure: Figure = new_figure(look, self.top + self.lines * row + bottom)
        controlled = any(panel.controlled for panel in panels)
        left = round(look.width * 0.36)
        right = round(look.width * 0.25) if controlled else 0
        room = look.width - left - right - (56 if controlled else 22)
        self.rates = self._axes(left, room, (0, 100))
        self.rates.set_xlabel("of 100")
        self.effects = None
        if controlled:
            self.effects = self._axes(left + room + 40, right - 8, _ends(panels))
            self.effects.set_xlabel("difference, of 100")
            self.effects.axvline(0, color=look.palette.muted, lw=1, zorder=1)
            low, high = self.effects.get_xlim()
            step = next(one for one in STEPS if (high - low) / one <= 5 or one == STEPS[-1])
            self.effects.set_xticks(np.arange(np.ceil(low / step) * step, high + 0.1, step))
        self._label_room = left - 20
        self._heads(left, room, controlled, comparator)
        line = 0
        for panel in panels:
            self._panel(panel, line)
            line += panel.lines

    def update(self, view: Any) -> int:
        """Nothing moves."""
        return 0

    def _axes(self, left: float, width: float, ends: tuple[float, float]) -> Axes:
        axes = place(self.figure, left, self.top, width, self.lines * self.row)
        axes.set(xlim=ends, ylim=(self.lines, 0), autoscale_on=False)
        quiet_axes(axes, self.look)
        axes.set_yticks([])
        return axes

    def _heads(self, left: float, room: float, controlled: bool, comparator: str) -> None:
        colours = self.look.palette
        words = ("● treated", f"■ {comparator}") if controlled else ("◇ rate without a comparator", "")
        marks = (
            (colours.treatment, colours.comparator) if controlled else (colours.uncontrolled, colours.muted)
        )
        write(self.figure, left, self.top / 2, self.look, color=marks[0]).set_text(words[0])
        pixels = self.look.text / 72 * CSS_DPI
        free = left + width(words[0], pixels) + self.row
        if free + width(words[1], pixels) <= left + room:
            text = write(self.figure, left + room, self.top / 2, self.look, color=marks[1], ha="right")
        else:  # a long name runs on above the differences
            text = write(self.figure, free, self.top / 2, self.look, color=marks[1])
        text.set_text(shorten(words[1], self.look.width - 8 - free, self.look.text))

    def _panel(self, panel: Panel, line: int) -> None:
        palette, middle = self.look.palette, self.top + (line + 0.5) * self.row
        for axes in filter(None, (self.rates, self.effects)):
            axes.axhspan(line, line + 1, color=palette.panel, lw=0, zorder=0)
        head = write(self.figure, 8, middle, self.look, color=palette.muted, style="italic")
        head.set_text(shorten(panel.heading, self.look.width - 16, self.look.text))
        for number, label in enumerate(panel.rows["label"], start=1):
            words = shorten(str(label), self._label_room, self.look.text)
            write(self.figure, 8, middle + number * self.row, self.look).set_text(words)
        y = line + 1.5 + np.arange(len(panel.rows))
        columns = {name: panel.rows[name].to_numpy(float) for name in _NUMBERS if name in panel.rows}
        if not panel.controlled:
            self._marks(self.rates, columns, "", y, "D", palette.uncontrolled, hollow=True)
            return
        up, down = y - OFFSET, y + OFFSET
        chance = panel.rows["randomised"].to_numpy(bool)
        for one in range(len(y)):
            ends = (columns["percent"][one], columns["comparator_percent"][one])
            dashes: Any = "-" if chance[one] else (0, (3, 3))
            self.rates.plot(ends, (up[one], down[one]), color=palette.muted, lw=1.1, ls=dashes, zorder=2)
        self._marks(self.rates, columns, "comparator_", down, "s", palette.comparator)
        self._marks(self.rates, columns, "", up, "o", palette.treatment)
        assert self.effects is not None
        effects = {"percent": columns["effect"], "low": columns["effect_low"], "high": columns["effect_high"]}
        self._marks(self.effects, effects, "", y, "o", palette.ink)
        if panel.together is not None:
            self._diamond(panel, line + panel.lines - 0.5)

    def _marks(
        self,
        axes: Axes,
        columns: dict[str, Any],
        prefix: str,
        y: Any,
        shape: str,
        colour: str,
        hollow: bool = False,
    ) -> None:
        low, middle, high = (columns[prefix + name] for name in ("low", "percent", "high"))
        known = np.isfinite(low) & np.isfinite(high)
        axes.hlines(y[known], low[known], high[known], color=colour, lw=1.8, zorder=3)
        face = self.look.palette.paper if hollow else colour
        size = (self.row * 0.32) ** 2
        axes.scatter(
            middle,
            y,
            s=size,
            marker=shape,
            facecolors=face,
            edgecolors=colour,
            linewidths=1.6,
            zorder=5,
            clip_on=False,
        )

    def _diamond(self, panel: Panel, y: float) -> None:
        assert self.effects is not None
        assert panel.together is not None
        middle, low, high = panel.together
        ends = self.effects.get_xlim()
        corners_x = np.clip([low, middle, high, middle], *ends)
        self.effects.fill(corners_x, [y, y - 0.3, y, y + 0.3], color=self.look.palette.treatment, zorder=5)
        text = write(self.figure, 8, self.top + y * self.row, self.look)
        text.set_text(shorten(panel.together_label, self.look.width * 0.7, self.look.text))


_NUMBERS = (
    "percent", "low", "high", "comparator_percent", "comparator_low", "comparator_high", "effect", "effect_low", "effect_high"
)  # fmt: skip


def _ends(panels: Sequence[Panel]) -> tuple[float, float]:
    """Ends of the axis of differences: all intervals and zero, on tens."""
    values = [0.0]
    for panel in panels:
        if panel.controlled:
            values += list(panel.rows[["effect", "effect_low", "effect_high"]].to_numpy(float).ravel())
            values += list(panel.together or ())
    known = np.array(values)[np.isfinite(values)]
    return max(-100.0, 10 * np.floor(known.min() / 10)), min(100.0, max(10.0, 10 * np.ceil(known.max() / 10)))
