"""How a student learns: guess first, check your own code, answer questions, keep what you thought.

What needs explorers loads when it is first named: a page of questions alone needs no matplotlib.
"""

from importlib import import_module
from typing import Any

from migraine_lab.practice.beliefs import Beliefs
from migraine_lab.practice.cases import Cases
from migraine_lab.practice.checks import check, judge
from migraine_lab.practice.judge_claims import JudgeClaims
from migraine_lab.practice.predict import Predict, guess
from migraine_lab.practice.progress import Progress
from migraine_lab.practice.quiz import Quiz
from migraine_lab.practice.room import CheckUp, Forget, course_map, my_guesses, sources
from migraine_lab.practice.take_apart import TakeApart
from migraine_lab.practice.weigh_advice import WeighAdvice
from migraine_lab.practice.words import fill, percent, rate, tell

__all__ = [
    "Beliefs",
    "Cases",
    "CheckUp",
    "ClaimsOnTrial",
    "EvidenceBrief",
    "Forget",
    "JudgeClaims",
    "Predict",
    "Progress",
    "Quiz",
    "TakeApart",
    "WeighAdvice",
    "check",
    "course_map",
    "fill",
    "guess",
    "judge",
    "my_guesses",
    "percent",
    "rate",
    "rubric",
    "sources",
    "tell",
    "worked_brief",
]

_LATER = {
    "ClaimsOnTrial": "claims_on_trial",
    "EvidenceBrief": "brief.widget",
    "rubric": "brief.worked",
    "worked_brief": "brief.worked",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"practice has no {name!r}; there are {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
