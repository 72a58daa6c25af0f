"""People above the 15-day line who fall below it in some later quarter, though their usual level never changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from migraine_lab import data, models
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

PEOPLE, MONTHS, SEED, QUARTER = 20_000, 13, 4, 3
"""What the starter simulates: one look every three months for a year, five in all."""


def line() -> float:
    """Return the headache days a month from which migraine can be chronic (criteria table)."""
    return float(data.fact("criteria", "1_3_a_headache_days_per_month")["at_least"])


def waves() -> NDArray[np.int64]:
    """Return headache days at five looks, shape (people, 5)."""
    return models.diary.months(PEOPLE, MONTHS, seed=SEED)[:, ::QUARTER]


def _share() -> float:
    looks = waves()
    return float((looks[looks[:, 0] >= line(), 1:] < line()).any(axis=1).mean())


def _mistakes() -> list[Mistake]:
    looks = waves()
    below = looks[looks[:, 0] >= line(), 1:] < line()
    above = looks[looks[:, 0] > line(), 1:] < line()
    return [
        Mistake(
            "months for people",
            float(below.mean()),
            "That is the share of looks, not of people. Ask of each person first whether any of her looks is "
            "below the line: .any(axis=1).",
        ),
        Mistake(
            "every look",
            float(below.all(axis=1).mean()),
            "These are the people below the line at every later look. Asked is: at one or more of them.",
        ),
        Mistake(
            "last look only",
            float(below[:, -1].mean()),
            "You looked at the last quarter alone. Who was below the line in between counts as well.",
        ),
        Mistake(
            "out of everybody",
            float(below.any(axis=1).sum() / PEOPLE),
            "You divided by everybody. The question is about those who were above the line at the start.",
        ),
        Mistake(
            "the other side",
            1 - float(below.any(axis=1).mean()),
            "That is the other part: people who stayed above the line at every look.",
        ),
        Mistake(
            "more than for at least",
            float(above.any(axis=1).mean()),
            "People with exactly the number of days of the line were left out. The line says at least: >=.",
        ),
    ]


EXERCISE = Exercise(
    "04-line",
    Numbers(("share of people",), 1e-6),
    _share,
    _mistakes,
    "Not yet. Keep the people at or above the line at the start, then ask of each whether any later look is below.",
    lambda truth: (
        f"{100 * truth:.0f} of 100 fell below the line at least once, and nobody's usual level had changed: in the "
        "simulation only luck differs from month to month."
    ),
)
