"""From a drawn canvas to PNG bytes in a few milliseconds.

A picture of flat colours needs no true colour: one palette a theme holds the house's colours and their shades towards
the paper and the panel (soft edges), which makes the file a sixth as large. From one step to the next only the pixels
that changed are looked up.
"""

from __future__ import annotations

import io
from dataclasses import astuple
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.colors import to_rgb
from numpy.typing import NDArray
from PIL import Image

from migraine_lab.figures.style import Palette

SHADES = 11
"""Steps from a colour to what lies behind it, both ends counted."""


@lru_cache(maxsize=4)
def _colours(palette: Palette) -> tuple[bytes, NDArray[np.uint8]]:
    """Return the palette's bytes (R, G, B ...) and a table from 15-bit colours (5 bits each) to places in it."""
    marks = np.array([to_rgb(colour) for colour in astuple(palette)]) * 255
    steps = np.linspace(0, 1, SHADES)[:, None, None]
    behind = np.array([to_rgb(palette.paper), to_rgb(palette.panel)]) * 255
    shades = np.concatenate([(1 - steps) * marks + steps * ground for ground in behind]).reshape(-1, 3)
    chosen = np.unique(np.vstack([shades, behind]).round(), axis=0)[:256].astype(np.float32)
    cell = np.arange(32, dtype=np.float32) * 8 + 4
    cube = np.stack(np.meshgrid(cell, cell, cell, indexing="ij"), axis=-1).reshape(-1, 3)
    nearest = ((chosen**2).sum(axis=1) - 2 * cube @ chosen.T).argmin(
        axis=1
    )  # |c - p|^2 without the constant |c|^2
    return chosen.astype(np.uint8).tobytes(), nearest.astype(np.uint8)


class Painter:
    """Encodes the frames of one figure, each in the light of the one before."""

    def __init__(self, palette: Palette) -> None:
        self._palette, self._table = _colours(palette)
        self._pixels: NDArray[np.uint32] | None = None
        self._places: NDArray[np.uint8] = np.empty((0, 0), np.uint8)

    def png(self, rgba: NDArray[np.uint8]) -> bytes:
        """Return PNG bytes of a frame: uint8, height x width x 4, opaque."""
        pixels = np.ascontiguousarray(rgba).view("<u4")[..., 0]
        if self._pixels is None or self._pixels.shape != pixels.shape:
            self._places = self._look_up(pixels)
        else:
            changed = pixels != self._pixels
            self._places[changed] = self._look_up(pixels[changed])
        self._pixels = pixels.copy()
        picture: Any = Image.fromarray(self._places)
        picture.putpalette(self._palette)
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=1)
        return out.getvalue()

    def _look_up(self, pixels: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """Places in the palette of little-endian R, G, B, A pixels: the upper 5 bits of each colour choose."""
        return self._table[((pixels & 0xF8) << 7) | ((pixels & 0xF800) >> 6) | ((pixels & 0xF80000) >> 19)]
