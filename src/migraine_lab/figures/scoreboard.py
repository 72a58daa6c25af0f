"""Verdicts counted by group: a bar of counts a row, and beside it the share of one verdict with its interval.

Filling and hatching say what colour says, the order of the parts is always the same, and a part that has room holds its
count. A line under the rows says what the counts are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migraine_lab.figures.quick_text import width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, quiet_axes, shorten, write

GOOD, PART, BAD, NOTHING, OPEN = "good", "part", "bad", "nothing", "open"
FILLS: dict[str, tuple[str, float, str]] = {
    GOOD: ("treatment", 1.0, ""),
    PART: ("treatment", 0.25, ""),
    BAD: ("comparator", 1.0, ""),
    NOTHING: ("comparator", 0.2, "////"),
    OPEN: ("muted", 0.0, ""),
}
"""Name of the colour, how full it is, and hatching, by what a part stands for."""
GAP = 0.14
"""Of a row's height, left free above and below its bar."""
_cut = lru_cache(maxsize=512)(shorten)


@dataclass(frozen=True)
class ScoreRow:
    """A group: label, tone (1 to 5, 0 for none), whether it sells, counts by verdict, and the share looked at in percent."""

    label: str
    counts: tuple[int, ...]
    percent: float
    low: float
    high: float
    tone: int = 0
    sells: str = ""


@dataclass(frozen=True)
class ScoreView:
    """Rows from top to bottom, verdicts as (words, kind of filling), the one looked at, its share over all, the warning."""

    rows: Sequence[ScoreRow]
    verdicts: tuple[tuple[str, str], ...]
    chosen: int
    overall: float
    warning: str


