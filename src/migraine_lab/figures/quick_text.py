"""One-line labels drawn through Pillow: a list of 25 rows has about 80, and matplotlib 3.11 needs milliseconds for each.

Both use FreeType and the same DejaVu fonts, so that quick and ordinary texts look alike.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.text import Text
from numpy.typing import NDArray
from PIL import ImageFont

FONTS = {"normal": "DejaVuSans.ttf", "italic": "DejaVuSans-Oblique.ttf"}
CAP_HEIGHT = 0.73
"""Height of DejaVu's capitals in ems; a line is centred on its capitals, so that all words of a row stand level."""
CENTRED = {"center": CAP_HEIGHT / 2, "bottom": -0.24, "top": CAP_HEIGHT}
"""Distance from the baseline down from the anchor, in ems, for each vertical alignment."""


@lru_cache(maxsize=8)
def _font(style: str, pixels: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(matplotlib.get_data_path(), "fonts", "ttf", FONTS[style]), pixels)


@lru_cache(maxsize=4096)
def _mask(words: str, style: str, pixels: float) -> tuple[NDArray[np.uint8], tuple[int, int]]:
    """Coverage (0-255) of the words, top row first, and the place of its upper left corner from the baseline's start."""
    font = _font(style, pixels)
    mask, offset = font.getmask2(words, mode="L", anchor="ls")
    columns, rows = mask.size
    return np.array(mask, dtype=np.uint8).reshape(rows, columns), (int(offset[0]), int(offset[1]))


def width(words: str, pixels: float) -> float:
    """Width of upright words in a font of ``pixels``, in pixels."""
    return float(_font("normal", pixels).getlength(words))


class QuickText(Text):
    """A matplotlib Text of one line; ``backing`` is the colour behind it, None for none."""

    backing: str | None = None

    def draw(self, renderer: Any) -> None:
        """Draw on an Agg canvas; other backends (print) get matplotlib's own text."""
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
            return
        words = self.get_text()
        if not self.get_visible() or not words:
            return
        pixels = float(self.get_fontsize()) * renderer.dpi / 72
        mask, (left, top) = _mask(words, self.get_fontstyle(), pixels)
        rows, columns = mask.shape
        x, y = self.get_transform().transform(self.get_unitless_position())
        x -= {"left": 0.0, "center": 0.5, "right": 1.0}[self.get_horizontalalignment()] * (columns + left)
        baseline = y - CENTRED[self.get_verticalalignment()] * pixels
        gc = renderer.new_gc()
        if self.backing:
            pad = round(pixels / 6)
            box = np.empty((rows + 2 * pad, columns + 2 * pad, 4), np.uint8)
            box[:] = _bytes(self.backing)
            renderer.draw_image(gc, round(x + left) - pad, round(baseline - top - rows) - pad, box)
        picture = np.empty((rows, columns, 4), np.uint8)
        picture[:] = _bytes(self.get_color())
        picture[..., 3] = mask
        renderer.draw_image(gc, round(x + left), round(baseline - top - rows), picture[::-1])
        gc.restore()


def _bytes(colour: Any) -> NDArray[np.uint8]:
    return np.round(255 * np.array(to_rgba(colour))).astype(np.uint8)
