"""How it moves: one class an explorer, each usable with no argument.

Explorers load when they are first named: a page of questions alone needs no matplotlib.
"""

from importlib import import_module
from typing import Any

_ROOMS = {
    "Eligibility": "eligibility",
    "NowAndLater": "now_and_later",
    "OneProportion": "one_proportion",
    "Pathway": "pathway",
    "ResponseRates": "response_rates",
    "Sorting": "sorting",
    "Treatments": "treatments",
    "Visit": "visit",
}
__all__ = list(_ROOMS)


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"there is no explorer {name!r}; there are {', '.join(_ROOMS)}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return __all__
