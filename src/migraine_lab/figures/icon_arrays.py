"""Two groups of 100 people: what happened on the comparator, what happened on the treatment, what the difference is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from migraine_lab.figures.style import Look, new_figure, place, write


@dataclass(frozen=True)
class IconView:
    """People of 100 with the event in each arm (whole numbers, None where there is no such arm) and the arms' names."""

    treated: int
    compared: int | None
    treated_name: str
    compared_name: str


class IconArrays:
    """Drawing of an IconView: filled circles happened on the comparator too, diamonds are the treatment's extra."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.layers: Sequence[Sequence[Artist]] = ()
        row = look.row_height
        side = round(look.width * (0.38 if look.presenting else 0.3))
        self.figure: Figure = new_figure(look, side + round(row * 3.4))
        gap = (look.width - 2 * side) / 3
        self._panels = [
            place(self.figure, gap, row * 1.2, side, side),
            place(self.figure, 2 * gap + side, row * 1.2, side, side),
        ]
        colours = look.palette
        size = (side / 10 * 0.5) ** 2
        self._marks = []
        for axes in self._panels:
            axes.set_axis_off()
            axes.set_xlim(-0.5, 9.5)
            axes.set_ylim(9.5, -0.5)
            styles = (
                ("o", colours.comparator, colours.comparator),
                ("D", colours.treatment, colours.treatment),
                ("o", "none", colours.muted),
            )
            self._marks.append(
                [
                    axes.scatter(
                        [],
                        [],
                        s=size * (0.8 if marker == "D" else 1),
                        marker=marker,
                        facecolors=face,
                        edgecolors=edge,
                    )
                    for marker, face, edge in styles
                ]
            )
        height = side + row * 3.4
        middles = (gap + side / 2, 2 * gap + 1.5 * side)
        self._titles = [write(self.figure, x, row * 0.6, look, ha="center") for x in middles]
        self._key = write(self.figure, look.width / 2, height - row, look, ha="center", color=colours.muted)

    def update(self, view: IconView) -> int:
        """Place the icons; everything is static, so the whole picture is drawn again."""
        for axes in self._panels:
            axes.set_visible(True)
        treated = view.treated
        if view.compared is None:
            self._panels[0].set_visible(False)
            self._titles[0].set_text("no comparator in this study")
            self._fill(1, 0, treated)
            self._key.set_text("◆ event, with or without help  ○ no event")
        else:
            shared = min(treated, view.compared)
            self._titles[0].set_text(f"{view.compared_name}: {view.compared} of 100")
            self._fill(0, view.compared, 0)
            self._fill(1, shared, treated - shared)
            extra = "◆ extra" if treated > view.compared else "(no ◆: no extra)"
            self._key.set_text(f"● as on comparator  {extra}  ○ no event")
        self._titles[1].set_text(f"{view.treated_name}: {treated} of 100")
        return 0

    def _fill(self, panel: int, circles: int, diamonds: int) -> None:
        people = np.array([(number % 10, number // 10) for number in range(100)], dtype=float)
        parts = (people[:circles], people[circles : circles + diamonds], people[circles + diamonds :])
        for mark, part in zip(self._marks[panel], parts, strict=True):
            mark.set_offsets(part)
