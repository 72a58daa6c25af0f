"""Simulated trials: means and power against theory, what selection does, and refusals in words."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import proportions_ztest

from migraine_lab.models import trial

MANY = 100_000


def test_rates_and_spread_are_those_of_the_truth() -> None:
    found = trial.run(MANY, 80, 0.3, 0.15, seed=1)
    error = np.sqrt(0.45 * 0.55 / 80)
    assert found.rate_a.mean() == pytest.approx(0.45, abs=4 * error / np.sqrt(MANY))
    assert found.rate_a.std() == pytest.approx(error, rel=0.02)
    assert found.difference.mean() == pytest.approx(0.15, abs=0.002)


def test_the_same_seed_gives_the_same_trials() -> None:
    one, two, other = (trial.run(50, 40, 0.3, 0.1, seed=seed) for seed in (7, 7, 8))
    np.testing.assert_array_equal(one.events_a, two.events_a)
    assert (one.events_a != other.events_a).any()


def test_the_statistic_is_that_of_statsmodels() -> None:
    found = trial.run(200, 60, 0.25, 0.2, seed=3)
    for at in range(200):
        theirs, _ = proportions_ztest(
            [found.events_a[at], found.events_b[at]], [found.n_a[at], found.n_b[at]]
        )
        assert found.z[at] == pytest.approx(theirs, abs=1e-12)


def test_false_alarms_and_power() -> None:
    nothing = trial.power(trial.run(MANY, 200, 0.4, 0.0, seed=4))
    assert nothing == pytest.approx(0.025, abs=0.004), "one side of 5 %"
    sizes = [trial.power(trial.run(20_000, n, 0.3, 0.15, seed=5)) for n in (20, 60, 180)]
    assert sizes == sorted(sizes) and sizes[-1] > 0.8
    # Normal approximation: (0.15 - 1.96 * 0.0704) / 0.0694 for 100 an arm
    assert trial.power(trial.run(MANY, 100, 0.3, 0.15, seed=6)) == pytest.approx(0.595, abs=0.03)


def test_people_who_drop_out_lower_a_rate_or_leave_it_as_they_are_counted() -> None:
    failed = trial.run(MANY, 100, 0.3, 0.2, seed=8, dropout=0.25, missing="failure")
    left_out = trial.run(MANY, 100, 0.3, 0.2, seed=8, dropout=0.25, missing="left_out")
    assert failed.rate_a.mean() == pytest.approx(0.5 * 0.75, abs=0.002)
    assert left_out.rate_a.mean() == pytest.approx(0.5, abs=0.002)
    assert (failed.n_a == 100).all() and left_out.n_a.mean() == pytest.approx(75, abs=0.2)


def test_everybody_may_drop_out() -> None:
    gone = trial.run(10, 5, 0.3, 0.1, seed=9, dropout=1.0, missing="left_out")
    assert np.isnan(gone.rate_a).all() and (gone.z == 0).all()


@pytest.mark.parametrize("choice", [{"outcomes": 6}, {"subgroups": 6}])
def test_reporting_the_best_of_six_makes_an_effect_of_nothing(choice: dict[str, int]) -> None:
    plain, picked = trial.run(MANY, 120, 0.3, 0.0, seed=10), trial.run(MANY, 120, 0.3, 0.0, seed=10, **choice)
    assert abs(plain.difference.mean()) < 0.002
    assert picked.difference.mean() > 0.05
    # six chances of one in forty: 1 - 0.975 ** 6
    assert trial.power(picked) == pytest.approx(1 - 0.975**6, abs=0.03)
    assert set(np.unique(picked.chosen)) == set(range(6))


def test_a_journal_that_wants_significance_inflates_the_effect() -> None:
    found = trial.run(MANY, 40, 0.3, 0.1, seed=11)
    seen = trial.published(found, seed=12, share_of_the_rest=0.1)
    assert found.difference[seen].mean() > 0.1 + 0.05
    everything = trial.published(found, seed=12, share_of_the_rest=1.0)
    assert everything.all()
    assert trial.published(found, 12).sum() == found.significant().sum()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"trials": 0}, "trials is 0: it must be a whole number"),
        ({"n_per_arm": 2.5}, "n_per_arm is 2.5"),
        ({"placebo_rate": 1.2}, "placebo_rate is 1.2: a rate must lie"),
        ({"effect": 0.9}, r"placebo_rate \+ effect is 1.2"),
        ({"effect": -0.5}, r"placebo_rate \+ effect is -0.2"),
        ({"dropout": -0.1}, "dropout is -0.1"),
        ({"missing": "guess"}, "missing must be one of"),
        ({"subgroups": 50, "n_per_arm": 20}, "cannot be parted into 50 subgroups"),
        ({"effect": float("nan")}, "is nan: a rate must lie"),
    ],
)
def test_impossible_input_is_said_in_a_sentence(change: dict[str, object], words: str) -> None:
    given: dict[str, object] = {
        "trials": 5, "n_per_arm": 20, "placebo_rate": 0.3, "effect": 0.1, "seed": 1, **change,
    }  # fmt: skip
    with pytest.raises(ValueError, match=words):
        trial.run(**given)  # type: ignore[arg-type]


def test_a_share_beyond_all_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be published"):
        trial.published(trial.run(5, 20, 0.3, 0.1, seed=1), 1, share_of_the_rest=1.5)
