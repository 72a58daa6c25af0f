"""Cards of the treatments: kind and use (treatment_kinds.csv), what was read (treatment_readings.csv).

A reading fills one cell of one treatment, or of a whole class (``class:triptan``), and leaves its
source and its address with the row. What no reading touches stays as the sheets have it; their targets and
mechanisms were not looked up and say so.
"""

from __future__ import annotations

import re
from collections import defaultdict

from tools.build_data import additions

Table = dict[str, dict[str, str]]
Read = dict[str, dict[str, list[str]]]  # treatment -> place of reading -> cells read there

# words of the sheets that say that nothing was read, or that tell no more than that
NOTHING = re.compile(
    r"(prevention: )?(not captured|not read|none read|none|not in the drug gradings"
    r"|later than .*|cleared device, not graded in what was read)",
    re.IGNORECASE,
)
CAUTIONS = {
    "caution_pregnancy": r"pregnan|unborn|cleft",
    "caution_cardiovascular": r"heart|vessel|vascular|blood pressure|hypertension|\bQT\b|slow pulse",
    "caution_liver": r"\bliver|hepat",
    "caution_overuse": r"overuse",
}
USES = {"acute": "headache (any)", "preventive": "between attacks"}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def complete(
    table: Table, arms: list[dict[str, str]], results: list[dict[str, str]], known: set[str]
) -> None:
    """Fill the rows of `table` (by name) in place; rows for treatments that no trial tests are added.

    `known` holds the names of all sources: what a source outside it would say is not taken in.
    """
    for kind in additions.read("treatment_kinds.csv"):
        name = kind["treatment_id"]
        if name not in table and (not kind["name"] or kind["source_id"] not in known):
            continue
        row = table.setdefault(name, {"treatment_id": name})
        row |= {column: value for column, value in kind.items() if value}
    for row in table.values():
        for column in ("guideline", "adverse_effects"):
            parts = (part.strip() for part in row.get(column, "").split("; "))
            row[column] = "; ".join(part for part in parts if not NOTHING.fullmatch(part))
    read: Read = {}
    for reading in additions.read("treatment_readings.csv"):
        if reading["source_id"] in known:
            for row in _meant(table, reading["treatment_id"]):
                _take(row, reading, read)
    for name, places in read.items():
        said = [f"{', '.join(fields).replace('_', ' ')}: {place}" for place, fields in places.items()]
        table[name]["read_where"] = "; ".join(filter(None, [table[name].get("read_where", ""), *said]))
    pains = _pain_at_dosing(arms, results)
    for row in table.values():
        _finish(row, pains.get(row.get("studied_as") or row["treatment_id"], {}))


def _meant(table: Table, name: str) -> list[dict[str, str]]:
    if name.startswith("class:"):
        return [row for row in table.values() if row.get("drug_class") == name.removeprefix("class:")]
    return [table[name]] if name in table else []


def _take(row: dict[str, str], reading: dict[str, str], read: Read) -> None:
    field, value = reading["field"], reading["value"]
    if value.startswith("+ "):
        value = "; ".join(part for part in (row.get(field, ""), value.removeprefix("+ ")) if part)
    if value:
        row[field] = value
    if field in ("target", "mechanism"):
        row[f"{field}_basis"] = "source"
    if not row.get("source_id"):
        row["source_id"] = reading["source_id"]
    further = [*row.get("further_source_ids", "").split(";"), reading["source_id"]]
    further = [name for name in dict.fromkeys(further) if name and name != row["source_id"]]
    row["further_source_ids"] = ";".join(further)
    place = f"{reading['read_where']} of {reading['source_id']}"
    place += f", {reading['url']}" if reading["url"] else ""
    known = read.setdefault(row["treatment_id"], {}).setdefault(place, [])
    if field not in known:
        known.append(field)


def _pain_at_dosing(
    arms: list[dict[str, str]], results: list[dict[str, str]]
) -> dict[str, dict[str, set[str]]]:
    """Treatment -> pain at dosing -> studies of this package that gave it then."""
    given = {(arm["study_id"], arm["arm_id"]): arm["treatment_id"] for arm in arms}
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for result in results:
        if result["pain_at_dosing"] in ("mild", "moderate_severe"):
            treatment = given[result["study_id"], result["arm_id"]]
            found[treatment][result["pain_at_dosing"]].add(result["study_id"])
    return found


def _finish(row: dict[str, str], pains: dict[str, set[str]]) -> None:
    """Cells that follow from others: when it is used, what is cautioned, the newest guideline."""
    row.setdefault("used_for", "")
    if row.get("category") not in ("comparator", "mixed") and not row.get("used_when"):
        when = [USES[use] for use in row["used_for"].split(";") if use]
        if pains.get("mild") and "headache (any)" in when:
            when.insert(0, "headache (early)")
        row["used_when"] = ";".join(when)
    if not row.get("used_when_basis") and pains:
        words = {"mild": "while the pain was mild", "moderate_severe": "at moderate or severe pain"}
        said = [f"{len(pains[pain])} {words[pain]}" for pain in words if pains.get(pain)]
        row["used_when_basis"] = f"trials of this package that gave it: {', '.join(said)}"
    for column, words_of in CAUTIONS.items():
        named = re.search(words_of, row.get("cautions", ""), re.IGNORECASE)
        row[column] = "yes" if named else "no statement read"
    years = _YEAR.findall(row.get("guideline", ""))
    row["guideline_year"] = max(years, default="")
    for column in ("target", "mechanism"):
        if row.get(column):
            row.setdefault(f"{column}_basis", "background, unverified")
    row.setdefault("approval", "unknown")
    row["routes"] = "; ".join(dict.fromkeys(part.strip() for part in row.get("routes", "").split(";")))
