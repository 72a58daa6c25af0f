"""Tables of guideline statements, awaited trials, and figures as they are retold."""

from __future__ import annotations

from typing import Any

from tools.build_data.schema_fields import (
    PROVENANCE,
    READ_AT,
    SOURCE_LINK,
    key,
    link,
    number,
    one_of,
    text,
    whole,
)

# fmt: off

KINDS = ["press release", "clinic page", "directory of clinics", "news rewrite", "article"]

TABLES: list[dict[str, Any]] = [
    {
        "name": "guidance",
        "title": "Statements of guidelines",
        "description": "What two guidelines say of ketamine in headache, and of the drugs that it was tested against: one row a statement, in our words, with the grade as the guideline names it.",
        "key": "guidance_id",
        "links": [SOURCE_LINK],
        "fields": [
            key("guidance_id", "Name of the statement"),
            text("about", "Illness, time or place that the statement is about", required=True),
            text("drug", "Treatment, spelled as in treatments", required=True),
            text("statement", "The statement in our words", required=True),
            text("grade", "Grade, in the words of the guideline or of the report on it", required=True),
            text("meaning", "What the grade means, and what it does not", required=True),
            text("source_id", "Guideline", required=True),
            *READ_AT,
        ],
    },
    {
        "name": "awaited_trials",
        "title": "Awaited trials",
        "description": "Registered trials of ketamine in headache without a published result, as their registry entries were last seen.",
        "key": "study_id",
        "links": [link("study_id", "studies", "study_id"), SOURCE_LINK],
        "fields": [
            key("study_id", "Study"),
            whole("planned_n", "People planned", unit="count", minimum=1),
            text("ketamine", "Ketamine arm", required=True),
            text("against", "Comparator", required=True),
            text("primary_outcome", "What is to be measured first; empty where it was not read"),
            text("status", "Status in the registry", required=True),
            text("last_seen", "Date of the registry entry that was read: year, month and day where known", required=True, pattern=r"^\d{4}-\d\d(-\d\d)?$"),
            text("source_id", "Registry entry or protocol", required=True),
            *READ_AT,
        ],
    },
    {
        "name": "retellings",
        "title": "Figures retold",
        "description": "Sentences of press releases, clinic pages, news pages and articles that give a response rate for ketamine: one row a sentence. They are claims, never results.",
        "key": "retelling_id",
        "links": [],
        "fields": [
            key("retelling_id", "Name of the sentence"),
            one_of("kind", "Kind of text", KINDS, required=True),
            text("says", "What the sentence says, in our words, without its figure", required=True),
            text("figure", "The figure as the sentence gives it", required=True),
            number("percent", "The figure as a percentage; rounded by us where the sentence gives it in words", unit="%", minimum=0, maximum=100, required=True),
            whole("n", "People that the sentence names; empty where it names none", unit="count", minimum=1),
            text("course", "What the sentence says was given; empty where it says nothing"),
            text("source_id", "Page; empty for a sentence of an article, which is a claim"),
            text("claim_id", "Claim; empty for other pages"),
            text("article_id", "Article; empty for other pages"),
            text("read_where", "Part of the page that it was read in"),
            one_of("provenance", "How close the reading is to the page; empty for a sentence of an article", PROVENANCE),
            READ_AT[-1],
        ],
    },
    {
        "name": "retelling_links",
        "title": "Published figures behind retold ones",
        "description": "Which published figure may lie behind a sentence, and what changed on the way: one row a sentence and figure. Unless the sentence names the study, this is an inference of ours from figure, number of people and words.",
        "key": "link_id",
        "links": [link("retelling_id", "retellings", "retelling_id"), link("result_id", "results", "result_id")],
        "fields": [
            key("link_id", "Name of the row"),
            key("retelling_id", "Sentence"),
            text("result_id", "Published figure", required=True),
            one_of("link_basis", "named: the page names the study, its hospital, or its journal and month; inference: it does not, and we conclude it", ["named", "inference"], required=True),
            text("figure_changed", "How the figure differs; empty where it does not"),
            text("who_changed", "How the people differ, or their number"),
            text("time_changed", "How time or course differ"),
            text("definition_changed", "How the words for what was counted differ"),
        ],
    },
]
