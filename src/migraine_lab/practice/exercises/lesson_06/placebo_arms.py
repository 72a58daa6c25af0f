"""How many control arms pass a line without any drug."""

from __future__ import annotations

import pandas as pd

from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.exercises.lesson_06.rows import against_placebo

RELIEF_LINE = 30.0
"""Percent, the line of the counting exercise."""


def placebo_arms() -> pd.DataFrame:
    """Return pain relief at two hours against placebo; a placebo arm may stand in several rows."""
    rows = against_placebo(["pain_relief"])
    return rows[rows["comparator_percent"].notna()]


def _above(rows: pd.DataFrame) -> int:
    return int((rows["comparator_percent"] > RELIEF_LINE).sum())


def _passing() -> int:
    return _above(placebo_arms().drop_duplicates("comparator_result_id"))


def _passing_mistakes() -> list[Mistake]:
    rows = placebo_arms()
    once = rows.drop_duplicates("comparator_result_id")
    return [
        Mistake(
            "arms counted twice",
            _above(rows),
            "Trials with several doses share one placebo arm, and here it is counted once for each dose. "
            "Keep one row an arm: drop_duplicates('comparator_result_id').",
        ),
        Mistake(
            "treated arms",
            int((rows["percent"] > RELIEF_LINE).sum()),
            "These are the treated arms (column percent). The placebo arms stand in comparator_percent.",
        ),
        Mistake(
            "proportion for percent",
            int((once["comparator_percent"] > RELIEF_LINE / 100).sum()),
            "Nearly every arm passes this line: 0.30 was taken, but the column holds percentages (0 to 100).",
        ),
        Mistake(
            "the other side",
            int((once["comparator_percent"] <= RELIEF_LINE).sum()),
            "These are the arms that stay below the line. Which way does your sign point?",
        ),
        Mistake(
            "all arms", len(once), "This is the number of all placebo arms. How many of them pass the line?"
        ),
        Mistake(
            "share for count",
            float((once["comparator_percent"] > RELIEF_LINE).mean()),
            "That is the share of the arms. Asked is their number: sum() in place of mean().",
        ),
    ]


EXERCISE = Exercise(
    "06-placebo",
    Numbers(("number of arms",), 0.0),
    _passing,
    _passing_mistakes,
    (
        "Not that many. Keep one row a placebo arm, then count those whose comparator_percent "
        "is above the line."
    ),
    lambda truth: f"{truth} placebo arms pass the line, and nobody in them got the treatment.",
)
