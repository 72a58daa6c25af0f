"""Lesson 07 held to the files by other roads: its guesses, its exercises and its quiz."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq
from scipy.stats import norm
from statsmodels.stats.meta_analysis import effectsize_2proportions

from migraine_lab import explore, practice
from migraine_lab.data import package
from migraine_lab.practice import questions
from migraine_lab.practice.exercises import EXERCISES
from migraine_lab.practice.exercises.lesson_07.rows import antibodies, pooled
from tests.unit.notebook_files import NOTEBOOKS, read, tags

# Trials of CGRP antibodies with migraine days halved at 12 weeks or 3 months: the arms of each.
ANTIBODIES = {
    "ashina2020": ("eptinezumab_30", "eptinezumab_100", "eptinezumab_300"),
    "detke2018": ("galcanezumab_120", "galcanezumab_240"),
    "dodick2018arise": ("erenumab_70",),
    "dodick2018halo": ("monthly", "quarterly"),
    "reuter2018": ("erenumab_140",),
    "sakai2021_fremanezumab": ("fremanezumab_monthly", "fremanezumab_quarterly"),
    "yu2022": ("erenumab_70",),
}
ATOGEPANT = {"ailani2021": ("atogepant_60",), "tassorelli2024": ("atogepant_60",)}


def stored(table: str) -> pd.DataFrame:
    """A table straight from its CSV file."""
    return pd.read_csv(package.root() / f"{table}.csv", keep_default_na=False)


def counts(study: str, arms: tuple[str, ...], times: tuple[str, ...] = ("12 wk", "3 mo")) -> list[float]:
    """Responders and people of some arms together, and of their placebo."""
    rows = stored("results").query("study_id == @study and outcome_id == 'responder_50'")
    rows = rows[(rows["time_value"].astype(str) + " " + rows["time_unit"]).isin(times)].set_index("arm_id")
    assert rows.index.is_unique
    return [
        rows.loc[list(some), column].astype(float).sum()
        for some in (arms, ("placebo",))
        for column in ("events", "n")
    ]


def logs(trials: dict[str, tuple[str, ...]]) -> tuple[Any, Any]:
    columns = np.array([counts(study, arms) for study, arms in trials.items()]).T
    return effectsize_2proportions(*columns, statistic="risk-ratio")


def guesses(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each prediction of the notebook takes for the truth."""
    found: dict[str, Any] = {}

    def keep(question_id: str, prompt: str, **given: Any) -> None:
        truth = given.get("truth")
        found[question_id] = truth() if callable(truth) else truth

    notebook = read(next(path for path in NOTEBOOKS if path.stem.startswith("07")))
    space: dict[str, Any] = {}
    exec(next(cell.source for cell in notebook.cells if "setup" in tags(cell)), space)
    monkeypatch.setattr(practice, "Predict", keep)
    for cell in notebook.cells:
        if "predict" in tags(cell):
            exec(cell.source, dict(space))
    return found


def test_guesses_are_answered_by_the_tables_and_by_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    found = guesses(monkeypatch)
    # Power of two proportions by the normal formula (common variance under no effect), for the large trial's rates.
    rows = (
        stored("results").query("study_id == 'croop2019' and outcome_id == 'pain_free'").set_index("arm_id")
    )
    rows = rows[rows["time_value"].astype(str) == "2"]
    drug, placebo = (
        float(rows.at[arm, "events"]) / float(rows.at[arm, "n"]) for arm in ("rimegepant_75", "placebo")
    )
    mean = (drug + placebo) / 2
    under_none, under_gain = (2 * mean * (1 - mean), drug * (1 - drug) + placebo * (1 - placebo))
    reach = ((drug - placebo) * np.sqrt(50) - 1.96 * np.sqrt(under_none)) / np.sqrt(under_gain)
    assert found["07-power"] == pytest.approx(100 * norm.cdf(reach), abs=4)
    # A drug that does nothing must be ahead by 1.96 standard errors to be printed.
    assert found["07-drawer"] > 100 * 1.96 * np.sqrt(2 * placebo * (1 - placebo) / 50)
    better, treated, better_too, compared = counts("dodick2010", ("onabot",), ("24 wk",))
    assert found["07-framing"] == pytest.approx(5 * (better / treated / (better_too / compared) - 1))
    assert found["07-dropout"] == ("reuter2022b", "topiramate", "responder_50", "24 wk")
    assert found["07-next"].startswith("possibly outside")
    overall = stored("quality")["overall"]
    assert found["07-bent"] == pytest.approx(100 * (overall == "high").sum() / (overall != "na").sum())


