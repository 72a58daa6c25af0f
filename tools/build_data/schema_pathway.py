"""Table of the places on the pathway of pain where classes of treatment act."""

from __future__ import annotations

from typing import Any

from tools.build_data.pathway_table import PLACES
from tools.build_data.schema_fields import BASIS, PROVENANCE, READ_AT, SOURCE_LINK, key, one_of, text, whole

# fmt: off

PARTS = ["serotonin receptor", "release machinery", "CGRP", "CGRP receptor", "NMDA receptor", "COX enzyme", "sodium channel"]

TABLES: list[dict[str, Any]] = [
    {
        "name": "pathway_sites",
        "title": "Places of action",
        "description": "Where on the pathway of head pain, and at which part of a synapse, a class of treatment is said to act: one row a class, place and finding. Findings in animals tell where a drug can act, not that this is why it helps. Findings that contradict one another both stand here.",
        "key": "site_id",
        "links": [SOURCE_LINK],
        "fields": [
            key("site_id", "Name of the row in this package"),
            text("drug_class", "Class of treatment, spelled as in treatments", required=True),
            one_of("place", "Place on the pathway; relay: where nerves of head and neck meet in brainstem and upper neck (trigeminocervical complex); brake: pathways that damp pain from the brainstem down; any_synapse: between nerve cells in general", PLACES, required=True),
            whole("order", "Place of the place, from the outside of the head to the cortex", minimum=1, required=True),
            one_of("part", "Part of a synapse; empty where none was named", PARTS),
            one_of("finding", "acts: an effect there was shown or is described as known; proposed: said to act there, not shown; not found: looked for there and not found", ["acts", "proposed", "not found"], required=True),
            one_of("shown_in", "In what it was shown; review: a text that says so; empty where nothing was read", ["people", "animals", "cells", "review"]),
            text("effect", "What is said to happen there, in our words", required=True),
            one_of("basis", "source: read in the source named; background, unverified: general knowledge that was not looked up", BASIS, required=True),
            text("source_id", "Source; empty where unverified"),
            text("read_where", "Part of the source that it was read in"),
            one_of("provenance", "How close the reading is to its source; empty where unverified", PROVENANCE),
            READ_AT[-1],
        ],
    },
]
