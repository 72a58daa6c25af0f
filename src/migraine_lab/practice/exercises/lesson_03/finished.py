"""Over everyone who was enrolled in a trial, with those who left counted as not helped: nobody knows how they did."""

from __future__ import annotations

import re

from statsmodels.stats.proportion import proportion_confint

from migraine_lab import data, stats
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

STUDY = "afridi2013"
SAID = re.compile(r"(\d+) of (\d+) finished")
"""How the study's note says it."""


def finished_of_enrolled() -> tuple[int, int]:
    """Return how many finished and how many were enrolled, in both arms; the first stands in the study's note alone.

    Raises ValueError where the note no longer says it.
    """
    note = data.table("studies").set_index("study_id").at[STUDY, "note"]
    found = SAID.search(note)
    if found is None:
        raise ValueError(f"the note of {STUDY} does not say how many of how many finished: {note}")
    return int(found[1]), int(found[2])


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
        f"Had all {finished} who finished done well and nobody else, it would be {finished} of {enrolled}, both drugs "
        f"together, and true rates from {100 * truth[0]:.0f} to {100 * truth[1]:.0f} % fit. A supposition, not a result: "
        "how those who left did is not known."
    )


EXERCISE = Exercise(
    "03-finished",
    Numbers(("low", "high"), 0.005),
    _interval,
    _mistakes,
    "Not that interval. It comes from proportion_confint(finished, enrolled, method='wilson').",
    _praise,
)
