"""A stiff neck before the pain, out of those with early signs and out of everyone."""

from __future__ import annotations

from typing import Any

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.words import count


def _rows() -> tuple[pd.Series, pd.Series]:
    """The symptom among people with early signs, and early signs among everyone asked."""
    source = "prodrome_shanghai_prodrome2021"
    stiff = data.fact("symptoms", f"{source}_neck_stiffness")
    return stiff, data.fact("symptoms", f"{source}_any_premonitory_symptom")


def _counts() -> tuple[int, int, int]:
    """People with a stiff neck, people with early signs, everyone asked."""
    stiff, everyone = _rows()
    return round(stiff["percent"] * stiff["n"] / 100), int(stiff["n"]), int(everyone["n"])


def _wilson(events: int, n: int) -> tuple[float, float]:
    found = stats.proportion(events, n)
    return float(found.low), float(found.high)


def _interval() -> tuple[float, float]:
    stiff, _, everyone = _counts()
    return _wilson(stiff, everyone)


def _interval_mistakes() -> list[Mistake]:
    stiff, signs, everyone = _counts()
    low, high = _interval()
    part = "That is the interval among those who had early signs at all. Everyone who was asked stands in "
    return [
        Mistake("people with early signs only", _wilson(stiff, signs), f"{part}everyone['n']."),
        Mistake(
            "people with early signs only",
            proportion_confint(stiff, signs),
            f"{part}everyone['n']; and ask for method='wilson'.",
        ),
        Mistake(
            "any sign for one sign",
            _wilson(signs, everyone),
            "That is the interval for any early sign. Asked is the stiff neck: the first number is count.",
        ),
        Mistake(
            "normal interval",
            proportion_confint(stiff, everyone),
            "The right people, but the normal interval. Ask for Wilson's: method='wilson'.",
        ),
        Mistake(
            "percent for proportion",
            (100 * low, 100 * high),
            "The numbers are right, but as percentages; the check wants proportions between 0 and 1.",
        ),
        Mistake(
            "ends swapped", (high, low), "Both ends are right but in the wrong order: the low end first."
        ),
    ]


def _praise(truth: Any) -> str:
    low, high = truth
    stiff, signs, everyone = _counts()
    return (
        f"{count(stiff, everyone)} people fit any true share from {100 * low:.0f} to {100 * high:.0f} %. The paper "
        f"prints {count(stiff, signs)}: the same people, other company."
    )


EXERCISE = Exercise(
    "02-everyone",
    Numbers(("low", "high"), 0.002),
    _interval,
    _interval_mistakes,
    "Not that interval. The stiff necks are count, the people asked are everyone['n'], the method is 'wilson'.",
    _praise,
)
