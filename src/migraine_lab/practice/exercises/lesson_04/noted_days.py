"""Headache days a month from a diary with gaps: a day that was not noted is no day without headache."""

from __future__ import annotations

import pandas as pd

from migraine_lab import models
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

WITH_GAPS = 5
"""The example diary that the starter names."""


def _diary() -> pd.DataFrame:
    return models.diary.example(WITH_GAPS)


def _rate() -> float:
    return models.diary.DAYS * float(_diary()["headache"].mean())


def _mistakes() -> list[Mistake]:
    diary, month = _diary(), models.diary.DAYS
    days = (diary["date"].max() - diary["date"].min()).days + 1
    found, gaps = int(diary["headache"].sum()), days - len(diary)
    return [
        Mistake(
            "gaps as free days",
            month * found / days,
            "You divided by all days of the calendar, so each day that was not noted became a day without "
            "headache. Divide by the noted days: len(diary).",
        ),
        Mistake(
            "gaps as headache days",
            month * (found + gaps) / days,
            "Here each day that was not noted became a headache day. Nobody knows: leave these days out.",
        ),
        Mistake(
            "migraine for headache",
            month * float(diary["migraine"].mean()),
            "These are the migraine days. Headache days are all days with headache, migraine or not.",
        ),
        Mistake(
            "count for rate",
            float(found),
            "That is the number of headache days in the whole diary. Asked is how many that makes in a month.",
        ),
        Mistake(
            "share for days",
            found / len(diary),
            f"That is the share of noted days with headache. Times {month}, it is days a month.",
        ),
    ]


EXERCISE = Exercise(
    "04-days",
    Numbers(("days a month",), 0.005, relative=True),
    _rate,
    _mistakes,
    "Not yet. Divide the headache days by the days that were noted, then take it times the days of a month.",
    lambda truth: (
        f"About {truth:.0f} headache days a month, if the days that were not noted were like the others. Say so "
        "when you tell the number."
    ),
)
