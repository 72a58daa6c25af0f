"""Tables of a supervised ketamine visit: its steps, and the published reasons against one."""

from __future__ import annotations

from typing import Any

from tools.build_data.schema_fields import (
    FURTHER,
    PROVENANCE,
    READ_AT,
    SOURCE_LINK,
    key,
    link,
    one_of,
    text,
    whole,
)

# fmt: off

TABLES: list[dict[str, Any]] = [
    {
        "name": "visit_steps",
        "title": "Steps of a visit",
        "description": "The course of a supervised ketamine visit: what is done and checked and why, what the articles say of it, what the 2018 consensus guideline says, and where the two pull apart. For reading claims, not for giving or having a treatment.",
        "key": "step_id",
        "links": [SOURCE_LINK],
        "fields": [
            key("step_id", "Name of the step in this package"),
            whole("order", "Place in the visit, counted from 1", minimum=1, required=True),
            one_of("stage", "Part of the visit", ["consultation", "assessment", "plan", "infusion", "monitoring", "going home", "follow-up"], required=True),
            text("step", "The step, in a few words", required=True),
            text("done", "What is done", required=True),
            text("checked", "What is checked", required=True),
            text("why", "Why it is checked", required=True),
            text("articles_say", "What the articles say of it, in our words"),
            text("claim_ids", "The articles' claims behind that, separated by semicolons; empty where the articles are silent"),
            text("guideline_says", "What the 2018 US consensus guideline says of it, or that its wording was not read", required=True),
            text("others_say", "What labels, trials, clinics and other bodies say of it"),
            text("conflict", "Where the texts pull apart, or what is missing; empty where they agree"),
            key("source_id", "Main source"),
            FURTHER,
            *READ_AT,
        ],
    },
    {
        "name": "exclusions",
        "title": "Published reasons against ketamine",
        "description": "One row a published contraindication, caution or trial exclusion for ketamine or esketamine, by the feature it asks for. For reading claims: what is published here decides about nobody.",
        "key": "exclusion_id",
        "links": [SOURCE_LINK, link("claim_id", "claims", "claim_id")],
        "fields": [
            key("exclusion_id", "Name of the row in this package"),
            key("feature", "Feature asked for; several rows share one"),
            text("question", "The feature as a question to be answered with yes, no or not known", required=True),
            text("condition", "The condition as published, in our words", required=True),
            one_of("strength", "How strongly the text speaks", ["do not use", "avoid", "only with care", "excluded in a trial", "named by an article"], required=True),
            one_of("drug", "What the text is about", ["ketamine", "ketamine infusion", "ketamine injection", "esketamine nasal spray"], required=True),
            one_of("published_as", "Kind of text", ["guideline", "label", "trial", "article"], required=True),
            text("published_by", "Who published it", required=True),
            text("claim_id", "The claim, where an article says it"),
            text("source_id", "Source; empty where an article says it"),
            text("read_where", "Part of the source that it was read in"),
            one_of("provenance", "How close the reading is to the text; empty where an article says it", PROVENANCE),
            READ_AT[-1],
        ],
    },
]
