"""Answers of lesson 03's exercises, reached by another road: the models, and the rows as they are printed."""

from __future__ import annotations

import pandas as pd
import pytest

from migraine_lab import data
from migraine_lab.data import package
from migraine_lab.models import aura
from migraine_lab.practice.exercises import EXERCISES
from migraine_lab.practice.exercises.lesson_03.finished import finished_of_enrolled


def test_magnification_is_that_of_the_model() -> None:
    assert EXERCISES["03-magnification"].truth() == pytest.approx(aura.magnification([1, 30]))


def test_crossing_times_are_those_of_the_model_on_the_other_map() -> None:
    expected = [aura.crossing_minutes(1, 60, speed, source="dougherty2003") for speed in (9, 2)]
    assert EXERCISES["03-crossing"].truth() == pytest.approx(expected)


def test_the_potassium_speed_is_that_of_the_model() -> None:
    assert EXERCISES["03-potassium"].truth() == pytest.approx(float(aura.threshold_speed()))


def test_who_finished_is_read_from_a_note_that_agrees_with_the_count_of_the_enrolled() -> None:
    finished, enrolled = finished_of_enrolled()
    studies = pd.read_csv(package.root() / "studies.csv").set_index("study_id")
    assert enrolled == studies.at["afridi2013", "n_enrolled"]
    # The risk-of-bias row counts the others: "12 of 30 randomised not analysed".
    quality = data.table("quality").query("study_id == 'afridi2013'")["note"].iloc[0]
    assert quality.startswith(f"{enrolled - finished} of {enrolled} ")
