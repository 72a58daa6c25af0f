"""A student's own trials, read from a CSV file into the frame that explorers of comparisons take.

The frame comes whole, or not at all: then there is a list of problems, each in plain words with line and column.
Nothing is written, and nothing leaves the machine. ``data/templates/trials.csv`` is a file to start from; README.md
beside it says what each column means.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any

import pandas as pd

from migraine_lab.data.comparisons import NUMBERS
from migraine_lab.data.comparisons import row as comparison_row
from migraine_lab.data.own_cells import Column, Fault, Row, apply_rule, read_rows, shortened, with_extras
from migraine_lab.data.own_file import Refused, Sheet, open_sheet, plain
from migraine_lab.data.package import Problem
from migraine_lab.data.rules_facts import fits
from migraine_lab.data.tables import table

_SCOPES = ("acute", "preventive", "ketamine")
_KINDS = ("placebo", "no_treatment", "active_control", "none")
_ROUTES = ("oral", "iv", "im", "sc", "intranasal", "inhaled", "device", "procedure", "behavioural", "other")
_UNITS = ("min", "h", "d", "wk", "mo")
_BASES = ("migraine_days", "headache_days", "moderate_severe_headache_days", "attacks", "mixed")
_PAIN = ("moderate_severe", "mild", "any", "unknown")
_COUNTED = ("patients", "attacks", "infusions", "encounters", "uses")
_BLINDING = ("double", "single", "open", "na")

TRIALS = (
    Column("study", "text", "Author and year, or any name you give the study", required=True),
    Column("scope", "text", "Which evidence it belongs to", required=True, choices=_SCOPES),
    Column("outcome", "text", "An outcome of that scope: its outcome_id or its name in the table outcomes", required=True),
    Column("treatment", "text", "Treatment of the treated arm", required=True),
    Column("events", "whole", "People (or attacks) with the outcome in the treated arm", needed=True, low=0),
    Column("n", "whole", "People (or attacks) analysed in the treated arm", needed=True, low=1),
    Column("percent", "number", "Percentage as printed, 0 to 100; needed only where events or n is not printed", low=0, high=100),
    Column("comparator", "text", "What the other arm got; empty where there was none"),
    Column("comparator_kind", "text", "Kind of comparator; worked out from its name where empty", choices=_KINDS),
    Column("comparator_events", "whole", "The same count in the comparator arm", low=0),
    Column("comparator_n", "whole", "Number analysed in the comparator arm", low=1),
    Column("comparator_percent", "number", "Percentage as printed for the comparator arm, 0 to 100", low=0, high=100),
    Column("randomised", "yes or no", "Whether chance formed the arms; must be said where there is a comparator"),
    Column("time_value", "number", "When the outcome was measured, counted from the start of treatment", low=0, high=10_000),
    Column("time_unit", "text", "Minutes, hours, days, weeks or months", choices=_UNITS),
    Column("definition", "text", "What was counted, in your words; the outcome's own definition where empty"),
    Column("basis", "text", "Prevention only: which days or attacks were counted", choices=_BASES),
    Column("pain_at_dosing", "text", "Acute treatment only: pain when the treatment was taken", choices=_PAIN),
    Column("unit_counted", "text", "What n counts; patients where empty", choices=_COUNTED),
    Column("dose", "text", "Dose as printed"),
    Column("route", "text", "Route of treatment", choices=_ROUTES),
    Column("year", "whole", "Year of the report", low=1900, high=2100),
    Column("design", "text", "Design, in a word or two"),
    Column("blinding", "text", "Who did not know: double (patient and assessor), single, open; na: not said", choices=_BLINDING),
    Column("population", "text", "Who was studied"),
    Column("source", "text", "Where you read it: citation, DOI or address"),
    Column("note", "text", "Anything to know when reading the row"),
)  # fmt: skip
"""Columns of a trials file; further columns are kept as text at the end of the frame."""


def read_trials(path: str | Path) -> pd.DataFrame | list[Problem]:
    """Read trials from a CSV file: a frame with the columns of ``data.comparisons()``, or a list of problems.

    One row of the file is one treated arm with its comparator. Counts stay whole; percentages are 0 to 100; what is
    not given is ``nan`` or empty text, and "not given" where explorers offer it as a choice. A percentage that the
    counts contradict is kept, with both in ``mismatch_note``. Never raises for what a file may hold.
    """
    try:
        sheet = open_sheet(path, frozenset(column.name for column in TRIALS))
        rows, problems = read_rows(sheet, TRIALS)
    except Refused as refused:
        return [refused.problem]
    known = _Known()
    for rule in (_counts, _comparator, _scope_columns, known.outcome_faults):
        problems += apply_rule(sheet.name, rows, rule)
    problems += _repeated(sheet, rows, known)
    return shortened(problems, sheet.name) if problems else _trial_frame(rows, known)


class _Known:
    """Outcomes and treatments of the package, to be found by id or by name."""

    def __init__(self) -> None:
        outcomes, treatments = table("outcomes"), table("treatments")
        self.outcomes = outcomes.set_index("outcome_id").to_dict("index")
        self.treatments = treatments.set_index("treatment_id").to_dict("index")
        self._outcome = {
            (row["scope"], plain(name)): row["outcome_id"]
            for row in outcomes.to_dict("records")
            # an id outranks a name that reads the same
            for name in (row["name"], row["outcome_id"])
        }
        self._treatment = {
            plain(name): row["treatment_id"]
            for row in treatments.to_dict("records")
            for name in (row["treatment_id"], row["name"])
        }
        self._treatment["acetaminophen"] = "paracetamol"

    def outcome(self, row: Row) -> str | None:
        """The outcome_id that a row means, or None."""
        return self._outcome.get((row.given["scope"], plain(row.given["outcome"] or "")))

    def treatment(self, name: str) -> str | None:
        """The treatment_id of a name, or None."""
        return self._treatment.get(plain(name))

    def outcome_faults(self, row: Row) -> list[Fault]:
        """Say which outcomes there are when a row names another."""
        wanted, scope = row.given["outcome"], row.given["scope"]
        if not wanted or not scope:
            return []
        found = self.outcome(row)
        if found is not None:
            kind = self.outcomes[found]["kind"]
            said = f"is a {kind}, not a share of people; trials here need counts or percentages"
            return [] if kind == "proportion" else [("outcome", wanted, said)]
        ids = [
            name
            for name, one in self.outcomes.items()
            if one["scope"] == scope and one["kind"] == "proportion"
        ]
        near = difflib.get_close_matches(plain(wanted), ids, n=3, cutoff=0.5)
        hint = f"perhaps {' or '.join(near)}" if near else f"such as {', '.join(ids[:3])}"
        return [("outcome", wanted, f"is no outcome of scope {scope}; {hint} (the table outcomes lists all)")]


def _counts(row: Row) -> list[Fault]:
    faults: list[Fault] = []
    for start, arm in (("", "treated"), ("comparator_", "comparator")):
        events, n, percent = (row.given[start + name] for name in ("events", "n", "percent"))
        if events is not None and n is None and f"{start}n" not in row.broken:
            faults.append((start + "n", None, f"events of the {arm} arm are given without n"))
        elif events is not None and n is not None and events > n:
            faults.append((start + "events", events, f"events must not exceed n, which is {n}"))
        elif events is not None and percent is not None and 0 < percent <= 1 and events / n > 0.015:
            faults.append(
                (start + "percent", percent, "looks like a proportion; percentages here run from 0 to 100")
            )
    given = [name for name in ("events", "percent") if row.given[name] is not None or name in row.broken]
    if not given:
        faults.append(("events", None, "give events and n, or the printed percentage"))
    return faults


def _comparator(row: Row) -> list[Fault]:
    values = row.given
    figures = [name for name in ("events", "n", "percent") if values[f"comparator_{name}"] is not None]
    alone = not values["comparator"] or values["comparator_kind"] == "none"
    if alone and figures:
        name = f"comparator_{figures[0]}"
        return [(name, values[name], "a figure of a comparator arm, but the row names no comparator")]
    if alone:
        kind = values["comparator_kind"]
        said = "needs the comparator's name" if not values["comparator"] else "but a comparator is named"
        wrong = bool(values["comparator"]) or kind not in (None, "none")
        return [("comparator_kind", kind, said)] if wrong else []
    if values["randomised"] is None:
        return [("randomised", None, "say yes or no: did chance form the arms?")]
    return []


def _scope_columns(row: Row) -> list[Fault]:
    values = row.given
    faults: list[Fault] = []
    for column, scope in (("pain_at_dosing", "acute"), ("basis", "preventive")):
        if values[column] is not None and values["scope"] not in (scope, None):
            faults.append((column, values[column], f"must be empty where scope is {values['scope']}"))
    for one, other in (("time_value", "time_unit"), ("time_unit", "time_value")):
        if values[one] is not None and values[other] is None and other not in row.broken:
            faults.append((other, None, f"{one} is given without {other}"))
    return faults


_SAME = (
    "study", "scope", "outcome", "definition", "basis", "pain_at_dosing", "unit_counted", "time_value", "time_unit",
)  # fmt: skip
_ARM = ("treatment", "dose", "route", "comparator", "population")


def _key(row: Row, columns: tuple[str, ...], known: _Known) -> tuple[Any, ...]:
    cells = {**row.given, "outcome": known.outcome(row)}
    return tuple(plain(cell) if isinstance(cell := cells[name], str) else cell for name in columns)


def _repeated(sheet: Sheet, rows: list[Row], known: _Known) -> list[Problem]:
    problems = []
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        line = first.setdefault(_key(row, _SAME + _ARM, known), row.line)
        if line != row.line and not row.broken:
            rule = f"the same arm, outcome and time stand in line {line}; if they differ, say so in dose or definition"
            problems.append(Problem(sheet.name, row.line, "study", str(row.given["study"]), rule))
    return problems


def _trial_frame(rows: list[Row], known: _Known) -> pd.DataFrame:
    comparison: dict[tuple[Any, ...], str] = {}
    control: dict[tuple[Any, ...], str] = {}
    built = []
    for row in rows:
        group = comparison.setdefault(_key(row, _SAME, known), f"own_{row.line}")
        arm = tuple(row.given[f"comparator{end}"] for end in ("", "_events", "_n", "_percent"))
        held = control.setdefault((group, *arm), f"own_{row.line}_comparator")
        built.append(_comparison(row, known, group, held))
    frame = pd.DataFrame(built)
    numbers = list(NUMBERS)
    frame[numbers] = frame[numbers].astype("float64")
    return with_extras(frame, rows)


def _comparison(row: Row, known: _Known, group: str, held: str) -> dict[str, Any]:
    values = row.given
    outcome_id = known.outcome(row) or ""
    study_id = f"own_{_slug(values['study'])}"
    treatment_id, treatment = _treatment(values["treatment"], known)
    other_id, other = _treatment(values["comparator"] or "", known)
    kind = values["comparator_kind"] or _kind(values["comparator"], other["drug_class"])
    shared = {
        "comparison_id": group,
        "study_id": study_id,
        "outcome_id": outcome_id,
        "definition": values["definition"] or known.outcomes[outcome_id]["definition"],
        "time_value": float("nan") if values["time_value"] is None else values["time_value"],
        "time_unit": values["time_unit"] or "",
        "time": "" if values["time_unit"] is None else f"{values['time_value']:g} {values['time_unit']}",
        "basis": values["basis"] or "",
        "pain_at_dosing": values["pain_at_dosing"] or ("unknown" if values["scope"] == "acute" else ""),
        "unit_counted": values["unit_counted"] or "patients",
        "countable": True,
        "derived": "printed",
        "source_id": "",
        "read_where": values["source"] or "",
        "provenance": "own",
        "note": values["note"] or "",
    }
    where = {"route": values["route"] or "not given", "dose": values["dose"] or ""}
    label = " ".join(filter(None, (values["treatment"], values["dose"])))
    role = "single_arm" if kind == "none" else "active"
    record = {
        **shared,
        **_figures(values, ""),
        "result_id": f"own_{row.line}",
        "arm_id": _slug(label),
        "arm_row": {"role": role, "treatment_id": treatment_id, "label": label, **where},
    }
    against = None
    if kind != "none":
        against = {
            **shared,
            **_figures(values, "comparator_"),
            "result_id": held,
            "arm_row": {"role": kind, "treatment_id": other_id, "label": values["comparator"], **where},
        }
    study = {
        "short": values["study"],
        "year": values["year"],
        "scope": values["scope"],
        "design": values["design"] or "not given",
        "randomised": bool(values["randomised"]),
        "blinding": values["blinding"] or "na",
        "population": values["population"] or "",
        "overlaps": "",
    }
    look = {
        "studies": {study_id: study},
        "outcomes": known.outcomes,
        "treatments": {other_id: other, treatment_id: treatment},
    }
    return comparison_row(record, against, look)


def _treatment(name: str, known: _Known) -> tuple[str, dict[str, Any]]:
    """A treatment of the package by its name, or one of the student's own."""
    found = known.treatment(name)
    if found is not None:
        return found, {**known.treatments[found], "name": name}
    return f"own_{_slug(name)}", {"name": name, "drug_class": "not given", "category": "not given"}


def _kind(comparator: str | None, drug_class: str) -> str:
    if not comparator:
        return "none"
    if drug_class == "placebo" or re.search(r"\b(placebo|sham)\b", comparator, re.IGNORECASE):
        return "placebo"
    nothing = r"\b(no treatment|waiting list|untreated)\b"
    if drug_class == "no treatment" or re.search(nothing, comparator, re.IGNORECASE):
        return "no_treatment"
    return "active_control"


def _figures(values: dict[str, Any], start: str) -> dict[str, Any]:
    """Counts and percentage of one arm; where they disagree, both in words."""
    events, n, percent = (values[start + name] for name in ("events", "n", "percent"))
    says = ""
    if events is not None and percent is not None and not fits(str(events), str(n), f"{percent:g}"):
        says = f"printed {percent:g} %, but {events} of {n} is {100 * events / n:.1f} %"
    return {
        "events": events,
        "n": n,
        "percent": float("nan") if percent is None else percent,
        "mismatch_note": says,
    }


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") or "unnamed"
