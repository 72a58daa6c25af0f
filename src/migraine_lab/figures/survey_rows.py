"""Figures of surveys one below the other on one scale, in panels by what was measured; never pooled.

Shape says of whom (women, men, both), colour how it was asked, filling whether an interval is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, quiet_axes, shorten, write

SHAPES = {"female": "o", "male": "s", "both": "D"}
SAID = {"female": "women", "male": "men", "both": "everyone"}
CRITERIA, OWN_WORDS, MODELLED, OTHER = "criteria", "own words", "modelled", "other"
COLOURS = {CRITERIA: "treatment", OWN_WORDS: "comparator", MODELLED: "claim", OTHER: "ink"}


@dataclass(frozen=True)
class SurveyLine:
    """A heading (no ``text``), or a row: label, figure in words, and where it stands on the scale (NaN: nowhere)."""

    label: str
    text: str = ""
    value: float = np.nan
    low: float = np.nan
    high: float = np.nan
    sex: str = "both"
    asked: str = OTHER


@dataclass(frozen=True)
class SurveyView:
    """Lines from top to bottom, the end of the scale and its name."""

    lines: Sequence[SurveyLine]
    most: float = 100.0
    scale: str = "%"


class SurveyRows:
    """Drawing of a SurveyView with up to ``capacity`` lines."""

    def __init__(self, look: Look, capacity: int) -> None:
        self.look, self.capacity = look, capacity
        row, whole = look.row_height, look.width
        self._pixels = look.text / 72 * CSS_DPI
        top, below = round(row * 0.3), round(row * 2.3)
        self.figure: Figure = new_figure(look, top + capacity * row + below)
        left, column = round(whole * 0.52), round(whole * 0.23)
        self.axes = place(self.figure, left, top, whole - left - column, capacity * row)
        self.axes.set(ylim=(capacity, 0), yticks=[])
        quiet_axes(self.axes, look)
        self._label_room = left - 24
        self._labels = [write(self.figure, 8, top + (line + 0.5) * row, look) for line in range(capacity)]
        self._texts = [
            write(self.figure, whole - 8, top + (line + 0.5) * row, look, ha="right")
            for line in range(capacity)
        ]
        colours = look.palette
        self._sticks = {
            asked: LineCollection([], colors=getattr(colours, name), linewidths=2, zorder=3)
            for asked, name in COLOURS.items()
        }
        for sticks in self._sticks.values():
            self.axes.add_collection(sticks, autolim=False)
        size = (row * 0.38) ** 2
        self._marks = {
            (asked, sex, solid): self.axes.scatter(
                [], [], s=size * (0.8 if sex == "both" else 1), marker=shape, linewidths=1.6, zorder=5, clip_on=False,
                edgecolors=getattr(colours, name), facecolors=getattr(colours, name) if solid else colours.paper,
            )
            for asked, name in COLOURS.items() for sex, shape in SHAPES.items() for solid in (True, False)
        }  # fmt: skip
        self._key(top + capacity * row + row * 1.8)
        self.layers: list[list[Artist]] = [[*self._sticks.values(), *self._marks.values(), *self._texts]]
        self._static: Any = None

    def _key(self, y: float) -> None:
        """Say below the scale what shape and filling mean."""
        look, x = self.look, 8.0
        whole, height = look.width, self.figure.get_size_inches()[1] * CSS_DPI
        axes = place(self.figure, 0, 0, whole, height)
        axes.set(xlim=(0, whole), ylim=(height, 0))
        axes.axis("off")
        key = [(shape, look.palette.muted, SAID[sex]) for sex, shape in SHAPES.items()]
        for shape, fill, words in [*key, ("D", look.palette.paper, "hollow: no interval known")]:
            axes.scatter(
                [x + 6], [y], s=(self._pixels * 0.55) ** 2, marker=shape, facecolors=fill,
                edgecolors=look.palette.muted, linewidths=1.6,
            )  # fmt: skip
            write(self.figure, x + 6 + self._pixels, y, look, color=look.palette.muted).set_text(words)
            x += 6 + 2.4 * self._pixels + width(words, self._pixels)
        self._scale = write(self.figure, whole - 8, y, look, color=look.palette.muted, ha="right")

    def update(self, view: SurveyView) -> int:
        """Move marks and figures (1); rewrite labels and scale when they changed (0)."""
        lines = view.lines[: self.capacity]
        static = (
            tuple(line.label for line in lines),
            tuple(not line.text for line in lines),
            view.most,
            view.scale,
        )
        changed = static != self._static
        if changed:
            self._static = static
            self.axes.set_xlim(0, view.most)
            self._scale.set_text(view.scale)
            for place_, text in enumerate(self._labels):
                one = lines[place_] if place_ < len(lines) else SurveyLine("")
                room = self._label_room if one.text else self.look.width - 16
                text.set_text(shorten(one.label, room, self.look.text))
                text.set_color(self.look.palette.ink if one.text else self.look.palette.muted)
        for place_, text in enumerate(self._texts):
            text.set_text(lines[place_].text if place_ < len(lines) else "")
        ends: dict[str, list[list[tuple[float, float]]]] = {asked: [] for asked in self._sticks}
        points: dict[Any, list[tuple[float, float]]] = {key: [] for key in self._marks}
        for place_, one in enumerate(lines):
            known = bool(np.isfinite([one.low, one.high]).all())
            if known:
                ends[one.asked].append([(one.low, place_ + 0.5), (one.high, place_ + 0.5)])
            if np.isfinite(one.value):
                points[one.asked, one.sex, known].append((one.value, place_ + 0.5))
        for asked, sticks in self._sticks.items():
            sticks.set_segments(ends[asked])
        for key, marks in self._marks.items():
            marks.set_offsets(np.array(points[key]).reshape(-1, 2))
        return 0 if changed else 1
