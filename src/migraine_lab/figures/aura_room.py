"""Where the parts of the aura's picture stand, in CSS pixels: maps above the curve on a page, all in a row on a slide."""

from __future__ import annotations

from migraine_lab.figures.quick_text import width as text_width
from migraine_lab.figures.style import CSS_DPI, Look

Box = tuple[float, float, float, float]
KEY = 26
"""Width of a key of the legend."""


class Room:
    """Boxes (left, top, width, height) of the panels and places of their words for one look."""

    def __init__(self, look: Look) -> None:
        width = look.width
        self.presenting, self.narrow = look.presenting, width < 860
        self.pixels = look.text / 72 * CSS_DPI
        self.line = round(look.text * 1.9)
        self.mark = 7.0 if look.presenting else 5.0
        self.labelled = (2, 10, 60) if look.presenting else (1, 2, 5, 10, 20, 60)
        self.field_labels = (5, 20) if look.presenting else (2, 5, 10, 20, 40)
        line = self.line
        if look.presenting:
            self.height = 330
            tall = self.height - 2 * line - 6
            self.cortex: Box = (0, line, 420, tall)
            self.field: Box = (460, line + 2, tall, tall)
            self.titles = [(6.0, line / 2), (460.0, line / 2)]
            self.now = (800.0, line / 2)
            self.legend_at = (6.0, self.height - line / 2)
            left = 850.0
            self.curve: Box = (left, line + 6, width - left - 20, 94)
            self.rows: Box = (left, line + 108, width - left - 20, 3 * 38.0)
            self.bar_at = 0.86
        else:
            tall = round(min(0.36 * width, 330))
            self.cortex = (0, line, width - tall - 40, tall)
            self.field = (width - tall - 8, line, tall, tall)
            self.titles = [(6.0, line / 2), (width - tall - (60.0 if self.narrow else 8.0), line / 2)]
            self.legend_at = (6.0, line + tall + 0.9 * line)
            top = tall + 2.9 * line
            self.now = (6.0, top + 0.4 * line)
            left = max(306.0, round(0.36 * width))
            self.curve = (left, top, width - left - 24, 120)
            self.rows = (left, top + 128, width - left - 24, 3 * 22.0)
            self.height = round(top + 128 + 66 + 2.2 * line)
            self.bar_at = 0.5

    def title_words(self, left: bool) -> tuple[str, str]:
        """Titles of the two maps; each half of the field is seen by the opposite half of the brain."""
        side = "right" if left else "left"
        if self.presenting:
            return f"Cortex, {side} side, laid flat", "Field of vision"
        below = "" if self.narrow else " (upper field lies below)"
        return f"Visual cortex, {side} side, laid flat{below}", "Field of vision, looking at the cross"

    def now_words(self, minutes: float, degrees: float | None) -> str:
        """Words over the curve; ``degrees`` is None once the front has left the map."""
        if degrees is None:
            return f"Minute {minutes:g}: past the map"
        return f"Minute {minutes:g}: {degrees:.0f}° from the centre"

    def legend_words(self, lasting: str) -> tuple[str, str, str]:
        """Words beside the keys; ``lasting`` is how long cells behind the front stay depolarised ("up to 2 min")."""
        if self.presenting:
            return "front", "cells without charge", "where it started"
        return (
            "front",
            f"behind it, {lasting}: cells without their charge",
            "start" if self.narrow else "where it started",
        )

    def legend(self, lasting: str) -> list[tuple[float, float]]:
        """Places of the keys, one after the other."""
        x, y = self.legend_at
        places = []
        for words in self.legend_words(lasting):
            places.append((x, y))
            x += KEY + 8 + text_width(words, self.pixels) + 24
        return places

    def row_label(self, line: int) -> tuple[float, float]:
        """Place of the words of a line of reported times: left of its bar on a page, above it on a slide."""
        left, top, _, height = self.rows
        row = height / 3
        return (left + 4, top + (line + 0.4) * row) if self.presenting else (6.0, top + (line + 0.5) * row)
