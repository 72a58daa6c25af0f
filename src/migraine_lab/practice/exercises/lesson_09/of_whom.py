"""A later percentage whose denominator is not printed: what it means under each reading."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def early_and_late() -> tuple[pd.Series, pd.Series]:
    """Return the count at the end of treatment and the percentage at the second visit."""
    early = data.result("schwenk2018", "ketamine_iv", "fall_2_points")
    return early, data.result("schwenk2018", "ketamine_iv", "sustained_2_points", "101.3 d")


def _readings() -> tuple[float, float]:
    early, late = early_and_late()
    printed = float(late["percent"])
    return printed, printed * early["events"] / early["n"]


def _mistakes() -> list[Mistake]:
    early, _ = early_and_late()
    of_all, of_responders = _readings()
    return [
        Mistake(
            "fraction turned over",
            (of_all, of_all * early["n"] / early["events"]),
            "The second share grew, but responders are fewer than everyone: a part of them is a smaller part of all. "
            "Turn the fraction over.",
        ),
        Mistake(
            "same figure twice",
            (of_all, of_all),
            "The same percentage of fewer people is fewer people: the second reading must come out lower.",
        ),
        Mistake("order swapped", (of_responders, of_all), "Both are right but in the wrong order: first, if it is of all."),
        Mistake(
            "printed percentage used",
            (of_all, of_all * early["percent"] / 100),
            "Near: you used the early percentage as printed, which does not fit its own count. Use events and n.",
        ),
        Mistake(
            "people, not percentages",
            (of_all * early["n"] / 100, of_all * early["events"] / 100),
            "These are numbers of people. Asked is how many of 100 treated, so divide by everyone who was treated.",
        ),
        Mistake(
            "proportion for percent",
            (of_all / 100, of_responders / 100),
            "Right, but as proportions; the check wants them of 100.",
        ),
    ]  # fmt: skip


EXERCISE = Exercise(
    "09-of_whom",
    Numbers(("if it is of all", "if it is of the responders"), 0.1),
    _readings,
    _mistakes,
    "Not those. Of all: the printed percentage itself. Of responders: that percentage times events / n of the first count.",
    lambda truth: (
        f"{truth[0]:.0f} or {truth[1]:.0f} of 100 treated. The abstract says “of patients”, "
        "retellings say “of responders”; the count is not printed, so both readings stand."
    ),
)
