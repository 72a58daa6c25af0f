"""Months of many people: published shares come back, nothing turns into a response rate, and refusals name their reason."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats as scipy_stats

from migraine_lab import data
from migraine_lab.models import diary

DRAWS = 100_000
MANY = 4.5
"""Standard errors that a simulated share may be away from the published one: once in 150 000 tests by chance."""


def near(share: float, expected: float, n: int = DRAWS) -> bool:
    """Whether a simulated share lies within sampling error of the one it should be."""
    return abs(share - expected) < MANY * np.sqrt(expected * (1 - expected) / n)


def in_band(days: np.ndarray, band: diary.Band) -> np.ndarray:
    low, high = band.edges
    return (days >= low) & (days <= high)


# -- parameters ----------------------------------------------------------------------------------------------------
def test_every_parameter_names_the_row_it_was_read_from() -> None:
    for source in ("overcome_eu2023", "ampp_mhd4"):
        found = diary.parameters(source)
        assert {row.split("_monthly")[0] for row, _ in found.rows} >= {source}
        for row, source_id in found.rows:
            assert data.fact("timing", row)["source_id"] == source_id


def test_another_source_is_refused() -> None:
    with pytest.raises(ValueError, match="overcome_eu2023, ampp_mhd4"):
        diary.parameters("elsewhere")


# -- published figures come back -----------------------------------------------------------------------------------
@pytest.mark.parametrize("source", ["overcome_eu2023", "ampp_mhd4"])
def test_shares_of_the_bands_are_those_of_the_source(source: str) -> None:
    settings = diary.parameters(source)
    days = diary.means(DRAWS, 1, settings)
    timing = data.table("timing")
    rows = timing[timing["timing_id"].str.startswith(f"{source}_monthly_headache_days_share")]
    printed = rows["value"] / rows["value"].sum()
    assert len(settings.bands) == len(rows) == 4
    for band, share in zip(settings.bands, printed, strict=True):
        assert near(in_band(days, band).mean(), share), band.name


def test_means_and_spreads_within_the_bands_are_those_of_overcome_eu2023() -> None:
    days = diary.means(DRAWS, 2)
    for band in diary.parameters().bands:
        inside = days[in_band(days, band)]
        assert inside.mean() == pytest.approx(band.mean, abs=MANY * band.sd / np.sqrt(len(inside)))
        assert inside.std() == pytest.approx(band.sd, rel=MANY / np.sqrt(len(inside)))


def test_overall_mean_is_that_of_overcome_eu2023_though_no_parameter_was_fitted_to_it() -> None:
    row = data.fact("timing", "overcome_eu2023_monthly_headache_days_mean_overall")
    days = diary.months(DRAWS, 1, 3)
    assert days.mean() == pytest.approx(row["value"], abs=0.1)  # printed to one decimal, bands rounded
    assert diary.means(DRAWS, 3).std() == pytest.approx(row["spread"], abs=0.2)


def registry(seed: int, settings: diary.Parameters | None = None) -> np.ndarray:
    """Two months each of people like the registry's: its daily share, the rest in equal parts at its other states."""
    states = [
        data.fact("timing", f"hmm2024_hidden_markov_state_{one}_mean_monthly_headache_days")["value"]
        for one in (1, 2, 3, 4)
    ]
    daily = data.fact("timing", "hmm2024_months_with_daily_headache")["value"] / 100
    usual = np.random.default_rng(seed).choice(states, DRAWS, p=[(1 - daily) / 3] * 3 + [daily])
    return diary.months(DRAWS, 2, seed, settings, means=usual)


def test_month_to_month_changes_of_0_or_1_day_are_those_of_hmm2024() -> None:
    two = registry(4)
    share = (np.abs(two[:, 1] - two[:, 0]) <= 1).mean()
    assert near(share, data.fact("timing", "hmm2024_month_to_month_changes_of_0_or_1_day")["value"] / 100)


def test_scatter_within_the_first_two_states_is_that_of_hmm2024_though_it_was_not_fitted() -> None:
    for state in (1, 2):
        row = data.fact("timing", f"hmm2024_hidden_markov_state_{state}_mean_monthly_headache_days")
        month = diary.months(DRAWS, 1, 5, means=np.full(DRAWS, row["value"]))
        low, high = np.percentile(month, [2.5, 97.5])
        assert abs(low - row["low"]) <= 1
        assert abs(high - row["high"]) <= 1


