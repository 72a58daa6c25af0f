"""What the package holds: tables, columns, types, units, constraints, keys. The descriptor is written from here."""

from __future__ import annotations

from typing import Any

from tools.build_data import (
    schema_claims,
    schema_drugs,
    schema_outlook,
    schema_pathway,
    schema_phases,
    schema_trials,
    schema_visits,
)

# fmt: off

TABLES: list[dict[str, Any]] = (
    schema_trials.TABLES + schema_claims.TABLES + schema_phases.TABLES + schema_drugs.TABLES + schema_visits.TABLES
    + schema_pathway.TABLES + schema_outlook.TABLES
)

# Units of columns that mean the same in every table; where a row names its own unit, this says in which column.
UNITS = {
    **dict.fromkeys(("value", "low", "high", "spread", "estimate", "at_least", "at_most"), "see the column unit"),
    "time_value": "see the column time_unit",
    **dict.fromkeys(("band_low", "band_high"), "see the column band_unit"),
    **dict.fromkeys(("n", "events", "n_enrolled", "group_size", "sources_listed"), "count"),
    **dict.fromkeys(("year", "year_from", "year_to"), "calendar year"),
    "order": "place in a list",
    **dict.fromkeys(("promotional_tone", "difficulty"), "points"),
}


def descriptor() -> dict[str, Any]:
    """The Data Package descriptor (standard, version 2) as a plain dictionary."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "migraine-lab",
        "title": "Migraine evidence for teaching",
        "description": "What migraine is, how it is treated, what trials report with comparator, denominator and source, how ketamine works, and public claims checked against all of it.",
        "version": "0.1.0",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Creative Commons Attribution 4.0"}],
        "resources": [_resource(table) for table in TABLES],
    }


def _with_unit(field: dict[str, Any]) -> dict[str, Any]:
    """The field with its unit, if it is a number; the unit stands after the description."""
    if field["type"] not in ("number", "integer"):
        return field
    said = {name: field[name] for name in ("name", "type", "description")}
    return {**said, "unit": field.get("unit") or UNITS[field["name"]], **field}


def _resource(table: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_with_unit(field) for field in table["fields"]],
        "missingValues": [""],
        "primaryKey": [table["key"]] if isinstance(table["key"], str) else table["key"],
    }
    if table.get("links"):
        schema["foreignKeys"] = table["links"]
    return {
        "name": table["name"],
        "type": "table",
        "path": f"{table['name']}.csv",
        "title": table["title"],
        "description": table["description"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
