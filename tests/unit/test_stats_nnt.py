"""Numbers needed to treat: signs, rounding, and the interval that passes through infinity."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migraine_lab import stats
from migraine_lab.stats.nnt import number_needed, number_needed_text

THROUGH_INFINITY = "the interval runs from benefit 10 through no effect to harm 10"


def text(benefit, low, high):
    return number_needed_text(*number_needed(np.asarray(benefit), np.asarray(low), np.asarray(high)))


def test_altmans_example_runs_through_infinity():
    """BMJ 1998;317:1309: difference 10 % with interval -5 % to 25 %."""
    says = "NNT 10, but the interval runs from benefit 4 through no effect to harm 20"
    assert text(0.10, -0.05, 0.25) == says


@pytest.mark.parametrize(
    ("benefit", "low", "high", "says"),
    [
        (0.3 - 0.2, 0.3 - 0.25, 0.2, "NNT 10 (5 to 20)"),
        (0.09, 0.03, 0.15, "NNT 12 (7 to 34)"),
        (-0.09, -0.15, -0.03, "NNH 11 (6 to 33)"),
        (0.0, -0.1, 0.1, f"No difference: NNT is infinite, {THROUGH_INFINITY}"),
        (0.05, -0.1, 0.1, f"NNT 20, but {THROUGH_INFINITY}"),
        (-0.02, -0.1, 0.1, f"NNH 50, but {THROUGH_INFINITY}"),
        (0.2, 0.0, 0.4, "NNT 5 (3 to no effect)"),
        (-0.2, -0.4, 0.0, "NNH 5 (2 to no effect)"),
        (1.0, 0.9, 1.0, "NNT 1 (1 to 2)"),
        (-1.0, -1.0, -0.7, "NNH 1 (1 to 1)"),
    ],
)
def test_words(benefit, low, high, says):
    assert text(benefit, low, high) == says


def test_arrays_give_arrays_of_texts():
    assert list(text([0.1, 0.1], [0.05, -0.05], [0.2, 0.25])) == [
        "NNT 10 (5 to 20)",
        "NNT 10, but the interval runs from benefit 4 through no effect to harm 20",
    ]


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_limits_are_the_reciprocals_of_the_difference_limits(n_a, n_b, data):
    a, b = data.draw(st.integers(0, n_a)), data.draw(st.integers(0, n_b))
    result = stats.compare(a, n_a, b, n_b)
    pairs = zip(result[3:6], (result.estimate, result.high, result.low), strict=True)
    for needed, difference in pairs:
        assert needed == (pytest.approx(1 / difference) if difference else np.inf)
    passes = result.low < 0 < result.high
    assert (result.nnt_low > 0 > result.nnt_high) == passes
    if not result.crosses_zero:
        assert result.nnt_low <= result.nnt <= result.nnt_high


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_counting_harms_instead_of_benefits_only_turns_the_sign(n_a, n_b, data):
    """Rescue avoided is a benefit: the NNT from harms equals the NNT from those without the harm."""
    a, b = data.draw(st.integers(0, n_a)), data.draw(st.integers(0, n_b))
    harms = stats.compare(a, n_a, b, n_b, better="lower")
    free = stats.compare(n_a - a, n_a, n_b - b, n_b, better="higher")
    for name in ("nnt", "nnt_low", "nnt_high"):
        ours, theirs = getattr(harms, name), getattr(free, name)
        assert ours == pytest.approx(theirs, rel=1e-6) or (abs(ours) > 1e9 and abs(theirs) > 1e9)
