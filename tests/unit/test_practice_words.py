"""Numbers in words, and prose filled from the data."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migraine_lab import data
from migraine_lab.practice import words

ROW = pd.Series(
    {"events": 48, "n": 61, "percent": 77.0, "time_value": 5.0, "time_unit": "d", "label": "Ketamine"}
)
BARE = pd.Series({"events": pd.NA, "n": np.nan, "percent": 40.0, "time_value": np.nan, "time_unit": ""})


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{row}", "48 of 61 (79 %)"),
        ("{row:percent}", "79 %"),
        ("{row:count}", "48 of 61"),
        ("{row:printed}", "77 %"),
        ("{row:n}", "61"),
        ("{row:label}", "Ketamine"),
        ("{row:when}", "5 days"),
        ("{bare}", "40 % (count not printed)"),
        ("{bare:percent}", "40 %"),
        ("{bare:when}", "at a time not stated"),
        ("{x}", "10"),
        ("{x:.1f}", "10.4"),
        ("{x:percent}", "10 %"),
        ("{y}", "0.26"),
        ("{name}", "STRIVE"),
        ("{z}", "−2"),
        ("{k}", "7"),
    ],
)
def test_values_in_prose(template: str, text: str) -> None:
    given = {"row": ROW, "bare": BARE, "x": 10.4, "y": 0.258, "z": -2.0, "name": "STRIVE", "k": np.int64(7)}
    assert words.fill(template, **given) == text


def test_a_value_that_was_not_given_is_named() -> None:
    with pytest.raises(KeyError, match=r"asks for \{there\}, which was not given; given: here"):
        words.fill("{there}", here=1)


def test_a_spec_that_a_row_does_not_have_is_named() -> None:
    with pytest.raises(ValueError, match="cannot be written as 'median'"):
        words.fill("{row:median}", row=ROW)


def test_an_address_is_looked_up_in_the_data() -> None:
    row = data.result("pomeroy2017", "ketamine_iv", "sustained_2_points")
    text = words.fill("{row:count}", row=("pomeroy2017", "ketamine_iv", "sustained_2_points"))
    assert text == f"{row['events']} of {row['n']}"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1, "h", "1 hour"),
        (2, "h", "2 hours"),
        (38.1, "d", "38 days"),
        (4.8, "d", "4.8 days"),
        (6, "mo", "6 months"),
    ],
)
def test_times(value: float, unit: str, text: str) -> None:
    assert words.when({"time_value": value, "time_unit": unit}) == text


@given(st.floats(0, 100))
def test_a_percentage_that_is_not_nothing_never_reads_as_nothing(value: float) -> None:
    text = words.percent(value)
    assert text.endswith(" %")
    if 0.05 <= value <= 99.9:
        assert text not in ("0 %", "0.0 %", "100 %", "100.0 %")


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_rate_never_goes_without_its_count(events: int, n: int) -> None:
    events = min(events, n)
    text = words.rate({"events": events, "n": n, "percent": math.nan})
    assert text.startswith(f"{events} of {n} (")


def test_prose_is_shown_as_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(words, "display", shown.append)
    words.tell("On it {row}.", row=ROW)
    assert shown[0].data == "On it 48 of 61 (79 %)."


def test_a_row_of_one_figure_reads_with_its_unit() -> None:
    speed = data.fact("spreading_depression", "hadjikhani2001_velocity_human_aura_fmri_bold_during_visual")
    assert words.fill("{row}", row=speed) == "3.5 mm/min"
    window = ("timing", "ichd3_duration_of_each_aura_symptom_diagnostic_range")
    assert words.fill("{row} {row:range}", row=window) == "5 to 60 min 5 to 60 min"
    assert words.fill("{row:value}", row=window) == "a figure not printed"
    share = ("epidemiology", "cameo2015_share_of_people_with_migraine_who_have_15")
    assert words.fill("{row} of {row:n}", row=share) == "8.8 % of 16789"
    assert words.share(words.look_up(share)) == 8.8
    symptom = words.fill("{row}", row=("symptoms", "prodrome_giffin2003_stiff_neck"))
    assert symptom == "50 % (count not printed)"


def test_a_fact_that_is_not_there_names_its_neighbours() -> None:
    with pytest.raises(KeyError, match="timing has no row 'viana2016_nothing'; there are: viana2016_aura"):
        data.fact("timing", "viana2016_nothing")
