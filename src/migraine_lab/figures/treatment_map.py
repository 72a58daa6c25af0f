"""The map of treatments: category, class, treatment, each treatment a dot; opened for one category, with names.

What the choices keep is a filled dot, what they leave out a hollow one in its old place: a filter is seen at work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import QuickText, width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, shorten, write

KEY = ("● fits the choices", "○ left out by them", "◆ opened")


@dataclass(frozen=True)
class MapView:
    """Which treatments (by id) fit the choices, and which one is opened ("" for none)."""

    fitting: Set[str]
    chosen: str = ""


@dataclass
class Layout:
    """Where everything stands, right of ``left`` (CSS pixels).

    Headings by line, dots (x, line, treatment_id), words (x, line, text, treatment_id).
    """

    left: int
    lines: int = 0
    heads: dict[int, str] = field(default_factory=dict)
    dots: list[tuple[float, int, str]] = field(default_factory=list)
    words: list[tuple[float, int, str, str]] = field(default_factory=list)

    def page(self, first: int, length: int) -> Layout:
        """Return the lines from ``first`` on; a group that began above is headed again."""
        inside = range(first, first + length)
        heads = {line - first: text for line, text in self.heads.items() if line in inside}
        if 0 not in heads:
            heads[0] = next(text for line, text in reversed(self.heads.items()) if line <= first)
        return Layout(
            self.left,
            min(length, self.lines - first),
            heads,
            [(x, line - first, name) for x, line, name in self.dots if line in inside],
            [(x, line - first, text, name) for x, line, text, name in self.words if line in inside],
        )


def head_room(heads: Iterable[str], look: Look) -> int:
    """Width of the column of headings, in CSS pixels: the longest of them, within reason."""
    longest = max(width(head, look.text / 72 * CSS_DPI) for head in heads)
    return round(min(longest + 28, look.width * 0.36))


def lay_out(rows: pd.DataFrame, opened: bool, look: Look) -> Layout:
    """Set treatments (columns treatment_id, name, head, drug_class; sorted) in lines under their headings.

    ``opened`` writes every name after its dot, and ``head`` is the class; otherwise classes are named (where there is
    room for it: not on a slide) before the dots of their treatments, and ``head`` is the category.
    """
    pixels = look.text / 72 * CSS_DPI
    tight = look.presenting and not opened  # dots alone, so that the largest category keeps to one line
    dot, gap = round(pixels * (0.7 if tight else 0.85)), round(pixels * (0.55 if tight else 1.3))
    left, right = head_room(rows["head"], look), look.width - 10
    out = Layout(left)
    for head, part in rows.groupby("head", sort=False):
        out.heads[out.lines] = str(head)
        x = float(left)
        for words, treatments in _units(part, opened, look.presenting):
            wide = (width(words, pixels) + 6 if words else 0) + dot * len(treatments)
            if x + wide > right and x > left:
                out.lines, x = out.lines + 1, float(left)
            if words and not opened:
                out.words.append((x, out.lines, words, ""))
                x += width(words, pixels) + 6
            for name in treatments:
                out.dots.append((x + dot / 2, out.lines, name))
                x += dot
            if opened:
                out.words.append((x + 3, out.lines, words, treatments[0]))
                x += width(words, pixels) + 6
            x += gap
        out.lines += 1
    return out


def _units(part: pd.DataFrame, opened: bool, presenting: bool) -> Iterator[tuple[str, list[str]]]:
    """What stays together on a line: a treatment with its name, or a class with its treatments."""
    if opened:
        yield from ((row.name, [row.treatment_id]) for row in part.itertuples(index=False, name="Row"))
        return
    for name, group in part.groupby("drug_class", sort=False):
        yield "" if presenting else str(name), list(group["treatment_id"])


class TreatmentMap:
    """Drawing of a MapView on one layout."""

    def __init__(self, look: Look, layout: Layout) -> None:
        self.look, self.layout = look, layout
        row, palette = look.row_height, look.palette
        top = round(row * 0.3)
        height = top + round((layout.lines + 1.4) * row)
        self.figure: Figure = new_figure(look, height)
        self.axes = place(self.figure, 0, top, look.width, layout.lines * row)
        self.axes.set(xlim=(0, look.width), ylim=(layout.lines, 0))
        self.axes.set_axis_off()

        def words(x: float, line: float, **style: object) -> QuickText:
            return write(self.figure, x, top + (line + 0.5) * row, look, **style)

        for line, text in layout.heads.items():
            words(8, line).set_text(shorten(text, layout.left - 18, look.text))
        edges = [[(0, line), (look.width, line)] for line in layout.heads if line]
        self.axes.add_collection(LineCollection(edges, colors=palette.line, linewidths=0.8), autolim=False)
        self._names: list[tuple[QuickText, str]] = []
        for x, line, text, name in layout.words:
            label = words(x, line, color=palette.ink if name else palette.muted)
            label.set_text(text)
            if name:
                self._names.append((label, name))
        words(8, layout.lines + 0.2, color=palette.muted).set_text("     ".join(KEY))
        places = [(x, line + 0.5) for x, line, _ in layout.dots]
        self._ids = [name for *_, name in layout.dots]
        self._places = dict(zip(self._ids, places, strict=True))
        size = (row * 0.32) ** 2
        across, down = ([spot[side] for spot in places] for side in (0, 1))
        self._dots = self.axes.scatter(across, down, s=size, linewidths=1.3, zorder=3, clip_on=False)
        self._chosen = self.axes.scatter(
            [], [], s=size * 2.2, marker="D", facecolors=palette.claim, edgecolors=palette.paper, zorder=4, clip_on=False
        )  # fmt: skip
        self.layers: list[list[Artist]] = [[self._dots, self._chosen, *(label for label, _ in self._names)]]
        self._fits, self._out = to_rgba(palette.treatment), to_rgba(palette.paper)
        self._edge = to_rgba(palette.muted)

    def update(self, view: MapView) -> int:
        """Fill the dots that fit, empty the others, and put the diamond on the opened treatment (1)."""
        palette = self.look.palette
        fits = [name in view.fitting for name in self._ids]
        self._dots.set(
            facecolor=[self._fits if one else self._out for one in fits],
            edgecolor=[self._fits if one else self._edge for one in fits],
        )
        for label, name in self._names:
            opened = name == view.chosen
            label.set_color(
                palette.claim if opened else palette.ink if name in view.fitting else palette.muted
            )
        place_ = self._places.get(view.chosen)
        self._chosen.set_offsets([place_] if place_ else [(-99, -99)])
        self._chosen.set_visible(place_ is not None)
        return 1