def random_effects(effect: Any, variance: Any) -> tuple[float, float, float]:
    """Mean, its standard error and tau2 by Paule and Mandel, the root found by bisection.

    (combine_effects with method_re="iterated" gives up at tau2 = 0 for one of these sets.)
    """

    def mean(tau2: float) -> float:
        return float(np.average(effect, weights=1 / (variance + tau2)))

    def missing(tau2: float) -> float:
        return float(((effect - mean(tau2)) ** 2 / (variance + tau2)).sum() - (len(effect) - 1))

    tau2 = brentq(missing, 0, 10, xtol=1e-14)
    return mean(tau2), float(np.sqrt(1 / (1 / (variance + tau2)).sum())), tau2


def test_the_range_of_a_further_group_reaches_below_one_while_the_mean_does_not() -> None:
    mean, error, tau2 = random_effects(*logs(ANTIBODIES))
    assert mean - 1.96 * error > 0 > mean - 1.96 * np.sqrt(tau2 + error**2)


def test_two_trials_pooled_by_hand() -> None:
    effect, variance = logs(ATOGEPANT)
    weight = 1 / variance
    assert EXERCISES["07-pool"].truth() == pytest.approx(np.exp((weight * effect).sum() / weight.sum()))


def test_each_trial_left_out_by_another_road() -> None:
    effect, variance = logs(ANTIBODIES)
    without = [
        np.exp(random_effects(np.delete(effect, place), np.delete(variance, place))[0])
        for place in range(len(effect))
    ]
    assert EXERCISES["07-leave"].truth() == pytest.approx((min(without), max(without)), abs=1e-9)


def test_numbers_asked_for_are_those_of_the_tables() -> None:
    drug, on_drug, placebo, on_placebo = counts("dodick2010", ("onabot",), ("24 wk",))
    gain = drug / on_drug - placebo / on_placebo
    asked = {question.question_id: question for question in questions.load("07")[1]}
    assert asked["07-q5"].number == pytest.approx(100 * gain)
    assert not asked["07-q5"].judge_number(round(1 / gain))[0]
    assert EXERCISES["07-nnt"].truth() == pytest.approx((1 / gain, 2 / gain))
    judged = stored("quality")["measurement"]
    assert EXERCISES["07-judged"].truth() == pytest.approx(
        100 * (judged == "high").sum() / (judged != "na").sum()
    )


def test_a_winner_reports_more_than_the_truth_and_the_sentence_says_how_much() -> None:
    exercise = EXERCISES["07-winner"]
    assert exercise.judge(exercise.truth()).sentence.startswith("The true gain is 10 points")
    assert exercise.truth() > 0.17
    assert exercise.judge(exercise.truth() + 0.002).right, "another seed's draw is as good"


def test_the_lesson_pools_what_its_forest_plot_shows() -> None:
    rows = explore.Forest().evidence().set_index("key")
    trials = rows[rows["study_id"].notna()].set_index("study_id")
    columns = ["events", "n", "comparator_events", "comparator_n"]
    mine = antibodies()
    assert sorted(trials.index) == sorted(mine.index)
    assert (trials.loc[list(mine.index), columns].to_numpy(float) == mine.to_numpy(float)).all()
    assert pooled(mine) == pytest.approx(rows.at["pooled", "estimate"])
