"""Block of the NMDA channel: reference values, and what must hold for any concentration and voltage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migraine_lab import data
from migraine_lab.models import receptor

VOLTAGE, DRUG = st.floats(-120, 60), st.floats(0, 100)


def test_reference_values() -> None:
    assert float(receptor.ic50(-60)) == pytest.approx(0.97, abs=0.005)
    assert 100 * float(receptor.blocked(1, -60)) == pytest.approx(51, abs=0.6)
    assert 100 * float(receptor.open_with_magnesium(1, -60)) == pytest.approx(8, abs=0.1)
    printed = data.fact("receptor", receptor.KETAMINE["ic50"])["value"]
    assert float(receptor.ic50(receptor.REFERENCE_MV)) == printed
    assert float(receptor.blocked(printed, receptor.REFERENCE_MV)) == pytest.approx(0.5)


def test_a_hundred_nanograms_is_what_the_table_says() -> None:
    assert float(receptor.micromolar(100)) == pytest.approx(0.42, abs=0.005)


@given(DRUG, DRUG, VOLTAGE, VOLTAGE)
def test_more_drug_blocks_more_and_depolarisation_frees(one: float, other: float, v: float, w: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= receptor.blocked(low, v) <= receptor.blocked(high, v) <= 1
    down, up = sorted((v, w))
    assert receptor.blocked(one, down) >= receptor.blocked(one, up)
    assert receptor.open_with_magnesium(1, down) <= receptor.open_with_magnesium(1, up)


def test_arrays_broadcast() -> None:
    assert receptor.blocked(np.linspace(0, 5, 7)[:, None], np.linspace(-80, 20, 5)).shape == (7, 5)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: receptor.blocked(-1, -60), "ketamine cannot be negative"),
        (lambda: receptor.blocked(1, -300), "between -120 and 60 mV"),
        (lambda: receptor.blocked(float("nan"), -60), "ketamine cannot be negative"),
        (lambda: receptor.open_with_magnesium(-1, -60), "magnesium cannot be negative"),
        (lambda: receptor.constants("zinc"), "no constants of 'zinc'"),
    ],
)
def test_impossible_input_is_said_in_a_sentence(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
