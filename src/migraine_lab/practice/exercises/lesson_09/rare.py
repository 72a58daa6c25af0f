"""The highest rate that fits where no event was seen."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def arms() -> tuple[pd.Series, pd.Series]:
    """Return the serious events of one trial: on ketamine, on salt water."""
    drug, salt = (data.result("etchison2018", arm, "ketamine_serious") for arm in ("ketamine_02", "placebo"))
    return drug, salt


def _highest(events: float, n: float) -> float:
    return float(stats.proportion(float(events), float(n)).high)


def _truth() -> float:
    drug, _ = arms()
    return _highest(drug["events"], drug["n"])


def _mistakes() -> list[Mistake]:
    drug, salt = arms()
    everyone = float(drug["n"] + salt["n"])
    return [
        Mistake(
            "both arms",
            _highest(drug["events"] + salt["events"], everyone),
            "Everyone in the trial is in your n. Salt water says nothing of what ketamine does: count those who got ketamine.",
        ),
        Mistake("the other arm", _highest(salt["events"], salt["n"]), "That is the arm on salt water. Take the ketamine arm."),
        Mistake(
            "none seen, none possible",
            0.0,
            "None was seen; that does not make the rate nought. Give the high end of the interval.",
        ),
        Mistake(
            "as if one had been seen",
            1 / float(drug["n"]),
            "That is one of all who got it. None was seen: take the high end of the interval around none.",
        ),
        Mistake("percent for proportion", 100 * _truth(), "Right, but as a percentage; the check wants a proportion."),
    ]  # fmt: skip


EXERCISE = Exercise(
    "09-rare",
    Numbers(("high end",), 0.015),
    _truth,
    _mistakes,
    "Not that. It is the second number of proportion_confint(events, n, method='wilson') for the ketamine arm.",
    lambda truth: (
        f"Up to {100 * truth:.0f} in 100 fits. {int(arms()[0]['n'])} people without a serious event are good news for "
        "them, and hardly an answer for anyone else."
    ),
)
