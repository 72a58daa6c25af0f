"""Facts as a list to read: each wrapped over a few lines, its figure and its source in a line of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from migraine_lab.figures.quick_text import width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, place, shorten, write


@dataclass(frozen=True)
class Fact:
    """One fact: its words, its figure ("" where none is printed) and its source."""

    words: str
    figure: str
    source: str


@dataclass(frozen=True)
class FactsView:
    """Facts from top to bottom; ``first`` is the number of the first one of ``total``."""

    facts: Sequence[Fact]
    first: int = 1
    total: int = 0


class FactList:
    """Drawing of a FactsView; facts that do not fit whole into ``lines`` lines are left for the next view."""

    def __init__(self, look: Look, lines: int) -> None:
        self.look, self.lines = look, lines
        row, palette = look.row_height, look.palette
        top = round(row * 0.3)
        self.figure: Figure = new_figure(look, round(top + (lines + 0.9) * row))
        self.axes = place(self.figure, 0, top, look.width, lines * row)
        self.axes.set(xlim=(0, look.width), ylim=(lines, 0))
        self.axes.axis("off")
        middles = [top + (line + 0.5) * row for line in range(lines)]
        self._texts = [write(self.figure, row * 1.4, y, look) for y in middles]
        self._right = [
            write(self.figure, look.width - 8, y, look, ha="right", color=palette.muted) for y in middles
        ]
        self._marks = self.axes.scatter(
            [], [], s=(row * 0.36) ** 2, marker="s", facecolors=palette.paper, edgecolors=palette.comparator, linewidths=2
        )  # fmt: skip
        self._foot = write(self.figure, row * 1.4, top + (lines + 0.45) * row, look, color=palette.muted)
        self.layers: list[list[Artist]] = [[self._marks, *self._texts, *self._right, self._foot]]
        self._drawn = False

    def fitting(self, facts: Sequence[Fact]) -> int:
        """Return how many of ``facts``, from the first on, fit whole."""
        used = np.cumsum([len(self._wrap(one.words)) + 1 for one in facts])
        return max(1, int((used <= self.lines).sum()))

    def update(self, view: FactsView) -> int:
        """Write the facts (1); 0 the first time."""
        shown = view.facts[: self.fitting(view.facts)]
        palette = self.look.palette
        lines: list[tuple[str, str, str]] = []
        marks = []
        for one in shown:
            marks.append((self.look.row_height * 0.7, len(lines) + 0.5))
            lines += [(words, palette.ink, "") for words in self._wrap(one.words)]
            room = self.look.width - self.look.row_height * 2 - width(one.source, self._pixels())
            lines.append(
                (
                    shorten(one.figure or "no figure printed", room, self.look.text),
                    self._tint(one),
                    one.source,
                )
            )
        lines = lines[: self.lines]
        blank = [("", palette.ink, "")] * (self.lines - len(lines))
        for text, right, (words, colour, source) in zip(
            self._texts, self._right, [*lines, *blank], strict=True
        ):
            text.set(text=words, color=colour)
            right.set_text(source)
        self._marks.set_offsets(np.array(marks).reshape(-1, 2))
        last = view.first + len(shown) - 1
        whole = view.first == 1 and last == view.total
        self._foot.set_text("" if whole else f"{view.first} to {last} of {view.total}")
        first, self._drawn = not self._drawn, True
        return 0 if first else 1

    def _tint(self, one: Fact) -> str:
        return self.look.palette.comparator if one.figure else self.look.palette.muted

    def _pixels(self) -> float:
        return self.look.text / 72 * CSS_DPI

    def _wrap(self, words: str) -> list[str]:
        """Break words into lines that fit."""
        room, lines = self.look.width - self.look.row_height * 1.4 - 12, [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".strip()
            if width(longer, self._pixels()) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines
