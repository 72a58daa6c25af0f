"""How many more people of 100, with the range that fits, from the counts of two arms."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def arms() -> tuple[pd.Series, pd.Series]:
    """Return who had at least half fewer migraine days: on rimegepant, on placebo."""
    drug, placebo = (data.result("croop2021", arm, "responder_50") for arm in ("rimegepant_75", "placebo"))
    return drug, placebo


def _compared(measure: str = "RD") -> tuple[float, float, float]:
    drug, placebo = arms()
    found = stats.compare(
        float(drug["events"]),
        float(drug["n"]),
        float(placebo["events"]),
        float(placebo["n"]),
        measure=measure,
    )
    return float(found.estimate), float(found.low), float(found.high)


def _more() -> tuple[float, float, float]:
    gap, low, high = _compared()
    return 100 * gap, 100 * low, 100 * high


def _mistakes() -> list[Mistake]:
    more, low, high = _more()
    drug, _ = arms()
    ratio = _compared("RR")
    alone = stats.proportion(float(drug["events"]), float(drug["n"]))
    return [
        Mistake(
            "relative for absolute",
            tuple(100 * (part - 1) for part in ratio),
            "So many percent more than on placebo: of the placebo arm's own rate, not of 100 people. Take the difference of "
            "the two rates, not their ratio.",
        ),
        Mistake(
            "ratio",
            tuple(100 * part for part in ratio),
            "These are ratios in percent. Leave out measure=\"RR\": stats.compare then gives the difference.",
        ),
        Mistake("ratio", ratio, "These are ratios. Take the difference of the two rates, times 100."),
        Mistake(
            "proportion for people",
            (more / 100, low / 100, high / 100),
            "Right, but as proportions. People of 100 are wanted: multiply each by 100.",
        ),
        Mistake(
            "arms swapped",
            (-more, -high, -low),
            "Below nought: this is how many fewer there are on placebo. Take the treated arm first.",
        ),
        Mistake("limits swapped", (more, high, low), "The two ends are in the wrong order: the low end comes first."),
        Mistake(
            "one arm",
            (100 * float(alone.estimate), 100 * float(alone.low), 100 * float(alone.high)),
            "That is the rate on the drug with its interval. How many of them would have had it on placebo?",
        ),
    ]  # fmt: skip


def _praise(truth: tuple[float, float, float]) -> str:
    more, low, high = truth
    relative = 100 * (_compared("RR")[0] - 1)
    return (
        f"About {more:.0f} more of 100, and anything from {low:.1f} to {high:.0f} more fits. The same trial could be told as "
        f"“{relative:.0f} percent more responders”: true as well, and easily heard as {relative:.0f} of 100."
    )


EXERCISE = Exercise(
    "11-more",
    Numbers(("more of 100", "low", "high"), 0.5),
    _more,
    _mistakes,
    "Not those. The rate on rimegepant minus the rate on placebo, times 100, and its two ends in the same way.",
    _praise,
)
