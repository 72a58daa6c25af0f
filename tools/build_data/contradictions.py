"""data/CONTRADICTIONS.md: where a source disagrees with itself or with another, and what the tables use."""

from __future__ import annotations

from pathlib import Path

from tools.build_data import additions

Tables = dict[str, list[dict[str, str]]]
KEYS = {
    "results": "result_id",
    "contrasts": "contrast_id",
    "studies": "study_id",
    "symptoms": "symptom_id",
    "criteria": "criterion_id",
    "epidemiology": "epidemiology_id",
    "timing": "timing_id",
    "phases": "phase_id",
    "kinetics": "kinetics_id",
    "receptor": "receptor_id",
    "spreading_depression": "spreading_id",
    "mechanisms": "mechanism_id",
    "safety": "safety_id",
}
_TITLES = {"own": "A source against itself", "between": "One source against another"}


def page(tables: Tables) -> str:
    """The page as Markdown. Every row that it names has to be there: a name that leads nowhere raises ValueError."""
    known = {name: {row[key] for row in tables.get(name, ())} for name, key in KEYS.items()}
    decided = [entry for entry in additions.read("contradictions.csv") if _held(entry, known, tables)]
    lines = [
        "# Known contradictions",
        "",
        "Where a source disagrees with itself or with another. Both readings are kept: noticing such places is part of reading evidence. Written by the build script; the rows are named by table and key.",
    ]
    for kind, title in _TITLES.items():
        lines += ["", f"## {title}", ""]
        lines += [
            "| Subject | One reading | The other | What these tables use | Rows |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += [
            f"| {_cell(entry['subject'])} | {_cell(entry['one'])} | {_cell(entry['other'])} | {_cell(entry['used'])} | {_rows(entry)} |"
            for entry in decided
            if entry["kind"] == kind
        ]
    lines += [
        "",
        "## Printed percentages that miss their own counts",
        "",
        "The tables keep both as printed; `mismatch_note` says so. Where a note says that a count was worked out from a rounded percentage or a model, the difference is rounding, not a fault of the source.",
        "",
        "| Source | Row | Printed | Note |",
        "| --- | --- | --- | --- |",
    ]
    short = {row["source_id"]: row["short"] for row in tables["sources"]}
    for name in ("results", "symptoms", "epidemiology"):
        lines += [
            f"| {_cell(short[row['source_id']])} | `{name}` `{row[KEYS[name]]}` | {_cell(row['mismatch_note'])} | {_cell(row['note'])} |"
            for row in tables.get(name, ())
            if row["mismatch_note"]
        ]
    return "\n".join(lines) + "\n"


def write(path: Path, tables: Tables) -> None:
    path.write_text(page(tables), encoding="utf-8", newline="\n")


def _held(entry: dict[str, str], known: dict[str, set[str]], tables: Tables) -> bool:
    """Whether the tables hold the rows of an entry; a table that has rows, but not this one, is an error."""
    for name, row in _named(entry):
        if row not in known[name]:
            if not tables.get(name):
                return False
            raise ValueError(f"contradictions.csv: {entry['subject']}: there is no row {row} in {name}")
    return True


def _named(entry: dict[str, str]) -> list[tuple[str, str]]:
    pairs = (row.partition(":") for row in entry["rows"].split())
    return [(name, row) for name, _, row in pairs]


def _rows(entry: dict[str, str]) -> str:
    return ", ".join(f"`{name}` `{row}`" for name, row in _named(entry))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
