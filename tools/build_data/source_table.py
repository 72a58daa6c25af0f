"""One row per source over all sheets, merged by DOI, PubMed number or name."""

from __future__ import annotations

import re

from tools.build_data import decisions, wording
from tools.build_data.sheets import SCOPES, Book, Row
from tools.build_data.trial_tables import study_name

COLUMNS = ("authors", "year", "title", "journal", "doi", "pmid", "registry_id", "url", "read_where")
# names under which the claims sheet and the trial sheets mean different documents
NOT_THE_SAME = {"nct03896256"}


class Sources:
    """Collects sources; knows every name a source has been given in the sheets."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self.name_of: dict[str, str] = {}
        self.of_study: dict[str, str] = {}
        self._by_number: dict[str, dict[str, str]] = {}

    def read(self, book: Book) -> None:
        """Take in the trial sheets first, whose reading is fuller, then the sources of the claims."""
        for scope in SCOPES:
            for row in book.read(f"{scope}_studies"):
                study = study_name(scope, row["study_id"])
                self.of_study[study] = self._add(decisions.SHARED_SOURCE.get(study, study), row)
        for row in book.read("claims_sources"):
            self._add(
                decisions.SAME_SOURCE.get(row["source_id"], row["source_id"]), row, also=row["source_id"]
            )

    def by_doi(self) -> dict[str, str]:
        """DOI in small letters -> name of the source."""
        return {row["doi"].lower(): row["source_id"] for row in self.rows if row["doi"]}

    def _add(self, name: str, row: Row, also: str = "") -> str:
        fresh = {
            column: row[
                "checked_url" if column == "url" else "checked_where" if column == "read_where" else column
            ]
            for column in COLUMNS
        }
        if not fresh["url"].startswith("http") or " " in fresh["url"]:
            fresh["url"] = ""
        if fresh["doi"] == "":
            fresh["doi"] = ""
        old = self._same(name, fresh)
        if old is None:
            old = {
                "source_id": name,
                **fresh,
                "note": wording.note(row["note"]) if "study_id" in row.cells else "",
            }
            self.rows.append(old)
        else:
            for column, value in fresh.items():
                if column not in ("url", "read_where"):
                    old[column] = old[column] or value
        for number in (old["doi"].lower(), old["pmid"]):
            if number:
                self._by_number[number] = old
        self.name_of[name] = self.name_of[also or name] = old["source_id"]
        return old["source_id"]

    def _same(self, name: str, fresh: dict[str, str]) -> dict[str, str] | None:
        for number in (fresh["doi"].lower(), fresh["pmid"]):
            if number in self._by_number and number:
                return self._by_number[number]
        if name in self.name_of and name not in NOT_THE_SAME:
            return next(row for row in self.rows if row["source_id"] == self.name_of[name])
        return None

    def finish(self) -> list[dict[str, str]]:
        """The sources table in order of name, with short citations and provenance."""
        for row in self.rows:
            row["read_where"] = wording.read_where(row["read_where"])
            record = re.match(r"https?://pubmed\.ncbi\.nlm\.nih\.gov/(\d+)/?", row["url"])
            if record and not row["pmid"] and not row["read_where"].startswith("secondary"):
                row["pmid"] = record.group(1)
            row["provenance"] = row.get("provenance") or wording.provenance(row["read_where"])
            site = re.sub(r"^https?://(www\.)?", "", row["url"]).split("/")[0]
            if site in decisions.COPY_SITES and row["provenance"] == "primary":
                row["provenance"] = "copy"
            if site in decisions.UNSTABLE_SITES and (row["pmid"] or row["doi"]):
                record = (
                    f"https://pubmed.ncbi.nlm.nih.gov/{row['pmid']}/"
                    if row["pmid"]
                    else f"https://doi.org/{row['doi']}"
                )
                row["url"], row["read_where"] = record, f"{row['read_where']}, in a copy of this record"
            row.setdefault("short", "")
            row["short"] = (
                row["short"]
                or wording.short_name(row["source_id"])
                or wording.citation(row["authors"], row["year"], row["title"], row["journal"])
            )
        return sorted(self.rows, key=lambda row: row["source_id"])
