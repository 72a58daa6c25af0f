"""A number needed to treat belongs to a placebo rate: the same ratio in people of whom fewer respond."""

from __future__ import annotations

import math

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def _rates() -> tuple[float, float]:
    """Return (placebo rate, ratio) of the two onabotulinumtoxinA trials together."""
    drug, placebo = (data.result("dodick2010", arm, "responder_50") for arm in ("onabot", "placebo"))
    found = stats.compare(drug["events"], drug["n"], placebo["events"], placebo["n"], measure="RR")
    return float(placebo["events"] / placebo["n"]), float(found.estimate)


def _needed() -> tuple[float, float]:
    risk, ratio = _rates()
    return 1 / (risk * ratio - risk), 1 / (risk / 2 * ratio - risk / 2)


def _mistakes() -> list[Mistake]:
    risk, ratio = _rates()
    here, there = _needed()
    return [
        Mistake(
            "ratio for difference",
            (1 / (ratio - 1), 1 / (ratio - 1)),
            "You divided 1 by what the ratio adds, so the placebo rate left no trace. The number needed to "
            "treat comes from the difference: risk * ratio - risk.",
        ),
        Mistake(
            "difference carried over",
            (here, here),
            "Both numbers are those of the trial. With half the placebo rate the same ratio gives half the "
            "difference.",
        ),
        Mistake(
            "placebo forgotten",
            (1 / (risk * ratio), 1 / (risk / 2 * ratio)),
            "You divided 1 by the rate on the drug. Some would have responded on placebo: subtract risk.",
        ),
        Mistake(
            "difference for NNT",
            (1 / here, 1 / there),
            "These are the differences. The number needed to treat is 1 divided by each.",
        ),
        Mistake("order swapped", (there, here), "Both are right but in the wrong order: the trial's first."),
        Mistake(
            "percent for proportion",
            (here / 100, there / 100),
            "A hundred times too small: you divided 1 by points. Divide 1 by the difference of proportions.",
        ),
        Mistake(
            "signs turned",
            (-here, -there),
            "The numbers are negative: the arms are swapped. Take the rate on the drug minus that on placebo.",
        ),
    ]


EXERCISE = Exercise(
    "07-nnt",
    Numbers(("in the trials", "at half the placebo rate"), 0.01, relative=True),
    _needed,
    _mistakes,
    "Not those. The rate on the drug is risk * ratio; subtract risk, then divide 1 by it, for each of the two.",
    lambda truth: (
        f"The same ratio means one more responder among {math.ceil(truth[0])} treated in the trials, and among "
        f"{math.ceil(truth[1])} where placebo does half as much. Both hold only if the ratio carries over."
    ),
)
