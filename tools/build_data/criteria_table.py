"""Diagnostic criteria, one condition a row; thresholds as text and as numbers. Later readings: criteria_readings.csv."""

from __future__ import annotations

import re

from tools.build_data import additions, wording
from tools.build_data.phase_tables import named
from tools.build_data.sheets import Book, Row
from tools.build_data.source_table import Reading, Sources, place

_BETA = {"ichd3_ietth"}
_REVISION = {"moh_table_jnnp"}


def rows(book: Book, sources: Sources, listed: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """The criteria table: rows of the sheet, with later readings in place of theirs, and rows that the sheet lacks."""
    raw = book.read("criteria")
    found = additions.read("criteria_readings.csv")
    table = []
    for row in raw:
        new = next((fact for fact in found if _same(fact, row)), None)
        if new and new["action"] == "leave_out":
            book.leave_out(row, f"{row['code']} {row['item']}", new["note"])
            continue
        table.append(_row(row, new, sources, listed))
    for fact in found:
        if fact["action"] == "add":
            table.append(_row(Row("criteria_readings", 0, dict(fact)), fact, sources, listed))
        elif not any(_same(fact, row) for row in raw):
            print(f"criteria_readings.csv: no row {fact['code']} {fact['criterion']} {fact['item']}")
    order = {code: place for place, code in enumerate(dict.fromkeys(row["code"] for row in raw))}

    def place_of(code: str) -> tuple[int, str]:
        """A code that the sheet lacks stands after the disorder that it is a kind of."""
        parent = code
        while parent not in order and "." in parent:
            parent = parent.rpartition(".")[0]
        return order.get(parent, len(order)), code

    table.sort(key=lambda row: place_of(row["code"]))
    return named(table, "criterion_id", "code", "criterion", "item")


def _same(fact: dict[str, str], row: Row) -> bool:
    return fact["action"] != "add" and all(
        fact[cell] in ("*", row[cell]) for cell in ("code", "criterion", "item")
    )


def _row(
    row: Row, new: dict[str, str] | None, sources: Sources, listed: dict[str, dict[str, str]]
) -> dict[str, str]:
    reading = (
        Reading(new["source_id"], new["read_where"], new["url"])
        if new
        else sources.reading("phases", row["source_id"])
    )
    cells = {
        column: row[column] for column in ("code", "disorder", "criterion", "item", "kind", "description")
    }
    if new:
        cells |= {name: new[name] for name in ("description",) if new[name]}
    edition = "ICHD-3"
    if row["code"] == "SNNOOP10":
        edition = "SNNOOP10"
    elif not new and row["source_id"] in _BETA:
        edition = "ICHD-3 beta"
    elif not new and row["source_id"] in _REVISION:
        edition = "ICHD-2 revision"
    return cells | {
        **threshold((new or {}).get("threshold") or row["threshold"], (new or {}).get("unit") or row["unit"]),
        "edition": edition,
        **place(reading, listed),
        "note": wording.note(new["note"]) if new else "",
    }


def threshold(said: str, unit: str) -> dict[str, str]:
    """Columns of a threshold as the sheet writes it: `5`, `4-72`, `>72`, `<1`; group sizes are told from units."""
    group = re.match(r"of (\d+) (features|aura symptom types|ways a day counts)", unit)
    strictly = "strictly more than" in unit
    if strictly:
        said, unit = f">{said}", unit.split(" (")[0]
    low, high = said, ""
    if "-" in said:
        low, _, high = said.partition("-")
    elif said.startswith("<"):
        low, high = "", said[1:]
    elif said.startswith(">"):
        low = said[1:]
    plain = {"features": "features", "aura symptom types": "features", "ways a day counts": "ways"}
    return {
        "threshold": said,
        "at_least": low,
        "at_most": high,
        "strict": "true" if said[:1] in ("<", ">") else "false",
        "unit": plain[group.group(2)] if group else unit,
        "group_size": group.group(1) if group else "",
    }
