"""Intervals of a mean and of a difference of two means, from what papers print: means, standard deviations, sizes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from migraine_lab.stats.counts import Numbers, checked_level, unwrapped


class Mean(NamedTuple):
    """A mean, or a difference of means, with the ends of its interval: floats, or arrays of one shape."""

    estimate: Any
    low: Any
    high: Any


def mean(average: ArrayLike, sd: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> Mean:
    """Return the interval of a mean: average ± t(n - 1) sd / sqrt(n) (Student 1908), in the unit of the average.

    Raises ``ValueError`` for a negative or missing standard deviation, fewer than two people, or a level outside 0 to 1.
    """
    middle, spread, size = _checked(level, average, sd, n)
    return _interval(middle, spread / np.sqrt(size), size - 1, level)


def mean_difference(
    average_a: ArrayLike, sd_a: ArrayLike, n_a: ArrayLike, average_b: ArrayLike, sd_b: ArrayLike, n_b: ArrayLike,
    *, level: float = 0.95,
) -> Mean:  # fmt: skip
    """Return the interval of a - b for two separate groups of unequal spread (Welch 1947), in the unit of the averages.

    (a - b) ± t(df) sqrt(sd_a² / n_a + sd_b² / n_b), df after Satterthwaite. Raises ``ValueError`` as :func:`mean`.
    """
    one, spread_one, size_one = _checked(level, average_a, sd_a, n_a)
    two, spread_two, size_two = _checked(level, average_b, sd_b, n_b)
    part_one, part_two = spread_one**2 / size_one, spread_two**2 / size_two
    variance = part_one + part_two
    with np.errstate(invalid="ignore"):  # no spread at all: any degrees of freedom give the same ends
        df = variance**2 / (part_one**2 / (size_one - 1) + part_two**2 / (size_two - 1))
    return _interval(one - two, np.sqrt(variance), np.where(variance > 0, df, 1), level)


def _checked(
    level: float, average: ArrayLike, sd: ArrayLike, n: ArrayLike
) -> tuple[Numbers, Numbers, Numbers]:
    middle, spread, size = (np.asarray(one, dtype=float) for one in (average, sd, n))
    if not np.isfinite(middle).all():
        raise ValueError("average: a mean is missing or no number")
    if not (np.isfinite(spread) & (spread >= 0)).all():
        raise ValueError("sd: a standard deviation is missing or below 0")
    if not (size >= 2).all():
        raise ValueError("n: the spread of fewer than two people is not defined")
    checked_level(level)
    return middle, spread, size


def _interval(middle: Numbers, se: Numbers, df: Numbers, level: float) -> Mean:
    from scipy.special import stdtrit  # scipy would delay the first picture of a lesson

    half = stdtrit(df, (1 + level) / 2) * se
    return Mean(unwrapped(middle), unwrapped(middle - half), unwrapped(middle + half))
