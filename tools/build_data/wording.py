"""Small text work: definitions without standing phrases, short citations, times, provenance."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_STANDING = {
    "moderate or severe pain at dosing gone completely, before any rescue": "no pain{at}",
    "moderate or severe pain at dosing down to mild or none, averaged over attacks": "pain mild or none{at}, averaged over attacks",
    "moderate or severe pain at dosing down to mild or none": "pain mild or none{at}",
    "symptom the patient named as worst (light, sound or nausea) absent": "the symptom named most bothersome absent{at}",
    "pain-free at 2 h and still pain-free at 24 h without rescue or recurrence": "no pain at 2 h, and still none at 24 h",
}
_SHORTHAND = [
    (r"^0-10,? ", "pain 0-10, "),
    (r"^VAS\b", "pain on a visual analogue scale"),
    (r"^(before|after) infusion", r"pain \1 the infusion"),
    (r"^fall (at primary|in those|from|in 0-10|in score|in VAS)", r"fall in pain \1"),
    (r"^fall in pain in 0-10 score", "fall in the 0-10 pain score"),
    (r"^fall in pain in VAS", "fall in pain on a visual analogue scale"),
]
_NOTE_EDITS = [
    (r" \(the brief attributes such reports to Krusz\)", ""),
    (r"; initials from the brief", ""),
    (r"Authors from the brief plus title match; a", "A"),
    (r"first author and year as asked for in the project list; ", ""),
    (r"author and journal as asked for in the project list, ", ""),
    (r"; first author as asked for in the project list", ""),
    (r"not visible in stored pages", "not visible in the pages read"),
    (r"that no stored page showed", "that no page read showed"),
    (r"in stored pages", "in the pages read"),
    (r"on the stored pages?", "on the page read"),
    (r"the stored text", "the text read"),
    (r"PubMed record, read on a mirror", "PubMed record, read in a copy"),
    (r"^PubMed mirror; ", "copy of the PubMed record; "),
    (r"any stored page", "any page read"),
    (r"read in a stored abstract whose address was not kept; ", "abstract read; "),
    (
        r"; address of the stored copy not kept|address of the stored copy not kept; |address of the stored copy not kept",
        "",
    ),
    (r",? address of the stored copy not kept", ""),
    (r"(; )?page address shortened|; address shortened|, address shortened", ""),
    (r"CONTRAST row, not an arm\.? ?", ""),
    (
        r"Negative = fall here, signs as the news page printed them \(positive = fall in rosenthal2024\)\. ci columns hold the IQR",
        "The news page prints -50 with -67 to 25; the interval is the IQR",
    ),
    (r"ci columns hold the IQR of the fall", "the interval is the IQR of the fall"),
    (r"ci columns hold the IQR", "the interval is the IQR"),
    (r"value in the mean column is a median percentage", "a median percentage"),
    (r"value in the mean column is a median", "a median"),
    (r"; verify against the paper before print", ""),
    (r"the paper itself was not reachable", "the paper itself was not read"),
    (r"\(the parameter table itself was not reachable\)", "(the parameter table itself was not read)"),
    (
        r"\(title, authors and population not shown on the stored table page\)",
        "(the table page shows no title, authors or population)",
    ),
    (r"missing from the stored copy", "missing from the copy read"),
    (r"no primary paper reachable for these figures", "no primary paper was read for these figures"),
    (r"not stated in the excerpt", "not stated on the page read"),
    (r"not in the excerpt", "not on the page read"),
    (r"not shown in the excerpt", "not shown on the page read"),
    (r"; full age curve not readable", "; the full age curve was not read"),
    (
        r"\(stored copy still shows the beta wording of criterion C\)",
        "(the copy read shows the beta wording of criterion C)",
    ),
    (r"Kept so that notebooks can show what checks out", ""),
    (r"on the stored table page", "on the page read"),
    (
        r"; low and high are mean minus and plus that spread; 3 people",
        ", without saying what the 1.1 is; 3 people",
    ),
    (r"in this sheet", "among these trials"),
    (
        r"source of Level A and Level B labels in acute_treatments.csv",
        "source of the Level A and Level B labels of the treatments",
    ),
    (
        r", two sources print different responder pairs, see rows",
        ", two sources print different responder pairs",
    ),
    (r"^; ", ""),
]


def definition(raw: str, time_text: str, edited: str = "") -> str:
    """The study's own definition in our words; a standing phrase of the sheets becomes a plain one."""
    text = edited or re.sub(r"^\[basis: [^\]]*\] ", "", raw)
    at = f" at {time_text}" if time_text else ""
    if text in _STANDING:
        return _STANDING[text].format(at=at)
    for pattern, plain in _SHORTHAND:
        text = re.sub(pattern, plain, text)
    return text


def note(raw: str) -> str:
    """A note without remarks on how the sheets were made."""
    text = raw
    for pattern, plain in _NOTE_EDITS:
        text = re.sub(pattern, plain, text)
    return text.strip().strip(";").strip()


def time_text(value: str, unit: str) -> str:
    return f"{float(value):g} {unit}" if value and unit else ""


def provenance(read_where: str) -> str:
    """How close a reading is to the study, from the words that say where it was read."""
    where = read_where.lower()
    if where.startswith("secondary"):
        copied = ("copy of the", "reproducing the", "reprint of ichd-3")
        return "copy" if any(words in where for words in copied) else "secondary"
    if where.startswith("label"):
        return "label"
    if where.startswith("registry"):
        return "registry"
    return "primary"


def read_where(raw: str) -> str:
    """Where it was read, in words: 'report: ...' for what the sheets call secondary."""
    return re.sub(r"^secondary: ?", "secondary: ", raw)


def surname(authors: str) -> str:
    """Surname of the first author; a body's name whole."""
    first = re.sub(r" et al\.?$", "", authors.split(",")[0].split(";")[0]).strip()
    first = re.sub(r" \(.*\)$", "", first)
    return re.sub(r"( [A-Z]{1,3})$", "", first)


def citation(authors: str, year: str, title: str, journal: str) -> str:
    """Short citation: authors and year, else the journal or the title with the year."""
    if authors:
        people = [part.strip() for part in authors.split(",") if part.strip()]
        name = surname(authors)
        if len(people) == 2 and "et al" not in authors and not name.startswith("Danish"):
            name = f"{name} and {surname(people[1])}"
    else:
        # a long title is no short citation: the journal or site names it better
        name = title.strip("[]") if title and (len(title) <= 60 or not journal) else journal or "Source"
    return f"{name} {year}".strip()


@cache
def _names() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "names.csv").open(encoding="utf-8", newline="") as handle:
        return {row["name"]: row for row in csv.DictReader(handle)}


def short_name(name: str) -> str:
    """Chosen short name of a study or source without a usable author; empty where there is none (names.csv)."""
    return _names()[name]["short"] if name in _names() else ""


def trial_name(study: str) -> str:
    """Name of the trial, or what tells it from its namesakes; empty where there is none (names.csv)."""
    return _names()[study]["trial"] if study in _names() else ""


def decimals(printed: str) -> int:
    return len(printed.split(".")[1]) if "." in printed else 0


def mismatch(events: str, n: str, percent: str) -> str:
    """A sentence where a printed percentage is not events / n rounded to its own last digit; else empty."""
    if not (events and n and percent):
        return ""
    exact = 100 * int(events) / int(n)
    digits = decimals(percent)
    if abs(exact - float(percent)) <= 0.5 * 10**-digits + 1e-9:
        return ""
    return f"printed {percent} %, but {events} of {n} is {exact:.{max(digits, 1)}f} %"
