"""Ketamine in the body: routes, kinetics, receptor, spreading depression, mechanisms, safety."""

from __future__ import annotations

import re
from decimal import Decimal

from tools.build_data import additions, drug_decisions, wording
from tools.build_data.claim_tables import ARTICLE
from tools.build_data.phase_tables import Listed, named
from tools.build_data.sheets import Book, Row
from tools.build_data.source_table import Reading, Sources, place

_FRACTIONS = {
    "fraction": "%",
    "fraction of dose": "% of dose",
    "fraction of hepatic loss": "% of hepatic loss",
    "fraction of control": "% of control",
}


def _note(row: Row) -> str:
    return wording.note(drug_decisions.NOTES.get(row["note"], row["note"]))


def _percent(said: str) -> str:
    """A fraction as a percentage, digit for digit."""
    return f"{(Decimal(said) * 100).normalize():f}" if said else ""


def _sources(raw: str, sources: Sources) -> tuple[str, str]:
    """First source and the further ones, under the names of the sources table."""
    names = [
        sources.reading("pharmacology", name.strip()).source_id for name in raw.split(";") if name.strip()
    ]
    names = list(dict.fromkeys(names))
    return names[0], ";".join(names[1:])


def _derived(row: Row) -> str:
    return (
        "true" if re.search(r"derived here|Derived here", f"{row['note']} {row['conditions']}") else "false"
    )


def routes(book: Book, sources: Sources) -> list[dict[str, str]]:
    table = []
    for row in book.read("routes"):
        main, further = _sources(row["source_id"], sources)
        table.append(
            {
                column: row[column]
                for column in ("route", "bioavailability_low", "bioavailability_high", "setting")
            }
            | {
                "onset_low": row["onset_min_low"],
                "onset_high": row["onset_min_high"],
                "peak": row["peak_min"],
                "duration_low": row["duration_min_low"],
                "duration_high": row["duration_min_high"],
                "typical_dose": row["typical_dose_text"],
                "source_id": main,
                "further_source_ids": further,
                "note": _note(row),
            }
        )
    return named(table, "route_id", "route")


def kinetics(book: Book, sources: Sources, listed: Listed) -> list[dict[str, str]]:
    """Parameters; fractions become percentages, and the spread says what kind it is."""
    table = []
    for row in book.read("pk_parameters"):
        if not row["source_id"] or not any(row[end] for end in ("value", "low", "high")):
            book.leave_out(row, f"{row['drug']} {row['parameter']} {row['route']}", "no figure was found")
            continue
        spread, kind = _spread(row["cv_percent_or_sd"])
        ends = {column: row[column] for column in ("value", "low", "high")}
        unit = drug_decisions.KINETIC_UNITS.get(row["unit"], row["unit"])
        if unit in _FRACTIONS:
            ends = {column: _percent(cell) for column, cell in ends.items()}
            spread = _percent(spread) if kind in ("SD", "SE") else spread
            unit = _FRACTIONS[unit]
        kind_of_ends = ""
        if ends["low"] or ends["high"]:
            kind_of_ends = next((ci for ci in ("90 % CI", "95 % CI") if ci in row["note"]), "range")
        table.append(
            ends
            | {
                "drug": row["drug"],
                "parameter": row["parameter"],
                "route": drug_decisions.ROUTE.get(row["route"], row["route"]),
                "interval_kind": kind_of_ends,
                "spread": spread,
                "spread_kind": kind,
                "unit": unit,
                "population": row["population"],
                "model": row["model"],
                "derived": _derived(row),
                "note": _note(row),
                **place(sources.reading("pharmacology", row["source_id"]), listed),
            }
        )
    return named(table, "kinetics_id", "source_id", "drug", "parameter", "route")


def _spread(said: str) -> tuple[str, str]:
    """Number and kind of a printed spread; a plain number of the sheet is a coefficient of variation in %."""
    found = re.fullmatch(r"(?:(SD|SE|GSD) )?([\d.]+)(?: (on the logit scale)| \((IIV)\))?", said)
    if not found:
        return "", ""
    kind, number, logit, between = found.groups()
    if between:
        return number, "IIV %"
    return number, f"{kind} {logit}" if logit else kind or "CV %"


