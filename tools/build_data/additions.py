"""Facts found later, each with its address.

additions.csv holds figures and pain levels for results, source_additions.csv titles, numbers and addresses for sources,
definitions.csv the references of outcome definitions.
"""

from __future__ import annotations

import csv
from pathlib import Path

from tools.build_data import decisions
from tools.build_data.sheets import Row

HERE = Path(__file__).parent
_CELL = {"value": "mean"}
_FIGURES = ("events", "percent", "value", "mean")


def read(name: str, folder: Path = HERE) -> list[dict[str, str]]:
    """Rows of one of the addition files; none when there is no such file."""
    path = folder / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            {key: (value or "").strip() for key, value in row.items() if key}
            for row in csv.DictReader(handle)
        ]


def apply_to_rows(rows: list[Row], found: list[dict[str, str]], scope: str) -> list[dict[str, str]]:
    """Put found figures into the raw rows they belong to, or into new rows of known arms.

    `rows` grows by rows that the sheets lack (another arm of an outcome that they hold). Returns the facts that fit
    nowhere.
    """
    unused = []
    for fact in found:
        study = decisions.RENAMED_STUDIES.get((scope, fact["study_id"]), fact["study_id"])
        here = [row for row in rows if row["study_id"] == study]
        fits = [row for row in here if _fits(row, fact)]
        if not fits:
            fits = _new_row(here, fact)
            rows += fits
        for row in fits:
            _apply(row, fact)
        if not fits:
            unused.append(fact)
    return unused


def _fits(row: Row, fact: dict[str, str]) -> bool:
    for column in ("arm_id", "outcome", "timepoint"):
        if fact.get(column) and row[column] != fact[column]:
            return False
    return fact.get("outcome_detail", "") in row["outcome_detail"]


def _new_row(here: list[Row], fact: dict[str, str]) -> list[Row]:
    """A row for an arm whose figure the sheets lack, made after the same outcome of another arm of the study.

    An outcome that the sheets lack in both arms says its basis first ("[basis: headache days] ..."); its row is made
    after another row of the arm.
    """
    alike = [row for row in here if row["outcome"] == fact["outcome"] and _fits(row, {**fact, "arm_id": ""})]
    arm = [row for row in here if row["arm_id"] == fact["arm_id"]]
    said = ("outcome", "outcome_detail", "timepoint")
    new = {}
    if arm and not alike and fact["outcome_detail"].startswith("[basis:"):
        alike, new = arm, {column: fact[column] for column in said}
    if not (alike and arm and fact["outcome"] and fact["field"] in ("n", *_FIGURES)):
        return []
    cells = dict(alike[0].cells) | dict.fromkeys(
        ("n", "events", "percent", "mean", "sd", "ci_low", "ci_high", "p_value", "note", "derived"), ""
    )
    cells |= {
        column: arm[0][column]
        for column in ("arm_id", "arm", "treatment", "drug_class", "role", "dose", "route")
    }
    return [Row(alike[0].sheet, alike[0].line, cells | new | {"checked_where": fact["read_where"]})]


def _apply(row: Row, fact: dict[str, str]) -> None:
    row[_CELL.get(fact["field"], fact["field"])] = fact["value"]
    row.added.append(fact)
    if fact["field"] == "events":
        row["derived"] = "no"
    if fact["field"] in _FIGURES:
        row["checked_where"] = fact["read_where"]


def said(row: Row) -> str:
    """Where added facts were read, for the note of a result: one clause an address."""
    clauses: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for fact in row.added:
        fields, notes = clauses.setdefault((fact["url"], fact["read_where"]), ([], []))
        fields.append(fact["field"].replace("_", " "))
        if fact.get("note") and fact["note"] not in notes and "the sheet" not in fact["note"]:
            notes.append(fact["note"])
    return "; ".join(
        f"{', '.join(dict.fromkeys(fields))} read at {url} ({where})"
        + (f": {'; '.join(notes)}" if notes else "")
        for (url, where), (fields, notes) in clauses.items()
    )


def apply_to_sources(
    rows: list[dict[str, str]], found: list[dict[str, str]], name_of: dict[str, str]
) -> list[dict[str, str]]:
    """Put found titles, numbers and addresses into source rows; returns those that fit none."""
    by_name = {row["source_id"]: row for row in rows}
    unused = []
    for fact in found:
        row = by_name.get(name_of.get(fact["source_id"], fact["source_id"]))
        if row is None or fact["field"] not in row:
            unused.append(fact)
        else:
            row[fact["field"]] = fact["value"]
    return unused
