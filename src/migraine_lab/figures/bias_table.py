"""Judgements of risk of bias: a study a row, a domain a column; a symbol and a word say what the colour says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from migraine_lab.figures.style import Look, new_figure, place, shorten, write

WORDS = {
    "low": "low",
    "some": "some",
    "high": "high",
    "no information": "not said",
    "does not apply": "n/a",
    "not assessed": "nobody",
}
"""Judgement -> its word in a cell. The last three are drawn hollow: no judgement is no low risk."""


@dataclass(frozen=True)
class BiasView:
    """Rows of names and judgements (one a domain, keys of WORDS), the opened row, and a line under the table."""

    names: Sequence[str]
    judgements: Sequence[Sequence[str]]
    opened: int | None
    foot: str


class BiasTable:
    """Drawing of a BiasView with up to ``capacity`` rows; ``domains`` head the columns, the last one apart."""

    def __init__(self, look: Look, capacity: int, domains: Sequence[str]) -> None:
        self.look, self.capacity, self.domains = look, capacity, tuple(domains)
        row, palette, width = look.row_height, look.palette, look.width
        top = round(row * 1.4)
        height = round(top + (capacity + 1.3) * row)
        self.figure: Figure = new_figure(look, height)
        self._name_room = round(width * 0.3)
        step = (width - self._name_room - 8) / len(domains)
        self._lefts = [self._name_room + step * at for at in range(len(domains))]
        self.axes = place(self.figure, 0, top, width, capacity * row)
        self.axes.set(xlim=(0, width), ylim=(capacity, 0))
        self.axes.axis("off")
        for left, domain in zip(self._lefts, domains, strict=True):
            head = write(self.figure, left, row * 0.7, look, color=palette.muted)
            head.set_text(shorten(domain, step - 6, look.text))
        self.axes.plot([0, width], [0, 0], color=palette.line, lw=1)
        middles = [top + (line + 0.5) * row for line in range(capacity)]
        self._names = [write(self.figure, 8, y, look) for y in middles]
        self._words = [[write(self.figure, left + row, y, look) for left in self._lefts] for y in middles]
        self._word_room = step - row - 4
        self._foot = write(self.figure, 8, top + (capacity + 0.7) * row, look, color=palette.muted)
        size = row * 0.36
        styles = {
            "low": ("o", palette.guess, palette.guess),
            "some": ("s", palette.comparator, palette.comparator),
            "high": ("X", palette.claim, palette.claim),
            "no information": ("o", "none", palette.muted),
            "does not apply": ("_", "none", palette.muted),
            "not assessed": ("D", "none", palette.muted),
        }
        self._marks = {
            name: self.axes.plot([], [], mark, ms=size, mfc=face, mec=edge, mew=1.3)[0]
            for name, (mark, face, edge) in styles.items()
        }
        self._band = self.axes.axhspan(0, 1, color=palette.panel, zorder=0)
        words = [text for line in self._words for text in line]
        self.layers: list[list[Artist]] = [
            [self._band],
            [*self._marks.values(), *self._names, *words, self._foot],
        ]
        self._drawn = False

    def update(self, view: BiasView) -> int:
        """Write rows and place symbols (1); 0 the first time."""
        names, rows = list(view.names)[: self.capacity], list(view.judgements)[: self.capacity]
        self._band.set_visible(view.opened is not None)
        if view.opened is not None:
            self._band.set_y(view.opened)
        places: dict[str, list[tuple[float, float]]] = {name: [] for name in self._marks}
        blank = [("", [""] * len(self.domains))] * (self.capacity - len(names))
        filled = [*zip(names, rows, strict=True), *blank]
        for line, ((name, judged), text, words) in enumerate(
            zip(filled, self._names, self._words, strict=True)
        ):
            text.set_text(shorten(name, self._name_room - 16, self.look.text))
            for left, one, word in zip(self._lefts, judged, words, strict=True):
                word.set_text(shorten(WORDS[one], self._word_room, self.look.text) if one else "")
                hollow = one not in ("low", "some", "high")
                word.set_color(self.look.palette.muted if hollow else self.look.palette.ink)
                if one:
                    places[one].append((left + self.look.row_height * 0.45, line + 0.5))
        for judgement, mark in self._marks.items():
            points = places[judgement]
            mark.set_data([x for x, _ in points], [y for _, y in points])
        self._foot.set_text(shorten(view.foot, self.look.width - 16, self.look.text))
        first, self._drawn = not self._drawn, True
        return 0 if first else 1
