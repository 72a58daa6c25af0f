"""Votes on a round of cards, and how sure the voter was beside how often she was right.

Shape says what colour says: in the round a filled circle agreed with the verdict and a cross did not; in the chart a
triangle that points down was surer than right, one that points up was right more often than sure, a circle fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import blended_transform_factory

from migraine_lab.figures.style import Look, new_figure, place, quiet_axes, write

AGREED, DIFFERED, OPEN = "agreed", "differed", "open"
CARDS = {AGREED: ("o", "treatment", True), DIFFERED: ("X", "comparator", True), OPEN: ("o", "muted", False)}
FITS, SURER, RIGHTER = "fits", "surer", "righter"
GROUPS = {FITS: ("o", "treatment"), SURER: ("v", "comparator"), RIGHTER: ("^", "guess")}
PAGE = 10
"""Cards of a long list that are seen at once: those of the open card's ten."""
WIDE = 100
"""From this number on only every second card shows its own: three digits stand too close."""
MOST_GROUPS = 6


@dataclass(frozen=True)
class Group:
    """Votes of one confidence: how sure (percent), how many of how many were right, and the interval (percent)."""

    sure: float
    right: int
    n: int
    low: float
    high: float

    @property
    def kind(self) -> str:
        """Whether the interval holds the confidence."""
        return SURER if self.sure > self.high else RIGHTER if self.sure < self.low else FITS


@dataclass(frozen=True)
class CalibrationView:
    """State of each card of the list, the open one's place, groups of votes by confidence, two lines of score."""

    cards: Sequence[str]
    chosen: int
    groups: Sequence[Group]
    score: tuple[str, str]


class CalibrationFigure:
    """Drawing of a CalibrationView: the round on the left, the chart on the right."""

    def __init__(self, look: Look) -> None:
        self.look = look
        row, wide, palette = look.row_height, look.width, look.palette
        self.figure: Figure = new_figure(look, round(row * 9.4))
        self._score = [write(self.figure, 10, row * y, look) for y in (0.8, 1.9)]
        self._round(row, wide * 0.44)
        left, top, tall = wide * 0.47 + row * 3.2, row * 1.7, row * 4.4
        self.chart = place(self.figure, left, top, wide - left - 6, tall)
        self.chart.set(xlim=(46, 105), ylim=(-6, 106), xticks=range(50, 101, 10), yticks=[0, 50, 100])
        quiet_axes(self.chart, look)
        self.chart.plot([50, 100], [50, 100], color=palette.muted, lw=1, ls=(0, (4, 3)), zorder=1)
        for height in (0, 50, 100):
            self.chart.axhline(height, color=palette.line, lw=0.7, zorder=0)
        foot, heads = top + tall, left - row * 0.5
        texts = (
            (wide * 0.47, row * 0.8, "left", "% right (dashed: as sure as right)"),
            (heads, foot + row * 0.7, "right", "% sure"),
            (heads, foot + row * 1.7, "right", "right/all"),
            (wide - 10, row * 8.8, "right", "● fits  ▼ surer than right  ▲ less sure than right"),
        )
        for x, y, side, words in texts:
            write(self.figure, x, y, look, ha=side, color=palette.muted).set_text(words)
        self._sticks = LineCollection([], colors=palette.ink, linewidths=1.4, zorder=3)
        self.chart.add_collection(self._sticks, autolim=False)
        size = (row * 0.42) ** 2
        self._points = {
            kind: self.chart.scatter(
                [], [], s=size, marker=shape, zorder=5, linewidths=1.4, facecolors=getattr(palette, colour),
                edgecolors=getattr(palette, colour), clip_on=False,
            )
            for kind, (shape, colour) in GROUPS.items()
        }  # fmt: skip
        self._counts = [
            write(self.figure, 0, foot + row * 1.7, look, ha="center") for _ in range(MOST_GROUPS)
        ]
        for text in self._counts:
            text.set_transform(blended_transform_factory(self.chart.transData, self.figure.transFigure))
        self.layers: list[list[Artist]] = [
            [*self._cards.values(), *self._numbers, self._foot, *self._score],
            [self._sticks, *self._points.values(), *self._counts],
            [self._frame],
        ]
        self._shown: Any = None

    def _round(self, row: int, wide: float) -> None:
        """Make the marks of ten cards, their numbers, the frame of the open one, and a key."""
        look, palette = self.look, self.look.palette
        axes = place(self.figure, 10, row * 2.7, wide - 20, row * 2.6)
        axes.set(xlim=(0, PAGE), ylim=(2, 0))
        axes.axis("off")
        size = (row * 0.5) ** 2
        self._cards = {
            state: axes.scatter(
                [], [], s=size, marker=shape, linewidths=1.6, edgecolors=getattr(palette, colour),
                facecolors=getattr(palette, colour) if filled else palette.paper,
            )
            for state, (shape, colour, filled) in CARDS.items()
        }  # fmt: skip
        step = (wide - 20) / PAGE
        self._numbers = [
            write(self.figure, 10 + (spot + 0.5) * step, row * 4.55, look, ha="center", color=palette.muted)
            for spot in range(PAGE)
        ]
        self._frame = Rectangle((-2, 0.1), 0.92, 1.8, facecolor="none", edgecolor=palette.ink, lw=1.4)
        axes.add_patch(self._frame)
        self._foot = write(self.figure, 10, row * 6.9, look, color=palette.muted)
        key = "● as our verdict  ✖ otherwise  ○ no vote"
        write(self.figure, 10, row * 8.8, look, color=palette.muted).set_text(key)

    def update(self, view: CalibrationView) -> int:
        """Bring the round (1) and the chart (2) up to date, or only move the frame (3)."""
        first = view.chosen // PAGE * PAGE
        self._frame.set_x(view.chosen - first + 0.04)
        cards = tuple(view.cards[first : first + PAGE])
        shown = (cards, first, len(view.cards), view.score), tuple(view.groups)
        old, self._shown = self._shown, shown
        if old is None or old[0] != shown[0]:
            self._write_round(cards, first, len(view.cards))
            for text, words in zip(self._score, view.score, strict=True):
                text.set_text(words)
        if old is None or old[1] != shown[1]:
            self._write_chart(view.groups)
        return 1 if old is None or old[0] != shown[0] else 2 if old[1] != shown[1] else 3

    def _write_round(self, cards: Sequence[str], first: int, whole: int) -> None:
        for state, marks in self._cards.items():
            spots = [(place_ + 0.5, 0.6) for place_, one in enumerate(cards) if one == state]
            marks.set_offsets(np.array(spots).reshape(-1, 2))
        every = 2 if first + 1 > WIDE else 1
        for place_, text in enumerate(self._numbers):
            text.set_text(str(first + place_ + 1) if place_ < len(cards) and place_ % every == 0 else "")
        self._foot.set_text(f"{first + 1} to {first + len(cards)} of {whole}" if whole > PAGE else "")

    def _write_chart(self, groups: Sequence[Group]) -> None:
        self._sticks.set_segments([[(one.sure, one.low), (one.sure, one.high)] for one in groups])
        for kind, marks in self._points.items():
            spots = [(one.sure, 100 * one.right / one.n) for one in groups if one.kind == kind]
            marks.set_offsets(np.array(spots).reshape(-1, 2))
        for place_, text in enumerate(self._counts):
            one = groups[place_] if place_ < len(groups) else None
            text.set_text(f"{one.right}/{one.n}" if one else "")
            text.set_x(one.sure if one else 0)
