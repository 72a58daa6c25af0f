"""Two pictures of a spreading wave: published speeds beside a model's own, and one wave on a strip, still, in space and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.figure import Figure
from numpy.typing import NDArray

from migraine_lab.figures.style import PHASE_COLOURS, Look, new_figure, place, quiet_axes, shorten, write

FASTEST = 10
"""End of the axis of speeds, mm/min."""
FLOOR_TO_TOP = (45, 102)
"""Axis of the excitability, percent."""


@dataclass(frozen=True)
class Speed:
    """A line of the list: words, and mm/min from ``low`` to ``high`` (the same twice for a single figure)."""

    words: str
    low: float
    high: float


@dataclass(frozen=True)
class SpeedView:
    """Speeds that a model works out (the last of them the student's own, which moves) and speeds observed."""

    computed: tuple[Speed, ...]
    observed: tuple[Speed, ...]


class SpeedList:
    """Drawing of a SpeedView: computed speeds as filled diamonds above, observed ones as bars and dots below."""

    def __init__(self, look: Look, computed: int, observed: int) -> None:
        self.look = look
        row, width = look.row_height, look.width
        self._lines = computed + observed + 2
        top = round(0.3 * row)
        self.figure: Figure = new_figure(look, top + self._lines * row + round(2.1 * row))
        left, self._column = round(0.42 * width), round(0.1 * width)
        self._left = left
        self.axes = place(self.figure, left, top, width - left - self._column - 14, self._lines * row)
        self.axes.set(xlim=(0, FASTEST), ylim=(self._lines, 0), yticks=[])
        self.axes.set_xlabel("speed, mm/min")
        quiet_axes(self.axes, look)
        colours = look.palette

        def at(line: int) -> float:
            return top + (line + 0.5) * row

        for line, words in ((0, "Worked out by the threshold model"), (computed + 1, "Observed or stated")):
            write(self.figure, 6, at(line), look, color=colours.muted).set_text(words)
        self._places = [1 + line for line in range(computed)] + [
            computed + 2 + line for line in range(observed)
        ]
        self._labels = [write(self.figure, 20, at(line), look) for line in self._places]
        self._texts = [write(self.figure, width - 8, at(line), look, ha="right") for line in self._places]
        self._computed, size = computed, (0.42 * row) ** 2
        self._own = self.axes.scatter(
            [], [], s=1.3 * size, marker="D", color=colours.guess, zorder=5, clip_on=False
        )
        self._fixed = self.axes.scatter(
            [], [], s=size, marker="D", color=colours.treatment, zorder=4, clip_on=False
        )
        self._seen = self.axes.scatter(
            [], [], s=size, marker="o", color=colours.uncontrolled, zorder=4, clip_on=False
        )
        (self._ruler,) = self.axes.plot([], [], color=colours.guess, lw=1.2, ls=(0, (4, 3)), zorder=2)
        self._bars: list[Artist] = []
        self._key: Any = None
        self.layers: list[list[Artist]] = [[self._ruler, self._own, self._texts[computed - 1]]]

    def update(self, view: SpeedView) -> int:
        """Move the student's own speed (1); write everything anew where other lines changed (0)."""
        rows = [*view.computed, *view.observed]
        own = self._computed - 1
        key = (tuple(rows[:own]), view.computed[own].words, view.observed)
        changed = 0 if key != self._key else 1
        at = np.array(self._places) + 0.5
        if changed == 0:
            self._key = key
            for text, one in zip(self._labels, rows, strict=True):
                text.set_text(shorten(one.words, self._left - 30, self.look.text))
            for line, one in enumerate(rows):
                self._texts[line].set_text(_range(one))
            self._fixed.set_offsets([(one.low, at[line]) for line, one in enumerate(rows[:own])])
            single = [
                (one.low, at[line]) for line, one in enumerate(rows) if line > own and one.low == one.high
            ]
            self._seen.set_offsets(single)
            for bar in self._bars:
                bar.remove()
            self._bars = []
            for line, one in enumerate(rows):
                if one.low < one.high:
                    ends = ([one.low, one.high], [at[line]] * 2)
                    self._bars += self.axes.plot(
                        *ends, color=self.look.palette.uncontrolled, lw=5, solid_capstyle="butt"
                    )
        speed = view.computed[own]
        self._own.set_offsets([(min(speed.low, FASTEST), at[own])])
        self._texts[own].set_text(_range(speed))
        self._ruler.set_data([speed.low] * 2, [at[own], self._lines])
        return changed


def _range(one: Speed) -> str:
    return f"{one.low:.2g}" if one.low == one.high else f"{one.low:g} to {one.high:g}"


@dataclass(frozen=True)
class WaveView:
    """A wave on a strip.

    ``u`` (time, place) is the activator, ``excitability`` (place) in percent, ``limit`` the percent below which no wave
    travels on and on, ``stopped`` the place in percent of the strip where this one ended (None: it got to the end).
    """

    u: NDArray[np.float64]
    excitability: NDArray[np.float64]
    limit: float
    stopped: float | None


class SpaceTime:
    """Drawing of a WaveView: place across, time upward, coloured where cells are excited; excitability underneath."""

    def __init__(self, look: Look) -> None:
        self.look = look
        colours, width, line = look.palette, look.width, round(look.text * 1.9)
        tall, low = (120, 70) if look.presenting else (210, 90)
        second = line + tall + 1.4 * line
        self.figure: Figure = new_figure(look, round(second + low + (1.9 if look.presenting else 2.2) * line))
        left = round(7 * look.text)
        box = width - left - 24
        excited = getattr(colours, PHASE_COLOURS["aura"])
        self.axes = place(self.figure, left, line, box, tall)
        self.axes.set(xticks=[], yticks=[], xlim=(0, 100), ylim=(0, 1))
        self.below = place(self.figure, left, second, box, low)
        self.below.set(xlim=(0, 100), ylim=FLOOR_TO_TOP, yticks=(50, 75, 100), xticks=(0, 25, 50, 75, 100))
        self.below.set_yticklabels(["50 %", "75 %", "100 %"])
        self.below.set_xlabel("place on the strip, % of its length", labelpad=1)
        for axes in (self.axes, self.below):
            quiet_axes(axes, look)
        self.below.tick_params(axis="y", colors=colours.muted)
        self.axes.set_facecolor(colours.panel)
        # from nothing to the colour, so that tissue at rest shows the flat ground without a grain of its own
        scale = LinearSegmentedColormap.from_list("calm", [to_rgba(excited, 0), to_rgba(excited)], N=32)
        self._picture = self.axes.imshow(
            np.zeros((2, 2)), origin="lower", aspect="auto", extent=(0, 100, 0, 1), cmap=scale, vmin=-0.8, vmax=2.4,
            interpolation="bilinear", zorder=1,
        )  # fmt: skip
        (self._stop,) = self.axes.plot([], [], color=colours.ink, lw=1.2, ls=(0, (4, 3)), zorder=3)
        (self._profile,) = self.below.plot([], [], color=colours.treatment, lw=2.2)
        (self._limit,) = self.below.plot([], [], color=colours.comparator, lw=1.4, ls=(0, (4, 3)))
        (self._stop_below,) = self.below.plot([], [], color=colours.ink, lw=1.2, ls=(0, (4, 3)))
        write(self.figure, 6, line / 2, look).set_text("Excited tissue (coloured): place across, time upward")
        self._stopped = write(self.figure, width - 24, line / 2, look, ha="right")
        write(self.figure, 6, line + tall - line / 2, look, color=colours.muted).set_text("start")
        write(self.figure, 6, 1.6 * line, look, color=colours.muted).set_text("later ↑")
        self._heading = write(self.figure, 6, 1.75 * line + tall, look)
        self.layers: list[list[Artist]] = [
            [
                self._picture,
                self._profile,
                self._limit,
                self._stop,
                self._stop_below,
                self._stopped,
                self._heading,
            ]
        ]

    def update(self, view: WaveView) -> int:
        """Bring picture, profile and lines up to date; nothing else ever changes (1)."""
        self._picture.set_data(view.u)
        places = np.linspace(0, 100, len(view.excitability))
        self._profile.set_data(places, view.excitability)
        self._limit.set_data([0, 100], [view.limit] * 2)
        at = [] if view.stopped is None else [view.stopped] * 2
        self._stop.set_data(at, [0, 1] if at else [])
        self._stop_below.set_data(at, FLOOR_TO_TOP if at else [])
        words = "it crosses the whole strip" if view.stopped is None else f"it stops at {view.stopped:.0f} %"
        self._stopped.set_text(words)
        self._heading.set_text(f"Excitability (line); below {view.limit:.0f} % (dashes) no wave travels on")
        return 1
