"""Explanations that an article names and that no evidence from people stands behind."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Names


def ideas() -> pd.DataFrame:
    """Return the explanations of what ketamine does, without the corrected sentences of the articles."""
    rows = data.table("mechanisms")
    return rows[rows["kind"] == "hypothesis"]


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["article_ids"] != ""]


def _human(rows: pd.DataFrame) -> pd.Series:
    return rows["evidence_level"].str.startswith("human")


def _ids(rows: pd.DataFrame) -> frozenset[str]:
    return frozenset(rows["mechanism_id"])


def _without() -> frozenset[str]:
    rows = _named(ideas())
    return _ids(rows[~_human(rows)])


def _mistakes() -> list[Mistake]:
    every, named, table = ideas(), _named(ideas()), _named(data.table("mechanisms"))
    level = named["evidence_level"]
    return [
        Mistake(
            "animals only",
            _ids(named[level == "animal"]),
            "These were tried in animals. Others rest on cells in a dish or on no test at all: "
            "keep every level that does not begin with human.",
        ),
        Mistake(
            "no test forgotten",
            _ids(named[level.isin(["animal", "established in vitro"])]),
            "One is missing: speculative means that nothing was tested, so nobody was.",
        ),
        Mistake(
            "dish forgotten",
            _ids(named[level.isin(["animal", "speculative"])]),
            "Those established in vitro are missing. In vitro means in a dish: cells or channels, no people.",
        ),
        Mistake(
            "the others",
            _ids(named[_human(named)]),
            "These do have evidence from people. Turn the choice round with ~.",
        ),
        Mistake(
            "not named",
            _ids(every[~_human(every)]),
            "Your list holds some that no article names: keep rows whose article_ids are not empty.",
        ),
        Mistake(
            "corrections too",
            _ids(table[~_human(table)]),
            "Your list holds corrected sentences as well: keep the rows of kind hypothesis.",
        ),
        Mistake("all named", _ids(named), "These are all that the articles name. Which of them have no evidence from people?"),
    ]  # fmt: skip


EXERCISE = Exercise(
    "08-people",
    Names("mechanism ids"),
    _without,
    _mistakes,
    "Not those. Of the explanations that an article names, keep those whose evidence_level has no human in it.",
    lambda truth: (
        f"{len(truth)} of the {len(_named(ideas()))} explanations that the articles name. They may be right; in these "
        "rows nobody has asked people."
    ),
)
