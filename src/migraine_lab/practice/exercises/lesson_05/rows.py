"""Rows that more than one exercise of this lesson starts from."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data

NO_TREATMENTS = ("comparator", "mixed")
"""Categories of rows that are no single treatment: placebo, sham, waiting lists, pooled arms."""


def treatments() -> pd.DataFrame:
    """Return the treatments, one row each, without comparators and mixed arms."""
    rows = data.table("treatments")
    return rows[~rows["category"].isin(NO_TREATMENTS)]
