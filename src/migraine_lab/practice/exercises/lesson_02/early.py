"""Early or late: the part of the gap that is the tablet's."""

from __future__ import annotations

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

_SOURCE = "awm_review2008"
ROWS = {
    ("drug", "early"): f"{_SOURCE}_treated_while_pain_mild_within_1_h_pain_free",
    ("drug", "late"): f"{_SOURCE}_treated_when_pain_moderate_or_severe_pain",
    ("placebo", "early"): f"{_SOURCE}_placebo_while_pain_mild_within_1_h_pain_free",
    ("placebo", "late"): f"{_SOURCE}_placebo_when_pain_moderate_or_severe_pain",
}


def _rates() -> tuple[float, float, float, float]:
    """Drug early, drug late, placebo early, placebo late, in percent."""
    early, late, placebo_early, placebo_late = (
        float(data.fact("timing", row)["value"]) for row in ROWS.values()
    )
    return early, late, placebo_early, placebo_late


def _extra() -> float:
    early, late, placebo_early, placebo_late = _rates()
    return (early - placebo_early) - (late - placebo_late)


def _extra_mistakes() -> list[Mistake]:
    early, late, placebo_early, placebo_late = _rates()
    return [
        Mistake(
            "placebo forgotten",
            early - late,
            "That is the gap on the drug. On placebo, too, more people treated early were free of pain: subtract "
            "each time's own placebo first.",
        ),
        Mistake(
            "placebo's gap",
            placebo_early - placebo_late,
            "That is the gap on placebo: what early treatment changes without any drug. Subtract it from the drug's.",
        ),
        Mistake(
            "early only",
            early - placebo_early,
            "That is what the drug added early. What did it add late? The difference of the two is asked.",
        ),
        Mistake(
            "late only",
            late - placebo_late,
            "That is what the drug added late. Subtract it from what the drug added early.",
        ),
        Mistake(
            "sign turned", -_extra(), "The sign is turned: take the gain when early minus the gain when late."
        ),
        Mistake(
            "added for subtracted",
            (early - placebo_early) + (late - placebo_late),
            "You added the two gains. Asked is how much larger the early one is.",
        ),
        Mistake(
            "proportion for percent",
            _extra() / 100,
            "The number is right, but as a proportion; the check wants points (0 to 100).",
        ),
    ]


def _praise(truth: float) -> str:
    early, late, placebo_early, placebo_late = _rates()
    return (
        f"Of the {early - late:.1f} points between early and late, {placebo_early - placebo_late:.1f} appear on placebo "
        f"as well; {truth:.1f} are left for the drug. No interval is printed for that remainder."
    )


EXERCISE = Exercise(
    "02-early",
    Numbers(("points",), 0.05),
    _extra,
    _extra_mistakes,
    "Not yet. Twice drug minus placebo, once early and once late; then early minus late.",
    _praise,
)
