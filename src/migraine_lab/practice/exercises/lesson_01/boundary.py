"""At least, or more than: lines of a rule that somebody reaches and does not cross."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Names

PERSON: Mapping[str, float] = {
    "headache_days_per_month": 15,
    "months_at_this_frequency": 3,
    "migraine_days_per_month": 9,
}
"""An invented person who stands on two of the lines, one of which has to be crossed."""


def lines() -> pd.DataFrame:
    """Return the lines of chronic migraine that are counted, with the person's count beside each."""
    rows = data.table("criteria").query(
        "code == '1.3' and item in @PERSON", local_dict={"PERSON": list(PERSON)}
    )
    return rows.assign(count=rows["item"].map(PERSON))


def _met(rows: pd.DataFrame, strict: bool | pd.Series) -> frozenset[str]:
    over = rows["count"] > rows["at_least"]
    reached = (rows["count"] == rows["at_least"]) & ~pd.Series(strict, index=rows.index)
    return frozenset(rows.loc[over | reached, "item"])


def _reached() -> frozenset[str]:
    rows = lines()
    return _met(rows, rows["strict"])


def _mistakes() -> list[Mistake]:
    rows = lines()
    items = frozenset(rows["item"])
    ids = rows.set_index("item")["criterion_id"]
    return [
        Mistake(
            "at least everywhere",
            _met(rows, strict=False),
            "One line is not met yet: it has to be crossed. Rows with strict ask for more than, not for at least.",
        ),
        Mistake(
            "more than everywhere",
            _met(rows, strict=True),
            "One line is met that you left out: reaching it is enough where the rule says “at least” (not strict).",
        ),
        Mistake(
            "those that are missed",
            items - _reached(),
            "That is the line that is missed. Asked are the lines that are met.",
        ),
        Mistake(
            "row ids",
            frozenset(ids[list(_reached())]),
            "These are the right rows, named by criterion_id. Give their items: the column item.",
        ),
    ]


EXERCISE = Exercise(
    "01-lines",
    Names("items of the criteria"),
    _reached,
    _mistakes,
    "Not those. A line is met by a count above it, or by a count equal to it where the row is not strict.",
    lambda truth: f"{len(truth)} of {len(lines())} lines are met. The days are enough; the time is not yet.",
)
