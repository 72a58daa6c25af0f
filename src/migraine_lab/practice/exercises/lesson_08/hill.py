"""How large a share of the current two concentrations of ketamine take away, from Hill's formula."""

from __future__ import annotations

from collections.abc import Callable

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

CONCENTRATIONS = (1.0, 10.0)
"""Umol/L that the exercise asks about: our choice."""
IC50 = "gilling2009_ic50_ketamine_human_glun1_glun2a_70_mv_mg_free"
HILL = "gilling2009_hill_ketamine_human_glun1_glun2a_70_mv"
KD = "gilling2009_kd_from_rates_ketamine_worked_out_here_k_off_k"


def _constant(row_id: str) -> float:
    return float(data.fact("receptor", row_id)["value"])


def _at_both(share: Callable[[float], float]) -> tuple[float, float]:
    low, high = CONCENTRATIONS
    return share(low), share(high)


def _block(ic50: float, hill: float) -> tuple[float, float]:
    return _at_both(lambda c: c**hill / (c**hill + ic50**hill))


def _shares() -> tuple[float, float]:
    return _block(_constant(IC50), _constant(HILL))


def _mistakes() -> list[Mistake]:
    ic50, hill = _constant(IC50), _constant(HILL)
    low, high = _shares()
    return [
        Mistake(
            "exponent forgotten",
            _block(ic50, 1.0),
            "Near, but the exponent was left out: both c and IC50 are raised to the power of h, c**hill and ic50**hill.",
        ),
        Mistake(
            "one power only",
            _at_both(lambda c: c**hill / (c**hill + ic50)),
            "IC50 is raised to the power of h as well; otherwise half would not be blocked at the IC50.",
        ),
        Mistake(
            "multiplied, not raised",
            _at_both(lambda c: c * hill / (c * hill + ic50 * hill)),
            "You multiplied by h, and it cancelled. In the formula it is a power: c**hill.",
        ),
        Mistake(
            "share left open",
            (1 - low, 1 - high),
            "These are the shares that are left. Asked is what the drug takes away: c^h stands above the line.",
        ),
        Mistake(
            "percent for proportion",
            (100 * low, 100 * high),
            "The numbers are right, but as percentages; the check wants shares between 0 and 1.",
        ),
        Mistake("order swapped", (high, low), "Both are right but in the wrong order: the smaller concentration first."),
        Mistake(
            "Kd for IC50",
            _block(_constant(KD), hill),
            "You took the Kd from the rates. The table says itself that it is about twice the IC50; take the IC50.",
        ),
        Mistake(
            "rounded too early",
            (round(low, 1), round(high, 1)),
            "Very near, but rounded too early: give the check the numbers as they were computed.",
        ),
    ]  # fmt: skip


EXERCISE = Exercise(
    "08-hill",
    Numbers(("at 1 umol/L", "at 10 umol/L"), 0.002),
    _shares,
    _mistakes,
    "Not those. For each concentration c: c**hill / (c**hill + ic50**hill).",
    lambda truth: (
        f"Ten times the drug, {truth[1] / truth[0]:.1f} times the block: the other nine parts found ever fewer channels free."
    ),
)