def receptor(book: Book, sources: Sources, listed: Listed) -> list[dict[str, str]]:
    table = []
    for row in book.read("nmda_parameters"):
        if not row["source_id"]:
            book.leave_out(row, f"{row['quantity']}: {row['conditions']}", "no source was found")
            continue
        main, further = _sources(row["source_id"], sources)
        value, low, high = row["value"], "", ""
        if "-" in value:
            value, (low, _, high) = "", value.partition("-")
        error = re.search(r"\bSEM ([\d.]+)", row["note"])
        unit = drug_decisions.RECEPTOR_UNITS.get(row["unit"], row["unit"])
        if unit in _FRACTIONS:
            value, low, high, unit = _percent(value), _percent(low), _percent(high), _FRACTIONS[unit]
        first = row["source_id"].split(";")[0].strip()
        table.append(
            {
                "quantity": row["quantity"],
                "value": value,
                "low": low,
                "high": high,
                "interval_kind": "range" if low else "",
                "spread": error.group(1).rstrip(".") if error else "",
                "spread_kind": "SE" if error else "",
                "unit": unit,
                "conditions": row["conditions"].replace("derived here", "worked out here"),
                "derived": _derived(row),
                "note": _note(row),
                **place(sources.reading("pharmacology", first), listed),
                "source_id": main,
                "further_source_ids": further,
            }
        )
    return named(table, "receptor_id", "source_id", "quantity", "conditions")


def spreading_depression(book: Book, sources: Sources, listed: Listed) -> list[dict[str, str]]:
    """Waves of the cortex; formulas stand in a column of their own, a printed +/- is a spread and not a range."""
    table = []
    for row in book.read("csd_parameters"):
        if not row["source_id"]:
            book.leave_out(row, row["quantity"], "no source was found")
            continue
        ends = {column: row[column] for column in ("value", "low", "high")}
        spread, kind = drug_decisions.SPREADING_SPREAD.get((row["source_id"], row["quantity"]), ("", ""))
        if spread and kind == "not stated":
            ends |= {"low": "", "high": ""}
        unit = row["unit"]
        if unit == "fraction":
            ends, unit = {column: _percent(cell) for column, cell in ends.items()}, "%"
        is_formula = row["quantity"].startswith("model_equation") or row["quantity"] == "scotoma_growth_law"
        system = (
            drug_decisions.FORMULA_SYSTEM.get(row["quantity"], row["model"]) if is_formula else row["model"]
        )
        table.append(
            ends
            | {
                "quantity": row["quantity"],
                "interval_kind": "range" if ends["low"] or ends["high"] else "",
                "spread": spread,
                "spread_kind": kind,
                "unit": drug_decisions.SPREADING_UNITS.get(unit, unit),
                "system": system,
                "equation": row["model"] if is_formula else "",
                "derived": _derived(row),
                "note": _note(row),
                **place(sources.reading("pharmacology", row["source_id"]), listed),
            }
        )
    return named(table, "spreading_id", "source_id", "quantity", "system")


def mechanisms(book: Book, sources: Sources) -> list[dict[str, str]]:
    """Hypotheses, and sentences of the articles with what belongs beside them."""
    table = []
    for row in book.read("mechanisms"):
        said, kind, correction = row["hypothesis"], "hypothesis", ""
        found = re.fullmatch(
            r"(Claim|Right): (.*?)(?:\. (?:Correction|Context): (.*))?", said, flags=re.DOTALL
        )
        if found:
            kind = "correction" if found.group(1) == "Claim" else "confirmed"
            said, correction = found.group(2), found.group(3) or ""
        names = (
            sources.reading("pharmacology", name.strip()).source_id
            for name in row["source_ids"].split(";")
            if name.strip()
        )
        articles = (ARTICLE[name] for name in row["claimed_by"].split(";") if name)
        table.append(
            {
                "mechanism_id": re.sub(
                    r"_(00\d)_",
                    lambda number: f"_{drug_decisions.article(number.group(1))}_",
                    row["mechanism_id"].replace("err_", "claim_").replace("ok_", "confirmed_"),
                ),
                "kind": kind,
                "statement": said[:1].upper() + said[1:],
                "correction": correction[:1].upper() + correction[1:],
                "article_ids": ";".join(articles),
                "evidence_level": row["evidence_level"],
                "judgement": row["strength"],
                "counter_evidence": drug_decisions.in_words(row["counter_evidence"]),
                "source_ids": ";".join(dict.fromkeys(names)),
                "note": drug_decisions.in_words(_note(row)),
            }
        )
    return table


def safety(book: Book, sources: Sources, listed: Listed) -> list[dict[str, str]]:
    """Safety notes; which source a note means stands in safety_sources.csv, by the words of the sheet."""
    named_as = {row["source"]: row for row in additions.read("safety_sources.csv")}
    table = []
    for row in book.read("ketamine_safety_notes"):
        meant = named_as[row["source"]]
        names = [sources.name_of.get(name, name) for name in meant["source_ids"].split(";")]
        table.append(
            {column: row[column] for column in ("topic", "fact", "figure")}
            | place(Reading(names[0], meant["read_where"], row["checked_url"]), listed)
            | {"further_source_ids": ";".join(names[1:])}
        )
    return named(table, "safety_id", "topic", "source_id")
