"""Lesson 02: its exercises, quiz and notes hold against the tables and the model, reached by other roads."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from migraine_lab.data import package
from migraine_lab.models import attack
from migraine_lab.practice import questions
from migraine_lab.practice.exercises import EXERCISES
from migraine_lab.practice.exercises.lesson_02.attacks import ATTACKS, SEED
from tests.unit.notebook_files import NOTEBOOKS, read

NOTEBOOK = next(path for path in NOTEBOOKS if path.stem.startswith("02"))


def stored(table: str) -> pd.DataFrame:
    """A table straight from its CSV file, by its first column."""
    return pd.read_csv(package.root() / f"{table}.csv", index_col=0)


@pytest.fixture(scope="module")
def drawn() -> attack.Attacks:
    return attack.draw(ATTACKS, seed=SEED)


def test_the_share_of_textbook_attacks_is_that_of_the_arrays(drawn: attack.Attacks) -> None:
    every = np.all([np.isfinite(drawn.span(phase)[0]) for phase in attack.PHASES], axis=0)
    with np.errstate(invalid="ignore"):
        order = drawn.headache_start >= drawn.aura_end
    assert EXERCISES["02-textbook"].truth() == pytest.approx((every & order).mean())


def test_pain_that_did_not_wait_is_counted_by_the_clock(drawn: attack.Attacks) -> None:
    with_aura = np.isfinite(drawn.aura_start)
    early = drawn.headache_start[with_aura] < drawn.aura_end[with_aura]
    assert EXERCISES["02-overlap"].truth() == pytest.approx(early.mean())


def test_the_drawn_overlap_is_near_the_diary(drawn: attack.Attacks) -> None:
    rows = stored("timing")["value"]
    said = sum(rows[f"viana2016_headache_starts_{when}"] for when in
               ("before_the_aura", "together_with_aura_onset", "during_the_aura"))  # fmt: skip
    painful = drawn.relation[~np.isin(drawn.relation, ["", "no headache"])]
    share = 100 * np.isin(painful, ["before", "with", "during"]).mean()
    assert share == pytest.approx(said, abs=3 * 100 * np.sqrt(0.25 / len(painful)))


def test_the_stiff_necks_are_out_of_everyone() -> None:
    rows = stored("symptoms")
    stiff = rows.loc["prodrome_shanghai_prodrome2021_neck_stiffness"]
    asked = rows.loc["prodrome_shanghai_prodrome2021_any_premonitory_symptom"]
    assert stiff["n"] == asked["events"]
    low, high = proportion_confint(
        round(stiff["percent"] / 100 * asked["events"]), asked["n"], method="wilson"
    )
    assert EXERCISES["02-everyone"].truth() == pytest.approx((low, high))


def test_what_is_left_for_the_drug_is_a_difference_of_differences() -> None:
    rows = stored("timing").query("source_id == 'awm_review2008'")
    done = rows[rows["quantity"].str.startswith(("treated", "placebo"))]
    gap = {
        (drug, late): value
        for drug, late, value in zip(
            done["quantity"].str.startswith("treated"),
            done["quantity"].str.contains("moderate"),
            done["value"],
            strict=True,
        )
    }
    gain_early = gap[True, False] - gap[False, False]
    gain_late = gap[True, True] - gap[False, True]
    assert EXERCISES["02-early"].truth() == pytest.approx(gain_early - gain_late)


def test_a_tail_of_that_length_brings_the_printed_mean() -> None:
    rows = stored("timing")
    short = rows.loc["kelman2006post_postdrome_lasting_12_h_or_less_0_12"]
    long = rows.loc["kelman2006post_postdrome_lasting_more_than_24_h_24"]
    weights = np.array([short["value"], 100 - short["value"] - long["value"], long["value"]])
    hours = np.array([short["band_high"], long["band_low"], EXERCISES["02-tail"].truth()])
    mean = rows.loc["kelman2006post_postdrome_duration_mean", "value"]
    assert np.average(hours, weights=weights) == pytest.approx(mean)


def test_the_number_asked_for_in_the_quiz_is_that_of_the_counts() -> None:
    asked = {question.question_id: question for question in questions.load("02")[1]}
    rows = stored("results")
    drug, placebo = (rows.loc[f"mathew2004_{arm}_pain_free_2h"] for arm in ("riza_10", "placebo"))
    gain = 100 * (drug["events"] / drug["n"] - placebo["events"] / placebo["n"])
    assert asked["02-q6"].number == pytest.approx(gain)


def test_the_notes_tell_the_truth_about_the_next_seven_attacks() -> None:
    """Section 3 opens at an attack after which the next seven all have an aura."""
    cell = next(cell.source for cell in read(NOTEBOOK).cells if cell.id == "s3-explore")
    opened = int(cell.split(" attack=")[1].split(",")[0])
    auras = np.isfinite(attack.draw(100, seed=1).aura_start)
    assert auras[opened - 1 : opened + 7].all()
    assert not auras[opened + 7]
