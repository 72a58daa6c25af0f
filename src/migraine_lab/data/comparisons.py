"""Reported proportions, each treated arm beside the comparator of its own study."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from migraine_lab.data.tables import table, time_text

_DAYS = {"min": 1 / 1440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 365.25 / 12}
_BASIS = {
    "migraine_days": "migraine days",
    "headache_days": "headache days",
    "moderate_severe_headache_days": "moderate or severe headache days",
}
_LOOK = {"studies": "study_id", "outcomes": "outcome_id", "treatments": "treatment_id"}
_COMPARATORS = ("placebo", "no_treatment", "active_control")
NUMBERS = (
    "year",
    "time_value",
    "time_days",
    "events",
    "n",
    "percent",
    "comparator_events",
    "comparator_n",
    "comparator_percent",
)


def comparisons(scope: str | None = None, outcome: str | None = None) -> pd.DataFrame:
    """One row a treated arm and proportion, with its own comparator, counts, definition and source.

    An arm is paired with the placebo of the same ``comparison_id``, else with no treatment, else with the
    active control (the first one listed). ``comparator_kind`` is "none" for single arms and where no
    comparator is printed. ``percent`` is filled from the counts where the source prints none. Numbers are
    ``float64``, ``nan`` if unknown.

    ``scope`` is "acute", "preventive" or "ketamine"; ``outcome`` an ``outcome_id``. Raises ``ValueError`` for
    others.
    """
    frame = _all()
    ids = table("outcomes")["outcome_id"]
    for column, wanted, known in (("scope", scope, frame["scope"]), ("outcome_id", outcome, ids)):
        if wanted is not None and wanted not in set(known):
            there = ", ".join(sorted(set(known)))
            raise ValueError(f"there is no {column} {wanted!r}; there is: {there}")
        if wanted is not None:
            frame = frame[frame[column] == wanted]
    return frame.reset_index(drop=True).copy()


@lru_cache(maxsize=1)
def _all() -> pd.DataFrame:
    results = table("results")
    results["time"] = time_text(results)
    look = {name: table(name).set_index(key).to_dict("index") for name, key in _LOOK.items()}
    arms = {(row["study_id"], row["arm_id"]): row for row in table("arms").to_dict("records")}
    groups: dict[str, list[dict[str, Any]]] = {}
    for record in results[results["stat"] == "proportion"].to_dict("records"):
        record["arm_row"] = arms[record["study_id"], record["arm_id"]]
        groups.setdefault(record["comparison_id"], []).append(record)
    rows = [row for records in groups.values() for row in _pairs(records, look)]
    frame = pd.DataFrame(rows)
    frame[list(NUMBERS)] = frame[list(NUMBERS)].astype("float64")
    return frame


def _pairs(records: list[dict[str, Any]], look: dict[str, dict[Any, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Rows of one comparison: every treated arm with the comparator that ranks first."""
    comparator = next(
        (record for role in _COMPARATORS for record in records if record["arm_row"]["role"] == role), None
    )
    rows = []
    for record in records:
        role = record["arm_row"]["role"]
        if role in ("placebo", "no_treatment") or record is comparator:
            continue
        # an active control stands as a treated arm beside placebo, but not beside another active control
        if (
            role == "active_control"
            and comparator is not None
            and comparator["arm_row"]["role"] == "active_control"
        ):
            continue
        rows.append(row(record, None if role == "single_arm" else comparator, look))
    if not rows and comparator is not None and comparator["arm_row"]["role"] == "active_control":
        rows = [row(comparator, None, look)]
    return rows


def _percent(record: dict[str, Any] | None) -> float:
    if record is None:
        return float("nan")
    if pd.notna(record["percent"]) or pd.isna(record["events"]):
        return float(record["percent"])
    return 100 * float(record["events"]) / float(record["n"])


def _number(record: dict[str, Any] | None, column: str) -> float:
    return float("nan") if record is None or pd.isna(record[column]) else float(record[column])


def row(
    record: dict[str, Any], comparator: dict[str, Any] | None, look: dict[str, dict[Any, dict[str, Any]]]
) -> dict[str, Any]:
    """One comparison as a row of :func:`comparisons`; ``look`` holds studies, outcomes and treatments by id."""
    study, outcome = look["studies"][record["study_id"]], look["outcomes"][record["outcome_id"]]
    arm, other = record["arm_row"], comparator["arm_row"] if comparator else None
    treatment = look["treatments"][arm["treatment_id"]]
    unit = record["time_unit"]
    mismatches = [
        record["mismatch_note"],
        f"comparator: {comparator['mismatch_note']}" if comparator and comparator["mismatch_note"] else "",
    ]
    return {
        "comparison_id": record["comparison_id"],
        "result_id": record["result_id"],
        "comparator_result_id": comparator["result_id"] if comparator else "",
        "study_id": record["study_id"],
        "study": study["short"],
        "year": float("nan") if pd.isna(study["year"]) else float(study["year"]),
        "scope": study["scope"],
        "outcome_id": record["outcome_id"],
        "outcome": outcome["name"],
        "endpoint": _endpoint(study["scope"], outcome["name"], record),
        "definition": record["definition"],
        "time_value": record["time_value"],
        "time_unit": unit,
        "time": record["time"],
        "time_days": record["time_value"] * _DAYS[unit] if unit else float("nan"),
        "basis": record["basis"],
        "pain_at_dosing": record["pain_at_dosing"],
        "unit_counted": record["unit_counted"],
        "treatment_id": arm["treatment_id"],
        "treatment": treatment["name"],
        "drug_class": treatment["drug_class"],
        "category": treatment["category"],
        "route": arm["route"],
        "dose": arm["dose"],
        "arm_id": record["arm_id"],
        "arm": arm["label"],
        "events": _number(record, "events"),
        "n": _number(record, "n"),
        "percent": _percent(record),
        "comparator_kind": other["role"] if other else "none",
        "comparator": other["label"] if other else "",
        "comparator_treatment": look["treatments"][other["treatment_id"]]["name"] if other else "",
        "comparator_events": _number(comparator, "events"),
        "comparator_n": _number(comparator, "n"),
        "comparator_percent": _percent(comparator),
        "design": study["design"],
        "randomised": study["randomised"],
        "blinding": study["blinding"],
        "population": study["population"],
        "overlaps": study["overlaps"],
        "countable": record["countable"],
        "derived": record["derived"],
        "comparator_derived": comparator["derived"] if comparator else "",
        "better": outcome["better"],
        "is_benefit": outcome["is_benefit"],
        "source_id": record["source_id"],
        "read_where": record["read_where"],
        "provenance": record["provenance"],
        "note": record["note"],
        "mismatch_note": "; ".join(filter(None, mismatches)),
    }


def _endpoint(scope: str, name: str, record: dict[str, Any]) -> str:
    """Label of what may be set side by side: outcomes by time in attacks, by basis in prevention."""
    if scope == "acute" and record["time"]:
        value, unit = record["time_value"], record["time_unit"]
        # some trials print 60 min where others print 1 h
        hours = unit == "min" and value % 60 == 0
        return f"{name}, {value / 60:g} h" if hours else f"{name}, {record['time']}"
    if scope == "preventive" and record["basis"]:
        return f"{name} ({_BASIS.get(record['basis'], record['basis'])})"
    return name
