"""Lesson 05 held to the files by other roads: its quiz, its guesses and its exercises."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from migraine_lab import explore, practice
from migraine_lab.data import package
from migraine_lab.practice import questions
from migraine_lab.practice.exercises import EXERCISES
from migraine_lab.practice.exercises.lesson_05.kinds import compared
from tests.unit.notebook_files import NOTEBOOKS, read, tags


def stored(table: str) -> pd.DataFrame:
    """A table straight from its CSV file."""
    return pd.read_csv(package.root() / f"{table}.csv", keep_default_na=False)


def rate(study: str, arm: str, outcome: str) -> float:
    rows = stored("results").query("study_id == @study and arm_id == @arm and outcome_id == @outcome")
    assert len(rows) == 1
    return 100 * float(rows["events"].iloc[0]) / float(rows["n"].iloc[0])


def guesses(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each prediction of the notebook takes for the truth."""
    found: dict[str, Any] = {}

    def keep(question_id: str, prompt: str, **given: Any) -> None:
        found[question_id] = given.get("truth")

    notebook = read(next(path for path in NOTEBOOKS if path.stem.startswith("05")))
    space: dict[str, Any] = {}
    exec(next(cell.source for cell in notebook.cells if "setup" in tags(cell)), space)
    monkeypatch.setattr(practice, "Predict", keep)
    for cell in notebook.cells:
        if "predict" in tags(cell):
            exec(cell.source, dict(space))
    return found


def test_guesses_are_answered_by_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    found = guesses(monkeypatch)
    sites = stored("pathway_sites").query("drug_class == 'triptan' and finding == 'acts'")
    assert found["05-places"] == sites["place"].nunique()
    reasons = stored("exclusions")
    named = reasons[
        ~reasons["strength"].isin(["do not use", "avoid", "only with care", "excluded in a trial"])
    ]
    assert found["05-reasons"] == len(set(named["feature"]))
    assert found["05-compared"] == compared()["controlled"].sum() + by_route_alone()
    assert found["05-days"] == 5


def by_route_alone() -> int:
    """Treatments whose rates trials list under another name: the explorer finds them by their route."""
    rows = explore.Treatments().evidence()
    return int(((rows["studied_as"] != "") & (rows["controlled"] > 0)).sum())


def test_the_number_asked_for_in_the_quiz_is_that_of_the_file() -> None:
    asked = {question.question_id: question for question in questions.load("05")[1]}
    drug, placebo = (rate("krege2019", arm, "acute_adverse_any") for arm in ("lasmiditan_100", "placebo"))
    assert asked["05-q4"].number == pytest.approx(drug - placebo)
    assert [slip.value for slip in asked["05-q4"].slips][:2] == pytest.approx([drug, placebo])


def test_costs_and_gains_are_counted_by_the_same_rule() -> None:
    arms = ("atogepant_60", "placebo")
    gains, costs = (
        [rate("tassorelli2024", arm, outcome) for arm in arms]
        for outcome in ("responder_50", "preventive_constipation")
    )
    assert EXERCISES["05-costs"].truth() == pytest.approx((gains[0] - gains[1], costs[0] - costs[1]))


def test_the_kinds_without_a_comparison_are_those_of_the_explorer() -> None:
    count = explore.Treatments().evidence().groupby("category")["controlled"].max()
    assert EXERCISES["05-kinds"].truth() == set(count[count == 0].index)


def test_every_caution_of_overuse_stands_with_a_treatment_of_attacks() -> None:
    """The reading of section 3 says of treatments that only prevent how many carry it; it should not lump them."""
    rows = stored("treatments").query("caution_overuse == 'yes'")
    assert set(rows["used_for"]) <= {"acute", "acute;preventive", "preventive;acute"}
