"""How long a wave needs from near the centre to the edge of sight, at the slowest and fastest published speed."""

from __future__ import annotations

import math

from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.exercises.lesson_03.constants import FAR, NEAR, dougherty, horton, spreading

SPEEDS = "klass2018_velocity_general_review"


def _speeds() -> tuple[float, float]:
    """Slowest and fastest, in mm/min."""
    return spreading(SPEEDS, "low"), spreading(SPEEDS, "high")


def _path(a: float, e2: float) -> float:
    return a * math.log((FAR + e2) / (NEAR + e2))


def _times(path: float) -> tuple[float, float]:
    slow, fast = _speeds()
    return path / fast, path / slow


def _minutes() -> tuple[float, float]:
    return _times(_path(*dougherty()))


def _mistakes() -> list[Mistake]:
    a, e2 = dougherty()
    shortest, longest = _minutes()
    slow, fast = _speeds()
    return [
        Mistake(
            "degrees taken for millimetres",
            _times(FAR - NEAR),
            "You divided degrees by millimetres a minute. The wave runs on the cortex: first turn the degrees "
            "into millimetres of cortex, A * log((60 + E2) / (1 + E2)).",
        ),
        Mistake("order swapped", (longest, shortest), "Both are right but in the wrong order: the shorter time first."),
        Mistake(
            "base ten",
            _times(_path(a, e2) / math.log(10)),
            "Less than half of it: np.log10 was taken. The path comes from the natural logarithm, np.log.",
        ),
        Mistake(
            "E2 forgotten",
            _times(a * math.log(FAR / NEAR)),
            "The path is too long: E2 is missing. It is added to both ends: (60 + E2) / (1 + E2).",
        ),
        Mistake(
            "A forgotten",
            _times(_path(1.0, e2)),
            "Far too short for a brain: the logarithm was not multiplied by A, which gives it its millimetres.",
        ),
        Mistake(
            "times the speed",
            (_path(a, e2) * slow, _path(a, e2) * fast),
            "You multiplied the path by the speed. Time is the path divided by the speed.",
        ),
        Mistake(
            "the other map",
            _times(_path(*horton())),
            "Right for the map of Horton and Hoyt. Here Dougherty's constants are asked for.",
        ),
    ]  # fmt: skip


EXERCISE = Exercise(
    "03-crossing",
    Numbers(("minutes at the fastest speed", "minutes at the slowest"), 0.005, relative=True),
    _minutes,
    _mistakes,
    "Not those. The path in millimetres is A * log((60 + E2) / (1 + E2)); divide it by each speed.",
    lambda truth: (
        f"From {truth[0]:.0f} to {truth[1]:.0f} minutes, on the same map and from one review's range of speeds. "
        "The other map gives other times: neither is “the” duration."
    ),
)
