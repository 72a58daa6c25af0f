"""The second verdict on claims: every row decided, apart from accuracy; its reason, lesson, concept and rates exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.build_data import additions

from migraine_lab import data
from migraine_lab.data import rules
from tests.unit import test_data_damage as damage

CLAIMS = data.table("claims").set_index("claim_id")
CONCEPTS = data.table("key_concepts").set_index("concept_id")
TOPICS = data.table("topics")
copy = damage.copy  # the fixture
# capitals inside a sentence that are no person: substances, disorders, therapies, bodies
NO_PERSON = {
    "A", "B", "CBT", "CGRP", "CRPS", "Cochrane", "FDA", "GABA", "GABA-A", "Mayo", "NMDA", "PTSD", "Parke-Davis", "US",
}  # fmt: skip


def capitals(text: str) -> set[str]:
    """Words with a capital that do not begin a sentence."""
    inner = [word for sentence in re.split(r"(?<=[.:?;]) ", text) for word in sentence.split()[1:]]
    return {bare for word in inner if (bare := word.strip(".,;:()'?"))[:1].isupper()}


@pytest.mark.parametrize("claim_id", CLAIMS.index)
def test_every_claim_has_an_impression_with_a_short_reason(claim_id: str) -> None:
    row = CLAIMS.loc[claim_id]
    assert row["impression"] in ("fair", "incomplete", "misleading")
    words = row["impression_reason"].split()
    assert 6 <= len(words) <= rules.REASON_WORDS
    assert row["impression_reason"].endswith(".")
    assert re.search(r"\d", row["impression_reason"]) is None, "figures stand in why, with their sources"


def test_every_claim_was_decided_by_itself() -> None:
    assert len(CLAIMS) == 145
    assert CLAIMS["impression_reason"].is_unique
    decided = [row["claim_id"] for row in additions.read("claim_impressions.csv")]
    assert decided == list(CLAIMS.index)


def test_accuracy_and_impression_are_two_things() -> None:
    pairs = set(zip(CLAIMS["verdict"], CLAIMS["impression"], strict=True))
    assert (CLAIMS.at["c095", "verdict"], CLAIMS.at["c095", "impression"]) == ("supported", "misleading")
    assert ("partly_supported", "fair") in pairs
    assert ("contradicted", "fair") not in pairs
    shares = CLAIMS["impression"].value_counts(normalize=True)
    assert shares["misleading"] <= 0.6
    assert shares.min() >= 0.15, "three answers that are all in use"


def test_no_sentence_names_a_person() -> None:
    for column in ("impression_reason", "why"):
        found = CLAIMS[column].map(lambda text: capitals(text) - NO_PERSON)
        assert found[found.map(len) > 0].to_dict() == {}


def test_concepts_are_used_sourced_and_in_the_published_order() -> None:
    used = set(CLAIMS["key_concept"]) - {""}
    assert used == set(CONCEPTS.index), "a concept that no claim calls for has no place here"
    assert set(CONCEPTS["source_id"]) <= set(data.table("sources")["source_id"])
    assert CONCEPTS["order"].is_monotonic_increasing
    assert CONCEPTS["number"].is_monotonic_increasing
    first = CONCEPTS["number"].str[0].map({"1": "claims", "2": "evidence", "3": "choices"})
    assert (first == CONCEPTS["group"]).all()
    words = CONCEPTS["in_our_words"].str.split().map(len)
    assert words.between(8, 40).all()
    assert (CONCEPTS["name"].str.lower() != CONCEPTS["published_as"].str.lower()).all(), "labels of our own"


def test_history_anatomy_and_criteria_need_no_concept_of_treatment() -> None:
    plain = CLAIMS["topic"].isin(["history", "diagnosis", "epidemiology", "phases_symptoms"])
    assert (CLAIMS.loc[plain, "key_concept"] == "").mean() > 0.9
    assert (CLAIMS.loc[CLAIMS["kind"] == "promise", "key_concept"] != "").all()


def test_a_claim_is_judged_where_its_topic_is_at_home_or_where_we_decided() -> None:
    homes: dict[str, set[str]] = {}
    for row in TOPICS.itertuples():
        for claim_id in row.claim_ids.split(";"):
            homes.setdefault(claim_id, set()).update({row.lesson} - {""})
    decided = {row["claim_id"]: row["lesson"] for row in additions.read("claim_impressions.csv")}
    for claim_id, lesson in CLAIMS["lesson"].items():
        assert re.fullmatch(r"0[1-9]|1[01]", lesson)
        assert lesson == decided[claim_id] or (not decided[claim_id] and lesson in homes[claim_id])


def test_rates_to_look_at_are_there() -> None:
    shown = data.comparisons()
    have = set(zip(shown["treatment_id"], shown["outcome_id"], strict=True))
    asked = CLAIMS[CLAIMS["see_treatment"] != ""]
    assert set(zip(asked["see_treatment"], asked["see_outcome"], strict=True)) <= have
    figures = CLAIMS[CLAIMS["figure_percent"].notna()]
    assert set(figures.index) <= set(asked.index), "a claimed response rate can be laid over real ones"


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("impression", "fair", "a contradicted claim leaves no fair impression"),
        ("impression", "", "a value is required"),
        ("impression_reason", "word " * 31, "has 31 words, at most 30"),
        ("impression_reason", "", "a value is required"),
        ("see_treatment", "ketamine", "see_treatment and see_outcome are given together or not at all"),
        ("key_concept", "common_sense", "not found in table key_concepts"),
        ("lesson", "12", "does not have the form"),
    ],
)
def test_bad_rows_are_refused(copy: Path, column: str, value: str, rule: str) -> None:
    assert CLAIMS["verdict"].iloc[0] == "contradicted"
    damage.change(copy, "claims", 2, column, value)
    problems = data.check(copy)
    assert len(problems) == 1
    assert rule in str(problems[0])
    assert "Table claims, line 2" in str(problems[0])
