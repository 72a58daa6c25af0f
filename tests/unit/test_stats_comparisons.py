"""Two arms compared: against statsmodels, published values and the laws of symmetry."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import norm
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep

from migraine_lab import stats
from migraine_lab.stats.comparisons import HALF_ADDED, METHODS, NO_RATIO

RD_METHODS = METHODS["RD"]


@st.composite
def tables(draw, largest=250):
    n_a, n_b = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return draw(st.integers(0, n_a)), n_a, draw(st.integers(0, n_b)), n_b


def all_small_tables(largest=8):
    return [(a, n, b, m) for n in (1, 3, largest) for m in (2, 5) for a in range(n + 1) for b in range(m + 1)]


def realistic_tables(count=60):
    random = np.random.default_rng(20240206)
    n_a, n_b = random.integers(8, 900, (2, count))
    return list(zip(random.integers(0, n_a + 1), n_a, random.integers(0, n_b + 1), n_b, strict=True))


def likeliest_risks(d, a, n_a, b, n_b):
    """Risks that differ by d and maximise the likelihood: the root of its slope, found numerically."""
    lowest, highest = max(0, -d) + 1e-15, min(1, 1 - d) - 1e-15

    def slope(risk_b):
        risk_a = risk_b + d
        return a / risk_a - (n_a - a) / (1 - risk_a) + b / risk_b - (n_b - b) / (1 - risk_b)

    risk_b = brentq(slope, lowest, highest, xtol=1e-16)
    return risk_b + d, risk_b


def score_limits(a, n_a, b, n_b, z):
    """Miettinen and Nurminen's definition taken literally, without the closed form that the package uses."""
    observed = a / n_a - b / n_b

    def excess(d):
        risk_a, risk_b = likeliest_risks(d, a, n_a, b, n_b)
        variance = risk_a * (1 - risk_a) / n_a + risk_b * (1 - risk_b) / n_b
        return (observed - d) ** 2 - z**2 * variance * (n_a + n_b) / (n_a + n_b - 1)

    return brentq(excess, -1 + 1e-9, observed, xtol=1e-14), brentq(excess, observed, 1 - 1e-9, xtol=1e-14)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_newcombe_agrees_with_statsmodels(level):
    for a, n_a, b, n_b in [*realistic_tables(), *all_small_tables()]:
        ours = stats.compare(a, n_a, b, n_b, level=level)
        theirs = confint_proportions_2indep(a, n_a, b, n_b, method="newcomb", compare="diff", alpha=1 - level)
        assert ours[:3] == pytest.approx((a / n_a - b / n_b, *theirs), abs=1e-9), (a, n_a, b, n_b)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_miettinen_nurminen_agrees_with_its_definition(level):
    """Not with statsmodels 0.15.0, whose cubic has events where the paper has patients (see compare)."""
    for a, n_a, b, n_b in realistic_tables():
        if not (0 < a < n_a and 0 < b < n_b):
            continue  # the slope has no root inside there; the published table below covers the edges
        ours = stats.compare(a, n_a, b, n_b, level=level, method="miettinen_nurminen")
        assert ours[1:3] == pytest.approx(score_limits(a, n_a, b, n_b, norm.isf((1 - level) / 2)), abs=1e-9)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_ratios_agree_with_statsmodels_also_with_zero_cells(level):
    for a, n_a, b, n_b in [*realistic_tables(), *all_small_tables()]:
        cells = np.array([[a, n_a - a], [b, n_b - b]])
        # statsmodels' own rule fills only the empty cell; the rule here fills all four.
        theirs = Table2x2(cells + 0.5 * (cells.min() == 0), shift_zeros=False)
        if a + b > 0:
            ours = stats.compare(a, n_a, b, n_b, measure="RR", level=level)
            wanted = (theirs.riskratio, *theirs.riskratio_confint(alpha=1 - level))
            assert ours[:3] == pytest.approx(wanted, rel=1e-9), cells
        if 0 < a + b < n_a + n_b:
            ours = stats.compare(a, n_a, b, n_b, measure="OR", level=level)
            wanted = (theirs.oddsratio, *theirs.oddsratio_confint(alpha=1 - level))
            assert ours[:3] == pytest.approx(wanted, rel=1e-9), cells


