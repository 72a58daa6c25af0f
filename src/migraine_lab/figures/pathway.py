"""The pathway of head pain, from the skin to the cortex, with a synapse enlarged: where a class of treatment acts.

A schematic drawing of our own; distances and sizes mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, PathPatch, Rectangle
from matplotlib.path import Path

from migraine_lab.figures.quick_text import QuickText
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, write

# where each place lies in the head (across and down, in heights of the head), and where its label stands
PLACES: dict[str, tuple[str, float, float, float, float, str]] = {
    "scalp": ("scalp", 0.205, 0.30, 0.10, 0.30, "right"),
    "vessel": ("vessel", 0.335, 0.155, 0.10, 0.10, "right"),
    "nerve_ending": ("nerve ending", 0.285, 0.255, 0.10, 0.20, "right"),
    "ganglion": ("ganglion", 0.465, 0.625, 0.42, 0.70, "right"),
    "occipital_nerve": ("occipital nerve", 0.865, 0.735, 0.755, 0.87, "left"),
    "relay": ("relay", 0.665, 0.765, 0.625, 0.80, "right"),
    "trigger_zone": ("vomiting trigger", 0.70, 0.63, 0.745, 0.63, "left"),
    "brake": ("pain brake", 0.63, 0.515, 0.69, 0.53, "left"),
    "thalamus": ("thalamus", 0.585, 0.385, 0.685, 0.385, "left"),
    "cortex": ("cortex", 0.57, 0.185, 0.635, 0.185, "left"),
    "any_synapse": ("any synapse", 0.0, 0.0, 0.0, 0.0, "left"),
}
# parts of a synapse in its box (across and down), and their labels from top to bottom
PARTS: dict[str, tuple[str, float, float]] = {
    "sodium channel": ("sodium channel", 0.205, 0.17),
    "serotonin receptor": ("serotonin receptor", 0.335, 0.33),
    "release machinery": ("release machinery", 0.27, 0.47),
    "CGRP": ("CGRP, released", 0.22, 0.575),
    "CGRP receptor": ("CGRP receptor", 0.27, 0.662),
    "NMDA receptor": ("NMDA receptor", 0.355, 0.695),
    "COX enzyme": ("COX enzyme", 0.22, 0.80),
}
KEY = ("◆ acts", "◇ proposed", "✕ not found")
HEAD = [
    (0.60, 0.02), (0.40, 0.06), (0.26, 0.17), (0.20, 0.32), (0.185, 0.44), (0.125, 0.565), (0.16, 0.60),
    (0.16, 0.66), (0.18, 0.73), (0.21, 0.83), (0.33, 0.86), (0.45, 0.85), (0.50, 0.99),
]  # fmt: skip
BACK = [
    (0.60, 0.02), (0.78, 0.06), (0.93, 0.20), (0.98, 0.38), (0.94, 0.55), (0.85, 0.68), (0.82, 0.82),
    (0.85, 0.99),
]  # fmt: skip
BRAIN = [
    (0.57, 0.10), (0.40, 0.16), (0.33, 0.29), (0.37, 0.42), (0.50, 0.48), (0.66, 0.50), (0.84, 0.47),
    (0.88, 0.34), (0.80, 0.18), (0.68, 0.11), (0.57, 0.10),
]  # fmt: skip


@dataclass(frozen=True)
class PathwayView:
    """Rows (place, part, finding) to mark; ``picked`` is the place asked for; ``counts`` says how many classes a place has."""

    rows: pd.DataFrame
    picked: str = ""
    counts: dict[str, int] | None = None


class Pathway:
    """Drawing of a PathwayView; on narrow pages the synapse stands below the head."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._beside = look.presenting or look.width >= 760
        tall = 300 if look.presenting else 400 if look.width >= 900 else 300
        margin = 185 if look.presenting else 110  # room for labels before the face
        key = round(look.text * 2)
        height = tall + key + (0 if self._beside else 320)
        self.figure: Figure = new_figure(look, height)
        head_width = (650 if look.presenting else round(1.2 * tall) + margin) if self._beside else look.width
        self._axes = _box(
            self.figure, 0, 4, head_width, tall, (-margin / tall, (head_width - margin) / tall), (1, 0)
        )
        if self._beside:
            left, top, box = head_width, 4, (look.width - head_width - 8, tall)
        else:
            left, top, box = 8, tall + 8, (360, 300)
        self._synapse = _box(self.figure, left, top, *box, (0, box[0] / box[1]), (1, 0))
        self._draw_head()
        self._draw_synapse(box[0] / box[1])
        palette = self.look.palette
        self._labels: dict[str, QuickText] = {}
        for name, (_, _, _, x, y, side) in PLACES.items():
            if name != "any_synapse":
                self._labels[name] = self._write(self._axes, x, y, ha=side)
                if name in ("trigger_zone", "ganglion", "relay", "occipital_nerve"):
                    self._labels[name].backing = palette.paper  # they stand on a line of the drawing
        parts_x = 0.435
        for line, (name, (words, x, y)) in enumerate(PARTS.items()):
            down = 0.16 + line * 0.118
            self._synapse.plot([x, parts_x - 0.02], [y, down], color=palette.line, lw=0.8, zorder=1)
            self._labels[name] = self._write(self._synapse, parts_x, down)
            self._labels[name].set_text(words)
        self._labels["any_synapse"] = self._write(self._synapse, 0.03, 0.055)
        note = write(self.figure, 8, height - key * 0.5, look, color=palette.muted)
        note.set_text("     ".join(KEY))
        self._marks = {
            name: self._mark(axes) for name, axes in (("head", self._axes), ("synapse", self._synapse))
        }
        self.layers: list[list[Artist]] = [
            [*(mark for marks in self._marks.values() for mark in marks.values()), *self._labels.values()]
        ]

    # -- static --------------------------------------------------------------------------------------------------------
    def _draw_head(self) -> None:
        axes, palette = self._axes, self.look.palette
        for points in (HEAD, BACK):
            axes.add_patch(PathPatch(_smooth(points), fill=False, edgecolor=palette.muted, lw=1.6))
        axes.add_patch(PathPatch(_smooth(BRAIN), facecolor=palette.panel, edgecolor=palette.line, lw=1.4))
        stem = [(0.58, 0.46), (0.60, 0.58), (0.625, 0.75), (0.63, 0.99)]
        other = [(0.70, 0.49), (0.72, 0.60), (0.71, 0.75), (0.70, 0.99)]
        for points in (stem, other):
            axes.add_patch(PathPatch(_smooth(points), fill=False, edgecolor=palette.line, lw=1.4))
        axes.add_patch(
            Ellipse((0.585, 0.385), 0.11, 0.09, facecolor=palette.paper, edgecolor=palette.line, lw=1.4)
        )
        for inset in (0.0, 0.016):  # two lines make a vessel
            vessel = [
                (0.262 + inset, 0.34),
                (0.30 + inset, 0.215 + inset),
                (0.385, 0.115 + inset),
                (0.50, 0.075 + inset),
            ]
            axes.add_patch(PathPatch(_smooth(vessel), fill=False, edgecolor=palette.claim, lw=1.2))
        nerves = (
            [(0.285, 0.255), (0.31, 0.45), (0.465, 0.625)], [(0.335, 0.155), (0.345, 0.42), (0.465, 0.625)],
            [(0.205, 0.30), (0.26, 0.52), (0.465, 0.625)], [(0.465, 0.625), (0.57, 0.67), (0.665, 0.765)],
            [(0.865, 0.735), (0.78, 0.79), (0.665, 0.765)], [(0.665, 0.765), (0.67, 0.60), (0.62, 0.46), (0.585, 0.385)],
            [(0.585, 0.385), (0.56, 0.29), (0.57, 0.185)],
        )  # fmt: skip
        for points in nerves:
            axes.add_patch(PathPatch(_smooth(points), fill=False, edgecolor=palette.uncontrolled, lw=1.6))
        brake = _smooth([(0.63, 0.515), (0.635, 0.64), (0.655, 0.755)])
        axes.add_patch(PathPatch(brake, fill=False, edgecolor=palette.guess, lw=1.4, ls=(0, (4, 3))))
        axes.add_patch(
            Ellipse(
                (0.465, 0.625), 0.07, 0.05, facecolor=palette.panel, edgecolor=palette.uncontrolled, lw=1.4
            )
        )
        spots = [(x, y) for name, (_, x, y, *_) in PLACES.items() if name != "any_synapse"]
        self._spots(axes, spots)
        for name, (_, x, y, across, down, side) in PLACES.items():
            if side == "right" and name != "relay" and name != "ganglion":
                axes.plot([across + 0.01, x - 0.015], [down, y], color=palette.line, lw=0.8, zorder=1)

    def _draw_synapse(self, right: float) -> None:
        axes, palette = self._synapse, self.look.palette
        axes.add_patch(Rectangle((0, 0), right, 1, facecolor=palette.panel, edgecolor=palette.line, lw=1))
        sending = [
            (0.18, 0.11), (0.18, 0.24), (0.09, 0.32), (0.07, 0.44), (0.15, 0.485), (0.29, 0.485), (0.36, 0.43),
            (0.34, 0.32), (0.24, 0.24), (0.23, 0.11),
        ]  # fmt: skip
        receiving = [
            (0.02, 0.90), (0.05, 0.73), (0.16, 0.66), (0.28, 0.66), (0.38, 0.71), (0.42, 0.90),
        ]  # fmt: skip
        for points in (sending, receiving):
            axes.add_patch(
                PathPatch(_smooth(points), facecolor=palette.paper, edgecolor=palette.uncontrolled, lw=1.4)
            )
        for x, y in ((0.15, 0.37), (0.20, 0.42), (0.25, 0.38), (0.13, 0.435)):
            axes.add_patch(Ellipse((x, y), 0.028, 0.028, fill=False, edgecolor=palette.uncontrolled, lw=1))
        axes.scatter([0.17, 0.20, 0.245, 0.27], [0.55, 0.6, 0.54, 0.585], s=6, color=palette.uncontrolled)
        self._spots(axes, [(x, y) for _, x, y in PARTS.values()])

    def _spots(self, axes: Axes, spots: list[tuple[float, float]]) -> None:
        palette = self.look.palette
        across, down = ([spot[side] for spot in spots] for side in (0, 1))
        axes.scatter(
            across, down, s=26, facecolors=palette.paper, edgecolors=palette.muted, linewidths=1.2, zorder=4
        )

    # -- moving --------------------------------------------------------------------------------------------------------
    def _mark(self, axes: Axes) -> dict[str, PathCollection]:
        palette, size = self.look.palette, 150 if self.look.presenting else 90
        kinds: dict[str, dict[str, Any]] = {
            "acts": {"marker": "D", "facecolors": palette.treatment, "edgecolors": palette.paper, "linewidths": 1.0},
            "proposed": {"marker": "D", "facecolors": palette.paper, "edgecolors": palette.treatment, "linewidths": 1.8},
            "not found": {"marker": "x", "color": palette.comparator, "linewidths": 2.4},
            "picked": {"marker": "o", "facecolors": "none", "edgecolors": palette.claim, "linewidths": 2.0},
        }  # fmt: skip
        return {
            name: axes.scatter(
                [], [], s=size * (3.4 if name == "picked" else 1), zorder=6, clip_on=False, **style
            )
            for name, style in kinds.items()
        }

    def update(self, view: PathwayView) -> int:
        """Put the marks on places and parts of the synapse, and set what is marked in ink (1)."""
        palette, rows = self.look.palette, view.rows
        places, parts = set(rows["place"]), set(rows["part"])
        for name, label in self._labels.items():
            words = PLACES[name][0] if name in PLACES else PARTS[name][0]
            if view.counts and name in PLACES:
                words += f" ({view.counts.get(name, 0)})"
            label.set_text(words)
            marked = bool(view.counts) or name in places or name in parts or name == view.picked
            label.set_color(palette.ink if marked else palette.muted)
        where: dict[str, list[tuple[str, str, tuple[float, float]]]] = {"head": [], "synapse": []}
        for spot, part, finding in zip(
            *(rows[name].tolist() for name in ("place", "part", "finding")), strict=True
        ):
            if spot != "any_synapse":
                where["head"].append((spot, finding, PLACES[spot][1:3]))
            if part:
                where["synapse"].append((part, finding, PARTS[part][1:3]))
        for side, found in where.items():
            twice = {name for name, finding, _ in found if finding == "not found"} & {
                name for name, finding, _ in found if finding != "not found"
            }
            for finding in ("acts", "proposed", "not found"):
                spots = []
                for name, kind, (x, y) in found:
                    if not view.counts and kind == finding:
                        # what contradicts itself is drawn side by side
                        spots.append((x + (0.035 if finding == "not found" else -0.02) * (name in twice), y))
                self._marks[side][finding].set(offsets=spots or np.empty((0, 2)))
        ring = [PLACES[view.picked][1:3]] if view.picked not in ("", "any_synapse") else np.empty((0, 2))
        self._marks["head"]["picked"].set(offsets=ring)
        return 1

    def _write(self, axes: Axes, x: float, y: float, **style: object) -> QuickText:
        across, down = axes.transData.transform((x, y)) / (CSS_DPI * self.look.ratio) * CSS_DPI
        height = self.figure.get_size_inches()[1] * CSS_DPI
        return write(self.figure, across, height - down, self.look, **style)


def _box(
    figure: Figure,
    left: float,
    top: float,
    width: float,
    height: float,
    x: tuple[float, float],
    y: tuple[float, float],
) -> Axes:
    axes = place(figure, left, top, width, height)
    axes.set(xlim=x, ylim=y)
    axes.set_axis_off()
    return axes


def _smooth(points: list[tuple[float, float]]) -> Path:
    """Return a smooth line through points (Catmull and Rom's, as Bezier curves)."""
    spots = np.array([points[0], *points, points[-1]], float)
    codes, corners = [Path.MOVETO], [spots[1]]
    for before, start, end, after in zip(spots, spots[1:], spots[2:], spots[3:], strict=False):
        corners += [start + (end - before) / 6, end - (after - start) / 6, end]
        codes += [Path.CURVE4] * 3
    return Path(np.array(corners), codes)
