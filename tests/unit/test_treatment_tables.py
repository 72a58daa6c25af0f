"""Treatments, steps of a ketamine visit, published reasons against one: complete, sourced, spelled once."""

from __future__ import annotations

import re

import pytest
from tools.build_data.treatment_cards import CAUTIONS

from migraine_lab import data

TREATMENTS = data.table("treatments")
REAL = TREATMENTS[~TREATMENTS["category"].isin(["comparator", "mixed"])]
SOURCES = set(data.table("sources")["source_id"])
STEPS = data.table("visit_steps")
EXCLUSIONS = data.table("exclusions")


def test_every_real_treatment_has_category_class_source_and_use():
    assert len(REAL) >= 90
    for column in ("category", "drug_class", "source_id", "used_for", "used_when", "routes", "approval"):
        without = REAL[REAL[column] == ""]["treatment_id"].tolist()
        assert without == (["esketamine_intranasal"] if column in ("used_for", "used_when") else []), column
    named = {name for cell in REAL["further_source_ids"] for name in cell.split(";") if name} | set(
        REAL["source_id"]
    )
    assert named <= SOURCES


def test_every_category_of_the_articles_is_filled():
    wanted = ["acute", "preventive", "onabotulinumtoxinA", "nerve block", "neuromodulation", "behavioural",
              "complementary", "lifestyle", "ketamine"]  # fmt: skip
    assert sorted(set(REAL["category"])) == sorted(wanted)
    assert len(REAL[REAL["category"] == "ketamine"]) >= 6, "ketamine stands by route"


@pytest.mark.parametrize("column", ["drug_class", "category"])
def test_classes_are_spelled_once(column):
    plain = TREATMENTS[column].map(lambda word: re.sub(r"[^a-z]", "", word.lower()).rstrip("s"))
    assert TREATMENTS[column].nunique() == plain.nunique()


def test_placebo_and_sham_are_no_treatments():
    of_class = TREATMENTS["drug_class"].isin(["placebo", "no treatment"])
    assert set(TREATMENTS[of_class]["category"]) == {"comparator"}
    assert not set(REAL["drug_class"]) & {"placebo", "no treatment", "mixed preventives"}


def test_a_treatment_is_studied_under_a_row_that_exists():
    arms = set(data.table("arms")["treatment_id"])
    for name in REAL["studied_as"]:
        assert not name or name in arms, name


@pytest.mark.parametrize("cell", ["mechanism", "target"])
def test_a_mechanism_read_in_a_source_names_it_and_the_rest_says_so(cell):
    basis = REAL[f"{cell}_basis"]
    read = REAL[basis == "source"]
    assert len(read) >= 50
    assert read["read_where"].str.contains(rf"\b{cell}\b[^:;]*: ").all()
    assert (REAL[basis == "background, unverified"][cell] != "").all()
    assert (REAL[basis == ""][cell] == "").all()


def test_cautions_are_flagged_as_their_words_say():
    for column, words in CAUTIONS.items():
        said = TREATMENTS["cautions"].str.contains(words, case=False)
        assert (TREATMENTS[column] == "yes").tolist() == said.tolist(), column
        assert said.sum() >= 5, column
    flags = TREATMENTS.set_index("treatment_id")
    assert flags.loc["divalproex", "caution_pregnancy"] == "yes"
    assert flags.loc["sumatriptan", "caution_cardiovascular"] == "yes"
    assert flags.loc["butterbur", "caution_liver"] == "yes"
    assert flags.loc["ibuprofen", "caution_overuse"] == "yes"
    assert flags.loc["lasmiditan", "caution_overuse"] == "yes", (
        "its label names it, though ICHD-3 came before the drug"
    )
    ways = REAL[REAL["drug_class"].eq("NMDA antagonist") & ~REAL["treatment_id"].str.startswith("esketamine")]
    assert len(ways) >= 6
    for column in ("caution_pregnancy", "caution_cardiovascular", "caution_liver"):
        assert (ways[column] == "yes").all(), (
            "one drug: no way of giving it may look harmless beside the others"
        )


def test_a_guideline_has_a_year_and_an_approval_a_word():
    graded = REAL[REAL["guideline"] != ""]
    assert len(graded) >= 50
    assert graded["guideline_year"].between(1990, 2030).all()
    dated = REAL[REAL["approved_us"].notna()]
    assert set(dated["approval"]) <= {"approved", "cleared"}, dated[["treatment_id", "approval"]]


def test_the_visit_goes_through_every_stage_in_order():
    assert STEPS["order"].tolist() == list(range(1, len(STEPS) + 1))
    stages = ["consultation", "assessment", "plan", "infusion", "monitoring", "going home", "follow-up"]
    assert list(dict.fromkeys(STEPS["stage"])) == stages
    claims = set(data.table("claims")["claim_id"])
    for cell in STEPS["claim_ids"]:
        assert all(name in claims for name in cell.split(";") if name)
    fasting = STEPS.set_index("step_id").loc["fast"]
    assert fasting["claim_ids"] == "c043" and "fasting" in fasting["conflict"]


def test_every_exclusion_is_a_source_or_a_claim_of_an_article():
    for row in EXCLUSIONS.to_dict("records"):
        assert (row["source_id"] == "") == (row["claim_id"] != "") == (row["published_as"] == "article"), row
        assert (row["strength"] == "named by an article") == (row["published_as"] == "article"), row
        assert (row["strength"] == "excluded in a trial") == (row["published_as"] == "trial"), row
        assert row["source_id"] == "" or row["source_id"] in SOURCES
        assert row["read_where"] and row["question"].endswith("?")
    assert EXCLUSIONS["feature"].nunique() >= 18
    assert EXCLUSIONS.groupby("feature")["question"].nunique().eq(1).all()
    assert set(EXCLUSIONS["published_as"]) == {"guideline", "label", "trial", "article"}
