"""What the data can answer: every question a brief can be written about, and which two may stand side by side."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab import data
from migraine_lab.data import package
from migraine_lab.explore.rate_rows import POOLED, prepare, with_intervals
from migraine_lab.explore.rate_words import inside
from migraine_lab.practice.take_apart import COMPARATORS

from . import people

LEVELS = ("people", "treatment", "comparator", "outcome", "studies", "dose")
"""The choices of a question, in the order in which each narrows the next."""
EVERY = "all"
NOBODY = "none"
MONTH = 365.25 / 12
NEAR = 0.1
"""Times within a tenth of whole months are one time: 12 weeks and 3 months are 84 and 91 days."""
BASES = {
    "migraine_days": "migraine days",
    "headache_days": "headache days",
    "moderate_severe_headache_days": "moderate or severe headache days",
    "attacks": "attacks",
    "mixed": "days or attacks",
    "": "days or attacks (which, the source does not say)",
}
UNITS = {
    "patients": "people",
    "attacks": "attacks",
    "encounters": "hospital stays",
    "infusions": "infusions",
    "uses": "uses",
    "": "people or attacks (the source does not say which)",
}
STUDIES = {
    "once": "the studies themselves, each patient once",
    "reviews": "reviews that put several trials together",
    "again": "second reports of patients counted elsewhere",
}


class NoQuestion(ValueError):
    """A question that the data cannot answer; the text says what there is instead."""


@dataclass(frozen=True)
class Question:
    """A question as keys: see LEVELS. ``dose`` is "all" or one dose as the studies print it."""

    people: str
    treatment: str
    comparator: str
    outcome: str
    studies: str
    dose: str = EVERY

    @property
    def key(self) -> str:
        """One text that names the question, for the answers file and for file names."""
        return " / ".join(asdict(self).values())


def folder() -> Path:
    """data/briefs, beside the tables."""
    return Path(package.root()) / "briefs"


@lru_cache(maxsize=1)
def phrases() -> dict[str, str]:
    """How a brief says that somebody had an outcome, by outcome_id."""
    found: dict[str, str] = json.loads((folder() / "outcome_phrases.json").read_text("utf-8"))["phrases"]
    return found


@lru_cache(maxsize=1)
def catalogue() -> pd.DataFrame:
    """Rows of ``data.comparisons()`` with a column a level (named in LEVELS) and the words for it ("people_words", ...).

    ``other_arms`` says that the study had groups to compare with, whether or not their figure stands here. Intervals of
    both arms and of the difference (points) are added as in the explorers; see ``with_intervals``.
    """
    rows = with_intervals(prepare(data.comparisons()), "percent", 0.95)
    rows = rows.sort_values(["year", "study", "arm"], kind="stable", na_position="first", ignore_index=True)
    setting = data.table("studies").set_index("study_id")["setting"].to_dict()
    records: list[dict[str, Any]] = rows.to_dict("records")
    arms = data.table("arms")
    compared = set(arms.loc[arms["role"].isin(COMPARATORS), "study_id"])
    extra = [
        _keys(row, setting[row["study_id"]])
        | {"other_arms": bool(row["randomised"]) or row["study_id"] in compared}
        for row in records
    ]
    return rows.drop(columns=["comparator"]).assign(comparator_arm=rows["comparator"], **pd.DataFrame(extra))


def time_words(days: float, printed: str) -> str:
    """'2 h', 'about 3 months', 'a time not stated'. ``days`` may be nan."""
    if not printed or pd.isna(days):
        return "a time not stated"
    months = round(days / MONTH)
    if months >= 1 and abs(days - months * MONTH) <= NEAR * months * MONTH:
        return f"about {months} month{'s' if months > 1 else ''}"
    value, unit = printed.split(" ")
    if unit == "min" and float(value) % 60 == 0:
        return f"{float(value) / 60:g} h"
    whole = {"wk": "week", "d": "day", "mo": "month"}.get(unit, unit)
    return f"{value} {whole}{'s' if whole != unit and float(value) != 1 else ''}"


def _keys(row: Mapping[str, Any], setting: str) -> dict[str, str]:
    when = time_words(row["time_days"], row["time"])
    basis = row["basis"] if row["outcome_id"].startswith("responder") else ""
    of_what = f" ({BASES[row['basis']].split(' (')[0]})" if basis else ""
    unit = "" if row["unit_counted"] == "patients" else f", counted in {UNITS[row['unit_counted']]}"
    form = row["route"].replace("_", " ")
    name = row["treatment"]
    shown = {"iv": "into a vein", "im": "into a muscle", "sc": "under the skin", "intranasal": "into the nose",
             "oral": "by mouth", "inhaled": "inhaled"}.get(row["route"], "")  # fmt: skip
    group = people.group_of(row, setting)
    alone = row["comparator_kind"] == "none"
    studies = "reviews" if row["design"] in POOLED else "once" if row["countable"] else "again"
    versus = NOBODY if alone else f"{row['comparator_kind']}: {row['comparator_treatment']}"
    return {
        "people": group,
        "people_words": people.NAMES[group],
        "treatment": f"{row['treatment_id']} / {form}",
        "treatment_words": f"{name}, {shown}" if shown else name,
        "treatment_name": name,
        "comparator": versus,
        "comparator_words": "nothing: no comparator's figure"
        if alone
        else inside(row["comparator_treatment"]),
        "outcome": f"{row['outcome_id']} / {basis} / {when} / {row['unit_counted'] or 'unit not stated'}",
        "outcome_words": f"{row['outcome']}{of_what}, {when}{unit}",
        "studies": studies,
        "studies_words": STUDIES[studies],
        "dose": row["dose"] or "dose not stated",
        "dose_words": row["dose"] or "dose not stated",
        "when": when,
        "units": UNITS[row["unit_counted"]],
    }


def narrowed(chosen: Mapping[str, str]) -> pd.DataFrame:
    """Rows of the catalogue that the chosen levels leave; a dose of "all" leaves every dose."""
    return catalogue().iloc[_places(chosen)]


def _places(chosen: Mapping[str, str]) -> np.ndarray:
    keep = np.ones(len(catalogue()), bool)
    for level, value in chosen.items():
        if not (level == "dose" and value == EVERY):
            keep &= _column(level) == value
    return np.flatnonzero(keep)


@lru_cache(maxsize=2 * len(LEVELS) + 2)
def _column(name: str) -> np.ndarray:
    """A column of the catalogue as plain texts: its rows are searched and counted at every choice."""
    return catalogue()[name].to_numpy(object)


def choices(level: str, chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    """(words, key) that ``level`` offers after the levels before it were chosen: never empty for choices offered.

    A choice says how many comparisons stand behind it, the one with most first (people: attacks before prevention before
    ketamine); of equal ones those come first that count each patient once, are a benefit, print their counts. Doses
    offer all of them first.
    """
    before = {name: chosen[name] for name in LEVELS[: LEVELS.index(level)]}
    places = _places(before)
    counts = Counter(_column(level)[places])
    told = dict(zip(_column(level)[places], _column(f"{level}_words")[places], strict=True))
    plain = {
        name: set(_column(level)[places[_column(name)[places] == wanted]])
        for name, wanted in (("studies", "once"), ("is_benefit", True))
    }

    plain["counts"] = set(_column(level)[places[pd.notna(_column("events")[places])]])

    def place(key: str) -> tuple[int, int, list[bool], str]:
        purpose = people.PURPOSE_ORDER[key] if level == "people" else 0
        return purpose, -counts[key], [key not in keys for keys in plain.values()], told[key].lower()

    ordered = sorted(counts, key=place)
    found = [(f"{told[key]} ({counts[key]} row{'s' if counts[key] > 1 else ''})", key) for key in ordered]
    if level == "dose" and len(found) > 1:
        return [(f"all doses ({len(places)} rows)", EVERY), *found]
    return found


def settle(wanted: Mapping[str, str]) -> Question:
    """The question that holds the wanted choices as far as the data can answer them; the rest takes the first offer."""
    chosen: dict[str, str] = {}
    for level in LEVELS:
        keys = [key for _words, key in choices(level, chosen)]
        chosen[level] = wanted[level] if wanted.get(level) in keys else keys[0]
    return Question(**chosen)


def find(**wanted: str) -> Question:
    """The question that fits words or keys such as treatment="ketamine", outcome="pain_free", best covered first.

    A word fits a level whose key it is; else one whose key it begins or whose words hold it.
    Raises NoQuestion naming what there is.
    """
    rows = catalogue()
    chosen: dict[str, str] = {}
    for level in wanted:
        if level not in LEVELS:
            raise NoQuestion(f"A question has no part {level!r}; it has: {', '.join(LEVELS)}.")
    for level in LEVELS:
        word = wanted.get(level)
        if word is not None and not (level == "dose" and word == EVERY):
            keys, told = rows[level], rows[f"{level}_words"]
            left = rows[(keys == word) | keys.str.startswith(f"{word} / ")]
            if left.empty:
                left = rows[keys.str.startswith(word) | told.str.contains(word, case=False, regex=False)]
            if left.empty:
                there = ", ".join(dict.fromkeys(str(one) for one in rows[f"{level}_words"]))
                raise NoQuestion(f"No row answers for {level} {word!r}; there is: {there[:300]}.")
            rows = left
    for better in (
        rows["studies"] == "once",
        rows["is_benefit"],
    ):  # what nobody named takes the plainest rows
        rows = rows[better[rows.index]] if better[rows.index].any() else rows
    for level in LEVELS[:-1]:
        counts = rows[level].value_counts()
        chosen[level] = wanted[level] if wanted.get(level) in counts.index else str(counts.index[0])
        rows = rows[rows[level] == chosen[level]]
    if wanted.get("dose", EVERY) != EVERY:
        chosen["dose"] = str(rows["dose"].iloc[0])
    return settle(chosen)


def every_question(doses: bool = False) -> list[Question]:
    """All questions of the catalogue; with ``doses`` also those of a single dose where there are several."""
    found = []
    for key, rows in catalogue().groupby(list(LEVELS[:-1]), sort=False):
        chosen = dict(zip(LEVELS[:-1], map(str, key), strict=True))
        kinds = list(dict.fromkeys(rows["dose"]))
        found.append(Question(**chosen, dose=kinds[0] if len(kinds) == 1 else EVERY))
        if doses and len(kinds) > 1:
            found += [Question(**chosen, dose=kind) for kind in kinds]
    return found


@lru_cache(maxsize=1024)
def rows_of(question: Question) -> pd.DataFrame:
    """Rows that answer a question, newest study last; kept, so not to be changed. Raises NoQuestion where there is none."""
    rows = narrowed(asdict(question))
    if rows.empty:
        raise NoQuestion(f"The data hold no row that answers this question: {question.key}.")
    return rows.reset_index(drop=True)
