"""Printed percentages that do not add up."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Names

GAP = 1.0
"""Points by which a printed percentage must miss its counts to be called wrong."""


def printed_rates() -> pd.DataFrame:
    """Return the ketamine results that print count, denominator and percentage."""
    scope = data.table("studies").set_index("study_id")["scope"]
    rows = data.table("results").dropna(subset=["events", "n", "percent"])
    return rows[rows["study_id"].map(scope) == "ketamine"]


def _missing_by(rows: pd.DataFrame) -> pd.Series:
    return rows["percent"] - 100 * rows["events"] / rows["n"]


def _not_adding_up() -> frozenset[str]:
    rows = printed_rates()
    return frozenset(rows.loc[_missing_by(rows).abs() > GAP, "study_id"])


def _not_adding_up_mistakes() -> list[Mistake]:
    rows = printed_rates()
    gap = _missing_by(rows)
    return [
        Mistake(
            "one direction only",
            frozenset(rows.loc[gap > GAP, "study_id"]),
            "You found those printed too high. A figure may also be printed too low: compare gap.abs().",
        ),
        Mistake(
            "one direction only",
            frozenset(rows.loc[gap < -GAP, "study_id"]),
            "You found those printed too low. A figure may also be printed too high: compare gap.abs().",
        ),
        Mistake(
            "percent against proportion",
            frozenset(rows.loc[(rows["percent"] - rows["events"] / rows["n"]).abs() > GAP, "study_id"]),
            (
                "Almost every study is in your list: a percentage was compared with a proportion. "
                "Multiply by 100."
            ),
        ),
        Mistake(
            "rounding counted as error",
            frozenset(rows.loc[gap.abs() > 0, "study_id"]),
            "Your list holds figures that were only rounded. Keep those that miss by more than one point.",
        ),
        Mistake(
            "row ids",
            frozenset(rows.loc[gap.abs() > GAP, "result_id"]),
            "These are the right rows, named by result_id. Give their studies: the column study_id.",
        ),
    ]


EXERCISE = Exercise(
    "06-recompute",
    Names("study ids"),
    _not_adding_up,
    _not_adding_up_mistakes,
    "Not those. Compute 100 * events / n, subtract it from percent, keep gaps of more than one point.",
    lambda truth: f"{' and '.join(sorted(truth))}: the printed percentage and the printed count disagree.",
)
