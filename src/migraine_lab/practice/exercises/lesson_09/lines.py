"""Responders under two definitions among simulated people whose average hardly moved."""

from __future__ import annotations

import pandas as pd

from migraine_lab import data
from migraine_lab.models import responders
from migraine_lab.practice.checks import Exercise, Mistake, Numbers


def start_and_later() -> tuple[pd.Series, pd.Series]:
    """Return mean scores with their spreads: before lidocaine, and four weeks after."""
    start, later = (
        data.result("schwenk2021", "lidocaine_iv", "ketamine_pain_score", time) for time in ("0 d", "4 wk")
    )
    return start, later


def people() -> tuple[responders.Scores, responders.Scores]:
    """Return the scores of simulated people before and after, with the printed means and spreads."""
    start, later = start_and_later()
    return responders.simulate((start["value"], start["spread"]), (later["value"], later["spread"]))


def _of_hundred(who: object) -> float:
    return float(100 * pd.Series(who).mean())


def _rates() -> tuple[float, float]:
    before, after = people()
    two, half = (responders.responds(before, after, name) for name in ("fall_2_points", "fall_50"))
    return _of_hundred(two), _of_hundred(half)


def _mistakes() -> list[Mistake]:
    before, after = people()
    fall = before - after
    two, half = _rates()
    return [
        Mistake(
            "half of the scale",
            (two, _of_hundred(fall >= responders.HIGHEST / 2)),
            "Five points are half of the scale, not half of a person's pain: whoever began at 6 needs three. "
            "Compare the fall with before / 2.",
        ),
        Mistake(
            "more than half",
            (two, _of_hundred(fall > before / 2)),
            "Nearly: exactly half counts as well. Write >= in place of >.",
        ),
        Mistake(
            "worse, not better",
            (_of_hundred(-fall >= 2), _of_hundred(-fall >= before / 2)),
            "These are the people who got worse. The fall is before minus after.",
        ),
        Mistake(
            "half left, not half gone",
            (two, _of_hundred(fall <= before / 2)),
            "These are all who keep at least half of their pain. Turn the sign: at least half is to be gone.",
        ),
        Mistake("order swapped", (half, two), "Both are right but in the wrong order: first, at least two points."),
        Mistake(
            "proportion for percent",
            (two / 100, half / 100),
            "Right, but as proportions; the check wants them of 100.",
        ),
    ]  # fmt: skip


def _praise(truth: tuple[float, float]) -> str:
    start, later = start_and_later()
    before, after = people()
    worse = _of_hundred(after - before >= 2)
    return (
        f"{truth[0]:.0f} of 100 “respond” by two points, {truth[1]:.0f} by half, though the average only went from "
        f"{start['value']:g} to {later['value']:g}; {worse:.0f} of 100 got worse by two points. Scores go up and down, and a low "
        "line counts the ups and downs as success."
    )


EXERCISE = Exercise(
    "09-lines",
    Numbers(("at least two points", "at least half"), 0.3),
    _rates,
    _mistakes,
    "Not those. Count whose fall (before minus after) is at least 2, and whose fall is at least before / 2, of 100.",
    _praise,
)
