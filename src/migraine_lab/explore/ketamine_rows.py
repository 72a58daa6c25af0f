"""Rows of KetamineStudies: every ketamine study with the result that answers its question, and what it cost."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab import data, stats
from migraine_lab.data.tables import time_text

FALL, LEFT, SHARE = "fall", "left", "share"
PANELS = {
    "trial_fall": "Randomised: fall of pain, in hundredths of the scale",
    "trial_left": "Randomised: pain left, lower is better",
    "trial_none": "Randomised, but no figure for headache could be read",
    "two_share": "Two drugs, not allotted by chance: share who responded",
    "two_left": "Two drugs, not allotted by chance: pain left (lower is better)",
    "bare_share": "No comparator: share who responded",
    "bare_fall": "No comparator: fall of pain, in hundredths of the scale",
    "review": "Reviews: patients of other studies, counted again",
    "awaited": "Registered, no result yet",
}
"""Panels of the list, in order. Only the first two compare by chance; nothing is set side by side across panels."""
DESIGNS = {
    "trial": "randomised trials", "two": "two drugs, not by chance", "bare": "no comparator", "review": "reviews",
    "awaited": "no result yet",
}  # fmt: skip
SCALES = {
    "VAS 0-100": 1.0,
    "VAS 0-10": 10.0,
    "NRS 0-10": 10.0,
    "% of the start": 1.0,
    "% of starting score": 1.0,
}
"""Units of pain scores, and what one of each is in hundredths of the whole."""
LEADS = (
    "fall_2_points", "pain_reduction_50", "low_or_halved_pain", "cluster_attacks_halved", "cluster_attacks_stopped",
    "aura_improved", "rated_very_effective", "less_pain", "relief_per_use", "low_pain", "no_recurrence", "pain_reduction_20",
    "ketamine_pain_fall", "ketamine_pain_fall_percent", "ketamine_pain_score",
)  # fmt: skip
"""A study's main result is its stated primary one, else a compared one, else the first of these that it prints."""
HARMS = (
    "ketamine_adverse_any", "discomfort_score", "dissociation", "hallucinations", "ketamine_discontinued",
    "ketamine_serious", "agitation", "ketamine_rescue",
)  # fmt: skip
HARM_WORDS = {
    "ketamine_adverse_any": "any effect", "ketamine_discontinued": "stopped for it", "ketamine_serious": "serious",
    "ketamine_rescue": "rescue drug", "discomfort_score": "discomfort",
}  # fmt: skip
UNITS = {
    "patients": "",
    "attacks": " attacks",
    "infusions": " infusions",
    "encounters": " stays",
    "uses": " uses",
}
ROUTES = {"iv": "vein", "intranasal": "nose", "im": "muscle", "sc": "under the skin"}
SETTINGS = {"ed": "emergency", "inpatient": "hospital stay", "outpatient": "clinic", "home": "home"}


@lru_cache(maxsize=1)
def results() -> pd.DataFrame:
    """Every result of a ketamine arm that can stand on the list, with its comparator's beside it.

    ``value``, ``low``, ``high`` (and ``other_`` ones) are in hundredths: of people, or of the pain scale. ``interval_from``
    says how the interval came about; ``raw`` and ``other_raw`` are the figures as printed.
    """
    studies = data.table("studies").query("scope == 'ketamine'").set_index("study_id")
    rows = data.table("results")
    rows = rows[rows["study_id"].isin(studies.index)].assign(time=lambda frame: time_text(frame))
    arms = {(row["study_id"], row["arm_id"]): row for row in data.table("arms").to_dict("records")}
    names = data.table("outcomes").set_index("outcome_id")["name"]
    records: list[dict[str, Any]] = rows.to_dict("records")
    out = []
    for row in records:
        arm = arms[row["study_id"], row["arm_id"]]
        if not arm["treatment_id"].startswith("ketamine") or row["outcome_id"] not in LEADS:
            continue
        if row["time_value"] == 0:  # before treatment: a start, not a result
            continue
        other = _partner(row, arm, arms, records)
        out.append(
            {
                "result_id": row["result_id"], "study_id": row["study_id"], "arm_id": row["arm_id"], "arm": arm["label"],
                "outcome_id": row["outcome_id"], "outcome": names[row["outcome_id"]], "definition": row["definition"],
                "time": row["time"], "unit": row["unit"], "unit_counted": row["unit_counted"],
                "measure": SHARE if row["stat"] == "proportion" else LEFT if row["outcome_id"] == "ketamine_pain_score" else FALL,
                "comparator": arms[other["study_id"], other["arm_id"]]["label"] if other else "",
                "other_id": other["result_id"] if other else "", "other_time": other["time"] if other else "",
                **_placed(row, ""), **(_placed(other, "other_") if other else _nowhere("other_")),
                "mismatch_note": row["mismatch_note"], "result_countable": row["countable"],
            }
        )  # fmt: skip
    return pd.DataFrame(out)


