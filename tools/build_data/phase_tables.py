"""Phases, symptoms, epidemiology and timing, from the sheets on what migraine is.

Figures of epidemiology that were read later stand in more_epidemiology.csv, each with its address.
"""

from __future__ import annotations

import re

from tools.build_data import additions, phase_decisions, wording
from tools.build_data.sheets import Book, Row
from tools.build_data.source_table import Reading, Sources, place

Listed = dict[str, dict[str, str]]
_LATER = "more_epidemiology"
_COUNT = re.compile(r"(?:^|: )(\d+) of (\d+)\b")
_INTERVAL = re.compile(r"95 % CI (\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")


def slug(*parts: str, limit: int = 60) -> str:
    """Letters, digits and underscores of the parts, cut at a word."""
    text = re.sub(
        r"[^a-z0-9]+", "_", " ".join(parts).lower().replace("<", " under ").replace(">", " over ")
    ).strip("_")
    return text if len(text) <= limit else text[:limit].rsplit("_", 1)[0]


def named(rows: list[dict[str, str]], column: str, *of: str) -> list[dict[str, str]]:
    """The rows with a name each, made of the cells `of`; a second row of one name gets a number."""
    taken: set[str] = set()
    for row in rows:
        start = slug(*(row[cell] for cell in of))
        name, number = start, 2
        while name in taken:
            name, number = f"{start}_{number}", number + 1
        taken.add(name)
        row[column] = name
    return rows


def phases(book: Book, sources: Sources, listed: Listed) -> list[dict[str, str]]:
    """Phases; names of sources in square brackets become short citations."""
    table = []
    for row in book.read("phases"):
        main = sources.reading("phases", row["source_id"]).source_id
        further: list[str] = []
        words = {
            column: _cited(
                phase_decisions.PHASE_WORDS.get(row[column], row[column]), sources, listed, further
            )
            for column in ("duration_text", "what_happens")
        }
        table.append(
            {
                "phase_id": row["phase_id"],
                "order": row["order"],
                "label": row["label"],
                "start_h": row["typical_start_h"],
                "end_h": row["typical_end_h"],
                "duration_min_h": row["duration_min_h"],
                "duration_max_h": row["duration_max_h"],
                "percent_low": row["percent_of_patients_low"],
                "percent_high": row["percent_of_patients_high"],
                "source_id": main,
                "further_source_ids": ";".join(name for name in dict.fromkeys(further) if name != main),
                **words,
            }
        )
    return table


def _cited(text: str, sources: Sources, listed: Listed, further: list[str]) -> str:
    def short(found: re.Match[str]) -> str:
        said = []
        for part in re.split(r"([;,] )", found.group(1)):
            if ("phases", part) in sources.readings:
                name = sources.reading("phases", part).source_id
                further.append(name)
                part = listed[name]["short"]
            said.append(part)
        return f"[{''.join(said)}]"

    return re.sub(r"\[([^\]]*)\]", short, text)


def counts(note: str, n: str = "") -> tuple[str, str]:
    """Events and n that a note prints as `12 of 34`; without n where the count is of something else."""
    found = _COUNT.search(note)
    if not found or (n and found.group(2) != n):
        return "", n
    return found.group(1), found.group(2)


def symptoms(book: Book, sources: Sources, listed: Listed) -> list[dict[str, str]]:
    """Symptom frequencies, with the counts and intervals that the notes print in columns of their own."""
    table = []
    for row in book.read("symptoms"):
        n = "" if row["source_id"] in phase_decisions.N_IS_OTHER else row["n"]
        special = phase_decisions.COUNT_OF.get((row["source_id"], row["symptom"], row["n"]))
        events, n = special or counts(row["note"], n)
        interval = _INTERVAL.search(row["note"])
        reading = place(sources.reading("phases", row["source_id"]), listed)
        where = wording.read_where(row["checked_where"])
        reading |= {"read_where": where}
        if reading["provenance"] == "primary":
            reading["provenance"] = wording.provenance(where)
        table.append(
            {column: row[column] for column in ("phase_id", "symptom", "category", "percent", "population")}
            | {
                "n": n,
                "events": events,
                "low": interval.group(1) if interval else "",
                "high": interval.group(2) if interval else "",
                "interval_kind": "95 % CI" if interval else "",
                "unit_counted": row["denominators"],
                "mismatch_note": wording.mismatch(events, n, row["percent"]),
                "note": wording.note(phase_decisions.NOTES.get(row["note"], row["note"])),
                **reading,
            }
        )
    return named(table, "symptom_id", "phase_id", "source_id", "symptom")


