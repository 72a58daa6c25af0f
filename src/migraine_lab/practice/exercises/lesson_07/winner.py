"""What significant trials report of a gain that is known: the winner's curse."""

from __future__ import annotations

from functools import lru_cache

from migraine_lab import data, models
from migraine_lab.models.trial import Trials
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

TRIALS, PER_ARM, SEED = 20_000, 50, 7


@lru_cache(maxsize=1)
def simulated() -> Trials:
    """Return small trials of the truth that one large trial found (rimegepant, freedom from pain at two hours)."""
    drug, placebo = (
        data.result("croop2019", arm, "pain_free", "2 h") for arm in ("rimegepant_75", "placebo")
    )
    rate = placebo["events"] / placebo["n"]
    return models.trial.run(TRIALS, PER_ARM, rate, drug["events"] / drug["n"] - rate, seed=SEED)


def _reported() -> float:
    found = simulated()
    return float(found.difference[found.significant()].mean())


def _mistakes() -> list[Mistake]:
    found = simulated()
    won, reported = found.significant(), _reported()
    return [
        Mistake(
            "all trials",
            float(found.difference.mean()),
            "This is the mean over all trials, and it is near the true gain: chance evens out. Asked are the "
            "significant ones only: found.difference[found.significant()].",
        ),
        Mistake(
            "the other trials",
            float(found.difference[~won].mean()),
            "These are the trials that were not significant. Take away the sign that turns the choice round.",
        ),
        Mistake(
            "power for gain",
            models.trial.power(found),
            "That is the share of the trials that are significant, their power. Asked is the gain they report.",
        ),
        Mistake(
            "rate for gain",
            float(found.rate_a[won].mean()),
            "That is their rate on the drug. The gain is the difference to placebo: found.difference.",
        ),
        Mistake(
            "ratio to the truth",
            reported / found.truth,
            "That is how many times too large the reported gain is. First give the gain itself.",
        ),
        Mistake(
            "percent for proportion",
            100 * reported,
            "The gain is right, but in points; the check wants it as a proportion between 0 and 1.",
        ),
    ]


EXERCISE = Exercise(
    "07-winner",
    Numbers(("mean gain of the significant trials",), 0.003),
    _reported,
    _mistakes,
    "Not that. Choose the significant trials with found.significant(), then take the mean of found.difference.",
    lambda truth: (
        f"The true gain is {100 * simulated().truth:.0f} points; the trials that found something report "
        f"{100 * truth:.0f} on average. Nobody cheated: only a lucky small trial is significant."
    ),
)
