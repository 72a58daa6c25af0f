"""Tables of the public articles: the articles, their claims with two verdicts each, and the key concepts that judge them."""

from __future__ import annotations

from typing import Any

from tools.build_data.schema_fields import READ_AT, SOURCE_LINK, key, link, number, one_of, text, whole

# fmt: off

VERDICTS = ["supported", "partly_supported", "unsupported", "contradicted", "not_checkable"]
IMPRESSIONS = ["fair", "incomplete", "misleading"]

TABLES: list[dict[str, Any]] = [
    {
        "name": "articles",
        "title": "Articles",
        "description": "Public articles about ketamine for migraine whose claims are checked, named by title and kind of publisher.",
        "key": "article_id",
        "fields": [
            key("article_id", "Name of the article in this package"),
            text("title", "Title, or what the text is about where it has none", required=True),
            text("publisher_type", "Kind of publisher", required=True),
            one_of("sells_treatment", "Whether the publisher sells the treatment", ["yes", "no", "unknown"], required=True),
            whole("sources_listed", "References that the article lists", required=True, minimum=0),
            whole("promotional_tone", "From 1 (neutral) to 5 (selling)", required=True, minimum=1, maximum=5),
            text("tone_reason", "Reason for that figure", required=True),
            text("reading_note", "What the article is good for in class"),
        ],
    },
    {
        "name": "claims",
        "title": "Claims",
        "description": "Claims of the articles, in our words, each with two verdicts that are never mixed: accuracy (verdict) and impression, and the sources they rest on.",
        "key": "claim_id",
        "links": [
            link("article_id", "articles", "article_id"), link("key_concept", "key_concepts", "concept_id"),
            link("see_treatment", "treatments", "treatment_id"), link("see_outcome", "outcomes", "outcome_id"),
        ],
        "fields": [
            key("claim_id", "Name of the claim"),
            key("article_id", "Article that makes it"),
            text("topic", "Subject that the claim belongs to", required=True),
            text("claim", "The claim, in our words", required=True),
            text("quoted_figure", "Figure that the claim states, as text"),
            number("figure_percent", "The percentage of patients said to respond, where the claim states one", minimum=0, maximum=100, unit="%"),
            one_of("kind", "Kind of claim", ["fact", "statistic", "causal", "promise", "advice"], required=True),
            one_of("verdict", "Verdict on accuracy: does the sentence match its source, or the evidence?", VERDICTS, required=True),
            text("why", "Reason for the verdict: what the sources found", required=True),
            text("evidence_source_ids", "Sources of the verdict, separated by semicolons"),
            one_of("impression", "What a reader carries away from the claim as the article puts it, whether or not it is accurate. fair: nothing that would change the reader's mind is missing; incomplete: right as far as it goes, but something that matters is left out; misleading: the reader ends up believing more, or other, than the sources bear out", IMPRESSIONS, required=True),
            text("impression_reason", "Reason for the impression, in 1 to 30 words", required=True),
            text("key_concept", "Key concept that helps most to judge the claim; empty where the claim is not about the effect of a treatment, or none fits"),
            text("lesson", "Lesson that teaches what is needed to judge it", required=True, pattern=r"^(0\d|1[01])$"),
            text("see_treatment", "Treatment whose reported rates show what the claim is about; empty where none does"),
            text("see_outcome", "Outcome to start with when those rates are looked at"),
            text("lesson_point", "What a reader can learn from it"),
            whole("difficulty", "From 1 (easy) to 3 (hard)", required=True, minimum=1, maximum=3),
        ],
    },
    {
        "name": "key_concepts",
        "title": "Key concepts",
        "description": "Principles of the Informed Health Choices framework that help to judge claims about the effects of treatments: those that a claim of this package calls for. Labels and explanations are ours.",
        "key": "concept_id",
        "links": [SOURCE_LINK],
        "fields": [
            key("concept_id", "Name of the concept in this package"),
            whole("order", "Place in the published list", required=True, minimum=1, unique=True),
            one_of("group", "Part of the published list: what a claim rests on, what evidence is worth, what to choose", ["claims", "evidence", "choices"], required=True),
            text("number", "Number of the published subgroup that it belongs to; single concepts have no number on the page read", required=True, pattern=r"^[123]\.[1-4]$"),
            text("published_as", "Short title in the published index", required=True, unique=True),
            text("name", "Our label", required=True),
            text("in_our_words", "What it asks a reader to do, in our words", required=True),
            key("source_id", "Source"),
            *READ_AT,
        ],
    },
]
