"""Controls for one person's features: each can be left open, for what is not known is not the same as no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ipywidgets as widgets

from migraine_lab.explore.controls import STYLE, wide
from migraine_lab.models.features import Feature

NOT_KNOWN = "not known"
YES_NO = [(NOT_KNOWN, NOT_KNOWN), ("yes", True), ("no", False)]
STEPS = {
    "years": (*range(1, 18), *range(18, 91, 2)),
    "attacks": (*range(21), 30, 50, 100, 200, 500),
    "h": (0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12, 18, 24, 36, 48, 60, 72, 73, 80, 96, 120, 168, 240),
    "min": (1, 2, 3, 4, 5, 10, 15, 20, 30, 45, 60, 61, 90, 120, 240, 1440),
    "days/month": (0, 0.5, *range(1, 32)),
    "months": (*range(13), 18, 24, 36, 60, 120),
    "grade": (1, 2, 3, 4),
    "attacks/day": (0.1, 0.25, 0.5, *range(1, 11)),
    "bouts": tuple(range(11)),
    "days": (1, 3, 7, 14, 28, 42, 60, 90, 180, 365, 400),
}
"""Steps of the sliders by unit; what the thresholds and the written cases need besides is added to them."""
GRADES = {1: "mild", 2: "moderate", 3: "severe", 4: "very severe"}


def control(feature: Feature, needed: Iterable[Any] = ()) -> widgets.Widget:
    """Return a list (not known, yes, no) or a slider that begins at "not known"; ``needed`` are further steps it must have."""
    if feature.kind == "yes_no":
        made: widgets.Widget = widgets.Dropdown(
            description=feature.short, options=YES_NO, style=STYLE, layout=wide()
        )
    else:
        steps = sorted(
            {float(one) for one in (*STEPS[feature.unit], *needed) if feature.low <= one <= feature.high}
        )
        made = widgets.SelectionSlider(
            description=feature.short, options=[(NOT_KNOWN, NOT_KNOWN), *((_say(one, feature), one) for one in steps)],
            style=STYLE, layout=wide("380px"),
        )  # fmt: skip
    made.tooltip = feature.question
    return made


def _say(number: float, feature: Feature) -> str:
    if feature.unit == "grade":
        return GRADES[round(number)]
    unit = {"attacks/day": "a day", "days/month": "", "attacks": "", "bouts": ""}.get(
        feature.unit, feature.unit
    )
    return f"{number:g} {unit}".strip()


def answer(value: Any) -> Any:
    """Return a control's value as the model takes it: None for what is not known."""
    return None if value == NOT_KNOWN else value


def value(known: Mapping[str, Any], name: str) -> Any:
    """Return what a control shows for a person of whom ``known`` is told."""
    told = known.get(name)
    return NOT_KNOWN if told is None else told if isinstance(told, bool) else float(told)
