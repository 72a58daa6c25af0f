"""Treatments with what was reported of each: how many rates, how many beside a comparator, from how many studies."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data

CATEGORIES = {
    "acute": "Acute treatment", "preventive": "Prevention", "onabotulinumtoxinA": "OnabotulinumtoxinA",
    "nerve block": "Nerve blocks", "neuromodulation": "Neuromodulation", "behavioural": "Behavioural",
    "complementary": "Complementary", "lifestyle": "Lifestyle", "ketamine": "Ketamine",
}  # fmt: skip
"""Categories of real treatments in the order of the map, with their headings."""
TARGETS = {
    "serotonin: receptor, transporter": "5-HT|serotonin",
    "CGRP or its receptor": "CGRP",
    "COX enzymes": "COX",
    "dopamine receptors": "dopamine|D2",
    "noradrenaline: receptor, transporter": "adren",
    "ion channels": "channel",
    "NMDA receptor": "NMDA",
    "GABA": "GABA",
    "a nerve or the cortex": "nerve|cortex",
}
"""Families of targets, and the words in the table that name them."""
CAUTIONS = ("pregnancy", "cardiovascular", "liver", "overuse")
PHASES = ("prodrome", "aura", "headache (early)", "headache (any)", "between attacks")


def real() -> pd.DataFrame:
    """Return the treatments without comparators and mixed arms, in the map's order, with columns head and reports.

    ``reported`` counts the reported proportions in which it is the treated arm, ``controlled`` those of them beside a
    comparator, ``studies`` the studies that print them. What a trial lists under another name counts by route.
    """
    rows = data.table("treatments")
    rows = rows[rows["category"].isin(list(CATEGORIES))].copy()
    rank = {name: place for place, name in enumerate(CATEGORIES)}
    rows["head"] = rows["category"].map(CATEGORIES)
    sizes = rows.groupby(["category", "drug_class"])["treatment_id"].transform("size")
    rows = (
        rows.assign(rank=rows["category"].map(rank), size=-sizes)
        .sort_values(["rank", "size", "drug_class", "name"], key=_folded)
        .drop(columns=["rank", "size"])
        .reset_index(drop=True)
    )
    every = data.comparisons()
    by_name = dict(tuple(every.groupby("treatment_id")))
    found = [_reports(by_name, every, row) for row in rows.itertuples()]
    rows["reported"] = [len(one) for one in found]
    rows["controlled"] = [int((one["comparator_kind"] != "none").sum()) for one in found]
    rows["studies"] = [one["study_id"].nunique() for one in found]
    return rows


def reports(treatment: pd.Series) -> pd.DataFrame:
    """Return the reported proportions of one row of :func:`real`."""
    every = data.comparisons()
    return _reports(dict(tuple(every.groupby("treatment_id"))), every, treatment)


def _folded(column: pd.Series) -> pd.Series:
    return column.str.lower() if column.dtype.kind not in "if" else column


def _reports(by_name: dict[str, pd.DataFrame], every: pd.DataFrame, row: object) -> pd.DataFrame:
    other = getattr(row, "studied_as", "")
    if isinstance(other, str) and other:
        found = by_name.get(other, every.head(0))
        return found[found["route"].isin(str(row.routes).split("; "))]  # type: ignore[attr-defined]
    return by_name.get(row.treatment_id, every.head(0))  # type: ignore[attr-defined]
