"""Lesson 09: its exercises, quiz and predictions hold against the tables, reached by other roads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from statsmodels.stats.proportion import proportion_confint

from migraine_lab.data import package
from migraine_lab.models import responders
from migraine_lab.practice import questions
from migraine_lab.practice.exercises import EXERCISES
from tests.unit.notebook_files import NOTEBOOKS, read
from tests.unit.test_lessons import made_by, tagged

NOTEBOOK = next(path for path in NOTEBOOKS if path.stem.startswith("09"))


def stored(table: str) -> pd.DataFrame:
    """A table straight from its CSV file, by its first column."""
    return pd.read_csv(package.root() / f"{table}.csv", index_col=0)


def asked(cell_id: str) -> Any:
    """The prediction that a cell of the lesson makes."""
    notebook = read(NOTEBOOK)
    return made_by(notebook, next(cell for cell in notebook.cells if cell.id == cell_id))


@pytest.mark.parametrize("cell", tagged(read(NOTEBOOK), "explorer"), ids=lambda cell: cell.id)
def test_every_explorer_opens_as_the_cell_asks(cell: Any) -> None:
    """A choice that an explorer does not have would only show a sentence, and the lesson would speak of another picture."""
    assert made_by(read(NOTEBOOK), cell)._message.value == ""


# -- exercises --------------------------------------------------------------------------------------------------------
def test_people_in_trials_are_those_of_the_designs() -> None:
    rows = stored("studies").query("scope == 'ketamine'")
    trials = rows[rows["design"].str.startswith("rct")]
    assert EXERCISES["09-enrolled"].truth() == trials["n_enrolled"].sum()
    review = stored("studies").loc["chah2021"]
    inside = trials.loc[review["overlaps"].split(";"), "n_enrolled"].sum()
    assert (
        inside - review["n_enrolled"] == 12
    )  # those of one trial who did not finish: the review left them out


def test_the_difference_of_means_is_that_of_welch() -> None:
    rows = stored("results").query("study_id == 'meidany_nd' and time_value == 60").set_index("arm_id")
    drug, other = rows.loc["ketamine_in"], rows.loc["morphine"]
    parts = [one["spread"] ** 2 / one["n"] for one in (drug, other)]
    df = sum(parts) ** 2 / sum(
        part**2 / (one["n"] - 1) for part, one in zip(parts, (drug, other), strict=True)
    )
    half = student.ppf(0.975, df) * sum(parts) ** 0.5
    gap = drug["value"] - other["value"]
    assert EXERCISES["09-spread"].truth() == pytest.approx((gap, gap - half, gap + half))


def test_responders_among_simulated_people_are_counted_one_by_one() -> None:
    rows = stored("results")
    start, later = (rows.loc[f"schwenk2021_lidocaine_iv_ketamine_pain_score_{when}"] for when in ("0d", "4wk"))
    people = list(
        zip(*responders.simulate((start.value, start.spread), (later.value, later.spread)), strict=True)
    )
    two = sum(after <= before - 2 for before, after in people)
    half = sum(2 * after <= before for before, after in people)
    assert EXERCISES["09-lines"].truth() == pytest.approx((100 * two / len(people), 100 * half / len(people)))


def test_the_two_readings_of_a_later_percentage_differ_by_the_early_rate() -> None:
    rows = stored("results")
    early = rows.loc["schwenk2018_ketamine_iv_fall_2_points_5d"]
    of_all, of_responders = EXERCISES["09-of_whom"].truth()
    assert of_all == rows.loc["schwenk2018_ketamine_iv_sustained_2_points_101p3d", "percent"]
    assert of_responders / of_all == pytest.approx(early["events"] / early["n"])


def test_what_may_be_where_none_was_seen_is_the_end_of_wilson() -> None:
    row = stored("results").loc["etchison2018_ketamine_02_ketamine_serious_60min"]
    assert row["events"] == 0
    high = proportion_confint(0, row["n"], method="wilson")[1]
    assert EXERCISES["09-rare"].truth() == pytest.approx(high)


# -- quiz and predictions ---------------------------------------------------------------------------------------------
def test_the_numbers_asked_for_in_the_quiz_are_those_of_the_counts() -> None:
    rows = stored("results")
    number = {question.question_id: question.number for question in questions.load("09")[1]}
    ket, lido = (rows.loc[f"ray2022_{arm}_pain_reduction_50_{when}"] for arm, when in
                 (("ketamine_iv", "5p1d"), ("lidocaine_iv", "6p2d")))  # fmt: skip
    assert number["09-q4"] == pytest.approx(100 * (lido["events"] / lido["n"] - ket["events"] / ket["n"]))
    seen = rows.loc["lauritsen2016_ketamine_iv_hallucinations"]
    high = proportion_confint(seen["events"], seen["n"], method="wilson")[1]
    assert number["09-q6"] == pytest.approx(100 * high)


def test_the_trials_that_compare_pain_are_those_with_a_figure_in_both_arms() -> None:
    studies, results = stored("studies"), stored("results")
    both = [
        study
        for study, rows in results[results["outcome_id"].str.startswith("ketamine_pain_")].groupby("study_id")
        if studies.at[study, "design"].startswith("rct") and rows["arm_id"].nunique() == 2
    ]
    assert asked("s1-predict")._truth == len(both) == 4


def test_harms_were_counted_in_fewer_studies_than_benefits() -> None:
    shown = asked("s5-predict")
    good = int(shown.title.split()[0])
    assert 0 < shown._truth < good / 2


def test_the_definition_predicted_is_that_of_the_simulation() -> None:
    shown = asked("s3-predict")
    pair = next(one for one in responders.parameters() if one.study_id == "pomeroy2017")
    before, after = responders.simulate((pair.before_mean, pair.before_sd), (pair.after_mean, pair.after_sd))
    assert shown._truth == pytest.approx(100 * np.mean(2 * after <= before))


# -- what the prose says ----------------------------------------------------------------------------------------------
def test_no_two_trials_share_an_opponent_and_a_figure_so_none_may_be_pooled() -> None:
    """The lesson says that no two trials ask one question; a new trial in the tables would make that sentence wrong."""
    studies, arms, contrasts = (
        stored("studies"),
        pd.read_csv(package.root() / "arms.csv"),
        stored("contrasts"),
    )
    trials = studies[studies["design"].str.startswith("rct") & (studies["scope"] == "ketamine")].index
    pain = stored("results").query("outcome_id in ['ketamine_pain_fall', 'ketamine_pain_score']")["study_id"]
    known = set(pain) | set(contrasts.loc[contrasts["estimate"].notna(), "study_id"])
    other = arms[
        arms["study_id"].isin(trials.intersection(list(known))) & (arms["treatment_id"] != "ketamine")
    ]
    assert len(other) >= 4
    assert other["treatment_id"].is_unique
