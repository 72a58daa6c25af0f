"""Proportions against statsmodels, published values and the laws that any interval must keep."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from migraine_lab import stats
from migraine_lab.stats.proportions import METHODS

THEIR_NAME = {"wilson": "wilson", "agresti_coull": "agresti_coull", "exact": "beta"}


@st.composite
def counts(draw, largest=400):
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("level", [0.8, 0.9, 0.95, 0.99])
def test_agrees_with_statsmodels(method, level):
    n = np.repeat(np.arange(1, 60), 61)
    events = np.tile(np.arange(61), 59)
    n, events = n[events <= n], events[events <= n]
    _, low, high = stats.proportion(events, n, level=level, method=method)
    their_low, their_high = proportion_confint(events, n, alpha=1 - level, method=THEIR_NAME[method])
    # statsmodels leaves the exact limits at the edges as NaN when given arrays; there the limit is the edge.
    assert low == pytest.approx(np.nan_to_num(their_low, nan=0), abs=1e-9)
    assert high == pytest.approx(np.nan_to_num(their_high, nan=1), abs=1e-9)


@pytest.mark.parametrize(
    ("events", "n", "wilson", "exact"),
    [  # Newcombe, Stat Med 1998;17:857, table I, methods 3 and 5
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_published_examples(events, n, wilson, exact):
    assert stats.proportion(events, n)[1:] == pytest.approx(wilson, abs=5e-5)
    assert stats.proportion(events, n, method="exact")[1:] == pytest.approx(exact, abs=5e-5)


@given(counts(), st.sampled_from(METHODS), st.floats(0.5, 0.999))
def test_limits_hold_the_estimate_and_stay_between_0_and_1(pair, method, level):
    estimate, low, high = stats.proportion(*pair, level=level, method=method)
    assert 0 <= low <= estimate + 1e-12
    assert estimate - 1e-12 <= high <= 1
    assert low < high


@given(counts(), st.sampled_from(METHODS))
def test_counting_the_patients_without_event_mirrors_the_interval(pair, method):
    events, n = pair
    estimate, low, high = stats.proportion(events, n, method=method)
    other = stats.proportion(n - events, n, method=method)
    assert other == pytest.approx((1 - estimate, 1 - high, 1 - low), abs=1e-9)


@given(counts(100), st.integers(2, 9), st.sampled_from(METHODS))
def test_more_patients_at_the_same_proportion_narrow_the_interval(pair, times, method):
    events, n = pair
    few = stats.proportion(events, n, method=method)
    many = stats.proportion(events * times, n * times, method=method)
    assert many.high - many.low < few.high - few.low


@given(counts(), st.sampled_from(METHODS))
def test_a_higher_level_widens_the_interval(pair, method):
    narrow, wide = (stats.proportion(*pair, level=level, method=method) for level in (0.9, 0.99))
    assert wide.low <= narrow.low <= narrow.high <= wide.high


@given(st.lists(counts(), min_size=1, max_size=6), st.sampled_from(METHODS))
def test_arrays_give_what_a_loop_gives(pairs, method):
    events, n = np.array(pairs).T
    together = np.column_stack(stats.proportion(events, n, method=method))
    alone = np.array([stats.proportion(*pair, method=method) for pair in pairs])
    assert together == pytest.approx(alone, abs=1e-13)


def test_leading_axes_broadcast():
    result = stats.proportion(np.arange(4)[:, None], np.array([10, 20, 30]))
    assert result.low.shape == (4, 3)
    assert result.estimate[3, 1] == 3 / 20


def test_single_counts_give_plain_floats_and_series_are_accepted():
    assert all(type(part) is float for part in stats.proportion(3, 10))
    frame = pd.DataFrame({"events": [3.0, 4.0], "n": pd.array([10, 20], dtype="Int64")})
    assert stats.proportion(frame.events, frame.n).estimate == pytest.approx([0.3, 0.2])


def test_limits_at_the_edges_are_the_edges():
    assert stats.proportion(0, 7).low == 0
    assert stats.proportion(7, 7).high == 1
    assert stats.proportion(0, 7, method="exact").low == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((12, 10), "events is 12 but n is 10: more events than patients"),
        (([1, 5], [4, 4]), "events is 5 at position 1 but n is 4: more events than patients"),
        ((0, 0), "n is 0: it must be at least 1"),
        ((-1, 10), "events is -1: it is negative"),
        ((0.34, 100), "events is 0.34: it is not a whole number: give counts, not proportions"),
        ((3, 10.5), "n is 10.5: it is not a whole number"),
        ((float("nan"), 10), "events is nan: it is missing"),
        (([1, None], 10), "events is nan at position 1: it is missing"),
        ((3, float("inf")), "n is inf: it must be finite"),
        (("3", 10), "events must be numbers; it holds '3'"),
        ((["3", 4, pd.NA], 10), "events must be numbers"),
        (([1, 2], [3, 4, 5]), "do not fit together"),
    ],
)
def test_impossible_counts_are_named(arguments, says):
    with pytest.raises(ValueError, match=says.replace("(", r"\(")):
        stats.proportion(*arguments)


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, float("nan"), "0.95", True, [0.9, 0.95]])
def test_impossible_levels_are_named(level):
    with pytest.raises(ValueError, match="level must"):
        stats.proportion(3, 10, level=level)


def test_a_level_in_percent_gets_a_hint():
    with pytest.raises(ValueError, match=r"for 95 % write 0\.95"):
        stats.proportion(3, 10, level=95)


def test_an_unknown_method_lists_the_known_ones():
    with pytest.raises(ValueError, match="one of wilson, agresti_coull, exact; it is 'wald'"):
        stats.proportion(3, 10, method="wald")
