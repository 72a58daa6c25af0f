"""What the package holds: tables, columns, types, units, constraints, keys. The descriptor is written from here."""

from __future__ import annotations

from typing import Any

# fmt: off

SCOPE = ["acute", "preventive", "ketamine"]
PROVENANCE = ["primary", "registry", "label", "secondary", "copy"]
TIME_UNITS = ["min", "h", "d", "wk", "mo"]
ROUTES = ["oral", "iv", "im", "sc", "intranasal", "inhaled", "device", "procedure", "behavioural", "other"]
DESIGNS = [
    "rct_parallel", "rct_crossover", "controlled_trial", "cohort_prospective", "cohort_retrospective", "case_series",
    "case_report", "meta_analysis", "systematic_review", "guideline", "review", "meeting_release",
]
JUDGEMENT = ["low", "some", "high", "na"]
KEY = r"^[a-z0-9_]+$"


def text(name: str, says: str, **rules: Any) -> dict[str, Any]:
    return _field(name, "string", says, rules)


def key(name: str, says: str, **rules: Any) -> dict[str, Any]:
    return _field(name, "string", says, {"required": True, "pattern": KEY, **rules})


def one_of(name: str, says: str, values: list[str], **rules: Any) -> dict[str, Any]:
    return _field(name, "string", says, {"enum": values, **rules})


def whole(name: str, says: str, **rules: Any) -> dict[str, Any]:
    return _field(name, "integer", says, rules)


def number(name: str, says: str, **rules: Any) -> dict[str, Any]:
    return _field(name, "number", says, rules)


def truth(name: str, says: str) -> dict[str, Any]:
    return _field(name, "boolean", says, {"required": True})


