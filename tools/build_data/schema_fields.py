"""Small helpers that write the fields of a table, and the vocabularies that several tables share."""

from __future__ import annotations

from typing import Any

# fmt: off

SCOPE = ["acute", "preventive", "ketamine"]
PROVENANCE = ["primary", "registry", "label", "secondary", "copy"]
TIME_UNITS = ["min", "h", "d", "wk", "mo"]
ROUTES = ["oral", "iv", "im", "sc", "intranasal", "inhaled", "device", "procedure", "behavioural", "other"]
DESIGNS = [
    "rct_parallel", "rct_crossover", "controlled_trial", "cohort_prospective", "cohort_retrospective", "case_series",
    "case_report", "meta_analysis", "systematic_review", "guideline", "review", "meeting_release",
]
CATEGORIES = [
    "acute", "preventive", "onabotulinumtoxinA", "nerve block", "neuromodulation", "behavioural", "complementary",
    "lifestyle", "ketamine", "comparator", "mixed",
]
_WHEN = r"(prodrome|aura|headache \((early|any)\)|between attacks)"
WHEN = rf"^{_WHEN}(;{_WHEN})*$"
BASIS = ["source", "background, unverified"]
STATED = ["yes", "no statement read"]
JUDGEMENT = ["low", "some", "high", "na"]
KEY = r"^[a-z0-9_]+$"


def text(name: str, says: str, **rules: Any) -> dict[str, Any]:
    return _field(name, "string", says, rules)


def key(name: str, says: str, **rules: Any) -> dict[str, Any]:
    return _field(name, "string", says, {"required": True, "pattern": KEY, **rules})


def one_of(name: str, says: str, values: list[str], **rules: Any) -> dict[str, Any]:
    return _field(name, "string", says, {"enum": values, **rules})


def whole(name: str, says: str, **rules: Any) -> dict[str, Any]:
    return _field(name, "integer", says, rules)


def number(name: str, says: str, **rules: Any) -> dict[str, Any]:
    return _field(name, "number", says, rules)


def truth(name: str, says: str) -> dict[str, Any]:
    return _field(name, "boolean", says, {"required": True})


def _field(name: str, kind: str, says: str, rules: dict[str, Any]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": kind, "description": says}
    if "unit" in rules:
        field["unit"] = rules.pop("unit")
    if kind == "boolean":
        field["trueValues"], field["falseValues"] = ["true"], ["false"]
    if rules:
        field["constraints"] = rules
    return field


def link(columns: str | list[str], table: str, target: str | list[str]) -> dict[str, Any]:
    fields = [columns] if isinstance(columns, str) else columns
    targets = [target] if isinstance(target, str) else target
    return {"fields": fields, "reference": {"resource": table, "fields": targets}}


READ = [
    text("read_where", "Part of the source that the figure was read in (abstract, table, label, registry page, report about it)"),
    one_of("provenance", "How close the reading is to the study: its own text, a registry, a drug label, a text about it, or a copy of it", PROVENANCE, required=True),
]
TIME = [
    number("time_value", "When it was measured, counted from the start of treatment; empty where the source gives no time", minimum=0),
    one_of("time_unit", "Unit of time_value: minutes, hours, days, weeks, months", TIME_UNITS),
]

READ_AT = [
    *READ,
    text("read_url", "Address at which the figure was read, where it is not that of the source", pattern=r"^https?://\S+$"),
]
FURTHER = text("further_source_ids", "Further sources, separated by semicolons")
SOURCE_LINK = link("source_id", "sources", "source_id")
