"""How it moves: one class an explorer, each usable with no argument.

Explorers load when they are first named: a page of questions alone needs no matplotlib.
"""

from importlib import import_module
from typing import Any

_ROOMS = {
    "Aura": "aura",
    "Burden": "burden",
    "ChannelBlock": "channel_block",
    "Claims": "claims",
    "Comparators": "comparators",
    "Concentration": "concentration",
    "Conflicts": "conflicts",
    "Corrections": "corrections",
    "Definitions": "definitions",
    "Diagnosis": "diagnosis",
    "Diary": "diary",
    "Eligibility": "eligibility",
    "FigureTrail": "figure_trail",
    "Forest": "forest",
    "Framing": "framing",
    "Funnel": "funnel",
    "Hypotheses": "hypotheses",
    "KetamineStudies": "ketamine_studies",
    "NowAndLater": "now_and_later",
    "OneProportion": "one_proportion",
    "Pathway": "pathway",
    "ReachesBlood": "reaches_blood",
    "RegressionToTheMean": "regression_to_the_mean",
    "ResponseRates": "response_rates",
    "RiskOfBias": "risk_of_bias",
    "SafetyFacts": "safety_facts",
    "Scoreboard": "scoreboard",
    "Sorting": "sorting",
    "SpreadingWave": "wave",
    "Symptoms": "symptoms",
    "Timeline": "timeline",
    "Treatments": "treatments",
    "TrialLab": "trial_lab",
    "Visit": "visit",
    "WorkedCases": "worked_cases",
}
__all__ = list(_ROOMS)


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"there is no explorer {name!r}; there are {', '.join(_ROOMS)}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return __all__
