"""Contrasts: every difference and ratio of the sheets, with both arms named and its direction in words."""

from __future__ import annotations

from tools.build_data import outcome_table, treatment_table, wording
from tools.build_data.sheets import Row
from tools.build_data.trial_tables import Trials

_BELOW_ONE_BETTER = "above 1: more often with {a} than with {b}; below 1: less often"
# rows of the ketamine sheet that are differences already: arm_a, arm_b, direction
_KETAMINE = {
    ("etchison2018", "contrast_ketamine_minus_placebo"): (
        "ketamine_02",
        "placebo",
        "ketamine minus saline in the fall of pain; negative: saline fell more",
    ),
    ("zitek2018", "contrast_prochlorperazine_minus_ketamine"): (
        "prochlorperazine",
        "ketamine_03",
        "prochlorperazine minus ketamine; positive: better on prochlorperazine",
    ),
    ("benish2019", "contrast_ketamine_minus_control"): (
        "ketamine_in",
        "metoclopramide",
        "ketamine minus control in the fall of pain; positive: ketamine fell more",
    ),
}
# rows with a p value and no figure: arm_b, measure, direction
_ONLY_P = {
    "sarvari2022": (
        "ketorolac",
        "mean_difference",
        "ketamine against ketorolac; pain lower on ketamine, by how much is not shown",
    ),
    "etchison2018": (
        "placebo",
        "median_difference",
        "ketamine against saline; score higher on ketamine, by how much is not shown",
    ),
}
_ONE_TRIAL = ("bigal2002cpz", "bigal2002mg")
_CONTROL = {
    "etns_meta2024": ("sham", "Sham stimulation (pooled)", "sham stimulation"),
    "choi2014": ("control", "Control (pooled)", "placebo"),
}


def build(trials: Trials, source_of: dict[str, str]) -> list[dict[str, str]]:
    """The contrasts table; arms that only a contrast names are added to the trials' arms."""
    table: list[dict[str, str]] = []
    taken: set[str] = set()
    for scope, row in trials.contrast_rows:
        entry = _contrast(trials, scope, row)
        entry |= {
            "study_id": row["study_id"],
            "estimate": row["mean"],
            "low": row["ci_low"],
            "high": row["ci_high"],
            "p_value": row["p_value"],
            "time_value": row["timepoint"],
            "time_unit": row["timepoint_unit"],
            "source_id": source_of[row["study_id"]],
            "read_where": wording.read_where(row["checked_where"]),
            "provenance": wording.provenance(row["checked_where"]),
            "interval_kind": ("IQR" if "IQR" in row["note"] else "95 % CI") if row["ci_low"] else "",
            "note": wording.note(row["note"]),
        }
        time = f"_{float(row['timepoint']):g}{row['timepoint_unit']}" if row["timepoint"] else ""
        name, number = f"{row['study_id']}_{entry['arm_a']}_{entry['outcome_id']}{time}", 2
        while name in taken:
            name, number = (
                f"{row['study_id']}_{entry['arm_a']}_{entry['outcome_id']}{time}_{number}",
                number + 1,
            )
        taken.add(name)
        table.append({"contrast_id": name, **entry})
    return table


def _contrast(trials: Trials, scope: str, row: Row) -> dict[str, str]:
    study, arm = row["study_id"], row["arm_id"]
    outcome = outcome_table.outcome_of(scope, Row(row.sheet, row.line, {**row.cells, "unit": ""}))
    if (study, arm) in _KETAMINE:
        arm_a, arm_b, direction = _KETAMINE[study, arm]
        measure = "median_difference" if "median" in row["stat"] else "mean_difference"
        return {
            "arm_a": arm_a,
            "arm_b": arm_b,
            "outcome_id": outcome,
            "measure": measure,
            "direction": direction,
            "unit": row["unit"],
        }
    if not row["mean"]:
        arm_b, measure, direction = _ONLY_P[study]
        if outcome.endswith("adverse_any"):
            measure, direction = (
                "risk_difference",
                "ketamine against ketorolac; more often on ketamine, by how much is not shown",
            )
        return {
            "arm_a": arm,
            "arm_b": arm_b,
            "outcome_id": outcome,
            "measure": measure,
            "direction": direction,
            "unit": row["unit"],
        }
    control, label, treatment = _CONTROL.get(
        study, ("placebo", "Placebo" if study in _ONE_TRIAL else "Placebo (pooled)", "placebo")
    )
    if (study, arm) not in trials.arms:
        _add_arm(trials, study, arm, row, row["arm"], row["treatment"], row["role"])
    if (study, control) not in trials.arms:
        _add_arm(trials, study, control, row, label, treatment, "placebo")
    measure, direction, unit = _measure(row["unit"], row["arm"], label)
    return {
        "arm_a": arm,
        "arm_b": control,
        "outcome_id": outcome,
        "measure": measure,
        "direction": direction,
        "unit": unit,
    }


def _measure(raw: str, arm: str, control: str) -> tuple[str, str, str]:
    ratio = _BELOW_ONE_BETTER.format(a=arm, b=control)
    if raw.startswith("NNT"):
        return (
            "nnt",
            f"patients to treat with {arm} instead of {control} for one more to have the outcome",
            "patients",
        )
    if raw.startswith("odds ratio"):
        return "odds_ratio", ratio, ""
    if raw.startswith("relative risk"):
        return "risk_ratio", ratio, ""
    if raw.startswith("standardised"):
        return "smd", f"positive: larger fall of pain with {arm}", "standard deviations"
    unit = "percentage points" if raw.startswith("percentage points") else "proportion"
    return "risk_difference", f"{arm} minus {control}; positive: more often with {arm}", unit


def _add_arm(trials: Trials, study: str, arm: str, row: Row, label: str, treatment: str, role: str) -> None:
    trials.arms[study, arm] = {
        "study_id": study,
        "arm_id": arm,
        "label": label,
        "treatment_id": treatment_table.treatment_id(treatment),
        "role": role,
        "dose": row["dose"] if role != "placebo" else "",
        "route": row["route"],
    }
