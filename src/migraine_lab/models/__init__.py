"""How things behave: models of diagnosis, attacks, aura, diaries, ketamine and trials.

Pure and seeded; parameters come from the data. A model loads when it is first named.
"""

from importlib import import_module
from typing import Any

__all__ = ["attack", "aura", "diagnosis", "diary", "kinetics", "receptor", "responders", "spreading", "trial"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"there is no model {name!r}; there are {', '.join(__all__)}")
    return import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return __all__
