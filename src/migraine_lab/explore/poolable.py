"""Which comparisons may stand together in one pooled estimate, and why others may not.

Pure functions on frames with the columns of ``data.comparisons()``. An average over unlike outcomes, times or patients can
be computed; it answers no question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from migraine_lab.explore.rate_rows import POOLED

COUNTS = ["events", "n", "comparator_events", "comparator_n"]
NEAR = 1.1
"""Times are alike where the later is at most a tenth later: 12 weeks and 3 months are, 12 and 24 weeks are not."""
UNKNOWN = ("unknown", "")
PREFERRED = {"comparator_kind": ("placebo", "no_treatment", "active_control"), "unit_counted": ("patients",)}
SCOPES = ("acute", "preventive", "ketamine")


@dataclass(frozen=True)
class Question:
    """What is pooled: one outcome at one time (and, in prevention, of one kind of day), in one class or treatment."""

    scope: str
    outcome_id: str
    basis: str
    first_day: float
    last_day: float
    column: str = "drug_class"
    value: str = ""

    def holds(self, rows: pd.DataFrame) -> pd.Series:
        """Return which rows have this outcome, basis and time, in whatever treatment."""
        return self.same_outcome(rows) & self.same_time(rows)

    def same_outcome(self, rows: pd.DataFrame) -> pd.Series:
        """Return which rows have this outcome of this scope and basis."""
        return (
            (rows["scope"] == self.scope)
            & (rows["outcome_id"] == self.outcome_id)
            & (rows["basis"] == self.basis)
        )

    def same_time(self, rows: pd.DataFrame) -> pd.Series:
        """Return which rows were measured at this time; an unstated time is like no other."""
        days = rows["time_days"]
        return days.isna() if np.isnan(self.first_day) else days.between(self.first_day, self.last_day)


def outcomes(comparisons: pd.DataFrame) -> dict[str, tuple[str, Question]]:
    """Return every outcome, basis and time that two trials of one class share: key -> (label, question of no class yet).

    Keys read as "pain_free 2 h" and "responder_50 migraine_days 12 wk".
    """
    rows = comparisons[_pairs_of_trials(comparisons)]
    found: dict[str, tuple[str, Question]] = {}
    for (scope, outcome, basis), group in rows.groupby(["scope", "outcome_id", "basis"], sort=False):
        for days in clusters(group["time_days"]):
            question = Question(str(scope), str(outcome), str(basis), days[0], days[-1])
            here = group[question.same_time(group)]
            trials = here.groupby("drug_class")["study_id"].nunique()
            classes = [replace(question, value=str(one)) for one in trials.index[trials > 1]]
            if all(main(here, one)["study_id"].nunique() < 2 for one in classes):
                continue
            time = str(here["time"].mode()[0])
            label = str(here["endpoint"].mode()[0]) + (f", {time}" if scope == "preventive" and time else "")
            found[" ".join(filter(None, (str(outcome), str(basis), time)))] = (label, question)
    return dict(sorted(found.items(), key=lambda one: (SCOPES.index(one[1][1].scope), one[1][0])))


def groups(comparisons: pd.DataFrame, question: Question) -> dict[str, tuple[str, Question, int]]:
    """Return the classes and single treatments with trials: key (class or treatment_id) -> (name, question, trials).

    Classes with most trials come first, each followed by its treatments.
    """
    rows = comparisons[question.holds(comparisons) & _pairs_of_trials(comparisons)]
    found: dict[str, tuple[str, Question, int]] = {}
    for name in (
        rows.groupby("drug_class")["study_id"].nunique().sort_values(ascending=False, kind="stable").index
    ):
        mine = rows[rows["drug_class"] == name]
        parts = [("drug_class", name, f"all: {name}")]
        if len(mine["treatment_id"].unique()) > 1:
            parts += [
                ("treatment_id", one, f"– {mine.loc[mine['treatment_id'] == one, 'treatment'].iloc[0]}")
                for one in mine["treatment_id"].value_counts().index
            ]
        for column, value, label in parts:
            one = replace(question, column=column, value=str(value))
            count = main(comparisons, one)["study_id"].nunique()
            if count:
                found[str(value)] = (label, one, int(count))
    return found


def main(comparisons: pd.DataFrame, question: Question) -> pd.DataFrame:
    """Return the arms that may stand together: one comparator, unit, pain at dosing; trials that count nobody twice.

    Where trials differ in one of these, the kind that most trials share is taken; ``also`` offers the others.
    """
    rows = comparisons[_of_group(comparisons, question)]
    rows = rows[question.holds(rows) & _pairs_of_trials(rows)]
    if rows.empty:
        return rows
    for column in ("comparator_kind", "randomised", "unit_counted"):
        rows = rows[rows[column] == _commonest(rows, column)]
    if rows["comparator_kind"].iloc[0] == "active_control":
        rows = rows[rows["comparator_treatment"] == _commonest(rows, "comparator_treatment")]
    known = rows[~rows["pain_at_dosing"].isin(UNKNOWN)]
    if len(known):
        rows = rows[rows["pain_at_dosing"].isin((_commonest(known, "pain_at_dosing"), *UNKNOWN))]
    return rows


MIXTURES = {
    "scope": "trials of another use", "outcome": "another outcome", "basis": "other kinds of days",
    "time": "other times", "unit": "attacks counted, not patients", "pain": "other pain at dosing",
    "comparator": "another comparator", "chance": "arms not formed by chance", "uncontrolled": "no comparator",
    "again": "people already treated once", "review": "reviews and second reports", "doses": "every dose as a row of its own",
}  # fmt: skip
"""What a student may ask to add, though it must not be pooled."""


def also(comparisons: pd.DataFrame, question: Question) -> dict[str, pd.DataFrame]:
    """Return the rows that each mixture would add to ``main``; mixtures without a row are left out.

    A row belongs to a mixture where it differs in that one respect alone. "doses" adds none: it parts the arms.
    """
    first = main(comparisons, question)
    if first.empty:
        return {}
    mine = comparisons[_of_group(comparisons, question)]
    found = {}
    if first["comparator_result_id"].duplicated().any():
        found["doses"] = first.iloc[:0]
    unlike = _unlike(mine, first, question)
    counted = mine[COUNTS].notna().all(axis=1)
    several = {
        "scope": ("outcome", "time", "basis", "pain", "unit"), "uncontrolled": ("comparator", "chance"), "unit": ("review",),
    }  # fmt: skip
    for name, here in unlike.items():
        others = [
            there for other, there in unlike.items() if other != name and other not in several.get(name, ())
        ]
        extra = mine[here & ~np.logical_or.reduce(others)]
        # an uncontrolled rate needs its count alone; of two reports of the same people, the review is the one to meet
        extra = extra[
            extra[["events", "n"]].notna().all(axis=1) if name == "uncontrolled" else counted[extra.index]
        ]
        if name in ("scope", "outcome"):
            extra = extra[extra["is_benefit"]]
        if name == "scope" and extra.empty:
            extra = _another_use(comparisons, question)
        if name in ("scope", "outcome") and len(extra):
            extra = extra[extra["endpoint"] == _commonest(extra, "endpoint")]
        if len(extra):
            found[name] = extra
    return {name: found[name] for name in MIXTURES if name in found}


def one_row_a_trial(rows: pd.DataFrame, doses: str = "together") -> pd.DataFrame:
    """Make one row of the arms that share a comparator, so that its people count once; ``key`` names the row.

    doses: "together" adds the arms up (Cochrane Handbook 23.3.4), "highest" and "lowest" keep one dose (of the drug listed
    first), "apart" keeps every arm, and so counts the comparator again and again. ``arms``, ``result_ids``: what a row holds.
    """
    if doses == "apart":
        return rows.assign(key=rows["result_id"], result_ids=rows["result_id"], arms=1).reset_index(drop=True)
    rows = rows.assign(key=rows["comparison_id"])
    by = [rows["key"], rows["comparator_result_id"]]
    if doses != "together":
        listed_first = rows.groupby(by, sort=False)["treatment_id"].transform("first")
        rows = rows[rows["treatment_id"] == listed_first]
        amount = rows["dose"].str.extract(r"(\d+(?:\.\d+)?)")[0].astype(float)
        rows = rows.assign(amount=amount if doses == "lowest" else -amount)
        return (
            rows.sort_values("amount", kind="stable").drop_duplicates(["key", "comparator_result_id"])
            .sort_index().drop(columns="amount").assign(arms=1, result_ids=lambda kept: kept["result_id"]).reset_index(drop=True)
        )  # fmt: skip
    grouped = rows.groupby(by, sort=False)
    kept = rows.drop_duplicates(["key", "comparator_result_id"]).reset_index(drop=True)
    kept["arms"] = grouped.size().to_numpy()
    kept["result_ids"] = grouped["result_id"].agg(";".join).to_numpy()
    kept[["events", "n"]] = grouped[["events", "n"]].sum(min_count=1).to_numpy()
    several = kept["arms"] > 1
    names = grouped["treatment"].unique().reset_index(drop=True)
    joined = [
        " + ".join(str(one) for one in some) + f", {many} arms"
        for some, many in zip(names, kept["arms"], strict=True)
    ]
    kept["arm"] = kept["arm"].where(~several, pd.Series(joined, index=kept.index, dtype=object))
    return kept


# -- inside ------------------------------------------------------------------------------------------------------------
def _pairs_of_trials(rows: pd.DataFrame) -> pd.Series:
    """Trials (no reviews) that count nobody twice and print counts of both arms."""
    return rows["countable"] & ~rows["design"].isin(POOLED) & rows[COUNTS].notna().all(axis=1) & ~again(rows)


def again(rows: pd.DataFrame) -> pd.Series:
    """Return which rows are of people who had already taken a first dose that did not help them enough."""
    return rows["definition"].str.contains("after the second dose", regex=False)


def _of_group(rows: pd.DataFrame, question: Question) -> pd.Series:
    return rows[question.column] == question.value


def clusters(days: pd.Series) -> list[list[float]]:
    """Part times, in days, into runs whose last is at most a tenth later than the first; unstated ones are a run of their own."""
    runs: list[list[float]] = []
    for day in sorted(days.dropna().unique()):
        if runs and day <= runs[-1][0] * NEAR:
            runs[-1].append(float(day))
        else:
            runs.append([float(day)])
    return runs + ([[float("nan")]] if days.isna().any() else [])


def _commonest(rows: pd.DataFrame, column: str) -> Any:
    """The value that most studies have; of two equals the preferred one, else the first."""
    values = rows[column].unique()
    if len(values) == 1:
        return values[0]
    counts = rows.groupby(column, sort=False)["study_id"].nunique()
    best = counts[counts == counts.max()].index.tolist()
    return next((one for one in PREFERRED.get(column, ()) if one in best), best[0])


def _unlike(rows: pd.DataFrame, first: pd.DataFrame, question: Question) -> dict[str, pd.Series]:
    """In which respects each row differs from the main rows."""
    pain = set(first["pain_at_dosing"]) - set(UNKNOWN)
    known = rows["pain_at_dosing"].isin([*pain, *UNKNOWN]) if pain else pd.Series(True, index=rows.index)
    against = rows["comparator_kind"].isin(first["comparator_kind"])
    if first["comparator_kind"].iloc[0] == "active_control":
        against &= rows["comparator_treatment"].isin(first["comparator_treatment"])
    return {
        "scope": rows["scope"] != question.scope,
        "outcome": rows["outcome_id"] != question.outcome_id,
        "basis": rows["basis"] != question.basis,
        "time": ~question.same_time(rows),
        "unit": ~rows["unit_counted"].isin(first["unit_counted"]),
        "pain": ~known,
        "comparator": ~against,
        "chance": ~rows["randomised"].isin(first["randomised"]),
        "uncontrolled": rows["comparator_kind"] == "none",
        "again": again(rows),
        "review": ~rows["countable"] | rows["design"].isin(POOLED),
    }


def _another_use(comparisons: pd.DataFrame, question: Question) -> pd.DataFrame:
    """Trials of the other use against placebo, where this treatment has none: the class with most of them."""
    other = "acute" if question.scope == "preventive" else "preventive"
    rows = comparisons[
        (comparisons["scope"] == other) & comparisons["is_benefit"] & (comparisons["comparator_kind"] == "placebo")
        & _pairs_of_trials(comparisons)
    ]  # fmt: skip
    rows = rows[rows["endpoint"] == _commonest(rows, "endpoint")]
    return rows[rows["drug_class"] == _commonest(rows, "drug_class")]
