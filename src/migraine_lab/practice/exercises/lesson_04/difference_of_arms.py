"""Which part is the drug's: the difference between two simulated arms, with Newcombe's interval."""

from __future__ import annotations

from typing import Any

from migraine_lab import models, stats
from migraine_lab.models.diary import Responders
from migraine_lab.practice.checks import Exercise, Mistake, Numbers, as_percent

PEOPLE, MONTHS, SEEDS = 1000, 6, (41, 42)
PLACEBO, EFFECT = 0.3, 0.2
"""What the starter simulates: days prevented by being treated at all, and by the drug on top."""


def arms() -> tuple[Responders, Responders]:
    """Return the treated arm and the placebo arm, different people in each."""
    drug, placebo = (
        models.diary.months(PEOPLE, MONTHS, seed, placebo=PLACEBO, effect=effect, from_month=MONTHS // 2)
        for seed, effect in zip(SEEDS, (EFFECT, 0.0), strict=True)
    )
    half = MONTHS // 2
    a, b = (models.diary.responders(one, half, half, enrol_at_least=4) for one in (drug, placebo))
    return a, b


def _difference() -> tuple[float, float, float]:
    a, b = arms()
    found = stats.compare(a.events, a.n, b.events, b.n)
    return float(found.estimate), float(found.low), float(found.high)


def _mistakes() -> list[Mistake]:
    a, b = arms()
    gain, low, high = _difference()
    on_drug, on_placebo = a.events / a.n, b.events / b.n
    ratio = stats.compare(a.events, a.n, b.events, b.n, measure="RR")
    return [
        Mistake(
            "placebo forgotten",
            (on_drug, low, high),
            "The first number is everyone who responded on the drug, and it lies outside its own interval. Take "
            "away those who respond on placebo.",
        ),
        Mistake(
            "arms swapped",
            (-gain, -high, -low),
            "The numbers have the wrong sign: the arms are swapped. Take drug minus placebo.",
        ),
        Mistake(
            "arms swapped",
            (-gain, low, high),
            "The first number has the wrong sign: take drug minus placebo.",
        ),
        Mistake(
            "percent for proportion",
            as_percent((gain, low, high)),
            "A hundred times too large: give proportions, 0 to 1.",
        ),
        Mistake(
            "placebo for difference",
            (on_placebo, low, high),
            "The first number is the share on placebo alone. The drug's part is the difference of the two shares.",
        ),
        Mistake(
            "ratio for difference",
            (float(ratio.estimate), low, high),
            "You divided one share by the other. The question is by how much they differ: subtract.",
        ),
    ]


def _praise(truth: Any) -> str:
    gain, low, high = (100 * part for part in truth)
    return (
        f"{gain:.0f} more of 100 on the drug; {low:.0f} to {high:.0f} fits. Luck, hope and care are in both arms and "
        "fall out of the difference."
    )


EXERCISE = Exercise(
    "04-gain",
    Numbers(("difference", "low", "high"), 1e-4),
    _difference,
    _mistakes,
    "Not yet. Share of responders on the drug minus share on placebo, and Newcombe's interval of this difference.",
    _praise,
)
