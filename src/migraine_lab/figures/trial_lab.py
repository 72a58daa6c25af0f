"""Simulated trials of one truth: response rates of both arms, and the differences with the significant ones marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from migraine_lab.figures.style import Look, new_figure, place, quiet_axes, shorten, write

REACHES = (20, 40, 60, 100)
"""Half widths of the axis of differences, points; the narrowest that holds every trial is taken."""
BARS = 40
"""Bars over an axis, so that a bar is as wide for one trial as for a thousand."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class LabView:
    """Trials to show. Rates and differences in percent, shape (trials,), NaN where nobody was left in an arm.

    truth: true rates on placebo and treatment, percent. reported: mean difference of the significant trials, None where
    none is. counts: words about them, one line for each panel.
    """

    placebo: Numbers
    treated: Numbers
    significant: NDArray[np.bool_]
    truth: tuple[float, float]
    reported: float | None
    counts: tuple[str, str]


class TrialLabFigure:
    """Drawing of a LabView: two panels of bars, each bar as high as the number of trials in it."""

    def __init__(self, look: Look) -> None:
        self.look = look
        row, width, palette = look.row_height, look.width, look.palette
        height = round(row * (10 if look.presenting else 14.5))
        self.figure: Figure = new_figure(look, height)
        edge, gap = round(row * 0.9), round(row * 2.6)
        panel = (width - 2 * edge - gap) / 2
        top = row * 3.3
        room = height - top - row * 2.2
        lefts = [edge + at * (panel + gap) for at in range(2)]
        self._panels = [place(self.figure, left, top, panel, room) for left in lefts]
        for axes, label in zip(
            self._panels, ("response rate, %", "treatment minus placebo, points"), strict=True
        ):
            quiet_axes(axes, look)
            axes.set_yticks([])
            axes.set_xlabel(label)
            axes.set_ylim(0, 1.04)
        self._panels[0].set_xlim(0, 100)
        self._titles = [write(self.figure, x, row * 0.6, look) for x in lefts]
        self._notes = [write(self.figure, x, row * 1.6, look, color=palette.muted) for x in lefts]
        self._keys = [write(self.figure, x, row * 2.6, look, color=palette.muted) for x in lefts]
        self._room = panel
        self._mark = write(self.figure, width - edge, row * 0.6, look, ha="right", color=palette.claim)
        self._mark.set_text("SIMULATED")
        self._bars = [
            _bars(self._panels[0], palette.comparator, "////", 0.75),
            _bars(self._panels[0], palette.treatment, "", 0.55),
            _bars(self._panels[1], palette.muted, "", 0.0),
            _bars(self._panels[1], palette.treatment, "", 0.75),
        ]
        self._truths = [_line(self._panels[0], palette.ink, (0, (4, 2))) for _ in range(2)]
        self._zero = _line(self._panels[1], palette.line, (0, (1, 1)))
        self._true_gain = _line(self._panels[1], palette.ink, (0, (4, 2)))
        self._reported = _line(self._panels[1], palette.claim, "-")
        self._reported.set_linewidth(2.6)
        self.layers: list[list[Artist]] = [
            [
                *self._bars,
                *self._truths,
                self._zero,
                self._true_gain,
                self._reported,
                *self._notes,
                *self._keys,
            ]
        ]
        self._reach = 0

    def update(self, view: LabView) -> int:
        """Move bars and lines (1); another reach of the axis of differences draws everything anew (0)."""
        gains = view.treated - view.placebo
        known = np.isfinite(gains)
        far = max(
            float(np.abs(gains[known]).max(initial=0.0)),
            abs(view.truth[1] - view.truth[0]),
            abs(view.reported or 0.0),
        )
        reach = next((one for one in REACHES if one >= far), REACHES[-1])
        changed = reach != self._reach
        if changed:
            self._reach = reach
            self._panels[1].set_xlim(-reach, reach)
            for text, words in zip(
                self._titles, ("What each arm of each trial found", "What each trial reports"), strict=True
            ):
                text.set_text(words)
        rates = np.linspace(0, 100, BARS + 1)
        points = np.linspace(-reach, reach, BARS + 1)
        heights = [
            _counts(view.placebo, rates),
            _counts(view.treated, rates),
            _counts(gains, points),
            _counts(gains[view.significant], points),
        ]
        for at, bars in enumerate(self._bars):
            tallest = max(1, *(int(heights[other].max()) for other in ((0, 1) if at < 2 else (2, 3))))
            bars.set_verts(list(_boxes(heights[at] / tallest, rates if at < 2 else points)))
        for line, rate in zip(self._truths, view.truth, strict=True):
            line.set_xdata([rate, rate])
        gain = view.truth[1] - view.truth[0]
        self._true_gain.set_xdata([gain, gain])
        self._zero.set_xdata([0, 0])
        self._reported.set_visible(view.reported is not None)
        if view.reported is not None:
            self._reported.set_xdata([view.reported, view.reported])
        for text, words in zip(self._notes, view.counts, strict=True):
            text.set_text(shorten(words, self._room, self.look.text))
        told = "" if view.reported is None else ", line: their mean"
        dashes = ", dashes: the truth"
        full = ("hatched: placebo, plain: treatment", f"filled: significant{told}")
        keys = ((full[0] + dashes, full[1] + dashes), full, ("hatched: placebo", "filled: significant"))
        # where room is short the rest explains itself
        fits = (some for some in keys if all(shorten(one, self._room, self.look.text) == one for one in some))
        for text, words in zip(self._keys, next(fits, keys[-1]), strict=True):
            text.set_text(shorten(words, self._room, self.look.text))
        return 0 if changed else 1


def _bars(axes: Axes, colour: str, hatch: str, alpha: float) -> PolyCollection:
    bars = PolyCollection([], edgecolors=colour, linewidths=1.0, hatch=hatch, zorder=2)
    bars.set_facecolor((0, 0, 0, 0) if hatch or not alpha else colour)
    if alpha and not hatch:
        bars.set_alpha(alpha)
    axes.add_collection(bars, autolim=False)
    return bars


def _line(axes: Axes, colour: str, dashes: Any) -> Any:
    return axes.plot([0, 0], [0, 1.02], color=colour, lw=1.8, ls=dashes, zorder=4)[0]


def _counts(values: Numbers, edges: Numbers) -> Numbers:
    """Trials in each bar; those on the far edge belong to the last bar."""
    found = values[np.isfinite(values)]
    places = np.floor((found - edges[0]) / (edges[1] - edges[0]) + 1e-9).astype(int)
    return np.bincount(np.clip(places, 0, BARS - 1), minlength=BARS).astype(float)


def _boxes(heights: Numbers, edges: Numbers) -> Numbers:
    """Corners of the bars that are not empty, shape (bars, 4, 2)."""
    at = np.flatnonzero(heights)
    left, right, top = edges[at], edges[at + 1], heights[at]
    low = np.zeros_like(top)
    return np.stack(
        [np.stack(pair, axis=-1) for pair in ((left, low), (left, top), (right, top), (right, low))], axis=1
    )
