"""How much cortex one degree of sight gets, near the centre and far out."""

from __future__ import annotations

from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.exercises.lesson_03.constants import dougherty, horton

CENTRAL, OUTER = 1.0, 30.0
"""Degrees from the point of gaze that the exercise asks about: our choice."""


def _sizes() -> tuple[float, float]:
    a, e2 = horton()
    return a / (CENTRAL + e2), a / (OUTER + e2)


def _mistakes() -> list[Mistake]:
    (a, e2), (other_a, other_e2) = horton(), dougherty()
    central, outer = _sizes()
    return [
        Mistake(
            "E2 forgotten",
            (a / CENTRAL, a / OUTER),
            "You divided by the degrees alone. That map would give the very centre endless room; "
            "add E2 first: A / (E + E2).",
        ),
        Mistake(
            "order swapped", (outer, central), "Both are right but in the wrong order: first the place near the centre."
        ),
        Mistake(
            "upside down",
            (1 / central, 1 / outer),
            "These are degrees for a millimetre. Asked are millimetres for a degree: turn the fraction over.",
        ),
        Mistake(
            "bracket forgotten",
            (a / CENTRAL + e2, a / OUTER + e2),
            "E2 was added after the division. It belongs under the line: A / (E + E2), with brackets.",
        ),
        Mistake(
            "the other map",
            (other_a / (CENTRAL + other_e2), other_a / (OUTER + other_e2)),
            "Right for Dougherty's map. Here the constants of Horton and Hoyt are asked for.",
        ),
        Mistake(
            "centimetres",
            (central / 10, outer / 10),
            "Ten times too small: the constants are in millimetres, and the answer should be as well.",
        ),
    ]  # fmt: skip


EXERCISE = Exercise(
    "03-magnification",
    Numbers(("near the centre", "far out"), 0.005, relative=True),
    _sizes,
    _mistakes,
    "Not those. Divide A by (E + E2), once with 1 degree for E and once with 30.",
    lambda truth: (
        f"{truth[0]:.1f} mm of cortex for a degree near the centre, {truth[1]:.1f} mm for one far out: "
        f"the same wave crosses {truth[0] / truth[1]:.0f} times as many degrees a minute out there."
    ),
)
