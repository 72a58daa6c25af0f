"""A share of judgements: what nobody judged belongs to no denominator."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

NOT_JUDGED = "na"


def readings() -> pd.Series:
    """Return the judgements on who reported the outcome, and whether they knew: the domain "measurement"."""
    return data.table("quality")["measurement"].astype(str)


def _judged() -> pd.Series:
    found = readings()
    return found[found != NOT_JUDGED]


def _share() -> float:
    return float(100 * (_judged() == "high").mean())


def _mistakes() -> list[Mistake]:
    judged, everything, right = _judged(), readings(), _share()
    return [
        Mistake(
            "not judged counted as harmless",
            float(100 * (everything == "high").mean()),
            "Readings that judge nothing here were counted as if they were harmless. “Not said” is not "
            "“low”: take them out of the denominator.",
        ),
        Mistake(
            "not judged counted as bad",
            float(100 * everything.isin(["high", NOT_JUDGED]).mean()),
            "Readings that judge nothing here were counted as if they were bad. Nobody knows: take them out.",
        ),
        Mistake(
            "some concerns counted as high",
            float(100 * judged.isin(["high", "some"]).mean()),
            "You counted “some” concerns too. Asked are the readings that say “high”.",
        ),
        Mistake(
            "the other side",
            100 - right,
            "That is the share of those that do not say “high”. Turn the sign round.",
        ),
        Mistake(
            "count for share",
            float((judged == "high").sum()),
            "That is how many say “high”. Asked is how many of 100: divide by the number judged.",
        ),
        Mistake(
            "proportion for percent",
            right / 100,
            "The share is right, but as a proportion; the check wants it out of 100.",
        ),
    ]


EXERCISE = Exercise(
    "07-judged",
    Numbers(("of 100 judged readings",), 0.05),
    _share,
    _mistakes,
    "Not that. Keep the readings that judge this domain, then take the share of “high” among them, times 100.",
    lambda truth: (
        f"Of 100 readings that judge this, {truth:.0f} say “high”. A blank is a question, not a clean sheet."
    ),
)
