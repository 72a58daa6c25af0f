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


class _Colours:
    """The colours of one theme, and for 15-bit colours (5 bits each) the place of the nearest of them."""

    def __init__(self, palette: Palette) -> None:
        marks = np.array([to_rgb(colour) for colour in astuple(palette)]) * 255
        steps = np.linspace(0, 1, SHADES)[:, None, None]
        behind = np.array([to_rgb(palette.paper), to_rgb(palette.panel)]) * 255
        shades = np.concatenate([(1 - steps) * marks + steps * ground for ground in behind]).reshape(-1, 3)
        self._chosen = np.unique(np.vstack([shades, behind]).round(), axis=0)[:256].astype(np.float32)
        self.palette = self._chosen.astype(np.uint8).tobytes()
        self._places = np.zeros(32768, np.uint8)
        self._known = np.zeros(32768, bool)

    def places(self, keys: NDArray[Any]) -> NDArray[np.uint8]:
        """Places of 15-bit colours; a colour is searched for when it first turns up, a few hundred in all."""
        seen = np.zeros(32768, bool)
        seen[keys.ravel()] = True
        fresh = np.flatnonzero(seen & ~self._known)
        if len(fresh):
            middle = (
                8.0 * np.column_stack([fresh >> 10, (fresh >> 5) & 31, fresh & 31]).astype(np.float32) + 4
            )
            distance = (self._chosen**2).sum(
                axis=1
            ) - 2 * middle @ self._chosen.T  # |c - p|^2 without the constant |p|^2
            self._places[fresh] = distance.argmin(axis=1)
            self._known[fresh] = True
        return self._places[keys]


@lru_cache(maxsize=4)
def _colours(palette: Palette) -> _Colours:
    return _Colours(palette)


class Painter:
    """Encodes the frames of one figure, each in the light of the one before."""

    def __init__(self, palette: Palette) -> None:
        self._colours = _colours(palette)
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
        picture.putpalette(self._colours.palette)
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=1)
        return out.getvalue()

    def _look_up(self, pixels: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """Places in the palette of little-endian R, G, B, A pixels: the upper 5 bits of each colour choose."""
        keys = ((pixels & 0xF8) << 7) | ((pixels & 0xF800) >> 6) | ((pixels & 0xF80000) >> 19)
        return self._colours.places(keys)
