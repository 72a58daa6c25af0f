"""Women with migraine, and women among those with migraine: two shares that sound alike."""

from __future__ import annotations

from migraine_lab import data
from migraine_lab.practice.checks import Exercise, Mistake, Numbers

SURVEY = "lipton2007_1_year_prevalence_of_migraine"


def shares() -> tuple[float, float]:
    """Return the percentages of women and of men who had migraine within a year, in one survey."""
    women, men = (data.fact("epidemiology", f"{SURVEY}_{sex}_12")["value"] for sex in ("female", "male"))
    return float(women), float(men)


def _truth() -> tuple[float, float]:
    women, men = shares()
    return women / men, 100 * women / (women + men)


def _mistakes() -> list[Mistake]:
    women, men = shares()
    ratio, among = _truth()
    return [
        Mistake(
            "the share turned round",
            (ratio, women),
            "The second number says how many of 100 women have migraine. Asked is the other way round: "
            "of 100 people with migraine, how many are women?",
        ),
        Mistake(
            "ratio turned round",
            (men / women, among),
            "The ratio is the wrong way round: women divided by men.",
        ),
        Mistake(
            "difference for ratio",
            (women - men, among),
            "The first number is the difference in points. A ratio is one divided by the other.",
        ),
        Mistake(
            "proportion for count",
            (ratio, among / 100),
            "Both are right, but the second one is asked of 100, and this is the proportion.",
        ),
        Mistake(
            "men among them",
            (ratio, 100 - among),
            "The second number counts the men among people with migraine.",
        ),
        Mistake("order swapped", (among, ratio), "Both are right but in the wrong order: first the ratio."),
    ]


EXERCISE = Exercise(
    "01-women",
    Numbers(("ratio", "women of 100 with migraine"), 0.01, relative=True),
    _truth,
    _mistakes,
    "Not yet. First women / men; then women out of women and men together, times 100.",
    lambda truth: (
        f"{truth[0]:.1f} women to one man: of 100 people with migraine about {truth[1]:.0f} are women, "
        f"and about {100 - truth[1]:.0f} are men."
    ),
)
