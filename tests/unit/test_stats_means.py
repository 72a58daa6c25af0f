"""Means and their differences against statsmodels, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from migraine_lab import stats

rng = np.random.default_rng(9)
GROUPS = [(rng.normal(5, 2, 6), rng.normal(4, 1, 9)), (rng.normal(60, 20, 40), rng.normal(45, 25, 31))]


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
@pytest.mark.parametrize("pair", GROUPS, ids=["few", "many"])
def test_intervals_are_those_of_statsmodels(pair, level):
    one, two = pair
    got = stats.mean(one.mean(), one.std(ddof=1), len(one), level=level)
    np.testing.assert_allclose(got[1:], DescrStatsW(one).tconfint_mean(1 - level), rtol=1e-9)
    got = stats.mean_difference(
        one.mean(), one.std(ddof=1), len(one), two.mean(), two.std(ddof=1), len(two), level=level
    )
    theirs = CompareMeans(DescrStatsW(one), DescrStatsW(two)).tconfint_diff(1 - level, usevar="unequal")
    np.testing.assert_allclose(got[1:], theirs, rtol=1e-9)


def test_many_at_once_and_turned_round():
    got = stats.mean_difference([1.0, 2.0], 1.0, 10, [2.0, 1.0], 2.0, 12)
    back = stats.mean_difference([2.0, 1.0], 2.0, 12, [1.0, 2.0], 1.0, 10)
    np.testing.assert_allclose(got.estimate, -back.estimate)
    np.testing.assert_allclose(got.low, -back.high)
    same = stats.mean_difference(3.0, 0.0, 5, 2.0, 0.0, 5)
    assert (same.low, same.high) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("given", "said"),
    [((np.nan, 1, 5), "average"), ((1, -1, 5), "sd"), ((1, np.nan, 5), "sd"), ((1, 1, 1), "n: ")],
)
def test_impossible_input_is_named(given, said):
    with pytest.raises(ValueError, match=said):
        stats.mean(*given)
    with pytest.raises(ValueError, match="level"):
        stats.mean(1, 1, 5, level=95)
