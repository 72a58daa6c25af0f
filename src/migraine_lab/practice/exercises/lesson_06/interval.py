"""An interval for a series in which everybody responded."""

from __future__ import annotations

from typing import Any

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.words import count


def _four() -> pd.Series:
    return data.result("kim2023", "ketamine_iv", "pain_reduction_50")


def _interval() -> tuple[float, float]:
    row = _four()
    found = stats.proportion(row["events"], row["n"])
    return float(found.low), float(found.high)


def _interval_mistakes() -> list[Mistake]:
    low, high = _interval()
    row = _four()
    events, n = int(row["events"]), int(row["n"])
    wald = proportion_confint(events, n, method="normal")
    other = {
        method: proportion_confint(events, n, method=method)
        for method in ("agresti_coull", "beta", "jeffreys")
    }
    near = "That is a sound interval of another kind. Here Wilson's is asked for: method='wilson'."
    return [
        Mistake(
            "normal interval",
            wald,
            "This is the normal interval, the first choice of statsmodels. It says that four "
            "patients settle the "
            "matter. For small groups ask for method='wilson'.",
        ),
        Mistake(
            "percent for proportion",
            (100 * low, 100 * high),
            "The numbers are right, but as percentages; the check wants proportions between 0 and 1.",
        ),
        Mistake(
            "ends swapped",
            (high, low),
            "Both ends are right but in the wrong order: the low end comes first.",
        ),
        Mistake(
            "rounded too early",
            (round(low, 1), round(high, 1)),
            "Very near, but rounded too early: give the check the numbers as they were computed.",
        ),
        *(Mistake(f"{method} interval", value, near) for method, value in other.items()),
    ]


def _praise_interval(truth: Any) -> str:
    low, high = truth
    row = _four()
    return f"{count(row['events'], row['n'])} fits any true rate from {100 * low:.0f} to {100 * high:.0f} %."


EXERCISE = Exercise(
    "06-interval",
    Numbers(("low", "high"), 0.005),
    _interval,
    _interval_mistakes,
    "That is not the interval. The low end comes from proportion_confint(events, n, method='wilson').",
    _praise_interval,
)
