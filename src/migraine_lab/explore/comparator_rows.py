"""Rows of Comparators: ketamine against each other treatment, one row a study and outcome, with where its interval is from.

Differences are in hundredths (of people, or of the scale) and turned so that above 0 is better on ketamine.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.data.tables import time_text
from migraine_lab.explore.ketamine_rows import SCALES

AGAINST = {
    "placebo": "saline", "midazolam": "midazolam", "prochlorperazine": "prochlorperazine",
    "metoclopramide": "metoclopramide + others", "ketorolac": "ketorolac", "morphine": "morphine", "lidocaine": "lidocaine",
}  # fmt: skip
PAIN, OTHER, HARM = "pain", "other", "harm"
PANELS = {
    PAIN: "Pain", OTHER: "Other signs of benefit", HARM: "Unwanted effects, coming back",
}  # fmt: skip
PAIN_OUTCOMES = ("ketamine_pain_fall", "ketamine_pain_score", "pain_reduction_50", "ketamine_pain_free")
PRINTED, IQR, COUNTS, MEANS, ASSUMED = (
    "printed: 95 % CI",
    "printed: IQR",
    "worked out: counts",
    "worked out: means, SDs",
    "assumption: means, SDs",
)
BARE, UNNAMED, TWICE = "none: no spread printed", "none: spread unnamed", "none: same people twice"
ONLY_P, NOTHING = "none: only p printed", "none: no figure"
SCORES = {"0-10": 10.0}
"""Units of scores that are no pain scores, beside those of pain."""
MINUTES = {"min": 1, "h": 60, "d": 1440, "wk": 10080, "mo": 43830}
SAME_PEOPLE = ("schwenk2021",)
"""Studies in which the same people had both drugs in turn: two separate groups are an assumption there."""


@lru_cache(maxsize=2)
def every(suppose: bool) -> pd.DataFrame:
    """Every comparison of ketamine; ``suppose`` adds intervals that rest on an assumption, marked so in ``how``."""
    studies = data.table("studies").query("scope == 'ketamine'").set_index("study_id")
    arms = data.table("arms")
    arms = arms[arms["study_id"].isin(studies.index)]
    outcomes = data.table("outcomes").set_index("outcome_id")
    rows: list[dict[str, Any]] = []
    for name, own in arms.groupby("study_id", sort=False):
        study = str(name)
        drug = own["treatment_id"].str.startswith("ketamine")
        if drug.all() or not drug.any():
            continue
        other = own[~drug].iloc[0]
        base = {
            "study_id": study, "study": studies.at[study, "short"], "source_id": studies.at[study, "source_id"],
            "against_id": other["treatment_id"], "against": AGAINST.get(other["treatment_id"], other["treatment_id"]),
            "against_label": other["label"], "ketamine": own[drug].iloc[0]["label"],
            "randomised": bool(studies.at[study, "randomised"]), "note": studies.at[study, "note"],
        }  # fmt: skip
        found = [
            *_contrasts(study, set(own[drug]["arm_id"])),
            *_pairs(study, set(own[drug]["arm_id"]), other["arm_id"], suppose),
        ]
        seen: set[tuple[str, str]] = set()
        for one in found:
            if (
                one["outcome_id"],
                one["time"],
            ) in seen:  # the printed contrast stands before the pair of its means
                continue
            seen.add((one["outcome_id"], one["time"]))
            better = outcomes.at[one["outcome_id"], "better"]
            turned = -1.0 if better == "lower" else 1.0
            low, high = sorted((turned * one["low"], turned * one["high"]))
            rows.append({
                **base, **one, "estimate": turned * one["estimate"] + 0.0, "low": low, "high": high, "turned": turned,
                "outcome": outcomes.at[one["outcome_id"], "name"], "better": better, "panel": _panel(one["outcome_id"], outcomes),
            })  # fmt: skip
        if not found:
            rows.append({**base, **_nothing(), "panel": PAIN})
    frame = pd.DataFrame(rows)
    frame["row_id"] = frame["study_id"] + ":" + frame["outcome_id"] + ":" + frame["time"]
    order, first = list(PANELS), list(AGAINST)
    frame["_minutes"] = [_minutes(time) for time in frame["time"]]
    frame["_panel"], frame["_first"] = frame["panel"].map(order.index), frame["against_id"].map(first.index)
    order_by = ["_panel", "_first", "study", "outcome_id", "_minutes"]
    return frame.sort_values(order_by, kind="stable", ignore_index=True).drop(
        columns=["_panel", "_first", "_minutes"]
    )


def _minutes(time: str) -> float:
    value, _, unit = time.partition(" ")
    return float(value) * MINUTES[unit] if time else np.inf


def _panel(outcome: str, outcomes: pd.DataFrame) -> str:
    if outcome in PAIN_OUTCOMES:
        return PAIN
    return OTHER if outcomes.at[outcome, "is_benefit"] else HARM


def _contrasts(study: str, drug: set[str]) -> Iterator[dict[str, Any]]:
    """Differences as the source prints them, ketamine minus the other."""
    rows = data.table("contrasts")
    rows = rows[rows["study_id"] == study]
    for row in rows.assign(time=time_text(rows)).to_dict("records"):
        times = (1.0 if row["arm_a"] in drug else -1.0) * _scale(row["unit"])
        low, high = sorted((times * row["low"], times * row["high"]))
        known = np.isfinite(row["estimate"])
        yield {
            "outcome_id": row["outcome_id"], "time": row["time"], "estimate": times * row["estimate"], "low": low, "high": high,
            "how": (IQR if row["interval_kind"] == "IQR" else PRINTED) if known else ONLY_P, "p_value": row["p_value"],
            "direction": row["direction"], "of": "points", "ids": row["contrast_id"], "times": times,
        }  # fmt: skip


def _pairs(study: str, drug: set[str], other: str, suppose: bool) -> Iterator[dict[str, Any]]:
    """Differences worked out from both arms' results: of shares with counts, of means."""
    rows = data.table("results")
    rows = rows[rows["study_id"] == study]
    rows = rows[rows["time_value"].fillna(-1) != 0]  # before treatment: no result
    records = rows.assign(time=time_text(rows)).to_dict("records")
    for row in (one for one in records if one["arm_id"] in drug):
        same = [one for one in records if one["arm_id"] == other and one["outcome_id"] == row["outcome_id"]]
        beside = [one for one in same if one["time"] == row["time"]] or (
            same if len(same) == 1 and row["stat"] == "proportion" else []
        )
        if beside:
            worked = (_shares if row["stat"] == "proportion" else _means)(row, beside[0], suppose)
            if worked:
                yield {
                    "outcome_id": row["outcome_id"], "time": row["time"], "p_value": "", "direction": "",
                    "ids": f"{row['result_id']};{beside[0]['result_id']}", **worked,
                }  # fmt: skip


