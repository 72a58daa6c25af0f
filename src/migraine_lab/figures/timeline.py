"""An attack in hours from the onset of the pain: phases as bars over the textbook's outline, and a hundred attacks below.

One line a phase, so that overlapping phases stay apart. The headache's bar is its pain curve. A vertical line marks the
hour that is looked at. Nothing is computed here but the stretching of the axis.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migraine_lab.figures.quick_text import QuickText
from migraine_lab.figures.style import PHASE_COLOURS, Look, new_figure, place, quiet_axes, write
from migraine_lab.figures.timeline_view import (
    EDGE,
    FILL,
    NAMES,
    PHASES,
    STYLES,
    TICKS,
    Bars,
    TimelineView,
    length,
    stretched,
)


class TimelineFigure:
    """Drawing of a TimelineView; ``panels`` attacks one above another (1 or 2).

    ``crowd`` leaves room for the hundred, ``treated`` for a line that shows when a tablet may be taken.
    """

    def __init__(self, look: Look, panels: int = 1, crowd: bool = True, treated: bool = False) -> None:
        self.look, self.panels = look, panels
        row, width = look.row_height, look.width
        self._row = row = row - 4 if look.presenting else row + 1
        self._top, bottom = round(row * 1.25), round(row * (1.5 if look.presenting else 2.1))
        tall = row * (len(PHASES) + 1 + treated) + row // 3
        self._heads = [panel * tall for panel in range(panels)]
        self._base = panels * tall  # top of the hundred's part
        self._tall = len(NAMES) * row if crowd else 0
        height = self._base + (self._tall + row if crowd else 0)
        self.crowd = crowd
        self.figure: Figure = new_figure(look, self._top + height + bottom)
        self._left = round(width * (0.235 if look.presenting else 0.22))
        self._right = right = 74 if look.presenting else 46
        self.axes = place(self.figure, self._left, self._top, width - self._left - right, height)
        self.axes.set(ylim=(height, 0), autoscale_on=False, yticks=[])
        quiet_axes(self.axes, look)
        if not look.presenting:  # there the ends of the axis carry the unit
            self.axes.set_xlabel("hours before and after the pain begins")
        self._static_key: Any = None
        self._moved_key: Any = None
        self._make_static(height)
        self._make_bars()
        self._make_scrubber(height)

    # -- building, once ------------------------------------------------------------------------------------------
    def _write(self, x: float, y: float, **style: Any) -> QuickText:
        return write(self.figure, x, self._top + y, self.look, **style)

    def _colour(self, phase: str) -> str:
        return str(getattr(self.look.palette, PHASE_COLOURS[phase]))

    def _make_static(self, height: int) -> None:
        palette, row = self.look.palette, self._row
        self._onset = self.axes.plot([0, 0], [0, height], color=palette.line, lw=1.2, zorder=1)[0]
        self._outlines: dict[tuple[int, str], Rectangle] = {}
        for panel, head in enumerate(self._heads):
            for line, phase in enumerate(PHASES):
                y = head + (line + 1) * row
                self.axes.axhspan(y + row * 0.06, y + row * 0.94, color=palette.panel, lw=0, zorder=0)
                box = Rectangle(
                    (0, y + row * 0.06), 1, row * 0.88, fill=False, ec=palette.muted, lw=1, ls=(0, (3, 2)), zorder=2
                )  # fmt: skip
                self.axes.add_patch(box)
                self._outlines[panel, phase] = box
                self._write(8, y + row / 2).set_text(NAMES[phase])
        right = self.look.width - self._right
        self._write(right, row / 2, ha="right", color=palette.muted, style="italic").set_text(
            "dashed: the textbook"
        )
        if self.crowd:
            words = "Of 100 attacks, now"
            self._write(8, self._base + row / 2, color=palette.muted, style="italic").set_text(words)
            self._grid()

    def _grid(self) -> None:
        palette, row = self.look.palette, self._row
        top = self._base + row
        for count in (0, 50, 100):
            y = top + self._tall * (1 - count / 100)
            self.axes.axhline(y, color=palette.line, lw=0.8, zorder=0)
            self._write(self.look.width - 6, y, ha="right", color=palette.muted).set_text(str(count))
        for line, (phase, name) in enumerate(NAMES.items()):
            y = top + (line + 0.5) * row
            self._write(8, y).set_text(name)
            start = self._left - (92 if self.look.presenting else 70)
            self._key(start, y, phase)

    def _key(self, x: float, y: float, phase: str) -> None:
        """Draw a short line as the curve's is, beside its name."""
        scale = self.axes.get_position()
        whole = self.figure.get_size_inches() * 96
        left = (x / whole[0] - scale.x0) / scale.width
        right = ((x + 30) / whole[0] - scale.x0) / scale.width
        self.axes.plot(
            [left, right], [y, y], transform=self.axes.get_yaxis_transform(), clip_on=False, color=self._colour(phase),
            ls=STYLES[phase], lw=1.2 if phase == "interictal" else 2.2,
        )  # fmt: skip

    def _make_bars(self) -> None:
        palette, row = self.look.palette, self._row
        self._names: list[QuickText] = []
        self._lengths: dict[tuple[int, str], QuickText] = {}
        self._bars: dict[tuple[int, str], PolyCollection] = {}
        self._arrows: list[Any] = []
        self._windows: list[tuple[LineCollection, LineCollection, QuickText, QuickText, QuickText]] = []
        artists: list[Artist] = []
        for panel, head in enumerate(self._heads):
            self._names.append(self._write(8, head + row / 2, color=palette.muted, style="italic"))
            for line, phase in enumerate(PHASES):
                colour = self._colour(phase)
                edge = PolyCollection([], facecolors="none", edgecolors=colour, linewidths=1.6, zorder=4)
                fill = PolyCollection([], facecolors=colour, alpha=FILL, linewidths=0, zorder=3)
                for one in (fill, edge):
                    self.axes.add_collection(one, autolim=False)
                self._bars[panel, phase] = edge
                self._bars[panel, phase + " fill"] = fill
                self._lengths[panel, phase] = self._write(
                    self._left - 10, head + (line + 1.5) * row, ha="right", color=palette.muted
                )
                artists += [fill, edge, self._lengths[panel, phase]]
            marks = [
                self.axes.scatter([], [], s=(row * 0.3) ** 2, marker=side, color=palette.ink, zorder=6, clip_on=False)
                for side in "<>"
            ]  # fmt: skip
            self._arrows.append(marks)
            self._windows.append(self._make_window(head + (len(PHASES) + 1.5) * row))
            artists += [self._names[-1], *marks, *self._windows[-1]]
        self._curves = {}
        if self.crowd:
            for phase in NAMES:
                width = 1.2 if phase == "interictal" else 2.2
                self._curves[phase] = self.axes.plot(
                    [], [], color=self._colour(phase), ls=STYLES[phase], lw=width, zorder=3
                )[0]
            artists += list(self._curves.values())
        self._moving = artists

    def _make_window(
        self, y: float
    ) -> tuple[LineCollection, LineCollection, QuickText, QuickText, QuickText]:
        palette = self.look.palette
        early = LineCollection([], colors=palette.ink, linewidths=4, zorder=5)
        late = LineCollection([], colors=palette.muted, linewidths=2, linestyles=[(0, (2, 1.5))], zorder=4)
        for one in (early, late):
            self.axes.add_collection(one, autolim=False)
        words = [self._over(y, "right", palette.ink), self._over(y, "left", palette.muted)]
        words[1].backing = palette.paper
        name = self._write(8, y)
        return early, late, words[0], words[1], name

    def _over(self, y: float, side: str, colour: str) -> QuickText:
        text = QuickText(
            0, y, "", transform=self.axes.transData, color=colour, fontsize=self.look.text, ha=side, va="center"
        )  # fmt: skip
        self.figure.add_artist(text)
        return text

    def _make_scrubber(self, height: int) -> None:
        palette, row = self.look.palette, self._row
        self._line = self.axes.plot([0, 0], [0, height], color=palette.ink, lw=1.6, zorder=7)[0]
        self._when = self._over(-row * 0.6, "center", palette.ink)
        self._now = {}
        if self.crowd:
            for line, phase in enumerate(NAMES):
                y = self._base + (line + 1.5) * row
                self._now[phase] = self._write(self._left - 10, y, ha="right")
        self._dots = self.axes.scatter(
            [], [], s=(row * 0.26) ** 2, color=palette.ink, zorder=8, clip_on=False
        )
        self.layers: list[list[Artist]] = [
            self._moving,
            [self._line, self._when, self._dots, *self._now.values()],
        ]

    # -- moving ----------------------------------------------------------------------------------------------------
    def update(self, view: TimelineView) -> int:
        """Rewrite axis and outline (0), the attacks and the hundred (1), or only move the hour (2)."""
        static = (view.wide, tuple(sorted(view.outline.items())))
        moved = (
            tuple((one.name, tuple(sorted(one.spans.items())), one.pain.tobytes()) for one in view.attacks),
            tuple(curve.tobytes() for curve in view.crowd.values()),
            view.treated,
        )
        level = 0 if static != self._static_key else 1 if moved != self._moved_key else 2
        if level == 0:
            self._rewrite(view)
        if level <= 1:
            self._move(view)
        self._scrub(view)
        self._static_key, self._moved_key = static, moved
        return level

    def _rewrite(self, view: TimelineView) -> None:
        ends = stretched(np.array([-EDGE, EDGE]), view.wide)
        self.axes.set_xlim(*ends)
        ticks = TICKS[view.wide]
        if self.look.presenting:
            ticks = tuple(tick for tick in ticks if abs(tick) not in (3, 24))
        unit = " h" if self.look.presenting else ""
        words = [
            f"{tick:+d}{unit if abs(tick) == EDGE else ''}".replace("-", "\u2212") if tick else "0"
            for tick in ticks
        ]
        self.axes.set_xticks(stretched(np.array(ticks), view.wide), words)
        for (_, phase), box in self._outlines.items():
            box.set_visible(phase in view.outline)
            if phase in view.outline:
                start, end = stretched(np.clip(view.outline[phase], -EDGE, EDGE), view.wide)
                box.set(x=start, width=end - start)

    def _move(self, view: TimelineView) -> None:
        for panel in range(self.panels):
            bars = view.attacks[panel] if panel < len(view.attacks) else None
            self._move_attack(panel, bars, view)
        if self.crowd:
            x = stretched(view.crowd_hours, view.wide)
            for phase, curve in view.crowd.items():
                self._curves[phase].set_data(x, self._height(curve))

    def _height(self, count: Any) -> Any:
        return self._base + self._row + self._tall * (1 - np.asarray(count) / 100)

    def _move_attack(self, panel: int, bars: Bars | None, view: TimelineView) -> None:
        head, row = self._heads[panel], self._row
        self._names[panel].set_text("" if bars is None else bars.name)
        left: list[list[float]] = []
        right: list[list[float]] = []
        for line, phase in enumerate(PHASES):
            span = bars.spans.get(phase) if bars else None
            y = head + (line + 1) * row
            verts: list[Any] = []
            if bars and span:
                start, end = np.clip(span, -EDGE, EDGE)
                if phase == "headache":
                    verts = [self._pain(bars, y, view.wide)]
                elif end > start:
                    a, b = stretched(np.array([start, end]), view.wide)
                    verts = [
                        [(a, y + row * 0.16), (b, y + row * 0.16), (b, y + row * 0.84), (a, y + row * 0.84)]
                    ]
                if span[0] < -EDGE:
                    left.append([stretched(-EDGE, view.wide), y + row / 2])
                if span[1] > EDGE:
                    right.append([stretched(EDGE, view.wide), y + row / 2])
            self._bars[panel, phase].set_verts(verts)
            self._bars[panel, phase + " fill"].set_verts(verts)
            self._lengths[panel, phase].set_text(length(span[1] - span[0]) if span else "none")
        for mark, where in zip(self._arrows[panel], (left, right), strict=True):
            mark.set_offsets(np.array(where).reshape(-1, 2))
        self._move_window(panel, bars, view)

    def _pain(self, bars: Bars, y: float, wide: bool) -> list[tuple[float, float]]:
        row = self._row
        base, tall = y + row * 0.9, row * 0.78
        inside = bars.curve_hours <= EDGE
        x, level = stretched(bars.curve_hours[inside], wide), base - tall * bars.pain[inside]
        return [(x[0], base), *zip(x.tolist(), level.tolist(), strict=True), (x[-1], base)]

    def _move_window(self, panel: int, bars: Bars | None, view: TimelineView) -> None:
        early, late, before, after, name = self._windows[panel]
        span = bars.spans.get("headache") if bars else None
        shown = (
            view.treated is not None and bars is not None and span is not None and bars.mild_until is not None
        )
        for one in (early, late, before, after, name):
            one.set_visible(shown)
        if not shown or view.treated is None or span is None or bars is None or bars.mild_until is None:
            return
        y = self._heads[panel] + (len(PHASES) + 1.5) * self._row
        turn, end = stretched(np.clip([bars.mild_until, span[1]], 0, EDGE), view.wide)
        early.set_segments([[(0, y), (turn, y)]])
        late.set_segments([[(turn, y), (end, y)]])
        reach = stretched(EDGE, view.wide)
        name.set_text("Tablet")
        before.set(text=view.treated[0] + "  ", x=0)
        after.set(text=" " + view.treated[1] + " ", x=turn + reach * 0.03)

    def _scrub(self, view: TimelineView) -> None:
        x = float(stretched(view.hour, view.wide))
        self._line.set_xdata([x, x])
        edge = float(stretched(EDGE, view.wide))
        room = edge * (0.3 if self.look.presenting else 0.2)
        self._when.set(text=view.hour_words, x=float(np.clip(x, -edge + room, edge - room)))
        for phase, text in self._now.items():
            text.set_text(str(view.counts.get(phase, "")))
        points = [[x, float(self._height(view.counts[phase]))] for phase in self._now if phase in view.counts]
        self._dots.set_offsets(np.array(points).reshape(-1, 2))
