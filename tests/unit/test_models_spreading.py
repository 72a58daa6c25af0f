"""The threshold model held to its formula, its prediction to experiment, and a wave that stops where it should."""

from __future__ import annotations

import numpy as np
import pytest

from migraine_lab import data
from migraine_lab.models import aura, spreading


def figure(row_id: str) -> float:
    return float(data.fact("spreading_depression", row_id)["value"])


def test_formula_by_hand_in_its_units() -> None:
    d, r, c, s = 0.796e-5, 0.0226, 10, 3.95
    q = c * r / s
    cm_per_second = (d * r) ** 0.5 * (1 - 2 * q) / (q * (1 - q)) ** 0.5
    assert aura.threshold_speed() == pytest.approx(cm_per_second * 10 * 60)
    assert aura.threshold_speed(d, r, c, s) == pytest.approx(aura.threshold_speed())


def test_the_model_disagrees_with_what_is_seen() -> None:
    seen = figure("hadjikhani2001_velocity_human_aura_fmri_bold_during_visual")
    assert 3 < seen / aura.threshold_speed() < 4
    measured = figure("yao2015_velocity_change_aqp4_loss_mouse_experiment")
    assert spreading.knock_out_change() < measured - 5, "it predicts more slowing than was measured"


def test_constants_differ_between_the_mice() -> None:
    wild, without = (spreading.potassium(one) for one in spreading.GENOTYPES)
    assert without.release.value < wild.release.value and without.removal.value < wild.removal.value
    assert without.diffusion.value > wild.diffusion.value
    assert without.threshold == wild.threshold
    with pytest.raises(ValueError, match="constants for wild type and AQP4 knock-out"):
        spreading.potassium("rat")


def test_scaling() -> None:
    usual = spreading.potassium().numbers
    base = aura.threshold_speed()
    assert aura.threshold_speed(diffusion=4 * usual["diffusion"]) == pytest.approx(2 * base)
    faster = {**usual, "removal": 3 * usual["removal"], "release": 3 * usual["release"]}
    assert aura.threshold_speed(**faster) == pytest.approx(3**0.5 * base), "the same q"
    speeds = aura.threshold_speed(threshold=np.linspace(5, 200, 50))
    assert (np.diff(speeds) <= 0).all() and speeds[-1] == 0 and not np.isnan(speeds).any()


@pytest.mark.parametrize("q", [0.02, None, 0.15, 0.3, 0.4])
def test_the_solved_strip_runs_at_the_formulas_speed(q: float | None) -> None:
    numbers = spreading.potassium().numbers
    if q is not None:
        numbers["release"] = numbers["threshold"] * numbers["removal"] / q
    solved = spreading.strip(**numbers)
    assert solved.speed == pytest.approx(float(spreading.threshold_speed(**numbers)), rel=0.05)
    assert solved.level.shape == (len(solved.minutes), len(solved.position))
    assert solved.level.max() <= numbers["release"] / numbers["removal"] * (1 + 1e-9)


def test_above_one_half_the_strips_wave_dies() -> None:
    numbers = spreading.potassium().numbers
    numbers["release"] = numbers["threshold"] * numbers["removal"] / 0.6
    assert spreading.strip(**numbers).speed == 0 == spreading.threshold_speed(**numbers)


def test_a_wave_stops_below_the_limit_and_travels_above() -> None:
    limit = spreading.fhn_limit()
    assert 0.55 < limit < 0.95
    assert spreading.fhn_strip(limit - 0.03).stopped_at is not None
    assert spreading.fhn_strip(limit - 0.03).stopped_at < 0.5
    assert spreading.fhn_strip(limit + 0.03).stopped_at is None


def test_a_wave_stops_a_little_beyond_the_place_where_excitability_meets_the_limit() -> None:
    limit = spreading.fhn_limit()
    stops = []
    for far in (0.55, 0.65, 0.7):
        wave = spreading.fhn_strip([0.92, far])
        meets = (0.92 - limit) / (0.92 - far)
        assert wave.stopped_at is not None and meets < wave.stopped_at < meets + 0.2
        stops.append(wave.stopped_at)
    assert stops == sorted(stops)
    assert spreading.fhn_strip([0.92, 0.9]).stopped_at is None


def test_excitable_tissue_rests_and_a_wave_passes_once() -> None:
    wave = spreading.fhn_strip(0.85)
    np.testing.assert_allclose(wave.u[0, 60:], -1 / 0.85)
    middle = wave.u[:, 60] > spreading.FRONT
    assert np.diff(middle.astype(int)).tolist().count(1) == 1
    assert np.isfinite(wave.u).all()


def test_deterministic_and_kept() -> None:
    first = spreading.fhn_strip([0.9, 0.6])
    assert spreading.fhn_strip((0.9, 0.6)) is first
    spreading._fhn_strip.cache_clear()
    np.testing.assert_array_equal(spreading.fhn_strip([0.9, 0.6]).u, first.u)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: spreading.threshold_speed(diffusion=0), "diffusion must be above 0, not 0"),
        (lambda: spreading.strip(release=-1), "release must be above 0, not -1"),
        (
            lambda: spreading.threshold_speed(threshold=[3, float("nan")]),
            "threshold must be above 0, not nan",
        ),
        (lambda: spreading.fhn_strip(1), "excitability lies between 0 and 1"),
        (lambda: spreading.fhn_strip([0.9, -0.1]), "excitability lies between 0 and 1"),
        (lambda: spreading.fhn_strip(0.9, eps=0), "eps, the pace of recovery"),
    ],
)
def test_impossible_input_is_named(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
