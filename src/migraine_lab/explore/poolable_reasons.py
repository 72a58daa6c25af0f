"""Why some comparisons must not stand in one pooled estimate, in words for the person who asked for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from migraine_lab.explore.poolable import UNKNOWN, again, clusters
from migraine_lab.explore.rate_rows import POOLED

SCOPES = {"acute": "treatment of an attack", "preventive": "prevention", "ketamine": "ketamine studies"}
AGAINST = {
    "placebo": "placebo", "no_treatment": "no treatment", "active_control": "another treatment", "none": "nothing",
}  # fmt: skip
BASES = {
    "migraine_days": "migraine days", "headache_days": "headache days", "attacks": "attacks", "mixed": "several measures",
    "moderate_severe_headache_days": "days of moderate or severe headache", "": "an unstated measure",
}  # fmt: skip
PAIN = {
    "moderate_severe": "when the pain was moderate or severe",
    "mild": "while the pain was mild",
    "any": "at any pain",
}


@dataclass(frozen=True)
class Reason:
    """Why rows may not be pooled: its name among MIXTURES (or "twice") and a clause that tells a person."""

    name: str
    words: str


def reasons(rows: pd.DataFrame) -> list[Reason]:
    """Return why these rows (of ``one_row_a_trial``) may not be pooled, most telling first; empty where they may.

    Acute beside preventive hides what follows from it (another outcome, time, basis).
    """
    uses = "are different uses: what is counted in one has no meaning in the other"
    units = "are different denominators; attacks of one person resemble each other"
    unstated = {"": "something unstated"}
    checks: Sequence[tuple[str, Callable[[pd.DataFrame], str]]] = (
        ("scope", lambda all_: _differing(all_, "scope", SCOPES, "", uses)),
        ("uncontrolled", _uncontrolled),
        ("outcome", _outcome),
        ("basis", lambda all_: _differing(all_, "basis", BASES, "responders counted in", "are different shares")),
        ("time", _time),
        ("unit", lambda all_: _differing(all_, "unit_counted", unstated, "", units)),
        ("pain", _pain),
        ("comparator", _comparator),
        ("chance", _chance),
        ("again", _second),
        ("review", _overlap),
        ("doses", _shared),
    )  # fmt: skip
    found = [Reason(name, words) for name, check in checks if (words := check(rows))]
    if any(one.name == "scope" for one in found):
        found = [one for one in found if one.name not in ("outcome", "basis", "time", "unit", "pain")]
    return found


def _differing(rows: pd.DataFrame, column: str, names: dict[str, str], before: str, words: str) -> str:
    there = [names.get(one, one) for one in rows[column].unique()]
    return f"{before} {_and(there)} {words}".strip() if len(there) > 1 else ""


def _outcome(rows: pd.DataFrame) -> str:
    there = [str(one).lower() for one in rows["outcome"].unique()]
    if len(there) < 2:
        return ""
    ids = set(rows["outcome_id"])
    why = " (relief also counts people who still hurt)" if {"pain_free", "pain_relief"} <= ids else ""
    return f"{_and(there)} are different outcomes{why}"


def _time(rows: pd.DataFrame) -> str:
    days = rows["time_days"]
    if days.isna().any() and days.notna().any():
        return "some results have a time and some do not say when they were measured"
    if len(clusters(days)) < 2:
        return ""
    there = rows.sort_values("time_days").drop_duplicates("time")["time"].tolist()
    return f"results at {_and(there)} are different results: rates change with time"


def _pain(rows: pd.DataFrame) -> str:
    there = [PAIN.get(one, one) for one in rows["pain_at_dosing"].unique() if one not in UNKNOWN]
    return f"doses taken {_and(there)} start from different places" if len(there) > 1 else ""


def _comparator(rows: pd.DataFrame) -> str:
    rows = rows[rows["comparator_kind"] != "none"]
    there = [AGAINST.get(one, one) for one in rows["comparator_kind"].unique()]
    if len(there) == 1 and rows["comparator_kind"].iloc[0] == "active_control":
        there = [str(one).lower() for one in rows["comparator_treatment"].unique()]
    return f"gains over {_and(there)} are different gains" if len(there) > 1 else ""


def _chance(rows: pd.DataFrame) -> str:
    rows = rows[rows["comparator_kind"] != "none"]
    alone = rows.loc[~rows["randomised"], "study"].unique().tolist() if rows["randomised"].any() else []
    return f"in {_and(alone)} arms were not formed by chance, in the others they were" if alone else ""


def _second(rows: pd.DataFrame) -> str:
    later = rows.loc[again(rows), "study"].unique().tolist() if not again(rows).all() else []
    return f"in {_and(later)} everybody had already taken a dose that did not help enough" if later else ""


def _uncontrolled(rows: pd.DataFrame) -> str:
    alone = rows.loc[rows["comparator_kind"] == "none", "study"].unique().tolist()
    return (
        f"{_and(alone[:3])} had no comparator: without one there is no gain to pool, whatever the rate"
        if alone
        else ""
    )


def _overlap(rows: pd.DataFrame) -> str:
    names = rows.drop_duplicates("study_id").set_index("study_id")["study"]
    for study, overlaps in rows.drop_duplicates("study_id")[["study_id", "overlaps"]].itertuples(index=False):
        shared = [names[one] for one in overlaps.split(";") if one in names.index and one != study]
        if shared:
            return f"{names[study]} and {_and(shared[:2])} hold the same people, who would count twice"
    pooled = rows["design"].isin(POOLED)
    reviews = rows.loc[pooled, "study"].unique().tolist()
    if reviews:
        return f"{_and(reviews)} put several trials together and cannot stand as one"
    reports = rows.loc[~rows["countable"] & ~pooled, "study"].unique().tolist()
    return f"a second report of {_and(reports)} holds people who are counted elsewhere" if reports else ""


def _shared(rows: pd.DataFrame) -> str:
    held = rows[rows["comparator_kind"] != "none"]
    twice = held.loc[held["comparator_result_id"].duplicated(), "study"].unique().tolist()
    count = "one trial" if len(twice) == 1 else f"{len(twice)} trials"
    return (
        f"in {count} several doses share one comparator arm, whose people would count more than once"
        if twice
        else ""
    )


def _and(words: Sequence[object]) -> str:
    texts = [str(word) for word in words]
    return texts[0] if len(texts) == 1 else ", ".join(texts[:-1]) + " and " + texts[-1]
