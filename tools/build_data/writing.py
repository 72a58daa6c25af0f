"""Write the package: descriptor, tables, dictionary, list of what was left out. Same input, same bytes."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any


def table(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def descriptor(path: Path, package: dict[str, Any]) -> None:
    path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def dictionary(path: Path, package: dict[str, Any], counts: dict[str, int]) -> None:
    """data/README.md: what each table and column means, from the descriptor alone."""
    lines = [
        "# Data dictionary",
        "",
        f"{package['description']} Written by the build script from `datapackage.json`, which is the one place for names, types, units and rules; do not edit by hand.",
        "",
        "An empty cell means unknown. Percentages run from 0 to 100 in every table. Proportions are kept as `events` of `n` and as the `percent` that the source prints. Where sources disagree, with themselves or with one another, [CONTRADICTIONS.md](CONTRADICTIONS.md) gives both readings and what the tables use. What the raw sheets held and the package does not is listed in [LEFT_OUT.md](LEFT_OUT.md).",
        "",
        "A title, a year or authors that no page showed are not invented: the cell is empty, or holds our description in square brackets, and `not_seen` names it. `provenance` says how close a reading is to its source: `primary` (its own text), `registry`, `label`, `secondary` (a text about it) or `copy` (a reprint or index). A fact that was read elsewhere than its source's own address says where in `read_url`; sources that were read at several places, copies included, are one row.",
        "",
        "Built by `python -m tools.build_data RAW_FOLDER`, checked by `migraine-lab check`. Tables and texts: Creative Commons Attribution 4.0.",
        "",
        "| Table | Rows | Holds |",
        "| --- | ---: | --- |",
        *(
            f"| [{resource['name']}](#{resource['name']}) | {counts[resource['name']]} | {resource['description']} |"
            for resource in package["resources"]
        ),
    ]
    for resource in package["resources"]:
        schema = resource["schema"]
        lines += [
            "",
            f"## {resource['name']}",
            "",
            resource["description"],
            "",
            f"Key: {', '.join(f'`{name}`' for name in schema['primaryKey'])}.",
            "",
        ]
        for link in schema.get("foreignKeys", []):
            target = link["reference"]
            lines += [
                f"Each `{' + '.join(link['fields'])}` is a row of `{target['resource']}` (`{' + '.join(target['fields'])}`).",
                "",
            ]
        lines += ["| Column | Type | Meaning | Rule |", "| --- | --- | --- | --- |"]
        lines += [
            f"| `{field['name']}` | {field['type']}{', ' + field['unit'] if 'unit' in field else ''} | {field['description']} | {_rule(field)} |"
            for field in schema["fields"]
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _rule(field: dict[str, Any]) -> str:
    rules = field.get("constraints", {})
    said = ["required"] if rules.get("required") else []
    if "enum" in rules:
        said.append("one of " + ", ".join(f"`{value}`" for value in rules["enum"]))
    if "minimum" in rules or "maximum" in rules:
        said.append(
            f"{rules.get('minimum', '')} to {rules['maximum']}"
            if "maximum" in rules
            else f"at least {rules['minimum']}"
        )
    if rules.get("unique"):
        said.append("unique")
    if "pattern" in rules:
        said.append("pattern `" + rules["pattern"].replace("|", "\\|") + "`")
    return "; ".join(said)


def left_out(path: Path, rows: list[tuple[str, int, str, str, str]], unread: list[str]) -> None:
    """data/LEFT_OUT.md: every row of the sheets that is not in a table, with its reason."""
    reasons = Counter(reason for *_, reason in rows)
    lines = [
        "# Left out",
        "",
        "Every row of the raw sheets that these tables do not hold, with the reason. Lines are those of the raw sheet. Guidelines, narrative reviews and web pages of the study sheets are rows of `sources`, not of `studies`.",
        "",
        "| Reason | Rows |",
        "| --- | ---: |",
    ]
    lines += [f"| {reason} | {count} |" for reason, count in sorted(reasons.items())]
    lines += [
        f"| all reasons | {len(rows)} |",
        "",
        "| Sheet | Line | Study or source | Row | Reason |",
        "| --- | ---: | --- | --- | --- |",
    ]
    lines += [
        f"| {sheet} | {line} | {study} | {what.replace('|', '/')} | {reason} |"
        for sheet, line, study, what, reason in sorted(rows)
    ]
    if unread:
        lines += [
            "",
            f"Sheets that belong to later lessons and are not part of the package yet: {', '.join(unread)}.",
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
