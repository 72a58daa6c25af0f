"""A supervised ketamine visit (visit_steps.csv) and the published reasons against one (exclusions.csv)."""

from __future__ import annotations

from tools.build_data import additions
from tools.build_data.phase_tables import Listed, named
from tools.build_data.source_table import Reading, Sources, place


def visit_steps(sources: Sources, listed: Listed) -> list[dict[str, str]]:
    """Steps in the order of their file; the first source named is the one that the reading belongs to."""
    table = []
    for number, row in enumerate(additions.read("visit_steps.csv"), start=1):
        names = [sources.name_of.get(name, name) for name in row["source_ids"].split(";")]
        read = place(Reading(names[0], row["read_where"], row["url"]), listed)
        table.append({**row, **read, "order": str(number), "further_source_ids": ";".join(names[1:])})
    return table


def exclusions(sources: Sources, listed: Listed, articles: Listed, claims: Listed) -> list[dict[str, str]]:
    """Reasons by feature; the first row of a feature holds its question. An article's list is its claim."""
    table, questions = [], {}
    for row in additions.read("exclusions.csv"):
        question = questions.setdefault(row["feature"], row["question"])
        cells = {**row, "question": question}
        if row["claim_id"]:
            article = articles[claims[row["claim_id"]]["article_id"]]
            cells |= {"published_by": article["title"], "read_where": "claim of the article"}
        else:
            name = sources.name_of.get(row["source_id"], row["source_id"])
            cells |= place(Reading(name, row["read_where"], row["url"]), listed)
        table.append(cells)
    return named(table, "exclusion_id", "feature", "published_as")
