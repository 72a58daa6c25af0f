"""The glossary (glossary.csv), with the source of each definition under its name in the package."""

from __future__ import annotations

from tools.build_data import additions
from tools.build_data.phase_tables import slug
from tools.build_data.source_table import Sources

CONVENTION = "definition by convention"


def rows(sources: Sources, listed: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """One row a term; a source is named by its name in the package or in the sheets."""
    table = []
    for row in additions.read("glossary.csv"):
        said = row["source"]
        name = "" if said == CONVENTION else _source(said, sources, listed)
        related = [part.strip() for part in row["related"].split(";") if part.strip()]
        table.append(
            {
                "term_id": slug(row["term"]),
                "term": row["term"],
                "definition": row["definition"],
                "basis": listed[name]["short"] if name else said,
                "source_id": name,
                "related": ";".join(related),
            }
        )
    return sorted(table, key=lambda row: row["term"].lower())


def _source(said: str, sources: Sources, listed: dict[str, dict[str, str]]) -> str:
    if said in listed:
        return said
    for area in ("phases", "pharmacology"):
        if (area, said) in sources.readings:
            return sources.reading(area, said).source_id
    return sources.name_of.get(said, "")
