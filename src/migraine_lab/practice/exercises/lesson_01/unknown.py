"""One question nobody asked: which names are still possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migraine_lab.models import diagnosis
from migraine_lab.practice.checks import Exercise, Mistake, Names

OPEN = "sound_hurts"
PERSON: Mapping[str, Any] = {
    "attacks": 8,
    "hours": 10,
    "one_sided": True,
    "pulsating": True,
    "severity": 3,
    "aura": False,
    "nausea_or_vomiting": False,
    "light_hurts": True,
    "better_explained": False,
}
"""An invented person whom nobody asked about sound."""


def names(*sounds: bool | None) -> frozenset[str]:
    """Return the codes of the person for these answers to the open question."""
    return frozenset(diagnosis.classify({**PERSON, OPEN: sound}).code for sound in sounds)


def _mistakes() -> list[Mistake]:
    return [
        Mistake(
            "unknown taken for absent",
            names(False),
            "That is the name if sound does not hurt. Nobody asked: try True as well.",
        ),
        Mistake(
            "unknown taken for present",
            names(True),
            "That is the name if sound hurts as well. Nobody asked: try False as well.",
        ),
        Mistake(
            "left open",
            names(None),
            "Left unknown, the person has no name yet. Which names could come out once somebody asks?",
        ),
        Mistake(
            "the open answer among them",
            names(None, False, True),
            "Two names and an empty one: None stands for not asked. Try only the answers that may come.",
        ),
    ]


def _praise(truth: frozenset[str]) -> str:
    known = dict(diagnosis.codes())
    listed = " or ".join(f"{known[code].lower()} ({code})" for code in sorted(truth))
    return f"It is {listed}, and one question decides."


EXERCISE = Exercise(
    "01-unknown",
    Names("codes such as '1.1'"),
    lambda: names(False, True),
    _mistakes,
    "Not those. Give the codes that classify() finds when the open question is answered with no and with yes.",
    _praise,
)
