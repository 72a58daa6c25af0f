"""People in the randomised trials, nobody counted twice."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def studies() -> pd.DataFrame:
    """Return the ketamine studies."""
    rows = data.table("studies")
    return rows[rows["scope"] == "ketamine"]


def _trials() -> pd.DataFrame:
    rows = studies()
    return rows[rows["randomised"] & rows["countable"]]


def _people(rows: pd.DataFrame) -> int:
    return int(rows["n_enrolled"].sum())


def _mistakes() -> list[Mistake]:
    rows, trials = studies(), _trials()
    review = rows[rows["randomised"] & ~rows["countable"]]
    sizes = trials["n_enrolled"].dropna()
    return [
        Mistake(
            "review counted too",
            _people(rows[rows["randomised"]]),
            "A review of randomised trials is in your sum, and its patients are those of trials that are in it as well. "
            "Keep the rows that are countable.",
        ),
        Mistake(
            "review alone",
            _people(review),
            "These are the patients that the review counts. Trials that it does not hold are missing: "
            "add up the trials themselves.",
        ),
        Mistake(
            "series added",
            _people(rows[rows["countable"]]),
            "Series without a comparator are in your sum. Keep the rows that are randomised, too.",
        ),
        Mistake(
            "everything added",
            _people(rows),
            "Every row is in your sum: series, reviews, and early counts of studies that stand there complete as well.",
        ),
        Mistake(
            "trials, not people",
            len(trials),
            "This is a number of trials. Asked are the people in them: the sum of n_enrolled.",
        ),
        Mistake("the mean", float(sizes.mean()), "That is the size of a trial on average. Asked are all people together."),
    ]  # fmt: skip


def _praise(truth: int) -> str:
    sizes = _trials()["n_enrolled"]
    return (
        f"{truth} people, in {sizes.notna().sum()} trials; {sizes.isna().sum()} more print no size here. The largest trial "
        f"of this list has {sizes.max()}."
    )


EXERCISE = Exercise(
    "09-enrolled",
    Numbers(("number of people",), 0.0),
    lambda: _people(_trials()),
    _mistakes,
    "Not that many. Keep the rows that are randomised and countable, then add up n_enrolled.",
    _praise,
)
