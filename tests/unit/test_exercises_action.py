"""Answers of lesson 08, reached by another road: the models, and the rows as they stand in the files."""

from __future__ import annotations

import pandas as pd
import pytest

from migraine_lab import data, models, practice
from migraine_lab.data import package
from migraine_lab.practice import questions
from migraine_lab.practice.exercises import EXERCISES


def stored(table: str) -> pd.DataFrame:
    return pd.read_csv(package.root() / f"{table}.csv", keep_default_na=False)


def test_block_is_that_of_the_model_at_the_voltage_of_the_measurement() -> None:
    assert EXERCISES["08-hill"].truth() == pytest.approx(models.receptor.blocked([1, 10], -70))


def test_the_milligrams_that_arrive_are_those_of_the_study() -> None:
    """17, 13 and 11 % of 10, 30 and 50 mg, as the study prints them."""
    assert EXERCISES["08-spray"].truth() == pytest.approx([1.7, 3.9, 5.5])


def test_who_was_never_asked() -> None:
    rows = stored("mechanisms")
    levels = rows.set_index("mechanism_id")["evidence_level"]
    found = EXERCISES["08-people"].truth()
    assert {levels[one] for one in found} == {"animal", "established in vitro", "speculative"}
    named = rows[(rows["kind"] == "hypothesis") & (rows["article_ids"] != "")]
    assert {levels[one] for one in set(named["mechanism_id"]) - found} == {
        "human clinical",
        "human experimental",
    }


def test_shares_of_contradicted_claims() -> None:
    rows = stored("claims")
    crossed = pd.crosstab(rows["topic"] == "mechanism", rows["verdict"] == "contradicted", normalize="index")
    assert EXERCISES["08-claims"].truth() == pytest.approx(
        (crossed.loc[True, True], crossed.loc[False, True])
    )


def test_the_one_explanation_tested_in_migraine_speaks_of_aura() -> None:
    """The lesson says so after the guess."""
    rows = stored("mechanisms").query("kind == 'hypothesis' and evidence_level == 'human clinical'")
    assert [*rows["mechanism_id"]] == ["ketamine_reduces_aura"]


def test_the_year_that_the_lesson_reads_from_a_sentence_is_a_year() -> None:
    made = data.fact("mechanisms", "claim_reduce_the_pain_synthesis_year")["correction"]
    quoted = data.table("claims").set_index("claim_id").at["c001", "quoted_figure"]
    assert (int(quoted), int(made.split()[2])) == (1912, 1962)


def test_numbers_asked_for_in_the_quiz_are_those_of_the_files() -> None:
    asked = {question.question_id: question for question in questions.load("08")[1]}
    kinetics = stored("kinetics").set_index("kinetics_id")["value"].replace("", "nan").astype(float)
    assert asked["08-q3"].number == kinetics["pk_in2022_ketamine_f_intranasal_2"]
    results = stored("results").set_index("result_id")
    drug, other = (
        results.loc[f"benish2019_{arm}_ketamine_adverse_any", ["events", "n"]].astype(float)
        for arm in ("ketamine_in", "metoclopramide")
    )
    assert asked["08-q8"].number == pytest.approx(
        100 * (drug["events"] / drug["n"] - other["events"] / other["n"])
    )


def test_a_harm_without_a_comparator_is_not_called_an_improvement() -> None:
    address = ("yuan2023", "ketamine_in", "ketamine_adverse_any")
    assert "had the same anyway" in practice.TakeApart("c016", address).ours()["against"]
    address = ("yuan2023", "ketamine_in", "rated_very_effective")
    assert "improved anyway" in practice.TakeApart("c016", address).ours()["against"]