@pytest.mark.parametrize(
    ("table", "newcombe", "miettinen_nurminen"),
    [  # Newcombe, Stat Med 1998;17:873, table II: method 10 and the Miettinen-Nurminen method
        ((56, 70, 48, 80), (0.0524, 0.3339), (0.0528, 0.3382)),
        ((9, 10, 3, 10), (0.1705, 0.8090), (0.1700, 0.8406)),
        ((6, 7, 2, 7), (0.0582, 0.8062), (0.0342, 0.8534)),
        ((5, 56, 0, 29), (-0.0381, 0.1926), (-0.0326, 0.1933)),
        ((0, 10, 0, 20), (-0.1611, 0.2775), (-0.1658, 0.2844)),
        ((0, 10, 0, 10), (-0.2775, 0.2775), (-0.2879, 0.2879)),
        ((10, 10, 0, 20), (0.6791, 1.0000), (0.7156, 1.0000)),
        ((10, 10, 0, 10), (0.6075, 1.0000), (0.6636, 1.0000)),
    ],
)
def test_published_differences(table, newcombe, miettinen_nurminen):
    assert stats.compare(*table)[1:3] == pytest.approx(newcombe, abs=5e-5)
    score = stats.compare(*table, method="miettinen_nurminen")
    assert score[1:3] == pytest.approx(miettinen_nurminen, abs=5e-5)


def test_published_ratios():
    """Aspirin and heart attack, the Physicians' Health Study table in Agresti's textbook."""
    table = (189, 11034, 104, 11037)
    assert stats.compare(*table, measure="RR")[:3] == pytest.approx((1.82, 1.43, 2.31), abs=5e-3)
    assert stats.compare(*table, measure="OR")[:3] == pytest.approx((1.83, 1.44, 2.33), abs=5e-3)


@given(tables(), st.sampled_from(RD_METHODS))
@settings(deadline=None)
def test_swapping_the_arms_turns_the_difference_round(table, method):
    a, n_a, b, n_b = table
    one = stats.compare(a, n_a, b, n_b, method=method)
    other = stats.compare(b, n_b, a, n_a, method=method)
    assert other[:3] == pytest.approx((-one.estimate, -one.high, -one.low), abs=1e-8)


@given(tables(), st.sampled_from(["RR", "OR"]))
def test_swapping_the_arms_inverts_the_ratio(table, measure):
    a, n_a, b, n_b = table
    one = stats.compare(a, n_a, b, n_b, measure=measure)
    other = stats.compare(b, n_b, a, n_a, measure=measure)
    assert other[:3] == pytest.approx((1 / one.estimate, 1 / one.high, 1 / one.low), rel=1e-9, nan_ok=True)


@given(tables(), st.sampled_from(RD_METHODS))
@settings(deadline=None)
def test_counting_those_without_event_turns_difference_and_odds_round(table, method):
    a, n_a, b, n_b = table
    mirrored = (n_a - a, n_a, n_b - b, n_b)
    one, other = stats.compare(*table, method=method), stats.compare(*mirrored, method=method)
    assert other[:3] == pytest.approx((-one.estimate, -one.high, -one.low), abs=1e-8)
    odds, other_odds = stats.compare(*table, measure="OR"), stats.compare(*mirrored, measure="OR")
    assert other_odds.estimate == pytest.approx(1 / odds.estimate, rel=1e-9, nan_ok=True)


@given(tables(), st.sampled_from(RD_METHODS), st.floats(0.5, 0.999))
@settings(deadline=None)
def test_differences_stay_in_bounds_and_hold_the_estimate(table, method, level):
    estimate, low, high, *_ = stats.compare(*table, method=method, level=level)
    assert -1 <= low <= estimate + 1e-12
    assert estimate - 1e-12 <= high <= 1


