"""Trials found after the sheets were made.

new_trials.csv describes each study and new_arms.csv its arms; their figures stand in additions.csv and their titles and
numbers in source_additions.csv, under the name in ``found_as``.
"""

from __future__ import annotations

import re

from tools.build_data import additions, wording
from tools.build_data.sheets import Row

_DETAIL = {"responder_50": "[basis: migraine days] at least 50 % fewer migraine days"}
_STANDARD = {
    "pain_free": "moderate or severe pain at dosing gone completely, before any rescue",
    "pain_relief": "moderate or severe pain at dosing down to mild or none",
    "sustained_pain_free_24h": "pain-free at 2 h and still pain-free at 24 h without rescue or recurrence",
    "rescue_use": "took further acute medicine",
    "adverse_any": "at least one adverse event after treatment",
}
_NOT_A_DETAIL = ("moderate or severe pain at dosing", "any pain at dosing", "attacks, not people", "")
_PREFIX = re.compile(r"^NEW TRIAL, not in the raw sheets: (randomised, double-blind, placebo-controlled; )?")


def names() -> dict[str, str]:
    """Name under which a trial was found -> its study_id."""
    return {row["found_as"]: row["study_id"] for row in additions.read("new_trials.csv")}


def studies(scope: str) -> list[Row]:
    """The trials of a scope as rows of a study sheet."""
    return [
        Row("new_trials", 0, {**row}) for row in additions.read("new_trials.csv") if row["scope"] == scope
    ]


def results(scope: str, facts: list[dict[str, str]]) -> list[Row]:
    """Figures of new trials as rows of a results sheet, one an arm, outcome and time."""
    trials = {row["found_as"]: row for row in additions.read("new_trials.csv") if row["scope"] == scope}
    arms = {(row["found_as"], row["arm_id"]): row for row in additions.read("new_arms.csv")}
    rows: dict[tuple[str, ...], Row] = {}
    for fact in facts:
        trial, arm = trials.get(fact["study_id"]), arms.get((fact["study_id"], fact["arm_id"]))
        if trial is None or arm is None:
            continue
        key = tuple(
            fact[column] for column in ("study_id", "arm_id", "outcome", "outcome_detail", "timepoint")
        )
        if key not in rows:
            rows[key] = _row(scope, trial, arm, fact)
        plain = {
            **fact,
            "note": _PREFIX.sub("", fact["note"]).replace(
                "so leave the ibuprofen arm out or mark it", "so it has no count"
            ),
        }
        rows[key].added.append(plain)
        rows[key][fact["field"]] = fact["value"]
        if fact["field"] == "events":
            rows[key]["derived"] = "no"
    return list(rows.values())


def _row(scope: str, trial: dict[str, str], arm: dict[str, str], fact: dict[str, str]) -> Row:
    said = fact["outcome_detail"]
    outcome = fact["outcome"]
    detail = _DETAIL.get(outcome) or (_STANDARD.get(outcome, said) if said in _NOT_A_DETAIL else said)
    cells = {
        column: arm[column]
        for column in ("arm_id", "arm", "treatment", "drug_class", "role", "dose", "route")
    }
    cells |= {
        "study_id": trial["study_id"],
        "outcome": outcome,
        "outcome_detail": detail,
        "timepoint": fact["timepoint"],
        "timepoint_unit": ("wk" if scope == "preventive" else "h") if fact["timepoint"] else "",
        "stat": "proportion",
        "checked_where": fact["read_where"],
        "pain_at_dosing": trial["pain_at_dosing"],
        "unit_counted": trial["unit_counted"],
    }
    return Row("new_trials", 0, cells)


def sources() -> list[dict[str, str]]:
    """Source rows of the new trials, to be filled from source_additions.csv."""
    columns = ("authors", "year", "title", "journal", "doi", "pmid")
    url = {fact["study_id"]: fact["url"] for fact in reversed(additions.read("additions.csv"))}
    return [
        {
            "source_id": row["study_id"],
            "short": re.sub(r" \(.*\)$", "", row["short"]),
            **dict.fromkeys(columns, ""),
            "registry_id": row["registry_id"],
            "url": url.get(row["found_as"], ""),
            "read_where": "abstract",
            "note": wording.note(row["note"]),
        }
        for row in additions.read("new_trials.csv")
    ]
