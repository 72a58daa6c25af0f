"""The speed that the potassium threshold formula gives, in the unit of the observations."""

from __future__ import annotations

import math

from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.exercises.lesson_03.constants import spreading

THRESHOLD = "yao2015_k_release_threshold_zandt_type_threshold_model_mouse"
RELEASE = "yao2015_k_release_rate_zandt_type_threshold_model_wild_type"
REMOVAL = "yao2015_k_removal_rate_zandt_type_threshold_model_wild_type"
DIFFUSION = "yao2015_k_effective_diffusion_zandt_type_threshold_model"
MM_MIN = 600.0
"""1 cm/s in mm/min: 10 mm a cm, 60 s a minute."""


def _constants() -> tuple[float, float, float, float]:
    """Threshold (mmol/L), release (mmol/L/s), removal (1/s), diffusion (cm2/s) of the wild-type mouse."""
    return spreading(THRESHOLD), spreading(RELEASE), spreading(REMOVAL), spreading(DIFFUSION)


def _formula(threshold: float, release: float, removal: float, diffusion: float) -> float:
    """Return sqrt(D r) (1 - 2q) / sqrt(q (1 - q)), q = C r / S, in cm/s: row zandt2013_model_equation_threshold."""
    q = threshold * removal / release
    return math.sqrt(diffusion * removal) * (1 - 2 * q) / math.sqrt(q * (1 - q))


def _speed() -> float:
    return MM_MIN * _formula(*_constants())


def _mistakes() -> list[Mistake]:
    threshold, release, removal, diffusion = _constants()
    speed = _speed()
    no_aqp4 = [
        spreading(f"yao2015_k_{name}")
        for name in (
            "release_rate_zandt_type_threshold_model_aqp4",
            "removal_rate_zandt_type_threshold_model_aqp4",
            "effective_diffusion_zandt_type_threshold_model_2",
        )
    ]
    sweep = spreading("yao2015_k_effective_diffusion_parameter_sweep_in_the_same")
    return [
        Mistake(
            "cm/s left as it is",
            speed / MM_MIN,
            "The formula was right, the unit is not: diffusion is in cm2/s, so this is cm a second. "
            "Turn it into mm a minute: times 10, times 60.",
        ),
        Mistake(
            "seconds forgotten", speed / 60, "That is mm a second. A minute has sixty of them: once more times 60."
        ),
        Mistake("centimetres left", speed / 10, "That is cm a minute. A centimetre has ten mm: once more times 10."),
        Mistake(
            "area taken for length",
            10 * speed,
            "Ten times too fast. The 100 of cm2 to mm2 stands under a root: a length only takes 10.",
        ),
        Mistake(
            "root forgotten",
            MM_MIN * diffusion * removal * (speed / MM_MIN) / math.sqrt(diffusion * removal),
            "Nearly nothing moves: the square root of diffusion times removal is missing.",
        ),
        Mistake(
            "mouse without the channel",
            MM_MIN * _formula(threshold, *no_aqp4),
            "That is the mouse without the water channel AQP4. Asked is the wild-type mouse.",
        ),
        Mistake(
            "diffusion of the sweep",
            MM_MIN * _formula(threshold, release, removal, sweep),
            "That diffusion is one the authors only tried out; take the wild-type mouse's own.",
        ),
    ]  # fmt: skip


EXERCISE = Exercise(
    "03-potassium",
    Numbers(("speed in mm/min",), 0.01, relative=True),
    _speed,
    _mistakes,
    "Not that. Compute q = C r / S, then sqrt(D r) (1 - 2q) / sqrt(q (1 - q)), then times 10 and times 60.",
    lambda truth: (
        f"{truth:.1f} mm a minute. The kind of motion is right, a steady front; the size is "
        "several times too small against what has been measured."
    ),
)
