"""A supervised visit: what was not read is not called silent, harms stand at every step, texts that part are shown."""

from __future__ import annotations

import html

import pytest

from migraine_lab import data, explore
from migraine_lab.explore import visit_card
from migraine_lab.explore.visit import NOT_READ
from migraine_lab.figures.visit import NOTED, SAYS, SILENT, UNREAD

STEPS = data.table("visit_steps").sort_values("order").reset_index(drop=True)


@pytest.fixture(scope="module")
def visit() -> explore.Visit:
    return explore.Visit()


@pytest.fixture(autouse=True)
def back(visit: explore.Visit) -> None:
    visit.reset()


def test_every_step_has_harms_and_no_topic_is_unknown() -> None:
    topics = set(data.table("safety")["topic"])
    assert set(visit_card.HARM_TOPICS) == set(STEPS["step_id"])
    for step, named in visit_card.HARM_TOPICS.items():
        assert set(named) <= topics, step
        assert set(visit_card.harms(step).head(len(named))["topic"]) == set(named), (
            "each topic once, first of all"
        )


def test_the_weighty_harms_are_told_somewhere(visit: explore.Visit) -> None:
    told = {topic for topics in visit_card.HARM_TOPICS.values() for topic in topics}
    assert told >= {
        "dissociation",
        "blood pressure",
        "bladder toxicity",
        "abuse and dependence",
        "liver",
        "driving",
    }
    assert visit.evidence()["says"].str.contains("REMS").any()


def test_what_could_not_be_read_is_not_called_silent(visit: explore.Visit) -> None:
    steps = visit.view().steps
    assert len(steps) == len(STEPS)
    for shown, row in zip(steps, STEPS.itertuples(), strict=True):
        articles, guideline, _others, apart = shown.standings
        assert articles == (SAYS if row.claim_ids else SILENT)
        assert guideline == (UNREAD if NOT_READ in row.guideline_says else SAYS)
        assert (apart == NOTED) == bool(row.conflict)
    assert {one.standings[1] for one in steps} == {SAYS, UNREAD}


def test_water_against_fasting_rules(visit: explore.Visit) -> None:
    row = STEPS.set_index("step_id").loc["fast"]
    visit.set(step=int(row["order"]))
    assert row["conflict"][1:] in visit.say()
    card = html.unescape(visit._card.value)
    for name in ("done", "checked", "why", "articles_say", "guideline_says", "others_say"):
        assert row[name] in card, name
    assert "water" in row["articles_say"] and "fasting" in row["others_say"]


@pytest.mark.parametrize("presenting", [False, True])
def test_harms_stand_in_the_letters_of_everything_else(visit: explore.Visit, presenting: bool) -> None:
    try:
        visit.screen.page = {"ratio": 1.0, "dark": False, "presenting": presenting, "width": 1200}
        cards = {}
        for part in (visit_card.TEXTS, visit_card.HARMS):
            visit.set(part=part)
            cards[part] = html.unescape(visit._card.value)
        risk = visit_card.harms(STEPS["step_id"][0]).iloc[0]
        assert risk["fact"] in cards[visit_card.HARMS]
        assert (risk["fact"] in cards[visit_card.TEXTS]) == (not presenting), (
            "a slide opens one part at a time"
        )
        box = cards[visit_card.HARMS].split("Harms and limits")[1].split("</ul>")[0]
        assert "<small" not in box and "font-size" not in box
    finally:
        visit.screen.page = {"ratio": 1.0, "dark": False, "presenting": False, "width": 920}


def test_whose_steps(visit: explore.Visit) -> None:
    silent = STEPS[STEPS["claim_ids"] == ""]
    assert len(silent)
    visit.set(whose="articles", step=int(silent["order"].iloc[0]))
    assert "leave this step out" in visit.say()
    assert set(visit.evidence()["step_id"]) == set(STEPS["step_id"]) - set(silent["step_id"])
    assert [one.told for one in visit.view().steps] == (STEPS["claim_ids"] != "").tolist()
    visit.set(whose="guideline")
    read = STEPS[~STEPS["guideline_says"].str.contains(NOT_READ)]
    assert f"{len(read)} of {len(STEPS)} steps" in visit.say() and "were not read" in visit.say()
    assert set(visit.evidence()["step_id"]) == set(read["step_id"])


def test_every_source_of_a_step_is_a_source_of_the_evidence(visit: explore.Visit) -> None:
    listed = set(visit.evidence()["source_id"])
    for row in STEPS.itertuples():
        named = {row.source_id, *filter(None, row.further_source_ids.split(";"))}
        assert named <= listed, row.step_id


def test_next_step_goes_round(visit: explore.Visit) -> None:
    (button,) = visit.actions()
    visit.set(step=len(STEPS))
    button.click()
    assert visit.value("step") == 1