@lru_cache(maxsize=1)
def every() -> pd.DataFrame:
    """Every ketamine study, a row for each group of patients that its main result is printed for; none is left out."""
    frame = _studies()
    return _joined(frame, leads(results()))


def by_outcome(outcome: str) -> pd.DataFrame:
    """Return the studies that print one outcome, with that outcome as the result shown."""
    return _joined(_studies(), leads(results().query("outcome_id == @outcome")), how="inner")


def leads(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the main one of each study's results (of each group where a study prints groups apart)."""
    order = {name: place for place, name in enumerate(LEADS)}
    ranked = rows.assign(
        _primary=~rows["definition"].str.contains("primary"),
        _alone=rows["comparator"] == "",
        _order=rows["outcome_id"].map(order),
    )
    ranked = ranked.sort_values(["_primary", "_alone", "_order"], kind="stable")
    return ranked.drop_duplicates(["study_id", "arm_id"]).drop(columns=["_primary", "_alone", "_order"])


def intervals(rows: pd.DataFrame, level: float) -> pd.DataFrame:
    """Add intervals in hundredths: Wilson's for counts, Student's for means with a spread, else the printed one."""
    out = rows.copy()
    for side in ("", "other_"):
        events, n = out[f"{side}events"].to_numpy(float), out[f"{side}n"].to_numpy(float)
        counted = np.isfinite(events) & np.isfinite(n)
        low, high = (
            out[f"{side}printed_low"].to_numpy(float, copy=True),
            out[f"{side}printed_high"].to_numpy(float, copy=True),
        )
        if counted.any():
            _, low[counted], high[counted] = (
                100 * np.asarray(one) for one in stats.proportion(events[counted], n[counted], level=level)
            )
        sd = out[f"{side}sd"].to_numpy(float)
        spread = np.isfinite(sd) & (n > 1) & ~np.isfinite(low)
        if spread.any():
            value = out[f"{side}value"].to_numpy(float)
            _, low[spread], high[spread] = stats.mean(value[spread], sd[spread], n[spread], level=level)
        out[f"{side}low"], out[f"{side}high"] = low, high
        out[f"{side}interval_from"] = np.select(
            [counted, spread, np.isfinite(low)],
            ["counts", "mean and spread", out[f"{side}interval_kind"]],
            "none",
        )
    return out


# -- inside --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _studies() -> pd.DataFrame:
    """One row a study: design in words, size, setting, route, dose, harms in words."""
    rows = data.table("studies").query("scope == 'ketamine'").rename(columns={"short": "study"})
    arms = data.table("arms")
    drug = (
        arms[arms["treatment_id"].str.startswith("ketamine")]
        .drop_duplicates("study_id")
        .set_index("study_id")
    )
    others = (
        arms[~arms["treatment_id"].str.startswith("ketamine")]
        .drop_duplicates("study_id")
        .set_index("study_id")
    )
    rows["route"] = rows["study_id"].map(drug["route"]).fillna("")
    rows["dose"] = rows["study_id"].map(drug["dose"]).fillna("")
    rows["against"] = rows["study_id"].map(others["label"]).fillna("")
    awaited = data.table("awaited_trials").set_index("study_id")
    rows["kind"] = [
        "awaited" if row.study_id in awaited.index
        else "review" if row.design == "systematic_review"
        else "trial" if row.randomised
        else "two" if row.against
        else "bare"
        for row in rows.itertuples()
    ]  # fmt: skip
    for column in ("status", "last_seen", "planned_n"):
        rows[column] = rows["study_id"].map(awaited[column])
    rows["against"] = rows["against"].where(
        rows["kind"] != "awaited", rows["study_id"].map(awaited["against"])
    )
    rows["harm"] = [_harms(study) for study in rows["study_id"]]
    rows["verdict"] = rows["study_id"].map(_verdicts()).fillna("")
    return rows.reset_index(drop=True)


def verdict(direction: str) -> str:
    """Return the verdict in a contrast's direction, as "pain lower on ketamine"; "" where there is none."""
    return direction.partition("; ")[2].partition(",")[0]


def _verdicts() -> dict[str, str]:
    """What trials say of headache that print which arm did better, but not by how much."""
    rows = data.table("contrasts")
    rows = rows[rows["estimate"].isna() & rows["outcome_id"].isin(list(LEADS))]
    return {row.study_id: verdict(row.direction) for row in rows.itertuples()}


def _joined(studies: pd.DataFrame, found: pd.DataFrame, how: Any = "left") -> pd.DataFrame:
    rows = studies.merge(found, on="study_id", how=how)
    groups = rows.groupby("study_id")["study_id"].transform("size")
    measure = rows["measure"].fillna("none")
    rows["panel"] = [
        kind if kind in ("review", "awaited") else "trial_none" if kind == "trial" and how_ == "none"
        else f"{kind}_{how_}" if f"{kind}_{how_}" in PANELS
        else f"{kind}_share" if kind != "trial" else "trial_none"
        for kind, how_ in zip(rows["kind"], measure, strict=True)
    ]  # fmt: skip
    rows["name"] = [
        f"{study}: {arm.rpartition(': ')[2]}" if size > 1 else study
        for study, arm, size in zip(rows["study"], rows["arm"].fillna(""), groups, strict=True)
    ]
    rows["row_id"] = [
        f"{study}:{arm}" if size > 1 else study
        for study, arm, size in zip(rows["study_id"], rows["arm_id"].fillna(""), groups, strict=True)
    ]
    texts = [
        "result_id",
        "arm",
        "outcome_id",
        "outcome",
        "definition",
        "time",
        "comparator",
        "unit_counted",
        "unit",
        "mismatch_note",
    ]
    texts += ["other_id", "other_time", "arm_id", "measure", "interval_kind", "other_interval_kind"]
    rows[texts] = rows[texts].fillna("")
    order = {name: place for place, name in enumerate(PANELS)}
    rows["_panel"], rows["_size"] = rows["panel"].map(order), -rows["n"].fillna(0)
    return rows.sort_values(["_panel", "_size", "study"], kind="stable", ignore_index=True).drop(
        columns=["_panel", "_size"]
    )


def _partner(
    row: dict[str, Any],
    arm: dict[str, Any],
    arms: dict[tuple[str, str], dict[str, Any]],
    records: Iterable[dict[str, Any]],
) -> dict[str, Any] | None:
    """The comparator's result for the same outcome: at the same time, or its only one."""
    if arm["role"] == "single_arm" and not any(
        study == row["study_id"] and one["role"] != "single_arm" for (study, _), one in arms.items()
    ):
        return None
    others = [
        one for one in records
        if one["study_id"] == row["study_id"] and one["outcome_id"] == row["outcome_id"]
        and not arms[one["study_id"], one["arm_id"]]["treatment_id"].startswith("ketamine")
    ]  # fmt: skip
    same = [one for one in others if one["time"] == row["time"]]
    return same[0] if same else others[0] if len(others) == 1 else None


def _placed(row: dict[str, Any], side: str) -> dict[str, Any]:
    """Figures of one arm in hundredths, and as printed."""
    n, events = (np.nan if pd.isna(row[name]) else float(row[name]) for name in ("n", "events"))
    if row["stat"] == "proportion":
        value = 100 * events / n if np.isfinite(events) and np.isfinite(n) else row["percent"]
        return {
            **_nowhere(side),
            f"{side}value": value,
            f"{side}raw": value,
            f"{side}n": n,
            f"{side}events": events,
        }
    times = SCALES.get(row["unit"], np.nan)
    sd = row["spread"] * (
        np.sqrt(n) if row["spread_kind"] == "SE" else 1 if row["spread_kind"] == "SD" else np.nan
    )
    return {
        f"{side}value": times * row["value"], f"{side}raw": row["value"], f"{side}n": n, f"{side}events": np.nan,
        f"{side}sd": times * sd, f"{side}printed_low": times * row["low"], f"{side}printed_high": times * row["high"],
        f"{side}interval_kind": row["interval_kind"],
    }  # fmt: skip


def _nowhere(side: str) -> dict[str, Any]:
    names = ("value", "raw", "n", "events", "sd", "printed_low", "printed_high")
    return {**{f"{side}{name}": np.nan for name in names}, f"{side}interval_kind": ""}


@lru_cache(maxsize=64)
def _harms(study: str) -> str:
    """Say the first of a study's unwanted effects in the order of HARMS, its comparator's beside it."""
    rows = data.table("results")
    rows = rows[(rows["study_id"] == study) & rows["outcome_id"].isin(HARMS)]
    contrasts = data.table("contrasts")
    compared = contrasts[(contrasts["study_id"] == study) & contrasts["outcome_id"].isin(HARMS)]
    arms = data.table("arms")
    drug = set(
        arms.loc[(arms["study_id"] == study) & arms["treatment_id"].str.startswith("ketamine"), "arm_id"]
    )
    names = data.table("outcomes").set_index("outcome_id")["name"]
    for harm in HARMS:
        said = HARM_WORDS.get(harm, str(names[harm]).lower())
        worse = compared[compared["outcome_id"] == harm]
        if len(worse):
            p = worse["p_value"].iloc[0]
            return f"{said}: more (p {p if p.startswith('<') else '= ' + p})"
        found = rows[rows["outcome_id"] == harm]
        mine = found[found["arm_id"].isin(drug)]
        if mine.empty:
            continue
        other = found[~found["arm_id"].isin(drug)]
        words = f"{said} {_count(mine.iloc[0])}"
        return (
            f"{words} v {_count(other.iloc[0])}"
            if len(other)
            else words + UNITS[mine.iloc[0]["unit_counted"]]
        )
    return ""


def _count(row: pd.Series) -> str:
    return f"{row['events']}/{row['n']}" if pd.notna(row["events"]) else f"{row['percent']:g} %"