def test_moves_across_the_15_day_line_stay_behind_hmm2024_as_the_docstring_admits() -> None:
    two = registry(6)
    share = ((two[:, 0] >= 15) != (two[:, 1] >= 15)).mean()
    published = data.fact("timing", "hmm2024_month_to_month_moves_across_the_15_day_line")["value"] / 100
    assert 0.4 * published < share < 0.6 * published
    assert "half of the registry's moves across the 15-day line" in " ".join(diary.parameters.__doc__.split())


def test_a_months_count_is_beta_binomial() -> None:
    settings = diary.parameters()
    chance, size = 10 / diary.DAYS, (1 - settings.scatter) / settings.scatter
    counts = np.bincount(
        diary.months(DRAWS, 1, 7, means=np.full(DRAWS, 10.0))[:, 0], minlength=diary.DAYS + 1
    )
    expected = DRAWS * scipy_stats.betabinom.pmf(
        np.arange(diary.DAYS + 1), diary.DAYS, chance * size, (1 - chance) * size
    )
    some = expected > 5
    assert (
        scipy_stats.chisquare(counts[some], expected[some] * counts[some].sum() / expected[some].sum()).pvalue
        > 1e-4
    )


# -- months --------------------------------------------------------------------------------------------------------
def test_months_are_whole_days_seeded_and_within_a_month() -> None:
    one = diary.months(500, 6, 1)
    assert one.shape == (500, 6)
    assert one.dtype.kind == "i"
    assert one.min() >= 0 and one.max() <= diary.DAYS
    np.testing.assert_array_equal(one, diary.months(500, 6, 1))
    assert (one != diary.months(500, 6, 2)).any()


