"""Ketamine in blood, held to the published exposures, to mass balance and to what a linear model must do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migraine_lab import data
from migraine_lab.models import kinetics

DAY = np.linspace(0, 24, 2881)
WAYS = [("esketamine", "iv"), ("esketamine", "intranasal"), ("esketamine", "oral"), ("ketamine", "iv")]


def published(parameter: str) -> list[float]:
    rows = data.table("kinetics").query("parameter == @parameter and drug == 'S-ketamine'")
    return rows["value"].tolist()


@pytest.mark.parametrize(("place", "dose"), [(0, 28), (1, 56), (2, 84)])
def test_nasal_doses_give_the_published_peaks_and_areas(place: int, dose: int) -> None:
    found = kinetics.curve("esketamine", "intranasal", dose, DAY)
    assert found.peak == pytest.approx(published("Cmax_check")[place], rel=0.02)
    assert found.area[-1] == pytest.approx(published("AUC0_24_check")[place], rel=0.02)


def test_swallowed_esketamine_reaches_plasma_as_the_coded_constants_say() -> None:
    assert 100 * kinetics.bioavailability("esketamine", "oral") == pytest.approx(17.8, abs=0.05)
    assert 100 * kinetics.bioavailability("esketamine", "intranasal", 28) == pytest.approx(62, abs=0.5)


@pytest.mark.parametrize(("drug", "route"), WAYS)
@settings(max_examples=40, deadline=None)
@given(dose=st.floats(0.01, 1000), minutes=st.integers(0, 600), weight=st.floats(30, 200))
def test_nothing_is_lost(drug: str, route: str, dose: float, minutes: int, weight: float) -> None:
    length = minutes if route == "iv" else 0
    found = kinetics.curve(drug, route, dose, DAY[::10], weight_kg=weight, infusion_min=length)
    np.testing.assert_allclose(found.amounts.sum(axis=0), found.given, rtol=1e-9, atol=1e-9 * dose)
    assert (found.amounts > -1e-9 * dose).all() and (found.concentration > -1e-9).all()
    assert (np.diff(found.area) > -1e-9).all()


@pytest.mark.parametrize(("drug", "route"), WAYS)
def test_a_linear_model_scales_with_the_dose(drug: str, route: str) -> None:
    dose = 20.0  # below one nasal device, where the share absorbed is the same for every dose
    once, thrice = (kinetics.curve(drug, route, size, DAY).concentration for size in (dose / 3, dose))
    np.testing.assert_allclose(3 * once, thrice, rtol=1e-12)


def test_an_infusion_of_no_length_is_a_bolus_and_a_short_one_nearly() -> None:
    bolus = kinetics.curve("ketamine", "iv", 35, DAY)
    short = kinetics.curve("ketamine", "iv", 35, DAY, infusion_min=1e-6)
    np.testing.assert_array_equal(
        kinetics.curve("ketamine", "iv", 35, DAY, infusion_min=0).amounts, bolus.amounts
    )
    np.testing.assert_allclose(short.concentration[1:], bolus.concentration[1:], rtol=1e-6)
    assert bolus.concentration[0] == pytest.approx(1000 * 35 / kinetics.model("ketamine", 70.0).volume)


def test_exact_steps_agree_with_small_ones() -> None:
    """Euler's rule in ten thousand steps comes as near as its step is small."""
    model = kinetics.model("ketamine", 70.0)
    amounts, step = np.zeros(len(model.names)), 2 / 20_000
    for _ in range(20_000):
        amounts = amounts + step * (model.flow @ amounts)
        amounts[0] += step * 35 / 2
    found = kinetics.curve("ketamine", "iv", 35, np.array([2.0]), infusion_min=120)
    assert found.concentration[0] == pytest.approx(1000 * amounts[0] / model.volume, rel=1e-3)


def test_the_infusion_of_the_review_peaks_at_its_end_and_near_the_printed_level() -> None:
    found = kinetics.curve("ketamine", "iv", 0.5 * 70, DAY, infusion_min=40)
    assert 60 * found.time_to_peak == pytest.approx(40, abs=0.6)
    printed = data.table("kinetics").query(
        "source_id == 'zanos2018' and parameter == 'Cmax' and route == 'iv'"
    )
    assert found.peak == pytest.approx(float(printed["value"].iloc[0]), rel=0.35), (
        "another fit, the same size"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dose_mg": -5}, "A dose of -5 mg cannot be"),
        ({"dose_mg": 0}, "A dose of 0 mg cannot be: it must be above 0 and at most 1000 mg"),
        ({"dose_mg": 10_000}, "A dose of 10000 mg cannot be"),
        ({"dose_mg": float("nan")}, "A dose of nan mg cannot be"),
        ({"weight_kg": 0}, "A weight of 0 kg cannot be"),
        ({"infusion_min": -1}, "An infusion of -1 minutes cannot be"),
        ({"route": "oral", "drug": "ketamine"}, "knows iv; 'oral' is not among them"),
        ({"route": "oral", "infusion_min": 5}, "Only a dose into a vein can be an infusion"),
        ({"drug": "aspirin"}, "There is no model of 'aspirin'"),
        ({"hours": np.array([-1.0])}, "list of times from 0 on"),
    ],
)
def test_impossible_input_is_said_in_a_sentence(change: dict[str, object], words: str) -> None:
    given_: dict[str, object] = {
        "drug": "esketamine",
        "route": "iv",
        "dose_mg": 20.0,
        "hours": DAY[:5],
        **change,
    }
    with pytest.raises(ValueError, match=words):
        kinetics.curve(**given_)  # type: ignore[arg-type]
