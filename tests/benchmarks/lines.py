"""Lines of the benchmark's table: a measured figure, what it is compared with, the budget and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

HEADINGS = ("what", "median", "p95", "compared with", "its median", "ratio", "budget", "")


@dataclass(frozen=True)
class Timing:
    """Times in milliseconds of one thing done many times."""

    name: str
    times: tuple[float, ...]

    @classmethod
    def of(cls, name: str, seconds: Sequence[float]) -> Timing:
        """Make one from seconds."""
        return cls(name, tuple(1000 * one for one in seconds))

    @property
    def median(self) -> float:
        """Middle time, ms."""
        return float(np.median(self.times))

    @property
    def p95(self) -> float:
        """Time that one in twenty exceeds, ms."""
        return float(np.percentile(self.times, 95))


@dataclass(frozen=True)
class Line:
    """One comparison; ``budget`` is the largest allowed ratio of medians, None where nothing is promised."""

    what: Timing
    against: Timing
    budget: float | None = None

    @property
    def ratio(self) -> float:
        """Median over the other's median."""
        return self.what.median / self.against.median

    @property
    def kept(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        return None if self.budget is None else self.ratio <= self.budget

    def cells(self) -> tuple[str, ...]:
        """The line's texts, in the order of HEADINGS."""
        budget = "none set" if self.budget is None else f"<= {self.budget:.3f}"
        verdict = {True: "KEPT", False: "BROKEN", None: ""}[self.kept]
        return (
            self.what.name,
            f"{self.what.median:.1f} ms",
            f"{self.what.p95:.1f} ms",
            self.against.name,
            f"{self.against.median:.1f} ms",
            f"{self.ratio:.3f}",
            budget,
            verdict,
        )


def table(title: str, lines: Sequence[Line]) -> str:
    """Lay lines out as text, with the number of repeats of each side."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    body = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    repeats = ", ".join(sorted({str(len(one.times)) for line in lines for one in (line.what, line.against)}))
    return "\n".join([f"{title} (repeats: {repeats})", body[0], "-" * len(body[0]), *body[1:]])
