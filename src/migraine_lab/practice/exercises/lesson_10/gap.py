"""How sure, how often right: the gap between the two in a round of ten."""

from __future__ import annotations

from statistics import mean, median

from migraine_lab import stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

SURE = (90, 70, 100, 70, 80, 60, 80, 90, 60, 80)
RIGHT = (1, 1, 0, 1, 0, 0, 1, 1, 1, 0)
"""An invented student's round: confidence in percent, and whether the vote agreed. The notebook shows the same ten."""


def _gap() -> float:
    return mean(SURE) - 100 * mean(RIGHT)


def _mistakes() -> list[Mistake]:
    hits = [sure for sure, right in zip(SURE, RIGHT, strict=True) if right]
    return [
        Mistake(
            "two units",
            mean(SURE) - mean(RIGHT),
            "You took a proportion (0 to 1) from percents. Multiply the share right by 100 first.",
        ),
        Mistake(
            "sign turned",
            -_gap(),
            "The size is right, the sign is turned: take confidence minus share right, so that above 0 means surer than right.",
        ),
        Mistake(
            "only where right",
            mean(hits) - 100 * mean(RIGHT),
            "You averaged the confidence of the votes that were right. The wrong ones were given with a confidence too.",
        ),
        Mistake(
            "median",
            median(SURE) - 100 * mean(RIGHT),
            "You took the middle confidence. Promised over all votes is the mean: it says how many should be right.",
        ),
        Mistake("confidence alone", mean(SURE), "That is how sure the student was. Subtract how often she was right."),
        Mistake("share right alone", 100 * mean(RIGHT), "That is how often she was right. Subtract it from how sure she was."),
        Mistake("in votes", _gap() / 10, "Right, but in votes out of ten; the check wants percentage points."),
    ]  # fmt: skip


def _praise(truth: float) -> str:
    _, low, high = stats.proportion(sum(RIGHT), len(RIGHT))
    held = (
        "still holds her confidence: luck could do that"
        if 100 * high > mean(SURE)
        else "ends below her confidence"
    )
    return (
        f"She was surer than right by {truth:.0f} points. Her share right may truly be anything from {100 * low:.0f} to "
        f"{100 * high:.0f} %. That interval {held}. One round says little, five rounds say more."
    )


EXERCISE = Exercise(
    "10-gap",
    Numbers(("points",), 0.4),
    _gap,
    _mistakes,
    "Not that. Take the mean of sure, then subtract 100 times the mean of right.",
    _praise,
)
