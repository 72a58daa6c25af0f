"""Citations."""

from __future__ import annotations

import pandas as pd

from migraine_lab.data.package import NotInPackage
from migraine_lab.data.tables import table

READ_IN = {
    "registry": "Read in a trial registry",
    "label": "Read on a drug label",
    "secondary": "Read in a text about it",
    "copy": "Read in a copy of it",
}
"""How a source was read, by its provenance; a primary source was read itself, and nothing is said."""


def cite(source_id: str) -> str:
    """Full citation of a source in one line: authors, year, title, journal, and where to find it.

    Where the source itself was not read, the last words say what was read instead: a registry, a label, a text about
    it or a copy. Raises ``KeyError`` when there is no such source.
    """
    sources = table("sources")
    found = sources[sources["source_id"] == source_id]
    if found.empty:
        raise NotInPackage(f"there is no source {source_id!r}")
    row = found.iloc[0]
    year = "year not shown" if pd.isna(row["year"]) else str(row["year"])
    who = f"{row['authors'].rstrip('.') or 'Authors not shown'} ({year})"
    parts = [who, row["title"] or "[Title not seen]", row["journal"], _place(row)]
    parts.append(READ_IN.get(row["provenance"], ""))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def short_citation(source_id: str) -> str:
    """Short name of a source for a label, such as "Schwenk 2018". Raises ``KeyError`` when there is no such source."""
    names = table("sources").set_index("source_id")["short"]
    if source_id not in names.index:
        raise NotInPackage(f"there is no source {source_id!r}")
    return str(names[source_id])


def _place(row: pd.Series) -> str:
    if row["doi"]:
        return f"https://doi.org/{row['doi']}"
    if row["pmid"]:
        return f"PubMed {row['pmid']}"
    return str(row["url"] or row["registry_id"])
