"""Rows that the exercises of this lesson start from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from migraine_lab import data, stats

COUNTS = ("events", "n", "comparator_events", "comparator_n")
TWO_TRIALS = ("ailani2021", "tassorelli2024")
"""Two trials of one tablet and dose, with one outcome at one time."""


def two_trials() -> pd.DataFrame:
    """Return atogepant 60 mg against placebo, migraine days at least halved at 12 weeks, in two trials."""
    rows = data.comparisons("preventive", "responder_50")
    return rows[rows["study_id"].isin(TWO_TRIALS) & (rows["arm_id"] == "atogepant_60")]


def antibodies() -> pd.DataFrame:
    """Return counts of trials of CGRP antibodies, by study: migraine days at least halved at about 12 weeks.

    The doses of a trial are added up, because they share one placebo arm.
    """
    rows = data.comparisons("preventive", "responder_50")
    wanted = (
        (rows["drug_class"] == "CGRP antibody")
        & (rows["basis"] == "migraine_days")
        & (rows["comparator_kind"] == "placebo")
        & rows["time_days"].between(84, 92)
        & rows["countable"]
        & rows["events"].notna()
    )
    added = {"events": "sum", "n": "sum", "comparator_events": "first", "comparator_n": "first"}
    return rows[wanted].groupby("study_id").agg(added)


def pooled(rows: pd.DataFrame, **options: Any) -> float:
    """Return the pooled estimate of some rows; options as for ``stats.pool_counts``."""
    return float(stats.pool_counts(*(rows[name] for name in COUNTS), **options).estimate)