def epidemiology(book: Book, sources: Sources, listed: Listed) -> list[dict[str, str]]:
    """How common migraine is; a range without a value says so, an interval says what it is."""
    table = []
    later = [Row(_LATER, 0, fact) for fact in additions.read(f"{_LATER}.csv")]
    for row in [*book.read("epidemiology"), *later]:
        reason = phase_decisions.LEFT_OUT_EPIDEMIOLOGY.get((row["source_id"], row["value"]))
        if reason:
            book.leave_out(row, row["measure"], reason)
            continue
        note = row["note"]
        kind = ""
        if row["low"] or row["high"]:
            kind = "95 % UI" if "UI" in note else "95 % CI" if "95 % CI" in note else "range"
        special = phase_decisions.COUNT_OF.get((row["source_id"], row["measure"], ""))
        events, n = special or (counts(note, row["n"]) if row["unit"] == "%" else ("", ""))
        first, last = _years(row["year"])
        table.append(
            {
                column: row[column]
                for column in ("measure", "value", "low", "high", "population", "sex", "age_group")
            }
            | {
                "interval_kind": kind,
                "unit": row["unit"].replace(" / ", "/"),
                "n": n,
                "events": events,
                "year_from": first,
                "year_to": last,
                "derived": "true" if "derived here" in note else "false",
                "mismatch_note": wording.mismatch(events, n, row["value"]),
                "note": wording.note(phase_decisions.NOTES.get(note, note)),
                **place(_epidemiology_reading(row, sources), listed),
            }
        )
    return named(table, "epidemiology_id", "source_id", "measure", "sex", "age_group")


def _epidemiology_reading(row: Row, sources: Sources) -> Reading:
    """Where a figure was read: later figures say so themselves, those of the sheet by the name of their source."""
    if row.sheet == _LATER:
        return Reading(row["source_id"], row["read_where"], row["url"])
    return sources.reading("phases", row["source_id"])


def _years(said: str) -> tuple[str, str]:
    if said.startswith("to "):
        return "", said[3:]
    first, _, last = said.partition("-")
    return first, last or first


def timing(book: Book, sources: Sources, listed: Listed) -> list[dict[str, str]]:
    """Leads, durations and intervals; what low and high mean is told apart: a band, an interval or a range."""
    table = []
    for row in book.read("timing"):
        unit, percent_of = _unit(row["unit"])
        cells = {
            "phase_id": _phase(row["quantity"]),
            "quantity": phase_decisions.QUANTITIES.get(row["quantity"], row["quantity"]),
            "value": row["value"],
            "spread": row["sd"],
            "spread_kind": ("not stated" if row["source_id"] == "hadjikhani2001" else "SD")
            if row["sd"]
            else "",
            "unit": unit,
            "percent_of": percent_of,
            "population": row["population"],
            "note": phase_decisions.TIMING_NOTES.get((row["source_id"], row["quantity"]), ""),
            **_ends(row, unit),
            **place(sources.reading("phases", row["source_id"]), listed),
        }
        table.append(cells)
    table += [_found(fact, listed) for fact in additions.read("new_timing.csv")]
    return named(table, "timing_id", "source_id", "quantity", "band_low", "band_high")


def _found(fact: dict[str, str], listed: Listed) -> dict[str, str]:
    """A row that the sheets lack (new_timing.csv), read where its source was."""
    unit, percent_of = _unit(fact["unit"])
    source = listed[fact["source_id"]]
    return {
        **{column: fact[column] for column in ("quantity", "value", "population", "note")},
        "phase_id": _phase(fact["quantity"]),
        "spread": "",
        "spread_kind": "",
        "unit": unit,
        "percent_of": percent_of,
        **_ends(Row("new_timing", 0, fact), unit),
        **place(Reading(fact["source_id"], source["read_where"], source["url"]), listed),
    }


def _unit(said: str) -> tuple[str, str]:
    if said.startswith("%"):
        return "%", re.sub(r"^% ?(of )?", "", said).replace("(printed as patients)", "patients, as printed")
    plain = {"h before headache": "h", "times": "risk ratio", "0-10 scale": "points (0-10)"}
    return plain.get(said, said), ""


def _phase(quantity: str) -> str:
    for words, phase in phase_decisions.PHASE_OF_QUANTITY:
        if words in quantity:
            return phase
    return ""


def _ends(row: Row, unit: str) -> dict[str, str]:
    """Columns for the ends of a row: those of a band when the value is a share in it, else of an interval or range."""
    blank = dict.fromkeys(("low", "high", "interval_kind", "band_low", "band_high", "band_unit"), "")
    if not (row["low"] or row["high"]) or row["unit"] == "0-10 scale":
        return blank
    band = next((unit for words, unit in phase_decisions.BANDS if words in row["quantity"]), "")
    if band and row["value"]:
        return blank | {"band_low": row["low"], "band_high": row["high"], "band_unit": band}
    kind = next((kind for words, kind in phase_decisions.INTERVALS if words in row["quantity"]), "range")
    return blank | {"low": row["low"], "high": row["high"], "interval_kind": kind}
