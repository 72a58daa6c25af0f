"""Rows that more than one exercise of this lesson starts from."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data


def against_placebo(outcomes: list[str]) -> pd.DataFrame:
    """Return the countable acute comparisons with placebo at two hours for some outcomes."""
    rows = data.comparisons("acute")
    wanted = (
        rows["outcome_id"].isin(outcomes) & (rows["time"] == "2 h") & (rows["comparator_kind"] == "placebo")
    )
    return rows[wanted & rows["countable"]]
