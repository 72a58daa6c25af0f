"""A student's own headache diary, read from a CSV file: one row a day.

The frame comes whole, or not at all: then there is a list of problems, each in plain words with line and column.
Nothing is written, and nothing leaves the machine. ``data/templates/diary.csv`` is a file to start from; README.md
beside it says what each column means. The classes of medication are those that ICHD-3 counts apart when it asks for
medication overuse; reading a diary diagnoses nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

from migraine_lab.data.own_cells import Column, Fault, Row, apply_rule, read_rows, shortened, with_extras
from migraine_lab.data.own_file import Refused, open_sheet, plain
from migraine_lab.data.package import Problem
from migraine_lab.data.tables import table

CLASSES = (
    "triptan", "ergot", "NSAID", "simple analgesic", "combination analgesic", "opioid", "gepant", "ditan",
    "antiemetic", "other",
)  # fmt: skip
"""Classes of acute medication; a medicine that nobody classed is "not known"."""

NOT_KNOWN = "not known"

DIARY = (
    Column("date", "date", "Day, as YYYY-MM-DD or DD.MM.YYYY; one row a day", required=True),
    Column("headache", "yes or no", "Any headache that day; leave out days you did not note", required=True),
    Column("migraine", "yes or no", "Whether it was a migraine day, as you or your clinician judge it"),
    Column("aura", "yes or no", "Any aura that day"),
    Column("intensity", "number", "Worst pain of the day, 0 (none) to 10 (worst imaginable)", low=0, high=10),
    Column("hours", "number", "Hours of headache that day, 0 to 24", low=0, high=24),
    Column("acute_medication", "yes or no", "Whether you took anything against the headache that day"),
    Column("medication", "text", "What you took, several parted by + or ;"),
    Column("medication_class", "text", "Class of each: " + ", ".join(CLASSES)),
    Column("doses", "number", "Number of doses taken that day, all medicines together", low=0, high=50),
    Column("note", "text", "Anything else, such as sleep, meals, menstruation"),
)
"""Columns of a diary; further columns are kept as text at the end of the frame."""

# classes of the table treatments, in the words above; preventive drugs are no acute medication
_CLASS_OF = {
    "triptan": ("triptan",),
    "triptan + NSAID": ("triptan", "NSAID"),
    "ergot": ("ergot",),
    "NSAID": ("NSAID",),
    "NSAID + antiemetic": ("NSAID", "antiemetic"),
    "simple analgesic": ("simple analgesic",),
    "combination analgesic": ("combination analgesic",),
    "opioid": ("opioid",),
    "gepant": ("gepant",),
    "ditan": ("ditan",),
    "dopamine antagonist": ("antiemetic",),
}
_PARTED = re.compile(r"\s*(?:[;,+&]|\band\b)\s*", re.IGNORECASE)


def read_diary(path: str | Path) -> pd.DataFrame | list[Problem]:
    """Read a headache diary from a CSV file: a frame with one row a day, or a list of problems.

    ``date`` is a timestamp, in order; ``headache`` is ``bool``; ``migraine``, ``aura`` and ``acute_medication`` are
    ``boolean`` (``<NA>`` where not noted); ``intensity`` (0 to 10), ``hours`` and ``doses`` are ``float64``
    (``nan`` where not noted); ``medication``, ``medication_class`` (parted by ";", each class once) and ``note`` are
    text. Days that the file leaves out stay out: they are unknown, not free of headache. Never raises for what a
    file may hold.
    """
    try:
        sheet = open_sheet(path, frozenset(column.name for column in DIARY))
        rows, problems = read_rows(sheet, DIARY)
    except Refused as refused:
        return [refused.problem]
    for rule in (_headache, _medication, _classes):
        problems += apply_rule(sheet.name, rows, rule)
    first: dict[Any, int] = {}
    for row in rows:
        on = row.given["date"]
        if on is not None and first.setdefault(on, row.line) != row.line:
            said = f"the same day stands in line {first[on]}; write one row a day"
            problems.append(Problem(sheet.name, row.line, "date", on.isoformat(), said))
    if problems:
        return shortened(problems, sheet.name)
    asked = {plain(column) for column in sheet.columns}
    return _frame(rows, no_means_none="medication" in asked and "acute_medication" not in asked)


def _headache(row: Row) -> list[Fault]:
    values = row.given
    faults: list[Fault] = []
    if values["headache"] is None:
        return faults
    for column, unit in (("intensity", "intensity"), ("hours", "length")):
        value = values[column]
        if value and not values["headache"]:
            faults.append((column, value, f"a day without headache has no {unit}; check headache"))
        elif value == 0 and values["headache"]:
            faults.append((column, value, f"a headache has an {unit} above 0; leave it empty if unknown"))
    if values["migraine"] and not values["headache"] and not values["aura"]:
        faults.append(
            ("migraine", True, "a migraine day without headache needs aura = yes; check headache and aura")
        )
    return faults


def _medication(row: Row) -> list[Fault]:
    values = row.given
    taken = values["acute_medication"]
    faults: list[Fault] = []
    if taken is False:
        faults += [
            (column, values[column], "stands beside acute_medication = no")
            for column in ("medication", "medication_class", "doses")
            if values[column]
        ]
    if plain(values["medication"] or "") in ("no", "nein", "nothing", "0"):
        faults.append(("medication", values["medication"], "write the name, or leave the cell empty"))
    if values["doses"] == 0 and (taken or values["medication"] or values["medication_class"]):
        faults.append(
            ("doses", 0.0, "0 doses, but a medication was taken that day; leave it empty if unknown")
        )
    return faults


def _classes(row: Row) -> list[Fault]:
    known = {plain(name) for name in CLASSES}
    return [
        ("medication_class", word, "each class must be one of " + ", ".join(CLASSES))
        for word in _words(row.given["medication_class"])
        if plain(word) not in known
    ]


def _words(text: str | None) -> list[str]:
    return [word for word in _PARTED.split(text or "") if word]


def _class_of_names() -> dict[str, tuple[str, ...]]:
    """Classes by the plain name of a treatment of the package, and by the name of a class itself."""
    named = {
        plain(name): _CLASS_OF[row["drug_class"]]
        for row in table("treatments").to_dict("records")
        if row["drug_class"] in _CLASS_OF
        for name in (row["treatment_id"], row["name"])
    }
    named["acetaminophen"] = named["paracetamol"]
    return named | {plain(name): (name,) for name in CLASSES}


def _frame(rows: list[Row], *, no_means_none: bool) -> pd.DataFrame:
    named = _class_of_names()
    rows = sorted(rows, key=lambda row: row.given["date"])
    records = []
    for row in rows:
        values = dict(row.given)
        classes = values["medication_class"] or values["medication"]
        found = [one for word in _words(classes) for one in named.get(plain(word), (NOT_KNOWN,))]
        if values["acute_medication"] and not found:
            found = [NOT_KNOWN]
        if values["acute_medication"] is None and (found or values["doses"] is not None or no_means_none):
            values["acute_medication"] = bool(found or values["doses"])
        values["medication_class"] = ";".join(dict.fromkeys(found))
        records.append(values)
    frame = pd.DataFrame(
        {column.name: _typed(column, [one[column.name] for one in records]) for column in DIARY}
    )
    return with_extras(frame, rows)


def _typed(column: Column, cells: list[Any]) -> pd.Series:
    if column.kind == "date":
        return pd.Series(pd.to_datetime(cells)).astype("datetime64[ns]")
    if column.kind == "yes or no":
        return pd.Series(cells, dtype="bool" if column.required else "boolean")
    if column.kind == "number":
        return pd.Series([float("nan") if cell is None else cell for cell in cells], dtype="float64")
    return pd.Series(["" if cell is None else cell for cell in cells], dtype="str")
