"""How much of what is said on places of action was shown in people."""

from __future__ import annotations

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def _share() -> float:
    rows = data.table("pathway_sites")
    return float((rows.loc[rows["finding"] == "acts", "shown_in"] == "people").mean())


def _mistakes() -> list[Mistake]:
    rows = data.table("pathway_sites")
    shown = rows.loc[rows["finding"] == "acts", "shown_in"]
    return [
        Mistake(
            "reviews and cells counted as people",
            float((shown != "animals").mean()),
            "You counted everything that is not an animal study. A review repeats what others showed, and cells in "
            "a dish are not people: ask for == 'people'.",
        ),
        Mistake(
            "proposals counted",
            float((rows["shown_in"] == "people").mean()),
            "You divided by every row. Those that only propose something, and those that looked and did not find "
            "it, are not among the places where a class acts.",
        ),
        Mistake(
            "animals",
            float((shown == "animals").mean()),
            "That is the share shown in animals. Asked is the share shown in people.",
        ),
        Mistake(
            "count for share",
            float((shown == "people").sum()),
            "That is the number of rows. Asked is their share: mean() in place of sum().",
        ),
        Mistake(
            "percent for proportion",
            100 * _share(),
            "The number is right, but as a percentage; the check wants a proportion between 0 and 1.",
        ),
    ]


EXERCISE = Exercise(
    "05-places",
    Numbers(("share",), 0.001),
    _share,
    _mistakes,
    "Not yet. Keep the rows whose finding is 'acts', then take the share of them with shown_in == 'people'.",
    lambda truth: (
        f"{100 * truth:.0f} of 100 were shown in people. The others may well hold; they rest on animals, cells or "
        "reviews, and a drawing of the pathway does not show the difference unless it says so."
    ),
)
