"""A matplotlib figure that lives as long as its explorer and is shown as one picture with a text alternative.

The static parts are drawn once and kept; a step only restores them, draws the moving artists over them and sends the
picture. JupyterLab drops the text alternative of plain image outputs, so the picture is an ``<img alt>`` inside an
ipywidgets HTML of fixed size.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Sequence
from typing import Any, Protocol

import ipywidgets as widgets
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from PIL import Image

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
    def moving(self) -> Sequence[Artist]:
        """Artists that a step redraws; everything else is kept."""

    def update(self, view: Any) -> bool:
        """Move the artists to ``view``; return True when static parts changed as well."""


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
        for artist in drawing.moving:
            artist.set_animated(
                True
            )  # the canvas leaves animated artists out, so the kept background lacks them
        self.drawing = drawing
        self._background: Any = None
        inches = drawing.figure.get_size_inches()
        self.width, self.height = (round(float(side) * CSS_DPI) for side in inches)

    def show(self, view: Any, alt: str) -> None:
        """Draw ``view`` and publish it with its text alternative. If drawing fails, the last good picture stays."""
        canvas: Any = self.drawing.figure.canvas
        if self.drawing.update(view) or self._background is None:
            canvas.draw()
            self._background = canvas.copy_from_bbox(self.drawing.figure.bbox)
        else:
            canvas.restore_region(self._background)
        renderer = canvas.get_renderer()
        for artist in sorted(self.drawing.moving, key=lambda one: one.get_zorder()):
            if artist.get_visible():
                artist.draw(renderer)
        self.png = _encode(canvas)
        self.alt = alt
        source = base64.b64encode(self.png).decode("ascii")
        # decoding="sync": the new picture is painted in the same frame that replaces the old one, so nothing blinks
        self.widget.value = (
            f'<img alt="{html.escape(alt, quote=True)}" width="{self.width}" height="{self.height}" decoding="sync"'
            f' style="max-width:100%;height:auto" src="data:image/png;base64,{source}">'
        )


def _encode(canvas: Any) -> bytes:
    """PNG bytes of an Agg canvas, in 256 colours: a flat picture loses nothing that shows, and takes a sixth of the bytes."""
    width, height = canvas.get_width_height(physical=True)
    picture = Image.frombuffer("RGBA", (width, height), canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert(
        "RGB"
    )
    out = io.BytesIO()
    picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", compress_level=1
    )
    return out.getvalue()
