"""Where on the pathway of pain each class is said to act (pathway_sites.csv): place, part of a synapse, shown in what."""

from __future__ import annotations

from tools.build_data import additions
from tools.build_data.phase_tables import Listed, named
from tools.build_data.source_table import Reading, Sources, place

PLACES = [
    "scalp", "vessel", "nerve_ending", "ganglion", "occipital_nerve", "relay", "trigger_zone", "brake", "thalamus",
    "cortex", "any_synapse",
]  # fmt: skip
"""From the outside of the head to the cortex."""


def rows(sources: Sources, listed: Listed) -> list[dict[str, str]]:
    """Rows in the order of the places; a row without a source says so in `basis`.

    A row without an address was read where its source was read.
    """
    table = []
    for row in additions.read("pathway_sites.csv"):
        cells = {**row, "order": str(1 + PLACES.index(row["place"])), "basis": "background, unverified"}
        if row["source_id"]:
            source = listed[sources.name_of.get(row["source_id"], row["source_id"])]
            where, url = row["read_where"] or source["read_where"], row["url"] or source["url"]
            cells |= {"basis": "source", **place(Reading(source["source_id"], where, url), listed)}
        table.append(cells)
    table.sort(key=lambda row: (int(row["order"]), row["drug_class"]))
    return named(table, "site_id", "drug_class", "place", "finding")
