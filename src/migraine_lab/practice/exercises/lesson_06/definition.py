"""What the definition moves: the rate, or the advantage over placebo."""

from __future__ import annotations

import pandas as pd

from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.exercises.lesson_06.rows import against_placebo


def both_endpoints() -> pd.DataFrame:
    """Return the treated arms with relief and freedom at two hours against placebo: columns (what, outcome).

    ``percent`` is the rate on treatment, ``gain`` that rate minus the rate on placebo, both in points.
    """
    rows = against_placebo(["pain_relief", "pain_free"])
    rows = rows.assign(gain=rows["percent"] - rows["comparator_percent"])
    return rows.pivot_table(index=["study", "arm"], columns="outcome", values=["percent", "gain"]).dropna()


def _falls() -> tuple[pd.Series, pd.Series]:
    table = both_endpoints()
    return tuple(table[what]["Pain relief"] - table[what]["Pain freedom"] for what in ("percent", "gain"))


def _moves() -> tuple[float, float]:
    rate, gain = _falls()
    return float(rate.median()), float(gain.median())


def _definition_mistakes() -> list[Mistake]:
    rate, gain = _falls()
    first, second = _moves()
    return [
        Mistake(
            "rate twice",
            (first, first),
            "Both numbers are the fall of the rate. For the second one subtract the placebo arm first: "
            "percent - comparator_percent.",
        ),
        Mistake("order swapped", (second, first), "Both are right but in the wrong order: first the rate."),
        Mistake("signs turned", (-first, -second), "The signs are turned: take relief minus freedom."),
        Mistake(
            "mean for median",
            (float(rate.mean()), float(gain.mean())),
            "These are the means. Asked are the medians, which a single odd trial cannot pull away.",
        ),
        Mistake(
            "proportion for percent",
            (first / 100, second / 100),
            "The numbers are right, but as proportions; the check wants points (0 to 100).",
        ),
    ]


EXERCISE = Exercise(
    "06-definition",
    Numbers(("fall of the rate", "fall of the advantage"), 0.05),
    _moves,
    _definition_mistakes,
    (
        "Not those. For each arm take relief minus freedom, once with percent, once with gain, "
        "then the medians."
    ),
    lambda truth: (
        f"The rate falls by {truth[0]:.0f} points, the advantage over placebo by only {truth[1]:.0f}: "
        "placebo arms fall too."
    ),
)
