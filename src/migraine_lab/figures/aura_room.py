"""Where the parts of the aura's picture stand, in CSS pixels: maps above the curve on a page, all in a row on a slide."""

from __future__ import annotations

from migraine_lab.figures.style import Look

Box = tuple[float, float, float, float]


class Room:
    """Boxes (left, top, width, height) of the panels and places of their words for one look."""

    def __init__(self, look: Look) -> None:
        width = look.width
        self.presenting = look.presenting
        self.line = round(look.text * 1.9)
        self.mark = 7.0 if look.presenting else 5.0
        self.labelled = (2, 10, 60) if look.presenting else (1, 2, 5, 10, 20, 40, 60)
        self.field_labels = (5, 10, 20, 60) if look.presenting else (2, 5, 10, 20, 40, 60)
        line = self.line
        if look.presenting:
            self.height = 330
            tall = self.height - 2 * line - 8
            self.cortex: Box = (0, line, 400, tall + line)
            self.field: Box = (415, line + 6, tall + 16, tall + 16)
            self.titles = [(6.0, line / 2), (415.0, line / 2), (770.0, line / 2)]
            self.legend = [
                (415.0, self.height - line / 2),
                (6.0, self.height - line / 2),
                (250.0, self.height - line / 2),
            ]
            left = 830.0
            self.curve: Box = (left, line + 6, width - left - 20, 96)
            self.rows: Box = (left, line + 112, width - left - 20, 3 * 34.0)
            self.bar_at = 0.85
        else:
            tall = round(min(0.36 * width, 330))
            self.cortex = (0, line, width - tall - 40, tall)
            self.field = (width - tall - 8, line, tall, tall)
            self.titles = [(6.0, line / 2), (width - tall - 8.0, line / 2), (6.0, tall + 2.9 * line)]
            low = line + tall + 0.6 * line
            third = width / 3
            self.legend = [(6.0, low), (6.0 + 0.8 * third, low), (6.0 + 2.25 * third, low)]
            left = round(0.40 * width)
            top = tall + 2.5 * line
            self.curve = (left, top, width - left - 24, 120)
            self.rows = (left, top + 128, width - left - 24, 3 * 22.0)
            self.height = round(top + 128 + 66 + 2.2 * line)
            self.bar_at = 0.5

    def legend_words(self, silent: str) -> tuple[str, str, str]:
        """Words beside the keys; ``silent`` is how long the band behind the front lasts ("up to 2 min")."""
        if self.presenting:
            return "front", "silent just behind it", "start"
        return "front: cells fire", f"behind it, {silent}: cells silent", "where it started"

    def title_words(self, left: bool) -> tuple[str, str, str]:
        """Titles of the three panels; each half of the field is seen by the opposite half of the brain."""
        if self.presenting:
            return "Cortex, laid flat", "Field of vision", "Degrees from the centre"
        side = "right" if left else "left"
        return (
            f"Visual cortex, {side} side, laid flat (upper field lies below)",
            "Field of vision, looking at the cross",
            "Degrees from the centre, by the minute",
        )

    def row_label(self, line: int) -> tuple[float, float]:
        """Place of the words of a line of reported times: left of its bar on a page, above it on a slide."""
        left, top, _, height = self.rows
        row = height / 3
        return (left + 4, top + (line + 0.38) * row) if self.presenting else (6.0, top + (line + 0.5) * row)
