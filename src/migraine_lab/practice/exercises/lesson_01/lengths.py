"""Which headaches may last three hours: ranges that include their ends, and a rule for the young."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Names

HOURS = 3.0
"""Length of the headache in question, chosen to be the end of one range."""


def lengths() -> pd.DataFrame:
    """Return the criteria that give the length of one headache in hours, one range a row."""
    rows = data.table("criteria")
    return rows[rows["item"].str.startswith("headache_duration") & (rows["unit"] == "h")]


def _adults(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[~rows["item"].str.contains("under_18")]


def _codes(rows: pd.DataFrame, hours: float, inclusive: str = "both") -> frozenset[str]:
    low, high = rows["at_least"], rows["at_most"]
    inside = (low <= hours) & (hours <= high) if inclusive == "both" else (low < hours) & (hours < high)
    return frozenset(rows.loc[inside, "code"])


def _possible() -> frozenset[str]:
    return _codes(_adults(lengths()), HOURS)


def _mistakes() -> list[Mistake]:
    rows = lengths()
    adults = _adults(rows)
    return [
        Mistake(
            "ends left out",
            _codes(adults, HOURS, inclusive="neither"),
            "One is missing: its range ends exactly here, and the end belongs to the range. Use <= and >=.",
        ),
        Mistake(
            "the rule for the young",
            _codes(rows, HOURS),
            "One is too many: its shorter range holds for people under eighteen. Keep the rows of adults.",
        ),
        Mistake(
            "the rule for the young",
            _codes(rows, HOURS, inclusive="neither"),
            "The shorter range of people under eighteen slipped in. Keep the rows of adults, and mind the ends.",
        ),
        Mistake(
            "those that do not fit",
            frozenset(adults["code"]) - _codes(adults, HOURS),
            "You found those that it cannot be by its length. Turn the condition round.",
        ),
        Mistake(
            "names for codes",
            frozenset(adults.loc[adults["code"].isin(_codes(adults, HOURS)), "disorder"]),
            "These are the right ones, by name. Give their codes: the column code.",
        ),
    ]


def _praise(truth: frozenset[str]) -> str:
    names = data.table("criteria").drop_duplicates("code").set_index("code")["disorder"]
    listed = ", ".join(f"{names[code].lower()} ({code})" for code in sorted(truth))
    return f"By its length alone it may be {listed}. Without treatment, a migraine of an adult lasts longer."


EXERCISE = Exercise(
    "01-hours",
    Names("codes such as '1.1'"),
    _possible,
    _mistakes,
    "Not those. Keep the rows whose range holds the length, and give their codes: the column code.",
    _praise,
)
