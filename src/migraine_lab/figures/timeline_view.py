"""What a timeline shows: attacks in hours from the onset of the pain, a hundred others, an hour; and its axis in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

PHASES = ("prodrome", "aura", "headache", "postdrome")
NAMES = {name: name.capitalize() for name in PHASES} | {"interictal": "No phase"}
EDGE = 48.0
"""Hours at both ends of the axis."""
TICKS = {
    True: (-48, -24, -12, -6, -3, -1, 0, 1, 3, 6, 12, 24, 48),
    False: (-48, -36, -24, -12, 0, 12, 24, 36, 48),
}
STYLES: dict[str, Any] = {
    "prodrome": (0, (1, 1.4)),
    "aura": (0, (5, 1.5, 1, 1.5)),
    "headache": "solid",
    "postdrome": (0, (4, 2)),
    "interictal": "solid",
}
FILL = 0.34
"""How much of a phase's colour its bar takes: pale enough for a reader in pain, with a full-coloured edge."""

Curve = NDArray[np.float64]


def stretched(hours: Any, wide: bool = True) -> Any:
    """Place of hours on the axis: as they are, or spread out around the onset (inverse hyperbolic sine of hours)."""
    return np.arcsinh(hours) if wide else np.asarray(hours, dtype=float)


@dataclass(frozen=True)
class Bars:
    """One attack: spans in hours by phase (absent ones left out), pain (0..1) over ``curve_hours``, end of mild pain."""

    name: str
    spans: Mapping[str, tuple[float, float]]
    curve_hours: Curve
    pain: Curve
    mild_until: float | None = None


@dataclass(frozen=True)
class TimelineView:
    """What is shown: one or two attacks, the outline's spans, a hundred attacks counted at ``crowd_hours``, an hour.

    ``counts`` are of the hundred at the hour; ``treated`` is the text of early and of late treatment, or None.
    """

    attacks: tuple[Bars, ...]
    outline: Mapping[str, tuple[float, float]]
    crowd_hours: Curve
    crowd: Mapping[str, Curve]
    hour: float
    hour_words: str
    counts: Mapping[str, int] = field(default_factory=dict)
    treated: tuple[str, str] | None = None
    wide: bool = True


def length(hours: float) -> str:
    """Write a duration for people: '35 min', '1.5 h', '26 h'."""
    if hours < 1:
        return f"{60 * hours:.0f} min"
    return f"{hours:.1f} h" if hours < 9.95 else f"{hours:.0f} h"