class Scoreboard:
    """Drawing of a ScoreView with up to ``capacity`` rows; ``articles`` gives tone and sale columns of their own.

    ``most`` is the largest number of claims in a row.
    """

    def __init__(self, look: Look, capacity: int, most: int, articles: bool) -> None:
        self.look, self.capacity, self.articles = look, capacity, articles
        row, wide, palette = look.row_height, look.width, look.palette
        self._pixels = look.text / 72 * CSS_DPI
        top = round(row * 1.25)
        under = top + capacity * row
        self.figure: Figure = new_figure(look, round(under + row * 4.1))
        tone, sale = round(self._pixels * 6), round(self._pixels * 5.6)
        left = round(wide * (0.27 if articles else 0.24)) + (tone + sale if articles else 0)
        counted = round(self._pixels * 5)
        room = wide - left - counted - 16
        panel = round(room * 0.42)
        self._label_room = left - 16 - (tone + sale if articles else 0)
        self.bars = place(self.figure, left, top, room - panel - 18, capacity * row)
        self.bars.set(xlim=(0, most), ylim=(capacity, 0))
        self.bars.axis("off")
        self._claim = (room - panel - 18) / most
        share = wide - counted - panel - 8
        self.panel = place(self.figure, share, top, panel, capacity * row)
        self.panel.set(xlim=(0, 100), ylim=(capacity, 0), yticks=[], xticks=[0, 50, 100])
        quiet_axes(self.panel, look)
        self.panel.vlines([0, 50, 100], 0, capacity, color=palette.line, lw=0.7, zorder=0)
        middles = [top + (line + 0.5) * row for line in range(capacity)]
        self._labels = [write(self.figure, 8, y, look) for y in middles]
        self._tones = [write(self.figure, left - tone - sale, y, look, color=palette.muted) for y in middles]
        self._sales = [write(self.figure, left - sale, y, look) for y in middles]
        heads = [(left, "claims"), (left - tone - sale, "tone of 5"), (left - sale, "sells it")]
        for x, words in heads if articles else heads[:1]:
            write(self.figure, x, top / 2, look, color=palette.muted).set_text(words)
        self._head = write(self.figure, wide - 8, top / 2, look, ha="right", color=palette.muted)
        self._head_room = panel + counted + (room - panel) / 2
        self._counts = [write(self.figure, wide - 8, y, look, ha="right") for y in middles]
        self._inside = [write(self.figure, 0, y, look, ha="center") for y in middles for _ in FILLS]
        self._bars_at = left
        self._boxes = [self._box(0.0) for _ in range(capacity * len(FILLS))]
        self._key_at, self._keys = under + row * 2.2, [write(self.figure, 0, 0, look) for _ in FILLS]
        self._swatches = [self._swatch() for _ in FILLS]
        band = place(self.figure, 0, under + row * 2.95, wide, row)
        band.axis("off")
        band.add_patch(Rectangle((0, 0), 1, 1, transform=band.transAxes, facecolor=palette.panel))
        self._warning = write(self.figure, 8, under + row * 3.45, look)
        self._overall = self.panel.plot([], [], color=palette.muted, lw=1.2, ls=(0, (4, 3)), zorder=2)[0]
        self._sticks = LineCollection([], colors=palette.ink, linewidths=2, zorder=3)
        self.panel.add_collection(self._sticks, autolim=False)
        self._points = self.panel.scatter(
            [],
            [],
            s=(row * 0.36) ** 2,
            marker="D",
            zorder=5,
            clip_on=False,
            facecolors=palette.ink,
            linewidths=0,
        )
        self.layers: list[list[Artist]] = [
            [self._overall, self._sticks, self._points, *self._counts, self._head]
        ]
        self._static: Any = None

    def _box(self, line: float) -> Rectangle:
        box = Rectangle((0, line + GAP), 0, 1 - 2 * GAP, visible=False)
        self.bars.add_patch(box)
        return box

    def _swatch(self) -> Rectangle:
        """Make a mark of the key, in pixels of the whole figure."""
        box = Rectangle((0, 0), 0, 0, transform=self.figure.transFigure, visible=False)
        self.figure.add_artist(box)
        return box

    def _fill(self, box: Rectangle, kind: str) -> None:
        name, full, hatch = FILLS[kind]
        colour = getattr(self.look.palette, name)
        box.set(
            facecolor=to_rgba(colour, full) if full else self.look.palette.paper, edgecolor=colour, lw=1.1, hatch=hatch,
            visible=True,
        )  # fmt: skip

    def update(self, view: ScoreView) -> int:
        """Move shares and their intervals (1); draw bars, labels and key anew when they changed (0)."""
        rows = view.rows[: self.capacity]
        static = (
            tuple((one.label, one.counts, one.tone, one.sells) for one in rows),
            view.verdicts,
            view.warning,
        )
        changed = static != self._static
        if changed:
            self._static = static
            self._write_rows(rows, view.verdicts)
            self._write_key(view.verdicts)
            self._warning.set_text(_cut(view.warning, self.look.width - 16, self.look.text))
        words = view.verdicts[view.chosen][0]
        self._head.set_text(_cut(f"% {words}, with 95 % interval", self._head_room, self.look.text))
        for line, text in enumerate(self._counts):
            one = rows[line] if line < len(rows) else None
            text.set_text(f"{one.counts[view.chosen]} of {sum(one.counts)}" if one else "")
        middle = np.arange(len(rows)) + 0.5
        self._sticks.set_segments(
            [[(one.low, y), (one.high, y)] for one, y in zip(rows, middle, strict=True)]
        )
        self._points.set_offsets(np.column_stack([[one.percent for one in rows], middle]))
        self._overall.set_data([view.overall] * 2, [0, len(rows)])
        return 0 if changed else 1

    def _write_rows(self, rows: Sequence[ScoreRow], verdicts: Sequence[tuple[str, str]]) -> None:
        look, parts = self.look, len(FILLS)
        for line in range(self.capacity):
            one = rows[line] if line < len(rows) else ScoreRow("", (), 0, 0, 0)
            self._labels[line].set_text(_cut(one.label, self._label_room, look.text))
            self._tones[line].set_text("■" * one.tone + "□" * (5 - one.tone) if one.tone else "")
            self._sales[line].set_text(one.sells)
            start = 0
            for part in range(parts):
                box, text = self._boxes[line * parts + part], self._inside[line * parts + part]
                count = one.counts[part] if part < len(one.counts) else 0
                box.set(visible=False, x=start, y=line + GAP, width=count)
                text.set_text("")
                if count:
                    self._fill(box, verdicts[part][1])
                    hatched = verdicts[part][1] == NOTHING  # whose hatching has to be seen beside the number
                    room = count * self._claim - (1.4 * self._pixels if hatched else 4)
                    if width(str(count), self._pixels) <= room:
                        solid = FILLS[verdicts[part][1]][1] == 1.0
                        middle = self._bars_at + (start + count / 2) * self._claim
                        text.set(text=str(count), color=look.palette.paper if solid else look.palette.ink)
                        text.set_x(middle / look.width)
                        text.backing = look.palette.paper if hatched else None
                start += count

    def _write_key(self, verdicts: Sequence[tuple[str, str]]) -> None:
        wide, tall = self.figure.get_size_inches() * CSS_DPI
        x, size = 8.0, self._pixels * 0.9
        for number, (text, box) in enumerate(zip(self._keys, self._swatches, strict=True)):
            words, kind = verdicts[number] if number < len(verdicts) else ("", OPEN)
            text.set_text(words)
            box.set_visible(False)
            if words:
                self._fill(box, kind)
                box.set(
                    x=x / wide,
                    y=1 - (self._key_at + size / 2) / tall,
                    width=1.3 * size / wide,
                    height=size / tall,
                )
                text.set_position(((x + 1.8 * size) / wide, 1 - self._key_at / tall))
                x += 3.4 * size + width(words, self._pixels)
