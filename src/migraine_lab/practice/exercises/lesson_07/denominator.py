"""Rates over those who stayed, in a trial that more people left on one side."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

ARMS = ("erenumab", "topiramate")


def _rows(study: str = "reuter2022", outcome: str = "responder_50") -> list[pd.Series]:
    return [data.result(study, arm, outcome, "24 wk") for arm in ARMS]


def _gap(parts: list[float]) -> float:
    return 100 * (parts[0] - parts[1])


def _of_everyone() -> float:
    return _gap([row["events"] / row["n"] for row in _rows()])


def _pairs() -> list[tuple[pd.Series, pd.Series]]:
    """Return for each arm those who responded and those who stopped because of an adverse event."""
    return list(zip(_rows(), _rows(outcome="preventive_discontinued"), strict=True))


def _without_leavers() -> float:
    return _gap([row["events"] / (row["n"] - gone["events"]) for row, gone in _pairs()])


def _mistakes() -> list[Mistake]:
    pairs = _pairs()
    gap = _of_everyone()
    return [
        Mistake(
            "leavers left out",
            _without_leavers(),
            "Those who stopped because of an adverse event are left out of the denominator, and one arm lost "
            "far more of them. Divide by everyone who was allotted to the arm: responded.n.",
        ),
        Mistake(
            "leavers counted as responders",
            _gap([(row["events"] + gone["events"]) / row["n"] for row, gone in pairs]),
            "Those who stopped were added to the responders. Divide the responders alone by everyone.",
        ),
        Mistake(
            "stopping for responding",
            _gap([gone["events"] / gone["n"] for _, gone in pairs]),
            "That is the gap in stopping, not in responding. Use the first row of each pair above the line.",
        ),
        Mistake(
            "imputed rates",
            _gap([row["events"] / row["n"] for row in _rows("reuter2022b")]),
            "That is the gap when missing diaries are filled in as if nobody had stopped. It answers another "
            "question. Take the study reuter2022.",
        ),
        Mistake("arms swapped", -gap, "The sign is turned: take erenumab minus topiramate."),
        Mistake(
            "proportion for percent",
            gap / 100,
            "The gap is right, but as a proportion; the check wants points (0 to 100).",
        ),
        Mistake(
            "one arm only",
            100 * pairs[0][0]["events"] / pairs[0][0]["n"],
            "That is the rate on erenumab alone. Subtract the rate on topiramate.",
        ),
    ]


EXERCISE = Exercise(
    "07-denominator",
    Numbers(("gap in points",), 0.05),
    _of_everyone,
    _mistakes,
    "Not that. For each arm divide the responders by everyone who was allotted to it, then subtract.",
    lambda truth: (
        f"Of everyone, {truth:.0f} points apart; of those whom no adverse event stopped, "
        f"{_without_leavers():.0f}. No patient changed, only who was counted."
    ),
)
