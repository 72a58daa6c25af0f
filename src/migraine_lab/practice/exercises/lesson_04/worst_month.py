"""The same people and the same months afterwards, set beside their worst month and beside their usual one."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from migraine_lab import models
from migraine_lab.practice.checks import Exercise, Mistake, Numbers, as_percent

PEOPLE, MONTHS, SEED = 20_000, 12, 4
BEFORE, ENROL = 9, 8
"""What the starter simulates: nine months before, three after; enrolled with a worst month of eight days or more."""


def _periods() -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Worst month before, mean month before, mean month after; each of shape (people,)."""
    months = models.diary.months(PEOPLE, MONTHS, seed=SEED)
    before = months[:, :BEFORE]
    return before.max(axis=1), before.mean(axis=1), months[:, BEFORE:].mean(axis=1)


def _shares() -> tuple[float, float]:
    worst, usual, after = _periods()
    enrolled = worst >= ENROL
    return _halved(after[enrolled], worst[enrolled]), _halved(after[enrolled], usual[enrolled])


def _halved(after: NDArray[Any], before: NDArray[Any]) -> float:
    return float((after <= before / 2).mean())


def _mistakes() -> list[Mistake]:
    worst, usual, after = _periods()
    enrolled = worst >= ENROL
    right = _shares()
    everybody = (_halved(after, worst), _halved(after, usual))
    other = usual >= ENROL
    return [
        Mistake(
            "worst month twice",
            (right[0], right[0]),
            "Both numbers compare with the worst month. The second should compare the same people with their "
            "mean month before.",
        ),
        Mistake(
            "order",
            right[::-1],
            "The two numbers are the wrong way round: first against the worst month, then against the mean month.",
        ),
        Mistake(
            "percent for proportion", as_percent(right), "A hundred times too large: give shares, 0 to 1."
        ),
        Mistake(
            "everybody",
            everybody,
            "You counted everybody. Only those count who were enrolled: [enrolled] on both sides.",
        ),
        Mistake(
            "enrolled by the mean",
            (_halved(after[other], worst[other]), _halved(after[other], usual[other])),
            "You enrolled by the mean month, so these are other people. Enrol by the worst month both times.",
        ),
        Mistake(
            "more than half",
            (
                float((after[enrolled] < worst[enrolled] / 2).mean()),
                float((after[enrolled] < usual[enrolled] / 2).mean()),
            ),
            "Exactly half the days counts as well: <=, not <.",
        ),
    ]


def _praise(truth: Any) -> str:
    worst, usual = (100 * share for share in truth)
    return (
        f"The same people, the same months: {worst:.0f} of 100 “responded” when set beside their worst month, "
        f"{usual:.0f} of 100 beside their mean month. Nobody was given anything."
    )


EXERCISE = Exercise(
    "04-share",
    Numbers(("against the worst month", "against the mean month"), 1e-6),
    _shares,
    _mistakes,
    "Not yet. Enrol by the worst month, then compare the months after once with the worst month, once with the mean.",
    _praise,
)
