"""Treatments that are used against attacks and to prevent them."""

from __future__ import annotations

from migraine_lab.practice.checks import Exercise, Mistake, Numbers
from migraine_lab.practice.exercises.lesson_05.rows import treatments


def _both() -> int:
    used = treatments()["used_for"]
    return int((used.str.contains("acute") & used.str.contains("preventive")).sum())


def _mistakes() -> list[Mistake]:
    used = treatments()["used_for"]
    acute, preventive = used.str.contains("acute"), used.str.contains("preventive")
    return [
        Mistake(
            "one order only",
            int((used == "acute;preventive").sum()),
            "Some rows name the two uses the other way round, and you left them out. Ask for each use by itself: "
            "str.contains, once for each, joined by &.",
        ),
        Mistake(
            "either for both",
            int((acute | preventive).sum()),
            "That is everything used in one way or the other. Both at once is &, not |.",
        ),
        Mistake(
            "one use only",
            int(acute.sum()),
            "These are all that are used against attacks. How many of them are also used to prevent?",
        ),
        Mistake(
            "one use only",
            int(preventive.sum()),
            "These are all that are used to prevent. How many of them are also used against attacks?",
        ),
        Mistake(
            "the other side",
            int((acute ^ preventive).sum()),
            "These are used in one way alone. Asked are those that are used in both.",
        ),
        Mistake(
            "share for count",
            float((acute & preventive).mean()),
            "That is their share. Asked is their number: sum() in place of mean().",
        ),
    ]


EXERCISE = Exercise(
    "05-both",
    Numbers(("number of treatments",), 0.0),
    _both,
    _mistakes,
    "Not that many. Look for 'acute' and for 'preventive' in used_for, and count where both are found.",
    lambda truth: (
        f"{truth} treatments are used in both ways, so the name of a drug does not say which question a trial of it "
        "asked."
    ),
)
