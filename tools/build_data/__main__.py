"""python -m tools.build_data RAW_FOLDER [--out data]: build the data package from the raw fact sheets."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from tools.build_data import (
    additions,
    claim_tables,
    contradictions,
    contrast_table,
    criteria_table,
    decisions,
    drug_tables,
    glossary_table,
    new_trials,
    note_contrasts,
    outcome_table,
    outlook_tables,
    pathway_table,
    phase_tables,
    schema,
    treatment_table,
    trial_tables,
    visit_tables,
    writing,
)
from tools.build_data.sheets import Book
from tools.build_data.source_table import Sources

READ = {
    f"{scope}_{kind}"
    for scope in ("acute", "preventive", "ketamine")
    for kind in ("studies", "results", "treatments", "quality")
} | {
    *("articles", "claims", "claims_sources", "claims_conflicts", "seed_topics"),
    *("phases", "phases_sources", "symptoms", "criteria", "epidemiology", "timing"),
    *("routes", "pk_parameters", "nmda_parameters", "csd_parameters", "mechanisms", "pharmacology_sources"),
    "ketamine_safety_notes",
}


def build(raw: Path) -> tuple[dict[str, list[dict[str, str]]], Book]:
    """All tables of the package as lists of rows of text, and the book that knows what was left out."""
    book = Book(raw)
    sources = Sources()
    sources.read(book)
    sources.add_new()
    sources.rows += new_trials.sources()
    sources.of_study |= {study: study for study in new_trials.names().values()}
    named = sources.of_study | decisions.SHARED_SOURCE | new_trials.names()
    unused = additions.apply_to_sources(sources.rows, additions.read("source_additions.csv"), named)
    trials = trial_tables.build(book, sources.of_study)
    contrasts = contrast_table.build(trials, sources.of_study)
    contrasts += note_contrasts.build(trials, {row["contrast_id"] for row in contrasts})
    contrasts.sort(key=lambda row: row["contrast_id"])
    arms = sorted(trials.arms.values(), key=lambda arm: (arm["study_id"], arm["arm_id"]))
    treatments = treatment_table.build(
        book, arms, trials.classes, sources.by_doi(), sources.rows, trials.results
    )
    outcomes = outcome_table.rows()
    year = {row["source_id"]: row["year"] for row in sources.rows}
    for study in trials.studies:
        study["year"] = study["year"] or year[study["source_id"]]
    order = {row["outcome_id"]: number for number, row in enumerate(outcomes)}
    studies = {row["study_id"]: number for number, row in enumerate(trials.studies)}
    trials.results.sort(
        key=lambda row: (studies[row["study_id"]], order[row["outcome_id"]], row["comparison_id"])
    )
    listed = sources.finish()
    by_name = {row["source_id"]: row for row in listed}
    copies = {row["source_id"] for row in listed if row["provenance"] == "copy"}
    for row in trials.results + contrasts:
        if row["provenance"] == "primary" and row["source_id"] in copies:
            row["provenance"] = "copy"
    tables = {
        "sources": listed,
        "outcomes": outcome_table.with_short_names(outcomes, by_name),
        "treatments": treatments,
        "studies": trials.studies,
        "arms": arms,
        "results": trials.results,
        "contrasts": contrasts,
        "quality": claim_tables.quality(book, set(studies)),
        "articles": claim_tables.articles(book),
        "claims": claim_tables.claims(book, sources.name_of | decisions.SHARED_SOURCE),
        "key_concepts": claim_tables.key_concepts(sources, by_name),
        "phases": phase_tables.phases(book, sources, by_name),
        "symptoms": phase_tables.symptoms(book, sources, by_name),
        "criteria": criteria_table.rows(book, sources, by_name),
        "epidemiology": phase_tables.epidemiology(book, sources, by_name),
        "timing": phase_tables.timing(book, sources, by_name),
        "routes": drug_tables.routes(book, sources),
        "kinetics": drug_tables.kinetics(book, sources, by_name),
        "receptor": drug_tables.receptor(book, sources, by_name),
        "spreading_depression": drug_tables.spreading_depression(book, sources, by_name),
        "mechanisms": drug_tables.mechanisms(book, sources),
        "safety": drug_tables.safety(book, sources, by_name),
        "claim_conflicts": claim_tables.conflicts(book),
        "topics": claim_tables.topics(book),
        "glossary": glossary_table.rows(sources, by_name),
        "visit_steps": visit_tables.visit_steps(sources, by_name),
        "pathway_sites": pathway_table.rows(sources, by_name),
        "guidance": outlook_tables.guidance(sources, by_name),
        "awaited_trials": outlook_tables.awaited_trials(by_name, sources.of_study),
        "retelling_links": outlook_tables.retelling_links(),
    }
    tables["retellings"] = outlook_tables.retellings(sources, by_name, tables["claims"])
    tables["exclusions"] = visit_tables.exclusions(
        sources,
        by_name,
        {row["article_id"]: row for row in tables["articles"]},
        {row["claim_id"]: row for row in tables["claims"]},
    )
    for name, count in Counter(
        fact.get("source_id") or fact["study_id"] for fact in unused + trials.unused
    ).items():
        print(f"{count} additions for {name} fit no row")
    return tables, book


def write(tables: dict[str, list[dict[str, str]]], book: Book, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    package = schema.descriptor()
    writing.descriptor(out / "datapackage.json", package)
    for resource in package["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        writing.table(out / resource["path"], columns, tables[resource["name"]])
    writing.dictionary(out / "README.md", package, {name: len(rows) for name, rows in tables.items()})
    contradictions.write(out / "CONTRADICTIONS.md", tables)
    unread = sorted(path.stem for path in book.folder.glob("*.csv") if path.stem not in READ)
    writing.left_out(out / "LEFT_OUT.md", book.left_out, unread)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path, help="folder with the raw fact sheets")
    parser.add_argument("--out", type=Path, default=Path("data"), help="folder to write the package to")
    given = parser.parse_args()
    tables, book = build(given.raw)
    write(tables, book, given.out)
    for name, rows in tables.items():
        print(f"{name:12} {len(rows):5} rows")
    print(f"{'left out':12} {len(book.left_out):5} rows")


if __name__ == "__main__":
    main()
