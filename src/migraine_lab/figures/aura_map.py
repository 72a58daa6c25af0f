"""A front on the flat visual cortex, the same front in the field of vision, and how far out it is by the minute.

Calm on purpose: no zigzag, no flicker, pale lines; the front is a line and what it leaves behind a pale band.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from migraine_lab.figures.aura_room import KEY, Room
from migraine_lab.figures.quick_text import QuickText
from migraine_lab.figures.style import PHASE_COLOURS, Look, new_figure, place, quiet_axes, write
from migraine_lab.models import aura

RINGS = (1, 2, 5, 10, 20, 40, 60)
"""Eccentricities drawn as thin lines on both maps, degrees."""
LONGEST = 60
"""Minutes on the axis of the curve."""

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Reported:
    """A line of reported times under the curve: words (long for a page, short for a slide) and minutes from and to.

    ``beyond`` stands at the line's end: what lasts longer than the axis.
    """

    words: str
    short: str
    low: float
    high: float
    beyond: str = ""


@dataclass(frozen=True)
class AuraView:
    """What is shown now.

    ``front`` is the moment's front; ``a`` and ``e2`` the map's constants; ``left`` whether the aura is in the left half
    of the field; ``reach`` the degrees of the field in sight; ``start`` (degrees) where it began on the horizontal
    meridian; ``minutes`` the moment; ``times`` and ``degrees`` the curve; ``lasting`` how long
    cells behind the front stay depolarised, in words; ``reported`` lines of reported times.
    """

    front: aura.Front
    a: float
    e2: float
    left: bool
    reach: float
    start: float
    minutes: float
    times: Points
    degrees: Points
    lasting: str
    reported: tuple[Reported, ...]


class AuraMap:
    """Drawing of an AuraView with up to three lines of reported times."""

    def __init__(self, look: Look) -> None:
        self.look = look
        room = Room(look)
        self.figure: Figure = new_figure(look, room.height)
        colours = look.palette
        aura_colour = getattr(colours, PHASE_COLOURS["aura"])
        self.cortex, self.field = (place(self.figure, *box) for box in (room.cortex, room.field))
        for axes in (self.cortex, self.field):
            axes.set_axis_off()
            axes.set_aspect("equal", adjustable="box")
        self.curve = place(self.figure, *room.curve)
        self.curve.set(xlim=(0, LONGEST), ylim=(0, aura.EDGE), xticks=[], yticks=(0, 20, 40, 60))
        quiet_axes(self.curve, look)
        self.curve.tick_params(axis="y", colors=colours.muted)
        self.curve.set_yticklabels(["0°", "20°", "40°", "60°"])
        self.rows = place(self.figure, *room.rows)
        self.rows.set(xlim=(0, LONGEST), ylim=(3, 0), yticks=[], xticks=range(0, LONGEST + 1, 15))
        quiet_axes(self.rows, look)
        self.rows.set_xlabel("minutes since it started", labelpad=1)
        self._room = room
        self._titles = [write(self.figure, x, y, look) for x, y in room.titles]
        self._static: list[Artist] = []
        self._static_key: Any = None
        self._curve_key: Any = None
        self._outline: Points = np.empty((0, 2))

        (self._line,) = self.curve.plot([], [], color=colours.treatment, lw=2)
        marks: dict[str, Any] = {
            "marker": "o",
            "ms": room.mark,
            "mfc": colours.paper,
            "mec": colours.muted,
            "mew": 1.5,
            "ls": "",
        }
        (self._start_cortex,) = self.cortex.plot([], [], **marks)
        (self._start_field,) = self.field.plot([], [], **marks)
        band: dict[str, Any] = {"facecolor": aura_colour, "alpha": 0.3, "edgecolor": "none", "zorder": 3}
        self._bands = [PathPatch(Path([(0, 0)]), **band) for _ in range(2)]
        for axes, patch in zip((self.cortex, self.field), self._bands, strict=True):
            axes.add_patch(patch)
        edge: dict[str, Any] = {"color": aura_colour, "lw": 2.5, "solid_capstyle": "butt", "zorder": 4}
        self._edges = [axes.plot([], [], **edge)[0] for axes in (self.cortex, self.field)]
        (self._now,) = self.curve.plot([], [], color=aura_colour, lw=1.2, ls=(0, (4, 3)))
        (self._now_row,) = self.rows.plot([], [], color=aura_colour, lw=1.2, ls=(0, (4, 3)))
        (self._mark,) = self.curve.plot(
            [], [], color=aura_colour, marker="o", ms=room.mark + 2, ls="", clip_on=False
        )
        self._words = write(self.figure, *room.now, look)
        self.layers: list[list[Artist]] = [
            [self._line, self._start_cortex, self._start_field],
            [*self._bands, *self._edges, self._now, self._now_row, self._mark, self._words],
        ]

    def update(self, view: AuraView) -> int:
        """Move the front alone (2), the curve and the start too (1), or draw the maps anew (0)."""
        key = (view.a, view.e2, view.left, view.reach, view.lasting, view.reported)
        curve = (view.start, view.times.tobytes(), view.degrees.tobytes())
        changed = 0 if key != self._static_key else 1 if curve != self._curve_key else 2
        if changed == 0:
            self._static_key = key
            self._draw_maps(view)
        if changed <= 1:
            self._curve_key = curve
            self._line.set_data(view.times, view.degrees)
            x, _ = aura.to_cortex(view.start, 0.0, view.a, view.e2)
            self._start_cortex.set_data([float(x)], [0])
            self._start_field.set_data([view.start], [0])
        front = view.front
        for band, outer, inner in (
            (self._bands[0], front.affected, front.recovered),
            (self._bands[1], front.affected_field, front.recovered_field),
        ):
            band.set_path(_ring(outer, inner))
        self._edges[0].set_data(front.cortex[:, 0], front.cortex[:, 1])
        self._edges[1].set_data(front.field[:, 0], front.field[:, 1])
        self._point_at(view)
        return changed

    def _point_at(self, view: AuraView) -> None:
        """Mark the moment on the curve and say it."""
        degrees = view.front.reached
        inside = degrees <= aura.EDGE
        self._now.set_data([view.minutes, view.minutes], [0, aura.EDGE])
        if not self.look.presenting:  # there the words of the lines stand in its way
            self._now_row.set_data([view.minutes, view.minutes], [0, 3])
        self._mark.set_data([view.minutes] if inside else [], [degrees] if inside else [])
        self._words.set_text(self._room.now_words(view.minutes, degrees if inside else None))

    # -- what stands still -----------------------------------------------------------------------------------------
    def _draw_legend(self, lasting: str) -> None:
        """Draw the keys of front, band and start with their words."""
        colours, room = self.look.palette, self._room
        colour = getattr(colours, PHASE_COLOURS["aura"])
        for (x, y), words, kind in zip(
            room.legend(lasting), room.legend_words(lasting), ("front", "band", "start"), strict=True
        ):
            axes = place(self.figure, x, y - room.mark, KEY, 2 * room.mark)
            axes.set(xlim=(0, 1), ylim=(0, 1))
            axes.set_axis_off()
            if kind == "front":
                axes.plot([0, 1], [0.5, 0.5], color=colour, lw=2.5)
            elif kind == "band":
                axes.axhspan(0, 1, color=colour, alpha=0.3, lw=0)
            else:
                axes.plot([0.5], [0.5], "o", ms=room.mark, mfc=colours.paper, mec=colours.muted, mew=1.5)
            text = write(self.figure, x + KEY + 8, y, self.look, color=colours.muted)
            text.set_text(words)
            self._static += [axes, text]

    def _draw_maps(self, view: AuraView) -> None:
        for one in self._static:
            one.remove()
        self._static = []
        for title, words in zip(self._titles, self._room.title_words(view.left), strict=True):
            title.set_text(words)
        self._draw_legend(view.lasting)
        self._draw_cortex(view)
        self._draw_field(view)
        self._draw_reported(view.reported)

    def _draw_cortex(self, view: AuraView) -> None:
        axes, colours = self.cortex, self.look.palette
        outline = aura.outline(aura.EDGE, view.a, view.e2)
        self._fill(axes, outline, self._bands[0])
        angles, along = np.linspace(-90, 90, 91), aura.EDGE * np.linspace(0, 1, 61) ** 3
        rim = [np.column_stack(aura.to_cortex(ring, angles, view.a, view.e2)) for ring in RINGS[:-1]]
        rim += [np.column_stack(aura.to_cortex(along, angle, view.a, view.e2)) for angle in (-45, 0, 45)]
        self._lines(axes, rim)
        (low_x, low_y), (high_x, high_y) = outline.min(axis=0), outline.max(axis=0)
        line = self._room.line * (high_y - low_y) / (self._room.cortex[3] - 2 * self._room.line)
        for ring in RINGS:
            x, y = aura.to_cortex(ring, 90.0, view.a, view.e2)
            if ring in self._room.labelled:
                self._say(axes, float(x), float(y) + 0.55 * line, f"{ring}°", "center")
        self._cross(axes, 0, 0)
        ends = (low_x - 0.02 * (high_x - low_x), high_x + 0.06 * (high_x - low_x))
        axes.set_xlim(ends[::-1] if view.left else ends)
        axes.set_ylim(high_y + line, low_y - line)  # the upper field lies on the lower bank
        # a bar of 10 mm, under the map at the outer end
        bar = (high_x - 10, high_x)
        (scale,) = axes.plot(
            bar, [low_y - 0.45 * line] * 2, color=colours.muted, lw=2, solid_capstyle="butt", clip_on=False
        )
        self._static.append(scale)
        middle = "left" if view.left else "right"
        self._say(axes, high_x - 11.5, low_y - 0.5 * line, "10 mm", middle)

    def _draw_field(self, view: AuraView) -> None:
        axes, reach = self.field, view.reach
        turn = np.linspace(0, 2 * np.pi, 181)
        rim = np.column_stack([np.cos(turn), np.sin(turn)])
        self._fill(axes, reach * rim, self._bands[1])
        half = turn - np.pi / 2
        half_disc = reach * np.column_stack([np.cos(half[:91]), np.sin(half[:91])])
        self._bands[1].set_clip_path(Path(np.concatenate([half_disc, half_disc[:1]])), axes.transData)
        rings = [ring for ring in RINGS if reach / 8 < ring < reach]
        self._lines(axes, [ring * rim for ring in rings])
        for ring in (*rings, reach):
            if ring in (*self._room.field_labels, reach):
                self._say(axes, -0.72 * ring, 0.72 * ring, f"{ring}°", "center")
        self._cross(axes, 0, 0)
        end = -1.02 * reach if view.left else 1.02 * reach
        axes.set(xlim=(-end, end), ylim=(-1.02 * reach, 1.02 * reach))
        self._edges[1].set_clip_path(Path(reach * rim), axes.transData)

    def _draw_reported(self, reported: tuple[Reported, ...]) -> None:
        colours, look = self.look.palette, self.look
        if not look.presenting:
            heading = write(self.figure, *self._room.row_label(-1), look, color=colours.muted)
            heading.set_text("Reported of visual auras:")
            self._static.append(heading)
        for line, one in enumerate(reported):
            y = line + self._room.bar_at
            if one.low == one.high:
                (drawn,) = self.rows.plot([one.low], [y], "D", ms=self._room.mark, color=colours.uncontrolled)
            else:
                (drawn,) = self.rows.plot(
                    [one.low, one.high],
                    [y, y],
                    color=colours.uncontrolled,
                    lw=5,
                    solid_capstyle="butt",
                    alpha=0.7,
                )
            self._static.append(drawn)
            text = write(self.figure, *self._room.row_label(line), look, color=colours.ink)
            text.set_text(one.short if look.presenting else one.words)
            self._static.append(text)
            if one.beyond and not look.presenting:
                self._say(self.rows, LONGEST, y, one.beyond, "right")

    def _fill(self, axes: Axes, outline: Points, band: PathPatch) -> None:
        colours = self.look.palette
        patch = PathPatch(Path(outline), facecolor=colours.panel, edgecolor=colours.line, lw=1, zorder=1)
        axes.add_patch(patch)
        self._static.append(patch)
        band.set_clip_path(Path(outline), axes.transData)

    def _lines(self, axes: Axes, lines: list[Points]) -> None:
        for points in lines:
            self._static += axes.plot(
                points[:, 0], points[:, 1], color=self.look.palette.line, lw=0.9, zorder=2
            )

    def _cross(self, axes: Axes, x: float, y: float) -> None:
        size = self._room.mark + 5
        self._static += axes.plot(
            [x], [y], "+", color=self.look.palette.ink, ms=size, mew=1.8, zorder=5, clip_on=False
        )

    def _say(self, axes: Axes, x: float, y: float, words: str, side: str) -> None:
        text = QuickText(
            x,
            y,
            words,
            transform=axes.transData,
            color=self.look.palette.muted,
            fontsize=self.look.text,
            ha=side,
            va="center",
        )
        axes.add_artist(text)
        self._static.append(text)


def _ring(outer: Points, inner: Points) -> Path:
    """Path of what lies inside ``outer`` but not inside ``inner``."""
    rims = [rim for rim in (outer, inner[::-1]) if len(rim)]
    codes = [np.r_[Path.MOVETO, np.full(len(rim) - 1, Path.LINETO)] for rim in rims]
    return Path(np.concatenate(rims), np.concatenate(codes).astype(Path.code_type))