def _field(name: str, kind: str, says: str, rules: dict[str, Any]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": kind, "description": says}
    if "unit" in rules:
        field["unit"] = rules.pop("unit")
    if kind == "boolean":
        field["trueValues"], field["falseValues"] = ["true"], ["false"]
    if rules:
        field["constraints"] = rules
    return field


def link(columns: str | list[str], table: str, target: str | list[str]) -> dict[str, Any]:
    fields = [columns] if isinstance(columns, str) else columns
    targets = [target] if isinstance(target, str) else target
    return {"fields": fields, "reference": {"resource": table, "fields": targets}}


READ = [
    text("read_where", "Part of the source that the figure was read in (abstract, table, label, registry page, report about it)"),
    one_of("provenance", "How close the reading is to the study: its own text, a registry, a drug label, a text about it, or a copy of it", PROVENANCE, required=True),
]
TIME = [
    number("time_value", "When it was measured, counted from the start of treatment; empty where the source gives no time", minimum=0),
    one_of("time_unit", "Unit of time_value: minutes, hours, days, weeks, months", TIME_UNITS),
]

TABLES: list[dict[str, Any]] = [
    {
        "name": "sources",
        "title": "Sources",
        "description": "One row a source: papers, registry records, labels, guidelines and pages that a fact was read in.",
        "key": "source_id",
        "fields": [
            key("source_id", "Name of the source in this package: first author and year where known"),
            text("short", "Short citation", required=True),
            text("authors", "Authors as listed; empty where the page read did not show them"),
            whole("year", "Year of publication", minimum=1900, maximum=2030),
            text("title", "Title; in square brackets where it describes a page without a title; empty where not seen"),
            text("journal", "Journal, book, register or site"),
            text("doi", "Digital object identifier without an address", pattern=r"^10\.\d{4,9}/\S+$"),
            text("pmid", "PubMed number", pattern=r"^\d+$"),
            text("registry_id", "Trial registry number or numbers, separated by semicolons"),
            text("url", "Public address where the figures were read", pattern=r"^https?://\S+$"),
            *READ,
            text("note", "What to know when reading this source"),
        ],
    },
    {
        "name": "outcomes",
        "title": "Outcomes",
        "description": "One vocabulary of outcomes. Acute, preventive and ketamine outcomes are apart, and each belongs to one scope.",
        "key": "outcome_id",
        "fields": [
            key("outcome_id", "Name of the outcome in this package"),
            one_of("scope", "Which evidence it belongs to", SCOPE, required=True),
            text("name", "Name of the outcome", required=True),
            text("definition", "What is counted or measured, in the field's sense", required=True),
            one_of("kind", "A proportion of patients (or attacks), a score, a change from the start, a rate, or a time", ["proportion", "score", "change", "rate", "time"], required=True),
            one_of("better", "Whether a higher or a lower figure is better for the patient", ["higher", "lower"], required=True),
            truth("is_benefit", "true where the thing counted is wanted (pain gone, response); false for harms, rescue, return of headache"),
            text("reference", "Where the definition comes from", required=True),
            whole("order", "Order in lists within a scope", required=True, minimum=1),
        ],
    },
    {
        "name": "treatments",
        "title": "Treatments",
        "description": "Drugs, devices, procedures and other treatments of the trials, with placebo and sham among them.",
        "key": "treatment_id",
        "links": [link("source_id", "sources", "source_id")],
        "fields": [
            key("treatment_id", "Name of the treatment in this package"),
            text("name", "Name of the treatment", required=True),
            text("drug_class", "Class of drug or kind of treatment, one spelling for all scopes", required=True),
            one_of("category", "Broad kind", ["drug", "antibody", "supplement", "device", "procedure", "behavioural", "placebo", "no treatment", "mixed"], required=True),
            text("mechanism", "How it is thought to work: general pharmacology, not read in the source named here"),
            text("target", "Molecular target: general pharmacology, not read in the source named here"),
            text("routes", "Routes of use, separated by semicolons"),
            text("approved_us", "Year first approved in the United States, for any use"),
            text("typical_dose", "Usual dose"),
            text("adverse_effects", "Common unwanted effects"),
            text("cautions", "Main cautions"),
            text("guideline_status", "What guidelines say, with the guideline named"),
            text("source_id", "Source of the guideline status or the class"),
        ],
    },
    {
        "name": "studies",
        "title": "Studies",
        "description": "One row a study. Two trials printed in one paper are two studies with one source.",
        "key": "study_id",
        "links": [link("source_id", "sources", "source_id")],
        "fields": [
            key("study_id", "Name of the study in this package"),
            key("source_id", "Source that reports it"),
            one_of("scope", "Which evidence it belongs to", SCOPE, required=True),
            text("short", "Author and year, with the trial's name where it has one", required=True, unique=True),
            whole("year", "Year of the report", minimum=1900, maximum=2030),
            one_of("design", "Design", DESIGNS, required=True),
            truth("randomised", "true where the groups compared were made by chance (pooled analyses of randomised trials included)"),
            one_of("blinding", "double: neither patient nor assessor knew; na: not applicable or not stated", ["double", "single", "open", "na"]),
            one_of("setting", "Where treatment took place", ["ed", "outpatient", "inpatient", "home", "community", "lab", "na"]),
            text("population", "Who was studied, in our words"),
            whole("n_enrolled", "Patients enrolled or randomised, as the note explains", minimum=0),
            one_of("funding", "Who paid", ["industry", "academic", "none", "unknown"]),
            text("overlaps", "Studies of this package whose patients are, or may be, also in this one; separated by semicolons"),
            truth("countable", "false where its patients are counted in another study of this package"),
            text("note", "What to know when reading this study"),
        ],
    },
    {
        "name": "arms",
        "title": "Arms",
        "description": "The groups of a study.",
        "key": ["study_id", "arm_id"],
        "links": [link("study_id", "studies", "study_id"), link("treatment_id", "treatments", "treatment_id")],
        "fields": [
            key("study_id", "Study"),
            key("arm_id", "Name of the arm, unique within its study"),
            text("label", "Label of the arm", required=True),
            key("treatment_id", "Treatment given"),
            one_of("role", "Role in the study", ["active", "placebo", "active_control", "single_arm", "no_treatment"], required=True),
            text("dose", "Dose as printed"),
            one_of("route", "Route of treatment", ROUTES, required=True),
        ],
    },
    {
        "name": "results",
        "title": "Results",
        "description": "One row an arm, outcome and time: a count, a percentage, a score or a change. Differences between arms are in contrasts.",
        "key": "result_id",
        "links": [
            link("study_id", "studies", "study_id"),
            link(["study_id", "arm_id"], "arms", ["study_id", "arm_id"]),
            link("outcome_id", "outcomes", "outcome_id"),
            link("source_id", "sources", "source_id"),
        ],
        "fields": [
            key("result_id", "Name of the result in this package"),
            key("study_id", "Study"),
            key("arm_id", "Arm of that study"),
            key("outcome_id", "Outcome"),
            key("comparison_id", "Rows of one study that were measured alike and may be set against each other share this"),
            one_of("basis", "Preventive outcomes: what was counted, whatever the outcome is called", ["migraine_days", "headache_days", "moderate_severe_headache_days", "attacks", "mixed"]),
            text("definition", "What this study counted or measured, in our words", required=True),
            one_of("pain_at_dosing", "Acute outcomes: pain when the treatment was taken; any: no level asked for, or levels mixed", ["moderate_severe", "mild", "any", "unknown"]),
            one_of("unit_counted", "What n counts; empty where not stated", ["patients", "attacks", "infusions", "encounters", "uses"]),
            *TIME,
            whole("n", "Number analysed in this arm for this outcome; empty where not printed", minimum=1),
            whole("events", "Number with the outcome", minimum=0),
            number("percent", "Percentage as printed (0 to 100)", minimum=0, maximum=100, unit="%"),
            one_of("derived", "printed: as the source prints it; percent: count worked out from a printed percentage and n; sum: added or subtracted from printed figures; model: a model's estimate, so events are not a true count", ["printed", "percent", "sum", "model"], required=True),
            number("value", "Score, change, rate or time (see stat and unit)"),
            number("spread", "Printed spread of value", minimum=0),
            one_of("spread_kind", "Kind of spread", ["SD", "SE", "not stated"]),
            one_of("stat", "What kind of figure this row is", ["proportion", "mean", "median", "mean_change", "median_change", "rate"], required=True),
            text("unit", "Unit of value"),
            number("low", "Lower end of the printed interval, in the unit of percent or value"),
            number("high", "Upper end of the printed interval"),
            one_of("interval_kind", "Kind of interval", ["95 % CI", "IQR", "range"]),
            text("p_value", "p value as printed, for the comparison with control unless the note says otherwise"),
            key("source_id", "Source of the study"),
            *READ,
            truth("countable", "false where the same patients are already counted for this outcome in another row"),
            text("mismatch_note", "Where the printed percentage and the counts disagree: both, in words"),
            text("note", "What to know when reading this row"),
        ],
    },
    {
        "name": "contrasts",
        "title": "Contrasts",
        "description": "Differences and ratios between two arms, as printed. Never rows of results.",
        "key": "contrast_id",
        "links": [
            link("study_id", "studies", "study_id"),
            link(["study_id", "arm_a"], "arms", ["study_id", "arm_id"]),
            link(["study_id", "arm_b"], "arms", ["study_id", "arm_id"]),
            link("outcome_id", "outcomes", "outcome_id"),
            link("source_id", "sources", "source_id"),
        ],
        "fields": [
            key("contrast_id", "Name of the contrast in this package"),
            key("study_id", "Study"),
            key("arm_a", "First arm: the estimate is arm_a minus, or divided by, arm_b"),
            key("arm_b", "Second arm"),
            key("outcome_id", "Outcome"),
            one_of("measure", "Measure", ["mean_difference", "median_difference", "odds_ratio", "risk_ratio", "risk_difference", "nnt", "smd"], required=True),
            text("direction", "In words: what a positive figure, or a ratio above 1, means", required=True),
            number("estimate", "Estimate; empty where only a p value is printed"),
            number("low", "Lower end of the printed interval"),
            number("high", "Upper end of the printed interval"),
            one_of("interval_kind", "Kind of interval", ["95 % CI", "IQR", "range"]),
            text("p_value", "p value as printed"),
            text("unit", "Unit of the estimate; empty for ratios"),
            *TIME,
            key("source_id", "Source"),
            *READ,
            text("note", "What to know when reading this row"),
        ],
    },
    {
        "name": "quality",
        "title": "Risk of bias",
        "description": "Judgements of risk of bias for the ketamine studies, with what they rest on.",
        "key": ["study_id", "basis"],
        "links": [link("study_id", "studies", "study_id")],
        "fields": [
            key("study_id", "Study"),
            text("tool", "Tool used", required=True),
            one_of("randomisation", "Risk from how groups were made", JUDGEMENT),
            one_of("deviations", "Risk from departures from the planned treatment", JUDGEMENT),
            one_of("missing_outcome", "Risk from missing outcomes", JUDGEMENT),
            one_of("measurement", "Risk from how the outcome was measured", JUDGEMENT),
            one_of("selection_of_report", "Risk from choosing what to report", JUDGEMENT),
            one_of("overall", "Overall judgement", JUDGEMENT),
            text("basis", "What the judgement rests on", required=True),
            text("note", "Reasons"),
        ],
    },
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
        "description": "Claims of the articles, in our words, each with a verdict and the sources it rests on.",
        "key": "claim_id",
        "links": [link("article_id", "articles", "article_id")],
        "fields": [
            key("claim_id", "Name of the claim"),
            key("article_id", "Article that makes it"),
            text("topic", "Subject that the claim belongs to", required=True),
            text("claim", "The claim, in our words", required=True),
            text("quoted_figure", "Figure that the claim states, as text"),
            number("figure_percent", "The percentage of patients said to respond, where the claim states one", minimum=0, maximum=100, unit="%"),
            one_of("kind", "Kind of claim", ["fact", "statistic", "causal", "promise", "advice"], required=True),
            one_of("verdict", "Verdict", ["supported", "partly_supported", "unsupported", "contradicted", "not_checkable"], required=True),
            text("why", "Reason for the verdict: what the sources found", required=True),
            text("evidence_source_ids", "Sources of the verdict, separated by semicolons"),
            text("lesson_point", "What a reader can learn from it"),
            whole("difficulty", "From 1 (easy) to 3 (hard)", required=True, minimum=1, maximum=3),
        ],
    },
]


def descriptor() -> dict[str, Any]:
    """The Data Package descriptor (standard, version 2) as a plain dictionary."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "migraine-lab",
        "title": "Migraine treatment evidence for teaching",
        "description": "Reported response rates in migraine, each with its comparator, denominator and source, and claims checked against them.",
        "version": "0.1.0",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Creative Commons Attribution 4.0"}],
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": table["fields"],
        "missingValues": [""],
        "primaryKey": [table["key"]] if isinstance(table["key"], str) else table["key"],
    }
    if table.get("links"):
        schema["foreignKeys"] = table["links"]
    return {
        "name": table["name"],
        "type": "table",
        "path": f"{table['name']}.csv",
        "title": table["title"],
        "description": table["description"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
