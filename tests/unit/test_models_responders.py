"""Simulated pain scores keep the printed means and spreads, and the definitions count as their words say."""

from __future__ import annotations

import numpy as np
import pytest

from migraine_lab import data
from migraine_lab.models import responders

PAIRS = responders.parameters()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.after_id)
def test_draws_give_the_printed_means_and_spreads_back(pair):
    n = 40_000
    sides = ((pair.before_mean, pair.before_sd), (pair.after_mean, pair.after_sd))
    for scores, (mean, sd) in zip(responders.simulate(*sides, patients=n), sides, strict=True):
        assert abs(scores.mean() - mean) < 0.005 + 4 * sd / np.sqrt(n)
        assert abs(scores.std() - sd) < 0.02 + 0.01 * sd
        assert scores.min() >= 0 and scores.max() <= 10


def test_pairs_are_rows_of_the_table_and_say_whose_spread_they_borrow():
    results = data.table("results").set_index("result_id")
    assert {"schwenk2021", "kim2023", "pomeroy2017", "krusz2010"} <= {pair.study_id for pair in PAIRS}
    for pair in PAIRS:
        for name, mean, sd in (
            (pair.before_id, pair.before_mean, pair.before_sd), (pair.after_id, pair.after_mean, pair.after_sd)
        ):  # fmt: skip
            assert results.at[name, "value"] == mean
            printed = results.at[name, "spread"]
            assert pair.borrowed == bool(np.isnan(printed))
            assert pair.borrowed or printed == sd


def test_a_closer_tie_between_the_scores_keeps_each_side_and_moves_the_rates():
    loose, close = (responders.simulate((7, 2), (5, 2), r, patients=20_000) for r in (0.0, 0.9))
    ties = [np.corrcoef(*one)[0, 1] for one in (loose, close)]
    assert abs(ties[0]) < 0.03 and ties[1] > 0.8
    np.testing.assert_array_equal(loose[0], close[0])
    assert abs(loose[1].mean() - close[1].mean()) < 0.05


def test_the_seed_decides():
    one, again, other = (responders.simulate((7, 2), (5, 2), seed=seed)[1] for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()


def test_definitions_at_their_borders():
    before = np.array([10, 10, 10, 10, 4, 3, 1, 0])
    after = np.array([8, 7, 5, 0, 2, 2, 0, 0])
    wanted = {
        "fall_2_points": [1, 1, 1, 1, 1, 0, 0, 0],
        "fall_30": [0, 1, 1, 1, 1, 1, 1, 0],
        "fall_50": [0, 0, 1, 1, 1, 0, 1, 0],
        "pain_free": [0, 0, 0, 1, 0, 0, 1, 0],
    }
    for name, who in wanted.items():
        np.testing.assert_array_equal(
            responders.responds(before, after, name), np.array(who, bool), err_msg=name
        )
    assert set(wanted) == set(responders.DEFINITIONS)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (((11, 1), (5, 1)), "mean"),
        (((5, 6), (5, 1)), "sd"),
        (((5, -1), (5, 1)), "sd"),
        (((5, 1), (5, 1), 1.2), "correlation"),
        (((5, 1), (5, 1), 0.3, 0), "patients"),
    ],
)
def test_impossible_input_is_named(given, said):
    with pytest.raises(ValueError, match=said):
        responders.simulate(*given)


def test_an_unknown_definition_is_named():
    with pytest.raises(ValueError, match="definition"):
        responders.responds(np.array([5]), np.array([1]), "much better")
