"""The front on the cortex and its image: held to the table's own crossing time, to the map's derivative and inverse."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from migraine_lab import data
from migraine_lab.models import aura

SOURCES = ("hortonhoyt1991", "dougherty2003")


def figure(row_id: str) -> float:
    return float(data.fact("spreading_depression", row_id)["value"])


def test_1_to_60_degrees_takes_what_the_table_works_out() -> None:
    printed = figure("hortonhoyt1991_scotoma_crossing_time_e_1_to_60_deg_at_3_mm")
    assert aura.crossing_minutes(1, 60, 3) == pytest.approx(printed, abs=0.5)
    assert aura.crossing_minutes(1, 60, 3) == pytest.approx(20.5, abs=0.5)
    assert aura.crossing_minutes(1, 60, 3.5) == pytest.approx(17.5, abs=0.1)


def test_constants_are_the_tables() -> None:
    ends = {
        "hortonhoyt1991": "magnification_a_m_e_a_e_e2_mm_deg",
        "dougherty2003": "magnification_a_m_e_a_e_e2",
    }
    for source, last in ends.items():
        held = aura.constants(source)
        assert held.a == figure(f"{source}_{last}")
        assert held.e2 == figure(f"{source}_magnification_e2_m_e_a_e_e2")
        assert {row.source_id for row in held.rows} == {source}


def test_parameters_cannot_be_changed_and_each_names_its_row() -> None:
    known = aura.parameters()
    with pytest.raises(dataclasses.FrozenInstanceError):
        known.origin = known.crossing  # type: ignore[misc]
    with pytest.raises(TypeError):
        known.durations["median"] = known.crossing  # type: ignore[index]
    for one in (*known.speeds, known.depolarisation, known.origin, *known.durations.values()):
        assert data.fact(one.table, one.row_id)["source_id"] == one.source_id


@pytest.mark.parametrize("source", SOURCES)
def test_distance_grows_by_the_magnification(source: str) -> None:
    far, step = np.linspace(0.01, 60, 200), 1e-5
    rise = (aura.distance(far + step, source=source) - aura.distance(far - step, source=source)) / (2 * step)
    np.testing.assert_allclose(rise, aura.magnification(far, source=source), rtol=1e-7)
    held = aura.constants(source)
    np.testing.assert_allclose(aura.magnification(far, source=source), held.a / (far + held.e2))


@pytest.mark.parametrize("source", SOURCES)
def test_field_to_cortex_and_back(source: str) -> None:
    far, angle = np.meshgrid(np.geomspace(0.01, 60, 40), np.linspace(-90, 90, 37))
    there = aura.to_cortex(far, angle, source=source)
    back = aura.to_field(*there, source=source)
    np.testing.assert_allclose(back[0], far, rtol=1e-9)
    np.testing.assert_allclose(back[1], angle, atol=1e-9)


def test_the_map_keeps_angles_and_the_meridian_is_the_distance() -> None:
    x, y = aura.to_cortex([0, 3, 30], 0)
    np.testing.assert_allclose(x, aura.distance([0, 3, 30]))
    np.testing.assert_allclose(y, 0)
    at, step = (8.0, 30.0), 1e-6
    here = np.array(aura.to_cortex(*at))
    out = np.array(aura.to_cortex(at[0] + step, at[1])) - here
    around = np.array(aura.to_cortex(at[0], at[1] + np.degrees(step / at[0]))) - here
    assert np.linalg.norm(out) == pytest.approx(np.linalg.norm(around), rel=1e-4)
    assert out @ around == pytest.approx(0, abs=1e-4 * out @ out)


@pytest.mark.parametrize("source", SOURCES)
def test_eccentricity_and_crossing_are_one_law(source: str) -> None:
    for speed, start, end in ((2, 0, 60), (3.5, 1, 40), (9, 5, 60)):
        minutes = aura.crossing_minutes(start, end, speed, source=source)
        assert aura.eccentricity(minutes, speed, start, source=source) == pytest.approx(end)
        walked = aura.distance(end, source=source) - aura.distance(start, source=source)
        assert speed * minutes == pytest.approx(walked)
        assert aura.crossing_minutes(start, end, 2 * speed, source=source) == pytest.approx(minutes / 2)


def test_own_constants_stand_in_for_a_source() -> None:
    assert aura.crossing_minutes(1, 60, 3, 34.6, 0.75) == pytest.approx(2 * aura.crossing_minutes(1, 60, 3))


@pytest.mark.parametrize("shape", aura.SHAPES)
def test_the_front_is_where_it_says(shape: str) -> None:
    front = aura.front(10, 3.5, (1.0, 0.0), shape=shape)
    assert front.travelled == pytest.approx(35)
    x, y = (front.cortex - [float(aura.distance(1.0)), 0]).T
    on = np.isfinite(x)
    assert 100 < on.sum() < len(x), "clipped to the map"
    np.testing.assert_allclose(np.hypot(x[on], y[on]) if shape == "ring" else x[on], 35)
    far, angle = np.hypot(*front.field[on].T), np.degrees(np.arctan2(front.field[on, 1], front.field[on, 0]))
    np.testing.assert_allclose(np.column_stack(aura.to_cortex(far, angle)), front.cortex[on], atol=1e-9)
    assert front.field[on, 0].max() == pytest.approx(front.reached, rel=1e-3)
    assert front.reached == pytest.approx(float(aura.eccentricity(10, 3.5, 1)))
    assert (front.field[on, 0] >= -1e-9).all(), "one half of the field"


def test_the_band_behind_is_as_wide_as_depolarisation_lasts() -> None:
    longest = float(data.fact("spreading_depression", "richter2008_depolarisation_duration_review")["high"])
    front = aura.front(10, 3.5)
    assert front.affected[:, 0].max() - front.recovered[:, 0].max() == pytest.approx(3.5 * longest / 60)
    assert aura.front(10, 3.5, width=5).recovered[:, 0].max() == pytest.approx(front.affected[:, 0].max() - 5)
    assert len(aura.front(1, 3.5).recovered) == 0, "nothing has recovered yet"
    np.testing.assert_allclose(front.affected[0], front.affected[-1], atol=1e-9)


def test_a_front_that_has_left_the_map_leaves_no_line() -> None:
    gone = aura.front(60, 9)
    assert np.isnan(gone.cortex).all()
    assert gone.reached > aura.EDGE


def test_the_outline_ends_at_the_edge() -> None:
    far, angle = aura.to_field(*aura.outline().T)
    assert far.max() == pytest.approx(aura.EDGE)
    assert np.abs(angle).max() == pytest.approx(90)
    np.testing.assert_allclose(aura.outline()[0], aura.outline()[-1])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: aura.crossing_minutes(1, 60, 0), "speed must be above 0 mm/min, not 0"),
        (lambda: aura.eccentricity(5, float("nan")), "speed must be above 0"),
        (lambda: aura.eccentricity(-1, 3), "minutes must be 0 or more, not -1"),
        (lambda: aura.distance([2, -0.5]), "an eccentricity is 0 degrees or more .*, not -0.5"),
        (lambda: aura.crossing_minutes(10, 5, 3), "give the outer end last"),
        (lambda: aura.to_cortex(5, 91), "an angle lies between -90 and 90 degrees.*, not 91"),
        (lambda: aura.distance(1, a=0), "A of the map must be above 0"),
        (lambda: aura.distance(1, source="holmes"), "no map by 'holmes'; there are maps by hortonhoyt1991"),
        (lambda: aura.front(5, 3, shape="zigzag"), "ring or straight, not 'zigzag'"),
        (lambda: aura.front(5, 3, width=0), "wider than 0 mm"),
    ],
)
def test_impossible_input_is_named(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
