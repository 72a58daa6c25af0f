"""Forest: what may stand together, what is refused and why, and every number by a second road."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm, t
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.meta_analysis import combine_effects, effectsize_2proportions

from migraine_lab import explore, stats
from migraine_lab.explore import poolable, pooled_package
from migraine_lab.explore.forest_page import page
from migraine_lab.explore.poolable_reasons import reasons

COUNTS = ["events", "n", "comparator_events", "comparator_n"]
RELIEF, FREE, HALVED = "pain_relief 2 h", "pain_free 2 h", "responder_50 migraine_days 12 wk"
SUPPLEMENTS = "responder_50 attacks 3 mo"
# mixture: where it is met, and what the refusal has to say
REFUSED = {
    "scope": (FREE, "triptan", "treatment of an attack and prevention are different uses"),
    "outcome": (FREE, "triptan", "pain freedom and pain relief are different outcomes (relief also counts"),
    "basis": (
        HALVED,
        "CGRP antibody",
        "responders counted in migraine days and days of moderate or severe headache",
    ),
    "time": (HALVED, "CGRP antibody", "rates change with time"),
    "unit": (RELIEF, "triptan", "patients and attacks are different denominators"),
    "pain": (
        FREE,
        "triptan",
        "when the pain was moderate or severe and at any pain start from different places",
    ),
    "comparator": (HALVED, "CGRP antibody", "gains over placebo and another treatment"),
    "uncontrolled": (HALVED, "CGRP antibody", "had no comparator"),
    "again": (RELIEF, "triptan", "had already taken a dose"),
    "review": (FREE, "gepant", "hold the same people, who would count twice"),
    "doses": (FREE, "gepant", "share one comparator arm"),
}


@pytest.fixture(scope="module")
def shared() -> explore.Forest:
    return explore.Forest()


@pytest.fixture
def forest(shared: explore.Forest) -> explore.Forest:
    shared.reset()
    return shared


def choose(forest: explore.Forest, outcome: str, group: str, **state: Any) -> explore.Forest:
    """Set one control after the other, as hands do."""
    for name, value in {"outcome": outcome, "group": group, **state}.items():
        forest.set(**{name: value})
    return forest


def trials(forest: explore.Forest) -> pd.DataFrame:
    return forest.evidence().query("kind == 'trial'")


def shown(forest: explore.Forest, key: str = "pooled") -> list[float]:
    return forest.evidence().set_index("key").loc[key, ["estimate", "low", "high"]].astype(float).tolist()


def printed(forest: explore.Forest) -> str:
    return str(forest.live.drawing._warning.get_text())  # type: ignore[attr-defined]


# -- what may stand together -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("mixture", REFUSED)
def test_a_mixture_is_refused_by_its_name_and_the_picture_stays(forest: explore.Forest, mixture: str) -> None:
    outcome, group, words = REFUSED[mixture]
    choose(forest, outcome, group)
    before = forest.live.png
    forest.set(also=mixture)
    assert reasons(forest._arms(forest.controls))[0].name == mixture
    assert words in forest.say() and forest.say().startswith("Not pooled: ")
    assert forest._message.value and forest.live.png == before
    assert set(forest.evidence()["kind"]) == {"trial"}, "no pooled number in the table either"
    forest.set(also="none")
    assert not forest._message.value and "pooled" in set(forest.evidence()["key"])


@pytest.mark.parametrize("mixture", [one for one in REFUSED if one != "uncontrolled"])
def test_pooled_anyway_the_warning_is_on_the_picture_and_in_the_sentence(
    forest: explore.Forest, mixture: str
) -> None:
    choose(forest, *REFUSED[mixture][:2], also=mixture, anyway=True)
    figure: Any = forest.live.drawing
    assert not forest._message.value
    assert printed(forest).startswith("NOT ALIKE, POOLED ANYWAY: ")
    assert forest.say().startswith("NOT ALIKE, POOLED ANYWAY: ")
    assert figure._doubtful.get_visible() and not figure._diamond.get_visible(), "hatched, not filled"
    forest.set(also="none")
    assert not printed(forest) and "ANYWAY" not in forest.say() and figure is not None


def test_a_rate_without_a_comparator_is_never_pooled(forest: explore.Forest) -> None:
    choose(forest, *REFUSED["uncontrolled"][:2], also="uncontrolled", anyway=True)
    assert "had no comparator" in forest._message.value and "tick" not in forest._message.value


def test_an_accepted_warning_does_not_hold_for_the_next_mixture(forest: explore.Forest) -> None:
    choose(forest, FREE, "triptan", also="pain", anyway=True)
    forest.set(also="outcome")
    assert not forest.value("anyway") and "different outcomes" in forest._message.value


def test_whatever_is_offered_is_refused_and_whatever_is_pooled_is_alike() -> None:
    offered = 0
    for outcome in pooled_package.read()[1]:
        for group, (_name, question, count) in pooled_package.groups(outcome).items():
            first = pooled_package.main(question)
            assert not reasons(poolable.one_row_a_trial(first)), (outcome, group)
            assert count == first["study_id"].nunique()
            for mixture, extra in pooled_package.also(question).items():
                rows = pd.concat([first, extra]) if len(extra) else first
                found = reasons(poolable.one_row_a_trial(rows, "apart" if mixture == "doses" else "together"))
                assert mixture in [one.name for one in found], (outcome, group, mixture)
                offered += 1
    assert offered > 200


def test_a_second_report_of_one_trial_is_not_a_second_trial(forest: explore.Forest) -> None:
    choose(forest, SUPPLEMENTS, "supplement", also="review")
    assert "a second report of Schoenen 1998 holds people who are counted elsewhere" in forest._message.value


def test_arms_not_formed_by_chance_are_told() -> None:
    rows = poolable.one_row_a_trial(pooled_package.main(pooled_package.groups(FREE)["aspirin"][1]))
    rows.loc[rows.index[0], "randomised"] = False
    assert [one.name for one in reasons(rows)] == ["chance"]
    assert rows["study"].iloc[0] in reasons(rows)[0].words


@pytest.mark.parametrize(
    ("days", "runs"),
    [([84, 91, 168], 2), ([84, 84], 1), ([28, 84, np.nan], 3), ([1 / 12, 1 / 24], 2)],
)
def test_times_are_alike_within_a_tenth(days: list[float], runs: int) -> None:
    assert len(poolable.clusters(pd.Series(days))) == runs


# -- people count once -------------------------------------------------------------------------------------------------
def test_a_placebo_arm_of_several_doses_counts_once(forest: explore.Forest) -> None:
    choose(forest, FREE, "gepant")
    rows, arms = trials(forest), pooled_package.main(pooled_package.groups(FREE)["gepant"][1])
    assert (
        arms["comparator_result_id"].duplicated().any()
        and not rows["comparator_result_id"].duplicated().any()
    )
    assert rows["n"].sum() == arms["n"].sum() and rows["events"].sum() == arms["events"].sum()
    once = arms.drop_duplicates("comparator_result_id")["comparator_n"].sum()
    assert rows["comparator_n"].sum() == once
    assert f"{arms['n'].sum() + once:.0f} people" in forest.say() and "added up" in forest.say()
    forest.set(also="doses")
    forest.set(anyway=True)
    assert trials(forest)["comparator_n"].sum() == arms["comparator_n"].sum() > once
    assert "would count more than once" in forest.say()
    assert f"{arms['comparator_n'].sum() + arms['n'].sum():.0f} people" not in forest.say()


def test_one_dose_of_several_is_the_one_asked_for(forest: explore.Forest) -> None:
    choose(forest, FREE, "ubrogepant")
    arms = pooled_package.main(pooled_package.groups(FREE)["ubrogepant"][1])
    amounts = arms["dose"].str.extract(r"(\d+)")[0].astype(float)
    for doses, best in (("highest", "max"), ("lowest", "min")):
        forest.set(doses=doses)
        wanted = arms[amounts == amounts.groupby(arms["study_id"]).transform(best)]
        assert set(trials(forest)["result_id"]) == set(wanted["result_id"])
        assert f"the {doses} is taken" in forest.say()


# -- numbers -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("measure", ["RR", "OR", "RD"])
def test_every_model_is_stats_pool_counts(forest: explore.Forest, measure: str) -> None:
    choose(forest, FREE, "gepant", measure=measure)
    counts = trials(forest)[COUNTS].to_numpy(float).T
    times = 100 if measure == "RD" else 1
    for tau2, knapp in product(("PM", "DL"), (False, True)):
        forest.set(model="random", tau2=tau2, knapp_hartung=knapp)
        one = stats.pool_counts(*counts, measure=measure, tau2=tau2, knapp_hartung=knapp)
        np.testing.assert_allclose(
            shown(forest), times * np.array([one.estimate, one.low, one.high]), rtol=1e-12
        )
        ends = times * np.array([one.prediction_low, one.prediction_high])
        np.testing.assert_allclose(shown(forest, "prediction")[1:], ends, rtol=1e-12)
        found = trials(forest).sort_values("key")["weight"].to_numpy(float)
        order = np.argsort(trials(forest)["key"].to_numpy(str), kind="stable")
        np.testing.assert_allclose(found, np.asarray(one.weights)[order], rtol=1e-12)
        assert f"Q = {one.q:.1f}, df = {one.df}" in forest.view().heterogeneity
        assert f"I² = {one.i2:.0f} %" in forest.view().heterogeneity
    for weights in ("IV", "MH"):
        forest.set(model="fixed", weights=weights)
        one = stats.pool_counts(*counts, measure=measure, model="fixed", weights=weights)
        np.testing.assert_allclose(
            shown(forest), times * np.array([one.estimate, one.low, one.high]), rtol=1e-12
        )
        assert "prediction" not in set(forest.evidence()["key"])


def test_statsmodels_gives_the_same(forest: explore.Forest) -> None:
    choose(forest, FREE, "gepant", tau2="DL")
    a, m, b, n = trials(forest)[COUNTS].to_numpy(float).T
    found = combine_effects(*effectsize_2proportions(a, m, b, n, statistic="risk-ratio"), method_re="dl")
    z = norm.ppf(0.975)
    ends = np.exp(found.mean_effect_re + z * found.sd_eff_w_re * np.array([0, -1, 1]))
    np.testing.assert_allclose(shown(forest), ends, rtol=1e-9)
    half = z * (found.tau2 + found.sd_eff_w_re**2) ** 0.5
    np.testing.assert_allclose(
        shown(forest, "prediction")[1:], np.exp(found.mean_effect_re + np.array([-half, half])), rtol=1e-9
    )
    forest.set(knapp_hartung=True)
    half = t.ppf(0.975, len(a) - 1) * found.sd_eff_w_re_hksj
    np.testing.assert_allclose(
        shown(forest)[1:], np.exp(found.mean_effect_re + np.array([-half, half])), rtol=1e-9
    )
    forest.set(model="fixed")
    ends = np.exp(found.mean_effect_fe + z * found.sd_eff_w_fe * np.array([0, -1, 1]))
    np.testing.assert_allclose(shown(forest), ends, rtol=1e-9)
    forest.set(weights="MH")
    forest.set(measure="OR")
    tables = StratifiedTable(np.array([[a, m - a], [b, n - b]]).reshape(2, 2, -1))
    np.testing.assert_allclose(shown(forest)[0], tables.oddsratio_pooled, rtol=1e-9)
    np.testing.assert_allclose(shown(forest)[1:], tables.oddsratio_pooled_confint(), rtol=1e-9)
    forest.set(measure="RR")
    np.testing.assert_allclose(shown(forest)[0], tables.riskratio_pooled, rtol=1e-9)


def test_mantel_and_haenszel_without_an_event_in_an_arm_is_a_sentence() -> None:
    from migraine_lab.explore.forest_rows import Method

    empty = np.array([[0.0, 20, 3, 20], [0, 30, 2, 30]])
    assert not Method(model="fixed", weights="MH").possible(empty)
    assert Method(model="fixed", weights="MH", measure="RD").possible(empty)
    assert Method(model="fixed", weights="IV").possible(empty)


# -- views of the same trials ------------------------------------------------------------------------------------------
def test_leaving_out_each_trial_is_pooling_the_others(forest: explore.Forest) -> None:
    choose(forest, HALVED, "CGRP antibody")
    whole, everything = shown(forest), trials(forest)
    logs = np.log(everything["estimate"].to_numpy(float))
    errors = (np.log(everything["high"].to_numpy(float)) - logs) / norm.ppf(0.975)
    wanted = np.exp(stats.leave_one_out(logs, errors**2).estimate)
    for at, row in enumerate(everything.itertuples()):
        forest.set(leave_out=row.key)
        np.testing.assert_allclose(shown(forest)[0], wanted[at], rtol=1e-9)
        out = trials(forest).set_index("key").loc[row.key]
        assert out["left_out"] and np.isnan(out["weight"])
        np.testing.assert_allclose(forest.view().before, whole, rtol=1e-12)
        assert f"Without {row.study}" in forest.say() and "out" in forest.view().rows.shares
        assert trials(forest)["weight"].sum() == pytest.approx(100)


def test_cumulative_rows_are_each_with_all_above(forest: explore.Forest) -> None:
    choose(forest, FREE, "gepant", order="size", cumulative=True)
    rows = trials(forest)
    for many in range(1, len(rows) + 1):
        one = stats.pool_counts(*rows[COUNTS].to_numpy(float)[:many].T)
        np.testing.assert_allclose(
            rows.iloc[many - 1][["estimate", "low", "high"]].astype(float), [one.estimate, one.low, one.high]
        )
    assert shown(forest) == pytest.approx(rows.iloc[-1][["estimate", "low", "high"]].astype(float).tolist())
    assert forest.view().rows.labels[1].startswith("+ ") and "not one trial's result" in forest.say()
    assert not forest.visible("leave_out")


@pytest.mark.parametrize(
    ("order", "column", "falls"), [("year", "year", 0), ("effect", "estimate", 1), ("size", "people", 1)]
)
def test_the_rows_stand_in_the_order_asked_for(
    forest: explore.Forest, order: str, column: str, falls: int
) -> None:
    choose(forest, RELIEF, "triptan", order=order)
    rows = trials(forest)
    values = rows.assign(people=rows["n"] + rows["comparator_n"])[column].to_numpy(float)
    steps = np.diff(values[np.isfinite(values)])
    assert np.isfinite(values[: len(steps) + 1]).all(), "a report without a year comes last"
    assert (steps <= 0).all() if falls else (steps >= 0).all()
    assert steps.any()
    assert list(forest.view().rows.labels) == rows["label"].tolist()


# -- few and many ------------------------------------------------------------------------------------------------------
def test_one_trial_is_not_pooled_and_the_reason_is_said(forest: explore.Forest) -> None:
    choose(forest, FREE, "rizatriptan")
    assert forest.evidence()["key"].tolist() == trials(forest)["key"].tolist() and len(trials(forest)) == 1
    view = forest.view()
    assert (
        view.pooled is None and view.prediction is None and view.lines[0][0] == "One trial: nothing to pool"
    )
    assert "One trial cannot be pooled" in forest.say()
    assert len(forest.controls["leave_out"].options) == 1, "leaving out the only one would leave nothing"


def test_a_prediction_needs_three_trials(forest: explore.Forest) -> None:
    choose(forest, FREE, "eletriptan")
    assert len(trials(forest)) == 2 and shown(forest)
    assert forest.view().prediction is None and "prediction" not in set(forest.evidence()["key"])
    assert "needs 3 trials" in forest.view().lines[1][0] and "there are 2" in forest.say()
    choose(forest, FREE, "rimegepant")
    assert len(trials(forest)) == 3 and forest.view().prediction is not None
    forest.set(leave_out=trials(forest)["key"].iloc[0])
    assert forest.view().prediction is None
    forest.set(leave_out="none")
    forest.set(model="fixed")
    assert forest.view().prediction is None and "one truth" in forest.view().lines[1][0]


def test_more_trials_than_rows_are_told_together_and_one_left_out_stays_in_sight(
    forest: explore.Forest,
) -> None:
    choose(forest, "pain_relief 1 h", "triptan", also="time", anyway=True)
    rows = trials(forest)
    assert len(rows) == len(forest.view().rows.labels) > 20, "all of them on one page"
    lightest = rows.loc[rows["weight"].astype(float).idxmin(), "key"]
    forest.set(leave_out=lightest)
    folded = page(trials(forest), "RR", False, 10)
    assert len(folded.labels) == 10 and folded.labels[-1] == f"and {len(rows) - 9} more"
    assert folded.left_out.any() and "out" in folded.shares
    told = sum(float(one.removesuffix(" %")) for one in folded.shares if one.endswith("%"))
    assert told == pytest.approx(100, abs=0.6)


# -- on a slide --------------------------------------------------------------------------------------------------------
def test_a_slide_shows_the_refusal_in_place_of_the_sentence_under_a_picture_of_its_own_size() -> None:
    forest = choose(explore.Forest(), FREE, "triptan", also="pain")
    assert forest._sentence.layout.display is None, "a page has room for both"
    before = forest.live.png
    forest.screen.page = {"ratio": 1.0, "dark": False, "presenting": True, "width": 1200}
    assert forest.live.drawing.look.presenting and forest.live.png != before
    assert forest._message.value.endswith("The picture still shows the last choice.")
    assert forest._sentence.layout.display == "none" and forest.value("also") == "pain"
    forest.set(anyway=True)
    assert forest._sentence.layout.display is None and not forest._message.value
    assert printed(forest).startswith("NOT ALIKE")


def test_a_slide_keeps_in_sight_what_was_asked_for_and_leaves_the_warning_its_line() -> None:
    forest = choose(
        explore.Forest(), "responder_50 migraine_days 12 wk", "CGRP antibody", also="outcome", anyway=True
    )
    forest.screen.page = {"ratio": 1.0, "dark": False, "presenting": True, "width": 1200}
    shown = forest.view().rows
    assert shown.labels[-1].startswith("and ") and shown.unlike.any()
    assert len(shown.labels) < forest.live.drawing.capacity
    assert forest.live.drawing._pitch >= forest.live.drawing.look.text / 72 * 96
