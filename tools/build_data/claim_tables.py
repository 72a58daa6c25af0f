"""Articles, their claims, the concepts that judge them, pairs of claims that conflict, and topics of lessons."""

from __future__ import annotations

from tools.build_data import additions, wording
from tools.build_data.phase_tables import Listed
from tools.build_data.sheets import Book
from tools.build_data.source_table import Reading, Sources, place

ARTICLE = {
    "000_35201583485147b3.txt": "reduce_the_pain",
    "001_7d8e146738d1689e.txt": "unlocking_relief",
    "002_ee8672ec32e44339.txt": "destin_clinic",
    "003_7a60c73b056cc288.txt": "relief_for_sufferers",
    "004_b42a1752dc44c9cd.txt": "infusion_clinic",
}
# claims whose figure is a percentage of patients said to respond (other quoted figures are dates, durations or prevalence)
RESPONSE_PERCENT = {"c095": "77", "c123": "75"}
# decided by us row by row (claim_impressions.csv); the sheets hold accuracy alone
DECIDED = ("impression", "impression_reason", "key_concept", "lesson", "see_treatment", "see_outcome")


def articles(book: Book) -> list[dict[str, str]]:
    table = []
    for row in book.read("articles"):
        tone, _, reason = row["promotional_tone"].partition(" - ")
        title = row["title"]
        if title.startswith("(no title"):
            title = f"[Untitled: {title.partition('; ')[2].rstrip(')')}]"
        table.append(
            {
                "article_id": ARTICLE[row["article"]],
                "title": title,
                "publisher_type": row["publisher_type"],
                "sells_treatment": row["sells_treatment"],
                "sources_listed": row["sources_listed"],
                "promotional_tone": tone,
                "tone_reason": reason,
                "reading_note": wording.note(row["reading_note"]),
            }
        )
    return table


def claims(book: Book, name_of: dict[str, str]) -> list[dict[str, str]]:
    """Claims with their sources under the names that the sources table uses; judged anew where claim_readings.csv says so.

    A claim without a lesson of its own is judged in the lesson that is home to its topic.
    """
    table = []
    again = {row["claim_id"]: row for row in additions.read("claim_readings.csv")}
    decided = {row["claim_id"]: row for row in additions.read("claim_impressions.csv")}
    home = _home_of_claims(book)
    for row in book.read("claims"):
        judged = again.get(row["claim_id"], row)
        evidence = [
            name_of[name.strip()] for name in judged["evidence_source_ids"].split(";") if name.strip()
        ]
        table.append(
            {
                "claim_id": row["claim_id"],
                "article_id": ARTICLE[row["article"]],
                "topic": row["topic"],
                "claim": row["claim"],
                "quoted_figure": row["quoted_figure"],
                "figure_percent": RESPONSE_PERCENT.get(row["claim_id"], ""),
                "kind": row["kind"],
                "verdict": judged["verdict"],
                "why": wording.note(judged["why"]),
                "evidence_source_ids": ";".join(dict.fromkeys(evidence)),
                "lesson_point": row["lesson"],
                "difficulty": row["difficulty"],
            }
        )
        cells = decided.get(row["claim_id"], {})
        table[-1] |= {column: cells.get(column, "") for column in DECIDED}
        table[-1]["lesson"] = table[-1]["lesson"] or home.get(row["claim_id"], "")
    return table


def _home_of_claims(book: Book) -> dict[str, str]:
    """Claim -> lesson of the first topic that lists it and has a home."""
    home: dict[str, str] = {}
    for topic in topics(book):
        for claim_id in topic["claim_ids"].split(";"):
            if topic["lesson"]:
                home.setdefault(claim_id, topic["lesson"])
    return home


def key_concepts(sources: Sources, listed: Listed) -> list[dict[str, str]]:
    """Concepts in the order of the published list; all were read on the page that is their source's address."""
    table = []
    for number, row in enumerate(additions.read("key_concepts.csv"), start=1):
        source = listed[sources.name_of.get(row["source_id"], row["source_id"])]
        where, url = row["read_where"] or source["read_where"], row["url"] or source["url"]
        table.append({**row, "order": str(number), **place(Reading(source["source_id"], where, url), listed)})
    return table


def conflicts(book: Book) -> list[dict[str, str]]:
    """Pairs of claims that do not fit together."""
    return [
        {
            "conflict_id": f"{row['claim_id_a']}_{row['claim_id_b']}",
            "claim_a": row["claim_id_a"],
            "claim_b": row["claim_id_b"],
            "what_differs": row["what_differs"],
        }
        for row in book.read("claims_conflicts")
    ]


def topics(book: Book) -> list[dict[str, str]]:
    """Subjects of the articles with the lesson and explorer that meet them (topic_homes.csv)."""
    homes = {row["topic_id"]: row for row in additions.read("topic_homes.csv")}
    return [
        {
            "topic_id": row["topic_id"],
            "article_id": ARTICLE[row["article"]],
            "topic": row["topic"].replace("in the stored text", "in the text read"),
            "teaching_element": row["teaching_element"],
            "claim_ids": row["claim_ids"],
            "lesson": homes.get(row["topic_id"], {}).get("lesson", ""),
            "explorer": homes.get(row["topic_id"], {}).get("explorer", ""),
        }
        for row in book.read("seed_topics")
    ]


def quality(book: Book, studies: set[str]) -> list[dict[str, str]]:
    """Risk-of-bias judgements for studies that the package holds."""
    table = []
    for row in book.read("ketamine_quality"):
        if row["study_id"] not in studies:
            book.leave_out(
                row,
                "risk of bias",
                "a guideline's grading of evidence, not a judgement of a study in this package",
            )
            continue
        table.append(
            {
                column: row[column]
                for column in (
                    "study_id",
                    "tool",
                    "randomisation",
                    "deviations",
                    "missing_outcome",
                    "measurement",
                    "selection_of_report",
                    "overall",
                    "note",
                )
            }
            | {"basis": row["source"], "tool": row["tool"].replace("own-reading", "own reading")}
        )
    return table
