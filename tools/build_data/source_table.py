"""One row per source over all sheets, merged by DOI, PubMed number, name or list of papers that are one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.build_data import additions, decisions, source_decisions, wording
from tools.build_data.sheets import SCOPES, Book, Row
from tools.build_data.trial_tables import study_name

COLUMNS = ("authors", "year", "title", "journal", "doi", "pmid", "registry_id", "url", "read_where")
# names under which the claims sheet and the trial sheets mean different documents
NOT_THE_SAME = {"nct03896256"}


@dataclass(frozen=True)
class Reading:
    """Which source a sheet's name means, and where the figures under that name were read."""

    source_id: str
    read_where: str
    url: str


class Sources:
    """Collects sources; knows every name a source has been given in the sheets."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self.name_of: dict[str, str] = {}
        self.of_study: dict[str, str] = {}
        self.readings: dict[tuple[str, str], Reading] = {}
        self._by_number: dict[str, dict[str, str]] = {}

    def read(self, book: Book) -> None:
        """Take in the trial sheets first, whose reading is fuller, then claims, phases and pharmacology."""
        for scope in SCOPES:
            for row in book.read(f"{scope}_studies"):
                study = study_name(scope, row["study_id"])
                self.of_study[study] = self._add(decisions.SHARED_SOURCE.get(study, study), row)
        for row in book.read("claims_sources"):
            raw = row["source_id"]
            self._add(source_decisions.SAME_SOURCE.get(raw, raw), row, also=raw)
        for area in ("phases", "pharmacology"):
            for row in book.read(f"{area}_sources"):
                self._from_area(area, row)

    def add_new(self) -> None:
        """Take in the sources that no sheet lists (new_sources.csv)."""
        for row in additions.read("new_sources.csv"):
            self._add(row["source_id"], Row("new_sources", 0, row))

    def _from_area(self, area: str, row: Row) -> None:
        raw = row["source_id"]
        row.cells |= source_decisions.CORRECTED.get(raw, {})
        row["authors"] = re.sub(r" \(.*\)$", "", row["authors"])
        first = row["checked_url"].split(" ; ")[0]
        url = first.split(" (")[0].strip()
        row["checked_url"] = url if url.startswith("http") else ""
        name = source_decisions.RENAMED.get((area, raw)) or source_decisions.SAME_SOURCE.get(raw, raw)
        merged = self._add(name, row, also="")
        where = wording.note(wording.read_where(row["checked_where"]))
        self.readings[area, raw] = Reading(merged, where, row["checked_url"])

    def reading(self, area: str, raw: str) -> Reading:
        """Where a figure that the sheets of an area give under a source's name was read."""
        return self.readings[area, raw]

    def by_doi(self) -> dict[str, str]:
        """DOI in small letters -> name of the source."""
        return {row["doi"].lower(): row["source_id"] for row in self.rows if row["doi"]}

    def _add(self, name: str, row: Row, also: str = "") -> str:
        fresh = {
            column: row[column]
            or row[
                "checked_url" if column == "url" else "checked_where" if column == "read_where" else column
            ]
            for column in COLUMNS
        }
        if not fresh["url"].startswith("http") or " " in fresh["url"]:
            fresh["url"] = ""
        old = self._same(name, fresh)
        if old is None:
            noted = "study_id" in row.cells or row.sheet == "new_sources"
            old = {"source_id": name, **fresh, "note": wording.note(row["note"]) if noted else ""}
            self.rows.append(old)
        else:
            for column, value in fresh.items():
                if column not in ("url", "read_where"):
                    old[column] = old[column] or value
        for number in (old["doi"].lower(), old["pmid"]):
            if number:
                self._by_number[number] = old
        self.name_of.setdefault(name, old["source_id"])
        if also:
            self.name_of[also] = old["source_id"]
        return old["source_id"]

    def _same(self, name: str, fresh: dict[str, str]) -> dict[str, str] | None:
        for number in (fresh["doi"].lower(), fresh["pmid"]):
            if number in self._by_number and number:
                return self._by_number[number]
        if name in self.name_of and name not in NOT_THE_SAME:
            return next(row for row in self.rows if row["source_id"] == self.name_of[name])
        return None

    def finish(self) -> list[dict[str, str]]:
        """The sources table in order of name, with short citations, provenance and what was not seen."""
        for row in self.rows:
            _tidy(row)
        return sorted(self.rows, key=lambda row: row["source_id"])


def _tidy(row: dict[str, str]) -> None:
    row["read_where"] = wording.note(wording.read_where(row["read_where"]))
    record = re.match(r"https?://pubmed\.ncbi\.nlm\.nih\.gov/(\d+)/?", row["url"])
    if record and not row["pmid"] and not row["read_where"].startswith("secondary"):
        row["pmid"] = record.group(1)
    row["provenance"] = row.get("provenance") or wording.provenance(row["read_where"])
    if _site(row["url"]) in decisions.COPY_SITES and row["provenance"] == "primary":
        row["provenance"] = "copy"
    if _site(row["url"]) in decisions.UNSTABLE_SITES and (row["pmid"] or row["doi"]):
        row["url"] = (
            f"https://pubmed.ncbi.nlm.nih.gov/{row['pmid']}/"
            if row["pmid"]
            else f"https://doi.org/{row['doi']}"
        )
        row["read_where"] = f"{row['read_where']}, in a copy of this record"
    row.setdefault("short", "")
    row["short"] = (
        row["short"]
        or wording.short_name(row["source_id"])
        or wording.citation(row["authors"], row["year"], row["title"], row["journal"])
    )
    missing = [name for name in ("authors", "year", "title") if not row[name] or row[name].startswith("[")]
    row["not_seen"] = ";".join(missing)


def _site(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url).split("/")[0]


def place(reading: Reading, listed: dict[str, dict[str, str]]) -> dict[str, str]:
    """Cells source_id, read_where, provenance and read_url of a row, given the finished sources by name."""
    source = listed[reading.source_id]
    provenance = wording.provenance(reading.read_where)
    if _site(reading.url) in decisions.COPY_SITES and provenance == "primary":
        provenance = "copy"
    elsewhere = reading.url if reading.url != source["url"] else ""
    if _site(reading.url) in decisions.UNSTABLE_SITES:
        elsewhere = ""
    return {
        "source_id": reading.source_id,
        "read_where": reading.read_where,
        "provenance": provenance,
        "read_url": elsewhere,
    }
