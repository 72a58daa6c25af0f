"""A matplotlib figure that lives as long as its explorer and is shown as one picture with a text alternative.

The static parts are drawn once and kept; a step only restores them, draws the moving artists over them and sends the
picture. JupyterLab drops the text alternative of plain image outputs, so the picture is an ``<img alt>`` inside an
ipywidgets HTML of fixed size.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from itertools import chain
from typing import Any, Protocol

import ipywidgets as widgets
import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from migraine_lab.explore.painter import Painter
from migraine_lab.figures.style import CSS_DPI, Look


class Drawing(Protocol):
    """What a module of ``figures`` hands over: a figure, the artists that move, and a way to move them."""

    @property
    def look(self) -> Look:
        """How it was made to be shown."""

    @property
    def figure(self) -> Figure:
        """The figure, on an Agg canvas."""

    @property
    def layers(self) -> Sequence[Sequence[Artist]]:
        """Artists that move, in layers from back to front; everything else is static."""

    def update(self, view: Any) -> int:
        """Bring the artists to ``view``; return the lowest layer that changed, 0 for the static parts, 1 for layers[0]."""


class LiveFigure:
    """Shows a Drawing in ``widget``; ``show(view, alt)`` brings both up to date, as cheaply as the change allows."""

    def __init__(self, drawing: Drawing) -> None:
        self.widget = widgets.HTML()
        self.widget.add_class("ml-picture")
        self.png = b""
        self.alt = ""
        self.use(drawing)

    def use(self, drawing: Drawing) -> None:
        """Take another drawing (new size, theme or pixel ratio); the picture on screen stays until the next show()."""
        for artist in chain.from_iterable(drawing.layers):
            artist.set_animated(
                True
            )  # the canvas leaves animated artists out, so the kept background lacks them
        self.drawing = drawing
        self._kept: list[Any] = []  # the picture below each layer
        self._painter = Painter(drawing.look.palette)
        inches = drawing.figure.get_size_inches()
        self.width, self.height = (round(float(side) * CSS_DPI) for side in inches)

    def show(self, view: Any, alt: str) -> None:
        """Draw ``view`` and publish it with its text alternative. If drawing fails, the last good picture stays."""
        figure, layers = self.drawing.figure, self.drawing.layers
        canvas: Any = figure.canvas
        changed = self.drawing.update(view)
        if changed == 0 or not self._kept:
            changed = 0
            canvas.draw()
            self._kept = [canvas.copy_from_bbox(figure.bbox)]
        first = max(changed, 1)
        canvas.restore_region(self._kept[first - 1])
        del self._kept[first:]
        renderer = canvas.get_renderer()
        for layer in layers[first - 1 :]:
            for artist in layer:
                if artist.get_visible():
                    artist.draw(renderer)
            self._kept.append(canvas.copy_from_bbox(figure.bbox))
        self.png = self._painter.png(np.asarray(canvas.buffer_rgba()))
        self.alt = alt
        source = base64.b64encode(self.png).decode("ascii")
        # decoding="sync": the new picture is painted in the same frame that replaces the old one, so nothing blinks
        self.widget.value = (
            f'<img alt="{html.escape(alt, quote=True)}" width="{self.width}" height="{self.height}" decoding="sync"'
            f' style="max-width:100%;height:auto" src="data:image/png;base64,{source}">'
        )
