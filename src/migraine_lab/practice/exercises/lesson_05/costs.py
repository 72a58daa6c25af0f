"""What a treatment gives and what it costs, in the same trial and by the same rule."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

TRIAL, DRUG, PLACEBO = "tassorelli2024", "atogepant_60", "placebo"
GIVES, COSTS = "responder_50", "preventive_constipation"


def _rates(outcome: str) -> tuple[float, float]:
    """Per 100 people: on the drug, on placebo."""
    rows: list[pd.Series] = [data.result(TRIAL, arm, outcome) for arm in (DRUG, PLACEBO)]
    drug, placebo = (100 * float(row["events"]) / float(row["n"]) for row in rows)
    return drug, placebo


def _both() -> tuple[float, float]:
    gives, costs = _rates(GIVES), _rates(COSTS)
    return gives[0] - gives[1], costs[0] - costs[1]


def _mistakes() -> list[Mistake]:
    (given, given_placebo), (cost, cost_placebo) = _rates(GIVES), _rates(COSTS)
    gain, harm = _both()
    return [
        Mistake(
            "placebo forgotten for the harm",
            (gain, cost),
            "You took the placebo arm away from the benefit but not from the harm. Constipation also happens on "
            "placebo: subtract there too.",
        ),
        Mistake(
            "placebo forgotten for the benefit",
            (given, harm),
            "You took the placebo arm away from the harm but not from the benefit. Subtract in both.",
        ),
        Mistake(
            "placebo forgotten twice",
            (given, cost),
            "These are the rates on the drug. Subtract the placebo arm from each.",
        ),
        Mistake("order swapped", (harm, gain), "Both are right but in the wrong order: first what it gives."),
        Mistake(
            "arms swapped",
            (-gain, -harm),
            "The signs are turned: take the drug minus placebo.",
        ),
        Mistake(
            "proportion for percent",
            (gain / 100, harm / 100),
            "The numbers are right, but as proportions; the check wants people of 100.",
        ),
        Mistake(
            "the placebo arm",
            (given_placebo, cost_placebo),
            "These are the rates on placebo. Subtract them from the rates on the drug.",
        ),
    ]


EXERCISE = Exercise(
    "05-costs",
    Numbers(("gives", "costs"), 0.05),
    _both,
    _mistakes,
    "Not those. Drug minus placebo, per 100 people, once for each of the two outcomes.",
    lambda truth: (
        f"Of 100 people treated, {truth[0]:.0f} more halved their days and {truth[1]:.0f} more were constipated than "
        "on placebo. Which of the two weighs more is not for arithmetic to say."
    ),
)
