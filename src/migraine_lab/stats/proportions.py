"""One proportion and how surely it is known."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from migraine_lab.stats.counts import (
    Numbers,
    checked_choice,
    checked_counts,
    checked_level,
    critical_value,
    unwrapped,
)

METHODS = ("wilson", "agresti_coull", "exact")


class Proportion(NamedTuple):
    """A proportion between 0 and 1 with its confidence limits: floats, or arrays of one shape."""

    estimate: Any
    low: Any
    high: Any


def proportion(events: ArrayLike, n: ArrayLike, *, level: float = 0.95, method: str = "wilson") -> Proportion:
    """Return the share of patients with an event and its confidence interval.

    events, n: counts, single or arrays that broadcast. level: confidence level, 0.95 for 95 %.
    method:
        "wilson"         score interval: the proportions p with |events/n - p| <= z sqrt(p (1 - p) / n)
                         (Wilson, J Am Stat Assoc 1927;22:209). Never leaves 0..1, sound for small n.
        "agresti_coull"  Wald interval around (events + z^2/2) / (n + z^2), cut at 0 and 1
                         (Agresti and Coull, Am Stat 1998;52:119).
        "exact"          Clopper-Pearson from beta quantiles (Biometrika 1934;26:404): covers at least
                         `level`, and is therefore wider than needed.
    The estimate is events / n in every method. Raises ValueError for impossible counts or an unknown method.

    >>> [round(v, 3) for v in proportion(81, 263)]
    [0.308, 0.255, 0.366]
    """
    checked_choice(method, METHODS, "method")
    x, total = checked_counts(events, n)
    if method == "wilson":
        low, high = wilson_limits(x, total, critical_value(level))
    elif method == "agresti_coull":
        low, high = _agresti_coull_limits(x, total, critical_value(level))
    else:
        low, high = _exact_limits(x, total, checked_level(level))
    return Proportion(unwrapped(x / total), unwrapped(low), unwrapped(high))


def wilson_limits(x: Numbers, n: Numbers, z: float) -> tuple[Numbers, Numbers]:
    """Wilson's limits for checked counts; exactly 0 at x = 0 and exactly 1 at x = n."""
    p = x / n
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + (z / (2 * n)) ** 2) / (1 + z**2 / n)
    # Rounding leaves 1e-18 where the limit is the edge itself, and a reader of a table would wonder.
    low = np.where(x == 0, 0.0, np.clip(centre - half, 0, 1))
    high = np.where(x == n, 1.0, np.clip(centre + half, 0, 1))
    return low, high


def _agresti_coull_limits(x: Numbers, n: Numbers, z: float) -> tuple[Numbers, Numbers]:
    wider = n + z**2
    p = (x + z**2 / 2) / wider
    half = z * np.sqrt(p * (1 - p) / wider)
    return np.clip(p - half, 0, 1), np.clip(p + half, 0, 1)


def _exact_limits(x: Numbers, n: Numbers, level: float) -> tuple[Numbers, Numbers]:
    # Imported here: only this method needs scipy, and every first picture would wait for it.
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    # The beta quantile is undefined at the edges, where the limit is known: shift those cells, overwrite.
    low = np.where(x == 0, 0.0, betaincinv(np.maximum(x, 1), n - x + 1, tail))
    high = np.where(x == n, 1.0, betaincinv(x + 1, np.maximum(n - x, 1), 1 - tail))
    return low, high
