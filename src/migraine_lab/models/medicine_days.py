"""Days a month with a class of medicine for attacks, as far as the answers fix them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

SIMPLE = ("paracetamol_days", "aspirin_days", "nsaid_days")
CLASSES = ("ergotamine_days", "triptan_days", "simple", "opioid_days", "combination_days")
"""Classes of attack medicine; a combination painkiller is made of two that 8.2.6 names, so its days count there too."""


def days_with(answers: Mapping[str, Any], name: str) -> tuple[float, float] | tuple[None, None]:
    """Least and most days a month with a class of medicine that fit what is known; days of two medicines may coincide."""
    said, whole = answers.get(name), answers["any_medicine_days"]
    if name == "simple":
        said = answers["simple_painkiller_days"]
        low, high = _together([answers[one] for one in SIMPLE])
    elif name == "any":
        said = whole
        low, high = _together([days_with(answers, one)[0] for one in CLASSES])
        high = None if any(days_with(answers, one)[1] is None for one in CLASSES) else high
    else:
        low, high = None, None
        if name in SIMPLE and answers["simple_painkiller_days"] is not None:
            high = answers["simple_painkiller_days"]
    if said is not None:
        return said, said
    ends = [end for end in (high, whole) if end is not None]
    if low is None and not ends:
        return None, None
    return low or 0.0, min(ends) if ends else math.inf


def _together(days: list[float | None]) -> tuple[float | None, float | None]:
    known = [one for one in days if one is not None]
    return (max(known) if known else None), (sum(known) if len(known) == len(days) else None)
