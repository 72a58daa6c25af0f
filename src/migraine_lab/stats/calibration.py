"""How well confidence fits being right: answers grouped by how sure their giver was."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from migraine_lab.stats.proportions import proportion


class Calibration(NamedTuple):
    """One entry for each confidence that was given, lowest first: arrays of one shape; shares and limits are 0 to 1."""

    sure: Any
    right: Any
    n: Any
    share: Any
    low: Any
    high: Any


def calibration(sure: ArrayLike, right: ArrayLike, *, level: float = 0.95) -> Calibration:
    """Return how many of the answers given at each confidence were right, with Wilson's interval.

    sure: confidence of each answer, 0 to 1. right: whether each was right. level: of the interval, 0.95 for 95 %.
    Answers to different questions are counted as independent. Raises ValueError where there are no answers, where the two
    do not pair, or where a confidence lies outside 0 to 1.

    >>> calibration([0.5, 0.9, 0.9], [True, True, False]).right.tolist()
    [1, 1]
    """
    given, hits = np.asarray(sure, dtype=float), np.asarray(right, dtype=bool)
    if given.ndim != 1 or given.shape != hits.shape or not len(given):
        raise ValueError("sure and right need to be lists of one length, with at least one answer")
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError("sure must lie between 0 and 1")
    steps, group = np.unique(given, return_inverse=True)
    n = np.bincount(group)
    events = np.bincount(group, weights=hits).astype(int)
    return Calibration(steps, events, n, *(np.atleast_1d(one) for one in proportion(events, n, level=level)))
