"""Simulated attacks: every published percentage comes back within sampling error, by the name of its source."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from migraine_lab import data
from migraine_lab.models import attack
from migraine_lab.models import attack_figures as figures

N = 100_000
SIGMAS = 4.0
ROUNDED = 0.5
"""Percentage points that a share printed as a whole number may be off; shares of EHF 2018 add up to 99 to 101."""


def drawn(**sources: str) -> tuple[attack.Parameters, attack.Attacks]:
    chosen = attack.parameters(**sources)
    return chosen, attack.draw(N, 20, chosen)


def assert_share(found: np.ndarray, percent: float, slack: float = 0.0) -> None:
    """Hold a share of draws to a printed percentage, within ``SIGMAS`` standard errors (and ``slack`` points)."""
    error = 100 * np.sqrt(percent / 100 * (1 - percent / 100) / len(found))
    assert 100 * found.mean() == pytest.approx(percent, abs=SIGMAS * error + slack)


def durations(attacks: attack.Attacks, phase: str) -> np.ndarray:
    start, end = attacks.span(phase)
    return (end - start)[np.isfinite(start)]


# -- what the sources print --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("source", figures.PRODROME_BANDS)
def test_prodrome_bands(source: str) -> None:
    chosen, attacks = drawn(prodrome=source)
    assert {band.source_id for band in chosen.prodrome_bands} == {source}
    assert_bands(durations(attacks, "prodrome"), chosen.prodrome_bands)


@pytest.mark.parametrize("source", figures.POSTDROME_BANDS)
def test_postdrome_bands(source: str) -> None:
    chosen, attacks = drawn(postdrome=source)
    assert_bands(durations(attacks, "postdrome"), chosen.postdrome_bands)


def test_headache_bands_of_ehf2018() -> None:
    chosen, attacks = drawn()
    assert {band.source_id for band in chosen.headache_bands} == {"ehf2018_p65"}
    assert_bands(durations(attacks, "headache"), chosen.headache_bands)
    assert durations(attacks, "headache").max() <= 72


def assert_bands(hours: np.ndarray, bands: figures.Bands) -> None:
    whole = sum(band.value for band in bands)
    for band in bands:
        assert_share((hours >= band.low) & (hours < band.high), 100 * band.value / whole)
    assert hours.min() >= 0 and hours.max() <= bands[-1].high


@pytest.mark.parametrize("source", figures.PRODROME_SHARES)
def test_share_with_a_prodrome(source: str) -> None:
    _, attacks = drawn(prodrome_share=source)
    row = data.fact("symptoms", figures.PRODROME_SHARES[source])
    assert_share(np.isfinite(attacks.prodrome_start), row["percent"])


@pytest.mark.parametrize("source", figures.POSTDROME_SHARES)
def test_share_with_a_postdrome(source: str) -> None:
    _, attacks = drawn(postdrome_share=source)
    row = data.fact("symptoms", figures.POSTDROME_SHARES[source])
    assert_share(np.isfinite(attacks.postdrome_start), row["percent"], slack=0.05)


def test_survey_shares_of_everybody_come_back_as_printed() -> None:
    """EHF 2018 gives its bands of all people, with and without the phase."""
    chosen, attacks = drawn(prodrome="ehf2018_p65")
    hours = attacks.prodrome_end - attacks.prodrome_start
    for band in chosen.prodrome_bands:
        assert_share((hours >= band.low) & (hours < band.high), band.value, slack=2 * ROUNDED)


@pytest.mark.parametrize("source", figures.AURA_SHARES)
def test_share_with_aura(source: str) -> None:
    _, attacks = drawn(aura=source)
    row = data.fact("epidemiology", figures.AURA_SHARES[source])
    assert_share(np.isfinite(attacks.aura_start), row["value"])


@pytest.mark.parametrize("symptom", figures.AURA_SYMPTOMS)
def test_aura_durations_of_viana2016(symptom: str) -> None:
    _, attacks = drawn(aura_symptom=symptom)
    minutes = 60 * durations(attacks, "aura")
    median = data.fact("timing", f"viana2016_aura_symptom_duration_median_{symptom}")["value"]
    beyond = data.fact("timing", f"viana2016_aura_symptom_longer_than_1_h_{symptom}")["value"]
    assert_share(minutes > median, 50)
    assert_share(minutes > 60, beyond)


def test_relation_of_headache_to_aura_of_viana2016() -> None:
    _, attacks = drawn()
    related = attacks.relation[~np.isin(attacks.relation, ["", "no headache"])]
    start, end = attacks.span("aura")
    both = np.isfinite(start) & np.isfinite(attacks.headache_start)
    start, end = start[both], end[both]
    hours = {  # seen from the hours alone, not from the label
        "before": start > 0,
        "with": start == 0,
        "during": (start < 0) & (end > 1e-12),
        "at the end": np.abs(end) <= 1e-12,
        "after": end < -1e-12,
    }
    for name, row_id in figures.RELATIONS.items():
        printed = data.fact("timing", row_id)["value"]
        assert_share(related == name, printed)
        assert_share(hours[name], printed)
    assert sum(inside.sum() for inside in hours.values()) == both.sum()


def test_free_interval_of_queiroz1997_and_the_hour_of_ichd3() -> None:
    _, attacks = drawn()
    gap = -60 * attacks.aura_end[attacks.relation == "after"]
    row = data.fact("timing", "queiroz1997_free_interval_between_end_of_aura_and_headache")
    assert_share(gap < row["band_high"], row["value"])
    assert gap.max() <= data.fact("timing", "ichd3_headache_follows_aura_within_criterion")["value"]


def test_aura_without_headache_as_in_the_reform_registry() -> None:
    _, attacks = drawn()
    with_aura = np.isfinite(attacks.aura_start)
    row = data.fact("symptoms", "headache_reform_aura2024_headache_in_relation_to_aura")
    assert_share(np.isfinite(attacks.headache_start[with_aura]), 100 * row["events"] / row["n"])
    assert np.isfinite(attacks.headache_start[~with_aura]).all()


def test_time_to_the_worst_pain() -> None:
    _, attacks = drawn()
    long = attacks.headache_end >= 4  # in shorter ones the peak may have to come earlier
    median = data.fact("timing", "dodick_neurotorium_time_to_peak_headache_median")["value"]
    assert_share(attacks.headache_peak[long] > median, 50)
    pained = np.isfinite(attacks.headache_start)
    assert (attacks.headache_peak[pained] < attacks.headache_end[pained]).all()


# -- how it behaves ----------------------------------------------------------------------------------------------------
def test_one_seed_gives_one_attack_however_many_are_drawn() -> None:
    few, many = attack.draw(3, 7), attack.draw(500, 7)
    for phase in attack.PHASES:
        for one, all_of_them in zip(few.span(phase), many.span(phase), strict=True):
            np.testing.assert_array_equal(one, all_of_them[:3])
    other = attack.draw(3, 8)
    assert not np.array_equal(few.headache_end, other.headache_end)


def test_phases_may_be_absent_and_may_overlap() -> None:
    attacks = attack.draw(2_000, 1)
    for phase in attack.PHASES:
        start, end = attacks.span(phase)
        assert 0 < np.isnan(start).sum() < len(attacks), phase
        np.testing.assert_array_equal(np.isnan(start), np.isnan(end))
    inside = attack.present(attacks, np.arange(-2, 2, 0.05))
    assert (inside["aura"] & inside["headache"]).any()
    assert not (inside["prodrome"] & inside["aura"]).any(), "the prodrome ends where the aura begins"


def test_present_counts_what_the_hours_say() -> None:
    attacks = attack.draw(300, 3)
    inside = attack.present(attacks, 2.0)
    assert inside["headache"].shape == (300,)
    expected = [start <= 2 < end for start, end in zip(*attacks.span("headache"), strict=True)]
    assert inside["headache"].tolist() == expected
    matrix = attack.present(attacks, [-30, 0, 2])
    assert matrix["headache"].shape == (300, 3)
    assert not matrix["headache"][:, 0].any()
    np.testing.assert_array_equal(matrix["headache"][:, 2], inside["headache"])
    anything = np.logical_or.reduce([matrix[phase] for phase in attack.PHASES])
    np.testing.assert_array_equal(matrix["interictal"], ~anything)
    assert attack.share(attacks, 2.0)["headache"] == pytest.approx(np.mean(expected))


def test_table_has_a_row_an_attack_and_phase() -> None:
    attacks = attack.draw(50, 2)
    rows = attack.table(attacks)
    assert len(rows) == 50 * len(attack.PHASES)
    assert rows["attack"].tolist()[:5] == [1, 1, 1, 1, 2]
    assert rows.loc[rows["phase"] == "headache", "duration_h"].to_numpy() == pytest.approx(
        attacks.headache_end, nan_ok=True
    )
    assert (rows["present"] == rows["duration_h"].notna()).all()


def test_pain_rises_to_its_worst_and_falls() -> None:
    attacks = attack.draw(200, 5)
    pained = np.flatnonzero(np.isfinite(attacks.headache_start))
    hours = np.linspace(-5, 80, 1701)
    curve = attack.pain(attacks, hours)
    assert curve.shape == (200, 1701)
    assert (curve >= 0).all() and (curve <= 1).all()
    assert (curve[:, hours <= 0] == 0).all()
    assert not curve[np.isnan(attacks.headache_start)].any()
    one = pained[0]
    at_peak = attack.pain(attacks, attacks.headache_peak[one])[one]
    assert at_peak == pytest.approx(1)
    rising = curve[one, (hours > 0) & (hours < attacks.headache_peak[one])]
    falling = curve[one, (hours > attacks.headache_peak[one]) & (hours < attacks.headache_end[one])]
    assert (np.diff(rising) > 0).all() and (np.diff(falling) < 0).all()
    mild = attack.mild_until(attacks)
    assert attack.pain(attacks, mild[one])[one] == pytest.approx(attack.MILD)
    assert mild[one] < attacks.headache_peak[one]


def test_every_figure_names_its_row_and_its_source() -> None:
    known = set(data.table("sources")["source_id"])
    for prodrome, postdrome in product(figures.PRODROME_BANDS, figures.POSTDROME_BANDS):
        rows = attack.parameters(prodrome, postdrome).table()
        assert set(rows["source_id"]) <= known
        for row in rows[rows["table"] != ""].itertuples():
            there = data.fact(row.table, row.row_id)
            printed = there["percent"] if row.table == "symptoms" else there["value"]
            assert row.value == pytest.approx(printed, abs=0.05), row.row_id
            assert row.source_id == there["source_id"]
        unnamed = rows[rows["table"] == ""]
        assert set(unnamed["quantity"]) <= {"what the printed bands leave over (worked out)"}


def test_bands_join_without_gap() -> None:
    for prodrome, postdrome in product(figures.PRODROME_BANDS, figures.POSTDROME_BANDS):
        chosen = attack.parameters(prodrome, postdrome)
        for bands in (chosen.prodrome_bands, chosen.headache_bands, chosen.postdrome_bands):
            assert bands[0].low == 0
            assert [band.high for band in bands[:-1]] == [band.low for band in bands[1:]]


# -- impossible input --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("n", "seed"), [(0, 1), (-3, 1), (2.5, 1), (True, 1), (1, -1), (1, 0.5)])
def test_impossible_numbers_are_named(n: object, seed: object) -> None:
    with pytest.raises(ValueError, match="must be a whole number of at least"):
        attack.draw(n, seed)  # type: ignore[arg-type]


@pytest.mark.parametrize("hours", [np.nan, np.inf, [0, np.nan]])
def test_hours_must_be_finite(hours: object) -> None:
    attacks = attack.draw(2, 1)
    for function in (attack.present, attack.share, attack.pain):
        with pytest.raises(ValueError, match="finite"):
            function(attacks, hours)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["prodrome", "postdrome", "aura", "aura_symptom", "prodrome_share", "postdrome_share"]
)
def test_an_unknown_source_is_named_with_what_there_is(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} has no choice 'nobody1999'; there are:"):
        attack.parameters(**{name: "nobody1999"})


def test_impossible_figures_are_named() -> None:
    plain = attack.parameters()
    bad = {
        "share from 0 to 100": replace(plain, aura_share=replace(plain.aura_share, value=131)),
        "above zero": replace(plain, headache_peak_median=replace(plain.headache_peak_median, value=0)),
        "no curve has": replace(plain, aura_median=replace(plain.aura_median, value=75)),
        "at least one share": replace(
            plain, headache_bands=tuple(replace(band, value=0) for band in plain.headache_bands)
        ),
        "lower end": replace(
            plain, prodrome_bands=tuple(replace(band, high=band.low) for band in plain.prodrome_bands)
        ),
    }
    for words, chosen in bad.items():
        with pytest.raises(ValueError, match=words):
            attack.draw(10, 1, chosen)
    with pytest.raises(ValueError, match="there is no phase"):
        attack.draw(1, 1).span("interictal")
