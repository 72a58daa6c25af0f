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
    """Return trials of CGRP antibodies with migraine days halved at 12 weeks, by study: the first dose of each."""
    rows = data.comparisons("preventive", "responder_50")
    wanted = (
        (rows["drug_class"] == "CGRP antibody")
        & (rows["time"] == "12 wk")
        & (rows["basis"] == "migraine_days")
        & rows["countable"]
    )
    counted = rows[wanted].dropna(subset=list(COUNTS))
    return counted.drop_duplicates("comparator_result_id").set_index("study_id")


def pooled(rows: pd.DataFrame, **options: Any) -> float:
    """Return the pooled estimate of some rows; options as for ``stats.pool_counts``."""
    return float(stats.pool_counts(*(rows[name] for name in COUNTS), **options).estimate)