@given(tables(60), st.integers(2, 6), st.sampled_from(RD_METHODS))
@settings(deadline=None)
def test_more_patients_at_the_same_risks_narrow_the_interval(table, times, method):
    few = stats.compare(*table, method=method)
    many = stats.compare(*(count * times for count in table), method=method)
    assert many.high - many.low < few.high - few.low


@given(tables(), st.sampled_from(["RR", "OR"]))
def test_ratio_interval_holds_one_or_lies_on_the_side_of_the_difference(table, measure):
    result = stats.compare(*table, measure=measure)
    # Half a patient added to very unequal arms can turn the direction (1 of 106 against 0 of 1 does).
    assume(result.zero_cells == "")
    if result.low > 1:
        assert result.difference > 0
    if result.high < 1:
        assert result.difference < 0


ASKED = [*(("RD", method) for method in RD_METHODS), ("RR", None), ("OR", None)]


@given(st.lists(tables(), min_size=1, max_size=5), st.sampled_from(ASKED))
@settings(deadline=None)
def test_arrays_give_what_a_loop_gives(rows, asked):
    measure, method = asked
    together = stats.compare(*np.array(rows).T, measure=measure, method=method)
    for i, row in enumerate(rows):
        alone = stats.compare(*row, measure=measure, method=method)
        for name in stats.Comparison._fields[:11]:
            value = getattr(together, name)[i]
            assert value == pytest.approx(getattr(alone, name), rel=1e-12, abs=1e-12, nan_ok=True), name
        assert together.zero_cells[i] == alone.zero_cells
        assert together.nnt_text()[i] == alone.nnt_text()


def test_leading_axes_broadcast():
    result = stats.compare(np.arange(3)[:, None], 10, np.array([1, 2]), 20, method="miettinen_nurminen")
    assert result.low.shape == result.nnt.shape == result.zero_cells.shape == (3, 2)
    assert result.estimate[2, 1] == pytest.approx(0.2 - 0.1)


def test_single_counts_give_plain_values():
    result = stats.compare(3, 10, 2, 10)
    assert all(type(part) is float for part in result[:11])
    assert (result.zero_cells, result.method, result.crosses_zero) == ("", "newcombe", True)


def test_the_zero_cell_rule_is_recorded():
    result = stats.compare([3, 0, 0, 10], 10, [2, 4, 0, 10], 10, measure="OR")
    assert list(result.zero_cells) == ["", HALF_ADDED, NO_RATIO, NO_RATIO]
    assert list(np.isnan(result.estimate)) == [False, False, True, True]
    assert stats.compare(10, 10, 10, 10, measure="RR").estimate == 1
    assert stats.compare(0, 10, 4, 10).zero_cells == ""


def test_the_difference_and_its_nnt_come_with_every_measure():
    plain, ratio = stats.compare(56, 70, 48, 80), stats.compare(56, 70, 48, 80, measure="OR")
    assert ratio[3:11] == plain[3:11]
    assert plain[:3] == (plain.difference, plain.difference_low, plain.difference_high)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((12, 10, 1, 5), "events_a is 12 but n_a is 10"),
        ((1, 10, 6, 5), "events_b is 6 but n_b is 5"),
        ((1, 10, 1, 0), "n_b is 0: it must be at least 1"),
        ((1, 10, [2, float("nan")], 5), "events_b is nan at position 1"),
        (([1, 2], 10, [1, 2, 3], 5), r"arm a has shape \(2,\) and arm b has shape \(3,\)"),
    ],
)
def test_impossible_counts_name_the_arm(arguments, says):
    with pytest.raises(ValueError, match=says):
        stats.compare(*arguments)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"measure": "HR"}, "measure must be one of RD, RR, OR; it is 'HR'"),
        ({"measure": "RR", "method": "newcombe"}, "method for RR must be one of katz"),
        ({"method": "wald"}, "method for RD must be one of newcombe, miettinen_nurminen"),
        ({"better": "up"}, "better must be one of higher, lower"),
        ({"level": 1.0}, "level must lie between 0 and 1"),
    ],
)
def test_unknown_choices_are_named(options, says):
    with pytest.raises(ValueError, match=says):
        stats.compare(1, 10, 2, 10, **options)
