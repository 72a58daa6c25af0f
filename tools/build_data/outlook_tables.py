"""What guidelines say of ketamine, trials awaited, and how published figures are retold (four CSV files of this folder)."""

from __future__ import annotations

from tools.build_data import additions
from tools.build_data.phase_tables import Listed
from tools.build_data.source_table import Reading, Sources, place

Rows = list[dict[str, str]]


def guidance(sources: Sources, listed: Listed) -> Rows:
    """Statements of guidelines; a row without an address was read where its source was read."""
    return [{**row, **_read(row, sources, listed)} for row in additions.read("guidance.csv")]


def awaited_trials(listed: Listed, source_of: dict[str, str]) -> Rows:
    """Registered trials without a result, as their registry entries were last seen."""
    table = []
    for row in additions.read("awaited_trials.csv"):
        source = listed[source_of[row["study_id"]]]
        read = place(Reading(source["source_id"], source["read_where"], source["url"]), listed)
        table.append({**row, **read})
    return table


def retellings(sources: Sources, listed: Listed, claims: Rows) -> Rows:
    """Sentences that retell a figure; those of the articles are claims, the others have a source of their own."""
    articles = {row["claim_id"]: row["article_id"] for row in claims}
    table = []
    for row in additions.read("retellings.csv"):
        read = _read(row, sources, listed) if row["source_id"] else {"read_where": "claim of the article"}
        table.append({**row, "article_id": articles[row["claim_id"]] if row["claim_id"] else "", **read})
    return table


def retelling_links() -> Rows:
    """Which published figure may lie behind a sentence, and what changed on the way; said as inference."""
    return [
        {**row, "link_id": f"{row['retelling_id']}_{row['result_id']}"}
        for row in additions.read("retelling_links.csv")
    ]


def _read(row: dict[str, str], sources: Sources, listed: Listed) -> dict[str, str]:
    source = listed[sources.name_of.get(row["source_id"], row["source_id"])]
    where, url = row.get("read_where") or source["read_where"], row.get("read_url") or source["url"]
    return place(Reading(source["source_id"], where, url), listed)
