"""Pain that does not wait for the aura to end, counted in simulated attacks."""

from __future__ import annotations

from migraine_lab import data, models
from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.exercises.lesson_02.attacks import ATTACKS, drawn

EARLY = ("before", "with", "during")


def _counts() -> tuple[int, int, int, int]:
    """Attacks: pain before the aura's end; pain before the aura's start; with aura; with aura and pain."""
    auras = drawn().query("phase == 'aura' and present")["relation"]
    early, first = auras.isin(EARLY).sum(), (auras == "before").sum()
    return int(early), int(first), len(auras), int((auras != "no headache").sum())


def _overlap() -> float:
    early, _, auras, _ = _counts()
    return early / auras


def _overlap_mistakes() -> list[Mistake]:
    early, first, auras, with_pain = _counts()
    relation = drawn().query("phase == 'aura' and present")["relation"]
    to_the_end = int(relation.isin([*EARLY, "at the end"]).sum())
    return [
        Mistake(
            "attacks without aura counted",
            early / ATTACKS,
            "You divided by all attacks, and most have no aura at all. Keep those in which it is present.",
        ),
        Mistake(
            "auras without pain left out",
            early / with_pain,
            "That is the share among auras with a headache, the way the diary counts. Asked are all attacks with "
            "an aura; a few of them never hurt.",
        ),
        Mistake(
            "pain first only",
            first / auras,
            "These are pains that came before the aura. Pain that starts with it or during it is early as well.",
        ),
        Mistake(
            "the very end counted",
            to_the_end / auras,
            "You counted pain that starts as the aura ends. Asked is pain that starts before that.",
        ),
        Mistake(
            "the other side",
            1 - early / auras,
            "These are the attacks in which the pain waited for the end of the aura, or never came.",
        ),
        Mistake(
            "count for share", early, "That is their number. Asked is the share: mean() in place of sum()."
        ),
        Mistake(
            "percent for proportion",
            100 * early / auras,
            "The number is right, but as a percentage; the check wants a proportion between 0 and 1.",
        ),
    ]


def _praise(truth: float) -> str:
    diary = sum(data.fact("timing", models.attack.RELATIONS[name])["value"] for name in EARLY)
    return (
        f"In {100 * truth:.0f} of 100 simulated attacks with aura the pain did not wait. The diary behind it says "
        f"{diary:.0f}: it counts only auras that came with a headache."
    )


EXERCISE = Exercise(
    "02-overlap",
    Numbers(("share of attacks with aura",), 0.0005),
    _overlap,
    _overlap_mistakes,
    "Not that share. Take the rows of the aura in which it is present, then the share whose relation is early.",
    _praise,
)
