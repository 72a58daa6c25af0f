"""Facts found later, each with its address: additions.csv (results) and source_additions.csv (sources)."""

from __future__ import annotations

import csv
from pathlib import Path

from tools.build_data import wording
from tools.build_data.sheets import Row

HERE = Path(__file__).parent
_CELL = {"n": "n", "events": "events", "percent": "percent", "ci_low": "ci_low", "ci_high": "ci_high", "p_value": "p_value", "value": "mean", "mean": "mean", "sd": "sd"}


def read(name: str, folder: Path = HERE) -> list[dict[str, str]]:
    path = folder / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(handle)]


def apply_to_rows(rows: list[Row], found: list[dict[str, str]]) -> list[dict[str, str]]:
    """Put found figures into the raw rows they belong to; returns the additions that fit no row."""
    unused = []
    for fact in found:
        fits = [row for row in rows if _fits(row, fact)]
        for row in fits:
            _apply(row, fact)
        if not fits:
            unused.append(fact)
    return unused


def _fits(row: Row, fact: dict[str, str]) -> bool:
    if fact["sheet"] and not row.sheet.startswith(fact["sheet"].split("_")[0]):
        return False
    wanted = (("study_id", "study_id"), ("arm_id", "arm_id"), ("outcome", "outcome"), ("timepoint", "timepoint"), ("outcome_detail", "outcome_detail"))
    for column, asked in wanted:
        value = fact.get(asked, "")
        if not value or value == "*":
            continue
        if column == "outcome_detail":
            if value not in row[column]:
                return False
        elif row[column] != value:
            return False
    return True


def _apply(row: Row, fact: dict[str, str]) -> None:
    field = _CELL.get(fact["field"], fact["field"])
    row[field] = fact["value"]
    said = f"{fact['field']} read at {fact['url']}" + (f" ({fact['read_where']})" if fact.get("read_where") else "")
    row["added"] = "; ".join(filter(None, [row["added"], said, fact.get("note", "")]))
    if field == "events":
        row["derived"] = "no"


def apply_to_sources(rows: list[dict[str, str]], found: list[dict[str, str]]) -> list[dict[str, str]]:
    """Put found titles, numbers and addresses into source rows; returns those that fit none."""
    by_name = {row["source_id"]: row for row in rows}
    unused = []
    for fact in found:
        row = by_name.get(fact["source_id"])
        if row is None or fact["field"] not in row:
            unused.append(fact)
            continue
        row[fact["field"]] = fact["value"]
        if fact["field"] == "title" and fact.get("url"):
            row["note"] = "; ".join(filter(None, [row["note"], wording.note(f"title seen at {fact['url']}")]))
    return unused
