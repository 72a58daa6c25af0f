"""A difference of two means with its interval, from means and standard deviations."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

Z = 1.96


def arms() -> tuple[pd.Series, pd.Series]:
    """Return pain after an hour: ketamine, then morphine."""
    drug, other = (
        data.result("meidany_nd", arm, "ketamine_pain_score", "60 min") for arm in ("ketamine_in", "morphine")
    )
    return drug, other


def _gap() -> tuple[float, float, float]:
    drug, other = arms()
    found = stats.mean_difference(
        drug["value"], drug["spread"], float(drug["n"]), other["value"], other["spread"], float(other["n"])
    )
    return float(found.estimate), float(found.low), float(found.high)


def _around(middle: float, se: float) -> tuple[float, float, float]:
    return middle, middle - Z * se, middle + Z * se


def _if_standard_errors() -> tuple[float, float, float]:
    """Return the interval that holds if the printed spreads are standard errors."""
    drug, other = arms()
    return _around(_gap()[0], (drug["spread"] ** 2 + other["spread"] ** 2) ** 0.5)


def _mistakes() -> list[Mistake]:
    drug, other = arms()
    gap, low, high = _gap()
    a, b, n, m = drug["spread"], other["spread"], float(drug["n"]), float(other["n"])
    se = (a**2 / n + b**2 / m) ** 0.5
    return [
        Mistake(
            "spread for uncertainty",
            _if_standard_errors(),
            "This is how far single people lie apart. A mean of many is surer than one person: "
            "divide each squared spread by the n of its arm.",
        ),
        Mistake(
            "arms swapped",
            (-gap, -high, -low),
            "The difference is turned round: take ketamine minus morphine, so that below 0 means less pain on ketamine.",
        ),
        Mistake("limits swapped", (gap, high, low), "The two ends are in the wrong order: the low end comes first."),
        Mistake(
            "one standard error",
            (gap, gap - se, gap + se),
            "The interval is too narrow: it reaches one standard error to each side. A 95 % interval reaches 1.96 of them.",
        ),
        Mistake(
            "both arms as one group",
            _around(gap, ((a**2 + b**2) / (n + m)) ** 0.5),
            "You divided by the people of both arms together. Each arm's mean rests on its own people only.",
        ),
        Mistake(
            "spread not squared",
            _around(gap, (a / n + b / m) ** 0.5),
            "Spreads do not add up, their squares do: use spread ** 2 / n.",
        ),
        Mistake(
            "scale of 100",
            tuple(10 * part for part in (gap, low, high)),
            "The numbers are ten times too large: this paper's scale ends at 10.",
        ),
    ]  # fmt: skip


def _praise(truth: tuple[float, float, float]) -> str:
    gap, low, high = truth
    _, least, most = _if_standard_errors()
    return (
        f"{abs(gap):.2f} of 10 less pain on ketamine; {abs(high):.2f} to {abs(low):.2f} less fits, if the printed spreads are "
        f"standard deviations. If they are standard errors, anything from {abs(least):.1f} less to {most:.1f} more fits. The "
        "abstract does not say which they are."
    )


EXERCISE = Exercise(
    "09-spread",
    Numbers(("difference", "low", "high"), 0.01),
    _gap,
    _mistakes,
    (
        "Not those. The standard error of the difference is the square root of spread ** 2 / n, summed over the arms; "
        "the interval reaches 1.96 of them to each side."
    ),
    _praise,
)
