"""What the longest postdromes must be like for a printed mean to be true."""

from __future__ import annotations

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

_SOURCE = "kelman2006post_postdrome"


def _figures() -> tuple[float, float, float, float, float]:
    """Mean in hours; shares of the short and the long ones (0..1); hours at which the short end and the long begin."""
    mean = float(data.fact("timing", f"{_SOURCE}_duration_mean")["value"])
    short = data.fact("timing", f"{_SOURCE}_lasting_12_h_or_less_0_12")
    long = data.fact("timing", f"{_SOURCE}_lasting_more_than_24_h_24")
    ends = float(short["band_high"]), float(long["band_low"])
    return mean, float(short["value"]) / 100, float(long["value"]) / 100, *ends


def _others() -> float:
    """Hours that people outside the tail add to the mean at most."""
    _, short, long, first, second = _figures()
    return short * first + (1 - short - long) * second


def _tail() -> float:
    mean, _, long, _, _ = _figures()
    return (mean - _others()) / long


def _tail_mistakes() -> list[Mistake]:
    mean, short, long, first, second = _figures()
    middles = short * first / 2 + (1 - short - long) * (first + second) / 2
    return [
        Mistake(
            "not shared out",
            mean - _others(),
            "These hours are missing for everyone together. Only the long ones can bring them: divide by their share.",
        ),
        Mistake(
            "percent for proportion",
            _tail() / 100,
            "A hundred times too small: divide by the share as a proportion, not as a percentage.",
        ),
        Mistake(
            "middles for ends",
            (mean - middles) / long,
            "You took the middle of each band, a fair guess. Asked is the least: let the others last as long as "
            "their bands allow.",
        ),
        Mistake(
            "the middle group forgotten",
            (mean - short * first) / long,
            "The people between the two bands are missing. Their share is 1 - short - long.",
        ),
        Mistake(
            "everything in the tail",
            mean / long,
            "That would be right if all the others lasted no time at all. Subtract their hours first.",
        ),
        Mistake("days for hours", _tail() / 24, "The number is right, but in days; the check wants hours."),
    ]


EXERCISE = Exercise(
    "02-tail",
    Numbers(("hours",), 0.5),
    _tail,
    _tail_mistakes,
    "Not yet. Subtract what the others can bring at most from the mean, then divide by the share of the long ones.",
    lambda truth: (
        f"At least {truth:.0f} hours on average, almost {truth / 24:.0f} days. Either a few people are unwell for very "
        "long, or the abstract's mean and the summary's bands do not belong together. The data keep both."
    ),
)
