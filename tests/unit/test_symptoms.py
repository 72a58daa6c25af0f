"""What the atlas of symptoms claims: kinds of survey, intervals, and what the articles name."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from migraine_lab import data, explore
from migraine_lab.explore import article_lists
from migraine_lab.explore.survey_kinds import KINDS, with_kinds


@pytest.fixture(scope="module")
def symptoms() -> explore.Symptoms:
    return explore.Symptoms()


@pytest.fixture(scope="module")
def kinds() -> pd.DataFrame:
    return with_kinds(data.table("symptoms")).set_index("symptom_id")


# -- how people were asked ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("row_id", "kind"),
    [
        ("prodrome_kelman2004_any_premonitory_symptom", "unprompted"),
        ("prodrome_schoonman2006_yawning", "prompted"),
        ("prodrome_reform_pre2024_any_premonitory_symptom_asked_with", "prompted"),
        ("prodrome_reform_pre2024_any_premonitory_symptom_asked_with_2", "unprompted"),
        ("prodrome_giffin2003_stiff_neck", "diary"),
        ("prodrome_guven2020_yawning", "diary"),
        ("prodrome_eigenbrodt2022_any_premonitory_symptom", "pooled"),
        ("prodrome_onderwater2020_any_premonitory_symptom_after_a", "experiment"),
        ("prodrome_wang2021_any_premonitory_symptom", "unsaid"),
        ("aura_viana2019_visual_snow", "diary"),
        ("aura_viana2019_corona_effect", "unsaid"),  # its note only sets it against a diary
        ("headache_lipton2008_cutaneous_allodynia_any", "prompted"),
        ("headache_kossowsky2021_photophobia", "unsaid"),
    ],
)
def test_kind_of_survey_is_what_the_record_says(kinds: pd.DataFrame, row_id: str, kind: str) -> None:
    assert kinds.at[row_id, "kind"] == kind


def test_every_kind_but_one_quotes_the_record(kinds: pd.DataFrame) -> None:
    assert set(kinds["kind"]) == set(KINDS)
    for row in kinds.itertuples():
        record = f"{row.symptom} {row.population} {row.note}"
        assert (row.kind == "unsaid") == (row.kind_why == ""), row.Index
        assert row.kind_why in record, row.Index


def test_surveys_of_one_kind_stand_together(symptoms: explore.Symptoms) -> None:
    for sort in ("percent", "n", "name"):
        symptoms.reset()
        symptoms.set(phase="all", sort=sort)
        order = symptoms.evidence()["kind"]
        assert (order != order.shift()).sum() == order.nunique()


# -- intervals ---------------------------------------------------------------------------------------------------------
def test_intervals_are_wilsons_where_a_count_is_printed_and_absent_elsewhere(
    symptoms: explore.Symptoms,
) -> None:
    symptoms.reset()
    symptoms.set(phase="all")
    rows = symptoms.evidence()
    wilson = rows[rows["interval"] == "Wilson, 95 %"]
    events = wilson["events"].astype(float).fillna((wilson["percent"] * wilson["n_usable"] / 100).round())
    low, high = proportion_confint(events, wilson["n_usable"], method="wilson")
    np.testing.assert_allclose(wilson["low"], 100 * low, rtol=1e-9)
    np.testing.assert_allclose(wilson["high"], 100 * high, rtol=1e-9)
    bare = rows[rows["interval"].str.startswith("none")]
    assert len(bare) and bare["low"].isna().all() and bare["text"].str.endswith("of ?").all()
    printed = rows[rows["interval"] == "as printed"].set_index("symptom_id")
    source = data.table("symptoms").set_index("symptom_id").loc[printed.index]
    assert len(printed) and (printed["low"] == source["low"]).all()


def test_a_base_that_the_note_doubts_gets_no_interval(kinds: pd.DataFrame) -> None:
    doubted = kinds[kinds["n"].notna() & kinds["n_usable"].isna()]
    assert set(doubted["note"].str.extract(r"(base of|subgroup size)")[0]) == {"base of", "subgroup size"}


def test_the_same_people_asked_both_ways_are_named(symptoms: explore.Symptoms) -> None:
    symptoms.reset()
    with_list, without = (
        data.fact("symptoms", f"prodrome_reform_pre2024_any_premonitory_symptom_asked_with{end}")
        for end in ("", "_2")
    )
    words = symptoms.say()
    assert f"The same {without['n']} people" in words
    assert f"{without['percent']:g} % when asked without a list, {with_list['percent']:g} % with one" in words
    symptoms.set(kind="diary")
    assert "The same" not in symptoms.say()


# -- what the articles name --------------------------------------------------------------------------------------------
def test_items_stand_in_the_claims_as_recorded() -> None:
    claims = data.table("claims").set_index("claim_id")
    for claim_id, _, listed in article_lists.ITEMS:
        for words in listed:
            assert words in claims.at[claim_id, "claim"].lower(), (claim_id, words)


def test_every_verdict_has_an_answer() -> None:
    assert set(data.table("claims")["verdict"]) <= set(article_lists.ANSWERS)


@pytest.mark.parametrize("article", article_lists.articles())
def test_named_rows_carry_the_item_of_their_own_phase(article: str) -> None:
    rows = data.table("symptoms")
    found = article_lists.named(rows, article)
    for phase in ("prodrome", "aura", "headache", "postdrome"):
        here = set(found[rows["phase_id"] == phase]) - {""}
        assert here <= {item.words for item in article_lists.items(article, phase)}
    assert (found != "").any()


def test_yawning_is_named_and_constipation_counted_by_nobody(symptoms: explore.Symptoms) -> None:
    symptoms.reset()
    symptoms.set(article="infusion_clinic")
    rows = symptoms.evidence().set_index("symptom_id")
    assert rows.at["prodrome_schoonman2006_yawning", "named"] == "yawning"
    assert rows.at["prodrome_schoonman2006_fatigue", "named"] == ""
    words = symptoms.say()
    assert "No survey in the table counts cravings, constipation" in words
    assert "yawning" not in words.split("counts")[1].split(".")[0]
    for claim_id, answer in (("c129", "agrees in part"), ("c132", "corrects this")):
        claim = data.table("claims").set_index("claim_id").loc[claim_id]
        assert f"{claim['claim']}” The evidence {answer}: {claim['why']}" in words


def test_an_article_without_a_list_for_the_phase_says_so(symptoms: explore.Symptoms) -> None:
    symptoms.reset()
    symptoms.set(phase="postdrome", article="unlocking_relief")
    assert "lists no symptom of this phase" in symptoms.say()


def test_pages_cover_the_evidence(symptoms: explore.Symptoms) -> None:
    symptoms.reset()
    symptoms.set(phase="aura")
    shown = []
    for page in range(len(symptoms.controls["page"].options)):
        symptoms.set(page=page)
        shown += symptoms.view().rows["symptom_id"].tolist()
    assert shown == symptoms.evidence()["symptom_id"].tolist()


def test_an_empty_choice_is_one_sentence(symptoms: explore.Symptoms) -> None:
    symptoms.reset()
    before = symptoms.live.png
    symptoms.set(phase="postdrome", category="visual")
    assert "No row of the table fits" in symptoms._message.value
    assert symptoms.live.png == before
