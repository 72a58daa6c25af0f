"""One result told in several ways: sentences at the left, the same people as icons at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from migraine_lab.figures.icon_arrays import IconPanels, IconView
from migraine_lab.figures.quick_text import width
from migraine_lab.figures.style import CSS_DPI, Look, new_figure, write

LINES = 2
"""Lines that the words of one telling may take; on a slide its figure stands alone."""


@dataclass(frozen=True)
class Telling:
    """One way to tell the result: its name, the figure that a headline would print, and the sentence around it."""

    name: str
    figure: str
    words: str


@dataclass(frozen=True)
class FramingView:
    """Tellings from top to bottom, the people behind them, and what is only supposed ("" where all is as found)."""

    tellings: Sequence[Telling]
    icons: IconView
    supposed: str


class FramingFigure:
    """Drawing of a FramingView with up to ``capacity`` tellings."""

    def __init__(self, look: Look, capacity: int) -> None:
        self.look, self.capacity = look, capacity
        row, palette = look.row_height, look.palette
        slide = look.presenting
        block = row * (2.0 if slide else LINES + 1.25)
        side = round(look.width * (0.155 if slide else 0.2))
        height = round(max(capacity * block + row * 0.6, side + row * 4.5))
        self.figure: Figure = new_figure(look, height)
        self._room = look.width * (0.45 if slide else 0.55)
        self._names, self._figures, self._lines = [], [], []
        for at in range(capacity):
            top = row * 0.3 + at * block
            self._names.append(write(self.figure, 8, top + row * 0.5, look, color=palette.muted))
            x, y, side_of = (8, 1.4, "left") if slide else (self._room, 0.5, "right")
            self._figures.append(
                write(self.figure, x, top + row * y, look, ha=side_of, color=palette.treatment)
            )
            self._lines.append(
                [
                    write(self.figure, 8, top + row * (1.5 + line), look)
                    for line in range(0 if slide else LINES)
                ]
            )
        left = self._room + row
        self._supposed = write(
            self.figure, (left + look.width) / 2, row * 0.6, look, ha="center", color=palette.claim
        )
        self._icons = IconPanels(self.figure, look, side, left=left, width=look.width - left, top=row * 1.0)
        lines = [[figure, *words] for figure, words in zip(self._figures, self._lines, strict=True)]
        self.layers: list[list[Artist]] = [
            list(lines[0]),
            [*(text for telling in lines[1:] for text in telling), self._supposed, *self._icons.artists],
        ]
        self._names_shown: list[str] | None = None
        self._first: Telling | None = None

    def update(self, view: FramingView) -> int:
        """Write the sentences and place the icons (2); the first telling changes with the trial (1), names never (0)."""
        shown = list(view.tellings)[: self.capacity]
        shown += [Telling("", "", "")] * (self.capacity - len(shown))
        names = [one.name for one in shown]
        for text, one in zip(self._names, names, strict=True):
            text.set_text(one)
        for telling, figure, lines in zip(shown, self._figures, self._lines, strict=True):
            figure.set_text(telling.figure)
            for line, words in zip(lines, self._wrapped(telling.words) if lines else [], strict=True):
                line.set_text(words)
        self._supposed.set_text(view.supposed)
        self._icons.show(view.icons)
        changed = 0 if names != self._names_shown else 1 if shown[0] != self._first else 2
        self._names_shown, self._first = names, shown[0]
        return changed

    def _wrapped(self, words: str) -> list[str]:
        """Break a sentence into LINES lines that fit; the last one takes what is left."""
        pixels = self.look.text / 72 * CSS_DPI
        space, lines, used = _width(" ", pixels), [""], 0.0
        for word in words.split():
            used += space + _width(word, pixels)
            if len(lines) < LINES and used > self._room - 8:
                lines.append(word)
                used = _width(word, pixels)
            else:
                lines[-1] = f"{lines[-1]} {word}".strip()
        return lines + [""] * (LINES - len(lines))


@lru_cache(maxsize=1024)
def _width(word: str, pixels: float) -> float:
    """Width of a word, kept: most words stay when a slider moves."""
    return width(word, pixels)