def test_treatment_prevents_its_share_of_days_and_touches_nothing_before_it() -> None:
    bare = diary.months(DRAWS // 10, 6, 8)
    given = diary.months(DRAWS // 10, 6, 8, effect=0.4, placebo=0.25, from_month=3)
    np.testing.assert_array_equal(bare[:, :3], given[:, :3])
    assert (given <= bare).all()
    days = int(bare[:, 3:].sum())
    assert near(given[:, 3:].sum() / days, 0.75 * 0.6, days)


def test_arms_of_one_call_are_those_of_separate_calls_before_treatment() -> None:
    arm = np.arange(900) % 3
    given = diary.months(
        900, 4, 9, effect=np.where(arm == 2, 0.5, 0), placebo=np.where(arm > 0, 0.2, 0), from_month=2
    )
    bare = diary.months(900, 4, 9)
    np.testing.assert_array_equal(given[arm == 0], bare[arm == 0])
    np.testing.assert_array_equal(given[:, :2], bare[:, :2])
    assert given[arm == 2, 2:].mean() < given[arm == 1, 2:].mean() < bare[:, 2:].mean()


def test_a_band_by_name_keeps_people_within_it() -> None:
    band = diary.parameters().bands[1]
    assert in_band(diary.means(1000, 1, usual=band.name), band).all()
    both = diary.means(1000, 1, usual=[one.name for one in diary.parameters().bands[1:3]])
    assert both.min() >= band.edges[0] and both.max() > band.edges[1]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"people": 0}, "people"),
        ({"months": 1.5}, "months"),
        ({"effect": 1.2}, "effect"),
        ({"effect": [0.1, 0.2]}, "effect"),
        ({"placebo": -0.1}, "placebo"),
        ({"placebo": float("nan")}, "placebo"),
        ({"from_month": 4}, "from_month"),
        ({"usual": "5-6"}, "usual"),
        ({"usual": []}, "usual"),
        ({"means": [1.0]}, "means"),
        ({"means": [1.0, 2.0, 3.0, 4.0, 29.0]}, "means"),
    ],
)
def test_impossible_months_are_refused_by_name(wrong: dict, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        diary.months(**{"people": 5, "months": 3, "seed": 1} | wrong)


# -- responders ----------------------------------------------------------------------------------------------------
def by_hand(months: np.ndarray, baseline: int, follow_up: int, line: float) -> tuple[int, int]:
    """Enrolled and halved, person by person, in whole numbers."""
    n = events = 0
    for person in months.tolist():
        before, after = sum(person[:baseline]), sum(person[len(person) - follow_up :])
        if before >= line * baseline:
            n += 1
            events += 2 * after * baseline <= before * follow_up
    return n, events


@pytest.mark.parametrize(("baseline", "follow_up", "line"), [(1, 1, 8), (3, 1, 6), (2, 3, 4), (3, 3, 1)])
def test_responders_are_those_counted_person_by_person(baseline: int, follow_up: int, line: float) -> None:
    months = diary.months(3000, 7, 10)
    found = diary.responders(months, baseline, follow_up, line)
    assert (found.n, found.events) == by_hand(months, baseline, follow_up, line)
    assert found.percent == pytest.approx(100 * found.events / found.n)
    n, events = diary.by_threshold(months, baseline, follow_up, [line, line + 2])
    assert (n[0], events[0]) == (found.n, found.events)
    assert (n[1], events[1]) == by_hand(months, baseline, follow_up, line + 2)


def rates(usual: str | None, baseline: int, lines: list[int]) -> list[float]:
    months = diary.months(DRAWS, baseline + 3, 11, usual=usual)
    return [diary.responders(months, baseline, 3, line).percent for line in lines]


@pytest.mark.parametrize(
    ("usual", "lines"), [("0-3", [1, 3, 5, 7]), ("4-7", [4, 6, 8, 10, 12]), ("8-14", [8, 12, 16, 18])]
)
def test_with_no_effect_responders_grow_with_the_threshold_among_people_alike(
    usual: str, lines: list[int]
) -> None:
    """The independent count: numpy draws of its own, from the same published band, each day drawn by itself."""
    found = rates(usual, 1, lines)
    assert all(np.diff(found) > 1), found
    settings, random = diary.parameters(), np.random.default_rng(99)
    band = next(one for one in settings.bands if one.name == usual)
    low, high = band.edges
    middle, spread = (band.mean - low) / (high - low), (band.sd / (high - low)) ** 2
    size, days = middle * (1 - middle) / spread - 1, 1 / settings.scatter - 1
    chance = (low + (high - low) * random.beta(middle * size, (1 - middle) * size, (DRAWS, 1))) / diary.DAYS
    chance = np.clip(chance, 1e-4, 1 - 1e-4)
    daily = random.beta(chance * days, (1 - chance) * days, (DRAWS, 4))
    months = (random.random((diary.DAYS, DRAWS, 4)) < daily).sum(axis=0)
    for line, percent in zip(lines, found, strict=True):
        enrolled = months[months[:, 0] >= line]
        share = (2 * enrolled[:, 1:].mean(axis=1) <= enrolled[:, 0]).mean()
        assert abs(share - percent / 100) < MANY * np.sqrt(2 * share * (1 - share) / len(enrolled)), line


@pytest.mark.parametrize("line", [6, 8, 10])
def test_with_no_effect_responders_shrink_with_longer_baselines(line: int) -> None:
    found = [rates("4-7", baseline, [line])[0] for baseline in (1, 2, 4)]
    assert all(np.diff(found) < -2), found


def test_among_everybody_a_high_threshold_finds_people_who_are_always_high() -> None:
    found = rates(None, 1, [4, 8, 12, 16])
    assert all(np.diff(found) < 0), found


def test_with_no_effect_placebo_and_drug_part_by_chance_alone() -> None:
    months = diary.months(DRAWS, 2, 12, usual="4-7")
    found = diary.responders(months, 1, 1, 8)
    halves = [found.responded[found.enrolled & (np.arange(DRAWS) % 2 == one)].mean() for one in (0, 1)]
    assert abs(halves[0] - halves[1]) < MANY * np.sqrt(0.5 / found.n * 2)
    drug = diary.responders(diary.months(DRAWS, 2, 12, usual="4-7", effect=0.3), 1, 1, 8)
    assert drug.n == found.n
    assert drug.percent > found.percent + 10


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"months": [1, 2, 3]}, "months"),
        ({"baseline": 0}, "baseline"),
        ({"follow_up": 0.5}, "follow_up"),
        ({"baseline": 3}, "3 months before"),
        ({"enrol_at_least": 0}, "enrol_at_least"),
        ({"enrol_at_least": float("nan")}, "enrol_at_least"),
        ({"fall": 0}, "fall"),
        ({"fall": 1.1}, "fall"),
    ],
)
def test_impossible_counts_are_refused_by_name(wrong: dict, named: str) -> None:
    start = {"months": np.ones((4, 3)), "baseline": 1, "follow_up": 1, "enrol_at_least": 1}
    with pytest.raises(ValueError, match=named):
        diary.responders(**start | wrong)


def test_nobody_enrolled_has_no_percentage() -> None:
    assert np.isnan(diary.responders(np.ones((4, 3)), 1, 1, 5).percent)
