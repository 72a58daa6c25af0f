"""Number needed to treat with its interval."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def _strive() -> tuple[pd.Series, pd.Series]:
    drug = data.result("goadsby2017", "erenumab_140", "responder_50")
    return drug, data.result("goadsby2017", "placebo", "responder_50")


def _needed() -> tuple[float, float, float]:
    drug, placebo = _strive()
    found = stats.compare(drug["events"], drug["n"], placebo["events"], placebo["n"])
    return float(found.nnt), float(found.nnt_low), float(found.nnt_high)


def _needed_mistakes() -> list[Mistake]:
    drug, placebo = _strive()
    nnt, low, high = _needed()
    difference = (1 / nnt, 1 / high, 1 / low)
    treated = 1 / stats.proportion(drug["events"], drug["n"]).estimate
    ratio = stats.compare(drug["events"], drug["n"], placebo["events"], placebo["n"], measure="RR")
    return [
        Mistake(
            "difference for NNT",
            difference,
            (
                "These are the difference and its interval. The number needed to treat is 1 divided "
                "by each of them."
            ),
        ),
        Mistake(
            "arms swapped",
            (-nnt, -high, -low),
            "The numbers are negative: the arms are swapped. Take the treated arm minus placebo.",
        ),
        Mistake(
            "arms swapped", (-nnt, -low, -high), "Negative: the arms are swapped. Take treated minus placebo."
        ),
        Mistake(
            "limits swapped",
            (nnt, high, low),
            (
                "The two limits are the wrong way round: the largest difference gives the smallest "
                "number to treat."
            ),
        ),
        Mistake(
            "percent for proportion",
            tuple(part / 100 for part in (nnt, low, high)),
            "A hundred times too small: you divided 1 by points. Divide 1 by the difference of proportions.",
        ),
        Mistake(
            "placebo forgotten",
            (float(treated), low, high),
            "The first number is 1 divided by the rate on the drug alone. What did the placebo arm do?",
        ),
        Mistake(
            "ratio for difference",
            (1 / float(ratio.estimate), 1 / float(ratio.high), 1 / float(ratio.low)),
            "You divided 1 by the ratio of the rates. Divide 1 by their difference.",
        ),
        Mistake(
            "cut off",
            tuple(float(math.floor(part)) for part in (nnt, low, high)),
            (
                "Nearly: the digits after the point were cut off. Give the numbers unrounded; in "
                "print they are rounded up."
            ),
        ),
    ]


def _praise_needed(truth: Any) -> str:
    nnt, low, high = truth
    return (
        f"About {math.ceil(nnt)} people treated for one more responder, and anything from {math.ceil(low)} "
        f"to {math.ceil(high)} fits the trial. It holds against placebo, for this definition and "
        f"at this trial's placebo rate."
    )


EXERCISE = Exercise(
    "06-nnt",
    Numbers(("nnt", "low", "high"), 0.03, relative=True),
    _needed,
    _needed_mistakes,
    (
        "Not yet. Take the difference treated minus placebo with its interval, then 1 divided "
        "by each of the three."
    ),
    _praise_needed,
)
