"""A board with one row a category: what was sorted so far, right at the first try, later, or not yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, shorten, write

MARKS = {"first": "●", "later": "○", "wrong": "✕"}
KEY = "● right at once     ○ right later     ✕ not its place"
MOST = 5
"""Names that a row can hold."""


@dataclass(frozen=True)
class BoardView:
    """``rows``: heading -> (name, state) of what lies there; ``now`` is the treatment in hand; ``score`` a few words."""

    rows: Mapping[str, list[tuple[str, str]]]
    now: str
    score: str


class SortingBoard:
    """Drawing of a BoardView with the given headings."""

    def __init__(self, look: Look, headings: list[str]) -> None:
        self.look, self.headings = look, headings
        palette, row = look.palette, look.row_height if look.presenting else round(look.row_height * 1.25)
        if look.presenting:
            row = 29  # nine categories, the treatment in hand and the key share a slide with the controls
        height = round((len(headings) + 2.2) * row)
        self.figure: Figure = new_figure(look, height)
        axes = place(self.figure, 0, row * 1.1, look.width, len(headings) * row)
        axes.set(xlim=(0, look.width), ylim=(len(headings), 0))
        axes.set_axis_off()
        edges = [[(0, line), (look.width, line)] for line in range(len(headings) + 1)]
        axes.add_collection(LineCollection(edges, colors=palette.line, linewidths=0.8), autolim=False)
        self._pixels = look.text / 72 * CSS_DPI
        self._left = round(look.width * (0.25 if look.presenting else 0.24))
        for line, heading in enumerate(headings):
            write(self.figure, 8, row * (line + 1.6), look).set_text(
                shorten(heading, self._left - 16, look.text)
            )
        write(self.figure, 8, height - row * 0.5, look, color=palette.muted).set_text(KEY)
        self._now = write(self.figure, 8, row * 0.5, look)
        self._score = write(self.figure, look.width - 8, row * 0.5, look, ha="right", color=palette.muted)
        self._names = {
            heading: [write(self.figure, self._left, row * (line + 1.6), look) for _ in range(MOST)]
            for line, heading in enumerate(headings)
        }
        self.layers: list[list[Artist]] = [
            [self._now, self._score, *(label for labels in self._names.values() for label in labels)]
        ]

    def update(self, view: BoardView) -> int:
        """Write what lies where, the treatment in hand and the score (1)."""
        palette = self.look.palette
        colours = {"first": palette.treatment, "later": palette.ink, "wrong": palette.comparator}
        for heading, labels in self._names.items():
            found = self._fitting(view.rows.get(heading, []))
            x = float(self._left)
            for spot, label in enumerate(labels):
                words, state = found[spot] if spot < len(found) else ("", "later")
                label.set(text=words, color=colours[state])
                label.set_x(x / self.look.width)
                x += width(words, self._pixels) + self._pixels
        self._now.set_text(f"In hand: {view.now}" if view.now else "All of them are sorted.")
        self._score.set_text(view.score)
        return 1

    def _fitting(self, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return a row's words with their states, cut only where they do not fit side by side."""
        shown, rest = (found, 0) if len(found) <= MOST else (found[: MOST - 1], len(found) - MOST + 1)
        words = [(f"{MARKS[state]} {name}", state) for name, state in shown]
        if rest:
            words.append((f"and {rest} more", "later"))
        room = self.look.width - self._left - 8 - self._pixels * len(words)
        if sum(width(text, self._pixels) for text, _ in words) <= room:
            return words
        return [(shorten(text, room / len(words), self.look.text), state) for text, state in words]
