"""Pooling against metafor and statsmodels, what must hold for any studies, and how impossible input is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from migraine_lab import stats

GOLDEN = Path(__file__).parents[1] / "golden"
STUDIES = pd.read_csv(GOLDEN / "metafor_data.csv", na_values="NA").set_index("dataset")
CASES = pd.read_csv(GOLDEN / "metafor_values.csv", na_values="NA", keep_default_na=True)
FIELDS = ("estimate", "low", "high", "se", "tau2", "q", "q_p", "i2", "prediction_low", "prediction_high")
TOLERANCE = 1e-6


def ours(case: Any) -> stats.Pooled:
    """Pool one golden case's studies as its row asks."""
    rows = STUDIES.loc[[case.dataset]]
    options: dict[str, Any] = {
        "model": case.model, "knapp_hartung": bool(case.knapp_hartung), "level": float(case.level),
    }  # fmt: skip
    if isinstance(case.tau2_method, str) and case.tau2_method:
        options["tau2"] = case.tau2_method
    if isinstance(case.measure, str) and case.measure:
        counts = (rows[name].to_numpy() for name in ("ai", "n1i", "ci", "n2i"))
        return stats.pool_counts(*counts, measure=case.measure, weights=case.weights, **options)
    return stats.pool(rows["yi"].to_numpy(), rows["vi"].to_numpy(), **options)


def test_there_are_enough_golden_cases() -> None:
    assert len(CASES) >= 150
    assert CASES["dataset"].nunique() >= 12
    combined = CASES[["model", "weights", "tau2_method", "knapp_hartung"]].astype(str).drop_duplicates()
    assert len(combined) == 7, "fixed and MH, DL and PM, with and without Knapp and Hartung"


def test_every_golden_case_agrees_with_metafor() -> None:
    """Largest difference, absolute and relative to values above 1, over every field of every case."""
    worst = (0.0, "")
    for case in CASES.itertuples():
        mine = ours(case)
        for field in FIELDS:
            theirs = float(getattr(case, field))
            if np.isnan(theirs):
                continue
            apart = abs(float(getattr(mine, field)) - theirs) / max(1.0, abs(theirs))
            worst = max(worst, (apart, f"{case.dataset} {case.call}: {field}"))
        assert mine.weights.sum() == pytest.approx(100)
        apart = abs(float(mine.weights[0]) - float(case.first_weight)) / 100
        worst = max(worst, (apart, f"{case.dataset} {case.call}: weight of the first study"))
    print(f"\nlargest difference from metafor over {len(CASES)} cases: {worst[0]:.2g} ({worst[1]})")
    assert worst[0] <= TOLERANCE, worst


def test_dersimonian_laird_agrees_with_statsmodels() -> None:
    for name in STUDIES[STUDIES["yi"].notna()].index.unique():
        rows = STUDIES.loc[[name]]
        y, v = rows["yi"].to_numpy(), rows["vi"].to_numpy()
        for tau2, method in (("DL", "dl"), ("PM", "pm")):
            theirs = combine_effects(y, v, method_re=method, use_t=False, atol=1e-10)
            mine = stats.pool(y, v, tau2=tau2)
            if theirs.tau2 == 0 < mine.tau2:
                continue  # statsmodels 0.15 gives up silently where its steps do not settle (molloy2014, PM)
            assert mine.estimate == pytest.approx(theirs.mean_effect_re, abs=1e-9)
            assert mine.se == pytest.approx(theirs.sd_eff_w_re, abs=1e-9)
            assert mine.q == pytest.approx(theirs.q, rel=1e-9)
            spread = stats.pool(y, v, tau2=tau2, knapp_hartung=True)
            assert spread.se == pytest.approx(theirs.sd_eff_w_re_hksj, abs=1e-9)
        fixed = stats.pool(y, v, model="fixed")
        assert fixed.estimate == pytest.approx(theirs.mean_effect_fe, abs=1e-9)


SETS = st.integers(2, 12).flatmap(
    lambda k: st.tuples(
        st.lists(st.floats(-3, 3), min_size=k, max_size=k),
        st.lists(st.floats(0.01, 4), min_size=k, max_size=k),
    )
)
OPTIONS = st.fixed_dictionaries(
    {
        "model": st.sampled_from(["random", "fixed"]),
        "tau2": st.sampled_from(["PM", "DL"]),
        "knapp_hartung": st.booleans(),
    }
)
NEAR: dict[str, float] = {"rtol": 1e-7, "atol": 1e-9}


