"""Which studies have a figure that may stand beside a given one in a brief."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Names

STUDIES = ("lipton2019a", "rimegepant_japan2025", "dodick2019", "cady1991", "grosberg2021", "powers2017")
OUTCOME, ENDPOINT, AGAINST = "Pain freedom", "Pain freedom, 2 h", "placebo"


def rows() -> pd.DataFrame:
    """Return the comparisons and single rates of the six studies."""
    every = data.comparisons()
    return every[every["study_id"].isin(STUDIES)]


def _studies(rows: pd.DataFrame) -> frozenset[str]:
    return frozenset(rows["study_id"])


def _alike(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["endpoint"] == ENDPOINT) & (rows["comparator_kind"] == AGAINST)]


def _mistakes() -> list[Mistake]:
    found = rows()
    beside = found[found["comparator_kind"] == AGAINST]
    return [
        Mistake(
            "outcome alone",
            _studies(found[found["outcome"] == OUTCOME]),
            "All of these count freedom from pain. But one counts it at another time, and one has no comparator: look at "
            "endpoint (it holds the time) and at comparator_kind too.",
        ),
        Mistake(
            "no comparator asked for",
            _studies(found[found["endpoint"] == ENDPOINT]),
            "Same outcome, same time. But one of them has nobody beside its treated people: keep the rows whose "
            "comparator_kind is placebo.",
        ),
        Mistake(
            "time forgotten",
            _studies(beside[beside["outcome"] == OUTCOME]),
            "Same outcome, and each has a placebo arm. But one was counted at another time, and people get well as hours "
            "pass: compare endpoint, which holds the time.",
        ),
        Mistake(
            "comparator alone",
            _studies(beside),
            "Each of these has a placebo arm, but not each counts freedom from pain after two hours.",
        ),
        Mistake(
            "everything",
            _studies(found),
            "These are all of the six. Some count another outcome, another time, or have no comparator.",
        ),
        Mistake(
            "comparisons, not studies",
            frozenset(_alike(found)["comparison_id"]),
            "These are the right comparisons; the check wants the studies they stand in: the column study_id.",
        ),
    ]  # fmt: skip


EXERCISE = Exercise(
    "11-together",
    Names("study_ids"),
    lambda: _studies(_alike(rows())),
    _mistakes,
    "Not those. Keep the rows with the endpoint “Pain freedom, 2 h” and the comparator_kind “placebo”, then their study_id.",
    lambda truth: (
        f"{len(truth)} studies may stand beside it. One of them gave another drug: it may stand there too, but it was not "
        "compared with rimegepant, and a brief has to say so."
    ),
)
