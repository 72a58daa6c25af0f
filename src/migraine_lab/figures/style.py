"""One look for every figure: low-glare colours in a light and a dark twin, text sizes, pixel sizes.

Hues are Okabe and Ito's colour-blind-safe set (https://jfly.uni-koeln.de/color/), muted a little against the paper;
marker shape and position always say the same thing as the colour.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import QuickText, width

CSS_DPI = 96
"""A CSS pixel is 1/96 inch, so text of 11 pt in a figure is as tall as 11 pt text on the page."""


@dataclass(frozen=True)
class Palette:
    """Named colours of one theme; every figure takes its colours from here."""

    paper: str
    panel: str
    ink: str
    muted: str
    line: str
    treatment: str
    comparator: str
    uncontrolled: str
    claim: str
    guess: str


LIGHT = Palette(
    paper="#faf8f3",
    panel="#f0ede5",
    ink="#33373b",
    muted="#656a6e",
    line="#d3cfc4",
    treatment="#0072B2",
    comparator="#B85400",
    uncontrolled="#5d5a70",
    claim="#9a4d7e",
    guess="#00795a",
)
DARK = Palette(
    paper="#1f2226",
    panel="#282c31",
    ink="#d2d0ca",
    muted="#a3a39e",
    line="#454a50",
    treatment="#56B4E9",
    comparator="#E69F00",
    uncontrolled="#b9b4d0",
    claim="#dd9cc3",
    guess="#4fc3a0",
)


PHASE_COLOURS = {
    "interictal": "muted",
    "prodrome": "comparator",
    "aura": "claim",
    "headache": "treatment",
    "postdrome": "guess",
}
"""Name in the palette of each phase's colour, the same in every figure; a label or a shape always says it too."""


@dataclass(frozen=True)
class Look:
    """How a figure is to be shown: theme, text size in points, width in CSS pixels, device pixels per CSS pixel."""

    dark: bool = False
    presenting: bool = False
    width: int = 920
    ratio: float = 1.0

    @property
    def palette(self) -> Palette:
        """Colours of the theme."""
        return DARK if self.dark else LIGHT

    @property
    def text(self) -> float:
        """Smallest text in the figure, in points: 11 on a page, 18 on a slide."""
        return 18.0 if self.presenting else 11.0

    @property
    def row_height(self) -> int:
        """Height of a line of a list, in CSS pixels."""
        return 32 if self.presenting else 23

    def with_(self, **changes: object) -> Look:
        """Return the same look with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def new_figure(look: Look, height: int) -> Figure:
    """Return an empty figure of ``look.width`` x ``height`` CSS pixels on an Agg canvas (no pyplot, so nothing to close)."""
    figure = Figure(
        figsize=(look.width / CSS_DPI, height / CSS_DPI),
        dpi=CSS_DPI * look.ratio,
        facecolor=look.palette.paper,
    )
    FigureCanvasAgg(figure)
    return figure


def place(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes at a box given in CSS pixels from the figure's upper left corner."""
    whole_width, whole_height = figure.get_size_inches() * CSS_DPI
    return figure.add_axes(
        (left / whole_width, 1 - (top + height) / whole_height, width / whole_width, height / whole_height)
    )


def write(figure: Figure, x: float, y: float, look: Look, **style: Any) -> QuickText:
    """Add an empty one-line text at CSS pixels from the figure's upper left corner, centred on that height."""
    whole_width, whole_height = figure.get_size_inches() * CSS_DPI
    style = {"color": look.palette.ink, "fontsize": look.text, "va": "center", **style}
    text = QuickText(x / whole_width, 1 - y / whole_height, "", transform=figure.transFigure, **style)
    figure.add_artist(text)
    return text


def quiet_axes(axes: Axes, look: Look) -> None:
    """Give axes the house's looks: a bottom line only, muted ticks, paper behind."""
    palette = look.palette
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(palette.line)
    axes.tick_params(axis="x", colors=palette.muted, labelsize=look.text, length=4, color=palette.line)
    axes.tick_params(axis="y", length=0, colors=palette.ink, labelsize=look.text)
    axes.xaxis.label.set_color(palette.muted)
    axes.xaxis.label.set_fontsize(look.text)


def shorten(words: str, room: float, text: float) -> str:
    """Cut ``words`` (in ``text`` points) to ``room`` CSS pixels, with an ellipsis where something was cut."""
    pixels = text / 72 * CSS_DPI
    if width(words, pixels) <= room:
        return words
    keep = (
        bisect_right(range(len(words)), room, key=lambda end: width(words[:end].rstrip() + "…", pixels)) - 1
    )
    return words[: max(keep, 0)].rstrip() + "…"
