"""Pictures of the figures that put claims on trial."""

from __future__ import annotations

from matplotlib.figure import Figure

from migraine_lab.figures.calibration import (
    AGREED,
    DIFFERED,
    OPEN,
    CalibrationFigure,
    CalibrationView,
    Group,
)
from migraine_lab.figures.rungs import DISPUTED, FIRM, SOME, Rung, Rungs, RungsView
from migraine_lab.figures.style import Look
from tests.unit.figure_tools import drawn, pictures

GROUPS = (
    Group(50, 11, 12, 65, 99),
    Group(60, 2, 4, 15, 85),
    Group(80, 3, 3, 44, 100),
    Group(90, 5, 14, 16, 61),
    Group(100, 0, 1, 0, 79),
)
"""One group right more often than sure, one surer than right by much, the others too small to tell."""


def calibration(look: Look) -> Figure:
    cards = [AGREED, DIFFERED, OPEN, AGREED, OPEN, OPEN, DIFFERED, OPEN, AGREED, AGREED, OPEN, DIFFERED]
    view = CalibrationView(
        cards, 11, GROUPS, ("Accuracy: agreed in 21 of 34", "Impression: agreed in 20 of 34")
    )
    return drawn(CalibrationFigure(look), view)


def conflicts(look: Look) -> Figure:
    rungs = (
        Rung("1. Date of origin: one says this, the other that", 3, FIRM, "wrong / holds", 0),
        Rung("2. Definition: one counts days, the other hours", 1, SOME, "part / part", 1),
        Rung("3. Reason it helps: neither is known", 2, DISPUTED, "none / none"),
        Rung("4. Speed: minutes against hours, which nobody has judged yet", None, FIRM, "?"),
        Rung("5. Below the part that is shown", 0, FIRM, "holds / none"),
    )
    return drawn(Rungs(look, 4, 4, 0.5), RungsView(("A", "both", "neither", "B"), rungs, 1, "A/B, △ yours"))


test_light, test_dark = pictures({"calibration": calibration, "conflicts": conflicts})


def test_shapes_say_whether_confidence_fits() -> None:
    assert [one.kind for one in GROUPS] == ["righter", "fits", "fits", "surer", "surer"]


def test_only_what_changed_is_drawn_again() -> None:
    figure = CalibrationFigure(Look())
    score = ("a", "b")
    figure.update(CalibrationView([OPEN, OPEN], 0, (), score))
    assert figure.update(CalibrationView([OPEN, OPEN], 1, (), score)) == 3
    assert figure.update(CalibrationView([OPEN, OPEN], 1, GROUPS, score)) == 2
    assert figure.update(CalibrationView([AGREED, OPEN], 1, GROUPS, score)) == 1