def numbers(pooled: stats.Pooled) -> np.ndarray:
    return np.array([pooled.estimate, pooled.low, pooled.high, pooled.se, pooled.tau2, pooled.q])


@given(SETS, OPTIONS, st.randoms())
@settings(max_examples=150, deadline=None)
def test_the_order_of_studies_does_not_matter(studies: Any, options: Any, chance: Any) -> None:
    y, v = map(np.array, studies)
    order = list(range(len(y)))
    chance.shuffle(order)
    np.testing.assert_allclose(
        numbers(stats.pool(y[order], v[order], **options)), numbers(stats.pool(y, v, **options)), **NEAR
    )


@given(SETS, OPTIONS)
@settings(max_examples=150, deadline=None)
def test_a_change_of_sign_mirrors_and_a_change_of_unit_scales(studies: Any, options: Any) -> None:
    y, v = map(np.array, studies)
    here = stats.pool(y, v, **options)
    mirrored = stats.pool(-y, v, **options)
    np.testing.assert_allclose(
        [mirrored.estimate, mirrored.low, mirrored.high], [-here.estimate, -here.high, -here.low], **NEAR
    )
    scaled = stats.pool(10 * y, 100 * v, **options)
    np.testing.assert_allclose(
        [scaled.estimate, scaled.se, scaled.q], [10 * here.estimate, 10 * here.se, here.q], **NEAR
    )
    np.testing.assert_allclose(scaled.tau2, 100 * here.tau2, rtol=1e-6, atol=1e-8)


@given(SETS, OPTIONS)
@settings(max_examples=100, deadline=None)
def test_many_at_once_are_the_same_as_one_by_one(studies: Any, options: Any) -> None:
    y, v = map(np.array, studies)
    together = stats.pool(np.stack([y, 2 * y, y + 1]), np.stack([v, v, v / 2]), **options)
    for place, (one_y, one_v) in enumerate(((y, v), (2 * y, v), (y + 1, v / 2))):
        alone = stats.pool(one_y, one_v, **options)
        np.testing.assert_allclose(together.estimate[place], alone.estimate, **NEAR)
        np.testing.assert_allclose(together.tau2[place], alone.tau2, **NEAR)
        np.testing.assert_allclose(together.i2[place], alone.i2, rtol=1e-6, atol=1e-6)
        np.testing.assert_allclose(together.weights[place], alone.weights, **NEAR)


def test_paule_mandel_solves_its_equation() -> None:
    chance = np.random.default_rng(5)
    v = chance.uniform(0.02, 1, (500, 9))
    y = chance.normal(0, np.sqrt(v + chance.uniform(0, 2, (500, 1))))
    found = stats.pool(y, v, tau2="PM")
    w = 1 / (v + found.tau2[:, None])
    q = (w * (y - found.estimate[:, None]) ** 2).sum(axis=1)
    apart = found.tau2 > 0
    np.testing.assert_allclose(q[apart], 8, rtol=1e-9)
    assert (q[~apart] <= 8 + 1e-9).all() and apart.any() and (~apart).any()


def test_studies_that_agree_more_than_chance_get_no_negative_variance() -> None:
    y, v = np.array([0.5, 0.52, 0.49, 0.51]), np.array([0.1, 0.2, 0.1, 0.3])
    mine = stats.pool(y, v, tau2="DL")
    assert mine.tau2 == 0 and mine.estimate == stats.pool(y, v, model="fixed").estimate
    with np.errstate(invalid="ignore"):  # it takes the root of a negative variance
        theirs = combine_effects(y, v, method_re="dl")
    assert theirs.tau2 < 0, "statsmodels stops at 0 now: mend golden/README.md"


def test_thousands_in_blocks_are_the_same_as_one_by_one() -> None:
    chance = np.random.default_rng(2)
    v = chance.uniform(0.05, 1, (3, 1001, 4))
    y = chance.normal(0, 1, v.shape)
    for options in ({"tau2": "DL"}, {"tau2": "PM"}, {"model": "fixed"}):
        together = stats.pool(y, v, **options)
        assert together.estimate.shape == (3, 1001) and together.weights.shape == v.shape
        for place in ((0, 0), (1, 500), (2, 1000)):
            alone = stats.pool(y[place], v[place], **options)
            np.testing.assert_allclose(
                [together.estimate[place], together.tau2[place], *together.weights[place]],
                [alone.estimate, alone.tau2, *alone.weights],
                **NEAR,
            )


