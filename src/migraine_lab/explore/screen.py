"""What the kernel cannot see by itself: the page's theme, pixel ratio, room, and whether a slide show is running."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from migraine_lab.figures.style import Look

PAGE_WIDTHS = (640, 1100)
"""Narrowest and widest picture on a page, CSS pixels: below, labels no longer fit; above, eyes travel too far."""
SLIDE_WIDTH = 1180
"""Width of a picture on a slide, CSS pixels: our slide settings leave 1200 of a 1280 pixel screen."""


FRAME = 56
"""Border and padding of explorer and tab around a picture on a page, CSS pixels."""


class Screen(anywidget.AnyWidget):
    """An invisible widget inside an explorer that reports the page and names the controls for screen readers."""

    _esm = Path(__file__).with_name("screen.js")

    page = traitlets.Dict().tag(sync=True)
    """ratio (device pixels per CSS pixel), dark, presenting, width (CSS pixels of room); empty before the first report."""

    def look(self) -> Look:
        """Return the look that fits the page as last reported (a plain light page before the first report)."""
        page = self.page
        if not page:
            return Look()
        narrow, wide = PAGE_WIDTHS
        width = SLIDE_WIDTH if page["presenting"] else min(wide, max(narrow, int(page["width"]) - FRAME))
        return Look(dark=page["dark"], presenting=page["presenting"], width=width, ratio=float(page["ratio"]))
