"""Contrasts that the sheets keep in the note of an arm's row: odds ratios, differences and numbers needed to treat."""

from __future__ import annotations

import re

from tools.build_data.trial_tables import Trials

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_ENDS = rf"(?:,? ?\(?(?:95 % CI )?{_NUMBER}(?: to |-){_NUMBER}\)?)?"
_PATTERNS = [
    ("odds_ratio", re.compile(rf"(?:^|; ?)(?:odds ratio|OR) {_NUMBER}{_ENDS}")),
    ("risk_ratio", re.compile(rf"(?:^|; ?)(?:relative risk|risk ratio) {_NUMBER}{_ENDS}")),
    ("difference", re.compile(rf"(?:^|; ?)(?:adjusted )?(?:difference|gain) {_NUMBER}(?: points)?{_ENDS}")),
    ("nnt", re.compile(rf"(?:^|; ?)NNT {_NUMBER}()()")),
]
_ROLES = ("placebo", "no_treatment", "active_control")


def build(trials: Trials, taken: set[str]) -> list[dict[str, str]]:
    """Contrasts read out of notes; each sets the row's arm against the comparator of the same comparison."""
    table = []
    for row in trials.results:
        for measure, pattern in _PATTERNS:
            found = pattern.search(row["note"])
            other = _comparator(trials, row) if found else None
            if found and other:
                table.append(_contrast(trials, row, other, measure, found.groups(), taken))
    return table


def _comparator(trials: Trials, row: dict[str, str]) -> dict[str, str] | None:
    alike = [
        other
        for other in trials.results
        if other["comparison_id"] == row["comparison_id"] and other["arm_id"] != row["arm_id"]
    ]
    for role in _ROLES:
        for other in alike:
            if trials.arms[other["study_id"], other["arm_id"]]["role"] == role:
                return other
    return None


def _contrast(
    trials: Trials,
    row: dict[str, str],
    other: dict[str, str],
    kind: str,
    figures: tuple[str | None, ...],
    taken: set[str],
) -> dict[str, str]:
    arm, control = (trials.arms[entry["study_id"], entry["arm_id"]]["label"] for entry in (row, other))
    estimate, low, high = (figure or "" for figure in figures)
    measure, unit = kind, ""
    direction = f"above 1: more often with {arm} than with {control}; below 1: less often"
    if kind == "nnt":
        unit, direction = (
            "patients",
            f"patients to treat with {arm} instead of {control} for one more to have the outcome",
        )
    elif kind == "difference" and row["stat"] == "proportion":
        measure, unit = "risk_difference", "percentage points"
        direction = f"{arm} minus {control}; positive: more often with {arm}"
    elif kind == "difference":
        measure, unit = "mean_difference", row["unit"]
        direction = f"{arm} minus {control}; negative: larger fall with {arm}"
        if low and float(estimate) > 0 > float(high):
            # printed as the size of the fall, with an interval that keeps the sign
            estimate = f"-{estimate}"
    if low and float(low) > float(high):
        low, high = high, low
    time = f"_{float(row['time_value']):g}{row['time_unit']}".replace(".", "p") if row["time_value"] else ""
    name, number = f"{row['study_id']}_{row['arm_id']}_{row['outcome_id']}{time}_{measure}", 2
    while name in taken:
        name, number = (
            f"{row['study_id']}_{row['arm_id']}_{row['outcome_id']}{time}_{measure}_{number}",
            number + 1,
        )
    taken.add(name)
    copied = (
        "study_id",
        "outcome_id",
        "time_value",
        "time_unit",
        "source_id",
        "read_where",
        "provenance",
        "p_value",
    )
    return {
        "contrast_id": name,
        "arm_a": row["arm_id"],
        "arm_b": other["arm_id"],
        "measure": measure,
        "direction": direction,
        "estimate": estimate,
        "low": low,
        "high": high,
        "interval_kind": "95 % CI" if low else "",
        "unit": unit,
        "note": "printed beside the arms of the same study",
        **{column: row[column] for column in copied},
    }