def test_knapp_hartung_can_be_narrower_where_studies_happen_to_agree() -> None:
    y, v = [0.5, 0.5, 0.5, 0.5], [0.1, 0.2, 0.1, 0.3]
    assert stats.pool(y, v, knapp_hartung=True).se == 0
    assert stats.pool(y, v).se > 0


def test_leaving_one_out_is_pooling_the_others() -> None:
    rows = STUDIES.loc[["bcg"]]
    counts = [rows[name].to_numpy() for name in ("ai", "n1i", "ci", "n2i")]
    from migraine_lab.stats.pooling_counts import effects

    y, v, note = effects(*(part.astype(float) for part in counts), measure="RR")
    assert note == ""
    left = stats.leave_one_out(y, v, tau2="DL")
    assert left.estimate.shape == (13,) and left.studies == 12
    assert left.estimate[4] == pytest.approx(stats.pool(np.delete(y, 4), np.delete(v, 4), tau2="DL").estimate)
    steps = stats.cumulative(y, v, tau2="DL", knapp_hartung=True)
    assert [step.studies for step in steps] == list(range(1, 14))
    assert steps[-1].estimate == pytest.approx(stats.pool(y, v, tau2="DL").estimate)


def test_empty_cells_are_named_and_double_zeroes_kept_as_metafor_keeps_them() -> None:
    pooled = stats.pool_counts([0, 3, 5], [20, 40, 50], [2, 6, 9], [20, 41, 48], measure="OR")
    assert pooled.zero_cells == "0.5 added to all four cells of 1 study with an empty cell"
    assert stats.pool_counts([1, 3], [20, 40], [2, 6], [20, 41]).zero_cells == ""


def test_ratios_come_back_as_ratios() -> None:
    pooled = stats.pool_counts(
        [10, 32, 20], [100, 90, 200], [5, 6, 20], [100, 95, 210], measure="RR", tau2="DL"
    )
    assert pooled.low < 1.6 < pooled.high and pooled.prediction_low < pooled.low
    assert pooled.se == pytest.approx(np.log(pooled.high / pooled.low) / 2 / 1.959964, rel=1e-5)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: stats.pool([], []), "nothing to pool"),
        (lambda: stats.pool(0.3, 0.1), "nothing to pool"),
        (lambda: stats.pool([0.1, 0.2], [0.1, -0.1]), r"A variance of -0.1 cannot be \(study 2\)"),
        (lambda: stats.pool([0.1, 0.2], [0.1, 0]), r"A variance of 0 cannot be \(study 2\)"),
        (lambda: stats.pool([0.1, float("nan")], [0.1, 0.1]), r"estimates hold nan \(study 2\)"),
        (lambda: stats.pool([0.1], [float("inf")]), r"variances hold inf \(study 1\)"),
        (lambda: stats.pool([0.1, 0.2], [0.1, 0.1, 0.1]), "do not fit together"),
        (lambda: stats.pool([0.1], [0.1]).prediction_low, "at least 2 studies; there is 1"),
        (lambda: stats.pool([0.1, 0.4, 0.3], [0.1, 0.1, 0.1], model="fixed").prediction_low, "no prediction interval"),
        (lambda: stats.pool([0.1], [0.1], knapp_hartung=True), "at least two studies"),
        (lambda: stats.leave_one_out([0.1], [0.1]), "at least two studies"),
        (lambda: stats.pool([0.1], [0.1], model="mixed"), "model must be one of random, fixed"),
        (lambda: stats.pool([0.1], [0.1], tau2="REML"), "tau2 must be one of PM, DL"),
        (lambda: stats.pool([0.1], [0.1], level=95), "for 95 % write 0.95"),
        (lambda: stats.pool_counts([], [], [], []), "nothing to pool"),
        (lambda: stats.pool_counts([5], [4], [1], [9]), "more events than patients"),
        (lambda: stats.pool_counts([5], [9], [1], [9], weights="MH"), "belong to a fixed effect"),
        (lambda: stats.pool_counts([5], [9], [1], [9], measure="SMD"), "measure must be one of RR, OR, RD"),
        (lambda: stats.pool_counts([0], [9], [1], [9], model="fixed", weights="MH"), "an arm has no event"),
    ],
)  # fmt: skip
def test_impossible_input_is_said_in_a_sentence(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
