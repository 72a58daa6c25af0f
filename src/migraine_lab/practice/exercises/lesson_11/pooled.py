"""One difference from three trials, each weighted by how sure it is."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def trials() -> pd.DataFrame:
    """Return the trials of one dose of rimegepant, pain freedom at 2 h, with columns a, b (proportions) and variance."""
    rows = data.comparisons()
    alike = (rows["endpoint"] == "Pain freedom, 2 h") & (rows["dose"] == "75 mg")
    rows = rows[alike & (rows["treatment_id"] == "rimegepant")]
    a, b = rows["events"] / rows["n"], rows["comparator_events"] / rows["comparator_n"]
    variance = a * (1 - a) / rows["n"] + b * (1 - b) / rows["comparator_n"]
    return rows.assign(a=a, b=b, variance=variance)


def _weighted(rows: pd.DataFrame, weight: pd.Series) -> float:
    return float(100 * (weight * (rows["a"] - rows["b"])).sum() / weight.sum())


def _truth() -> float:
    rows = trials()
    return _weighted(rows, 1 / rows["variance"])


def _mistakes() -> list[Mistake]:
    rows = trials()
    added = rows[["events", "n", "comparator_events", "comparator_n"]].sum()
    return [
        Mistake(
            "weights turned over",
            _weighted(rows, rows["variance"]),
            "The least sure trial counts most in this. A large variance means unsure: the weight is 1 / variance.",
        ),
        Mistake(
            "plain mean",
            float(100 * (rows["a"] - rows["b"]).mean()),
            "Every trial counts the same in this, the small one as much as the large ones. Weight each by 1 / variance.",
        ),
        Mistake(
            "one big trial",
            float(100 * (added["events"] / added["n"] - added["comparator_events"] / added["comparator_n"])),
            "This takes all people as if they had been in one trial (or weights by people). Each trial is compared with its "
            "own placebo arm first; then the differences are weighted by 1 / variance.",
        ),
        Mistake(
            "standard error as weight",
            _weighted(rows, rows["variance"] ** -0.5),
            "Near: that is 1 divided by the standard error. The weight is 1 / variance, its square.",
        ),
        Mistake("proportion for people", _truth() / 100, "Right, but as a proportion; the check wants people of 100."),
        Mistake("arms swapped", -_truth(), "The sign is turned: take rimegepant minus placebo."),
    ]  # fmt: skip


def _praise(truth: float) -> str:
    rows = trials()
    share = (1 / rows["variance"]) / (1 / rows["variance"]).sum()
    last = rows.loc[share.idxmin()]
    return (
        f"{truth:.1f} more of 100. The trial with the largest difference, {last['study']}, is the least sure and carries "
        f"{100 * share.min():.0f} % of the weight. This takes the trials as three looks at one truth (fixed effect); the brief "
        "also allows that their truths differ (random effects) and pools ratios, so its middle is a little different."
    )


EXERCISE = Exercise(
    "11-pooled",
    Numbers(("more of 100",), 0.05),
    _truth,
    _mistakes,
    "Not that. Multiply each difference by 1 / variance, add up, and divide by the sum of the weights.",
    _praise,
)
