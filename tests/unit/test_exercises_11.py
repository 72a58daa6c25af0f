"""Lesson 11's exercises agree with what the brief does and with a second way to the same numbers."""

from __future__ import annotations

import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from migraine_lab import data, stats
from migraine_lab.practice.brief import questions, together
from migraine_lab.practice.exercises import EXERCISES
from migraine_lab.practice.exercises.lesson_11 import together as beside


def test_studies_that_may_stand_together_are_those_that_a_brief_takes() -> None:
    """For each of the six studies: does the brief take any of its figures of pain freedom beside Croop 2019?"""
    rows = questions.catalogue()
    mine = rows[(rows["study_id"] == "croop2019") & (rows["outcome_id"] == "pain_free")]
    taken = set()
    for study in beside.STUDIES:
        for _, figure in rows[rows["study_id"] == study].groupby("result_id"):
            if not together.why_not_beside(mine, figure):
                taken.add(study)
    assert taken == EXERCISES["11-together"].truth()


def test_people_of_100_are_those_of_statsmodels() -> None:
    stored = pd.read_csv(questions.folder().parent / "results.csv")
    drug, placebo = (
        stored[(stored["study_id"] == "croop2021") & (stored["arm_id"] == arm) & (stored["outcome_id"] == "responder_50")]
        .iloc[0][["events", "n"]].astype(float)
        for arm in ("rimegepant_75", "placebo")
    )  # fmt: skip
    low, high = confint_proportions_2indep(*drug, *placebo, method="newcomb", compare="diff")
    middle = drug["events"] / drug["n"] - placebo["events"] / placebo["n"]
    assert EXERCISES["11-more"].truth() == pytest.approx((100 * middle, 100 * low, 100 * high))


def test_trials_put_together_by_hand_are_a_fixed_effect_of_differences() -> None:
    rows = data.comparisons("acute", "pain_free")
    rows = rows[(rows["treatment_id"] == "rimegepant") & (rows["time"] == "2 h") & (rows["dose"] == "75 mg")]
    counts = (rows[name].to_numpy(float) for name in ("events", "n", "comparator_events", "comparator_n"))
    pooled = stats.pool_counts(*counts, measure="RD", model="fixed")
    assert EXERCISES["11-pooled"].truth() == pytest.approx(100 * float(pooled.estimate))


def test_sources_without_a_number_are_known_by_their_address() -> None:
    sources = data.table("sources").set_index("source_id")
    for source in EXERCISES["11-sources"].truth():
        assert "doi" not in data.bibliography(source)
        assert sources["url"][source].startswith("http")
