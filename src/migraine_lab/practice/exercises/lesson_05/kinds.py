"""Kinds of treatment of which the tables hold no rate beside a comparator."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Names
from migraine_lab.practice.exercises.lesson_05.rows import treatments


def compared() -> pd.DataFrame:
    """Return the treatments with ``controlled``: whether a rate beside a comparator is reported under their name."""
    rates = data.comparisons()
    named = set(rates.loc[rates["comparator_kind"] != "none", "treatment_id"])
    rows = treatments()
    return rows.assign(controlled=rows["treatment_id"].isin(named))


def _without() -> frozenset[str]:
    some = compared().groupby("category")["controlled"].any()
    return frozenset(some[~some].index)


def _mistakes() -> list[Mistake]:
    rows = compared()
    some, every = (rows.groupby("category")["controlled"].agg(how) for how in ("any", "all"))
    classes = rows.groupby("drug_class")["controlled"].any()
    return [
        Mistake(
            "one without for all without",
            frozenset(every[~every].index),
            "These are the kinds in which some treatment has no such rate. Asked are the kinds in which none has "
            "one: look at the largest count of a kind, not the smallest.",
        ),
        Mistake(
            "the other side",
            frozenset(some[some].index),
            "These are the kinds that do have a rate beside a comparator. Which are left?",
        ),
        Mistake(
            "classes for kinds",
            frozenset(classes[~classes].index),
            "These are classes of treatment. A kind is wider than a class: group by category.",
        ),
        Mistake(
            "every kind",
            frozenset(rows["category"]),
            "These are all the kinds. Keep those whose largest count is nought.",
        ),
    ]


EXERCISE = Exercise(
    "05-kinds",
    Names("names of kinds (category)"),
    _without,
    _mistakes,
    "Not those. For each category take the largest number of rates beside a comparator; keep where it is nought.",
    lambda truth: (
        f"Our tables hold no such rate of any {' or '.join(sorted(truth))} treatment. It does not mean that nobody "
        "studied them: trials may have counted scores or days, and what we did not read is not in the tables."
    ),
)
