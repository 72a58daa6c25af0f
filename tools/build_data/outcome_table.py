"""The vocabulary of outcomes (outcomes.csv), and which of its outcomes each raw row measures (outcome_match.csv)."""

from __future__ import annotations

from functools import cache

from tools.build_data import additions
from tools.build_data.sheets import Row

# outcomes that definitions.csv calls otherwise
_REFERENCE_OF = {"rescue_use": "rescue"}


def rows() -> list[dict[str, str]]:
    """The outcomes table; a definition that was read in a paper names it (definitions.csv, definition_sources.csv)."""
    cited = {
        _REFERENCE_OF.get(row["outcome"], row["outcome"]): row["source_id"]
        for row in additions.read("definitions.csv")
    }
    named = {row["reference"]: row for row in additions.read("definition_sources.csv")}
    table: list[dict[str, str]] = []
    for row in additions.read("outcomes.csv"):
        order = 1 + sum(other["scope"] == row["scope"] for other in table)
        group = named.get(row["reference"], {"source_id": "", "short": row["reference"]})
        source_id = cited.get(row["outcome_id"], group["source_id"])
        reference = "" if row["outcome_id"] in cited else group["short"]
        table.append({**row, "source_id": source_id, "reference": reference, "order": str(order)})
    return table


def with_short_names(table: list[dict[str, str]], listed: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """The same rows; where one paper was read for the definition, its short name is the reference."""
    for row in table:
        row["reference"] = row["reference"] or listed[row["source_id"]]["short"]
    return table


@cache
def _matches() -> list[dict[str, str]]:
    """Rules in order: the first that fits a row's scope, raw outcome and definition counts."""
    return additions.read("outcome_match.csv")


def outcome_of(scope: str, row: Row) -> str:
    """Outcome that a raw row measures. Changes in prevention go by the basis and the unit, not by the raw code."""
    raw, detail = row["outcome"], row["outcome_detail"]
    if scope == "acute" and raw == "pain_score_change" and row["unit"].startswith("% fall"):
        return "acute_pain_fall_percent"
    if scope == "preventive" and raw in ("mmd_change", "mhd_change"):
        return _preventive_change(row)
    for rule in _matches():
        if (rule["scope"], rule["raw_outcome"]) == (scope, raw) and rule["definition_contains"] in detail:
            return rule["outcome_id"]
    raise ValueError(f"{row.sheet} line {row.line}: no outcome for {raw} ({detail})")


def basis_of(row: Row) -> str:
    """What a preventive outcome counts, from the [basis: ...] tag of the raw definition; empty where there is none."""
    detail = row["outcome_detail"]
    if not detail.startswith("[basis: "):
        return ""
    return detail[len("[basis: ") : detail.index("]")].replace(" or ", "_").replace(" ", "_")


def _preventive_change(row: Row) -> str:
    basis = basis_of(row)
    if row["stat"] == "mean" and "level" in row["outcome_detail"]:
        return "migraine_days" if basis == "migraine_days" else "headache_days"
    if row["unit"].startswith("%"):
        return "attack_change_percent"
    return {"migraine_days": "mmd_change", "attacks": "attack_change"}.get(basis, "mhd_change")
