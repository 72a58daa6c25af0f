"""How it moves: one class an explorer, each usable with no argument."""

from migraine_lab.explore.now_and_later import NowAndLater
from migraine_lab.explore.one_proportion import OneProportion
from migraine_lab.explore.response_rates import ResponseRates

__all__ = ["NowAndLater", "OneProportion", "ResponseRates"]
