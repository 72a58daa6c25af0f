"""Months in which a diary reaches the line for triptan days: days, not doses; at least, not more than."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data, models
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

SEED, DAYS = 23, 365
"""The simulated year that the starter makes."""


def line(criterion: str = "8_2_b_drug_8_2_2_triptan") -> float:
    """Return intake days a month from which a class counts as overused (criteria table)."""
    return float(data.fact("criteria", criterion)["at_least"])


def _year() -> pd.DataFrame:
    return models.diary.person(SEED, DAYS, interval=4.0, other=0.2, takes=0.9)


def _triptan(diary: pd.DataFrame) -> pd.DataFrame:
    return diary[diary["medication_class"].str.contains("triptan")]


def _a_month(rows: pd.DataFrame) -> pd.Series:
    found: pd.Series = rows.groupby(rows["date"].dt.to_period("M")).size()
    return found


def _reached() -> int:
    return int((_a_month(_triptan(_year())) >= line()).sum())


def _mistakes() -> list[Mistake]:
    diary = _year()
    triptan = _triptan(diary)
    alone = diary[diary["medication_class"] == "triptan"]
    doses = triptan.groupby(triptan["date"].dt.to_period("M"))["doses"].sum()
    simple = line("8_2_b_drug_8_2_3_non_opioid_analgesics_together")
    return [
        Mistake(
            "more than for at least",
            int((_a_month(triptan) > line()).sum()),
            "Months with exactly as many days as the line were left out. The criterion says at least: >=.",
        ),
        Mistake(
            "only alone",
            int((_a_month(alone) >= line()).sum()),
            "Days on which another medicine was taken as well were lost. Look for the class within the cell: "
            ".str.contains.",
        ),
        Mistake(
            "any medicine",
            int((_a_month(diary[diary["acute_medication"]]) >= line()).sum()),
            "You counted days with any medicine. This line is for triptans; each class has its own.",
        ),
        Mistake(
            "doses for days",
            int((doses >= line()).sum()),
            "You counted doses. The criterion counts days on which something was taken, however much.",
        ),
        Mistake(
            "line of another class",
            int((_a_month(triptan) >= simple).sum()),
            "That is the line of simple painkillers. Triptans have another one.",
        ),
        Mistake(
            "days for months",
            len(triptan),
            "That is the number of triptan days in the year. Asked is in how many months the line was reached.",
        ),
    ]


def _praise(truth: int) -> str:
    return (
        f"{truth} months reach the line. The criteria ask for more than {line('8_2_b_months_of_overuse'):.0f} months "
        "of it and for more than pills; the count is where a talk begins, not where it ends."
    )


EXERCISE = Exercise(
    "04-pills",
    Numbers(("number of months",), 0.0),
    _reached,
    _mistakes,
    "Not that many. Count the days with a triptan month by month, then the months at or above the line.",
    _praise,
)
