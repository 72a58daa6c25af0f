"""Citations."""

from __future__ import annotations

import pandas as pd

from migraine_lab.data.tables import table


def cite(source_id: str) -> str:
    """Full citation of a source in one line: authors, year, title, journal, and where to find it.

    Raises ``KeyError`` when there is no such source.
    """
    sources = table("sources")
    found = sources[sources["source_id"] == source_id]
    if found.empty:
        raise KeyError(f"there is no source {source_id!r}")
    row = found.iloc[0]
    authors = row["authors"] or ("" if row["title"] else row["short"])
    year = "" if pd.isna(row["year"]) else f"{row['year']}"
    who = " ".join(filter(None, [authors.rstrip("."), f"({year})" if year else "(year not shown)"]))
    parts = [who, row["title"] or ("" if not row["authors"] else row["short"]), row["journal"], _place(row)]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _place(row: pd.Series) -> str:
    if row["doi"]:
        return f"https://doi.org/{row['doi']}"
    if row["pmid"]:
        return f"PubMed {row['pmid']}"
    return str(row["url"] or row["registry_id"])
