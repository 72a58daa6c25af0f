"""Rows of ResponseRates: which comparisons the filters leave, in which order, with which intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab import stats

FILTER_COLUMNS = {
    "treatment": "treatment_id",
    "study": "study_id",
    "drug_class": "drug_class",
    "route": "route",
    "design": "design",
}
SORTS = {
    "treated": "rate in the treated arm",
    "control": "rate in the control arm",
    "difference": "difference between the arms",
    "year": "year",
    "size": "size of the treated arm",
}


def prepare(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Add ``controlled`` and ``label``, sort by study, and lay the columns out in a few wide blocks.

    Selecting rows costs the same for one block as for one column, and pandas keeps every text column apart.
    """
    rows = comparisons.sort_values(["study", "result_id"], kind="stable", ignore_index=True)
    rows["label"] = _labels(rows)
    texts = rows.select_dtypes("str")
    wide = pd.DataFrame(texts.to_numpy(object), columns=texts.columns, dtype=object)
    numbers = rows[rows.columns.difference(texts.columns, sort=False)]
    return pd.concat([wide, numbers], axis=1).assign(controlled=rows["comparator_kind"] != "none")


def choose(comparisons: pd.DataFrame, filters: Mapping[str, Any]) -> pd.DataFrame:
    """Return the prepared comparisons that all filters leave, controlled ones first, sorted as asked."""
    keep = (comparisons["scope"] == filters["scope"]) & (comparisons["endpoint"] == filters["endpoint"])
    for name, column in FILTER_COLUMNS.items():
        if filters.get(name, "all") != "all":
            keep &= comparisons[column] == filters[name]
    if filters["reports"] == "once" and filters["study"] == "all":
        keep &= comparisons["countable"]
    first, last = filters["years"]
    keep &= comparisons["year"].isna() | comparisons["year"].between(first, last)
    if filters["min_n"]:
        keep &= comparisons["n"].ge(filters["min_n"]) & ~comparisons["comparator_n"].lt(filters["min_n"])
    rows = comparisons[keep]
    keys = {
        "treated": rows["percent"],
        "control": rows["comparator_percent"],
        "difference": rows["percent"] - rows["comparator_percent"],
        "year": rows["year"],
        "size": rows["n"],
    }
    # largest first, unknown last, controlled before uncontrolled; ties stay in the order of the studies' names
    order = np.lexsort((-keys[filters["sort"]].to_numpy(), ~rows["controlled"].to_numpy()))
    return rows.iloc[order].reset_index(drop=True)


def with_intervals(rows: pd.DataFrame, scale: str, level: float, hide: bool = False) -> pd.DataFrame:
    """Add counts as text, intervals of both arms (percent) and the effect on ``scale`` (RD in points, RR, OR).

    ``percent`` becomes events / n where both are known (the source's own figure moves to ``printed``: some do not add
    up). A percentage without a denominator keeps its rate and gets no interval. With ``hide`` the comparator's columns are
    blank, so that nothing gives the answer away.
    """
    out = rows.copy()
    if hide:
        out[["comparator_events", "comparator_n", "comparator_percent"]] = np.nan
    for prefix in ("", "comparator_"):
        events, n = out[prefix + "events"].to_numpy(float), out[prefix + "n"].to_numpy(float)
        low, high = np.full(len(out), np.nan), np.full(len(out), np.nan)
        out[prefix + "printed"] = out[prefix + "percent"]
        counted = np.isfinite(events) & np.isfinite(n)
        if counted.any():
            _, found_low, found_high = stats.proportion(events[counted], n[counted], level=level)
            out.loc[counted, prefix + "percent"] = 100 * events[counted] / n[counted]
            low[counted], high[counted] = 100 * np.asarray(found_low), 100 * np.asarray(found_high)
        out[prefix + "low"], out[prefix + "high"] = low, high
        name = "events_text" if not prefix else "comparator_text"
        out[name] = _counts(events, n, out[prefix + "percent"].to_numpy(float))
    return _with_effects(out, "RD" if scale == "percent" else scale, level)


def _with_effects(out: pd.DataFrame, measure: str, level: float) -> pd.DataFrame:
    both = out[["events", "n", "comparator_events", "comparator_n"]].notna().all(axis=1).to_numpy()
    effects = np.full((3, len(out)), np.nan)
    if both.any():
        arms = out.loc[both, ["events", "n", "comparator_events", "comparator_n"]].to_numpy(float).T
        found = stats.compare(*arms, measure=measure, level=level)
        times = 100 if measure == "RD" else 1
        effects[:, both] = times * np.vstack([found.estimate, found.low, found.high])
    out["measure"] = measure
    out["effect"], out["effect_low"], out["effect_high"] = effects
    return out


POOLED = ("meta_analysis", "systematic_review", "review")
"""Designs whose rows put several trials together."""


def _labels(rows: pd.DataFrame) -> list[str]:
    """Name a row: study, treated arm, and the comparator where it is not a placebo.

    What makes a row unlike its neighbours stands in front, in brackets, where a long name cannot push it off.
    """
    labels = []
    names = (
        "study",
        "arm",
        "comparator_kind",
        "comparator",
        "pain_at_dosing",
        "unit_counted",
        "design",
        "randomised",
    )
    for study, arm, kind, comparator, pain, unit, design, randomised in zip(
        *(rows[name].tolist() for name in names), strict=True
    ):
        unlike = [
            words
            for words, holds in (
                ("pooled", design in POOLED),
                ("not randomised", kind != "none" and not randomised),
                ("mild pain", pain == "mild"),
                (unit or "unit not stated", unit != "patients"),
            )
            if holds
        ]
        words = f"[{', '.join(unlike)}] " if unlike else ""
        words += f"{brief_name(study, arm)}: {arm}"
        if kind in ("active_control", "no_treatment"):
            words += f" v {comparator}"
        labels.append(words)
    return labels


def brief_name(study: str, arm: str) -> str:
    """Drop a bracket behind the study's name that only repeats the drug; names of trials (STRIVE) stay."""
    name, bracket, rest = study.partition(" (")
    first = rest.split(" ")[0].strip("),")
    return name if bracket and first.islower() and first in arm.lower() else study


def _counts(events: np.ndarray, n: np.ndarray, percent: np.ndarray) -> list[str]:
    texts = []
    for one_events, one_n, one_percent in zip(events, n, percent, strict=True):
        if np.isfinite(one_events) and np.isfinite(one_n):
            texts.append(f"{one_events:.0f}/{one_n:.0f}")
        elif np.isfinite(one_percent):
            texts.append(f"{one_percent:g} %")
        else:
            texts.append("")
    return texts
