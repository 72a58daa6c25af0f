"""A claim's percentage against the count behind it: the interval comes from the people, not from the percent."""

from __future__ import annotations

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def printed_and_counted() -> tuple[float, pd.Series]:
    """Return the percentage that the claim quotes, and the row of its source with the counts."""
    claim = data.fact("claims", "c095")
    return float(claim["figure_percent"]), data.result("schwenk2018", "ketamine_iv", "fall_2_points")


def _range(events: float, n: float) -> tuple[float, float]:
    found = stats.proportion(float(events), float(n))
    return float(found.low), float(found.high)


def _truth() -> tuple[float, float]:
    _, row = printed_and_counted()
    return _range(row["events"], row["n"])


def _mistakes() -> list[Mistake]:
    quoted, row = printed_and_counted()
    events, n = float(row["events"]), float(row["n"])
    low, high = _truth()
    return [
        Mistake(
            "as if of a hundred",
            _range(quoted, 100),
            "A percentage looks like a hundred people. Fewer were treated: use the events and n of the source's row.",
        ),
        Mistake(
            "from the printed percentage",
            proportion_confint(quoted * n / 100, n, method="wilson"),
            "Near: you made a count from the printed percentage, and it is no whole number of people. Use the printed count.",
        ),
        Mistake(
            "normal interval",
            proportion_confint(events, n, method="normal"),
            "This is the normal interval. Ask proportion_confint for method='wilson'.",
        ),
        Mistake("limits swapped", (high, low), "The two ends are in the wrong order: the low end comes first."),
        Mistake(
            "who did not respond",
            _range(n - events, n),
            "That is the range for those who did not respond. Count those who did.",
        ),
        Mistake(
            "percent for proportion",
            (100 * low, 100 * high),
            "Right, but as percentages; the check wants proportions.",
        ),
    ]  # fmt: skip


def _praise(truth: tuple[float, float]) -> str:
    quoted, row = printed_and_counted()
    return (
        f"{100 * truth[0]:.0f} to {100 * truth[1]:.0f} %, from {int(row['events'])} of {int(row['n'])}. The quoted "
        f"{quoted:.0f} % lies inside, so the sentence is accurate enough. What it leaves out is against what, "
        "by which line and for how long."
    )


EXERCISE = Exercise(
    "10-figure",
    Numbers(("low", "high"), 0.002),
    _truth,
    _mistakes,
    "Not those. Give proportion_confint the events and n of the source's row, with method='wilson'.",
    _praise,
)