def _shares(row: dict[str, Any], other: dict[str, Any], _suppose: bool) -> dict[str, Any] | None:
    numbers = [row["events"], row["n"], other["events"], other["n"]]
    if any(pd.isna(one) for one in numbers):
        return None
    gap = stats.compare(*(float(one) for one in numbers), measure="RD")
    return {
        "estimate": 100 * gap.estimate, "low": 100 * gap.low, "high": 100 * gap.high, "how": COUNTS, "of": "of 100",
        "times": 1.0,
    }  # fmt: skip


def _means(row: dict[str, Any], other: dict[str, Any], suppose: bool) -> dict[str, Any]:
    """Difference of two means; an interval where the data allow one, and on request where they allow it only by guess."""
    times = _scale(row["unit"])
    spread = pd.notna(row["spread"]) and pd.notna(other["spread"])
    named = {row["spread_kind"], other["spread_kind"]} == {"SD"}
    twice = row["study_id"] in SAME_PEOPLE
    how = BARE if not spread else TWICE if twice else MEANS if named else UNNAMED
    low = high = np.nan
    if how == MEANS or (spread and suppose):
        _, low, high = stats.mean_difference(
            row["value"], row["spread"], float(row["n"]), other["value"], other["spread"], float(other["n"])
        )
        how = how if how == MEANS else ASSUMED
    gap = times * (row["value"] - other["value"])
    return {
        "estimate": gap,
        "low": times * low,
        "high": times * high,
        "how": how,
        "of": "points",
        "times": times,
    }


def _nothing() -> dict[str, Any]:
    return {
        "outcome_id": "", "outcome": "no figure for headache printed", "time": "", "estimate": np.nan, "low": np.nan,
        "high": np.nan, "how": NOTHING, "p_value": "", "direction": "", "of": "", "ids": "", "times": 1.0, "turned": 1.0,
        "better": "",
    }  # fmt: skip


def _scale(unit: str) -> float:
    return SCALES.get(unit) or SCORES.get(unit, 1.0)
