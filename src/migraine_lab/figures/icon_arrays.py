"""Two groups of 100 people: what happened on the comparator, what happened on the treatment, what the difference is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from migraine_lab.figures.style import Look, new_figure, place, shorten, write


@dataclass(frozen=True)
class IconView:
    """People of 100 with the event in each arm (whole numbers, None where there is no such arm) and the arms' names."""

    treated: int
    compared: int | None
    treated_name: str
    compared_name: str


class IconPanels:
    """Two arrays of 100 icons in a figure of its own or another's, ``side`` CSS pixels each.

    left, width: where the pair and its key stand, CSS pixels; they take ``side`` and 3.4 lines of height from ``top`` on.
    """

    def __init__(
        self,
        figure: Figure,
        look: Look,
        side: int,
        *,
        left: float = 0.0,
        width: float = 0.0,
        top: float = 0.0,
    ) -> None:
        row, width = look.row_height, width or look.width
        lefts = [left + width * quarter / 4 - side / 2 for quarter in (1, 3)]
        self._panels = [place(figure, x, top + row * 1.2, side, side) for x in lefts]
        colours = look.palette
        size = side / 10 * 0.5
        styles = (
            ("o", colours.comparator, colours.comparator),
            ("D", colours.treatment, colours.treatment),
            ("o", "none", colours.muted),
        )
        # lines without a stroke, not scatters: a marker is then made once and stamped, in a fifth of the time
        self._marks = [
            [
                axes.plot([], [], marker, ms=size * (0.9 if marker == "D" else 1), mfc=face, mec=edge, mew=1)[
                    0
                ]
                for marker, face, edge in styles
            ]
            for axes in self._panels
        ]
        for axes in self._panels:
            axes.set_axis_off()
            axes.set(xlim=(-0.5, 9.5), ylim=(9.5, -0.5))
        self._titles = [write(figure, x + side / 2, top + row * 0.6, look, ha="center") for x in lefts]
        below = top + side + row * 2.4
        self._key = write(figure, left + width / 2, below, look, ha="center", color=colours.muted)
        self._room, self._text = width / 2 - 8, look.text

    @property
    def artists(self) -> list[Artist]:
        """Everything that changes, for a figure whose layers hold it."""
        return [*(mark for marks in self._marks for mark in marks), *self._titles, self._key]

    def show(self, view: IconView) -> None:
        """Place the icons and write titles and key."""
        self._panels[0].set_visible(view.compared is not None)
        treated = view.treated
        if view.compared is None:
            titles = ["no comparator in this study"]
            self._fill(1, 0, treated)
            self._key.set_text("◆ event, with or without help  ○ no event")
        else:
            shared = min(treated, view.compared)
            titles = [f"{view.compared_name}: {view.compared} of 100"]
            self._fill(0, view.compared, 0)
            self._fill(1, shared, treated - shared)
            extra = "◆ extra" if treated > view.compared else "(no ◆: no extra)"
            self._key.set_text(f"● as on comparator  {extra}  ○ no event")
        titles.append(f"{view.treated_name}: {treated} of 100")
        for text, words in zip(self._titles, titles, strict=True):
            short = (
                words.removesuffix(" of 100") if shorten(words, self._room, self._text) != words else words
            )
            text.set_text(shorten(short, self._room, self._text))

    def _fill(self, panel: int, circles: int, diamonds: int) -> None:
        people = np.array([(number % 10, number // 10) for number in range(100)], dtype=float)
        parts = (people[:circles], people[circles : circles + diamonds], people[circles + diamonds :])
        for mark, part in zip(self._marks[panel], parts, strict=True):
            mark.set_data(part[:, 0], part[:, 1])


class IconArrays(IconPanels):
    """Drawing of an IconView: filled circles happened on the comparator too, diamonds are the treatment's extra."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.layers: Sequence[Sequence[Artist]] = ()
        side = round(look.width * (0.38 if look.presenting else 0.3))
        self.figure: Figure = new_figure(look, side + round(look.row_height * 3.4))
        super().__init__(self.figure, look, side)

    def update(self, view: IconView) -> int:
        """Place the icons; everything is static, so the whole picture is drawn again."""
        self.show(view)
        return 0
