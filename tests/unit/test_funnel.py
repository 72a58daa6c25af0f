"""Funnel: which simulated trials are printed, what the printed ones come to, and real trials beside them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.meta_analysis import combine_effects, effectsize_2proportions

from migraine_lab import data, explore
from migraine_lab.explore.funnel import FROM, REAL, SIZES
from migraine_lab.models import trial

COUNTS = ["events", "n", "comparator_events", "comparator_n"]


@pytest.fixture(scope="module")
def shared() -> explore.Funnel:
    return explore.Funnel()


@pytest.fixture
def funnel(shared: explore.Funnel) -> explore.Funnel:
    shared.reset()
    return shared


def trials(funnel: explore.Funnel) -> pd.DataFrame:
    return funnel.evidence().query("kind == 'trial'")


def pooled(funnel: explore.Funnel, key: str) -> list[float]:
    return funnel.evidence().set_index("key").loc[key, ["estimate", "low", "high"]].astype(float).tolist()


def by_statsmodels(rows: pd.DataFrame) -> list[float]:
    """Pooled gain and interval in points, for trials without an empty cell."""
    found = combine_effects(*effectsize_2proportions(*rows[COUNTS].to_numpy(float).T, statistic="diff"))
    mean, half = 100 * found.mean_effect_fe, 196 * found.sd_eff_w_fe
    return [mean, mean - half, mean + half]


def test_the_truth_at_the_start_is_a_real_trials_and_its_source_is_kept(funnel: explore.Funnel) -> None:
    row = data.comparisons().set_index("result_id").loc[FROM]
    placebo = round(100 * row["comparator_events"] / row["comparator_n"])
    assert funnel.value("placebo") == placebo
    assert funnel.value("effect") == round(100 * row["events"] / row["n"]) - placebo
    sources = funnel.evidence()["source_id"]
    assert sources[sources != ""].tolist() == [row["source_id"]], "simulated rows have no source"
    assert funnel.view().simulated and funnel.say().startswith("Simulated: ")
    assert funnel.live.drawing._marked.get_text() == "SIMULATED"  # type: ignore[attr-defined]


def test_the_trials_are_those_of_the_model_and_small_ones_are_as_many_as_large(
    funnel: explore.Funnel,
) -> None:
    funnel.set(placebo=30, effect=12, draw=4)
    rows = trials(funnel)
    for at, size in enumerate(SIZES):
        found = trial.run(3, size, 0.30, 0.12, seed=4000 + at)
        mine = rows.iloc[3 * at : 3 * at + 3]
        assert (mine["n"] == size).all() and (mine["comparator_n"] == size).all()
        np.testing.assert_array_equal(mine["events"], found.events_a)
        np.testing.assert_array_equal(mine["comparator_events"], found.events_b)
    assert len(rows) == 3 * len(SIZES) and min(SIZES) == 20 and max(SIZES) == 300


def test_the_drawer_keeps_only_what_is_not_significant_and_more_of_it_the_fuller(
    funnel: explore.Funnel,
) -> None:
    funnel.set(placebo=30, effect=8)
    before: set[str] = set()
    for drawer in (100, 75, 40, 0):
        funnel.set(drawer=drawer)
        rows = trials(funnel)
        sure = rows["estimate"] / rows["error"] > 2.2  # significant by any of the usual tests
        assert (rows.loc[sure, "printed"] == "yes").all()
        printed = set(rows.loc[rows["printed"] == "yes", "key"])
        assert before <= printed, "what a fuller drawer lets out, an emptier one does too"
        before = printed
        np.testing.assert_array_equal(funnel.view().printed, rows["printed"] == "yes")
    assert before == set(rows["key"])
    funnel.set(drawer=100)
    rows = trials(funnel)
    assert (rows.loc[rows["printed"] == "yes", "estimate"] > 0).all()
    assert not (rows.loc[rows["printed"] == "yes", "estimate"] / rows["error"] < 1.8).any()


def test_all_trials_come_near_the_truth_and_the_printed_ones_lie_above_it(funnel: explore.Funnel) -> None:
    apart = []
    for draw in range(1, 7):
        funnel.set(placebo=30, effect=8, drawer=100, draw=draw)
        rows = trials(funnel)
        np.testing.assert_allclose(pooled(funnel, "all"), by_statsmodels(rows), rtol=1e-4)
        np.testing.assert_allclose(
            pooled(funnel, "printed"), by_statsmodels(rows[rows["printed"] == "yes"]), rtol=1e-4
        )
        middle, low, high = pooled(funnel, "all")
        apart.append((middle - 8) * 2 * 1.96 / (high - low))
        assert pooled(funnel, "printed")[0] > middle + 1
    assert abs(np.mean(apart)) < 3 / len(apart) ** 0.5, "standard errors from the truth, on average"
    assert f"a gain of {funnel.value('effect')} points" in funnel.say()
    assert f"In the drawer: {(rows['printed'] == 'no').sum()}" in funnel.say()
    assert funnel.view().centre == 8 and funnel.view().centre_label == "truth: 8 points"


def test_an_empty_drawer_leaves_both_estimates_alike(funnel: explore.Funnel) -> None:
    funnel.set(drawer=0)
    assert pooled(funnel, "all") == pooled(funnel, "printed")
    assert "The drawer is empty" in funnel.say()


def nothing_true(funnel: explore.Funnel, printed: int) -> None:
    """Find a draw of a treatment that does nothing with so many significant trials."""
    for draw in range(1, 51):
        parts = [trial.run(3, size, 0.1, 0.0, seed=1000 * draw + at) for at, size in enumerate(SIZES)]
        if sum(part.significant().sum() for part in parts) == printed:
            funnel.set(placebo=10, effect=0, drawer=100, draw=draw)
            return
    raise AssertionError(f"no draw prints {printed}")


def test_nothing_printed_is_a_sentence_and_the_picture_stays(funnel: explore.Funnel) -> None:
    funnel.set(effect=20)
    nothing_true(funnel, 0)
    png: Any = funnel.live.png
    assert "nothing is printed" in funnel._message.value and "Empty the drawer" in funnel._message.value
    assert "nobody learns of it" in funnel.say()
    assert "printed" not in set(funnel.evidence()["key"]) and "all" in set(funnel.evidence()["key"])
    funnel.set(drawer=0)
    assert not funnel._message.value and funnel.live.png != png


def test_one_printed_trial_stands_for_itself(funnel: explore.Funnel) -> None:
    nothing_true(funnel, 1)
    row = trials(funnel).query("printed == 'yes'").iloc[0]
    np.testing.assert_allclose(pooled(funnel, "printed"), row[["estimate", "low", "high"]].astype(float))
    assert not funnel._message.value and "printed, 1 of them" in funnel.say()
    found: dict[str, Any] = {}
    exec(funnel.recipe(), found)
    last = found["rows"].set_index("key").loc["printed"]
    np.testing.assert_allclose(last[["estimate", "low", "high"]].astype(float), pooled(funnel, "printed"))


def test_other_trials_are_other_trials_of_the_same_truth(funnel: explore.Funnel) -> None:
    before = trials(funnel)["events"].tolist()
    funnel.actions()[0].click()
    assert trials(funnel)["events"].tolist() != before
    assert funnel.view().centre == funnel.value("effect")


@pytest.mark.parametrize("name", REAL)
def test_real_trials_are_those_of_the_forest_and_have_no_drawer(funnel: explore.Funnel, name: str) -> None:
    forest = explore.Forest(outcome=REAL[name][0], group=name, measure="RD", model="fixed")
    same = forest.evidence().query("kind == 'trial'")
    funnel.set(shown=name)
    rows = trials(funnel)
    assert sorted(rows["key"]) == sorted(same["key"])
    assert (rows["printed"] == "yes").all() and (rows["source_id"] != "").all()
    whole = forest.evidence().set_index("key").loc["pooled", ["estimate", "low", "high"]].astype(float)
    np.testing.assert_allclose(pooled(funnel, "all"), whole, rtol=1e-9)
    assert not funnel.view().simulated and funnel.live.drawing._marked.get_text() == "REAL TRIALS"  # type: ignore[attr-defined]
    assert not funnel.visible("drawer") and not funnel.visible("effect")
    assert "A funnel cannot tell these apart" in funnel.say() and "Simulated" not in funnel.say()
