"""The best that a trial with lost patients could say, over everyone who was enrolled."""

from __future__ import annotations

from statsmodels.stats.proportion import proportion_confint

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

STUDY = "afridi2013"


def finished_of_enrolled() -> tuple[int, int]:
    """Return how many finished and how many were enrolled; the first stands in the study's note alone."""
    study = data.table("studies").set_index("study_id").loc[STUDY]
    finished, enrolled = (int(word) for word in study["note"].split() if word.isdigit())
    return finished, enrolled


def _interval() -> tuple[float, float]:
    found = stats.proportion(*finished_of_enrolled())
    return float(found.low), float(found.high)


def _mistakes() -> list[Mistake]:
    finished, enrolled = finished_of_enrolled()
    low, high = _interval()
    own = stats.proportion(finished, finished)
    lost = stats.proportion(enrolled - finished, enrolled)
    return [
        Mistake(
            "finishers as denominator",
            (float(own.low), float(own.high)),
            "You divided by those who finished, so those who left have vanished. "
            "They were enrolled too: divide by everyone who was enrolled.",
        ),
        Mistake(
            "percent for proportion",
            (100 * low, 100 * high),
            "The numbers are right, but as percentages; the check wants proportions between 0 and 1.",
        ),
        Mistake("ends swapped", (high, low), "Both ends are right but in the wrong order: the low end comes first."),
        Mistake(
            "normal interval",
            proportion_confint(finished, enrolled, method="normal"),
            "This is the normal interval, the first choice of statsmodels. For small groups ask for method='wilson'.",
        ),
        Mistake(
            "the lost counted",
            (float(lost.low), float(lost.high)),
            "These are those who did not finish. Suppose that the others did well: count them.",
        ),
        Mistake(
            "rounded too early",
            (round(low, 1), round(high, 1)),
            "Very near, but rounded too early: give the check the numbers as they were computed.",
        ),
    ]  # fmt: skip


def _praise(truth: tuple[float, float]) -> str:
    finished, enrolled = finished_of_enrolled()
    return (
        f"Even if all {finished} who finished had done well, that is {finished} of {enrolled} enrolled, and true "
        f"rates from {100 * truth[0]:.0f} to {100 * truth[1]:.0f} % fit. It is a best case, not a result."
    )


EXERCISE = Exercise(
    "03-finished",
    Numbers(("low", "high"), 0.005),
    _interval,
    _mistakes,
    "Not that interval. It comes from proportion_confint(finished, enrolled, method='wilson').",
    _praise,
)
